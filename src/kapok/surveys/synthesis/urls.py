"""Addresses of the synthesis."""

from django.urls import path

from kapok.surveys.synthesis.views import analyzer, words

urlpatterns = [
    path("reports/<str:code>/analyse", analyzer.analyse, name="analyse"),
    path("reports/<str:code>/analyse.<str:kind>", analyzer.download, name="analyse-file"),
    path("reports/<str:code>/parties", analyzer.parties, name="parties"),
    path("reports/<str:code>/keep", analyzer.keep, name="keep-view"),
    path("reports/views/<int:pk>/forget", analyzer.forget, name="forget-view"),
    path("reports/<str:code>/published", words.published, name="published"),
    path("reports/<str:code>/words", words.words, name="words"),
    path("reports/<str:code>/words/<slug:sentence>", words.reword, name="reword"),
    path("reports/<str:code>/freeze", words.freeze, name="freeze"),
    path("reports/snapshots/<str:digest>", words.snapshot, name="snapshot"),
    path("reports/snapshots/<str:digest>/sign", words.sign, name="sign"),
]
