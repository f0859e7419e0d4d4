"""Briefs: one printed page about a country or a donor, for a page, Word and PDF.

What needs there are and what helps, where nobody helps, what doubles, and whom to write to, as of a day.
"""

from kapok.insight.briefs.gaps import Gap, crowded, gaps
from kapok.insight.briefs.paper import document
from kapok.insight.briefs.shapes import Brief, Figure, Line, Section

__all__ = ["Brief", "Figure", "Gap", "Line", "Section", "crowded", "document", "gaps"]
