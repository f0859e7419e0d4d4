from django.apps import AppConfig


class VocabConfig(AppConfig):
    """The room `vocab`."""

    name = "kapok.vocab"
    label = "vocab"
    default_auto_field = "django.db.models.BigAutoField"
