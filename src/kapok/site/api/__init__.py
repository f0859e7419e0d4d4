"""The programming interface `/api/v1/`: everything public, read by machines as people read it; writing with a token."""

from kapok.exchange.api import router
from kapok.site.api import build, refusals, synthesis
from kapok.site.api.gaps import router as gaps
from kapok.site.api.money import router as money
from kapok.site.api.reading import api

assert build
assert refusals
api.add_router("", router)
api.add_router("", gaps)
api.add_router("", money)

__all__ = ["api", "synthesis"]
