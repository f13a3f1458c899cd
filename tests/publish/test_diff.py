"""The difference of two exports: complete as a patch, readable as text."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.graph import KnowledgeGraph
from kg.publish import write
from kg.publish.diff import changes, patch
from tests.publish.atlas import atlas


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The atlas; and the atlas without an article, an entity renamed, a fact surer, a role gone."""
    old, new = tmp_path_factory.mktemp("old"), tmp_path_factory.mktemp("new")
    graph = atlas()
    statements = []
    for statement in graph.statements.values():
        kept = tuple(item for item in statement.evidence if item.article != "corridor")
        if statement.relation == "officialOf":
            statement = replace(statement, confidence=0.99, qualifiers=())
        if kept:
            statements.append(replace(statement, evidence=kept))
    entities = [replace(e, name="Republic of Serbia") if e.name == "Serbia" else e for e in graph.entities.values()]
    articles = [article for article in graph.articles.values() if article.id != "corridor"]
    for folder, part in ((old, graph), (new, KnowledgeGraph(articles, entities, statements))):
        write(part, folder, formats=["turtle", "ntriples", "trig"])
    return old, new


def test_the_changes_are_told_fact_by_fact(folders: tuple[Path, Path]) -> None:
    told = [(change.sign, change.kind, change.what, change.how) for change in changes(*folders)]
    assert told[:2] == [
        ("-", "article", "Article corridor", ""),
        ("~", "entity", "Republic of Serbia", "was called Serbia"),
    ]
    assert ("-", "fact", "Middle Corridor connects Budapest [planned]", "confidence 0.6") in told
    assert told[-1] == (
        "~", "fact", "Murat Nurtleu officialOf Kazakhstan",
        "confidence 0.9 -> 0.99; -role: Deputy PM and Foreign Minister",
    )  # fmt: skip
    assert {sign for sign, kind, *_ in told if kind == "fact"} == {"-", "~"}
    assert {c.sign for c in changes(*folders[::-1]) if c.kind == "fact"} == {"+", "~"}


def test_nothing_changed(folders: tuple[Path, Path]) -> None:
    assert list(changes(folders[0], folders[0])) == []
    assert [line[0] for line in patch(folders[0], folders[0])] == ["H", "T", "T"]


def test_the_patch_turns_one_into_the_other(folders: tuple[Path, Path]) -> None:
    lines = list(patch(*folders))
    held = set(ox.parse(path=str(folders[0] / "graph.trig")))  # a Store would make its own of some datatypes
    for line in lines:
        if line[0] in "AD":
            (row,) = ox.parse(line[2:].encode(), format=ox.RdfFormat.N_QUADS)
            (held.add if line[0] == "A" else held.remove)(row)
    assert held == set(ox.parse(path=str(folders[1] / "graph.trig")))
    assert lines[0].startswith("H id <urn:uuid:") and lines[1] == "TX .\n" and lines[-1] == "TC .\n"
    assert lines == list(patch(*folders))


def test_at_the_terminal(folders: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(main, ["diff", *map(str, folders)])
    assert done.stdout.startswith("- article Article corridor\n")
    done = CliRunner().invoke(main, ["diff", *map(str, folders), "--format", "patch"])
    assert done.stdout == "".join(patch(*folders))
