"""Merges that a person forces, and ones undone: a small TOML file, applied to what merging found.

    same = [["person/ana-petrova", "person/a-petrova"]]
    split = [["person/john-smith", "a7", "a9"], ["person/jane-doe"]]

Ids are those of the uncorrected graph. `same`: all are the first. `split`: what the articles named say of the entity is
about another one; without articles, each of its names is an entity of its own, but for the name it goes by. A line
taken out of the file undoes what it did.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import StoreError
from kg.fuse.merge import Merged
from kg.model import Entity, Merge, digest


@dataclass(frozen=True, slots=True)
class Corrections:
    """Groups of ids that are one entity, and ids with the articles to take apart from them."""

    same: tuple[tuple[str, ...], ...] = ()
    split: tuple[tuple[str, ...], ...] = ()

    def dump(self) -> str:
        """The file that `load_corrections` reads back."""
        told = [("same", self.same), ("split", self.split)]
        lines = [
            f"{name} = [\n{''.join(f'  {json.dumps(list(row))},' + chr(10) for row in rows)}]" for name, rows in told
        ]
        return "\n".join(lines) + "\n"


def load_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file. Raises StoreError naming what is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"{path}: cannot be read as TOML: {error}") from error
    if wrong := sorted(told.keys() - {"same", "split"}):
        raise StoreError(f"{path}: unknown key {wrong[0]!r}; there are: same, split")
    return Corrections(_rows(path, told, "same", 2), _rows(path, told, "split", 1))


def _rows(path: Path, told: Mapping[str, object], name: str, least: int) -> tuple[tuple[str, ...], ...]:
    rows = told.get(name, [])
    if not isinstance(rows, list):
        raise StoreError(f"{path}: {name} is no list of lists of ids")
    for at, row in enumerate(rows, 1):
        if not isinstance(row, list) or len(row) < least or not all(isinstance(id, str) for id in row):
            raise StoreError(f"{path}: {name}, row {at}: is no list of {least} ids or more")
    return tuple(tuple(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Family:
    """Ids that corrections speak of together, and the paths that they may have been made of (`merge.ties`)."""

    ids: frozenset[str]
    paths: frozenset[str]


def families(*corrections: Corrections) -> Mapping[str, Family]:
    """The family of each path. Who resolves a part of a collection has to see a family as a whole."""
    groups: list[tuple[set[str], set[str]]] = []
    for row in (row for one in corrections for row in (*one.same, *((id,) for id, *_ in one.split))):
        ids, paths = set(row), {path for id in row for path in _paths(id)}
        for group in [group for group in groups if group[1] & paths]:
            groups.remove(group)
            ids, paths = ids | group[0], paths | group[1]
        groups.append((ids, paths))
    made = [Family(frozenset(ids), frozenset(paths)) for ids, paths in groups]
    return {path: family for family in made for path in family.paths}


_HASH = re.compile(r"-(?:[0-9a-f]{6}|[0-9a-f]{10})$")


def _paths(id: str) -> set[str]:
    """The id, and what it is without the hashes that may have been put to it: by a namesake, by chance, by a split."""
    found = {id}
    for _ in range(3):
        id = _HASH.sub("", id)
        found.add(id)
    return found


def correct(merged: Merged, corrections: Corrections) -> Merged:
    """The entities as corrected. Ids that are not there are passed over: their articles may be gone for now."""
    for id, *articles in corrections.split:
        merged = _split(merged, id, articles)
    moved = {}
    known = {entity.id for entity in merged.entities}
    for first, *others in corrections.same:
        if first in known:
            moved.update({other: first for other in others if other in known and other != first})
    moved = {old: _end(old, moved) for old in moved}
    return _join(merged, {old: new for old, new in moved.items() if old != new}) if moved else merged


def _end(id: str, moved: Mapping[str, str]) -> str:
    """Where a chain of moves ends; the smallest of a ring."""
    seen = [id]
    while (id := moved.get(id, "")) and id not in seen:
        seen.append(id)
    return min(seen[seen.index(id) :]) if id else seen[-1]


def _join(merged: Merged, moved: Mapping[str, str]) -> Merged:
    entities = {entity.id: entity for entity in merged.entities}
    merges = [replace(merge, entity=moved.get(merge.entity, merge.entity)) for merge in merged.merges]
    for other, first in sorted(moved.items()):
        gone = entities.pop(other)
        entities[first] = _both(entities[first], gone)
        merges.append(Merge(first, gone.name, f"told to be one with {other}", 1.0, _articles(merged, other)))
    return replace(
        merged,
        entities=tuple(entities[id] for id in sorted(entities)),
        ids={member: moved.get(id, id) for member, id in merged.ids.items()},
        merges=_sorted(merges),
        redirects=tuple(sorted({*merged.redirects, *moved.items()})),
    )


def _sorted(merges: Iterable[Merge]) -> tuple[Merge, ...]:
    return tuple(sorted(merges, key=lambda m: (m.entity, m.name, m.reason, m.articles)))


def _both(first: Entity, other: Entity) -> Entity:
    same = {*first.same_as, *other.same_as}
    return replace(
        first,
        aliases=tuple(sorted({*first.aliases, other.name, *other.aliases} - {first.name})),
        same_as=tuple(sorted(same)),
        close_match=tuple(sorted({*first.close_match, *other.close_match} - same)),
        notes=tuple(sorted({*first.notes, *other.notes})),
    )


def _articles(merged: Merged, id: str) -> tuple[str, ...]:
    return tuple(sorted({article for (article, _), owner in merged.ids.items() if owner == id}))


def _split(merged: Merged, id: str, articles: Sequence[str]) -> Merged:
    entity = next((entity for entity in merged.entities if entity.id == id), None)
    if entity is None:
        return merged
    if articles:
        return _apart(merged, entity, frozenset(articles))
    for merge in merged.merges:
        if merge.entity == id and merge.name != entity.name:
            merged = _apart(merged, entity, frozenset(merge.articles))
    return merged


def _apart(merged: Merged, entity: Entity, articles: frozenset[str]) -> Merged:
    """What these articles say of the entity is about a new one, with the names that they use for it.

    Nothing changes where none of them speaks of it, or no other does.
    """
    owned = frozenset(_articles(merged, entity.id))
    if not owned & articles or owned <= articles:
        return merged
    id = f"{entity.id}-{digest(*sorted(articles), length=6)}"
    used = [merge for merge in merged.merges if merge.entity == entity.id and articles & {*merge.articles}]
    names = sorted({merge.name for merge in used}, key=lambda name: (-len(name), name)) or [entity.name]
    new = Entity(id, entity.type, names[0], tuple(names[1:]), notes=(("split from", entity.id),))
    merges = [merge for merge in merged.merges if merge not in used]
    for merge in used:
        for owner, kept in ((entity.id, {*merge.articles} - articles), (id, articles & {*merge.articles})):
            if kept:
                merges.append(replace(merge, entity=owner, articles=tuple(sorted(kept))))
    moved = {member: id for member, owner in merged.ids.items() if owner == entity.id and member[0] in articles}
    return replace(
        merged,
        entities=tuple(sorted((*merged.entities, new), key=lambda e: e.id)),
        ids={**merged.ids, **moved},
        merges=_sorted(merges),
    )
