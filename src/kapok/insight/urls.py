"""Addresses of gaps, overlaps, matches and money."""

from django.urls import URLPattern, URLResolver

from kapok.insight.matches import urls as matches
from kapok.insight.overlaps import urls as overlaps

app_name = "insight"
urlpatterns: list[URLPattern | URLResolver] = [*overlaps.urlpatterns, *matches.urlpatterns]
