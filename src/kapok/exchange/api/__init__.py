"""Writing through the programming interface `/api/v1/`: the same verbs, rules and sentences as the pages.

Every endpoint takes a token (`exchange.tokens`), asks for its scope, and calls a verb as the token's person.
Further endpoints of the room join `router`.
"""

from kapok.exchange.api import acts, drafts, files, imports
from kapok.exchange.api.router import router

assert acts
assert drafts
assert files
assert imports

__all__ = ["router"]
