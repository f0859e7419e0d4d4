from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What waits for whom."""

    name = "kapok.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The number beside “My desk” in the menu is counted here, and finished assessments are heard of."""
        from kapok.core.waiting import waiting
        from kapok.desk import assessments, lists

        assert assessments

        if lists.count not in waiting:
            waiting.append(lists.count)
