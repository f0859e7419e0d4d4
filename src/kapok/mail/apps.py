from django.apps import AppConfig


class MailConfig(AppConfig):
    """The room `mail`."""

    name = "kapok.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
