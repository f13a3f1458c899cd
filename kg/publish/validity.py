"""Facts over time: the graph as of a day.

A fact holds from its `kg:from`, else from its `kg:date`, else from the day on which an article first says so
(`kg:firstSeen`); until its `kg:to`, else until the day before an article says that it is past, after the last that
asserts it, else for ever. `2026` means all of that year. A fact without any date holds on no day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.errors import QueryError
from kg.publish.iris import own, term
from kg.schema import load_schema

Fact = tuple[NamedNode, NamedNode, NamedNode]
Told = Mapping[NamedNode, list[Any]]


def holds(started: Iterable[str], ended: Iterable[str], day: str) -> bool:
    """Whether a fact that started and ended then holds on the day; ISO 8601 dates, cut to what is known of them.

    >>> holds(["2024"], ["2025-06"], "2025-06-30"), holds(["2024"], ["2025-06"], "2025-07-01")
    (True, False)
    """
    start, end = min(started, default=None), max(ended, default=day)
    return start is not None and start <= day[: len(start)] and day[: len(end)] <= end


def keep_day(store: Store, day: str) -> int:
    """Takes from the store all facts that do not hold on the day, with their evidence; articles and names stay.

    Returns how many of them have no date at all. Raises QueryError where statements have no nodes that tell dates.
    """
    kept: dict[Fact, set[Any]] = defaultdict(set)
    lost, undated = [], 0
    past = _past(store)
    nodes = {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term("kg:Statement"), None)}
    if not nodes and len(store):
        raise QueryError("no statement here tells its dates; build or export with --provenance statements, or rdf12")
    for node in nodes:
        told, graphs = _read(store, node)
        starts = _starts(told)
        if not holds(starts, _texts(told, "kg:to"), day) or _over(told, past, day):
            lost.append(node)
            undated += not starts
        elif _is(told, "Asserted"):
            for fact in _direct(told):
                kept[fact] |= graphs
    for node in lost:
        _forget(store, node, kept)
    return undated


def _past(store: Store) -> Mapping[Fact, str]:
    """Facts of which an article says that they are past, with the day on which the first says so."""
    found: dict[Fact, str] = {}
    for quad in store.quads_for_pattern(None, term("kg:status"), own("Past"), None):
        told, _ = _read(store, quad.subject)
        for fact in _facts(told):
            for day in _texts(told, "kg:firstSeen"):
                found[fact] = min(found.get(fact, day), day)
    return found


def _over(told: Told, past: Mapping[Fact, str], day: str) -> bool:
    """Whether the fact, asserted and without an end, has been called past since it was last asserted."""
    if not _is(told, "Asserted") or _texts(told, "kg:to"):
        return False
    last = max(_texts(told, "kg:lastSeen"), default="")
    return any(last < past[fact] <= day for fact in _facts(told) if fact in past)


def _read(store: Store, node: Any) -> tuple[Told, set[Any]]:
    """What is said of the statement's node, by predicate, and the graphs that say it."""
    told: dict[NamedNode, list[Any]] = defaultdict(list)
    graphs = set()
    for quad in store.quads_for_pattern(node, None, None, None):
        told[quad.predicate].append(quad.object)
        if quad.object == term("kg:Statement"):
            graphs.add(quad.graph_name)
    return told, graphs


def _is(told: Told, status: str) -> bool:
    return own(status) in told.get(term("kg:status"), ())


def _starts(told: Told) -> list[str]:
    return next(filter(None, (_texts(told, name) for name in ("kg:from", "kg:date", "kg:firstSeen"))), [])


def _texts(told: Told, name: str) -> list[str]:
    return [value.value for value in told.get(term(name), ())]


def _facts(told: Told) -> Iterator[Fact]:
    """Subject, predicate and object of the statement."""
    triples = {value for value in told.get(term("rdf:reifies"), ()) if isinstance(value, Triple)}
    whole = [told.get(term(name), ()) for name in ("rdf:subject", "rdf:predicate", "rdf:object")]
    triples |= {Triple(*parts) for parts in zip(*whole, strict=False)}
    yield from ((triple.subject, triple.predicate, triple.object) for triple in triples)  # type: ignore[misc]


def _direct(told: Told) -> Iterator[Fact]:
    """The direct triples that the statement makes where it is asserted."""
    for subject, predicate, object in _facts(told):
        yield from ((subject, name, object) for name in (predicate, *told.get(term("kg:finerPredicate"), ())))
        relation = load_schema().relations.get(predicate.value.removeprefix(load_schema().namespace))
        if relation and relation.symmetric:
            yield (object, predicate, subject)


def _forget(store: Store, node: Any, kept: Mapping[Fact, set[Any]]) -> None:
    told, _ = _read(store, node)
    for subject in (node, *told.get(term("kg:evidence"), ())):
        for quad in [*store.quads_for_pattern(subject, None, None, None)]:
            store.remove(quad)
    for fact in _direct(told) if _is(told, "Asserted") else ():
        for quad in [*store.quads_for_pattern(*fact, None)]:
            if quad.graph_name not in kept.get(fact, ()):
                store.remove(Quad(*fact, quad.graph_name))
