"""SPARQL over an export, a folder that `kg build` wrote or an RDF file, or over a store. It sends nothing.

>>> answer = Export.of(KnowledgeGraph()).ask("SELECT ?s { ?s kg:leaderOf ?o }")
>>> answer.columns, answer.rows
(('s',), [])
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from weakref import finalize

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.graph.graph import plain
from kg.publish.guard import examine
from kg.publish.index import Mark, refreshed
from kg.publish.index_snapshots import last_snapshot, with_index
from kg.publish.iris import Names
from kg.publish.rdf import quads
from kg.publish.turtle import prefixes
from kg.publish.validity import keep_day
from kg.schema import load_schema
from kg.settings import Settings
from kg.store import is_store

_QUOTED = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>|'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\""""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|\#[^\n\r]*""",
    re.DOTALL,
)
_NAMED = re.compile(r"(?<![\w:?$.-])(GRAPH|FROM)(?![\w:.-])", re.IGNORECASE)
_PREFIX = re.compile(r"@prefix ([\w.-]*): <([^>]*)> \.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: rows of terms by column for SELECT, one `answer` cell for ASK, triples for CONSTRUCT.

    Cells are None where a variable is unbound. `prefixes` shorten IRIs in `shown`.
    """

    columns: tuple[str, ...]
    rows: list[tuple[object | None, ...]]
    kind: str = "select"
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> list[list[str]]:
        """The rows as people read them: literals without quotes, IRIs with prefixes."""
        return [[self._show(cell) for cell in row] for row in self.rows]

    def to_csv(self) -> str:
        """SPARQL 1.1 CSV: a header of the columns, IRIs in full."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(["" if cell is None else _text(cell) for cell in row] for row in self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 JSON; for CONSTRUCT the same shape, with the columns subject, predicate, object."""
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": _text(self.rows[0][0]) == "true"}) + "\n"
        bindings = [
            {name: _binding(cell) for name, cell in zip(self.columns, row, strict=True) if cell is not None}
            for row in self.rows
        ]
        record = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"

    def _show(self, cell: object | None) -> str:
        if not isinstance(cell, NamedNode):
            return "" if cell is None else _text(cell)
        fits = [(len(iri), name) for name, iri in self.prefixes.items() if cell.value.startswith(iri)]
        if not fits:
            return cell.value
        length, name = max(fits)
        return f"{name}:{cell.value[length:]}"


def _text(cell: object) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal) else str(cell)


def _binding(cell: object) -> dict[str, str]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, Literal):
        return {"type": "bnode", "value": str(cell).removeprefix("_:")}
    if cell.language:
        return {"type": "literal", "value": cell.value, "xml:lang": cell.language}
    plain = cell.datatype.value.endswith("XMLSchema#string")
    return {"type": "literal", "value": cell.value, **({} if plain else {"datatype": cell.datatype.value})}


