"""The addresses of the pages people come for."""

from django.urls import path

from kapok.site.pages import home

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("registers", home.registers, name="registers"),
]
