"""Addresses of questionnaires, answers and the analyzer."""

from django.urls import URLPattern, URLResolver

from kapok.surveys.synthesis.urls import urlpatterns as synthesis

app_name = "surveys"
urlpatterns: list[URLPattern | URLResolver] = [*synthesis]
