"""The addresses of matches, offers and needs that nobody answered."""

from django.urls import path

from kapok.insight.matches import views

urlpatterns = [
    path("matches", views.matches, name="matches"),
    path("matches/<str:identifier>/with/<str:other>", views.say, name="say"),
    path("needs/unanswered", views.unanswered, name="unanswered"),
    path("needs/<str:identifier>/offer", views.offer, name="offer"),
    path("needs/<str:identifier>/offers", views.offers, name="offers"),
    path("needs/<str:identifier>/met", views.met, name="met"),
    path("offers/<int:pk>/answer", views.answer, name="answer-offer"),
]
