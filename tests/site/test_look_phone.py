"""The band at the top of a telephone, for someone who is signed in."""

import pytest
from playwright.sync_api import Page, expect

from kapok.core.languages import LANGUAGES
from kapok.records import verbs
from tests import make
from tests.plugins.browser import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_name_the_desk_and_the_menu_stand_in_one_row(plain_page: Page, live_server: object, tag: str) -> None:
    author = make.person()
    for _number in range(3):
        verbs.submit(make.draft("resource", by=author, owner=make.body()), by=author)
    sit_down(plain_page, make.secretariat(), live_server)

    plain_page.goto(f"/{tag}/help")
    tops = [plain_page.locator(one).first.bounding_box() for one in (".brand", ".who > a", ".phone > summary")]
    middles = {round((box["y"] + box["height"] / 2) / 8) for box in tops if box}

    expect(plain_page.locator(".who .count")).to_have_text("3")
    assert len(middles) == 1


def test_the_menu_of_a_telephone_holds_the_account_and_signs_out(plain_page: Page, live_server: object) -> None:
    sit_down(plain_page, make.person(), live_server)

    plain_page.goto("/en/help")
    plain_page.locator(".phone > summary").click()
    for name in ("Countries", "My account", "My saved searches", "Where you are signed in"):
        expect(plain_page.locator(".phone").get_by_role("link", name=name)).to_be_visible()
    plain_page.locator(".phone").get_by_role("button", name="Sign out").click()

    expect(plain_page.get_by_role("link", name="Sign in").first).to_be_visible()
