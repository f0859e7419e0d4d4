"""The addresses of the pages people come for."""

from django.urls import path

from kapok.site.pages import calendar, countries, home, letters, organisations

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("registers", home.registers, name="registers"),
    path("countries", countries.countries, name="countries"),
    path("countries/<str:code>", countries.country, name="country"),
    path("countries/<str:code>/brief", countries.country, {"brief": True}, name="brief"),
    path("organisations", organisations.organisations, name="organisations"),
    path("organisations/<str:identifier>", organisations.organisation, name="organisation"),
    path(
        "organisations/<str:identifier>/brief",
        organisations.organisation,
        {"brief": True},
        name="organisation-brief",
    ),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_ics, name="calendar-file"),
    path("bodies/<str:code>/letter", letters.letter, name="letter"),
]
