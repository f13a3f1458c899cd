"""Tables of facts in `ontology/tables/`: countries, bodies, leaders, awards, sectors. Standard library only; read once.

>>> country_by_name()["Serbian"].iso2
'RS'
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.errors import SchemaError
from kg.schema import ontology_dir


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `iso2`, `iso3`: ISO 3166-1 alpha codes; `wikidata`: item id; `geonames`: GeoNames id.

    `capitals` begins with the official one; seats of government and other spellings follow.
    """

    iso2: str
    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    continent: str
    wikidata: str
    geonames: str

    @property
    def names(self) -> tuple[str, ...]:
        """The common name, then the official and other ones."""
        return (self.name, *self.aliases)


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of `ontology/tables/NAME.csv`. Raises SchemaError where the file is missing or not UTF-8."""
    path = ontology_dir() / "tables" / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path.name}: cannot be read as a table in UTF-8: {error}") from error


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def countries() -> tuple[Country, ...]:
    """All countries, by ISO code."""
    try:
        return tuple(
            Country(
                row["iso2"], row["iso3"], row["name"], _listed(row["aliases"]), _listed(row["demonyms"]),
                _listed(row["capitals"]), row["continent"], row["wikidata"], row["geonames"],
            )
            for row in read_table("countries")
        )  # fmt: skip
    except KeyError as error:
        raise SchemaError(f"countries.csv: lacks the column {error}") from error


@cache
def country_by_name() -> Mapping[str, Country]:
    """Names, aliases and demonyms to countries; a demonym shared by several (`Congolese`, `Dominican`) to the first."""
    found: dict[str, Country] = {}
    for country in countries():
        for name in country.names:
            found.setdefault(name, country)
    for country in countries():
        for demonym in country.demonyms:
            found.setdefault(demonym, country)
    return MappingProxyType(found)


@cache
def country_by_capital() -> Mapping[str, Country]:
    """Capitals, in each spelling, to countries."""
    found: dict[str, Country] = {}
    for country in countries():
        for capital in country.capitals:
            found.setdefault(capital, country)
    return MappingProxyType(found)


@cache
def country_names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """ISO codes to (language, name) pairs, in ten languages, from CLDR."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read_table("country_names"):
        found.setdefault(row["iso2"], []).append((row["language"], row["name"]))
    return MappingProxyType({code: tuple(names) for code, names in found.items()})


@cache
def demonyms() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """ISO codes to (language, demonym or adjective) pairs, in nine languages; the English ones stand in `countries`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read_table("demonyms"):
        found.setdefault(row["iso2"], []).append((row["language"], row["demonym"]))
    return MappingProxyType({code: tuple(words) for code, words in found.items()})


@cache
def territories() -> tuple[Country, ...]:
    """The codes of ISO 3166-1 that are in no row of `countries`: dependencies, by code."""
    return tuple(
        Country(row["iso2"], row["iso3"], row["name"], (), (), (), "", row["wikidata"], row["geonames"])
        for row in read_table("territories")
    )


@dataclass(frozen=True, slots=True)
class Body:
    """An international body. `wikidata` may be empty; `languages`: in how many its source names it, its renown."""

    name: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    wikidata: str
    languages: int


@cache
def bodies() -> tuple[Body, ...]:
    """International bodies, by name."""
    return tuple(
        Body(row["name"], _listed(row["aliases"]), _listed(row["acronyms"]), row["wikidata"], int(row["languages"]))
        for row in read_table("bodies")
    )


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who led what, when. `of`: an ISO code or a body's Wikidata item.

    `office`: `state`, `government`, `foreign` (minister), `head` (of a body). `start`, `end`: ISO dates cut to what is
    known, empty where open; `known`: the date of the row's source, up to which an open end can be trusted. `wikidata`
    may be empty.
    """

    of: str
    office: str
    start: str
    end: str
    name: str
    aliases: tuple[str, ...]
    wikidata: str
    known: str

    def covers(self, day: str) -> bool:
        """Whether the office was held on that day, months and years counted whole; an open end has no end."""
        began = not self.start or self.start <= day[: len(self.start)]
        return began and (not self.end or day[: len(self.end)] <= self.end)


@cache
def tenures() -> tuple[Tenure, ...]:
    """Heads of state, of government, of bodies, and foreign ministers, by country and date."""
    return tuple(
        Tenure(
            row["of"], row["office"], row["from"], row["to"], row["name"], _listed(row["aliases"]), row["wikidata"],
            row["known"],
        )
        for row in read_table("leaders")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Award:
    """An order or prize. `country`: ISO code of the state that gives it, or empty; `wikidata` may be empty."""

    name: str
    aliases: tuple[str, ...]
    country: str
    wikidata: str


@cache
def awards() -> tuple[Award, ...]:
    """State orders and major prizes, by name."""
    return tuple(
        Award(row["name"], _listed(row["aliases"]), row["country"], row["wikidata"]) for row in read_table("awards")
    )


@dataclass(frozen=True, slots=True)
class Sector:
    """A field of the economy or of cooperation, a concept of `sectors.ttl`.

    `label` by language, `broader` the id of the wider field or empty. `exact` and `close` are (scheme, code, label) of
    concepts elsewhere: `medtop` of IPTC, `nace` of the EU's classification of activities, `wd` items of Wikidata.
    """

    id: str
    broader: str
    label: Mapping[str, str]
    aliases: tuple[str, ...]
    exact: tuple[tuple[str, str, str], ...]
    close: tuple[tuple[str, str, str], ...]


@cache
def sectors() -> Mapping[str, Sector]:
    """Sectors by id, in alphabetical order."""
    matches: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in read_table("sector_matches"):
        matches.setdefault((row["sector"], row["kind"]), []).append((row["scheme"], row["code"], row["label"]))
    found = {}
    for row in read_table("sectors"):
        id = row["id"]
        label = {language: row[language] for language in ("en", "ru", "fr")}
        exact, close = (tuple(matches.get((id, kind), ())) for kind in ("exact", "close"))
        found[id] = Sector(id, row["broader"], label, _listed(row["aliases"]), exact, close)
    return MappingProxyType(found)
