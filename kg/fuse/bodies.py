"""International bodies to Wikidata, by name or acronym."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from kg.fuse.generic import is_generic
from kg.fuse.linked import Link, item
from kg.fuse.names import fold, is_acronym, slug
from kg.model import Entity
from kg.tables import Body, bodies

RENOWNED = 8  # a body named in that many languages is what its acronym means in the news


@cache
def _by_name() -> Mapping[str, Body]:
    found: dict[str, Body] = {}
    for body in bodies():
        found.setdefault(fold(body.name), body)
    for body in bodies():
        for name in body.aliases:
            if not is_acronym(name) and not is_generic(name, "Organization"):
                found.setdefault(fold(name), body)
    return found


@cache
def _by_acronym() -> Mapping[str, tuple[Body, ...]]:
    """Acronyms to bodies, the most renowned first."""
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies():
        for short in dict.fromkeys(fold(name) for name in (*body.acronyms, *filter(is_acronym, body.aliases))):
            found[short].append(body)
    return {short: tuple(sorted(owners, key=lambda b: (-b.languages, b.name))) for short, owners in found.items()}


def body(entity: Entity) -> Link | None:
    """The body of that name; by its acronym alone only if renowned, and then if no other is so too."""
    for name in sorted((entity.name, *entity.aliases), key=lambda n: (n != entity.name, -len(n), n)):
        if not is_acronym(name) and len(fold(name).split()) > 1 and (found := _by_name().get(fold(name))):
            return _link(found, "a body's name", 0.98)
    if found := _by_name().get(fold(entity.name)):
        return _link(found, "a body's name", 0.95)
    owners = _by_acronym().get(fold(entity.name), ()) if is_acronym(entity.name) or " " not in entity.name else ()
    if not owners or not any(c.isupper() or c.isdigit() for c in entity.name[1:]):
        return None
    first = owners[0]
    clear = first.languages >= RENOWNED and (len(owners) == 1 or owners[1].languages < first.languages)
    return _link(first, "a body's acronym", 0.96 if clear else 0.7)


def _link(body: Body, reason: str, score: float) -> Link:
    return Link(
        key=f"Organization:{body.wikidata or slug(body.name)}",
        name=body.name,
        same_as=item(body.wikidata),
        score=score,
        reason=reason,
    )
