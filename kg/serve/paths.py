"""The shortest connection between two resources: breadth first from both ends over asserted facts."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.serve.facts import DEFAULT, Fact, Facts

_Steps = dict[ox.NamedNode, tuple[ox.NamedNode, str, bool] | None]


def shortest(facts: Facts, start: ox.NamedNode, goal: ox.NamedNode, longest: int = 6, most: int = 50_000) -> list[Fact]:
    """The facts of one shortest path, in its order; empty where there is none of at most `longest` facts.

    Gives up after `most` resources. Ties go to the path whose IRIs come first, so the answer is always the same.
    """
    if start == goal:
        return []
    sides: tuple[_Steps, _Steps] = ({start: None}, {goal: None})
    edges = [[start], [goal]]
    for _ in range(longest):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        edges[side], met = _widen(facts, sides[side], sides[1 - side], edges[side])
        if met is not None:
            return list(_told(facts, sides, met))
        if not edges[side] or len(sides[0]) + len(sides[1]) > most:
            break
    return []


def _widen(
    facts: Facts, reached: _Steps, other: _Steps, edge: list[ox.NamedNode]
) -> tuple[list[ox.NamedNode], ox.NamedNode | None]:
    """One ring further out, and the first resource that the other side has reached too."""
    ring: list[ox.NamedNode] = []
    for node in edge:
        for name, end, forward in sorted(facts.neighbours(node), key=lambda row: (row[1].value, row[0])):
            if end in reached:
                continue
            reached[end] = (node, name, forward)
            if end in other:
                return ring, end
            ring.append(end)
    return ring, None


def _told(facts: Facts, sides: tuple[_Steps, _Steps], met: ox.NamedNode) -> Iterator[Fact]:
    head: list[tuple[ox.NamedNode, str, ox.NamedNode]] = []
    node = met
    while (step := sides[0][node]) is not None:
        before, name, forward = step
        head.append((before, name, node) if forward else (node, name, before))
        node = before
    tail: list[tuple[ox.NamedNode, str, ox.NamedNode]] = []
    node = met
    while (step := sides[1][node]) is not None:
        before, name, forward = step
        tail.append((before, name, node) if forward else (node, name, before))
        node = before
    for subject, name, object in (*reversed(head), *tail):
        yield stated(facts, subject, name, object)


def stated(facts: Facts, subject: ox.NamedNode, name: str, object: ox.NamedNode) -> Fact:
    """The statement behind a direct triple, or the bare triple as a fact."""
    predicate = ox.NamedNode(facts.schema.namespace + name)
    asserted = ox.NamedNode(facts.schema.namespace + "Asserted")
    for first, second in ((subject, object), (object, subject)):
        for quad in facts.store.quads_for_pattern(None, facts.word("rdf:subject"), first, DEFAULT):
            node = quad.subject
            wanted = (("rdf:object", second), ("rdf:predicate", predicate), ("kg:status", asserted))
            if isinstance(node, ox.NamedNode) and all(
                ox.Quad(node, facts.word(curie), value) in facts.store for curie, value in wanted
            ):
                return facts.fact(node)
    phrase = facts.relation(predicate.value)[1]
    return Fact(None, facts.thing(subject.value), name, phrase, facts.thing(object.value))
