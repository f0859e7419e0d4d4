"""The router that `site` mounts below `/api/v1/`."""

from ninja import Router

from kapok.exchange.tokens.bearer import Bearer

router = Router(auth=Bearer(), tags=["writing"])
