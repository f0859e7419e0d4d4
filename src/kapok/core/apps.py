from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every other room stands on."""

    name = "kapok.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
