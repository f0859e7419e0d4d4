"""The addresses of the registers."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from kapok.records.access import visible_to
from kapok.records.payload import payload

app_name = "records"


def read(request: HttpRequest, identifier: str) -> JsonResponse:
    return JsonResponse(payload(get_object_or_404(visible_to(request.user), identifier=identifier)))


urlpatterns = [path("records/<str:identifier>", read, name="read")]
