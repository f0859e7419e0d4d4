from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """The room `workflow`."""

    name = "kapok.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"
