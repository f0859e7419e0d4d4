"""The addresses of the room."""

from django.urls import path

from kapok.desk.views import home, keeping, staff

app_name = "desk"
urlpatterns = [
    path("desk", home.desk, name="desk"),
    path("desk/steps", home.skip, name="skip"),
    path("desk/waiting/<slug:name>", home.waiting, name="waiting"),
    path("desk/records", keeping.records, name="records"),
    path("desk/confirm", keeping.confirm, name="confirm"),
    path("desk/letters", staff.letters, name="letters"),
    path("desk/letters/<int:pk>/again", staff.again, name="again"),
    path("desk/log", staff.log, name="log"),
]
