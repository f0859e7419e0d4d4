"""Addresses of imports."""

from django.urls import path

from kapok.exchange.importing import views

urlpatterns = [
    path("imports", views.index, name="imports"),
    path("imports/<int:pk>", views.one, name="import"),
    path("imports/<int:pk>/columns", views.columns, name="import_columns"),
    path("imports/<int:pk>/rows/<int:number>", views.row, name="import_row"),
    path("imports/<int:pk>/rows/<int:number>/decide", views.decide, name="import_decide"),
    path("imports/<int:pk>/annotated", views.annotated, name="import_annotated"),
    path("imports/<int:pk>/apply", views.apply, name="import_apply"),
    path("imports/<int:pk>/stop", views.stop, name="import_stop"),
    path("imports/<int:pk>/undo", views.undo, name="import_undo"),
    path("imports/<int:pk>/discard", views.discard, name="import_discard"),
]
