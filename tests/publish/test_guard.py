"""What the query's text may not do, in every spelling: whatever the guard lets through makes no call."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.publish.guard import Refusal, examine
from kg.publish.sparql import Export

URL = "http://127.0.0.1:47808/"  # a stand-in; the texts are only read
CALLS = [
    f"SELECT * {{ SERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent<{URL}>{{?s ?p ?o}} }}",
    f"SELECT * {{ VALUES ?g {{ <{URL}> }} SERVICE SILENT ?g {{ ?s ?p ?o }} }}",
    f"SELECT * {{ S\\u0045RVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\U00000053ERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"PREFIX : <{URL}> SELECT * {{ SERVICE:x{{?s ?p ?o}} }}",
    f"PREFIX : <{URL}> SELECT * {{ SERVICESILENT:x{{?s ?p ?o}} }}",
    f"SELECT * {{ ?s ?p trueSERVICE<{URL}>{{?s ?p ?o}} }}",
    f"SELECT * {{ ?s ?p 1SERVICE<{URL}>{{?s ?p ?o}} }}",
    f"SELECT * {{ ?s ?p 1.SERVICE<{URL}>{{?s ?p ?o}} }}",
    "SELECT * { BIND(<http://x> AS ?x) BIND(1 AS ?a) FILTER(?a<?b)SERVICE?x#>\n{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE?x#>\n{ ?s ?p ?o } }",
    f"ASK {{ FILTER EXISTS {{ SERVICE<{URL}>{{}} }} }}",
    f"ASK {{ FILTER(1 < 2 && EXISTS {{ {{ SELECT * {{ SERVICE <{URL}> {{}} }} }} }}) }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ OPTIONAL {{ SERVICE <{URL}> {{ ?s ?p ?o }} }} }}",
    f"DESCRIBE ?s WHERE {{ # a comment\n SERVICE # another\n <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p 'it''s' . SERVICE <{URL}> {{}} }}",
    f"SELECT * {{ ?s ?p '''a'b''' . SERVICE <{URL}> {{}} }}",
]
HARMLESS = [
    "SELECT * { ?service ?p ?o }",
    "SELECT * { ?s <http://example.org/service> ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:of ?o ; ?p service:x }",
    "PREFIX service: <http://example.org/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'SERVICE <http://x> {}' }",
    "SELECT * { ?s ?p 'customer service'@en-service }",
    "SELECT * { # SERVICE <http://x>\n ?s ?p ?o }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > 3) }",
    "SELECT * { VALUES (?a ?b) { (<http://x> <http://x/service>) } ?a ?p ?b }",
    "SELECT * { ?s ?p ?o FILTER(?o IN (<http://a/service>, <http://b#service>)) }",
    "PREFIX e: <http://e/> SELECT * { ?s e:p\\-q ?o . ?o e:a%20b 1.5e3 FILTER(-1 < +?o) }",
    "SELECT (COUNT(*) AS ?n) { ?s (<a>/<b>|^<c>)* ?o } GROUP BY ?s HAVING(COUNT(*) > 1)",
    'SELECT * { ?s ?p """long "quoted" text""" , \'\'\'a\'b\'\'\' }',
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_refused_in_every_spelling(query: str) -> None:
    with pytest.raises(Refusal, match="SERVICE is refused") as caught:
        examine(query)
    assert caught.value.status == 403


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_elsewhere_is_no_call(query: str) -> None:
    assert examine(query, "http://base/").form == "SELECT"
    ox.Store().query(query, base_iri="http://base/")


@pytest.mark.parametrize("word", "INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
def test_updates_are_refused(word: str) -> None:
    for text in (f"{word} <http://x>", f"# note\nPREFIX a: <http://a>\n{word.lower()} <http://x>"):
        with pytest.raises(Refusal, match="read-only") as caught:
            examine(text)
        assert caught.value.status == 403


@pytest.mark.parametrize("open, close", ["{}", "()", "[]"])
def test_depth_is_refused_before_the_engine_sees_it(open: str, close: str) -> None:
    with pytest.raises(Refusal) as caught:
        examine("SELECT * {" + open * 20_000 + close * 20_000 + "}")
    assert caught.value.status == 413
    examine("SELECT * {" + "{" * 150 + "}" * 150 + "}")


def test_length_is_refused() -> None:
    with pytest.raises(Refusal, match="longer than 100,000 bytes"):
        examine("SELECT * {} #" + "x" * 100_000)


def test_graphs_of_the_query_are_absolute() -> None:
    text = "BASE <http://b/c/> PREFIX e: <http://e/> SELECT * FROM <d> FROM e:f FROM NAMED <../g> WHERE { ?s ?p ?o }"
    found = examine(text)
    assert found.default_graphs == ("http://b/c/d", "http://e/f")
    assert found.named_graphs == ("http://b/g",)
    assert examine("ASK from<file:///etc/passwd>{}").default_graphs == ("file:///etc/passwd",)
    assert examine("ASK FROM <\\u0066ile:///x> {}").default_graphs == ("file:///x",)


def test_many_ambiguous_comparisons_are_refused_not_followed_for_ever() -> None:
    text = "SELECT * { FILTER(" + "&&".join(f"?a{i}<?b&&?c>?d" for i in range(3000)) + ") }"
    with pytest.raises(Refusal, match="ambiguous"):
        examine(text)


@pytest.fixture(scope="module")
def sink() -> Iterator[tuple[str, list[str]]]:
    """A listener that counts who calls."""
    hits: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    continue
                with connection:
                    hits.append("call")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", hits
        stop.set()
        thread.join(2)


PIECES = [
    "SERVICE", "service", "SILENT", "ſERVICE", "S\\u0045RVICE", " ", "\n", "", "<URL>", ":x", "?g", "true", "1", "1.",
    "'a'", "FILTER(?a<?g)", "FILTER(1<2)", "#>\n", "# x\n", "a", ".", ";", "OPTIONAL", "UNION", "MINUS", "{", "}", "{}",
    "{?s ?p ?o}", "?s ?p ", "VALUES ?g {<URL>}", "BIND(<URL> AS ?g)", "(", ")", "[]", "@en", "^^", "_:b", "''", "'''",
]  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_what_the_guard_lets_through_calls_nobody(sink: tuple[str, list[str]], pieces: list[str]) -> None:
    url, hits = sink
    query = f"PREFIX : <{url}> SELECT * {{ VALUES ?g {{ <{url}> }} " + "".join(pieces).replace("URL", url) + " }"
    try:
        examine(query)
    except Refusal:
        return
    with contextlib.suppress(SyntaxError, ValueError, OSError, RuntimeError):
        list(ox.Store().query(query))  # type: ignore[arg-type]
    assert hits == [], query


@pytest.mark.parametrize("query", CALLS)
def test_an_export_asks_nobody_else(query: str) -> None:
    with pytest.raises(Refusal, match="SERVICE is refused"):
        Export.of(KnowledgeGraph()).ask(query)
