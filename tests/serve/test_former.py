"""IRIs that the graph once had: merged ones lead on, removed ones are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.serve.dataset import FORMER, Dataset
from tests.serve.conftest import Client
from tests.serve.live import serving

BASE = "https://w3id.org/newskg/"
PREFIXES = f"""@prefix kg: <{BASE}ontology#> . @prefix p: <{BASE}id/person/> .
    @prefix dct: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . """


@pytest.fixture(params=["own", "beside"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    """A server that knows what became of IRIs: from the graph itself, or from the file beside it."""
    told = """p:anna owl:deprecated true ; dct:isReplacedBy p:ana . p:anya dct:isReplacedBy p:anna .
        p:zed owl:deprecated true . p:round dct:isReplacedBy p:about . p:about dct:isReplacedBy p:round .
        p:away dct:isReplacedBy <http://elsewhere.example/ana> ."""
    own = request.param == "own"
    graph = f'p:ana a kg:Person ; rdfs:label "Ana" . p:x%20y a kg:Person ; rdfs:label "X Y" . {told if own else ""}'
    (tmp_path / "graph.trig").write_text(f"{PREFIXES} <{BASE}id/graph/collection> {{ {graph} }}")
    if not own:
        (tmp_path / FORMER).write_text(PREFIXES + told)
    with Dataset.open(tmp_path) as dataset, serving(dataset) as running:
        yield Client(running.url)


def test_a_merged_entity_redirects_to_what_it_is_now(client: Client) -> None:
    for old in ("anna", "anya"):
        for root, ending in (("/id/", ""), ("/page/", ""), ("/data/", ".ttl"), ("/data/", ".nt")):
            moved = client("GET", f"{root}person/{old}{ending}")
            assert (moved.status, moved.headers["location"]) == (301, f"{root}person/ana{ending}")
            assert client("HEAD", f"{root}person/{old}{ending}").status == 301
    assert json.loads(client("GET", "/api/entity/person/anna").body)["id"] == "person/ana"
    assert client("GET", "/id/person/away").headers["location"] == "http://elsewhere.example/ana"


def test_a_removed_entity_is_gone(client: Client) -> None:
    for name in ("zed", "round"):
        for place in (f"/id/person/{name}", f"/page/person/{name}", f"/data/person/{name}.jsonld"):
            reply = client("GET", place)
            assert reply.status == 410 and "removed" in reply.text
        assert client("GET", f"/api/entity/person/{name}").status == 410


def test_former_names_stand_in_no_list_but_in_the_data(client: Client) -> None:
    assert "anna" not in client("GET", "/sitemap-1.xml").text
    found = json.loads(client("GET", "/api/entities?q=anna").body)["entities"]
    assert {hit["id"] for hit in found} == {"person/ana"}
    ask = "ASK { <person/anna> <http://purl.org/dc/terms/isReplacedBy> <person/ana> }"
    assert client.ask(ask, "text/csv").text == "true"


def test_a_path_with_an_escape_is_found(client: Client) -> None:
    assert client("GET", "/page/person/x%20y").status == 200
