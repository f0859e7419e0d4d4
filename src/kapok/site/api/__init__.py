"""The programming interface `/api/v1/`: everything public, read by machines as people read it."""

from kapok.site.api import synthesis
from kapok.site.api.build import api

__all__ = ["api", "synthesis"]
