from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """In and out."""

    name = "kapok.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
