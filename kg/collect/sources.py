"""Files, folders, JSON Lines and standard input -> Articles, one at a time.

What cannot be read is told to `on_failure`, with the file and line, and the rest goes on.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kg.collect.clean import check_length, clean, decode
from kg.collect.documents import KEYS, READERS, read_text
from kg.errors import SourceError
from kg.model import Article, Failure, digest

OnFailure = Callable[[Failure], None]
Source = str | Path

_KNOWN = ", ".join(sorted([*READERS, ".jsonl"]))


def read_articles(*sources: Source, on_failure: OnFailure | None = None) -> Iterator[Article]:
    """The articles of all sources, lazily and in order; files of a folder in the order of their paths.

    A source is a text, Markdown, HTML or `.jsonl` file, a folder of such files, or `-` for standard input (an article,
    or JSON Lines). Without `on_failure` the first unreadable input raises SourceError.
    """
    fail = on_failure or _raise
    texts: dict[str, str] = {}  # id -> hash of its text, so that a long stream stays small
    for where, fields in _records(sources, fail):
        try:
            article, repairs = _article(fields)
            if article.id in texts:
                same = "the same text" if texts[article.id] == digest(article.text) else "another text"
                raise SourceError(f"id {article.id!r} came before, with {same}; the first is kept: ids must differ")
        except SourceError as error:
            fail(Failure(where, str(error)))
            continue
        texts[article.id] = digest(article.text)
        if on_failure:
            for repair in repairs:
                on_failure(Failure(where, repair, kept=True))
        yield article


def count_articles(*sources: Source) -> int:
    """How many articles the sources hold at most; nothing is parsed. Standard input counts as one."""
    total = 0
    for source in sources:
        for path in _files(Path(source)) if str(source) != "-" else [None]:
            if path is None or path.suffix.lower() != ".jsonl":
                total += 1
            elif path.is_file():
                with path.open("rb") as lines:
                    total += sum(1 for line in lines if line.strip())
    return total


def _raise(failure: Failure) -> None:
    raise SourceError(f"{failure.where}: {failure.message}")


def _records(sources: tuple[Source, ...], fail: OnFailure) -> Iterator[tuple[str, dict[str, Any]]]:
    for source in sources:
        if str(source) == "-":
            yield from _guarded("-", fail, _standard_input)
            continue
        root = Path(source)
        paths = _files(root)
        if not root.exists():
            fail(Failure(str(source), "no such file or folder; name one, or `-` for standard input"))
        elif not paths:
            fail(Failure(str(source), f"holds no articles; kg reads files that end in {_KNOWN}"))
        for path in paths if root.exists() else ():
            name = path.relative_to(root) if root.is_dir() else Path(path.name)
            yield from _guarded(str(path), fail, lambda p=path, n=name: _file(p, n))  # type: ignore[misc]


def _guarded(
    where: str, fail: OnFailure, read: Callable[[], Iterator[tuple[str, dict[str, Any] | SourceError]]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records that `read` yields; its errors go to `fail`."""
    try:
        for line, record in read():
            if isinstance(record, SourceError):
                fail(Failure(line, str(record)))
            else:
                yield line, record
    except SourceError as error:
        fail(Failure(where, str(error)))
    except OSError as error:
        fail(Failure(where, f"cannot be read: {error.strerror or error}"))


def _files(root: Path) -> list[Path]:
    if not root.is_dir():
        return [root]
    found = (path for path in root.rglob("*") if path.suffix.lower() in {*READERS, ".jsonl"} and path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))


def _file(path: Path, name: Path) -> Iterator[tuple[str, dict[str, Any] | SourceError]]:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        yield from _lines(path.read_bytes(), str(path))
        return
    if suffix not in READERS:
        raise SourceError(f"ends in {suffix or 'nothing'}; kg reads files that end in {_KNOWN}")
    data = path.read_bytes()
    if not data.strip():
        raise SourceError("is empty; an article needs at least a sentence")
    yield str(path), {"id": name.with_suffix("").as_posix(), **READERS[suffix](data)}


def _standard_input() -> Iterator[tuple[str, dict[str, Any] | SourceError]]:
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise SourceError("is empty; an article needs at least a sentence")
    if data.lstrip().startswith(b"{"):
        yield from _lines(data, "-")
    else:
        yield "-", dict(read_text(data))


def _lines(data: bytes, where: str) -> Iterator[tuple[str, dict[str, Any] | SourceError]]:
    if not data.strip():
        raise SourceError("is empty; a .jsonl file has one JSON object a line")
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        record: dict[str, Any] | SourceError
        try:
            record = json.loads(decode(line))
            if not isinstance(record, dict):
                raise SourceError('is not a JSON object; a line looks like {"id": "a1", "text": "..."}')
        except SourceError as error:
            record = error
        except (ValueError, RecursionError) as error:
            record = SourceError(f'is not JSON ({error}); a line looks like {{"id": "a1", "text": "..."}}')
        yield f"{where}:{number}", record


def _article(fields: dict[str, Any]) -> tuple[Article, list[str]]:
    """An article, and what had to be repaired in it."""
    repairs: list[str] = []
    texts: dict[str, str | None] = {}
    for key in (*KEYS, "text"):
        value = fields.get(key)
        if isinstance(value, int) and key == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise SourceError(f"{key} is {type(value).__name__}; it must be a string")
        cleaned, illegal = clean(value) if value is not None else (None, 0)
        if illegal:
            repairs.append(f"{illegal} control characters in {key} became spaces")
        texts[key] = cleaned if cleaned is None or key == "text" else " ".join(cleaned.split()) or None
    text = texts.pop("text")
    if text is None:
        raise SourceError('has no text; a record looks like {"id": "a1", "text": "..."}')
    check_length(text)
    language = texts["language"] or "en"
    if language.lower().split("-")[0] != "en":
        raise SourceError(f"is in {language!r}; kg reads English (en)")
    published = _iso_date(texts.pop("date"), repairs)
    return Article.of(text, published=published, title=texts.pop("title") or "", **texts), repairs


def _iso_date(value: str | None, repairs: list[str]) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(re.split(r"[T ]", value)[0]).isoformat()
    except ValueError:
        repairs.append(f"date {value!r} is not a day such as 2026-02-27; read as undated")
        return None
