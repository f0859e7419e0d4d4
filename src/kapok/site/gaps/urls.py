"""The addresses of the matrix."""

from django.urls import path

from kapok.site.gaps import files, views

app_name = "gaps"

urlpatterns = [
    path("gaps", views.gaps, name="gaps"),
    path("gaps/row", views.row, name="row"),
    path("gaps/rules", views.rules_page, name="rules"),
    path("gaps/embed", views.embed, name="embed"),
    path("gaps.csv", files.csv_file, name="csv"),
    path("gaps.xlsx", files.xlsx_file, name="xlsx"),
    path("gaps.svg", files.svg_file, name="svg"),
    path("gaps.png", files.png_file, name="png"),
]
