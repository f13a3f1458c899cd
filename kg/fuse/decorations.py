"""State orders and prizes to the tables' rows, by name and the country that gives them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from kg.fuse.linked import Link, item
from kg.fuse.names import fold, slug
from kg.model import Entity
from kg.tables import Award, awards

_GRADE = re.compile(
    r",?\s*\(?\b(?:of the )?(?:1st|2nd|3rd|4th|first|second|third|fourth|i{1,3}|iv|grand) (?:degree|class|cross)\)?",
    re.IGNORECASE,
)


@cache
def _by_name() -> Mapping[str, tuple[Award, ...]]:
    found: dict[str, dict[Award, None]] = defaultdict(dict)
    for award in awards():
        for name in (award.name, *award.aliases):
            found[fold(name)][award] = None
    return {name: tuple(owners) for name, owners in found.items()}


def award(entity: Entity, givers: frozenset[str], near: frozenset[str]) -> Link | None:
    """The award of that name: of the country that gives it, else of one that the article names, else the only one."""
    for name in (entity.name, *entity.aliases):
        known = _by_name().get(fold(name)) or _by_name().get(fold(_GRADE.sub("", name)), ())
        if known:
            break
    else:
        return None
    given = [award for award in known if award.country in givers]
    named = [award for award in known if award.country in near]
    chosen = given or named or list(known)
    if len(chosen) != 1 or (givers and chosen[0].country and not given):
        return None
    found = chosen[0]
    sure = bool(given or named or not found.country)
    return Link(
        key=f"Award:{found.wikidata or slug(f'{found.name} {found.country}')}",
        name=re.sub(r" \([^)]*\)$", "", found.name),
        same_as=item(found.wikidata),
        score=0.97 if given else 0.93 if sure else 0.8,
        reason="an award's name" + ("; its country gives it" if given else "; its country is named" if named else ""),
        slug=slug(found.name),
    )
