"""The addresses of the pages people come for."""

from django.urls import path

from kapok.site.pages import calendar, countries, home, letters, maps, organisations, words

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("registers", home.registers, name="registers"),
    path("countries", countries.countries, name="countries"),
    path("countries/map", maps.countries_map, name="map"),
    path("countries/map.<str:ending>", maps.countries_map, name="map-file"),
    path("countries/<str:code>", countries.country, name="country"),
    path("countries/<str:code>/brief", countries.country, {"brief": True}, name="brief"),
    path("countries/<str:code>/brief.<str:ending>", countries.country, {"brief": True}, name="brief-file"),
    path("organisations", organisations.organisations, name="organisations"),
    path("organisations/<str:identifier>", organisations.organisation, name="organisation"),
    path(
        "organisations/<str:identifier>/brief",
        organisations.organisation,
        {"brief": True},
        name="organisation-brief",
    ),
    path(
        "organisations/<str:identifier>/brief.<str:ending>",
        organisations.organisation,
        {"brief": True},
        name="organisation-brief-file",
    ),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_ics, name="calendar-file"),
    *(
        path(address, words.words_page(address, template, title), name=template)
        for address, template, title in words.PAGES
    ),
    path("contact", letters.letter, {"code": letters.SECRETARIAT}, name="contact"),
    path("robots.txt", words.robots, name="robots"),
    path(".well-known/security.txt", words.security, name="security"),
    path("sitemap.xml", words.sitemap, name="sitemap"),
    path("sitemap-pages.xml", words.sitemap_pages, name="sitemap-pages"),
    path("sitemap-records-<int:number>.xml", words.sitemap_records, name="sitemap-records"),
    path("bodies/<str:code>/letter", letters.letter, name="letter"),
]
