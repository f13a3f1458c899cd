"""What changed between two exports: for people, fact by fact, and for stores, as an RDF Patch.

RDF Patch is https://afs.github.io/rdf-delta/rdf-patch.html: `A` lines add, `D` lines delete, in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import StoreError
from kg.publish.sparql import Export

_FACTS = """SELECT ?st ?subject ?p ?object ?status ?confidence {
  ?st a kg:Statement ; rdf:subject/rdfs:label ?subject ; rdf:predicate ?p ; rdf:object/rdfs:label ?object ;
    kg:status ?status ; kg:confidence ?confidence
} ORDER BY ?subject ?p ?object ?status ?st"""
_DETAILS = """SELECT ?st ?q ?value {
  ?st a kg:Statement ; ?q ?value . FILTER(?q NOT IN (kg:status, kg:confidence, kg:evidence, kg:finerPredicate))
  FILTER(STRSTARTS(STR(?q), STR(kg:)) || ?q = prov:wasDerivedFrom)
} ORDER BY ?st ?q ?value"""
_NAMED = (
    "SELECT ?it ?name { ?it a ?type ; rdfs:label ?name . FILTER(%s(?type = schema:NewsArticle)) } ORDER BY ?name ?it"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `sign` is `+`, `-` or `~`; `kind` article, entity or fact; `what` names it, `how` tells more."""

    sign: str
    kind: str
    what: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Fact:
    what: str
    confidence: str
    details: frozenset[tuple[str, str]]


def changes(old: str | Path, new: str | Path) -> Iterator[Change]:
    """The differences: articles, then entities, then facts, each gone, then new, then changed."""
    before, after = Export.open(old), Export.open(new)
    for kind, sign in (("article", ""), ("entity", "!")):
        yield from _named(kind, *(_names(export, sign) for export in (before, after)))
    yield from _facts(_statements(before), _statements(after))


def _named(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    yield from (Change("-", kind, name) for iri, name in before.items() if iri not in after)
    yield from (Change("+", kind, name) for iri, name in after.items() if iri not in before)
    for iri, name in after.items():
        if before.get(iri, name) != name:
            yield Change("~", kind, name, f"was called {before[iri]}")


def _facts(before: Mapping[str, _Fact], after: Mapping[str, _Fact]) -> Iterator[Change]:
    for sign, ours, theirs in (("-", before, after), ("+", after, before)):
        for iri, fact in ours.items():
            if iri not in theirs:
                yield Change(sign, "fact", fact.what, f"confidence {fact.confidence}")
    for iri, fact in after.items():
        known = before.get(iri, fact)
        how = [] if known.confidence == fact.confidence else [f"confidence {known.confidence} -> {fact.confidence}"]
        how += [f"-{name}: {value}" for name, value in sorted(known.details - fact.details)]
        how += [f"+{name}: {value}" for name, value in sorted(fact.details - known.details)]
        if how:
            yield Change("~", "fact", fact.what, "; ".join(how))


def _names(export: Export, sign: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _texts(export, _NAMED % sign)}


def _statements(export: Export) -> dict[str, _Fact]:
    details: dict[str, set[tuple[str, str]]] = {}
    for iri, predicate, value in _texts(export, _DETAILS):
        name = "source" if predicate.endswith("wasDerivedFrom") else predicate.rpartition("#")[2]
        details.setdefault(iri, set()).add((name, value.rpartition("/article/")[2]))
    found = {}
    for iri, subject, predicate, object, status, confidence in _texts(export, _FACTS):
        told = status.rpartition("#")[2].lower()
        what = f"{subject} {predicate.rpartition('#')[2]} {object}" + ("" if told == "asserted" else f" [{told}]")
        found[iri] = _Fact(what, confidence, frozenset(details.get(iri, ())))
    return found


def _texts(export: Export, query: str) -> Iterator[tuple[str, ...]]:
    for row in export.ask(query).rows:
        yield tuple(str(getattr(cell, "value", "")) for cell in row)


def patch(old: str | Path, new: str | Path) -> Iterator[str]:
    """The RDF Patch, line by line, that makes the old export's quads the new one's. Its id is a hash of its lines.

    Raises StoreError where a folder holds no graph.trig.
    """
    before, after = _quads(Path(old)), _quads(Path(new))
    lines = [f"D {row} .\n" for row in sorted(before - after)] + [f"A {row} .\n" for row in sorted(after - before)]
    yield f"H id <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ''.join(lines))}> .\n"
    yield "TX .\n"
    yield from lines
    yield "TC .\n"


def _quads(path: Path) -> set[str]:
    """The quads as N-Quads without the full stop."""
    path = path / "graph.trig" if path.is_dir() else path
    try:
        rows = pyoxigraph.parse(path=str(path))
        return {_line(row) for row in rows}
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read as RDF: {error}") from error


def _line(row: Quad) -> str:
    return (pyoxigraph.serialize([row], format=RdfFormat.N_QUADS) or b"").decode().removesuffix(" .\n")
