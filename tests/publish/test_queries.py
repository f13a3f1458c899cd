"""Every question of the library has its known answer, the same from Oxigraph and from rdflib; nothing reaches out."""

import json
from pathlib import Path

import pytest
import rdflib

from kg.errors import QueryError, StoreError
from kg.graph import KnowledgeGraph
from kg.publish import write
from kg.publish.explain import explain
from kg.publish.queries import question, questions
from kg.publish.rdf import dataset
from kg.publish.sparql import Export
from tests.publish.atlas import atlas

TEXT = (Path(__file__).parent / "answers.txt").read_text(encoding="utf-8")
ANSWERS = {
    head: [line.split(" ; ") for line in body.splitlines()]
    for head, _, body in (part.strip("\n").partition("\n") for part in TEXT.split("## ")[1:])
}


@pytest.fixture(scope="module")
def world() -> KnowledgeGraph:
    return atlas()


@pytest.fixture(scope="module")
def folder(world: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atlas")
    write(world, folder, formats=["turtle", "ntriples", "trig", "jsonld"])
    return folder


@pytest.fixture(scope="module")
def export(folder: Path) -> Export:
    return Export.open(folder)


@pytest.fixture(scope="module")
def data(world: KnowledgeGraph) -> rdflib.Dataset:
    return dataset(world)


def test_the_library_is_large_and_every_question_has_an_answer() -> None:
    assert len(questions()) >= 20
    assert set(questions()) == set(ANSWERS)
    assert all(ANSWERS.values())


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_oxigraph_gives_the_known_answer(export: Export, name: str) -> None:
    assert [[cell.strip() for cell in row] for row in export.ask(questions()[name].text).shown()] == [
        [cell.strip() for cell in row] for row in ANSWERS[name]
    ]


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_rdflib_gives_the_same_rows(export: Export, data: rdflib.Dataset, name: str) -> None:
    text = questions()[name].text
    theirs = [["" if cell is None else str(cell) for cell in row] for row in data.query(text)]
    assert theirs == [["" if cell is None else cell.value for cell in row] for row in export.ask(text).rows]


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("leaders-on-date", {"date": "2016-06-01"}, ["Nursultan Nazarbayev"]),
        ("leaders-on-date", {"date": "2016-01-01"}, []),
        ("leaders-on-date", {"country": "republic of kazakhstan"}, ["Kassym-Jomart Tokayev", "Olzhas Bektenov"]),
        ("leaders-on-date", {"country": "Serbia"}, ["Aleksandar Vučić"]),
        ("leaders-on-date", {"country": 'x" } ?a ?b ?c { "'}, []),
        ("review-queue", {"below": "0.5"}, ["Kazakhstan"]),
        ("cooperation-by-field", {"field": "economy"}, ["Kazakhstan", "Serbia", "Kazakhstan", "Serbia"]),
        ("cooperation-by-class", {"class": "20000210"}, ["Kazakhstan", "Serbia"]),
        ("cooperation-by-class", {"class": "H"}, []),
    ],
)
def test_parameters_replace_the_examples(export: Export, name: str, values: dict[str, str], wanted: list[str]) -> None:
    answer = export.ask(question(name).fill(values))
    at = answer.columns.index("name" if "name" in answer.columns else "subject")
    assert [row[at] for row in answer.shown()] == wanted


def test_wrong_parameters_are_named() -> None:
    with pytest.raises(QueryError, match="--country"):
        question("leaders-on-date").fill({"land": "x"})
    with pytest.raises(QueryError, match="no number"):
        question("review-queue").fill({"below": "half"})
    with pytest.raises(QueryError, match="leaders-on-date"):
        question("leaders-of")


