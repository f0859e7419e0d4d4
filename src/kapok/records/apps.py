from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room `records`."""

    name = "kapok.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
