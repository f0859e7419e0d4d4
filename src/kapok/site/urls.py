"""Every address of Kapok; each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]

handler500 = "kapok.site.health.server_error"
