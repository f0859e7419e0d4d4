"""Addresses of the sources."""

from django.urls import path

from kapok.exchange.harvest import views

patterns = [
    path("sources", views.sources, name="sources"),
    path("sources/new", views.new_source, name="new-source"),
    path("sources/<int:pk>", views.source, name="source"),
    path("sources/<int:pk>/<slug:act>", views.act_on_source, name="act-on-source"),
]
