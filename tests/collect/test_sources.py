"""Bad input gets a message that names file and line, and the rest of the run is kept."""

import io
import json
import sys
from pathlib import Path

import pytest

from kg.collect import count_articles, read_articles
from kg.collect.clean import MAX_CHARACTERS
from kg.errors import SourceError
from kg.model import Article, Failure

GOOD = {"id": "good", "text": "Ana Petrova met Ben Smith in Oslo."}


def collect(*sources: object) -> tuple[list[Article], list[Failure]]:
    failures: list[Failure] = []
    return list(read_articles(*map(str, sources), on_failure=failures.append)), failures


def write_lines(path: Path, *rows: object) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path


def test_the_seed_s_header_gives_the_date_and_leaves_the_text(tmp_path: Path) -> None:
    path = tmp_path / "seed.txt"
    path.write_text(" date 2026-02-27 “We held talks,” stated Ana.", encoding="utf-8")
    (article,), failures = collect(path)
    assert (article.id, article.published, article.text) == ("seed", "2026-02-27", "“We held talks,” stated Ana.")
    assert failures == []


def test_a_header_of_lines_gives_the_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Title: A: B\ndate: 2024-05-01\nurl: https://news.example/1\n\nAna: yes.\n", encoding="utf-8")
    (article,), _ = collect(path)
    assert (article.title, article.published, article.url) == ("A: B", "2024-05-01", "https://news.example/1")
    assert article.text == "Ana: yes."


def test_a_text_that_starts_like_a_header_but_is_none_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Date of the talks is open.\n\nAna spoke.", encoding="utf-8")
    (article,), _ = collect(path)
    assert article.text == "Date of the talks is open.\n\nAna spoke."


def test_markdown_loses_its_markup_and_its_first_heading_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ndate: 2024-05-01\n---\n# Talks *open*\n\nAna [met](https://x.example) **Ben**\n`Lee`.\n\n- one\n", "utf-8"
    )
    (article,), _ = collect(path)
    assert (article.title, article.published) == ("Talks open", "2024-05-01")
    assert article.text == "Ana met Ben Lee.\n\none"


def test_a_page_loses_its_furniture(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    body = "".join(
        f"<p>Ana Petrova, the minister, met Ben Smith in Oslo on day {n} of the long talks.</p>" for n in range(5)
    )
    path.write_text(
        f"<html><head><title>Talks</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Talks</h1>{body}"
        "</article><footer>Cookies</footer></body></html>",
        encoding="utf-8",
    )
    (article,), failures = collect(path)
    assert failures == []
    assert article.title == "Talks"
    assert "day 4" in article.text
    assert "Cookies" not in article.text


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n ", "is empty"),
        ("a.jsonl", b"", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x00\x00", "binary"),
        ("a.txt", "Vučić".encode("cp1250"), "UTF-8 at byte 2"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.pdf", b"%PDF", ".jsonl"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_next_is_read(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    good = write_lines(tmp_path / "good.jsonl", GOOD)
    articles, (failure,) = collect(path, good)
    assert failure.where == str(path)
    assert told in failure.message
    assert [a.id for a in articles] == ["good"]


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Ana met Ben.".encode("utf-16"))
    assert collect(path)[0][0].text == "Ana met Ben."


def test_broken_json_in_line_7_names_line_7(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": "Ana met Ben."} for n in range(9)]
    path = write_lines(tmp_path / "a.jsonl", *rows[:6], '{"id": "x", "text": ', *rows[6:])
    articles, (failure,) = collect(path)
    assert failure.where == f"{path}:7"
    assert "not JSON" in failure.message
    assert len(articles) == 9


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"id": "x"}, "has no text"),
        ({"id": "x", "text": "  "}, "has no text"),
        ({"id": "x", "text": 5}, "text is int"),
        (["x"], "not a JSON object"),
        ({"id": "x", "text": "Bonjour.", "language": "fr"}, "English"),
        ({"id": "x", "text": "a" * (MAX_CHARACTERS + 1)}, "split it"),
        ({"id": "good", "text": "Another."}, "came before, with another text"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_record_that_cannot_be_read_names_its_line(tmp_path: Path, record: object, told: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD, record)
    articles, (failure,) = collect(path)
    assert failure.where == f"{path}:2"
    assert told in failure.message
    assert [a.id for a in articles] == ["good"]


def test_a_10_mb_line_is_told_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 2_000_000, encoding="utf-8")
    articles, (failure,) = collect(path)
    assert articles == []
    assert "10,000,000 characters" in failure.message or "9,999,999" in failure.message


def test_control_characters_are_replaced_and_told(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"id": "x", "text": "A\u0000na \ud800met."})
    (article,), (failure,) = collect(path)
    assert article.text == "A na  met."
    assert failure.kept
    assert failure.where == f"{path}:1"


def test_a_wrong_date_is_told_and_the_article_kept_undated(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", {**GOOD, "date": "2025-13-45"})
    (article,), (failure,) = collect(path)
    assert article.published is None
    assert "2025-13-45" in failure.message


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "sub/a.txt", "notes.rst", ".hidden.txt"):
        (tmp_path / name).write_text("Ana met Ben.", encoding="utf-8")
    articles, failures = collect(tmp_path)
    assert [a.id for a in articles] == ["a", "b", "sub/a"]
    assert failures == []
    assert count_articles(tmp_path) == 3


def test_missing_files_and_empty_folders_are_told(tmp_path: Path) -> None:
    articles, failures = collect(tmp_path / "gone.txt", tmp_path)
    assert articles == []
    assert ["no such file" in failures[0].message, "holds no articles" in failures[1].message] == [True, True]


def test_without_a_listener_the_first_failure_is_raised(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.txt: no such file"):
        list(read_articles(tmp_path / "gone.txt"))


@pytest.mark.parametrize("data", [b"Ana met Ben.", b'{"id": "s", "text": "Ana met Ben."}\n'])
def test_standard_input_is_an_article_or_json_lines(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,), _ = collect("-")
    assert article.text == "Ana met Ben."
