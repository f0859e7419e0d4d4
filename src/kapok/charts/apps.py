from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts and maps."""

    name = "kapok.charts"
    label = "charts"
    default_auto_field = "django.db.models.BigAutoField"
