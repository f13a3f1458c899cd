"""What is wrong with a graph, told and not mended: contradictions, and defects of single entities and statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.graph.graph import KnowledgeGraph
from kg.model import Statement, Status
from kg.schema import Schema, load_schema


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: `kind` for sorting, `message` for people, the ids of the entities and statements concerned."""

    kind: str
    message: str
    entities: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


def lint(graph: KnowledgeGraph, schema: Schema | None = None) -> tuple[Finding, ...]:
    """All faults of the graph, sorted by kind and message. Each names its statements, whose sentences
    `graph.sentence` gives."""
    schema = schema or load_schema()
    found = [*contradictions(graph), *_orphans(graph), *_doubles(graph), *_dates(graph), *_types(graph, schema)]
    return tuple(sorted(found, key=lambda finding: (finding.kind, finding.message, finding.statements)))


def contradictions(graph: KnowledgeGraph) -> tuple[Finding, ...]:
    """Claims that cannot all be true: denied and asserted, two heads at one time, a place in two countries."""
    found = [*_denied(graph), *_rivals(graph), *_places(graph)]
    return tuple(sorted(found, key=lambda finding: (finding.kind, finding.message)))


def _named(graph: KnowledgeGraph, id: str) -> str:
    return graph.entities[id].name if id in graph.entities else id


def _told(graph: KnowledgeGraph, statement: Statement) -> str:
    return f"{_named(graph, statement.subject)} {statement.relation} {_named(graph, statement.object)}"


def _denied(graph: KnowledgeGraph) -> Iterator[Finding]:
    claims: dict[tuple[str, str, str], dict[Status, Statement]] = defaultdict(dict)
    for statement in graph.statements.values():
        claims[statement.subject, statement.relation, statement.object][statement.status] = statement
    for told in claims.values():
        if Status.ASSERTED in told and Status.DENIED in told:
            pair = (told[Status.ASSERTED], told[Status.DENIED])
            message = f"{_told(graph, pair[0])}: asserted and denied"
            yield Finding("asserted and denied", message, (pair[0].subject, pair[0].object), tuple(s.id for s in pair))


# Two at a time are the rule there: a presidency of three, co-princes, captains regent.
_SHARED_OFFICE = {"country/bosnia-and-herzegovina", "country/andorra", "country/san-marino"}
_OFFICES = {
    "state": re.compile(r"^(president|king|queen|emir|sultan|emperor|monarch|grand duke|head of state)\b", re.I),
    "government": re.compile(r"^(prime minister|premier|chancellor|taoiseach|head of government)\b", re.I),
}


def _office(statement: Statement) -> str:
    role = (statement.qualifier("role") or "").strip()
    return next((office for office, pattern in _OFFICES.items() if pattern.search(role)), "")


def _days(graph: KnowledgeGraph, statement: Statement) -> list[int]:
    """The days on which articles make the claim, as ordinals, sorted."""
    published = (
        graph.articles[item.article].published for item in statement.evidence if item.article in graph.articles
    )
    return sorted({date.fromisoformat(day).toordinal() for day in published if day and len(day) == 10 and is_date(day)})


TOGETHER = 180
"""Two articles that far apart in days with one head, and between them one with another: two heads at one time."""


def _meeting(ours: list[int], theirs: list[int]) -> int | None:
    """A day on which both hold the office: one they share, or one of theirs between two near ones of ours."""
    for before, after in zip(ours, ours[1:] or ours, strict=False):
        for day in theirs:
            if day in (before, after) or (before < day < after and after - before <= TOGETHER):
                return day
    return None


