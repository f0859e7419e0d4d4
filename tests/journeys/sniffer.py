"""HTML_CodeSniffer, which pa11y asks by default, let into a page by Playwright: a second opinion beside axe.

The script is carried here as its makers packed it (htmlcs/licence.txt; docs/decisions/second-engine.md).
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "htmlcs" / "HTMLCS.js"
# html_codesniffer 2.5.1 of the npm registry, build/HTMLCS.js.
HASH = "bc9501382a35bff6acfc255945b1ed732fcec544cfcaeec17b5ac8d79a6c7967"
ASK = """
standard => new Promise((resolve, reject) => {
    const { HTMLCS } = window, shown = one => one.element.outerHTML || one.element.nodeName;
    const told = () => HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR);
    HTMLCS.process(standard, document, () => resolve(told().map(one => [one.code, one.msg, shown(one)])), reject);
})
"""


@cache
def script() -> str:
    """The script, unchanged since it was taken in."""
    content = SCRIPT.read_bytes()
    assert sha256(content).hexdigest() == HASH
    return content.decode()


def errors(page: Page) -> list[str]:
    """What the standard WCAG2AA calls an error on this page; its warnings and notices ask a person to look."""
    page.evaluate(script())
    return [
        f"{code.removeprefix('WCAG2AA.')}: {said} {html[:140]}" for code, said, html in page.evaluate(ASK, "WCAG2AA")
    ]
