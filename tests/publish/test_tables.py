"""CSV that a spreadsheet may open, GraphML and NetworkX that other tools read."""

import csv
from pathlib import Path

import networkx
import pytest

from kg.graph import KnowledgeGraph, to_networkx
from kg.model import Entity
from kg.publish import write
from kg.publish.tables import safe
from kg.settings import Settings


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "\x00=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell).startswith("'")


def test_statements_table(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(graph, tmp_path, formats=["statements", "entities"])
    with (tmp_path / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["relation"], row["status"]): row for row in csv.DictReader(file)}
    assert len(rows) == len(graph.statements)
    trade = rows["tradeTurnover", "asserted"]
    assert (trade["subject_name"], trade["value"], trade["confidence"]) == ("Freedonia", "$1.5 billion", "1.0000")
    assert trade["qualifiers"] == "amount: 1500000000 | currency: USD"
    assert trade["sentence"] == "Trade between Freedonia and Sylvania reached $1.5 billion."
    assert rows["leaderOf", "asserted"]["articles"] == "first | second / ü"
    assert rows["memberOf", "denied"]["attributed_to"] == "country/freedonia"
    with (tmp_path / "entities.csv").open(encoding="utf-8", newline="") as file:
        ana = next(row for row in csv.DictReader(file) if row["id"] == "person/ana-petrova")
    assert ana["iri"] == "https://w3id.org/newskg/id/person/ana-petrova"
    assert (ana["aliases"], ana["facts"]) == ("Petrova | Ана Петрова", "3")


def test_a_second_process_writes_the_same(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = write(graph, tmp_path / "alone", Settings(processes=1))
    monkeypatch.setattr("kg.publish.HELPED_FROM", 0)
    helped = write(graph, tmp_path / "helped", Settings(processes=2))
    assert [path.name for path in helped] == [path.name for path in alone]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(helped, alone, strict=True))


def test_networkx_carries_facts_and_evidence(graph: KnowledgeGraph) -> None:
    network = to_networkx(graph)
    assert network.nodes["country/freedonia"]["type"] == "Country"
    (led,) = [told for *_, told in network.edges(data=True) if told["relation"] == "leaderOf"]
    assert led["confidence"] == 0.93 and led["dates"] == ("2026-02-30", "2030")
    assert [proof["published"] for proof in led["evidence"]] == ["2026-02-27", "2026-03"]
    assert led["evidence"][0]["sentence"].startswith("Ana Petrova, President")
    assert len(network.edges) == 5  # the denied one is no edge
    assert len(to_networkx(graph, asserted_only=False).edges) == 6


def test_graphml_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    odd = KnowledgeGraph(
        graph.articles.values(),
        [*graph.entities.values(), Entity("a\x00", "Person", "</node>\x01")],
        graph.statements.values(),
    )
    (path,) = write(odd, tmp_path, formats=["graphml"])
    network = networkx.read_graphml(path)
    assert network.nodes["a"]["label"] == "</node>"
    assert network.number_of_edges() == 5
    assert {told["relation"] for *_, told in network.edges(data=True)} == {
        "leaderOf", "metWith", "said", "tradeTurnover", "cooperatesIn",
    }  # fmt: skip
