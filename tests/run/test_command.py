"""The command `kapok`: what an administrator types, and what it answers when something is not right."""

import re
import socket

import pytest

from kapok.site import command
from kapok.site.command.ground import Trouble, is_local

pytestmark = pytest.mark.timeout(400)
WORDS = {
    "answers": ["import", "f", "--report=nr2"],
    "backup": ["f"],
    "bench-data": ["--records=1", "--out=o"],
    "createadmin": ["e"],
    "export": ["--out=f"],
    "document": ["synthesis", "nr2", "--out", "f"],
    "import": ["f"],
    "restore": ["f"],
    "synthesis": ["nr2"],
}
COMMANDS = sorted(re.findall(r"^    ([a-z][a-z0-9-]+)", command.parser().format_help(), re.MULTILINE))


def test_help_names_every_command_and_gives_examples(capsys):
    with pytest.raises(SystemExit, match="0"):
        command.main(["--help"])

    said = capsys.readouterr().out
    assert {"serve", "demo", "run", "setup", "worker", "reindex", "verify", "backup", "restore"} <= set(COMMANDS)
    assert "createadmin" in said
    assert "examples:" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit, match="0"):
        command.main([name, "--help"])

    assert len(capsys.readouterr().out.splitlines()) >= 4


def test_every_command_has_its_handler():
    from importlib import import_module

    for name in COMMANDS:
        handler = command.parser().parse_args([name, *WORDS.get(name, [])]).handler
        module, function = handler.__closure__[0].cell_contents.rsplit(".", 1)
        assert callable(getattr(import_module(f"kapok.site.command.{module}"), function))


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("kapok.int", False)],
)
def test_what_is_local(host, local):
    assert is_local(host) is local


def test_trouble_is_one_sentence_and_not_a_trace(monkeypatch, capsys):
    def fail(arguments):
        raise Trouble("The disk is full.")

    monkeypatch.setattr("kapok.site.command.start.setup", fail)

    assert command.main(["setup"]) == 2
    assert capsys.readouterr().err == "kapok: The disk is full.\n"


def test_setup_twice_changes_nothing(installation):
    done = installation.command("setup")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DATA": "/dev/null/kapok"}, "cannot be written"),
        ({"DATABASE_URL": "mysql://somewhere"}, "must begin with postgresql://"),
        ({"KAPOK_SECRET_KEY": "short"}, "at least 32 characters"),
        ({"PORT": "many"}, "A setting is wrong"),
    ],
    ids=["folder", "database", "secret", "port"],
)
def test_setup_says_which_setting_is_wrong(fresh, settings, words):
    done = fresh.command("setup", **settings)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"KAPOK_ADDRESS": "https://kapok.example"}, "KAPOK_HOSTS must name the hosts"),
        ({"KAPOK_DEBUG": "1", "HOST": "0.0.0.0"}, "KAPOK_DEBUG is on"),
        ({"KAPOK_DEBUG": "1", "KAPOK_ADDRESS": "http://kapok.example"}, "KAPOK_DEBUG is on"),
    ],
    ids=["no hosts", "debug on all addresses", "debug under a public name"],
)
def test_serve_refuses_dangerous_settings(installation, settings, words):
    done = installation.command("serve", **settings)

    assert done.returncode == 2
    assert words in done.stderr


def test_serve_says_that_the_port_is_taken(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = installation.command("serve", PORT=str(port))

    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1 port {port}" in done.stderr


def test_the_data_of_a_demo_is_never_served_as_real(installation):
    (installation.data / "demo").touch()

    done = installation.command("run")

    assert done.returncode == 2
    assert "holds demo data and its published passwords" in done.stderr


def test_real_data_never_becomes_a_demo(installation):
    done = installation.command("demo", "--no-serve", "--reset")

    assert done.returncode == 2
    assert "holds a real Kapok" in done.stderr
    assert (installation.data / "files").exists()


def test_createadmin_refuses_a_weak_password_and_a_wrong_address(installation):
    weak = installation.command("createadmin", "a@body.example", "--password", "short")
    wrong = installation.command("createadmin", "nobody", "--password", "correct horse battery staple")

    assert (weak.returncode, wrong.returncode) == (2, 2)
    assert "Traceback" not in weak.stderr + wrong.stderr


def test_verify_finds_a_change_to_history(installation):
    assert installation.command("createadmin", "a@body.example", "--password", "correct horse battery").returncode == 0
    whole = installation.command("verify")
    change = "from kapok.core.models import Entry; Entry.objects.update(thing='person:2')"
    installation.command("manage", "shell", "-v0", "-c", change)

    broken = installation.command("verify")

    assert (whole.returncode, broken.returncode) == (0, 1)
    assert "trail: all right" in whole.stdout
    assert "trail: 1 entry does not fit the chain" in broken.stdout


def test_bench_data_never_touches_a_folder_in_use(installation):
    done = installation.command("bench-data", "--records", "5", "--out", str(installation.data))

    assert done.returncode == 2
    assert "is not empty" in done.stderr


def test_bench_data_fills_a_folder_whose_index_and_figures_agree(installation, tmp_path):
    """The index is built beside the writing; what is missing in it, or in the allocations, `verify` would tell."""
    made = tmp_path / "made"
    done = installation.command("bench-data", "--records", "60", "--out", str(made))
    verified = installation.command("verify", DATA=str(made), DATABASE_URL="")

    assert done.returncode == 0, done.stderr
    assert "60 documents are in the search index." in done.stdout
    assert "60 things were compared. The index and the store agree." in verified.stdout
    assert "allocations: all right" in verified.stdout


def test_the_command_leaves_no_folder_when_only_help_is_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit):
        command.main(["serve", "--help"])

    assert list(tmp_path.iterdir()) == []
