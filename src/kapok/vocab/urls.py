"""The addresses of the room."""

from django.urls import path

from kapok.vocab import views

app_name = "vocab"

urlpatterns = [
    path("vocabularies", views.index, name="list"),
    path("vocabularies/<slug:code>", views.read, name="read"),
    path("vocabularies/<slug:code>.<slug:kind>", views.download, name="download"),
]
