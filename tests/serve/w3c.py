"""Reads the W3C's SPARQL 1.1 manifests and compares results: a runner for tests that speak HTTP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

BASE = "http://suite.example/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {"integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger"}


@dataclass(frozen=True)
class Case:
    """One test of a manifest; files are paths, `named` maps a graph's IRI to its file."""

    name: str
    kind: str
    base: str
    query: Path
    data: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None

    @property
    def text(self) -> str:
        return f"BASE <{self.base}>\n{self.query.read_text(encoding='utf-8')}"


@dataclass
class _Graph:
    """A manifest's triples by subject and predicate."""

    rows: dict[object, dict[str, list[object]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    @classmethod
    def read(cls, path: Path, root: Path) -> _Graph:
        graph = cls()
        for quad in parse(path, root):
            graph.rows[quad.subject][quad.predicate.value].append(quad.object)
        return graph

    def one(self, subject: object, predicate: str) -> object | None:
        return next(iter(self.rows[subject][predicate]), None)

    def list(self, head: object | None) -> Iterator[object]:
        while head is not None and getattr(head, "value", "") != RDF + "nil":
            yield self.one(head, RDF + "first")
            head = self.one(head, RDF + "rest")


def iri(path: Path, root: Path) -> str:
    return BASE + path.relative_to(root).as_posix()


def parse(path: Path, root: Path) -> Iterator[ox.Quad]:
    kinds = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
    return ox.parse(path=str(path), format=kinds[path.suffix], base_iri=iri(path, root), rename_blank_nodes=True)


def cases(root: Path, folder: str, kinds: Iterable[str]) -> Iterator[Case]:
    """The tests of these kinds in one folder's manifest, in its order."""
    manifest = root / folder / "manifest.ttl"
    graph = _Graph.read(manifest, root)
    head = next(rows[MF + "entries"][0] for rows in graph.rows.values() if rows[MF + "entries"])

    def file(node: object) -> Path:
        return root / node.value.removeprefix(BASE)  # type: ignore[attr-defined]

    for test in graph.list(head):
        kind = graph.one(test, RDF + "type").value.rpartition("#")[2]  # type: ignore[union-attr]
        if kind not in kinds:
            continue
        action = graph.one(test, MF + "action")
        query = graph.one(action, QT + "query")
        name = f"{folder}/{test.value.rpartition('#')[2]}"  # type: ignore[attr-defined]
        result = graph.one(test, MF + "result")
        if query is None:
            yield Case(name, kind, action.value, file(action))  # type: ignore[union-attr]
            continue
        named = tuple((node.value, file(node)) for node in graph.rows[action][QT + "graphData"])  # type: ignore[attr-defined]
        data = tuple(map(file, graph.rows[action][QT + "data"]))
        yield Case(name, kind, query.value, file(query), data, named, file(result) if result else None)  # type: ignore[attr-defined]


def _term(term: object) -> object:
    """The term as results are compared: numbers by value, language tags in lower case."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    name = term.datatype.value.removeprefix(XSD)
    if name in _NUMBERS:
        try:
            number = Decimal(term.value)
        except InvalidOperation:
            return term
        if number.is_finite():
            return ox.Literal(format(number.normalize(), "f") if abs(number) < 10**12 else repr(float(number)))
    return term


def _canonical(quads: Iterable[ox.Quad]) -> str:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(map(str, dataset)))


def _rows(rows: Iterable[dict[str, object]]) -> str:
    """Solutions as a canonical graph, each row a blank node; a bag, whatever the blank nodes' names."""
    quads = []
    for row in rows:
        node = ox.BlankNode()
        quads.append(ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(RS + "row")))
        for name, value in row.items():
            quads.append(ox.Quad(node, ox.NamedNode(RS + name), _term(value)))  # type: ignore[arg-type]
    return _canonical(quads)


def _solutions(found: ox.QuerySolutions) -> str:
    names = [variable.value for variable in found.variables]
    return _rows({n: row[n] for n in names if row[n] is not None} for row in found)


def _triples(quads: Iterable[ox.Quad]) -> str:
    return _canonical(ox.Quad(q.subject, q.predicate, _term(q.object)) for q in quads)  # type: ignore[arg-type]


def _listed(path: Path, root: Path) -> str:
    """Solutions or a boolean written as RDF, or a plain graph."""
    graph = _Graph.read(path, root)
    for rows in list(graph.rows.values()):
        if rows[RS + "boolean"]:
            return str(rows[RS + "boolean"][0].value == "true")  # type: ignore[attr-defined]
    sets = [rows for rows in graph.rows.values() if RS + "resultVariable" in rows and rows[RS + "resultVariable"]]
    if not sets:
        return _triples(parse(path, root))
    found = []
    for node in sets[0][RS + "solution"]:
        bindings = graph.rows[node][RS + "binding"]
        found.append({graph.one(b, RS + "variable").value: graph.one(b, RS + "value") for b in bindings})  # type: ignore[union-attr]
    return _rows(found)


def expected(case: Case, root: Path) -> str:
    """The case's result in a form that equals `got` of the same answer."""
    assert case.result
    if case.result.suffix in (".ttl", ".rdf"):
        return _listed(case.result, root)
    kind = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}
    return _parsed(case.result.read_bytes(), kind[case.result.suffix])


