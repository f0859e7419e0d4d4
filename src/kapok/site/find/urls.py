"""The addresses of search."""

from django.urls import path

from kapok.site.find import views

app_name = "find"

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
]
