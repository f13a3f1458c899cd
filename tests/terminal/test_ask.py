"""`kg query`, `kg explain`, `kg validate` and `kg ontology` at the terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.publish import write
from kg.store import Store
from tests.publish.atlas import atlas
from tests.store.examples import reading


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atlas")
    write(atlas(), folder, formats=["turtle", "ntriples", "trig"])
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_question_with_parameters(folder: Path) -> None:
    done = run("query", folder, "leaders-on-date", "--country", "kazakhstan", "--date=2026-02-27", "-f", "csv")
    assert done.exit_code == 0, done.output
    assert [line.split(",")[1:] for line in done.stdout.splitlines()] == [
        ["name", "role", "lastSeen"],
        ["Kassym-Jomart Tokayev", "President", "2026-02-27"],
        ["Olzhas Bektenov", "Prime Minister", "2025-11-03"],
    ]


def test_names_need_no_accents(folder: Path) -> None:
    done = run("query", folder, "visits-to", "--place", "KAZAKHSTAN", "-f", "json")
    assert json.loads(done.stdout)["results"]["bindings"][0]["visitor"]["value"] == "Aleksandar Vučić"
    assert "Order of Altyn Qyran" in run("query", folder, "awards-of", "--recipient", "aleksandar vucic").stdout


def test_an_expression_a_file_and_the_list(folder: Path, tmp_path: Path) -> None:
    done = run("query", folder, "-e", "SELECT ?who { ?who kg:headOfGovernmentOf ?what }", "-f", "csv")
    assert done.stdout == "who\nhttps://w3id.org/newskg/id/person/olzhas-bektenov\n"
    (tmp_path / "mine.rq").write_text("ASK { ?who kg:leaderOf ?what }", encoding="utf-8")
    assert run("query", folder, tmp_path / "mine.rq").stdout == "true\n"
    assert "leaders-on-date" in run("query", "--list").stdout
    assert (
        'VALUES ?date { "2026-01-01" }'
        in run("query", folder, "leaders-on-date", "--date", "2026-01-01", "--show").stdout
    )


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["leaders-on-date", "--country"], 1, "--name value"),
        (["no-such"], 1, "no question"),
        (["-e", "SELECT"], 1, "cannot be answered"),
        ([], 2, "a question's name"),
        (["none.rq"], 1, "none.rq"),
    ],
)
def test_mistakes_are_told(folder: Path, words: list[str], status: int, message: str) -> None:
    done = run("query", folder, *words)
    assert done.exit_code == status
    assert message in " ".join(done.output.split())


def test_explain(folder: Path) -> None:
    done = run("explain", folder, "tokayev")
    assert "Kassym-Jomart Tokayev leaderOf Kazakhstan  0.98" in done.stdout
    assert "“Kassym-Jomart Tokayev leaderOf Kazakhstan.”" in done.stdout
    assert "Article seed, 2026-02-27  (hand, 0.90)" in done.stdout
    assert json.loads(run("explain", folder, "serbia", "-f", "json").stdout)[0]["name"] == "Serbia"
    assert run("explain", folder, "Atlantis").exit_code == 1


def test_validate(folder: Path, tmp_path: Path) -> None:
    assert run("validate", folder).exit_code == 0
    (tmp_path / "graph.ttl").write_text("<http://x/a> a <https://w3id.org/newskg/ontology#Person> .", encoding="utf-8")
    done = run("validate", tmp_path)
    assert done.exit_code == 1 and "http://x/a" in done.stdout


def test_ontology(tmp_path: Path) -> None:
    done = run("ontology", "-o", tmp_path)
    names = ["kg.ttl", "sectors.ttl", "shapes.ttl", "context.jsonld"]
    assert [Path(line).name for line in done.stdout.split()] == names


def test_facts_as_of_a_day(folder: Path, tmp_path: Path) -> None:
    text = 'SELECT ?name { ?it kg:leaderOf/rdfs:label "Kazakhstan" ; rdfs:label ?name }'
    (tmp_path / "leaders.rq").write_text(text, encoding="utf-8")
    for words in (["-e", text], [tmp_path / "leaders.rq"]):
        done = run("query", folder, *words, "--as-of", "2018-12-31", "-f", "csv")
        assert done.stdout == "name\nNursultan Nazarbayev\n"
        assert "1 facts without any date are left out" in done.stderr
    asked = ("query", folder, "visits-to", "--place", "KAZAKHSTAN", "-f", "csv")
    assert "Vučić" in run(*asked).stdout
    assert "Vučić" in run(*asked, "--as-of", "2026-02-27").stdout
    assert "Vučić" not in run(*asked, "--as-of", "2026-02-26").stdout
    assert run(*asked, "--as-of", "yesterday").exit_code == 2


def test_a_store_is_asked_as_it_is_now(tmp_path: Path) -> None:
    with Store.make(tmp_path / "s") as store:
        list(store.add([reading(1)]))
    count = ("query", tmp_path / "s", "-e", "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }", "-f", "csv")
    assert run(*count).stdout == "n\n1\n"
    with Store(tmp_path / "s", write=True) as store:
        list(store.add([reading(2)]))
        held = run(*count)  # while another writes, the last state answers
        assert held.stdout == "n\n1\n", held.output
    assert run(*count).stdout == "n\n2\n"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?a a schema:NewsArticle } }"
    assert run("query", tmp_path / "s", "-e", named, "-f", "csv").stdout == "n\n2\n"
    assert "Serbia" in run("explain", tmp_path / "s", "serbia").stdout


def test_the_ontology_as_a_page(tmp_path: Path) -> None:
    done = run("ontology", "--html", "-o", tmp_path / "doc")
    assert done.stdout.split() == [str(tmp_path / "doc" / "ontology.html")]
    assert 'id="leaderOf"' in (tmp_path / "doc" / "ontology.html").read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "doc").iterdir()] == ["ontology.html"]
