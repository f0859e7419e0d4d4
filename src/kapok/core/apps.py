from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """What every other room stands on."""

    name = "kapok.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every room's tasks and listeners are known before anything runs."""
        autodiscover_modules("cache", "jobs", "listeners")
