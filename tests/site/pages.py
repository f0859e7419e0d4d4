"""Reading pages in tests as a reader does: links, counts, totals."""

import re
from html import unescape

import lxml.html
from django.test import Client


def page(client: Client, address: str, status: int = 200) -> lxml.html.HtmlElement:
    """A page as a tree."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return lxml.html.fromstring(response.content)


def within(tree: lxml.html.HtmlElement, path: str) -> list[lxml.html.HtmlElement]:
    """Elements by XPath, where `.name` in a step stands for a class."""
    found: list[lxml.html.HtmlElement] = tree.xpath(
        re.sub(r"\[\.([\w-]+)\]", r"[contains(concat(' ', @class, ' '), ' \1 ')]", path)
    )
    return found


def number(text: str) -> int:
    """A number as pages write it."""
    return int(re.sub(r"\D", "", text))


def total(tree: lxml.html.HtmlElement) -> int:
    """How many records a list says it has."""
    return number(within(tree, "//*[.total]//b")[0].text_content())


def facets(tree: lxml.html.HtmlElement) -> list[tuple[str, int]]:
    """The links of all filters that narrow, each with its count."""
    links = within(tree, "//*[.facet]//li/a[not(@aria-current)]")
    return [(link.get("href"), number(within(link, ".//*[.n]")[0].text_content())) for link in links]


def searches(tree: lxml.html.HtmlElement) -> list[tuple[str, int]]:
    """Every link that is a figure and opens a search, with the figure."""
    found = []
    for link in within(tree, "//main//a[contains(@href, '/search?')]"):
        figure = within(link, ".//b")
        said = figure[0].text_content() if figure else link.text_content()
        if re.fullmatch(r"[\d\s,.\u00a0\u202f]+", said.strip()):
            found.append((unescape(link.get("href")), number(said)))
    return found


def words(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    """The words of elements."""
    return [" ".join(one.text_content().split()) for one in within(tree, path)]
