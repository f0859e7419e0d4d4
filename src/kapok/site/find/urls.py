"""The addresses of search."""

from django.urls import path

from kapok.site.find import feeds, saved, taking, views

app_name = "find"

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/feed", feeds.feed, name="feed"),
    path("search/save", saved.save, name="save"),
    path("searches", saved.searches, name="searches"),
    path("searches/<int:pk>", saved.change, name="change"),
    path("search.ics", feeds.search_calendar, name="calendar"),
    path("search.<slug:shape>", taking.take, name="take"),
]
