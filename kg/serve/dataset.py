"""A store or an export opened for serving: its graph in an index on disk, and what the addresses need to know.

The store's default graph is the union of all graphs, written out: the engine's own union repeats a triple that several
articles state. An export is never written to: its index is a build product in a folder of its own. A store has one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.errors import StoreError
from kg.publish.former import former_iris
from kg.publish.html import write_html
from kg.publish.index import Mark, refreshed
from kg.publish.index_snapshots import last_snapshot
from kg.publish.iris import Names
from kg.schema import load_schema
from kg.settings import Settings
from kg.store import Store, is_store

GRAPH = "graph.trig"
FORMER = "former.ttl"  # beside it, if at all: IRIs that earlier exports had, from `kg export STORE --former`
EXPLORER = "graph.html"
EXPLORED = 5000  # articles; the explorer of a larger store would make its opening slow
_FORMATS = {".trig": ox.RdfFormat.TRIG, ".nq": ox.RdfFormat.N_QUADS, ".nt": ox.RdfFormat.N_TRIPLES}
_FORMATS |= {".ttl": ox.RdfFormat.TURTLE}
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_REPLACED = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
_DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")


class Dataset:
    """A graph ready to serve. Make one with `Dataset.open`, and `close` it to drop its store.

    `version` is a hash of the graph and the base, and so names its representations; `modified` is the file's own time.
    `source` is the base that the graph was built for, `base` the one it is served under.
    """

    def __init__(self, file: Path, path: Path, source: str, base: str, version: str) -> None:
        self.file, self.path, self.source, self.base, self.version = file, path, source, base, version
        self.former: Mapping[
            str, str | None
        ] = {}  # paths that a store's graph had once, and where they lead, if at all
        self._held = ExitStack()  # what keeps the path there
        self._held.callback(shutil.rmtree, path, ignore_errors=True)
        self.modified = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        self.store = ox.Store.read_only(str(path))

    @classmethod
    def open(cls, export: str | Path, base: str | None = None, *, union: bool = True) -> Dataset:
        """The dataset of a store, an export folder or one RDF file, with its resources under `base`.

        A store is read where its index lies, brought up to date first if it can be. `union` puts every triple of an
        export into the default graph too. Raises StoreError where there is no graph to read.
        """
        if is_store(export):
            return cls._kept(Path(export), base)
        file = Path(export) / GRAPH if Path(export).is_dir() else Path(export)
        if file.suffix not in _FORMATS or not file.is_file():
            raise StoreError(f"{export}: no {GRAPH} there; make one with `kg build NEWS -o {export}`")
        path = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        try:
            source = _source(file)
            base = base or source
            files = [part for part in dict.fromkeys((file, file.with_name(FORMER))) if part.is_file()]
            _load(files, path, {source: base} if base != source else {}, union)
            version = hashlib.sha256(b"".join(part.read_bytes() for part in files) + base.encode()).hexdigest()[:16]
            return cls(file, path, source, base, version)
        except (OSError, SyntaxError, ValueError) as error:
            shutil.rmtree(path, ignore_errors=True)
            raise StoreError(f"{file}: cannot be read as RDF: {error}") from error

    @classmethod
    def _kept(cls, folder: Path, base: str | None) -> Dataset:
        held = ExitStack()
        path = held.enter_context(last_snapshot(refreshed(folder)))
        file = folder / "index" / "mark.json"
        mark = Mark.of(file.parent)
        settings = mark.settings if mark else Settings()
        source = Names.of(settings).base
        if base and base != source:
            kept, path = ox.Store.read_only(str(path)), Path(tempfile.mkdtemp(prefix="kg-serve-"))
            _fill(path, _spread(iter(kept), {source: base}, union=False))
            held.close()
            held.callback(shutil.rmtree, path, ignore_errors=True)
        version = hashlib.sha256(file.read_bytes() + (base or source).encode()).hexdigest()[:16]
        dataset = cls(file, path, source, base or source, version)
        dataset._held = held
        with Store(folder) as store:
            found = former_iris(store, settings)
            if len(store.readings) <= EXPLORED and os.access(file.parent, os.W_OK):
                write_html(store.graph(), file.parent / EXPLORER, base=base or source)
        cut = len(source)
        dataset.former = {old.value[cut:]: now.value[cut:] if now else None for old, now in found.items()}
        return dataset

    def close(self) -> None:
        """Gives back the folder that the graph lies in; one made for it is dropped."""
        self._held.close()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes of the vocabularies, and the empty one for the resources."""
        return {**load_schema().prefixes, "": self.base}

    def has_graph(self, iri: str) -> bool:
        """Whether this IRI names a graph of the dataset."""
        try:
            return self.store.contains_named_graph(ox.NamedNode(iri))
        except ValueError:
            return False

    def resource(self, path: str, raw: str = "") -> ox.NamedNode | None:
        """The resource at a path below the base, `raw` as the client wrote it; None where nothing is said of it."""
        for tail in dict.fromkeys((raw, path, quote(unquote(path), safe="/-._~"))):
            try:
                node = ox.NamedNode(self.base + tail)
            except ValueError:
                continue
            if tail and self.described(node):
                return node
        return None

    def described(self, node: ox.NamedNode) -> bool:
        """Whether the dataset says anything of the resource."""
        found = self.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        return next(found, None) is not None

    def standing(self, node: ox.NamedNode) -> ox.NamedNode | None:
        """What stands for a resource today: itself, what has replaced it, or None where it was taken out."""
        seen: set[ox.NamedNode] = set()
        while others := self._replacing(node):
            seen.add(node)
            node = others[0]
            if node in seen:  # a circle leads nowhere
                return None
        dead = self.store.quads_for_pattern(node, _DEPRECATED, None, ox.DefaultGraph())
        gone = any(isinstance(quad.object, ox.Literal) and quad.object.value in ("true", "1") for quad in dead)
        return None if gone else node

    def _replacing(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        found = self.store.quads_for_pattern(node, _REPLACED, None, ox.DefaultGraph())
        return sorted((quad.object for quad in found if isinstance(quad.object, ox.NamedNode)), key=str)

    def path_of(self, iri: str) -> str | None:
        """The path below the base, None for what is not ours."""
        return iri[len(self.base) :] or None if iri.startswith(self.base) else None

    def paths(self) -> frozenset[str]:
        """The paths of the resources that stand for something outside: all but evidence and its passages."""
        return self._paths

    @cached_property
    def _paths(self) -> frozenset[str]:
        typed = self.store.quads_for_pattern(None, _TYPE, None, ox.DefaultGraph())
        paths = (self.path_of(quad.subject.value) for quad in typed if isinstance(quad.subject, ox.NamedNode))
        return frozenset(path for path in paths if path and not path.startswith(("evidence/", "passage/")))

    def triples(self, node: ox.NamedNode) -> list[ox.Triple]:
        """What is said of a resource, with the nodes that only its own description reaches: evidence, selectors.

        Sorted, so that the same data give the same bytes.
        """
        found: dict[ox.Triple, None] = {}
        todo = [node]
        for subject in todo:
            for quad in self.store.quads_for_pattern(subject, None, None, ox.DefaultGraph()):
                found[quad.triple] = None
                inner = self.path_of(quad.object.value) if isinstance(quad.object, ox.NamedNode) else None
                if inner and inner.startswith(("evidence/", "passage/")) and quad.object not in todo:
                    todo.append(quad.object)  # type: ignore[arg-type]
        return sorted(found, key=str)


def _quads(file: Path) -> Iterator[ox.Quad]:
    yield from ox.parse(path=str(file), format=_FORMATS[file.suffix])


def _source(file: Path) -> str:
    """The base that most typed resources of ours share: their IRI less `kind/slug`."""
    namespace, bases = load_schema().namespace, Counter[str]()
    for count, quad in enumerate(_quads(file)):
        if (
            quad.predicate == _TYPE
            and isinstance(quad.object, ox.NamedNode)
            and quad.object.value.startswith(namespace)
        ):
            bases[quad.subject.value.rsplit("/", 2)[0] + "/"] += 1  # type: ignore[union-attr]
        if count > 200_000:
            break
    return max(bases, key=lambda base: (bases[base], base)) if bases else load_schema().base


def _load(files: Iterable[Path], path: Path, moved: Mapping[str, str], union: bool) -> None:
    _fill(path, chain.from_iterable(_spread(_quads(file), moved, union) for file in files))


def _fill(path: Path, quads: Iterable[ox.Quad]) -> None:
    store = ox.Store(str(path))
    store.bulk_extend(quads)
    store.flush()
    store.optimize()


def _spread(quads: Iterator[ox.Quad], moved: Mapping[str, str], union: bool) -> Iterator[ox.Quad]:
    """Each quad with its IRIs moved to the new base, and once more in the default graph."""

    def move(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> object:
        if isinstance(term, ox.NamedNode):
            for old, new in moved.items():
                if term.value.startswith(old):
                    return ox.NamedNode(new + term.value[len(old) :])
        elif isinstance(term, ox.Triple):
            return ox.Triple(*map(move, term))  # type: ignore[arg-type]
        return term

    for quad in quads:
        if moved:
            quad = ox.Quad(*map(move, quad))  # type: ignore[arg-type]
        yield quad
        if union and not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
