"""A form as it lies on the table, filled in and not yet sent."""

import io
from collections.abc import Callable
from copy import copy
from typing import Any

from django.test import Client

from tests.records.forms import Page


class Sheet:
    """A form that was opened and filled in by someone; it can be sent any number of times."""

    def __init__(self, client: Client, address: str, having: str, file: bytes = b"", **typed: Any) -> None:
        self.client, self.address, self.file = client, address, file
        page = Page(client, client.get(address, follow=True))
        assert page.status == 200, (address, page.text)
        form = page.form(having)
        self.sent = page.values(having) | {name: value for name, value in typed.items() if value is not None}
        # Every question of the form, those without an answer too.
        self.asks = {str(name) for name in form.inputs.keys() if name}  # noqa: SIM118 - inputs are no dictionary
        self.action = (form.get("action") or page.response.request["PATH_INFO"]).split("#")[0]
        if "?" not in self.action and not form.get("action") and "?" in address:
            self.action += "?" + address.partition("?")[2]

    def send(self) -> Any:
        """Press the button."""
        sent = dict(self.sent)
        if self.file:
            sent["files"] = named(self.file)
        return self.client.post(self.action, sent)

    def elsewhere(self) -> "Sheet":
        """The same sheet in a second window of the same browser."""
        twin = object.__new__(Sheet)
        twin.__dict__ = self.__dict__ | {"client": Client()}
        twin.client.cookies = copy(self.client.cookies)
        return twin


def named(content: bytes) -> io.BytesIO:
    """A file as a form sends it."""
    file = io.BytesIO(content)
    file.name = "table.csv"
    return file


ACTS: dict[str, Callable[[], Sheet]] = {}


def act(make_sheet: Callable[[], Sheet]) -> Callable[[], Sheet]:
    """Count this form among those that are sent twice."""
    ACTS[make_sheet.__name__] = make_sheet
    return make_sheet
