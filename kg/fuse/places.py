"""Countries, cities and airports to their identifiers: ISO, Wikidata, GeoNames, IATA, ICAO."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import airportsdata

from kg.fuse.cities import City, cities, regions
from kg.fuse.linked import GEONAMES, Link, item
from kg.fuse.names import fold
from kg.model import Entity, Reading
from kg.tables import Country, countries, country_by_capital, country_names, demonyms, territories

NAMED_COUNTRY = 1.3  # powers of ten in population that a city gains from its country being named,
OBSCURE = 4.2  # below this weight a name alone tells no city: 15,000 people, or 1.5 million by another name
NAMED_REGION = 3.0  # and from its region or country standing right behind it


@cache
def _countries() -> Mapping[str, Country]:
    """Folded names in all languages to countries."""
    found: dict[str, Country] = {}
    everything = (*countries(), *territories())
    for country in everything:
        for name in country.names:
            found.setdefault(fold(name), country)
    for country in everything:
        for _, name in country_names().get(country.iso2, ()):
            found.setdefault(fold(name), country)
    return found


@cache
def _demonyms() -> Mapping[str, Country]:
    """Folded demonyms to the only country that they name; what is English is read as English."""
    english: dict[str, set[Country]] = defaultdict(set)
    others: dict[str, set[Country]] = defaultdict(set)
    for country in countries():
        for demonym in country.demonyms:
            english[fold(demonym)].add(country)
        for _, demonym in demonyms().get(country.iso2, ()):
            others[fold(demonym)].add(country)
    owners = {**others, **english}
    return {demonym: next(iter(named)) for demonym, named in owners.items() if len(named) == 1}


def country(entity: Entity) -> Link | None:
    """The country of that name; a capital that stands for its state is one of its names."""
    reason, score = "a country's name", 0.99
    found = next((hit for name in (entity.name, *entity.aliases) if (hit := _countries().get(fold(name)))), None)
    if found is None:
        found, reason, score = country_by_capital().get(entity.name), "a capital that stands for its state", 0.95
    if found is None:
        found, reason, score = _demonyms().get(fold(entity.name)), "a demonym", 0.93
    if found is None:
        return None
    return Link(
        key=f"Country:{found.iso2}",
        name=found.name,
        same_as=(*item(found.wikidata), *((f"{GEONAMES}{found.geonames}/",) if found.geonames else ())),
        score=score,
        reason=reason,
        aliases=found.aliases,
        country=found.iso2,
        notes=(("iso", found.iso2),),
    )


_BEHIND = re.compile(r"\s*(?:,|\()\s*(?:the\s+)?((?:[A-Z][\w.’'-]*\s?){1,4})")


def region(entity: Entity, reading: Reading) -> frozenset[str]:
    """ISO codes, and regions as `US.TX`, that stand right behind a mention: `Paris, Texas`, `Birmingham (England)`."""
    told = set()
    for mention in reading.mentions:
        if mention.entity == entity.id and (match := _BEHIND.match(reading.article.text, mention.end)):
            words = match[1].split()
            for length in range(len(words), 0, -1):
                written = " ".join(words[:length])
                name = fold(written)
                if (len(name) > 2 or written.isupper()) and (code := regions().get(name)):
                    told.add(code)
                if found := _countries().get(name):
                    told.add(found.iso2)
    return frozenset(told)


def city(entity: Entity, named: frozenset[str], behind: frozenset[str] = frozenset()) -> Link | None:
    """The likeliest city of that name: by size, whether it is a capital, its region, the countries in the article."""
    known = cities(entity.name)
    if not known:
        return None
    weighed = sorted(
        ((_weight(found, named, behind), found) for found in known), key=lambda pair: (-pair[0], pair[1].geonames)
    )
    weight, found = weighed[0]
    lead = weight - weighed[1][0] if len(weighed) > 1 else 3.0
    local, told = found.country in named, _told(found, behind)
    if behind and not told:
        return None
    reason = (
        "its region is told" if told else "its country is named" if local
        else "the only one of its name" if len(known) == 1 else "the likeliest"
    )  # fmt: skip
    return Link(
        key=f"City:{found.geonames}",
        name=found.name,
        same_as=(f"{GEONAMES}{found.geonames}/",),
        score=_sureness(lead, local or told, found.weight < OBSCURE),
        reason=f"a city's name; {reason}",
        country=found.country,
        notes=(("lat", f"{found.lat:.4f}"), ("lon", f"{found.lon:.4f}")),
        slug=found.name if found is known[0] else f"{found.name} {found.country}",
    )


def _told(found: City, behind: frozenset[str]) -> bool:
    return bool(behind & {found.country, f"{found.country}.{found.region}"})


def _weight(found: City, named: frozenset[str], behind: frozenset[str]) -> float:
    return found.weight + NAMED_COUNTRY * (found.country in named) + NAMED_REGION * _told(found, behind)


def _sureness(lead: float, told: bool, obscure: bool) -> float:
    """The link's score: by the lead before the next city of the name, and whether the article tells where it lies."""
    if obscure and not told:
        return 0.7
    if told and lead >= 0.2:
        return 0.97
    return 0.93 if lead >= 1.0 else 0.91 if lead >= 0.6 else 0.7


_PLAIN = {"international", "airport", "airfield", "intl", "the", "of"}


def _telling(name: str) -> frozenset[str]:
    return frozenset(word for word in fold(name).split() if word not in _PLAIN)


@cache
def _airports() -> Mapping[frozenset[str], tuple[Mapping[str, object], ...]]:
    """Airports with an IATA code by the words that tell their names, alone, with and without their city."""
    found: dict[frozenset[str], dict[str, Mapping[str, object]]] = defaultdict(dict)
    for code, row in airportsdata.load("IATA").items():
        name, town = _telling(row["name"]), _telling(row["city"])
        for words in (name, name | town, name - town, town):
            if words:
                found[words][code] = row
    return {words: tuple(rows[code] for code in sorted(rows)) for words, rows in found.items()}


def _within(words: frozenset[str], near: frozenset[str]) -> tuple[Mapping[str, object], ...]:
    """Airports of the countries near whose names hold all the words, two at least."""
    if len(words) < 2:
        return ()
    rows = {str(row["iata"]): row for name, owners in _airports().items() if words <= name for row in owners}
    return tuple(rows[code] for code in sorted(rows) if rows[code]["country"] in near)


def airport(entity: Entity, near: frozenset[str]) -> Link | None:
    """The airport of that name: the only one, or the only one in the countries that the article names."""
    if "airport" not in fold(entity.name).split():
        return None
    words = _telling(entity.name)
    rows = _airports().get(words, ()) or _within(words, near)
    local = [row for row in rows if row["country"] in near]
    exact = [row for row in local or rows if _telling(str(row["name"])) == words]
    chosen = exact if len(exact) == 1 else local or list(rows)
    if len(chosen) != 1:
        return None
    row = chosen[0]
    return Link(
        key=f"Place:{row['iata']}",
        name=str(row["name"]) if fold(str(row["name"])).endswith("airport") else f"{row['name']} Airport",
        same_as=(),
        score=0.95 if local or len(rows) == 1 else 0.85,
        reason="an airport's name" + ("; its country is named" if local else ""),
        country=str(row["country"]),
        notes=(
            ("iata", str(row["iata"])), ("icao", str(row["icao"])), ("lat", f"{row['lat']:.4f}"),
            ("lon", f"{row['lon']:.4f}"),
        ),
    )  # fmt: skip
