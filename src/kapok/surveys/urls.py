"""Addresses of questionnaires, answers and the analyzer."""

from django.urls import URLPattern, URLResolver, path

from kapok.surveys.synthesis.urls import urlpatterns as synthesis
from kapok.surveys.views import answer, indicators, keeping, lists, offline, people, submit

app_name = "surveys"
ONE = "responses/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    *synthesis,
    path("reports", lists.reports, name="reports"),
    path("reports/add", keeping.add, name="add"),
    path("reports/<slug:code>", lists.questionnaire, name="questionnaire"),
    path("reports/<slug:code>/questions/<slug:section>", lists.questions, name="questions"),
    path("reports/<slug:code>/start", lists.start, name="start"),
    path("reports/<slug:code>/form.<slug:kind>", offline.blank, name="blank"),
    path("reports/<slug:code>/answers", keeping.bring_in, name="bring_in"),
    path("reports/<slug:code>/settings", keeping.setting, name="setting"),
    path("indicators", indicators.sets, name="indicator_sets"),
    path("indicators/<slug:code>", indicators.one, name="indicators"),
    path("indicators/<slug:code>/agree", indicators.agree, name="agree"),
    path(ONE, answer.response, name="response"),
    path(f"{ONE}/sections/<slug:key>", answer.section, name="section"),
    path(f"{ONE}/prefill", answer.prefill, name="prefill"),
    path(f"{ONE}/asides/<int:number>", answer.aside, name="aside"),
    path(f"{ONE}/people", people.people, name="people"),
    path(f"{ONE}/offline", offline.offline, name="offline"),
    path(f"{ONE}/form.<slug:kind>", offline.form, name="form"),
    path(f"{ONE}/check", submit.check, name="check"),
    path(f"{ONE}/reopen", submit.reopen, name="reopen"),
    path(f"{ONE}/send-back", submit.send_back, name="send_back"),
    path(f"{ONE}/discard", submit.discard, name="discard"),
    path(f"{ONE}/versions", submit.versions, name="versions"),
]
