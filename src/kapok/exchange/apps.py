from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """In and out."""

    name = "kapok.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the acts of the room known, its clocks, and what it keeps of persons."""
        from kapok.exchange.harvest import jobs as harvests
        from kapok.exchange.importing import jobs as imports
        from kapok.exchange.providing import jobs as dumps
        from kapok.exchange.tokens import jobs, own, verbs
        from kapok.exchange.views import origins
        from kapok.records import besides

        assert dumps
        assert harvests
        assert imports
        assert jobs
        assert own
        assert verbs
        besides.on_page.append(origins.on_page)
