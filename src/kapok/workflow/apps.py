from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Clocks and reminders."""

    name = "kapok.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"
