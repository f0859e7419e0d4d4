"""The OAI-PMH provider: the six verbs, the errors of the protocol, and lists that nobody's change disturbs."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import etree

from kapok.exchange.providing import provider
from kapok.formats.format import formats
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db
NS = {"o": provider.OAI, "dc": "http://purl.org/dc/elements/1.1/", "k": provider.KAPOK}
HOST = provider.host()


def ask(client: Any, **given: str) -> Any:
    """The answer as a tree."""
    response = client.get("/oai", given)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def code(root: Any) -> str:
    """The code of the error."""
    return str(root.find("o:error", NS).get("code"))


def told(root: Any, path: str) -> list[str]:
    return [one.text for one in root.iterfind(f".//o:{path}", NS)]


def name(record: Record) -> str:
    return f"oai:{HOST}:{record.identifier}"


def test_it_says_who_it_is_and_what_it_has(client):
    root = ask(client, verb="Identify")

    assert told(root, "deletedRecord") == ["persistent"]
    assert told(root, "granularity") == ["YYYY-MM-DDThh:mm:ssZ"]
    assert told(ask(client, verb="ListMetadataFormats"), "metadataPrefix") == ["oai_dc", "kapok"]
    assert told(ask(client, verb="ListSets"), "setSpec") == list(formats)
    assert client.post("/oai", {"verb": "Identify"}).status_code == 200
    etree.XMLSchema(etree.fromstring(client.get("/oai/kapok.xsd").content))


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "badVerb"),
        ({"verb": "Delete"}, "badVerb"),
        ({"verb": "Identify", "x": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "set": "need"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nothing"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-13-01"}, "badArgument"),
        ({"verb": "ListIdentifiers", "metadataPrefix": "kapok", "from": "2026-12", "until": "2000"}, "badArgument"),
        ({"verb": "ListSets", "from": "2026-12-31"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026", "until": "2027"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-02T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2001-01-01"}, "noRecordsMatch"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:other:INI-000001"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:{HOST}:INI-999999"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "nonsense"}, "idDoesNotExist"),
    ],
)
def test_each_error_of_the_protocol_has_its_code(client, given, wrong):
    assert code(ask(client, **given)) == wrong


def test_an_argument_given_twice_is_an_error(client):
    root = etree.fromstring(client.get("/oai?verb=GetRecord&identifier=a&identifier=b&metadataPrefix=oai_dc").content)

    assert code(root) == "badArgument"


@pytest.mark.parametrize("kind", sorted(formats))
def test_every_type_has_both_formats_and_nothing_private(client, kind):
    record = make.record(kind)

    dublin = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name(record))
    ours = ask(client, verb="GetRecord", metadataPrefix="kapok", identifier=name(record))

    assert dublin.findtext(".//dc:identifier", namespaces=NS).endswith(f"/records/{record.identifier}")
    assert dublin.find(".//dc:title", NS).text
    told_ = json.loads(ours.findtext(".//k:record", namespaces=NS))
    assert told_["values"] == record.form.public(record.values)
    assert b"@example.org" not in etree.tostring(dublin) + etree.tostring(ours)


def test_what_is_gone_stays_as_deleted_and_drafts_are_not_there(client):
    officer = make.secretariat()
    kept, double, gone = (make.record("resource") for _number in range(3))
    verbs.merge(double, by=officer, into=kept)
    verbs.withdraw(gone, by=officer, reason="Superseded.")
    make.draft("resource")

    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc", set="resource")

    states = {
        one.findtext("o:identifier", namespaces=NS): one.get("status") for one in root.iterfind(".//o:header", NS)
    }
    assert states == {name(kept): None, name(double): "deleted", name(gone): "deleted"}
    assert len(root.findall(".//o:metadata", NS)) == 1


def everything(client: Any, verb: str) -> tuple[list[str], int]:
    """All identifiers of a list, following its tokens, and in how many answers."""
    found: list[str] = []
    given, answers = {"verb": verb, "metadataPrefix": "oai_dc"}, 0
    while given:
        root = ask(client, **given)
        answers += 1
        found += told(root, "header/o:identifier")
        token = root.find(".//o:resumptionToken", NS)
        given = {"verb": verb, "resumptionToken": token.text} if token is not None and token.text else {}
    return found, answers


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_a_long_list_comes_in_stretches_and_whole(client, monkeypatch, verb):
    monkeypatch.setattr(provider, "PER_ANSWER", 2)
    records = [make.record("resource") for _number in range(5)]

    found, answers = everything(client, verb)

    assert (found, answers) == ([name(record) for record in records], 3)


def test_a_list_of_just_one_stretch_has_no_token(client, monkeypatch):
    monkeypatch.setattr(provider, "PER_ANSWER", 2)
    for _number in range(2):
        make.record("resource")

    assert ask(client, verb="ListIdentifiers", metadataPrefix="kapok").find(".//o:resumptionToken", NS) is None


def test_a_change_in_between_makes_nobody_skip_another(client, monkeypatch):
    monkeypatch.setattr(provider, "PER_ANSWER", 2)
    records = [make.record("resource") for _number in range(4)]
    first = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = first.find(".//o:resumptionToken", NS)
    assert (token.get("completeListSize"), token.get("cursor")) == ("4", "0")

    verbs.withdraw(records[0], by=make.secretariat(), reason="Superseded.")
    second = ask(client, verb="ListIdentifiers", resumptionToken=token.text)

    assert told(second, "header/o:identifier") == [name(record) for record in records[2:]]
    last = second.find(".//o:resumptionToken", NS)
    assert (last.text, last.get("cursor")) == (None, "2")


def test_a_window_of_time_holds_its_ends(client):
    record = make.record("resource")
    when = datetime(2026, 3, 31, 12, 0, 0, 500, tzinfo=UTC)
    Record.objects.filter(pk=record.pk).update(changed_at=when)

    for begin, end, found in (
        ("2026-03-31", "2026-03-31", 1),
        ("2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z", 1),
        ("2026-03-31T12:00:01Z", "2026-04-01T00:00:00Z", 0),
        ("2026-04-01", "2026-04-02", 0),
    ):
        given = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "from": begin, "until": end}
        root = etree.fromstring(client.get("/oai", given).content)
        assert len(root.findall(".//o:header", NS)) == found, (begin, end)
    assert timezone.now() - when > timedelta(0)
