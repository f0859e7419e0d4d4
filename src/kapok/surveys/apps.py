from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires, answers, synthesis."""

    name = "kapok.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
