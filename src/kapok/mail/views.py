"""The page behind the link that stops letters. Opening it changes nothing; its button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kapok.mail import verbs
from kapok.mail.links import read_stop
from kapok.people.letters import KINDS


# The token in the address is the proof: mail programs send the one-click request without page or cookie (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then stop the letters, or let them come again."""
    found = read_stop(token)
    if found is None:
        return render(request, "mail/stop.html", {"kind": ""}, status=404)
    person, kind = found
    if request.method == "POST":
        act = verbs.resume if request.POST.get("resume") else verbs.stop
        person = act(person, by=person, kind=kind)
    return render(request, "mail/stop.html", {"kind": KINDS[kind], "wanted": person.wants(kind)})
