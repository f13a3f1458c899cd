"""Which part of a large graph a page shows: the best connected, those around a name, or those of a topic."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import QueryError
from kg.graph import KnowledgeGraph, measures
from kg.graph.graph import plain

MOST = 50_000  # entities a page still moves with ease; above, the best connected are chosen


@dataclass(frozen=True, slots=True)
class Shown:
    """The graph to show, and how large the whole is. `around` is the id of the entity to start from, or None."""

    graph: KnowledgeGraph
    entities: int
    statements: int
    around: str | None = None


def choose(
    graph: KnowledgeGraph, *, max_nodes: int = MOST, around: str | None = None, topic: str | None = None
) -> Shown:
    """The part of `graph` to show. Raises QueryError where a name or topic fits nothing."""
    whole = (len(graph.entities), len(graph.statements))
    if topic:
        graph = _about(graph, topic)
    start = _named(graph, around) if around else None
    if len(graph.entities) > max_nodes or start:
        graph = _part(graph, _nearest(graph, start, max_nodes) if start else _best(graph, max_nodes))
    return Shown(graph, *whole, start)


def _named(graph: KnowledgeGraph, name: str) -> str:
    found = graph.find(name)
    if not found:
        raise QueryError(f"around {name!r}: no entity has this name; `kg query` or the page's search lists the names")
    return found[0].id


def _about(graph: KnowledgeGraph, topic: str) -> KnowledgeGraph:
    words = set(plain(topic).split())

    def speaks(*texts: str) -> bool:
        return words <= set(plain(" ".join(texts)).split())

    titles = {id for id, article in graph.articles.items() if speaks(article.title)}
    named = {id for id, entity in graph.entities.items() if speaks(entity.name, *entity.aliases)}
    found = graph.select(
        lambda s: (
            s.subject in named
            or s.object in named
            or any(e.article in titles for e in s.evidence)
            or speaks(graph.sentence(s))
        )
    )
    if not found.statements:
        raise QueryError(f"topic {topic!r}: no fact, name or title has these words")
    return found


def _best(graph: KnowledgeGraph, count: int) -> set[str]:
    ranks = dict(zip(graph.entities, measures.importance(measures.connections(graph)), strict=True))
    return set(sorted(ranks, key=lambda id: (-ranks[id], id))[:count])


def _nearest(graph: KnowledgeGraph, start: str, count: int) -> set[str]:
    """Breadth first from `start`, up to three steps; inside a step the best connected first."""
    kept, edge = {start}, [start]
    for _ in range(3):
        near = {i for id in edge for s in graph.about(id) for i in (s.subject, s.object)} - kept
        edge = sorted(near & graph.entities.keys(), key=lambda id: (-len(graph.about(id)), id))[: count - len(kept)]
        kept.update(edge)
    return kept


def _part(graph: KnowledgeGraph, kept: set[str]) -> KnowledgeGraph:
    statements = [s for s in graph.statements.values() if s.subject in kept and s.object in kept]
    cited = {e.article for s in statements for e in s.evidence}
    return KnowledgeGraph(
        (a for a in graph.articles.values() if a.id in cited), (graph.entities[id] for id in kept), statements
    )
