"""`kg query`, `kg explain`, `kg validate` and `kg ontology` at the terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.publish import write
from tests.publish.atlas import atlas


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
    assert [Path(line).name for line in done.stdout.split()] == ["kg.ttl", "shapes.ttl", "context.jsonld"]
