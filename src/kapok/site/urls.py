"""Every address of Kapok; each room brings its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from kapok.site.api import api
from kapok.site.styleguide import styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("", include("kapok.people.urls")),
    path("", include("kapok.vocab.urls")),
    path("", include("kapok.insight.urls")),
    path("", include("kapok.exchange.urls")),
    path("", include("kapok.surveys.urls")),
    path("", include("kapok.records.urls")),
    path("", include("kapok.files.urls")),
    path("", include("kapok.mail.urls")),
    path("", include("kapok.desk.urls")),
    path("", include("kapok.site.find.urls")),
    path("", include("kapok.site.gaps.urls")),
    path("", include("kapok.site.money.urls")),
    path("", include("kapok.site.pages.urls")),
    path("api/v1/", api.urls),
]

if settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("styleguide", styleguide, name="styleguide"))

handler400 = "kapok.site.errors.bad_request"
handler403 = "kapok.site.errors.denied"
handler404 = "kapok.site.errors.not_found"
handler500 = "kapok.site.health.server_error"
