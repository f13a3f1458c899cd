"""The Oxigraph index of a store's graph: kept up to date by the quads that changed, and read without waiting.

`STORE/index/work` is the writer's. After each update a snapshot of it, by hard links, becomes `STORE/index/N`, where N
counts up; readers open the last one and keep it as long as they like. What an update took away and added is an RDF
Patch (https://afs.github.io/rdf-delta/rdf-patch.html), `STORE/patches/FROM-TO.rdfp`, named by numbers of changes.
"""

from __future__ import annotations

import fcntl
import gc
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import digest
from kg.publish.iris import Names, term
from kg.publish.rdf import SEEN, quads
from kg.settings import Settings
from kg.store import Changes, Store
from kg.store.database import explained

log = logging.getLogger(__name__)

KEPT = 100
"""Patches that are kept; who has not asked for so long takes the whole graph."""


@cache
def _version() -> str:
    """Names what turns the graph into quads: the code of this folder."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest([(path.name, sha256(path.read_bytes()).hexdigest()) for path in files])


class Index:
    """The index of a store that is open to write."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.folder = store.folder / "index"
        self.patches = store.folder / "patches"
        self.settings = Settings()

    def refresh(self) -> None:
        """Bring the kept graph, the index and the patches up to date. Killed at any moment, the next call ends it."""
        self.store.derived.refresh()
        at = self.store.derived.at
        with explained(self.folder):
            self.folder.mkdir(exist_ok=True)
            self.patches.mkdir(exist_ok=True)
            mark = self._mark()
            if mark is not None:
                mark = self._recover(mark)
            changes = None if mark is None else self.store.derived.changes(mark)
            if mark is None or changes is None:
                self._rebuild(at)
            elif mark != at:
                self._update(mark, at, changes)
            elif not _generations(self.folder):
                _with(self.folder / "work", self._publish)

    def _mark(self) -> int | None:
        """The change up to which the index goes; None where there is none that can be built upon."""
        try:
            mark = json.loads((self.folder / "mark.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return int(mark["at"]) if mark.get("version") == _version() and (self.folder / "work").is_dir() else None

    def _set_mark(self, at: int) -> None:
        _replace(self.folder / "mark.json", json.dumps({"at": at, "version": _version()}))

    def _recover(self, mark: int) -> int:
        """Apply a patch that was written whole but not applied whole; once more does no harm."""
        for path in sorted(self.patches.glob(f"{mark:09d}-*.rdfp")):
            removed, added = read_patch(path)
            _with(self.folder / "work", lambda index: self._apply(index, removed, added))  # noqa: B023
            mark = _span(path)[1]
            self._set_mark(mark)
        return mark

    def _rebuild(self, at: int) -> None:
        log.info("the index is made anew")
        part, work = self.folder / "work.part", self.folder / "work"
        shutil.rmtree(part, ignore_errors=True)
        (self.folder / "mark.json").unlink(missing_ok=True)
        for path in self.patches.iterdir():  # they lead to a graph that may have been told otherwise
            path.unlink()
        rows = self._all()
        _with(part, lambda index: index.bulk_extend(rows))
        shutil.rmtree(work, ignore_errors=True)
        part.rename(work)
        _with(work, self._publish)
        self._set_mark(at)

    def _all(self) -> Iterator[Quad]:
        """The quads of the whole graph, a portion of it in memory at a time."""
        names = Names.of(self.settings)
        for portion in self.store.derived.portions():
            graph = self.store.derived.excerpt(portion)
            scope = Scope(graph, portion, names)
            yield from (quad for quad in quads(graph, self.settings) if quad in scope)

    def _update(self, mark: int, at: int, changes: Changes) -> None:
        graph = self.store.derived.excerpt(changes)

        def work(index: pyoxigraph.Store) -> None:
            removed, added = compare(index, graph, changes, self.settings)
            log.info("%d quads go, %d come", len(removed), len(added))
            _write_patch(self.patches / f"{mark:09d}-{at:09d}.rdfp", removed, added, (mark, at))
            self._apply(index, removed, added)

        _with(self.folder / "work", work)
        self._set_mark(at)
        for path in sorted(self.patches.glob("*.rdfp"))[:-KEPT]:
            path.unlink()

    def _apply(self, index: pyoxigraph.Store, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        for quad in removed:
            index.remove(quad)
        index.extend(added)
        self._publish(index)

    def _publish(self, index: pyoxigraph.Store) -> None:
        """A snapshot for readers; those that nobody reads any more go, but for the last before it."""
        index.flush()
        numbers = _generations(self.folder)
        part = self.folder / "snapshot.part"
        shutil.rmtree(part, ignore_errors=True)
        index.backup(str(part))
        part.rename(self.folder / str(1 + max(numbers, default=0)))
        for number in numbers[:-1]:
            with _locked(self.folder / f"{number}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as free:
                if free:
                    shutil.rmtree(self.folder / str(number))
                    (self.folder / f"{number}.lock").unlink()


@contextmanager
def open_index(folder: Path) -> Iterator[pyoxigraph.Store]:
    """The last snapshot of the index of the store in `folder`, to read; it stays while it is open.

    Raises StoreError where there is none.
    """
    root = folder / "index"
    for _ in range(3):  # a writer may take a snapshot away between our look and our lock
        number = max(_generations(root), default=None)
        if number is None:
            break
        with _locked(root / f"{number}.lock", fcntl.LOCK_SH):
            if (root / str(number)).is_dir():
                yield pyoxigraph.Store.read_only(str(root / str(number)))
                return
    raise StoreError(f"{folder}: has no index; make it by kg export {folder} --patch -")


class Scope:
    """Where quads may have changed.

    That is in the graphs of changed articles, about changed statements and between their ends, and in the collection's
    graph about changed entities and how statements are seen. `graph` is the excerpt that shows the changes.
    """

    def __init__(self, graph: KnowledgeGraph, changes: Changes, names: Names) -> None:
        self._collection = names.collection
        self._graphs = {names.article(id) for id in changes.articles}
        self._statements = {names.statement(id) for id in changes.statements}
        self._entities = {names.entity(id) for id in changes.entities}
        self._seen = {names.statement(id) for id in changes.seen}
        told = (graph.statements[id] for id in changes.statements if id in graph.statements)
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
            quads = index.quads_for_pattern(subject, None, object, name)
            yield from (restored(quad) for quad in quads if quad in self)


@cache
def _seen() -> frozenset[NamedNode]:
    return frozenset(map(term, SEEN))


def compare(
    index: pyoxigraph.Store, graph: KnowledgeGraph, changes: Changes, settings: Settings
) -> tuple[list[Quad], list[Quad]]:
    """The quads to take from the index and to add to it, sorted. `graph` is the excerpt that shows the changes."""
    scope = Scope(graph, changes, Names.of(settings))
    before = set(scope.before(index))
    after = {quad for quad in quads(graph, settings) if quad in scope}
    return sorted(before - after, key=str), sorted(after - before, key=str)


def restored(quad: Quad) -> Quad:
    """The quad as it was published: Oxigraph keeps an `xsd:nonNegativeInteger` as an `xsd:integer`.

    Nothing else that is published changes on its way through the index, and no plain `xsd:integer` is published.
    """
    node = quad.object
    if isinstance(node, Literal) and node.datatype == term("xsd:integer"):
        node = Literal(node.value, datatype=term("xsd:nonNegativeInteger"))
        return Quad(quad.subject, quad.predicate, node, quad.graph_name)
    return quad


def read_patch(path: Path) -> tuple[list[Quad], list[Quad]]:
    """The quads that the patch takes away, and those that it adds."""
    rows: dict[str, list[str]] = {"A": [], "D": []}
    with path.open(encoding="utf-8") as file:
        for line in file:
            rows.get(line[:1] if line[1:2] == " " else "", []).append(line[2:])
    removed, added = ([*pyoxigraph.parse("".join(rows[kind]), RdfFormat.N_QUADS)] for kind in ("D", "A"))
    return removed, added


def write_patches(store: Store, since: int | None, file: IO[str]) -> tuple[int, int]:
    """Writes what changed after change `since`, by default after the first export, and returns from where to where.

    Raises StoreError where the changes since then are not known.
    """
    paths = sorted((store.folder / "patches").glob("*.rdfp"))
    first = _span(paths[0])[0] if paths else store.derived.at
    since = first if since is None else since
    wanted = [path for path in paths if _span(path)[0] >= since]
    starts = {_span(path)[0] for path in paths} | {store.derived.at}
    if since not in starts:
        raise StoreError(
            f"{store.folder}: no patch begins at change {since}; export the whole graph, or name one of: "
            + ", ".join(map(str, sorted(starts)))
        )
    for path in wanted:
        with path.open(encoding="utf-8") as lines:
            shutil.copyfileobj(lines, file)
    return since, store.derived.at


def _write_patch(path: Path, removed: Iterable[Quad], added: Iterable[Quad], span: tuple[int, int]) -> None:
    lines = [f'H previous "{span[0]}" .', f'H id "{span[1]}" .', "TX ."]
    lines += [f"D {quad} ." for quad in removed]
    lines += [f"A {quad} ." for quad in added]
    _replace(path, "\n".join([*lines, "TC .", ""]))


def _replace(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _span(path: Path) -> tuple[int, int]:
    first, _, last = path.stem.partition("-")
    return int(first), int(last)


def _generations(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in folder.glob("*") if path.name.isdigit() and path.is_dir())


def _with(path: Path, work: Callable[[pyoxigraph.Store], None]) -> None:
    """Runs `work` on the index in `path`. Oxigraph gives its lock free when the last reference goes: here."""
    index = pyoxigraph.Store(str(path))
    try:
        work(index)
    finally:
        del index
        gc.collect()


@contextmanager
def _locked(path: Path, mode: int) -> Iterator[bool]:
    """Whether the lock could be had; held to the end of the block."""
    handle = os.open(path, os.O_RDONLY | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, mode)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)
