"""A small export, hostile names in it, and one server over it for the tests that only read."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status
from kg.publish import write
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from tests.serve.live import Live, serving

BASE = "https://w3id.org/newskg/id/"
ANA, BEN, FREE, SYLV = "person/ana-petrova", "person/ben-carter", "country/freedonia", "country/sylvania"
HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>'
TEXT = (
    "Ana Petrova, President of Freedonia, met Ben Carter in Sylvania on Monday. “We will build the railway,” she said. "
    "Trade between Freedonia and Sylvania reached $1.5 billion. Freedonia denied that it joined the League. "
    f"Ben Carter met {HOSTILE} there."
)
FIRST = Article.of(
    TEXT, id="first", title="A meeting in Sylvania", published="2026-02-27", url="https://news.example/first?a=1&b=2",
    publisher="The Example",
)  # fmt: skip
SECOND = Article.of(
    "The energy ministers talked. Ana Petrova met Ben Carter in March.", id="second", published="2026-03-02"
)


def proof(article: Article, sentence: str) -> Evidence:
    start = article.text.index(sentence)
    return Evidence(article.id, start, start + len(sentence), None, None, "test.rule", 0.9)


def small_graph() -> KnowledgeGraph:
    entities = [
        Entity(ANA, "Person", "Ana Petrová", ("Petrova", "Ана Петрова")),
        Entity(BEN, "Person", "Ben Carter", same_as=("http://www.wikidata.org/entity/Q2",)),
        Entity(FREE, "Country", "Freedonia", same_as=("http://www.wikidata.org/entity/Q1",)),
        Entity(SYLV, "Country", "Sylvania"),
        Entity("person/mallory", "Person", HOSTILE, ("=1+1",)),
        Entity("organization/league", "Organization", "League"),
        Entity("organization/club", "Organization", "Club"),
        Entity("quotation/q1", "Quotation", "We will build the railway,"),
        Entity("sector/energy", "Sector", "energy"),
    ]
    met = "Ana Petrova, President of Freedonia, met Ben Carter in Sylvania on Monday."
    statements = [
        Statement(ANA, "leaderOf", FREE, (("from", "2024"), ("role", "President")),
                  evidence=(proof(FIRST, met),), confidence=0.93),
        Statement(ANA, "metWith", BEN, (("date", "2026-02"), ("place", SYLV)), confidence=0.8,
                  evidence=(proof(FIRST, met), proof(SECOND, "Ana Petrova met Ben Carter in March."))),
        Statement(ANA, "said", "quotation/q1", evidence=(proof(FIRST, "“We will build the railway,” she said."),)),
        Statement(FREE, "tradeTurnover", SYLV,
                  (("amount", "1500000000"), ("currency", "USD"), ("value", "$1.5 billion")),
                  evidence=(proof(FIRST, "Trade between Freedonia and Sylvania reached $1.5 billion."),),
                  confidence=1.0),
        Statement(FREE, "memberOf", "organization/league", status=Status.DENIED, attributed_to=FREE,
                  evidence=(proof(FIRST, "Freedonia denied that it joined the League."),), confidence=0.5),
        Statement(BEN, "memberOf", "organization/club"),
        Statement(BEN, "metWith", "person/mallory", evidence=(proof(FIRST, f"Ben Carter met {HOSTILE} there."),)),
        Statement(FREE, "cooperatesIn", "sector/energy", confidence=0.4,
                  evidence=(proof(SECOND, "The energy ministers talked."),)),
    ]  # fmt: skip
    return KnowledgeGraph([FIRST, SECOND], entities, statements)


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write(small_graph(), folder)
    return folder


@pytest.fixture(scope="session")
def data(export: Path) -> Iterator[Dataset]:
    with Dataset.open(export) as dataset:
        yield dataset


@pytest.fixture(scope="session")
def live(data: Dataset) -> Iterator[Live]:
    with serving(data, Limits(workers=2, seconds=5)) as running:
        yield running


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0]


@dataclass
class Client:
    """Raw HTTP, so that no client library mends a request."""

    url: str
    kept: list[http.client.HTTPConnection] = field(default_factory=list)

    def __call__(self, method: str, path: str, body: bytes | None = None, timeout: float = 20, **headers: str) -> Reply:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=timeout)
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "application/sparql-results+json", timeout: float = 20) -> Reply:
        return self("POST", "/sparql", query.encode(), timeout, content_type="application/sparql-query", accept=accept)


@pytest.fixture
def get(live: Live) -> Client:
    return Client(live.url)


@pytest.fixture(scope="session")
def sink() -> Iterator[tuple[str, list[bytes]]]:
    """A web server that hands out RDF, and keeps what it is asked."""
    hits: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                with contextlib.suppress(OSError), listener.accept()[0] as connection:
                    hits.append(connection.recv(100))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x.ttl", hits
        stop.set()
        thread.join(2)
