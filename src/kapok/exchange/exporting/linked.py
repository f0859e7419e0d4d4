"""Records as linked data (schema.org), and as features on a map."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.formats.kinds import knowing
from kapok.records.linked import linked
from kapok.records.payload import address_of


def write(taking: Taking) -> Iterator[bytes]:
    """A graph of all the records."""
    yield b'{"@context":"https://schema.org","@graph":['
    yield from listed(taking, lambda one: {k: v for k, v in linked(one.record).items() if k != "@context"})
    yield b"\n]}\n"


def write_features(taking: Taking) -> Iterator[bytes]:
    """A collection of features, by RFC 7946; a record without a known point has no geometry and still its countries."""
    yield b'{"type":"FeatureCollection","features":['
    yield from listed(taking, lambda one: feature(one, taking))
    yield b"\n]}\n"


def listed(taking: Taking, told: Any) -> Iterator[bytes]:
    """The members of a list, by the stretch."""
    first = True
    for some in taking.rows:
        with knowing(target for one in some for _field, target in one.record.form.references(one.values)):
            texts = [json.dumps(told(one), ensure_ascii=False, separators=(",", ":"), default=str) for one in some]
        joined = ",\n".join(texts)
        yield f"{'' if first else ','}\n{joined}".encode()
        first = False


def feature(one: Taken, taking: Taking) -> dict[str, Any]:
    """One record with its places."""
    form, values = one.record.form, one.values
    days = {f"{name}_on": day.isoformat() for name, day in form.days(values).items() if day}
    points = [point(part) for part in values.get("places", ()) if "latitude" in part and "longitude" in part]
    return {
        "type": "Feature",
        "id": one.record.identifier,
        "geometry": {"type": "MultiPoint", "coordinates": points} if points else None,
        "properties": {
            "type": one.record.format,
            "title": best(form.title_of(values), taking.language)[0],
            "url": address_of(one.record),
            "countries": form.countries(values),
            "places": [part["name"] for part in values.get("places", ())],
            "status": form.state_of(values, taking.made_at.date()),
            **days,
        },
    }


def point(part: Mapping[str, str]) -> list[float]:
    """Longitude, then latitude."""
    return [float(part["longitude"]), float(part["latitude"])]


JSONLD = Shape("jsonld", _("JSON-LD, linked data in the words of schema.org"), "application/ld+json", write)
GEOJSON = Shape("geojson", _("GeoJSON, for maps"), "application/geo+json", write_features)
