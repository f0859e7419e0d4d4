from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Gaps, overlaps, matches, money."""

    name = "kapok.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen, and say what the room shows on the pages of records."""
        from kapok.insight import listeners, verbs
        from kapok.insight.matches import views as matches
        from kapok.insight.overlaps import views as overlaps
        from kapok.records import besides

        assert listeners
        assert verbs
        besides.on_page.append(overlaps.on_page)
        besides.on_page.append(matches.on_page)
        besides.on_form.append(overlaps.on_form)
        besides.on_start.append(overlaps.on_start)
