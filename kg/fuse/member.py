"""`Member`: an entity of one article with what resolution looks at. It depends on that article's reading alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.fuse.link import link
from kg.fuse.linked import Link
from kg.fuse.names import company
from kg.fuse.people import full_name
from kg.model import Entity, Reading

# What ties a subject to the place or body that tells it from its namesakes.
_TIES = {"leaderOf", "officialOf", "memberOf", "locatedIn", "conferredBy", "heldIn"}
_CONTEXT = {"Person", "Country", "City", "Organization", "Place", "Award", "Route"}


@dataclass(frozen=True, slots=True)
class Member:
    """One entity of one article.

    `homes` are keys of what it leads, serves, lies in or is given by, countries above all (`Country:RS`); `around`
    the keys of what else its article names. Keys are equal across articles where identity is beyond doubt.
    """

    article: str
    published: str | None
    entity: Entity
    link: Link | None
    homes: frozenset[str]
    around: frozenset[str]

    @property
    def name(self) -> str:
        """What it is compared by: a person's fullest name."""
        return full_name(self.entity.name, self.entity.aliases) if self.entity.type == "Person" else self.entity.name

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts members; the same in whatever order articles come."""
        return (self.article, self.entity.name, self.entity.id)

    @property
    def countries(self) -> frozenset[str]:
        """The homes that are countries."""
        return frozenset(key for key in self.homes if key.startswith("Country:"))


def key(entity: Entity, found: Link | None) -> str:
    """By what an entity is known as home or company of others; equal across articles where it is sure to be one."""
    return found.key if found and found.sure else f"{entity.type}:{company(entity.name)}"


def _homes(reading: Reading, keys: Mapping[str, str], links: Mapping[str, Link]) -> Mapping[str, set[str]]:
    """Local id to the keys of its homes: direct ones, their country, and for a body the country of its officials."""
    direct: dict[str, set[str]] = defaultdict(set)
    for statement in reading.statements:
        if statement.relation in _TIES and statement.object in keys:
            direct[statement.subject].add(statement.object)
    reached: dict[str, set[str]] = defaultdict(set)
    for subject, objects in direct.items():
        for place in objects | {further for near in objects for further in direct.get(near, ())}:
            reached[subject].add(keys[place])
            if (found := links.get(place)) and found.country:
                reached[subject].add(f"Country:{found.country}")
    for subject, objects in direct.items():
        served = {key for key in reached[subject] if key.startswith("Country:")}
        for place in objects:
            if keys[place].startswith("Organization:") and len(served) == 1:
                reached[place] |= served
    return reached


def members(reading: Reading) -> Iterator[Member]:
    """The reading's entities as members. Pure: a store may keep or recompute them one article at a time."""
    links = link(reading)
    keys = {entity.id: key(entity, links.get(entity.id)) for entity in reading.entities}
    homes = _homes(reading, keys, links)
    around = frozenset(keys[entity.id] for entity in reading.entities if entity.type in _CONTEXT)
    for entity in reading.entities:
        yield Member(
            reading.article.id,
            reading.article.published,
            entity,
            links.get(entity.id),
            frozenset(homes.get(entity.id, ())) - {keys[entity.id]},
            around - {keys[entity.id]},
        )
