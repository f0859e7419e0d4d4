from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Gaps, overlaps, matches, money."""

    name = "kapok.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