def test_names_are_spelled_as_the_export_does(export: Export) -> None:
    assert export.spelling("aleksandar vucic") == "Aleksandar Vučić"
    assert export.spelling("Nobody") == "Nobody"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT ?x { ?s ?p ?o } }",
        "SELECT * { # '\n SERVICE<http://127.0.0.1:9/> {?s ?p ?o} }",
        "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * {" * 300 + "}" * 300,
        "SELECT * { ?s ?p '" + "x" * 100_001 + "' }",
        "SELECT nonsense",
    ],
)
def test_what_reaches_out_or_is_wrong_is_refused(export: Export, query: str) -> None:
    with pytest.raises(QueryError):
        export.ask(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service rdfs:label 'SERVICE <http://x> {' }",
        "PREFIX service: <http://x/> ASK { ?s service:p ?o } # SERVICE",
        "ASK { ?s <http://x/SERVICE> ?o }",
    ],
)
def test_the_word_service_elsewhere_is_harmless(export: Export, query: str) -> None:
    assert export.ask(query).shown() == [["false"]]


def test_a_file_outside_is_never_read(export: Export, tmp_path: Path) -> None:
    (tmp_path / "secret.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .", encoding="utf-8")
    assert export.ask(f"SELECT * FROM <file://{tmp_path}/secret.nt> {{ ?s ?p ?o }}").rows == []


def test_answers_as_csv_and_json(export: Export) -> None:
    answer = export.ask(
        "SELECT ?p ?role ?none { ?st kg:role ?role ; rdf:subject ?p . FILTER(STRSTARTS(?role, 'Prime')) }"
    )
    assert answer.to_csv() == "p,role,none\nhttps://w3id.org/newskg/id/person/olzhas-bektenov,Prime Minister,\n"
    (row,) = json.loads(answer.to_json())["results"]["bindings"]
    assert row == {
        "p": {"type": "uri", "value": "https://w3id.org/newskg/id/person/olzhas-bektenov"},
        "role": {"type": "literal", "value": "Prime Minister", "xml:lang": "en"},
    }
    assert json.loads(export.ask("ASK { ?s kg:leaderOf ?o }").to_json()) == {"head": {}, "boolean": True}
    built = export.ask("CONSTRUCT { ?s kg:leads ?o } WHERE { ?s kg:headOfGovernmentOf ?o }")
    assert built.shown() == [["person:olzhas-bektenov", "kg:leads", "country:kazakhstan"]]


@pytest.mark.parametrize("file", ["graph.ttl", "graph.nt", "graph.trig", "graph.jsonld"])
def test_one_file_answers_like_the_folder(folder: Path, export: Export, file: str) -> None:
    text = questions()["leaders"].text
    assert Export.open(folder / file).ask(text).rows == export.ask(text).rows


def test_no_export_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Export.open(tmp_path)


def test_explain_tells_facts_with_sentences(export: Export, world: KnowledgeGraph) -> None:
    (account,) = explain(export, "tokayev")
    assert (account.name, account.type, account.aliases) == ("Kassym-Jomart Tokayev", "Person", ("Tokayev",))
    led = next(fact for fact in account.facts if fact.relation == "leaderOf")
    assert (led.object, led.status, led.confidence) == ("Kazakhstan", "asserted", 0.98)
    assert led.qualifiers == (("from", "2019"), ("role", "President"))
    assert [(proof.article, proof.published) for proof in led.proofs] == [
        ("seed", "2026-02-27"),
        ("visit", "2026-02-28"),
    ]
    assert led.proofs[0].sentence == "Kassym-Jomart Tokayev leaderOf Kazakhstan."
    said = next(fact for fact in account.facts if fact.relation == "said")
    assert said.object == "Serbia is our friend in the Balkans."
    assert explain(world, "tokayev") == [account]


def test_explain_finds_by_words_and_suggests(export: Export) -> None:
    assert [account.name for account in explain(export, "Turkic Organization")] == ["Organization of Turkic States"]
    assert explain(export, "country/serbia")[0].links == (("same", "http://www.wikidata.org/entity/Q403"),)
    with pytest.raises(QueryError, match="Organization of Turkic States"):
        explain(export, "Turkic Council")
