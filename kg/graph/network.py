"""The graph as a `networkx.MultiDiGraph`, for measures, layout and other people's tools."""

from __future__ import annotations

from typing import Any

import networkx

from kg.graph.graph import KnowledgeGraph
from kg.model import Evidence, Statement, Status


def to_networkx(graph: KnowledgeGraph, *, asserted_only: bool = True) -> networkx.MultiDiGraph:
    """Entities as nodes (by id), statements as edges (key: the statement's id), in the graph's own order.

    Nodes carry `label`, `type`, `aliases`, `same_as`; edges `relation`, `status`, `confidence`, `attributed_to`,
    `dates` (those of the qualifiers), `qualifiers` and `evidence`: a tuple of dicts with article, url, published,
    sentence, rule and score. A symmetric relation is one edge. With `asserted_only` off, denied and planned facts are
    edges too.
    """
    network = networkx.MultiDiGraph()
    for entity in graph.entities.values():
        told = {"label": entity.name, "type": entity.type, "aliases": entity.aliases, "same_as": entity.same_as}
        network.add_node(entity.id, **told)
    for statement in graph.statements.values():
        if statement.status is Status.ASSERTED or not asserted_only:
            network.add_edge(statement.subject, statement.object, key=statement.id, **_edge(graph, statement))
    return network


def _edge(graph: KnowledgeGraph, statement: Statement) -> dict[str, Any]:
    dates = tuple(value for name, value in statement.qualifiers if name in {"date", "from", "to"})
    return {
        "relation": statement.relation,
        "label": statement.relation,
        "status": str(statement.status),
        "confidence": statement.confidence,
        "attributed_to": statement.attributed_to,
        "dates": dates,
        "qualifiers": statement.qualifiers,
        "evidence": tuple(_proof(graph, item) for item in statement.evidence),
    }


def _proof(graph: KnowledgeGraph, item: Evidence) -> dict[str, Any]:
    article = graph.articles.get(item.article)
    return {
        "article": item.article,
        "url": article.url if article else None,
        "published": article.published if article else None,
        "sentence": article.text[item.start : item.end] if article else "",
        "rule": item.rule,
        "score": item.score,
    }
