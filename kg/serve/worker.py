"""The process that runs readers' queries: `python -m kg.serve.worker MEMORY STORE`. Killed and replaced at will.

Frames on standard input and output: four bytes of length, then JSON; an answer's body follows its frame raw. A request
names the store's folder, so one worker can follow a store that is swapped. One query at a time, on a thread with a
large stack, for the engine recurses over the query. Imports little: it must start in a few dozen milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import re
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.serve.sandbox import enter

STACK = 256 * 2**20
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
# How a row looks in each format; strings are escaped in all of them, so a literal cannot look like a row.
_ROWS: dict[str, Callable[[bytes], int]] = {
    "json": lambda body: len(re.findall(rb'[\[}][,]?\{"[^"\\,}]+":\{"type"', body)),
    "xml": lambda body: body.count(b"<result>"),
    "csv": lambda body: re.sub(rb'"[^"]*"', b"", body).count(b"\n") - 1,
    "tsv": lambda body: body.count(b"\n") - 1,
}


# What XML cannot say, not even escaped; the engine writes it raw.
_UNSPEAKABLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class TooMuch(Exception):
    """The answer is larger than its bounds."""


class _Body:
    """Collects what the engine writes, up to `size` bytes."""

    def __init__(self, size: int) -> None:
        self.parts: list[bytes] = []
        self.left = size

    def write(self, part: bytes) -> int:
        self.left -= len(part)
        if self.left < 0:
            raise TooMuch("size")
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""


def _counted(triples: Iterator[ox.Triple], rows: int) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples):
        if count >= rows:
            raise TooMuch("rows")
        yield triple


def _graphs(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def answer(store: ox.Store, request: dict[str, Any]) -> bytes:
    """The serialized answer. Raises SyntaxError, ValueError or OSError from the engine, TooMuch beyond the bounds."""
    found = store.query(
        request["query"],
        base_iri=request.get("base"),
        default_graph=_graphs(request.get("default")),
        named_graphs=_graphs(request.get("named")),
    )
    body = _Body(request["size"])
    if isinstance(found, ox.QueryTriples):
        triples = dict.fromkeys(_counted(found, request["rows"]))  # a graph is a set; the engine repeats itself
        ox.serialize(triples, body, format=_GRAPHS[request["format"]], prefixes=request.get("shown"))  # type: ignore[arg-type]
        return _spoken(b"".join(body.parts), request["format"])
    found.serialize(body, format=_RESULTS[request["format"]])  # type: ignore[arg-type]
    whole = b"".join(body.parts)
    if isinstance(found, ox.QuerySolutions) and _ROWS[request["format"]](whole) > request["rows"]:
        raise TooMuch("rows")
    return _spoken(whole, request["format"])


def _spoken(body: bytes, form: str) -> bytes:
    """The answer with U+FFFD for characters that would make its XML unreadable."""
    return _UNSPEAKABLE.sub("\ufffd".encode(), body) if form in ("xml", "rdfxml") else body


def _reply(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    frame = json.dumps({**header, "length": len(body)}).encode()
    out.write(struct.pack(">I", len(frame)) + frame + body)
    out.flush()


def serve(source: BinaryIO, out: BinaryIO, walls: list[str], path: str) -> None:
    """Answers requests until the source ends; says that it is ready when the store is open, before any query waits."""
    store = None
    with contextlib.suppress(OSError):
        store = ox.Store.read_only(path)
    _reply(out, {"walls": walls})
    while head := source.read(4):
        request = json.loads(source.read(struct.unpack(">I", head)[0]))
        try:
            if store is None or request["store"] != path:
                path, store = request["store"], ox.Store.read_only(request["store"])
            body = answer(store, request)
        except TooMuch as error:
            _reply(out, {"error": "too much", "message": str(error)})
        except (SyntaxError, ValueError) as error:
            _reply(out, {"error": "syntax", "message": str(error)})
        except MemoryError:
            _reply(out, {"error": "memory", "message": ""})
        except RuntimeError as error:  # a function that the engine lacks
            _reply(out, {"error": "syntax", "message": str(error)})
        except Exception as error:
            _reply(out, {"error": "engine", "message": str(error)})
        else:
            _reply(out, {}, body)


def main() -> None:
    """Raises the walls, then serves on a thread of its own."""
    walls = enter(int(sys.argv[1]) + STACK // 2**20)
    threading.stack_size(STACK)
    thread = threading.Thread(target=serve, args=(sys.stdin.buffer, sys.stdout.buffer, walls, sys.argv[2]), daemon=True)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
