from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room `desk`."""

    name = "kapok.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
