"""The addresses of the room."""

from django.urls import path

from kapok.files import views

app_name = "files"
urlpatterns = [path("files/<str:token>", views.download, name="download")]
