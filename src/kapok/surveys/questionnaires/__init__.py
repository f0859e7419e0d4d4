"""Questionnaires from data: the national reports that come with Kapok, our needs assessment, and XLSForms."""
