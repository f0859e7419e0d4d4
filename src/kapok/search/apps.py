from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The room `search`."""

    name = "kapok.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the acts of the room known, and what it keeps of persons."""
        from kapok.search import own, verbs

        assert own
        assert verbs
