"""`Link`: what an entity is elsewhere, how surely, and why."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.9
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class Link:
    """What an entity is elsewhere. `key` is equal for equal things, `country` the ISO code that it lies in.

    `same_as` may be empty: some tables know a thing and no IRI of it. `slug` is the last part of the IRI's path
    where the table fixes it, `aliases` are further names that the text need not use, `close` are IRIs of what is
    like it, however sure the link.
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
    close: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it is told as the same thing, not as one that may be."""
        return self.score >= SURE


def item(wikidata: str) -> tuple[str, ...]:
    """The IRI of a Wikidata item, in a tuple; an empty one for no item."""
    return (WIKIDATA + wikidata,) if wikidata else ()
