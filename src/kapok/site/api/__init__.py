"""The programming interface `/api/v1/`: everything public, read by machines as people read it; writing with a token."""

from kapok.exchange.api import router
from kapok.site.api import build, gaps, matches, money, origins, overlaps, refusals, synthesis
from kapok.site.api.reading import api

assert build
assert refusals
api.add_router("", router)
for part in (gaps, money, overlaps, matches, origins):
    api.add_router("", part.router)

__all__ = ["api", "synthesis"]
