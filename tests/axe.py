"""axe looks at a page as it stands: what breaks WCAG 2.2 AA, or what it calls good practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What is well is asked of nobody: telling it takes axe more than half of its time.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCRIPT = Axe().axe_script
ASK = "async rules => (await axe.run(rules)).violations.map(one => [one.id, one.nodes[0].html])"


def violations(page: Page) -> list[str]:
    """Each rule that the page breaks, with the first place where it does."""
    page.evaluate(SCRIPT)
    return [f"{rule}: {html[:140]}" for rule, html in page.evaluate(ASK, RULES)]
