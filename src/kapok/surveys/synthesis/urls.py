"""Addresses of the synthesis."""

from django.urls import path

from kapok.surveys.synthesis.views import analyzer, published, wording, words

urlpatterns = [
    path("reports/<slug:code>/analyse", analyzer.analyse, name="analyse"),
    path("reports/<slug:code>/analyse.<slug:kind>", analyzer.download, name="analyse-file"),
    path("reports/<slug:code>/parties", analyzer.parties, name="parties"),
    path("reports/<slug:code>/keep", analyzer.keep, name="keep-view"),
    path("reports/views/<int:pk>/forget", analyzer.forget, name="forget-view"),
    path("reports/<slug:code>/published", published.published, name="published"),
    path("reports/<slug:code>/words", words.words, name="words"),
    path("reports/<slug:code>/words/<slug:sentence>", wording.reword, name="reword"),
    path("reports/<slug:code>/synthesis.<slug:kind>", words.document, name="document"),
    path("reports/<slug:code>/freeze", words.freeze, name="freeze"),
    path("reports/snapshots/<slug:digest>", words.snapshot, name="snapshot"),
    path("reports/snapshots/<slug:digest>/sign", words.sign, name="sign"),
]
