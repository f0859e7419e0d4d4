"""The lock files hold what the project asks for, with hashes and without addresses."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.places import HOME

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text())
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
DEV = [*RUN, *PROJECT["dependency-groups"]["dev"], *PROJECT["dependency-groups"]["bench"]]


def locked(name):
    text = (HOME / "requirements" / name).read_text()
    return text, {found.lower(): version for found, version in PIN.findall(text)}


@pytest.mark.parametrize(("name", "asked"), [("run.txt", RUN), ("dev.txt", DEV)])
def test_the_lock_holds_what_is_asked_for(name, asked):
    _text, pins = locked(name)

    wrong = []
    for line in asked:
        wanted = Requirement(line)
        if not wanted.specifier.contains(pins.get(wanted.name.lower(), "0"), prereleases=True):
            wrong.append(line)

    assert wrong == [], "run `make lock`"


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_package_has_its_hash_and_none_its_address(name):
    text, pins = locked(name)

    assert len(pins) > 30
    assert "://" not in text
    assert [entry for entry in re.split(r"\n(?=\S)", text.strip()) if "--hash=sha256:" not in entry] == []


def test_both_locks_agree():
    run, dev = locked("run.txt")[1], locked("dev.txt")[1]

    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}
