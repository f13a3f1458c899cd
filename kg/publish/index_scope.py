"""Where quads may have changed, and which did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import KnowledgeGraph
from kg.publish.iris import Names, term
from kg.publish.rdf import SEEN, quads
from kg.settings import Settings
from kg.store import Changes


class Scope:
    """Where quads may have changed.

    That is in the graphs of changed articles, about changed statements and between their ends, and in the collection's
    graph about changed entities and how statements are seen. `graph` is the excerpt that shows the changes.
    """

    def __init__(self, graph: KnowledgeGraph, changes: Changes, settings: Settings) -> None:
        names = Names.of(settings)
        self._collection = names.collection
        self._graphs = {names.article(id) for id in changes.articles}
        self._statements = {names.statement(id) for id in changes.statements}
        self._entities = {names.entity(id) for id in changes.entities}
        self._seen = {names.statement(id) for id in changes.seen}
        # Without provenance the collection's graph has all facts, and no other shows what the whole graph has.
        united = changes.seen if settings.provenance == "none" else frozenset()
        told = (graph.statements[id] for id in changes.statements | united if id in graph.statements)
        ends = {(names.entity(statement.subject), names.entity(statement.object)) for statement in told}
        self._ends = ends | {(object, subject) for subject, object in ends}

    def __contains__(self, quad: Quad) -> bool:
        subject, name = quad.subject, quad.graph_name
        if name in self._graphs or subject in self._statements or (subject, quad.object) in self._ends:
            return True
        if name != self._collection:
            return False
        return subject in self._entities or (subject in self._seen and quad.predicate in _seen())

    def before(self, index: pyoxigraph.Store) -> Iterator[Quad]:
        """The quads there, as they were published."""
        patterns: list[tuple[NamedNode | None, NamedNode | None, NamedNode | None]]
        patterns = [(None, None, name) for name in self._graphs]
        patterns += [(subject, None, None) for subject in self._statements]
        patterns += [(subject, object, None) for subject, object in self._ends]
        patterns += [(node, None, self._collection) for node in self._entities | self._seen]
        for subject, object, name in patterns:
            for quad in index.quads_for_pattern(subject, None, object, name):
                if quad in self and not isinstance(quad.graph_name, DefaultGraph):  # which is the union of the rest
                    yield restored(quad)


@cache
def _seen() -> frozenset[NamedNode]:
    return frozenset(map(term, SEEN))


def compare(
    index: pyoxigraph.Store, graph: KnowledgeGraph, changes: Changes, settings: Settings
) -> tuple[list[Quad], list[Quad]]:
    """The quads to take from the index and to add to it, sorted. `graph` is the excerpt that shows the changes."""
    scope = Scope(graph, changes, settings)
    before = set(scope.before(index))
    after = {quad for quad in quads(graph, settings) if quad in scope}
    return difference(before, after)


def difference(before: set[Quad], after: set[Quad]) -> tuple[list[Quad], list[Quad]]:
    """The quads that go and those that come, sorted."""
    return sorted(before - after, key=str), sorted(after - before, key=str)


def kept(index: pyoxigraph.Store) -> set[Quad]:
    """All quads of the index as they were published, without their union."""
    return {restored(quad) for quad in index if not isinstance(quad.graph_name, DefaultGraph)}


def restored(quad: Quad) -> Quad:
    """The quad as it was published: Oxigraph keeps an `xsd:nonNegativeInteger` as an `xsd:integer`.

    Nothing else that is published changes on its way through the index, and no plain `xsd:integer` is published.
    """
    node = quad.object
    if isinstance(node, Literal) and node.datatype == term("xsd:integer"):
        node = Literal(node.value, datatype=term("xsd:nonNegativeInteger"))
        return Quad(quad.subject, quad.predicate, node, quad.graph_name)
    return quad
