"""The interface itself: how answers are kept, and how it describes itself."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from kapok.site.pages.counts import public

PROBLEM = "application/problem+json"
WORDS = {
    400: "The request cannot be read",
    401: "No token, or one that is unknown, ended or revoked",
    403: "A rule says no, in a sentence",
    404: "Nothing is there, or nothing that you may see",
    409: "It does not fit what happened meanwhile",
    412: "Somebody saved the draft since the revision named",
    413: "What was sent is too large",
    422: "Something sent is not right; each problem at its field",
    428: "The revision must be named with If-Match",
    429: "Too many requests; Retry-After says how many seconds to wait",
}


class Reading(NinjaAPI):
    """Every good answer has an ETag: a copy that still holds is not sent again, and a visitor's is kept like a page."""

    def create_response(self, request: HttpRequest, data: Any, **facts: Any) -> HttpResponse:
        response = super().create_response(request, data, **facts)
        if request.method not in {"GET", "HEAD"} or response.status_code != HTTPStatus.OK:
            return response
        if "ETag" not in response:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
        held = get_conditional_response(request, response["ETag"], None, response)
        return public(held if isinstance(held, HttpResponse) else response, request)

    def get_openapi_schema(self, **facts: Any) -> OpenAPISchema:
        """The description, with refusals as problem details."""
        described = super().get_openapi_schema(**facts)
        for path in described["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) in WORDS:
                        answer["description"] = WORDS[int(status)]
                        answer["content"] = {PROBLEM: answer.get("content", {}).get("application/json", {})}
        return described


api = Reading(
    title="Kapok",
    version="1",
    description="Registers of capacity-building for biosafety: search, records, formats and vocabularies. "
    "Everything public may be read without an account. Writing takes a token, made under “My account”; "
    "it never can do more than its person.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
