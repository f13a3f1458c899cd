"""Loads an export into a triple store elsewhere, graph by graph, and goes on where it stopped.

Two protocols: the Graph Store Protocol (`PUT …?graph=IRI` with Turtle) and SPARQL Update (`DROP GRAPH`, `INSERT DATA`).
Each named graph replaces the one of the same name, so a push may be repeated; other graphs of the store are left alone.
The state file keeps a hash of each graph that has arrived. Addresses, with the stores' usual ports, and their sources:

    Oxigraph   http://localhost:7878/store                                  http://localhost:7878/update
    Virtuoso   http://localhost:8890/sparql-graph-crud-auth                 http://localhost:8890/sparql-auth
    Fuseki     http://localhost:3030/DATASET/data                           http://localhost:3030/DATASET/update
    GraphDB    http://localhost:7200/repositories/NAME/rdf-graphs/service   http://localhost:7200/repositories/NAME/statements
    QLever     http://localhost:7001/                                       http://localhost:7001/

Oxigraph and Virtuoso are tested as real servers. The others' addresses were read, not tried: Fuseki's are the services
of a dataset made on its command line (https://jena.apache.org/documentation/fuseki2/fuseki-config-endpoint.html),
GraphDB's those of RDF4J's REST interface, which it takes over (https://rdf4j.org/documentation/reference/rest-api/),
QLever's from its sources: one address for all, PUT since January 2026
(https://github.com/ad-freiburg/qlever/issues/2661), a token in `Authorization: Bearer`, here KG_TOKEN.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox

from kg.errors import StoreError
from kg.serve.dataset import GRAPH

log = logging.getLogger(__name__)
Protocol = Literal["graph-store", "update"]
_PART = 4 * 2**20  # bytes of N-Triples in one INSERT DATA
_TRIES = 4
_AGAIN = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: the store's address, how it is spoken to, and who we are: `user:password`, or a bearer's token."""

    url: str
    protocol: Protocol = "graph-store"
    login: str | None = None
    token: str | None = None
    timeout: float = 120.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs and triples sent, graphs that were there already."""

    graphs: int
    triples: int
    skipped: int


class _NoRedirect(HTTPRedirectHandler):
    """A store that answers PUT with a redirect must be named itself: the password goes to no other host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def push(
    export: str | Path, target: Target, state: Path | None = None, sent: Callable[[str], None] = lambda graph: None
) -> Pushed:
    """Sends every graph of an export that has not arrived unchanged before; calls `sent` after each.

    `state` defaults to `.pushed-….json` in the export. Raises StoreError: no graph there, or the store refuses; what
    has arrived is kept in the state, and the same call goes on from there.
    """
    file = Path(export) / GRAPH if Path(export).is_dir() else Path(export)
    if not file.is_file():
        raise StoreError(f"{export}: no {GRAPH} there; make one with `kg build NEWS -o {export}`")
    if urlsplit(target.url).scheme not in ("http", "https"):
        raise StoreError(f"{target.url}: give the store's http or https address")
    state = state or file.parent / f".pushed-{hashlib.sha256(target.url.encode()).hexdigest()[:12]}.json"
    done, opener = _read(state), _opener(target)
    graphs = triples = skipped = 0
    for name, rows in _graphs(file):
        body = ox.serialize(rows, format=ox.RdfFormat.N_TRIPLES) or b""
        mark = hashlib.sha256(body).hexdigest()[:16]
        if done.get(name) == mark:
            skipped += 1
            continue
        _send(target, opener, name, body)
        done[name] = mark
        _write(state, done)
        graphs, triples = graphs + 1, triples + len(rows)
        sent(name)
    return Pushed(graphs, triples, skipped)


def _read(state: Path) -> dict[str, str]:
    try:
        found = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def _write(state: Path, done: Mapping[str, str]) -> None:
    part = state.with_name(state.name + ".part")
    part.write_text(json.dumps(done, sort_keys=True, indent=0), encoding="utf-8")
    os.replace(part, state)


def _graphs(file: Path) -> Iterator[tuple[str, list[ox.Triple]]]:
    """(name, sorted triples) of each graph, by name; the default graph's name is empty."""
    found: dict[str, set[ox.Triple]] = {}
    try:
        for quad in ox.parse(path=str(file)):
            name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            found.setdefault(name, set()).add(quad.triple)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{file}: cannot be read as RDF: {error}") from error
    for name in sorted(found):
        yield name, sorted(found[name], key=str)


def _opener(target: Target) -> OpenerDirector:
    """Answers a challenge for a password, Basic or Digest; without one the password is not sent."""
    passwords = HTTPPasswordMgrWithDefaultRealm()
    if target.login:
        user, _, word = target.login.partition(":")
        passwords.add_password(None, target.url, user, word)
    return build_opener(_NoRedirect(), HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))


def _send(target: Target, opener: OpenerDirector, name: str, body: bytes) -> None:
    if target.protocol == "update":
        start = f"DROP SILENT GRAPH <{name}>" if name else "DROP DEFAULT"
        _call(target, opener, "POST", target.url, start.encode(), "application/sparql-update")
        for part in _parts(body):
            open, close = (f"GRAPH <{name}> {{\n", "}") if name else ("", "")
            text = f"INSERT DATA {{ {open}".encode() + part + f"{close} }}".encode()
            _call(target, opener, "POST", target.url, text, "application/sparql-update")
        return
    query = urlencode({"graph": name}, quote_via=quote) if name else "default"
    joint = "&" if urlsplit(target.url).query else "?"
    # N-Triples is Turtle, and Turtle is what every store must take.
    _call(target, opener, "PUT", f"{target.url}{joint}{query}", body, "text/turtle")


def _parts(body: bytes) -> Iterator[bytes]:
    part: list[bytes] = []
    size = 0
    for line in body.splitlines(keepends=True):
        part.append(line)
        size += len(line)
        if size > _PART:
            yield b"".join(part)
            part, size = [], 0
    if part:
        yield b"".join(part)


def _call(target: Target, opener: OpenerDirector, method: str, url: str, body: bytes, media: str) -> None:
    """One request, again after a moment where the store is busy or out of reach. Raises StoreError."""
    headers = {"Content-Type": media, "Accept": "*/*", "User-Agent": "kg"}
    if target.token:
        headers["Authorization"] = f"Bearer {target.token}"
    for attempt in range(1, _TRIES + 1):
        try:
            with opener.open(Request(url, body, headers, method=method), timeout=target.timeout) as reply:
                reply.read()
            return
        except HTTPError as error:
            told = " ".join(error.read(500).decode("utf-8", "replace").split())
            if error.code not in _AGAIN or attempt == _TRIES:
                raise StoreError(f"{url}: the store answered {error.code}: {told or error.reason}") from error
        except (URLError, OSError) as error:
            if attempt == _TRIES:
                raise StoreError(f"{url}: the store cannot be reached: {error}; is the address right?") from error
        time.sleep(0.25 * 2**attempt)
