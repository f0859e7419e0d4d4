"""The addresses of overlaps."""

from django.urls import path

from kapok.insight.overlaps import views

urlpatterns = [
    path("overlaps", views.overlaps, name="overlaps"),
    path("overlaps/draft/<str:identifier>", views.of_draft, name="overlaps-of-draft"),
    path("overlaps/<str:identifier>/with/<str:other>", views.pair, name="pair"),
    path("overlaps/<str:identifier>/with/<str:other>/answer", views.answer, name="answer-overlap"),
    path("overlaps/<str:identifier>/joint", views.joint, name="joint"),
]
