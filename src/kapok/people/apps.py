"""The room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, bodies, designations and accounts."""

    name = "kapok.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Read only now: they need the tables of this room and of allauth.
        from django.core.checks import register

        from kapok.people import second_factor, signals, verbs

        register(second_factor.check_roles)
        signals.connect()
        assert verbs.__all__
