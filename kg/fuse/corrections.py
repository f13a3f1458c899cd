"""Merges that a person forces, and ones undone: a small TOML file, applied to what fusing found.

    same = [["person/ana-petrova", "person/a-petrova"]]
    split = [["person/john-smith", "a7", "a9"], ["person/jane-doe"]]

Ids are those of the uncorrected graph. `same`: all are the first. `split`: what the articles named say of the entity is
about another one; without articles, each of its names is an entity of its own, but for the name it goes by. A line
taken out of the file undoes what it did.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import StoreError
from kg.fuse.merge import unite_claim
from kg.model import Entity, Fused, Merge, Statement, digest
from kg.schema import load_schema


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


def correct(fused: Fused, corrections: Corrections) -> Fused:
    """The graph as corrected. Ids that it does not have are passed over: their articles may be gone for now."""
    for id, *articles in corrections.split:
        fused = _split(fused, id, articles)
    moved = {}
    known = {entity.id for entity in fused.entities}
    for first, *others in corrections.same:
        if first in known:
            moved.update({other: first for other in others if other in known and other != first})
    return _join(fused, moved) if moved else fused


def _repoint(statement: Statement, moved: Mapping[str, str]) -> Statement | None:
    subject, object = moved.get(statement.subject, statement.subject), moved.get(statement.object, statement.object)
    speaker = moved.get(statement.attributed_to, statement.attributed_to) if statement.attributed_to else None
    relation = load_schema().relations.get(statement.relation)
    evidence = statement.evidence
    if relation and relation.symmetric and object < subject:
        subject, object = object, subject
        evidence = tuple(replace(item, subject=item.object, object=item.subject) for item in evidence)
    if subject == object:
        return None
    return replace(statement, subject=subject, object=object, attributed_to=speaker, evidence=evidence)


def _united(statements: Iterable[Statement], copies: Mapping[str, str]) -> tuple[Statement, ...]:
    claims: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        claims[statement.id].append(statement)
    united = (rows[0] if len(rows) == 1 else _reckoned(rows, copies) for rows in claims.values())
    return tuple(sorted(united, key=lambda s: s.id))


def _reckoned(statements: Iterable[Statement], copies: Mapping[str, str]) -> Statement:
    """One statement, its confidence reckoned anew from the scores of its evidence."""
    return unite_claim([replace(statement, confidence=0.0) for statement in statements], copies)


def _join(fused: Fused, moved: Mapping[str, str]) -> Fused:
    entities = {entity.id: entity for entity in fused.entities}
    merges = list(fused.merges)
    for other, first in sorted(moved.items()):
        gone = entities.pop(other)
        entities[first] = _both(entities[first], gone)
        articles = tuple(sorted(_articles(fused, other)))
        merges = [replace(merge, entity=first) if merge.entity == other else merge for merge in merges]
        merges.append(Merge(first, gone.name, f"told to be one with {other}", 1.0, articles))
    statements = (s for s in (_repoint(statement, moved) for statement in fused.statements) if s)
    return replace(
        fused,
        entities=tuple(entities[id] for id in sorted(entities)),
        statements=_united(statements, dict(fused.copies)),
        merges=tuple(sorted(merges, key=lambda m: (m.entity, m.name, m.reason))),
        redirects=tuple(sorted({*fused.redirects, *moved.items()})),
    )


def _both(first: Entity, other: Entity) -> Entity:
    same = {*first.same_as, *other.same_as}
    return replace(
        first,
        aliases=tuple(sorted({*first.aliases, other.name, *other.aliases} - {first.name})),
        same_as=tuple(sorted(same)),
        close_match=tuple(sorted({*first.close_match, *other.close_match} - same)),
        notes=tuple(sorted({*first.notes, *other.notes})),
    )


def _articles(fused: Fused, id: str) -> set[str]:
    about = (s for s in fused.statements if id in (s.subject, s.object, s.attributed_to))
    told = {item.article for statement in about for item in statement.evidence}
    return told | {article for merge in fused.merges if merge.entity == id for article in merge.articles}


def _split(fused: Fused, id: str, articles: Sequence[str]) -> Fused:
    entity = next((entity for entity in fused.entities if entity.id == id), None)
    if entity is None:
        return fused
    if articles:
        return _apart(fused, entity, frozenset(articles))
    for merge in fused.merges:
        if merge.entity == id and merge.name != entity.name:
            fused = _apart(fused, entity, frozenset(merge.articles))
    return fused


def _apart(fused: Fused, entity: Entity, articles: frozenset[str]) -> Fused:
    """What these articles say of the entity is about a new one, with the names that they use for it."""
    id = f"{entity.id}-{digest(*sorted(articles), length=6)}"
    used = [merge for merge in fused.merges if merge.entity == entity.id and articles & {*merge.articles}]
    names = sorted({merge.name for merge in used}, key=lambda name: (-len(name), name)) or [entity.name]
    new = Entity(id, entity.type, names[0], tuple(names[1:]), notes=(("split from", entity.id),))
    merges = [merge for merge in fused.merges if merge not in used]
    for merge in used:
        for owner, kept in ((entity.id, {*merge.articles} - articles), (id, articles & {*merge.articles})):
            if kept:
                merges.append(replace(merge, entity=owner, articles=tuple(sorted(kept))))
    statements = []
    for statement in fused.statements:
        if entity.id not in (statement.subject, statement.object, statement.attributed_to):
            statements.append(statement)
            continue
        inside = tuple(item for item in statement.evidence if item.article in articles)
        outside = tuple(item for item in statement.evidence if item.article not in articles)
        moved = _repoint(replace(statement, evidence=inside), {entity.id: id}) if inside else None
        stays = replace(statement, evidence=outside) if outside else None
        statements += [_reckoned([part], dict(fused.copies)) for part in (moved, stays) if part]
    return replace(
        fused,
        entities=tuple(sorted((*fused.entities, new), key=lambda e: e.id)),
        statements=_united(statements, dict(fused.copies)),
        merges=tuple(sorted(merges, key=lambda m: (m.entity, m.name, m.reason))),
    )
