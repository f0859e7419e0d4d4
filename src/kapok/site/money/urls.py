"""The addresses of money."""

from django.urls import path

from kapok.site.money import views

app_name = "money"

urlpatterns = [
    path("money", views.money, name="money"),
    path("money/rows", views.rows, name="rows"),
]
