"""Measure how soon pages can be read on a line of the second generation: 280 kbit/s, 800 ms to and fro.

`DATA=folder python -m benchmarks.slow_line 2000`. Chromium asks a running Kapok with an empty cache and slows the line
down itself. One page after another: home, a search, a record, a form, and the answer to a form with a mistake in it.
"""

import json
import os
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.served import free_port, identifiers, running
from tests.plugins.browser import ARGUMENTS, chromium

LINE = {"offline": False, "latency": 800, "downloadThroughput": 280_000 / 8, "uploadThroughput": 280_000 / 8}
TURNS = 3
KAPOK = str(Path(sys.executable).with_name("kapok"))


def main() -> int:
    """The middle of three times for each page, in seconds."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    data, port = Path(os.environ["DATA"]), free_port()
    address = f"http://127.0.0.1:{port}"
    pages = {
        "home": "/en/",
        "search": "/en/search?q=risk",
        "record": f"/en/records/{identifiers(data)[0]}",
        "form": "/en/account/login/",
    }
    with running([KAPOK, "serve"], port, "/healthz", PORT=str(port), KAPOK_ADDRESS=address), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for name, path in pages.items():
            told(name, records, [readable(browser, address + path) for _turn in range(TURNS)], 5.0)
        answers = [answered(browser, address + pages["form"]) for _turn in range(TURNS)]
        told("answer to a form", records, answers, 4.0)
        browser.close()
    return 0


def slow(browser: Browser) -> Page:
    """A fresh browser on a slow line."""
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    return page


def readable(browser: Browser, address: str) -> float:
    """Seconds until the words stand on the page in their style."""
    page = slow(browser)
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    # The policy of the pages lets no browser wait with a script of ours, so that we ask.
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        page.wait_for_timeout(20)
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def answered(browser: Browser, address: str) -> float:
    """Seconds from pressing the button to the answer with its sentence."""
    page = slow(browser)
    page.goto(address)
    page.locator("input[name=login]").fill("nobody@example.org")
    page.locator("input[name=password]").fill("not the password")
    began = time.perf_counter()
    page.keyboard.press("Enter")
    page.get_by_role("alert").first.wait_for()
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def told(name: str, records: int, seconds: list[float], budget: float) -> None:
    said = {"bench": f"2G: {name}", "records": records, "seconds": round(sorted(seconds)[len(seconds) // 2], 2)}
    print(json.dumps(said | {"worst": round(max(seconds), 2), "budget": budget}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
