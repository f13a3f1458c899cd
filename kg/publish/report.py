"""`report.json`: what a build found, and what it could not read. The same build writes the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.graph import KnowledgeGraph
from kg.model import Failure


def report(graph: KnowledgeGraph, failures: Iterable[Failure] = ()) -> dict[str, Any]:
    """Counts of articles, entities by type and statements by relation and status, and every failure."""
    statements = graph.statements.values()
    return {
        "articles": len(graph.articles),
        "entities": _count(entity.type for entity in graph.entities.values()),
        "facts": _count(statement.relation for statement in graph.asserted),
        "statements": _count(str(statement.status) for statement in statements),
        "failures": [asdict(failure) for failure in failures],
    }


def report_json(graph: KnowledgeGraph, failures: Iterable[Failure] = ()) -> str:
    """The report as JSON text."""
    return json.dumps(report(graph, failures), ensure_ascii=False, indent=2) + "\n"


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda row: (-row[1], row[0])))
