"""The addresses of the room."""

from django.urls import path

from kapok.people.views import account, designations, requests, rules

app_name = "people"
urlpatterns = [
    path("account", account.account, name="account"),
    path("account/export", account.export, name="export"),
    path("account/erase", account.erase, name="erase"),
    path("account/roles/ask", requests.ask, name="ask"),
    path("account/roles/<int:pk>/lay-down", account.lay_down, name="lay_down"),
    path("people/designations", designations.designations, name="designations"),
    path("people/designations/<int:pk>/end", designations.end, name="end"),
    path("people/designate", designations.designate, name="designate"),
    path("people/requests", requests.requests, name="requests"),
    path("people/requests/<int:pk>", requests.answer, name="answer"),
    path("bodies/suggest", requests.suggest, name="suggest"),
    path("bodies/<str:code>/people", designations.body_people, name="body"),
    path("rules", rules.rules, name="rules"),
]
