"""Rebuilds the map's tables from Natural Earth (public domain): the coastlines and a place to label each country.

    python -m kg.publish.html.rebuild --source DIR

DIR holds `land-110m.json` and `countries-50m.json` of the npm package world-atlas 2.0.2 (Natural Earth 4.1 as TopoJSON)
and `country-codes.csv` (Open Data Commons), which gives the two-letter codes. Writes `land.js` beside this file and
`ontology/tables/country_places.csv`; the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import math
from pathlib import Path
from typing import Any

from kg.schema import ontology_dir

Point = tuple[float, float]  # degrees east and north
LEAST = 1.2  # square degrees below which a ring of the coastline is left out
COARSE = 0.3  # degrees by which a coastline may be simplified
GRID = 24  # steps of the grid on which a country's inmost point is sought
HEAD = """\
// land: coastlines for the map, in tenths of a degree; each ring is a first point (longitude, latitude) and then steps.
// From Natural Earth's 1:110m land (public domain), Antarctica left out; a ring across the date line stands at both its
// ends. Written by kg/publish/html/rebuild.py, which says from what.
"""


def rings(topology: dict[str, Any], name: str) -> list[tuple[str, list[list[Point]]]]:
    """For each shape of a TopoJSON object, its id and its outer rings, unwrapped across the date line."""
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for shape in topology["objects"][name]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found.append((shape.get("id", ""), [_ring(polygon[0], arcs) for polygon in polygons if polygon]))
    return found


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        for x, y in arcs[number] if number >= 0 else arcs[~number][::-1]:
            if ring:
                x -= 360 * round((x - ring[-1][0]) / 360)
            if not ring or (x, y) != ring[-1]:
                ring.append((x, y))
    return ring


def area(ring: list[Point]) -> float:
    """Square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def simplified(points: list[Point]) -> list[Point]:
    """The line with points left out that lie within COARSE of what remains (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    away, at = max((_from_line(point, first, last), -i) for i, point in enumerate(points[1:-1], start=1))
    if away <= COARSE:
        return [first, last]
    return simplified(points[: 1 - at])[:-1] + simplified(points[-at:])


def _from_line(point: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b)
    if not length:
        return math.dist(point, a)
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length


def coastline(topology: dict[str, Any]) -> str:
    """The text of land.js."""
    found = []
    for ring in (ring for _, shape in rings(topology, "land") for ring in shape):
        if min(y for _, y in ring) < -60 or area(ring) < LEAST:
            continue
        half = len(ring) // 2
        cut = simplified(ring[: half + 1])[:-1] + simplified(ring[half:])
        whole = [(round(10 * x), round(10 * y)) for x, y in cut]
        steps = [f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in itertools.pairwise(whole)]
        turns = [0] + [-3600] * (max(whole)[0] > 1805) + [3600] * (min(whole)[0] < -1805)
        found += [(-area(ring), " ".join([f"{whole[0][0] + turn},{whole[0][1]}", *steps])) for turn in turns]
    return HEAD + "\nconst LAND = [\n" + "".join(f"  '{text}',\n" for _, text in sorted(found)) + "];\n"


def inmost(ring: list[Point]) -> Point:
    """The point of a grid that lies inside the ring and farthest from it: where a label stands best."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, most = (sum(xs) / len(xs), sum(ys) / len(ys)), -1.0
    for i in range(1, GRID):
        for j in range(1, GRID):
            point = (min(xs) + (max(xs) - min(xs)) * i / GRID, min(ys) + (max(ys) - min(ys)) * j / GRID)
            if inside(point, ring):
                away = min(math.dist(point, each) for each in ring)
                if away > most:
                    best, most = point, away
    return best


def inside(point: Point, ring: list[Point]) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    crossed = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def places(topology: dict[str, Any], codes: dict[str, str]) -> list[tuple[str, str, str]]:
    """Two-letter code, latitude and longitude of each country, to a tenth of a degree; sorted."""
    found = []
    for number, shape in rings(topology, "countries"):
        if number in codes:
            x, y = inmost(max(shape, key=area))
            found.append((codes[number], f"{y:.1f}", f"{(x + 180) % 360 - 180:.1f}"))
    return sorted(found)


def main() -> None:
    """Reads DIR, writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True)
    source: Path = parser.parse_args().source
    with (source / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["ISO3166-1-numeric"].zfill(3): row["ISO3166-1-Alpha-2"] for row in csv.DictReader(file)}
    land = json.loads((source / "land-110m.json").read_text(encoding="utf-8"))
    (Path(__file__).parent / "land.js").write_text(coastline(land), encoding="utf-8", newline="\n")
    countries = json.loads((source / "countries-50m.json").read_text(encoding="utf-8"))
    with (ontology_dir() / "tables" / "country_places.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("iso2", "lat", "lon"))
        table.writerows(places(countries, codes))


if __name__ == "__main__":
    main()
