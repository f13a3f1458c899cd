"""`kg merges`, `kg merge`, `kg split` and `kg lint` at the terminal, on a store of readings made here."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.store import Store
from tests.fuse.test_fuse import KAZAKH, SERBIAN, reading


@pytest.fixture
def store(tmp_path: Path) -> Path:
    ends = (("Country", "Serbia"), ("Person", "Ana Petrova"))
    guest = reading("a9", *ends, facts=(("Ana Petrova", "visited", "Serbia"),))
    with Store.make(tmp_path / "store") as made:
        list(made.add([SERBIAN, KAZAKH, guest]))
    return tmp_path / "store"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_merges_tell_reasons(store: Path) -> None:
    told = run("merges", store)
    assert told.exit_code == 0, told.output
    assert "person/kassym-jomart-tokayev  Qasym-Zhomart Toqaev  0.95  another spelling  (1 article)" in told.stdout
    rows = json.loads(run("merges", store, "Tokayev", "-f", "json").stdout)
    assert {row["entity"] for row in rows} == {"person/kassym-jomart-tokayev"}
    assert "knows no Nobody" in run("merges", store, "Nobody").stderr


def test_a_forced_merge_shows_in_the_graph_and_can_be_undone(store: Path) -> None:
    pair = ("person/aleksandar-vucic", "person/ana-petrova")
    assert run("merge", store, *pair).exit_code == 0
    with Store(store) as opened:
        assert pair[1] not in opened.graph().entities
        assert opened.graph().redirects == {pair[1]: pair[0]}
    assert run("merge", store, *pair, "--undo").exit_code == 0
    with Store(store) as opened:
        assert pair[1] in opened.graph().entities
    assert "has no such line" in run("merge", store, *pair, "--undo").stderr
    assert "has no entity person/nobody" in run("merge", store, pair[0], "person/nobody").stderr


def test_a_split_takes_an_article_apart(store: Path) -> None:
    assert run("split", store, "person/aleksandar-vucic", "a2").exit_code == 0
    with Store(store) as opened:
        assert len([id for id in opened.graph().entities if "vucic" in id]) == 2
    assert "kg add" in run("split", store.parent, "person/x").stderr


def test_lint_shows_sentences(store: Path) -> None:
    ends = (("Country", "Serbia"), ("Person", "Ana Petrova"))
    misdated = reading("b1", *ends, facts=(("Ana Petrova", "leaderOf", "Serbia"),), date="2026-13-45")
    with Store(store, write=True) as opened:
        list(opened.add([misdated]))
    told = run("lint", store)
    assert told.exit_code == 1
    assert "impossible date: article b1: published 2026-13-45" in told.stdout
    assert json.loads(run("lint", store, "-f", "json").stdout)[0]["kind"] == "impossible date"
