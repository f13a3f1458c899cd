"""Tables for spreadsheets and data frames (CSV), and GraphML for Gephi, Cytoscape and yEd."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx

from kg.graph import KnowledgeGraph
from kg.graph.network import to_networkx
from kg.model import Statement
from kg.publish.iris import Names, clean
from kg.settings import Settings

ENTITY = ("id", "iri", "type", "name", "aliases", "same_as", "close_match", "facts", "notes")
STATEMENT = (
    "id", "subject", "subject_name", "relation", "object", "object_name", "status", "confidence", "attributed_to",
    "role", "value", "date", "from", "to", "qualifiers", "articles", "urls", "evidence", "sentence",
)  # fmt: skip
_NAMED = {"role", "value", "date", "from", "to"}


def safe(cell: object) -> str:
    """The cell as text; one that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = clean("" if cell is None else str(cell))
    return "'" + text if text.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r")) else text


def write_entities(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """An entity a line, sorted by id; lists are joined by ` | `."""
    names = Names.of(settings)
    rows = (
        (
            entity.id, names.entity(entity.id).value, entity.type, entity.name, _joined(entity.aliases),
            _joined(entity.same_as), _joined(entity.close_match), len(graph.about(entity.id)),
            _joined(f"{name}: {value}" for name, value in entity.notes),
        )
        for entity in graph.entities.values()
    )  # fmt: skip
    _write(path, ENTITY, rows)


def write_statements(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """A statement a line, whatever its status, sorted by id, with the sentence of its strongest evidence."""
    _write(path, STATEMENT, (_row(graph, statement) for statement in graph.statements.values()))


def write_graphml(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """Asserted facts as edges; attributes with several values are joined by ` | `."""
    network = to_networkx(graph)
    flat = networkx.MultiDiGraph()
    for node, told in network.nodes(data=True):
        flat.add_node(clean(node), **_flat(told))
    for subject, object, key, told in network.edges(keys=True, data=True):
        proofs = told.pop("evidence")
        told["sentence"] = " | ".join(dict.fromkeys(" ".join(proof["sentence"].split()) for proof in proofs))
        told["articles"] = tuple(dict.fromkeys(proof["article"] for proof in proofs))
        told["qualifiers"] = tuple(f"{name}: {value}" for name, value in told["qualifiers"])
        flat.add_edge(clean(subject), clean(object), key=key, **_flat(told))
    networkx.write_graphml_xml(flat, path)


def _row(graph: KnowledgeGraph, statement: Statement) -> Iterator[object]:
    subject, object = graph.entities.get(statement.subject), graph.entities.get(statement.object)
    cited = dict.fromkeys(evidence.article for evidence in statement.evidence)
    urls = (graph.articles[id].url for id in cited if id in graph.articles)
    yield from (statement.id, statement.subject, subject.name if subject else "", statement.relation, statement.object)
    yield from (object.name if object else "", statement.status, format(statement.confidence, ".4f"))
    yield statement.attributed_to
    yield from (statement.qualifier(name) for name in ("role", "value", "date", "from", "to"))
    yield _joined(f"{name}: {value}" for name, value in statement.qualifiers if name not in _NAMED)
    yield from (_joined(cited), _joined(url for url in urls if url), len(statement.evidence), graph.sentence(statement))


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(parts)


def _flat(told: dict[str, Any]) -> dict[str, str | float]:
    flat: dict[str, str | float] = {}
    for name, value in told.items():
        if isinstance(value, float | int):
            flat[name] = float(value)
        elif value:
            flat[name] = clean(_joined(value) if isinstance(value, tuple) else str(value))
    return flat


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([safe(cell) for cell in row] for row in rows)
