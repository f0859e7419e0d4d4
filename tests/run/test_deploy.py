"""A real site under a public name: Django's own check of deployments finds nothing, and every answer has its guards."""

import subprocess
import sys

from tests.plugins.installation import Installation

REAL = {
    "KAPOK_ADDRESS": "https://kapok.example",
    "KAPOK_HOSTS": "kapok.example",
    "DJANGO_SETTINGS_MODULE": "kapok.site.settings",
}
ANSWER = """
import django
django.setup()
from django.test import Client
answer = Client().get("/healthz", secure=True, HTTP_HOST="kapok.example")
page = Client().get("/en/account/login/", secure=True, HTTP_HOST="kapok.example")
plain = Client().get("/en/", HTTP_HOST="kapok.example")
print(page.headers["Strict-Transport-Security"])
print(plain.status_code, plain.headers["Location"])
for name, cookie in page.cookies.items():
    print(name, bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"])
"""


def python(installation: Installation, *words: str) -> subprocess.CompletedProcess[str]:
    """Run our Python as the real site would."""
    return subprocess.run(
        [sys.executable, *words], env=installation.environment | REAL, capture_output=True, text=True, timeout=100
    )


def test_the_check_of_deployments_finds_nothing(installation: Installation) -> None:
    done = python(installation, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_real_site_speaks_https_only_and_guards_its_cookies(installation: Installation) -> None:
    done = python(installation, "-c", ANSWER)
    transport, plain, *cookies = done.stdout.splitlines()

    assert done.returncode == 0, done.stderr
    assert transport == "max-age=31536000; includeSubDomains; preload"
    assert plain == "301 https://kapok.example/en/"
    assert "__Host-kapok-csrf True True Lax / " in cookies
