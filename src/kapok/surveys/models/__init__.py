"""The tables of the room: questionnaires, what governments answered, and agreed indicators."""

from kapok.surveys.models.indicators import Indicator, IndicatorChange, IndicatorSet
from kapok.surveys.models.parts import Delegation, Part, PartAside
from kapok.surveys.models.questionnaire import Comparability, Option, Purpose, Question, Questionnaire, Section, Shape
from kapok.surveys.models.response import Answer, Response, ResponseVersion, State
from kapok.surveys.models.synthesis import SavedView, Snapshot, Wording

__all__ = [
    "Answer",
    "Comparability",
    "Delegation",
    "Indicator",
    "IndicatorChange",
    "IndicatorSet",
    "Option",
    "Part",
    "PartAside",
    "Purpose",
    "Question",
    "Questionnaire",
    "Response",
    "ResponseVersion",
    "SavedView",
    "Section",
    "Shape",
    "Snapshot",
    "State",
    "Wording",
]
