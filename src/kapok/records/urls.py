"""The addresses of the registers."""

from django.urls import path

from kapok.records.views import (
    asides,
    attached,
    edit,
    history,
    life,
    read,
    reporting,
    review,
    sharing,
    start,
    writing,
    writing_to,
)

app_name = "records"
ONE = "records/<str:identifier>"
urlpatterns = [
    path("records/new", start.new, name="new"),
    path("records/new/<slug:code>", start.start, name="start"),
    path("records/new/<slug:code>/similar", start.similar, name="similar"),
    path("records/suggest", writing.suggest, name="suggest"),
    path(f"{ONE}.json", read.data, name="data"),
    path(ONE, read.read, name="read"),
    path(f"{ONE}/edit", edit.edit, name="edit"),
    path(f"{ONE}/asides/<int:pk>", asides.aside, name="aside"),
    path(f"{ONE}/draft", review.draft, name="draft"),
    path(f"{ONE}/hand-in", review.hand_in, name="hand_in"),
    path(f"{ONE}/take-back", review.take_back, name="take_back"),
    path(f"{ONE}/review", review.review, name="review"),
    path(f"{ONE}/discard", review.discard, name="discard"),
    path(f"{ONE}/undiscard", history.undiscard, name="undiscard"),
    path(f"{ONE}/revise", start.revise, name="revise"),
    path(f"{ONE}/duplicate", start.duplicate, name="duplicate"),
    path(f"{ONE}/report", reporting.report, name="report"),
    path(f"{ONE}/letter", writing_to.letter, name="letter"),
    path(f"{ONE}/people", sharing.people, name="people"),
    path(f"{ONE}/history", history.history, name="history"),
    path(f"{ONE}/versions/<int:number>", history.version, name="version"),
    path(f"{ONE}/versions/<int:number>/return", history.return_version, name="return_version"),
    path(f"{ONE}/compare", history.compare, name="compare"),
    path(f"{ONE}/confirm", life.confirm, name="confirm"),
    path(f"{ONE}/withdraw", life.withdraw, name="withdraw"),
    path(f"{ONE}/restore", life.restore, name="restore"),
    path(f"{ONE}/merge", life.merge, name="merge"),
    path(f"{ONE}/unmerge", life.unmerge, name="unmerge"),
    path(f"{ONE}/pieces", attached.piece, name="piece"),
    path(f"{ONE}/files/<str:token>", attached.file, name="file"),
    path("confirm/<str:token>", life.confirm_by_link, name="confirm_link"),
    path("shared/<str:token>", sharing.shared, name="shared"),
    path("shared/<str:token>/files/<str:file_token>", attached.shared_file, name="shared_file"),
    path("bodies/<str:code>/confirm", life.confirm_all, name="confirm_all"),
]
