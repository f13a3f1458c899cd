"""Fields of cooperation to the concepts of `ontology/sectors.ttl`, and through them to IPTC Media Topics and NACE."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kg.fuse.linked import Link
from kg.fuse.names import fold
from kg.model import Entity
from kg.schema import load_schema
from kg.tables import Sector, sectors

_FRAME = re.compile(r"(?:(?:field|area|sphere|sector|domain) of )?(.+?)(?: (?:sector|sphere|field|area|domain|industry|"
                    r"cooperation|co operation|ties|relations|affairs|matters|issues))?")  # fmt: skip
_LINKS = re.compile(r" and |,|;|/")


@cache
def _by_name() -> Mapping[str, Sector]:
    """Folded names to sectors; a sector's label goes before another's further name."""
    found = {fold(sector.label["en"]): sector for sector in sectors().values()}
    for sector in sectors().values():
        for alias in sector.aliases:
            found.setdefault(fold(alias), sector)
    return found


def _find(name: str) -> Sector | None:
    """The sector of that name, also with `sector`, `industry`, `cooperation` and the like about it."""
    told = fold(name)
    if told in _by_name():
        return _by_name()[told]
    bare = _FRAME.fullmatch(told)
    return _by_name().get(bare[1]) if bare else None


def _parts(name: str) -> Iterator[Sector]:
    """The sectors that are joined in the name, or else the one whose name is the longest stretch of its words."""
    joined = [_find(part) for part in _LINKS.split(name) if part.strip()]
    if len(joined) > 1 and all(joined):
        yield from {hit.id: hit for hit in joined if hit}.values()
        return
    words = fold(name).split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length, -1, -1):  # what a field is stands last in English
            if found := _by_name().get(" ".join(words[start : start + length])):
                yield found
                return


def sector(entity: Entity) -> Link | None:
    """The field of that name; where the name only holds a field's, or joins several, one that is close."""
    found = next((hit for name in (entity.name, *entity.aliases) if (hit := _find(name))), None)
    if found:
        return Link(
            key=f"Sector:{found.id}",
            name=found.label["en"],
            same_as=(_iri("kgs", found.id), *(_iri(scheme, code) for scheme, code, _ in found.exact)),
            score=0.97,
            reason="a field's name",
            notes=tuple(("broader", _iri("kgs", wider)) for wider in _wider(found)),
            slug=found.id,
            close=tuple(_iri(scheme, code) for scheme, code, _ in found.close),
        )
    near = tuple(_iri("kgs", hit.id) for hit in _parts(entity.name))
    # The key is the name's own: what is only close to a field is not joined with it.
    return Link(f"Sector:{fold(entity.name)}", entity.name, near, 0.7, "fields that its name holds") if near else None


def _iri(scheme: str, code: str) -> str:
    return load_schema().prefixes[scheme] + code


def _wider(found: Sector) -> Iterator[str]:
    """The ids of the fields that hold it, the nearest first."""
    while found.broader:
        yield found.broader
        found = sectors()[found.broader]
