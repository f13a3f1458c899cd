"""Entities of one article to identifiers elsewhere, from the tables in the package; nothing is a good answer too.

A link has a score, the share of such links that are right on the project's own test set. From `SURE` on it is
`owl:sameAs`, below it `skos:closeMatch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.fuse.cities import cities
from kg.fuse.names import fold
from kg.model import Entity, Reading
from kg.tables import Country, countries

SURE = 0.9
NAMED_COUNTRY = 1.0  # powers of ten in population that a city gains from its country being named
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class Link:
    """What an entity is elsewhere. `key` is equal for equal things, `country` the ISO code that it lies in.

    `slug` is the last part of the IRI's path where the table fixes it.
    """

    key: str
    name: str
    same_as: tuple[str, ...]
    score: float
    reason: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    slug: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is told as the same thing, not as one that may be."""
        return self.score >= SURE


@cache
def _countries() -> Mapping[str, Country]:
    found: dict[str, Country] = {}
    for country in countries():
        for name in country.names:
            found.setdefault(fold(name), country)
    return found


def _country(entity: Entity) -> Link | None:
    country = next((hit for name in (entity.name, *entity.aliases) if (hit := _countries().get(fold(name)))), None)
    if country is None:
        return None
    return Link(
        key=f"Country:{country.iso2}",
        name=country.name,
        same_as=(WIKIDATA + country.wikidata, f"{GEONAMES}{country.geonames}/"),
        score=0.99,
        reason="a country's name",
        aliases=country.aliases,
        country=country.iso2,
        notes=(("iso", country.iso2),),
    )


def _city(entity: Entity, near: frozenset[str]) -> Link | None:
    """The likeliest city of that name: by size, whether it is a capital, and the countries that the article names."""
    named = cities().get(fold(entity.name), ())
    if not named:
        return None
    weighed = sorted(
        ((weight + NAMED_COUNTRY * (city.country in near), city) for weight, city in named),
        key=lambda pair: (-pair[0], pair[1].geonames),
    )
    weight, city = weighed[0]
    lead = weight - weighed[1][0] if len(weighed) > 1 else 3.0
    local = city.country in near
    reason = "its country is named" if local else "the only one of its name" if len(named) == 1 else "the likeliest"
    return Link(
        key=f"City:{city.geonames}",
        name=city.name,
        same_as=(f"{GEONAMES}{city.geonames}/",),
        score=0.97 if local and lead >= 0.2 else 0.93 if lead >= 1.0 else 0.7,
        reason=f"a city's name; {reason}",
        country=city.country,
        notes=(("lat", f"{city.lat:.4f}"), ("lon", f"{city.lon:.4f}")),
        slug=city.name if city is named[0][1] else f"{city.name} {city.country}",
    )


def link(reading: Reading) -> Mapping[str, Link]:
    """Local entity ids to links, for the entities that have one. Pure: looks at this reading only."""
    found = {entity.id: hit for entity in reading.entities if entity.type == "Country" and (hit := _country(entity))}
    near = frozenset(hit.country for hit in found.values())
    for entity in _of(reading.entities, "City"):
        if hit := _city(entity, near):
            found[entity.id] = hit
    return found


def _of(entities: Iterable[Entity], *types: str) -> list[Entity]:
    return [entity for entity in entities if entity.type in types]
