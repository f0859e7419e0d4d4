"""The common formats of the registers, one file each. Importing this module registers them all."""

from kapok.records.formats.course import Course
from kapok.records.formats.expert import Expert
from kapok.records.formats.initiative import Initiative
from kapok.records.formats.need import Need
from kapok.records.formats.news import News
from kapok.records.formats.opportunity import Opportunity
from kapok.records.formats.organisation import Organisation
from kapok.records.formats.resource import Resource

# The order in which people meet them; types of other rooms stand behind.
ORDER = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")

__all__ = ["ORDER", "Course", "Expert", "Initiative", "Need", "News", "Opportunity", "Organisation", "Resource"]
