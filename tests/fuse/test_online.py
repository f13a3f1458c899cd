"""Asking a Wikidata-compatible API: a stand-in on this machine answers, badly at times; a build always goes on."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.errors import KGError
from kg.fuse.endpoint import Bounds, Endpoint
from kg.fuse.online import link_online
from kg.model import Entity, Fused, Statement

LABELS = {"Q1": "Lake Foundation", "Q2": "Ana Petrova", "Q3": "Ana Petrova", "Q4": "Ben Carter", "Q5001": "Twin Hall",
          "Q5002": "Twin Hall", "Q7": "Lake Foundation"}  # fmt: skip
KINDS = {"Q1": "Q43229", "Q2": "Q5", "Q3": "Q101352", "Q4": "Q43229", "Q5001": "Q41176", "Q5002": "Q41176",
         "Q7": "Q4167410"}  # fmt: skip


@dataclass
class StandIn:
    """What the server does: `scripted` answers (status, headers, body) go first, then the truth."""

    scripted: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def answer(self, query: dict[str, str]) -> dict[str, object]:
        if query["action"] == "wbsearchentities":
            hits = [{"id": id, "label": name} for id, name in LABELS.items() if name == query["search"]]
            return {"search": [*hits, {"id": "Q99", "label": query["search"] + " Street"}], "success": 1}
        claims = {
            id: {"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": KINDS[id]}}}}]}}
            for id in query["ids"].split("|")
        }
        return {"entities": claims}


@pytest.fixture
def server() -> Iterator[StandIn]:
    told = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.seen.append((self.path, dict(self.headers)))
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            status, headers, body = (
                told.scripted.pop(0) if told.scripted else (200, {}, json.dumps(told.answer(query)).encode())
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{http.server_port}/w/api.php"
    yield told
    http.shutdown()
    http.server_close()
    thread.join()


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def now(self) -> float:
        return self.at


def endpoint(server: StandIn, folder: Path, **bounds: float) -> tuple[Endpoint, Clock]:
    clock = Clock()
    return Endpoint(server.url, folder, Bounds(**bounds), clock.sleep, clock.now), clock  # type: ignore[arg-type]


def fused(*names: tuple[str, str]) -> Fused:
    entities = [Entity(f"{kind.lower()}/{name.lower().replace(' ', '-')}", kind, name) for kind, name in names]
    return Fused((), tuple(sorted(entities, key=lambda e: e.id)), ())


def close(graph: Fused) -> dict[str, str]:
    return {e.name: iri.rpartition("/")[2] for e in graph.entities for iri in e.close_match}


def test_the_only_item_of_a_name_and_kind_is_close_and_never_the_same(server: StandIn, tmp_path: Path) -> None:
    client, _ = endpoint(server, tmp_path)
    names = [("Organization", "Lake Foundation"), ("Person", "Ana Petrova"), ("Person", "Ben Carter"),
             ("Place", "Twin Hall"), ("Person", "Nobody Known"), ("Event", "Lake Foundation")]  # fmt: skip
    found = link_online(fused(*names), client)
    assert close(found) == {"Lake Foundation": "Q1", "Ana Petrova": "Q2"}
    assert not any(entity.same_as for entity in found.entities)
    ana = next(entity for entity in found.entities if entity.name == "Ana Petrova")
    assert ana.notes == (("link-reason", f"the only one of its name at {urlsplit(server.url).netloc} (0.60)"),)


def test_what_is_linked_generic_or_one_name_is_not_asked_for(server: StandIn, tmp_path: Path) -> None:
    client, _ = endpoint(server, tmp_path)
    linked = Entity("country/oman", "Country", "Oman", same_as=("http://www.wikidata.org/entity/Q842",))
    graph = Fused((), (linked, *fused(("Person", "Ana"), ("Organization", "the ministry")).entities), ())
    assert link_online(graph, client) == graph
    assert server.seen == []


def test_the_most_told_of_is_asked_for_first(server: StandIn, tmp_path: Path) -> None:
    client, _ = endpoint(server, tmp_path, requests=2)
    graph = fused(("Organization", "Lake Foundation"), ("Person", "Ana Petrova"))
    graph = Fused((), graph.entities, (Statement("person/ana-petrova", "visited", "country/oman"),))
    assert close(link_online(graph, client)) == {"Ana Petrova": "Q2"}
    assert client.over == "2 requests were made" and len(server.seen) == 2


def test_it_says_who_it_is_and_takes_its_time(server: StandIn, tmp_path: Path) -> None:
    client, clock = endpoint(server, tmp_path, pause=1.5)
    link_online(fused(("Organization", "Lake Foundation"), ("Person", "Ana Petrova")), client)
    assert clock.slept == [1.5, 1.5, 1.5]
    assert all(headers["User-Agent"].startswith("kg/") for _, headers in server.seen)


def test_answers_are_kept_and_failures_are_not(server: StandIn, tmp_path: Path) -> None:
    server.scripted = [(500, {}, b"broken")]
    graph = fused(("Organization", "Lake Foundation"))
    assert close(link_online(graph, endpoint(server, tmp_path)[0])) == {}
    assert close(link_online(graph, endpoint(server, tmp_path)[0])) == {"Lake Foundation": "Q1"}
    asked = len(server.seen)
    again, _ = endpoint(server, tmp_path)
    assert close(link_online(graph, again)) == {"Lake Foundation": "Q1"}
    assert (again.asked, len(server.seen)) == (0, asked)
    for path in tmp_path.iterdir():
        path.write_text("no json", encoding="utf-8")
    assert close(link_online(graph, endpoint(server, tmp_path)[0])) == {"Lake Foundation": "Q1"}
    assert len(server.seen) == asked + 2


@pytest.mark.parametrize(("status", "wait"), [(429, "7"), (503, "Wed, 21 Oct 2015 07:28:00 GMT")])
def test_a_server_that_says_when_to_come_again_is_obeyed(
    server: StandIn, tmp_path: Path, status: int, wait: str
) -> None:
    server.scripted = [(status, {"Retry-After": wait}, b"")]
    client, clock = endpoint(server, tmp_path, pause=0.0)
    assert close(link_online(fused(("Organization", "Lake Foundation")), client)) == {"Lake Foundation": "Q1"}
    assert clock.slept[0] == (7.0 if wait == "7" else 0.0)


def test_a_server_that_wants_a_long_wait_is_left_alone(server: StandIn, tmp_path: Path) -> None:
    server.scripted = [(429, {"Retry-After": "3600"}, b"")]
    client, clock = endpoint(server, tmp_path)
    assert close(link_online(fused(("Organization", "Lake Foundation"), ("Person", "Ana Petrova")), client)) == {}
    assert len(server.seen) == 1 and clock.slept == []
    assert client.over == "the server asks to wait 3600 seconds"


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>no json"),
        (200, {}, b"[1, 2]"),
        (200, {}, b'{"error": {"code": "maxlag"}}'),
        (200, {}, b'{"search": ["odd", {"id": 7}, {"id": "X1", "label": "Lake Foundation"}]}'),
        (200, {}, b"{" + b" " * 5000 + b"}"),
        (404, {}, b""),
        (302, {"Location": "http://localhost:9/elsewhere"}, b""),
    ],
)
def test_odd_answers_are_no_link_and_no_error(
    server: StandIn, tmp_path: Path, answer: tuple[int, dict[str, str], bytes]
) -> None:
    server.scripted = [answer]
    client, _ = endpoint(server, tmp_path, size=4096)
    graph = fused(("Organization", "Lake Foundation"))
    assert link_online(graph, client) == graph
    assert len(server.seen) == 1


def test_a_dead_server_is_asked_three_times_at_most(tmp_path: Path) -> None:
    client = Endpoint("http://127.0.0.1:9/w/api.php", tmp_path, sleep=lambda _: None)
    graph = fused(*(("Organization", f"Lake Foundation {at}") for at in range(9)))
    assert link_online(graph, client) == graph
    assert client.asked == 3 and client.over == "3 requests failed in a row"


def test_the_time_is_bounded(server: StandIn, tmp_path: Path) -> None:
    client, clock = endpoint(server, tmp_path, seconds=5, pause=4)
    link_online(fused(*(("Organization", f"Lake Foundation {at}") for at in range(9))), client)
    assert client.over == "5 seconds are over" and clock.at <= 9


@pytest.mark.parametrize("url", ["file:///etc/passwd", "wikidata", "ftp://host/api"])
def test_only_http_is_an_address(url: str, tmp_path: Path) -> None:
    with pytest.raises(KGError, match="no http address"):
        Endpoint(url, tmp_path)
