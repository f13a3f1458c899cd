"""`kg add`, `remove`, `export` and `status` as a user meets them."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.model import Article, Reading
from kg.terminal import store as commands
from tests.store.examples import article, reading


@pytest.fixture(autouse=True)
def version(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reads by looking the article up among the examples; the fixture holds the version of that reader."""
    current = ["1"]

    def read(articles: Iterable[Article], *_: object) -> Iterable[Reading]:
        return (replace(reading(int(a.id[1:])), article=a, version=current[0]) for a in articles)

    monkeypatch.setattr(commands, "read", read)
    monkeypatch.setattr(commands, "reader_version", lambda rules_only=False: current[0])
    return current


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


def write(path: Path, *numbers: int) -> Path:
    rows = []
    for told in (reading(number).article for number in numbers):
        fields = {"id": told.id, "text": told.text, "title": told.title, "date": told.published}
        rows.append(json.dumps({**fields, "url": told.url, "publisher": told.publisher}) + "\n")
    path.write_text("".join(rows), encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_adds_what_is_new_and_says_so(tmp_path: Path) -> None:
    news, store = write(tmp_path / "n.jsonl", 1, 2, 3), tmp_path / "s"
    assert "3 added, 0 read anew, 0 as before" in run("add", store, news).stderr
    write(news, 1, 2, 3, 4)
    assert "1 added, 0 read anew, 3 as before" in run("add", store, news).stderr
    assert "0 added, 0 read anew, 4 as before" in run("add", store, news).stderr


def test_a_newer_reader_reads_anew_without_the_sources(tmp_path: Path, version: list[str]) -> None:
    news, store = write(tmp_path / "n.jsonl", 1, 2, 3), tmp_path / "s"
    run("add", store, news)
    version[0] = "2"
    assert "3 articles were read by an older reader" in run("status", store).stderr
    assert "0 added, 3 read anew, 0 as before" in run("add", store).stderr
    assert json.loads(run("status", store, "--format", "json").stdout)["versions"] == {"2": 3}
    assert "older reader" not in run("status", store).stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_added(tmp_path: Path) -> None:
    news = write(tmp_path / "n.jsonl", 1, 2)
    news.write_text("{broken\n" + news.read_text())
    result = run("add", tmp_path / "s", news)
    assert result.exit_code == 1
    assert "n.jsonl:1" in result.stderr
    assert "2 added, 0 read anew, 0 as before; 1 could not be read" in result.stderr


def test_removes_and_names_what_is_not_there(tmp_path: Path) -> None:
    store = tmp_path / "s"
    run("add", store, write(tmp_path / "n.jsonl", *range(6)))
    result = run("remove", store, article(1), "nobody", "--url", "https://news.example/4")
    assert result.exit_code == 1
    assert "2 removed" in result.stderr
    assert "holds no article nobody; kg status" in result.stderr
    assert run("remove", store, "--publisher", "Gazette").exit_code == 0
    assert "Gazette" not in run("status", store).stdout
    assert run("remove", store).exit_code == 2


def test_the_way_there_leaves_no_trace_in_the_export(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    run("add", one, write(tmp_path / "a.jsonl", *range(8)))
    run("add", other, write(tmp_path / "b.jsonl", 9, 7, 6, 5))
    run("remove", other, article(9), article(6))
    run("add", other, write(tmp_path / "c.jsonl", 4, 3, 2, 7))
    run("add", other, write(tmp_path / "d.jsonl", 6, 1, 0))
    assert run("export", one, "-o", tmp_path / "x").exit_code == 0
    assert run("export", other, "-o", tmp_path / "y").exit_code == 0
    assert files(tmp_path / "x") == files(tmp_path / "y")
    assert b"leaderOf" in files(tmp_path / "x")["graph.ttl"]


def test_a_patch_tells_what_changed_since_the_last(tmp_path: Path) -> None:
    store, patch = tmp_path / "s", tmp_path / "p.rdfp"
    run("add", store, write(tmp_path / "a.jsonl", *range(8)))
    assert "after change 1 up to change 1" in run("export", store, "--patch", patch).stderr
    assert patch.read_text() == ""
    run("add", store, write(tmp_path / "b.jsonl", 8))
    assert "after change 1 up to change 2" in run("export", store, "--patch", patch).stderr
    assert f"A <https://w3id.org/newskg/id/article/{article(8)}> " in patch.read_text()
    run("remove", store, article(8))
    assert "after change 2 up to change 3" in run("export", store, "--patch", patch, "--since", 2).stderr
    assert f"D <https://w3id.org/newskg/id/article/{article(8)}> " in patch.read_text()
    assert run("export", store, "--patch", patch, "--since", 99).exit_code == 1
    assert run("export", store).exit_code == 2


def test_what_became_of_old_addresses_is_told_apart_from_the_export(tmp_path: Path) -> None:
    store, out = tmp_path / "s", tmp_path / "f.ttl"
    run("add", store, write(tmp_path / "a.jsonl", *range(8)))
    assert "Wrote 0 IRIs" in run("export", store, "--former", out).stderr
    run("remove", store, *(article(n) for n in range(8)))
    assert run("export", store, "--former", out).exit_code == 0
    assert "country/norway> <http://www.w3.org/2002/07/owl#deprecated> " in out.read_text()
    assert run("export", store, "--patch", tmp_path / "p", "--min-confidence", 0.5).exit_code == 2


def test_no_store_is_an_error_in_one_line(tmp_path: Path) -> None:
    for args in (("remove", tmp_path / "s", "a"), ("export", tmp_path / "s", "-o", tmp_path), ("status", tmp_path)):
        result = run(*args)
        assert result.exit_code == 1
        assert "is no store; make one by kg add" in result.stderr
