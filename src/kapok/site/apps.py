from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The front of the house."""

    name = "kapok.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the queue know the jobs of the front."""
        from kapok.site.find import digest

        assert digest
