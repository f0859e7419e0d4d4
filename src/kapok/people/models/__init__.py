"""The tables of the room: persons, bodies, designations and what members ask for."""

from kapok.people.models.body import Body, Kind
from kapok.people.models.designation import Designation, Request, Role
from kapok.people.models.person import Person

__all__ = ["Body", "Designation", "Kind", "Person", "Request", "Role"]
