"""What the tables know of a page's entities: capitals of its countries, and who leads or led them.

Soft evidence only: a table never makes a fact, it is one feature among many of what the text says.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.extract.page import Page
from kg.tables import Country, country_by_name, tenures


@cache
def _leaders() -> dict[str, list[tuple[frozenset[str], str, str]]]:
    """By last name: all words of the name, the country's code, the office."""
    found: dict[str, list[tuple[frozenset[str], str, str]]] = defaultdict(list)
    for tenure in tenures():
        for name in (tenure.name, *tenure.aliases):
            words = frozenset(name.casefold().replace("-", " ").split())
            for word in words:
                if len(word) > 3:
                    found[word].append((words, tenure.of, tenure.office))
    return found


class Knowledge:
    """Pairs of the page's entities: `capitals` (city, country), `leaders` and `ministers` (person, country)."""

    def __init__(self, page: Page) -> None:
        self.countries: dict[int, Country] = {}
        known = country_by_name()
        for n, entity in enumerate(page.entities):
            if entity.type == "Country":
                names = (entity.name, *entity.aliases)
                country = next((known[name] for name in names if name in known), None)
                if country:
                    self.countries[n] = country
        self.capitals = {
            (n, m)
            for n, entity in enumerate(page.entities)
            if entity.type == "City"
            for m, country in self.countries.items()
            if {entity.name, *entity.aliases} & set(country.capitals)
        }
        self.leaders: set[tuple[int, int]] = set()
        self.ministers: set[tuple[int, int]] = set()
        for n, entity in enumerate(page.entities):
            if entity.type == "Person":
                self._look_up(n, entity.name)
        self.leading = {person for person, _ in self.leaders}

    def _look_up(self, person: int, name: str) -> None:
        words = frozenset(name.casefold().replace("-", " ").split())
        at = {country.iso2: n for n, country in self.countries.items()}
        for word in sorted(words):
            for full, of, office in _leaders().get(word, ()):
                if of in at and (words <= full or full <= words):
                    (self.ministers if office == "foreign" else self.leaders).add((person, at[of]))
