from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Gaps, overlaps, matches, money."""

    name = "kapok.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen."""
        from kapok.insight import listeners, verbs

        assert listeners
        assert verbs
