from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room `people`."""

    name = "kapok.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
