"""The programming interface `/api/v1/`: everything public, read by machines as people read it; writing with a token."""

from kapok.exchange.api import router
from kapok.site.api import build, matches, overlaps, refusals, synthesis
from kapok.site.api.reading import api

assert build
assert refusals
api.add_router("", router)
api.add_router("", overlaps.router)
api.add_router("", matches.router)

__all__ = ["api", "synthesis"]