def _rivals(graph: KnowledgeGraph) -> Iterator[Finding]:
    """Two people in one office of one country at one time."""
    holders: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in graph.asserted:
        country = graph.entities.get(statement.object)
        head = statement.relation == "leaderOf" and country and country.type == "Country"
        if head and (office := _office(statement)) and statement.object not in _SHARED_OFFICE:
            holders[statement.object, office].append(statement)
    for (country_id, office), rows in sorted(holders.items()):
        for one, other in combinations(rows, 2):
            ours, theirs = _days(graph, one), _days(graph, other)
            day = _meeting(ours, theirs) or _meeting(theirs, ours)
            if one.subject != other.subject and day:
                names = " and ".join(sorted((_named(graph, one.subject), _named(graph, other.subject))))
                message = f"{_named(graph, country_id)}, {date.fromordinal(day)}: two heads of {office}, {names}"
                people = sorted((one.subject, other.subject))
                yield Finding("two heads", message, (country_id, *people), (one.id, other.id))


def _places(graph: KnowledgeGraph) -> Iterator[Finding]:
    lying: dict[str, dict[str, Statement]] = defaultdict(dict)
    for statement in graph.asserted:
        ends = [graph.entities.get(statement.subject), graph.entities.get(statement.object)]
        if statement.relation == "locatedIn" and all(ends) and [e.type for e in ends if e] == ["City", "Country"]:
            lying[statement.subject][statement.object] = statement
    for city, told in sorted(lying.items()):
        if len(told) > 1:
            names = " and ".join(sorted(_named(graph, country) for country in told))
            message = f"{_named(graph, city)} lies in {names}"
            yield Finding("two countries", message, (city, *sorted(told)), tuple(sorted(s.id for s in told.values())))


def _orphans(graph: KnowledgeGraph) -> Iterator[Finding]:
    used = {i for s in graph.statements.values() for i in (s.subject, s.object, s.attributed_to) if i}
    for entity in graph.entities.values():
        if entity.id not in used:
            yield Finding("orphan", f"{entity.name} ({entity.type}): no statement is about it", (entity.id,))
    for statement in graph.statements.values():
        if lost := [i for i in (statement.subject, statement.object) if i not in graph.entities]:
            yield Finding("dangling", f"{_told(graph, statement)}: no entity {lost[0]}", (), (statement.id,))
        if not statement.evidence:
            yield Finding("no evidence", f"{_told(graph, statement)}: no sentence states it", (), (statement.id,))


def _doubles(graph: KnowledgeGraph) -> Iterator[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities.values():
        for iri in entity.same_as:
            owners[iri].append(entity.id)
    for iri, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield Finding("double", f"{iri} is {' and '.join(ids)}", tuple(ids))


_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def is_date(text: str) -> bool:
    """Whether it is an ISO 8601 date that there is, cut to year, month or day."""
    if not _DATE.fullmatch(text):
        return False
    parts = [int(part) for part in text.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True


def _dates(graph: KnowledgeGraph) -> Iterator[Finding]:
    for article in graph.articles.values():
        if article.published and not is_date(article.published):
            yield Finding("impossible date", f"article {article.id}: published {article.published}")
    for statement in graph.statements.values():
        told = {name: value for name, value in statement.qualifiers if name in {"date", "from", "to"}}
        for name, value in sorted(told.items()):
            if not is_date(value):
                yield Finding("impossible date", f"{_told(graph, statement)}: {name} {value}", (), (statement.id,))
        if "from" in told and "to" in told and told["to"] < told["from"][: len(told["to"])]:
            message = f"{_told(graph, statement)}: from {told['from']} to {told['to']}"
            yield Finding("impossible date", message, (), (statement.id,))


def _types(graph: KnowledgeGraph, schema: Schema) -> Iterator[Finding]:
    for statement in graph.statements.values():
        relation = schema.relations.get(statement.relation)
        if relation is None:
            yield Finding("unknown relation", _told(graph, statement), (), (statement.id,))
            continue
        for end, allowed in ((statement.subject, relation.subject), (statement.object, relation.object)):
            type = graph.entities[end].type if end in graph.entities else ""
            if type and allowed and type not in allowed:
                message = f"{_told(graph, statement)}: {_named(graph, end)} is a {type}, not {_listed(allowed)}"
                yield Finding("type clash", message, (end,), (statement.id,))
        if statement.subject == statement.object:
            yield Finding("itself", _told(graph, statement), (statement.subject,), (statement.id,))


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
