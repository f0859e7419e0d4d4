"""The room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, bodies, designations and accounts."""

    name = "kapok.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
