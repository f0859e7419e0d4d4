"""Take the pictures of the README and of the documents from a fresh demo: `make screenshots`.

`python -m scripts.screenshots NAME…` takes only those; `--all-languages` takes every page in six languages
into `screenshots/`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from scripts.postgres import free_port
from tests.plugins.browser import ARGUMENTS, chromium

HOME = Path(__file__).resolve().parent.parent
PICTURES = HOME / "docs" / "pictures"
EVERYTHING = HOME / "screenshots"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WIDE, TALL, NARROW = (1280, 900), (1280, 1200), (360, 740)


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it."""

    name: str
    path: str
    who: str = ""
    size: tuple[int, int] = WIDE


SHOTS = (
    Picture("home", "/en/"),
    Picture("home-ar", "/ar/"),
    Picture("home-phone", "/en/", size=NARROW),
    Picture("search", "/en/search?q=risk+assessment"),
    Picture("search-ar", "/ar/search?q=%D8%AA%D8%AF%D8%B1%D9%8A%D8%A8", size=NARROW),
    Picture("record", "/en/records/INI-000105"),
    Picture("registers", "/en/registers"),
    Picture("country", "/en/countries/KEN"),
    Picture("gaps", "/en/gaps", size=TALL),
    Picture("gaps-map", "/en/gaps?as=map", size=TALL),
    Picture("analyzer", "/en/reports/nr2/analyse?question=143&by=region", size=TALL),
    Picture("vocabulary", "/en/vocabularies/theme"),
    Picture("desk-secretariat", "/en/desk", who="secretariat@demo.example"),
    Picture("desk-focal-point", "/en/desk", who="focal.kenya@demo.example"),
)


@contextmanager
def demo() -> Iterator[str]:
    """A demo of our own, gone afterwards; KAPOK_SHOWN names one that runs already."""
    if shown := os.environ.get("KAPOK_SHOWN"):
        yield shown
        return
    with tempfile.TemporaryDirectory(prefix="kapok-shown-") as folder:
        port = free_port()
        environment = os.environ | {"DATA": folder, "PORT": str(port)}
        command = [str(Path(sys.executable).with_name("kapok")), "demo"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            try:
                wait_for(f"http://127.0.0.1:{port}/readyz")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def wait_for(address: str) -> None:
    for _attempt in range(600):
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"{address} does not answer")


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> str:
    """Save one picture; says what is wrong with the page, if anything."""
    width, height = picture.size
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
    page = context.new_page()
    if picture.who:
        page.goto("/account/login/")
        page.fill("input[name=login]", picture.who)
        page.fill("input[name=password]", "kapok-demo-2026")
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    answer = page.goto(picture.path)
    page.screenshot(path=folder / f"{picture.name}.png")
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()
    status = answer.status if answer else 0
    return "" if status == 200 and not sideways else f"{picture.name}: status {status}, sideways {sideways}"


def in_every_language() -> list[Picture]:
    """Each page in six languages."""
    return [
        Picture(f"{picture.name}.{tag}", f"/{tag}/" + picture.path[4:], picture.who, picture.size)
        for picture in SHOTS
        if not picture.name.endswith("-ar")
        for tag in LANGUAGES
    ]


def main() -> int:
    everything = "--all-languages" in sys.argv
    names = {word for word in sys.argv[1:] if not word.startswith("--")}
    folder = EVERYTHING if everything else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium()
    if path is None:
        print("There is no Chromium on this machine (Debian: apt install chromium).")
        return 1
    wanted = in_every_language() if everything else list(SHOTS)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        wrong = [take(browser, address, each, folder) for each in wanted if not names or each.name in names]
        browser.close()
    for sentence in filter(None, wrong):
        print(sentence)
    print(f"{len(wrong)} pictures are in {folder.relative_to(HOME)}/")
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main())
