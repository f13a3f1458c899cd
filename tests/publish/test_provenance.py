"""However provenance is written, Oxigraph reads the same facts back."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import Status
from kg.publish import write
from kg.publish.rdf import dataset
from kg.schema import load_schema
from kg.settings import Settings
from tests.publish.atlas import atlas

PREFIXES = load_schema().prefixes
Facts = set[tuple[str, str, str]]
Sourced = set[tuple[str, str, str, str]]


def local(iri: str) -> str:
    return unquote(iri.removeprefix(load_schema().base).rpartition("#")[2])


def read(folder: Path, file: str, mode: str) -> ox.Store:
    write(atlas(), folder, Settings(provenance=mode), ["turtle", "trig", "jsonld", "ntriples"])
    store = ox.Store()
    store.load(path=str(folder / file))
    return store


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(local(cell.value) for cell in row if isinstance(cell, ox.NamedNode)) for row in found}


def direct(graph: KnowledgeGraph) -> Facts:
    """The asserted facts, symmetric ones both ways."""
    asserted = {(s.subject, s.relation, s.object) for s in graph.statements.values() if s.status is Status.ASSERTED}
    both = {r.name for r in load_schema().relations.values() if r.symmetric}
    return asserted | {(object, relation, subject) for subject, relation, object in asserted if relation in both}


RELATIONS = " ".join(f"kg:{name}" for name in load_schema().relations)


@pytest.mark.parametrize("mode", ["statements", "graphs", "rdf12", "none"])
@pytest.mark.parametrize("file", ["graph.ttl", "graph.nt", "graph.jsonld"])
def test_every_mode_has_the_direct_facts(tmp_path: Path, mode: str, file: str) -> None:
    store = read(tmp_path, file, mode)
    assert rows(store, f"SELECT ?s ?p ?o {{ VALUES ?p {{ {RELATIONS} }} ?s ?p ?o }}") == direct(atlas())


STATEMENTS = """SELECT ?s ?p ?o ?status ?a {
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status ; prov:wasDerivedFrom|kg:mentionedIn ?a }"""
REIFIERS = """SELECT ?s ?p ?o ?status ?a {
  ?st rdf:reifies <<( ?s ?p ?o )>> ; kg:status ?status ; prov:wasDerivedFrom|kg:mentionedIn ?a }"""


@pytest.mark.parametrize(("mode", "query"), [("statements", STATEMENTS), ("rdf12", REIFIERS)])
def test_statements_and_reifiers_tell_the_same(tmp_path: Path, mode: str, query: str) -> None:
    wanted = {
        (s.subject, s.relation, s.object, s.status.capitalize(), f"article/{e.article}")
        for s in atlas().statements.values()
        for e in s.evidence
    }
    assert rows(read(tmp_path, "graph.ttl", mode), query) == wanted


@pytest.mark.parametrize("mode", ["statements", "graphs", "rdf12"])
def test_the_articles_graphs_tell_who_says_so(tmp_path: Path, mode: str) -> None:
    query = f"SELECT ?a ?s ?p ?o {{ VALUES ?p {{ {RELATIONS} }} GRAPH ?a {{ ?s ?p ?o }} }}"
    told = {
        (f"article/{e.article}", s.subject, s.relation, s.object)
        for s in atlas().asserted
        for e in s.evidence
        if not load_schema().relations[s.relation].symmetric
    }
    assert told <= rows(read(tmp_path, "graph.trig", mode), query)


@pytest.mark.parametrize(
    ("mode", "absent"),
    [("graphs", "?x a kg:Statement"), ("none", "?x a kg:Statement"), ("none", "?x a schema:NewsArticle"),
     ("rdf12", "?x rdf:subject ?y")],
)  # fmt: skip
def test_no_more_is_written_than_was_asked_for(tmp_path: Path, mode: str, absent: str) -> None:
    assert not read(tmp_path, "graph.ttl", mode).query(f"ASK {{ {absent} }}", prefixes=PREFIXES)


@pytest.mark.parametrize("wrong", [lambda: dataset(atlas(), Settings(provenance="rdf12")),
                                   lambda: dataset(atlas(), Settings(provenance="quads"))])  # fmt: skip
def test_what_cannot_be_written_is_an_error(wrong: Callable[[], object]) -> None:
    with pytest.raises(StoreError, match="statements"):
        wrong()
