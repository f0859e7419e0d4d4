from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Word, PDF and HTML."""

    name = "kapok.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
