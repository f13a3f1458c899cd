"""The clients that people use: SPARQLWrapper, pandas, rdflib's SPARQLStore, curl, a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from tests.serve.conftest import ANA
from tests.serve.live import Live

PEOPLE = (
    "SELECT ?s ?n { ?s a <https://w3id.org/newskg/ontology#Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?n }"
)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(live: Live, method: str) -> None:
    from SPARQLWrapper import CSV, JSON, RDFXML, TURTLE, XML, SPARQLWrapper

    wrapper = SPARQLWrapper(f"{live.url}sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(PEOPLE)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 3  # type: ignore[index, call-overload]
    wrapper.setReturnFormat(CSV)
    assert b"Ben Carter" in wrapper.queryAndConvert()  # type: ignore[operator]
    wrapper.setReturnFormat(XML)
    assert "Ben Carter" in wrapper.queryAndConvert().toxml()  # type: ignore[union-attr]
    wrapper.setQuery("ASK { ?s ?p ?o }")
    wrapper.setReturnFormat(JSON)
    assert wrapper.queryAndConvert()["boolean"] is True  # type: ignore[index, call-overload]
    for query in ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5", f"DESCRIBE <{ANA}>"):
        wrapper.setQuery(query)
        wrapper.setReturnFormat(TURTLE)
        assert b"<" in wrapper.queryAndConvert()  # type: ignore[operator]
        wrapper.setReturnFormat(RDFXML)
        assert len(wrapper.queryAndConvert()) >= 5  # type: ignore[arg-type]


def test_rdflib_sparql_store(live: Live) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph(SPARQLStore(f"{live.url}sparql"))
        assert len(list(graph.query(PEOPLE))) == 3
        node = rdflib.URIRef("https://w3id.org/newskg/id/" + ANA)
        assert str(graph.value(node, rdflib.RDFS.label)) == "Ana Petrová"


def test_rdflib_follows_an_identifier_to_its_data(live: Live) -> None:
    import rdflib

    graph = rdflib.Graph().parse(f"{live.url}id/{ANA}")
    assert (rdflib.URIRef("https://w3id.org/newskg/id/" + ANA), rdflib.RDFS.label, None) in graph


def test_pandas(live: Live) -> None:
    pandas = pytest.importorskip("pandas")
    from urllib.parse import urlencode

    table = pandas.read_csv(f"{live.url}sparql?" + urlencode({"query": PEOPLE, "format": "csv"}))
    assert list(table.columns) == ["s", "n"] and len(table) == 3


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(live: Live) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(
            ["curl", "-sS", *arguments], capture_output=True, text=True, timeout=20, check=True
        ).stdout

    assert "Ben Carter" in curl("-H", "Accept: text/csv", "--data-urlencode", f"query={PEOPLE}", f"{live.url}sparql")
    direct = ["-H", "Content-Type: application/sparql-query", "--data-binary", PEOPLE, f"{live.url}sparql"]
    assert '"Ben Carter"' in curl(*direct)
    assert "@prefix" in curl("-L", "-H", "Accept: text/turtle", f"{live.url}id/{ANA}")
    assert "HTTP/1.1 200" in curl("-I", f"{live.url}page/{ANA}")


COMUNICA = os.environ.get("KG_COMUNICA") or shutil.which("comunica-sparql")


@pytest.mark.skipif(not COMUNICA, reason="KG_COMUNICA names no comunica-sparql, from npm's @comunica/query-sparql 4")
def test_comunica(live: Live) -> None:
    """As an endpoint, and by following a resource's IRI to its data."""

    def comunica(source: str, query: str) -> list[dict[str, str]]:
        command = [str(COMUNICA), source, "-q", query, "-t", "application/json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        found: list[dict[str, str]] = json.loads(done.stdout)
        return found

    join = PEOPLE.replace("}", "; <https://w3id.org/newskg/ontology#metWith> ?o . FILTER(STRLEN(STR(?o)) > 9) }")
    assert len(comunica(f"{live.url}sparql", join)) == 4
    query = f"SELECT ?n {{ <https://w3id.org/newskg/id/{ANA}> <http://www.w3.org/2000/01/rdf-schema#label> ?n }}"
    assert comunica(f"{live.url}id/{ANA}", query) == [{"n": '"Ana Petrová"'}]


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_a_browser_runs_a_query(live: Live, tmp_path: Path) -> None:
    """The page's script runs the first example that is chosen; nothing is loaded from elsewhere."""

    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000", "--dump-dom",
        f"{live.url}?query=SELECT%20%3Fs%20%7B%3Fs%20a%20%3Chttps%3A%2F%2Fw3id.org%2Fnewskg%2Fontology%23Person%3E%7D#run",
    ]  # fmt: skip
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert 'href="/page/person/ana-petrova"' in found
    assert 'aria-pressed="true"' in found or "3 rows" in found
