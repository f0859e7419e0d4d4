from django.apps import AppConfig


class FormatsConfig(AppConfig):
    """The room `formats`."""

    name = "kapok.formats"
    label = "formats"
    default_auto_field = "django.db.models.BigAutoField"