def got(body: bytes, media: str) -> str:
    """An HTTP answer in the same form."""
    media = media.partition(";")[0]
    if media == "application/n-triples":
        return _triples(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
    return _parsed(body, ox.QueryResultsFormat.from_media_type(media))  # type: ignore[arg-type]


def _parsed(body: bytes, kind: ox.QueryResultsFormat) -> str:
    found = ox.parse_query_results(body, format=kind)
    return str(bool(found)) if isinstance(found, ox.QueryBoolean) else _solutions(found)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Exchange:
    """A request of the protocol suite, and what its answer must be."""

    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    statuses: tuple[str, ...]
    format: str | None
    boolean: str | None

    def fits(self, status: int, media: str, body: bytes) -> bool:
        """Whether an answer is what the suite expects."""
        if not any(name[0] == str(status)[0] for name in self.statuses):
            return False
        tabular = media in ("application/sparql-results+json", "application/sparql-results+xml")
        if self.format == "RDF":
            return media in ("text/turtle", "application/n-triples", "application/rdf+xml")
        if self.boolean is not None:
            return tabular and got(body, media) == str(self.boolean == "true")
        return self.format is None or tabular or (self.format == "tabular" and media.startswith("text/"))


@dataclass(frozen=True)
class ProtocolCase:
    name: str
    requests: tuple[Exchange, ...]


def protocol_cases(root: Path) -> Iterator[ProtocolCase]:
    """The protocol suite's tests, in the manifest's order."""
    graph = _Graph.read(root / "protocol" / "manifest.ttl", root)
    head = next(rows[MF + "entries"][0] for rows in graph.rows.values() if rows[MF + "entries"])
    for test in graph.list(head):
        action = graph.one(test, MF + "action")
        requests = tuple(_exchange(graph, node) for node in graph.list(graph.one(action, HT + "requests")))
        yield ProtocolCase(test.value.rpartition("#")[2], requests)  # type: ignore[attr-defined]


def _exchange(graph: _Graph, node: object) -> Exchange:
    def value(subject: object, predicate: str) -> str | None:
        found = graph.one(subject, predicate)
        return found.value if found is not None else None  # type: ignore[attr-defined, no-any-return]

    body, reply = graph.one(node, HT + "body"), graph.one(node, HT + "resp")
    headers = {
        (value(header, HT + "fieldName") or "").lower(): value(header, HT + "fieldValue") or ""
        for header in graph.list(graph.one(node, HT + "headers"))
    }
    return Exchange(
        value(node, HT + "methodName") or "",
        value(node, HT + "absolutePath") or "",
        (value(body, CNT + "chars") or "").encode(value(body, CNT + "characterEncoding") or "utf-8") if body else None,
        headers,
        tuple(s.value.rpartition("StatusCode")[2] for s in graph.rows[reply][MF + "expectedStatus"]),  # type: ignore[attr-defined]
        value(reply, MF + "expectedFormat"),
        value(reply, MF + "expectedBoolean"),
    )
