"""Pages as a reader without scripts uses them: read the form that stands there, fill it in, press a button."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html


class Page:
    """One answer of the site, and what can be done on it."""

    def __init__(self, client: Client, response: HttpResponse) -> None:
        self.client, self.response = client, response
        self.tree: Any = html.fromstring(response.content) if response.content else html.Element("html")
        # What stands in a template is not part of the page.
        for template in self.tree.xpath("//template"):
            template.drop_tree()

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The words of the main part, with single spaces."""
        main = self.tree.xpath("//main")
        return " ".join(main[0].text_content().split()) if main else ""

    @property
    def title(self) -> str:
        return str(self.tree.findtext(".//title")).strip()

    def form(self, having: str) -> Any:
        """The form of the main part that holds a control of this name."""
        path = f"//main//form[.//*[@name='{having}'] or contains(@action, '{having}')]"
        return self.tree.xpath(path)[0]

    def values(self, having: str = "revision") -> dict[str, list[str]]:
        """What the form would send as it stands."""
        given: dict[str, list[str]] = {}
        for name, value in self.form(having).form_values():
            given.setdefault(name, []).append(value)
        # A checked box without a value sends “on”, says lxml; one whose value is empty sends nothing.
        for name in self.form(having).xpath(".//input[@checked and @value='']/@name"):
            given[name] = [""]
        return given

    def press(self, having: str = "revision", button: str = "", value: str = "", **typed: Any) -> "Page":
        """Fill in and press a button; where the site leads on, follow."""
        form = self.form(having)
        sent: dict[str, Any] = self.values(having) | typed
        if button:
            sent[button] = value
        action = (form.get("action") or self.response.request["PATH_INFO"]).split("#")[0]
        return Page(self.client, self.client.post(action, sent, follow=True))

    def error_at(self, place: str) -> str:
        """The sentence that stands at a control."""
        found = self.tree.xpath(f"//*[@id='{place}-error']")
        return " ".join(found[0].text_content().split()) if found else ""

    def summary(self) -> list[tuple[str, str]]:
        """The links of the summary on top: where they lead, and what they say."""
        links = self.tree.xpath("//*[@class='summary']//a")
        return [(link.get("href")[1:], link.text_content()) for link in links]


def signed_in(person: Any) -> Client:
    """A client of this person, with the checks of a browser."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(client: Client, address: str) -> Page:
    """Open a page, and go where it leads."""
    return Page(client, client.get(address, follow=True))