class Export:
    """An export in memory. Its default graph is the union; the articles' graphs are read when a query names graphs."""

    def __init__(self, store: Store, known: Mapping[str, str], trig: Path | None = None) -> None:
        self.store = store
        self.prefixes = {**load_schema().prefixes, **known}
        self._trig = trig
        self._on_disk = False
        self._day: str | None = None
        self._names: Mapping[str, str] | None = None

    @classmethod
    def open(cls, path: str | Path) -> Export:
        """The export in a folder, or in one Turtle, TriG, N-Triples, N-Quads or JSON-LD file; or a store, whose index
        is brought up to date where it can be, and then read where it lies.

        Raises StoreError where there is none, or it cannot be read.
        """
        path = Path(path)
        if is_store(path):
            return cls._kept(path)
        names = ("graph.nt", "graph.ttl", "graph.trig", "graph.jsonld")
        files = [path] if path.is_file() else [path / name for name in names if (path / name).is_file()]
        if not files:
            raise StoreError(f"{path}: no export here; kg build SOURCE -o {path} writes one")
        store = Store()
        store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in _read(files[0]))
        known = {}
        for file in (path / "graph.ttl", path):
            if file.is_file():
                known = _prefixes(file)
                break
        trig = path if path.suffix in {".trig", ".nq"} else path / "graph.trig"
        return cls(store, known, trig if trig.is_file() else None)

    @classmethod
    def _kept(cls, folder: Path) -> Export:
        held = ExitStack()
        path = held.enter_context(last_snapshot(refreshed(folder)))
        base = Names.of(mark.settings if (mark := Mark.of(folder / "index")) else Settings()).base
        kinds = ("article", "statement", "evidence", "passage", "graph", *map(str.lower, load_schema().types))
        export = cls(Store.read_only(str(path)), {kind: f"{base}{kind}/" for kind in kinds})
        export._hold(held)
        return export

    @classmethod
    def of(cls, graph: KnowledgeGraph, settings: Settings | None = None) -> Export:
        """The graph as an export that needs no file."""
        settings = settings or Settings()
        store = Store()
        rows = list(quads(graph, settings))
        store.extend(rows)
        store.extend(Quad(row.subject, row.predicate, row.object) for row in rows)
        return cls(store, prefixes(graph, settings))

    def _hold(self, held: ExitStack) -> None:
        """Keep what the store lies in while the export is in use."""
        self._on_disk = True
        finalize(self, held.close)

    def as_of(self, day: str) -> tuple[Export, int]:
        """The export with the facts that hold on the day, `2026-02-27`, alone (`kg.publish.validity`), and the number
        of those that tell no date and so hold on none. This one stays as it is but for an export in memory.
        """
        if not self._on_disk:
            self._day = day
            return self, keep_day(self.store, day)
        held = ExitStack()
        made = tempfile.TemporaryDirectory(prefix="kg-as-of-", ignore_cleanup_errors=True)
        path = Path(held.enter_context(made)) / "index"
        self.store.backup(str(path))
        undated = with_index(path, lambda index: keep_day(index, day))
        export = Export(Store.read_only(str(path)), self.prefixes)
        export._hold(held)
        return export, undated

    def spelling(self, name: str) -> str:
        """The name as the export spells it, where only case, accents or punctuation differ: `vucic` for `Vučić`."""
        if self._names is None:
            rows = self.ask("SELECT DISTINCT ?name { ?it rdfs:label|skos:altLabel ?name } ORDER BY DESC(?name)").rows
            self._names = {plain(_text(cell)): _text(cell) for (cell,) in rows}
        return self._names.get(plain(name), name)

    def ask(self, query: str) -> Answer:
        """The answer; the export's prefixes need no PREFIX. Raises QueryError for a query that is wrong or refused."""
        examine(query)
        if self._trig and _NAMED.search(_QUOTED.sub(" ", query)):
            self.store.extend(_read(self._trig))
            self._trig = None
            if self._day:
                keep_day(self.store, self._day)
        try:
            found = self.store.query(query, prefixes=self.prefixes)
            if isinstance(found, QuerySolutions):
                names = [variable.value for variable in found.variables]
                rows = [tuple(solution[name] for name in names) for solution in found]
                return Answer(tuple(names), rows, "select", self.prefixes)
            if isinstance(found, QueryBoolean):
                return Answer(("answer",), [("true" if found else "false",)], "ask")
            triples: list[tuple[object | None, ...]] = [(row.subject, row.predicate, row.object) for row in found]
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error
        return Answer(("subject", "predicate", "object"), triples, "construct", self.prefixes)


def _read(path: Path) -> list[Quad]:
    try:
        return list(pyoxigraph.parse(path=str(path)))
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read as RDF: {error}") from error


def _prefixes(path: Path) -> dict[str, str]:
    """The prefixes at the head of a Turtle or TriG file."""
    known = {}
    if path.suffix in {".ttl", ".trig"}:
        with path.open(encoding="utf-8") as file:
            for line in file:
                found = _PREFIX.fullmatch(line.rstrip())
                if not found:
                    break
                known[found[1]] = found[2]
    return known
