"""The addresses of search."""

from django.urls import path

from kapok.site.find import feeds, views

app_name = "find"

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/feed", feeds.feed, name="feed"),
    path("search.ics", feeds.search_calendar, name="calendar"),
]
