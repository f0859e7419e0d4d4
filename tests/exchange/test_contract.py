"""The interface keeps what its description says, whatever is sent to it, in each role.

`KAPOK_EXAMPLES=1000` sends that many to each operation; without it, enough to notice a slip.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as sending
from schemathesis import checks

from kapok.core.rules import SYSTEM
from kapok.exchange.models import Scope
from kapok.exchange.tokens import bearer, verbs
from kapok.site.wsgi import application
from tests import make
from tests.exchange.bringing import read

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(3600)]
EXAMPLES = int(os.environ.get("KAPOK_EXAMPLES", "4"))
ROLES = ("visitor", "member", "editor", "secretariat")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The requests run within the transaction of the test, so its connection must stay open between them."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def person_in(role: str) -> Any:
    """Somebody in a role; nobody for a visitor."""
    return None if role == "visitor" else getattr(make, {"member": "person"}.get(role, role))()


def headers_of(person: Any) -> dict[str, str]:
    """A token of somebody for everything; nothing for nobody."""
    if person is None:
        return {}
    _token, secret = verbs.make_token(person, by=person, name="Contract", scopes=Scope.values, days=1)
    return {"Authorization": f"Bearer {secret}"}


def operations() -> list[Any]:
    """Every operation of the description."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [found.ok() for found in schema.get_all_operations()]


def prove(operation: Any, known: dict[str, list[Any]], headers: dict[str, str]) -> None:
    """Send invented requests to one operation; every second names something that is there."""
    found = {name: iter(some * EXAMPLES) for name, some in known.items()}
    chosen = [checks.CHECKS.get_one(name) for name in CHECKS]

    @sending(
        max_examples=EXAMPLES,
        deadline=None,
        # The same handful each time, so that a run fails for what was changed; many are invented anew.
        derandomize="KAPOK_EXAMPLES" not in os.environ,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def send(case: Any) -> None:
        for name in found.keys() & (case.path_parameters or {}).keys():
            case.path_parameters[name] = next(found[name], case.path_parameters[name])
        case.headers = {**(case.headers or {}), "Accept-Encoding": "identity", **headers}
        case.call_and_validate(checks=chosen)

    send()


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_description_tells(role, monkeypatch, index, settings):
    # The client of schemathesis leaves temporary files open.
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    monkeypatch.setattr(bearer, "A_MINUTE", 10**9)
    person = person_in(role)
    known = {
        "identifier": [make.record("news").identifier, make.draft("news", by=make.editor()).identifier],
        "pk": [read("Title\nLaboratory\n", by=person or SYSTEM).pk, read("Title\nTraining\n").pk],
    }
    headers = headers_of(person)
    index()
    found = operations()

    for operation in found:
        prove(operation, known, headers)

    assert len(found) > 20
