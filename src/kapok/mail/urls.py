"""The addresses of the room."""

from django.urls import path

from kapok.mail import views

app_name = "mail"
urlpatterns = [path("letters/stop/<str:token>", views.stop, name="stop")]
