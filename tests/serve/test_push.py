"""Loading other stores: Oxigraph's own server as a real one, and a store that fails on the way."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.publish import write
from kg.serve.push import Protocol, Target, push
from tests.serve.conftest import Client, small_graph
from tests.serve.stores import oxigraph, virtuoso


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with oxigraph() as (url, _):
        yield url


def stored(folder: Path) -> set[ox.Quad]:
    """The export as Oxigraph keeps it: it writes numbers canonically."""
    store = ox.Store()
    store.load(path=str(folder / "graph.trig"))
    return set(store)


def held(url: str) -> set[ox.Quad]:
    reply = Client(url)("GET", "/store", accept="application/n-quads")
    return set(ox.parse(reply.body, format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize(("protocol", "path"), [("graph-store", "store"), ("update", "update")])
def test_a_store_holds_the_export(export: Path, store: str, tmp_path: Path, protocol: Protocol, path: str) -> None:
    target = Target(store + path, protocol)
    wanted = stored(export)
    first = push(export, target, tmp_path / "state.json")
    assert held(store) == wanted
    assert (first.graphs, first.triples, first.skipped) == (3, len(wanted), 0)
    again = push(export, target, tmp_path / "state.json")
    assert (again.graphs, again.skipped) == (0, 3)


def test_a_changed_graph_replaces_the_old_one(export: Path, store: str, tmp_path: Path) -> None:
    target, state = Target(store + "store"), tmp_path / "state.json"
    push(export, target, state)
    write(small_graph().select(lambda s: s.relation != "said"), tmp_path / "new")
    sent: list[str] = []
    push(tmp_path / "new", target, state, sent.append)
    assert held(store) == stored(tmp_path / "new")
    assert sent == ["https://w3id.org/newskg/id/article/first", "https://w3id.org/newskg/id/graph/collection"]


def test_a_push_goes_on_after_the_store_was_down(export: Path, tmp_path: Path) -> None:
    """The store is killed after the first graph, and comes back with what it had."""
    wanted, state, sent = stored(export), tmp_path / "state.json", list[str]()

    def kill(graph: str) -> None:
        sent.append(graph)
        process.kill()

    with oxigraph(tmp_path / "data") as (url, process), pytest.raises(StoreError, match="cannot be reached"):
        push(export, Target(url + "store"), state, kill)
    assert len(sent) == 1
    with oxigraph(tmp_path / "data", int(url.rstrip("/").rpartition(":")[2])) as (url, _):
        done = push(export, Target(url + "store"), state)
        assert (done.graphs, done.skipped) == (2, 1)
        assert held(url) == wanted


@pytest.fixture(scope="module")
def dba(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.mark.parametrize(("protocol", "path"), [("graph-store", "sparql-graph-crud-auth"), ("update", "sparql-auth")])
def test_virtuoso_holds_the_export(export: Path, dba: str, tmp_path: Path, protocol: Protocol, path: str) -> None:
    target, state = Target(dba + path, protocol, "dba:dba"), tmp_path / "state.json"
    for _ in range(2):  # a second time over what is there
        assert push(export, target, state).graphs == 3
        for name in ("article/first", "article/second", "graph/collection"):
            query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <https://w3id.org/newskg/id/{name}> {{ ?s ?p ?o }} }}"
            reply = Client(dba)("GET", "/sparql?" + urlencode({"query": query, "format": "text/csv"}))
            wanted = sum(1 for quad in stored(export) if quad.graph_name.value.endswith(name))  # type: ignore[union-attr]
            assert int(reply.text.split()[1].strip('"')) == wanted
        state.unlink()


class Failing(http.server.BaseHTTPRequestHandler):
    """Takes a graph, then fails; each request is kept."""

    seen: ClassVar[list[tuple[str, str, str | None]]] = []
    status: ClassVar[list[int]] = []
    challenge: ClassVar[bool] = False

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        if Failing.challenge and not self.headers["authorization"]:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        Failing.seen.append((self.path, self.headers["content-type"], self.headers["authorization"]))
        self.send_response(Failing.status.pop(0) if Failing.status else 204)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def failing() -> Iterator[str]:
    Failing.seen, Failing.status, Failing.challenge = [], [], False
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Failing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/rdf?repository=x"
        server.shutdown()


def test_a_push_goes_on_where_it_stopped(export: Path, failing: str, tmp_path: Path) -> None:
    Failing.status = [204, 403]
    target, state = Target(failing, login="me:secret"), tmp_path / "state.json"
    with pytest.raises(StoreError, match="answered 403"):
        push(export, target, state)
    done = push(export, target, state)
    assert (done.graphs, done.skipped) == (2, 1)
    paths = [path for path, _, _ in Failing.seen]
    assert len(paths) == 4 and len(set(paths)) == 3
    assert all(path.startswith("/rdf?repository=x&graph=https%3A%2F%2F") for path in paths)
    assert {auth for _, _, auth in Failing.seen} == {None}, "nobody asked for the password"


def test_a_challenge_is_answered(export: Path, failing: str, tmp_path: Path) -> None:
    Failing.challenge = True
    assert push(export, Target(failing, login="me:secret"), tmp_path / "state.json").graphs == 3
    assert {auth for _, _, auth in Failing.seen} == {"Basic bWU6c2VjcmV0"}
    with pytest.raises(StoreError, match="answered 401"):
        push(export, Target(failing), tmp_path / "other.json")


def test_a_token_is_sent_and_follows_no_redirect(export: Path, failing: str, tmp_path: Path) -> None:
    assert push(export, Target(failing, token="abc"), tmp_path / "state.json").graphs == 3
    assert {auth for _, _, auth in Failing.seen} == {"Bearer abc"}
    Failing.status = [302]
    with pytest.raises(StoreError, match="answered 302"):
        push(export, Target(failing, token="abc"), tmp_path / "other.json")


def test_a_busy_store_is_asked_again(export: Path, failing: str, tmp_path: Path) -> None:
    Failing.status = [503]
    assert push(export, Target(failing), tmp_path / "state.json").graphs == 3
    assert len(Failing.seen) == 4


def test_a_redirect_is_not_followed(export: Path, failing: str, tmp_path: Path) -> None:
    Failing.status = [302]
    with pytest.raises(StoreError, match="answered 302"):
        push(export, Target(failing, login="me:secret"), tmp_path / "state.json")


@pytest.mark.parametrize("url", ["file:///tmp/x", "ftp://x/", "nonsense"])
def test_only_web_addresses(export: Path, url: str) -> None:
    with pytest.raises(StoreError, match="http"):
        push(export, Target(url))
