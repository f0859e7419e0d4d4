from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The front of the house."""

    name = "kapok.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
