from importlib.util import find_spec

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The registers."""

    name = "kapok.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the formats, the resolver of links, what search must know, and the jobs."""
        from kapok.records import formats, queries

        assert formats and queries
        if find_spec("kapok.search.indexer"):
            from kapok.records import search
            from kapok.search.indexer import register

            register("record", search.describe, search.every)
