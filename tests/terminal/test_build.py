"""`kg build` as a user meets it: files, table, notes, exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.settings import Settings
from kg.terminal import build

FILES = {
    "graph.ttl", "graph.trig", "graph.jsonld", "graph.nt", "graph.html", "graph.graphml", "entities.csv",
    "statements.csv", "report.json",
}  # fmt: skip
GOOD = {"id": "good", "date": "2026-02-27", "text": "Kazakh President Kassym-Jomart Tokayev met Ben Smith in Astana."}
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Ali \u202etxt.exe\u202c Veli",
    "Zoe\u0000 Null",
    "=HYPERLINK(1)",
]


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.mark.model
def test_a_build_writes_every_file_and_tells_what_it_found(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD)
    result = run("build", source, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert "1 articles" in result.stdout
    assert "metWith" in result.stdout
    assert "Wrote" not in result.stdout
    assert "Wrote" in result.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["articles"] == 1
    assert report["facts"]["metWith"] == 1


@pytest.mark.model
def test_bad_lines_are_told_and_kept_in_the_report_and_the_rest_is_built(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD, "{broken", {"id": "empty"}, {**GOOD, "text": "Other."})
    result = run("build", source, tmp_path / "gone.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    for line in (f"{source}:2", f"{source}:3", f"{source}:4", "gone.txt"):
        assert line in result.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(report["failures"]) == 4
    assert report["articles"] == 1


@pytest.mark.model
def test_strict_writes_nothing_when_an_input_is_bad(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD, "{broken")
    result = run("build", "--strict", source, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{source}:2" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.model
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_ids_build_and_leave_no_markup_alive(tmp_path: Path, name: str) -> None:
    text = f"President {name} met Ben Smith in Oslo. {name} Group signed the {name} Agreement with Norway."
    source = write(tmp_path / "a.jsonl", {"id": name, "title": name, "url": name, "publisher": name, "text": text})
    result = run("build", source, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    for row in (tmp_path / "out" / "statements.csv").read_text(encoding="utf-8").splitlines():
        assert not row.startswith(("=", "@", "+", "-"))


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    assert run("build", "x.txt").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("build", "x.txt", "-o", tmp_path / "o", "--min-confidence", "7").exit_code == 2


@pytest.mark.model
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD)
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    result = run("build", source, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_every_command_has_help_with_an_example() -> None:
    from kg.cli import COMMANDS

    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0, name
        assert f"kg {name}" in result.stdout.split("Example", 1)[1], name


def test_each_option_becomes_its_own_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The way provenance is written was once handed on as the file of corrections."""
    told: list[Settings] = []
    monkeypatch.setattr(build, "run", lambda sources, out, settings, strict: told.append(settings) or [])
    words = ["--min-confidence", 0.4, "--rules-only", "--processes", 3, "--base", "https://x.example/", "--provenance"]
    assert run("build", "a.txt", "-o", tmp_path, *words, "graphs", "--link-cache", tmp_path).exit_code == 0
    assert told == [
        Settings(0.4, True, 3, "https://x.example/", provenance="graphs", link_online=None, link_cache=str(tmp_path))
    ]
    asked = ("--link-online", "--link-endpoint", "http://127.0.0.1:9/api", "--link-cache", tmp_path)
    assert run("build", "a.txt", "-o", tmp_path, *asked).exit_code == 0
    assert told[1] == Settings(link_online="http://127.0.0.1:9/api", link_cache=str(tmp_path))


@pytest.mark.model
def test_an_api_that_is_not_there_stops_no_build(tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", GOOD)
    asked = ("--link-online", "--link-endpoint", "http://127.0.0.1:9/api", "--link-cache", tmp_path / "cache")
    assert run("build", source, "-o", tmp_path / "out", *asked).exit_code == 0
    assert run("build", source, "-o", tmp_path / "same").exit_code == 0
    assert (tmp_path / "out" / "graph.nt").read_bytes() == (tmp_path / "same" / "graph.nt").read_bytes()
    wrong = run("build", source, "-o", tmp_path / "no", "--link-online", "--link-endpoint", "file:///etc/passwd")
    assert wrong.exit_code != 0 and "no http address" in wrong.output
