from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The registers."""

    name = "kapok.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the formats, the resolver of links, and what search must know."""
        from kapok.people.bodies import known_as
        from kapok.records import finding, formats, queries, search, synonyms
        from kapok.search import index

        assert formats
        assert queries
        index.register("record", search.describe, search.every)
        index.use_synonyms(synonyms.countries)
        index.use_synonyms(synonyms.ours)
        known_as.append(finding.organisations)
