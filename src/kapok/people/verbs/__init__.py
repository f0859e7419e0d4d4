"""Every change in the room: designations, requests, and what a person does with their own account."""

from kapok.people.verbs.accounts import erase_account, export_own_data, update_profile
from kapok.people.verbs.designations import designate, end_designation
from kapok.people.verbs.requests import decline_request, grant_request, request_designation

__all__ = [
    "decline_request",
    "designate",
    "end_designation",
    "erase_account",
    "export_own_data",
    "grant_request",
    "request_designation",
    "update_profile",
]
