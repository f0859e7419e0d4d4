from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The room `search`."""

    name = "kapok.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
