"""Any other questionnaire from an XLSForm: its questions as a plan, and in words what was not taken over."""

from kapok.surveys.questionnaires.xlsform.reading import Read, read

__all__ = ["Read", "read"]
