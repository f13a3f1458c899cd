"""Tables of facts in `ontology/tables/`: countries and what they are called. Standard library only; read once.

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
