"""`kg page` at the terminal, on a store that needs no language model."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.model import Article, Entity, Evidence, Reading, Statement
from kg.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    text = "Ana Petrova met Ben Okafor. Ana Petrova met Zoë Kaya."
    people = [Entity(name.lower(), "Person", name) for name in ("Ana Petrova", "Ben Okafor", "Zoë Kaya")]
    met = [
        Statement("ana petrova", "metWith", "ben okafor", evidence=(Evidence("a", 0, 27, None, None, "r", 0.9),)),
        Statement("ana petrova", "metWith", "zoë kaya", evidence=(Evidence("a", 28, 53, None, None, "r", 0.9),)),
    ]
    with Store.make(tmp_path / "news.store") as made:
        list(made.add([Reading(Article("a", text), tuple(people), (), tuple(met), "1")]))
    return tmp_path / "news.store"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_page_of_a_store(store: Path, tmp_path: Path) -> None:
    done = run("page", store, "-o", tmp_path / "g.html", "--title", "Talks")
    assert done.exit_code == 0, done.output
    assert "<h1" in (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "Zoë Kaya" in (tmp_path / "g.html").read_text(encoding="utf-8")


def test_part_of_it(store: Path, tmp_path: Path) -> None:
    assert run("page", store, "-o", tmp_path / "g.html", "--around", "Ben Okafor", "--max-nodes", 2).exit_code == 0
    assert "Zoë Kaya" not in (tmp_path / "g.html").read_text(encoding="utf-8").split('"sentences"')[0]


def test_the_classic_style(store: Path, tmp_path: Path) -> None:
    assert run("page", store, "-o", tmp_path / "g.html", "--style", "pyvis").exit_code == 0
    assert "vis-network" in (tmp_path / "g.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "message"), [(["--around", "nobody"], "no entity"), (["--topic", "zzz"], "no fact")])
def test_a_name_that_is_not_there(store: Path, tmp_path: Path, words: list[str], message: str) -> None:
    done = run("page", store, "-o", tmp_path / "g.html", *words)
    assert done.exit_code == 1 and message in done.output


def test_a_place_that_cannot_be_written(store: Path, tmp_path: Path) -> None:
    done = run("page", store, "-o", tmp_path / "none" / "g.html")
    assert done.exit_code == 1 and "cannot be written" in done.output
