"""What a store keeps, and what it says when it cannot."""

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Reading
from kg.store import Store
from tests.store.examples import article, reading


def add(folder: Path, *readings: Reading) -> None:
    with Store.make(folder) as store:
        assert list(store.add(readings)) == list(readings)


def kept(folder: Path) -> list[Reading]:
    with Store(folder) as store:
        return list(store.readings)


def test_readings_come_back_equal_sorted_by_article(tmp_path: Path) -> None:
    add(tmp_path / "s", *(reading(n) for n in (5, 3, 40, 1)))
    assert kept(tmp_path / "s") == [reading(n) for n in (1, 3, 5, 40)]


def test_an_article_is_missing_until_this_version_of_the_reader_has_read_this_text(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1))
    with Store(tmp_path / "s") as store:
        wanted = [reading(1).article, reading(2).article, reading(1, edition=1).article]
        assert list(store.missing(wanted, "1")) == wanted[1:]
        assert list(store.missing(wanted, "2")) == wanted
        assert store.readings.outdated("2") == [article(1)]
        assert store.readings.outdated("1") == []


def test_adding_what_is_there_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1))
    with Store(tmp_path / "s", write=True) as store:
        before = store.readings.at
        assert list(store.add(Reading(a, version="1") for a in store.missing([reading(1).article], "1"))) == []
        assert store.readings.at == before


def test_another_edition_takes_the_place_of_the_first(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1), reading(2))
    add(tmp_path / "s", reading(1, edition=1))
    assert kept(tmp_path / "s") == [reading(1, edition=1), reading(2)]


def test_removes_by_id_url_and_publisher(tmp_path: Path) -> None:
    add(tmp_path / "s", *map(reading, range(10)))
    gazette = [article(n) for n in range(10) if reading(n).article.publisher == "Gazette"]
    with Store(tmp_path / "s", write=True) as store:
        assert store.readings.find(url="https://news.example/7") == [article(7)]
        assert store.readings.find(publisher="Gazette") == gazette
        assert store.readings.remove([*gazette, "unknown"]) == len(gazette)
        assert {r.article.publisher for r in store.readings} == {"Courier"}


def test_changes_tell_what_was_added_replaced_and_removed(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1), reading(2), reading(3))
    with Store(tmp_path / "s", write=True) as store:
        since = store.readings.at
        store.readings.put([reading(2, edition=1), reading(9)])
        store.readings.remove([article(1), "unknown"])
        assert store.readings.changes(since) == [article(1), article(2), article(9)]
        assert store.readings.changes(store.readings.at) == []


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1))
    bad = Reading(reading(2).article.__class__("\ud800", "text"))
    with Store(tmp_path / "s", write=True) as store, pytest.raises(StoreError, match="no valid text"):
        store.readings.put([reading(3), bad])
    assert kept(tmp_path / "s") == [reading(1)]


def test_a_second_writer_is_told_who_writes_and_readers_read_on(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1))
    with Store(tmp_path / "s", write=True) as store:
        with pytest.raises(StoreError, match=rf"s: process {os.getpid()} is writing to it; run the command again"):
            Store(tmp_path / "s", write=True)
        store.readings.put([reading(2)])
        assert kept(tmp_path / "s") == [reading(1), reading(2)]
    add(tmp_path / "s", reading(3))


def test_a_reader_sees_one_state_while_another_process_writes(tmp_path: Path) -> None:
    add(tmp_path / "s", *map(reading, range(300)))
    with Store(tmp_path / "s") as reader, Store(tmp_path / "s", write=True) as writer:
        rows = iter(reader.readings)
        first = next(rows)
        writer.readings.remove(article(n) for n in range(100, 300))
        assert [first, *rows] == [reading(n) for n in range(300)]
        assert len(reader.readings) == 100


@pytest.mark.parametrize("content", [None, b"", b"no database" * 500])
def test_what_is_no_store_is_said_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "readings.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match=r"is no (file of a )?store"):
        Store(tmp_path)


def test_a_folder_with_other_files_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ana")
    with pytest.raises(StoreError, match="holds other files"):
        Store.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    add(tmp_path / "s", reading(1))
    with sqlite3.connect(tmp_path / "s" / "readings.sqlite") as db:
        db.execute("UPDATE meta SET value = '99'")
    db.close()
    with pytest.raises(StoreError, match="has format 99; this version of kg reads format 1"):
        Store(tmp_path / "s")


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every user of the machine may enter; pytest's own are the user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def test_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written(common: Path) -> None:
    add(common / "s", reading(1))
    (common / "s" / "lock").unlink()
    for path in ((common / "s"), *(common / "s").iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:  # to whom no folder is read-only
        os.seteuid(65534)
    try:
        assert kept(common / "s") == [reading(1)]
        with pytest.raises(StoreError, match="name a folder that you may read and write"):
            Store(common / "s", write=True)
        with pytest.raises(StoreError, match="name a folder that you may read and write"):
            Store.make(common / "s" / "new")
    finally:
        if root:
            os.seteuid(0)
        (common / "s").chmod(0o755)


def fill(folder: Path, size: int, results: "multiprocessing.SimpleQueue[object]") -> None:
    """Adds readings until a file may grow no further."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    done = 0
    try:
        with Store.make(folder) as store:
            for done, _ in enumerate(store.add(map(reading, range(10_000))), start=1):  # noqa: B007
                pass
    except StoreError as error:
        results.put((done, str(error)))


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    process = context.Process(target=fill, args=(tmp_path / "s", 400_000, results))
    process.start()
    process.join(30)
    done, message = results.get()
    assert done > 32
    assert "what was reported as added is kept: free some space and run the command again" in message
    assert kept(tmp_path / "s") == [reading(n) for n in range(done)]
    add(tmp_path / "s", reading(done))
    assert len(kept(tmp_path / "s")) == done + 1


def work(folder: Path, first: int, report: int) -> None:
    """Adds and removes for ever; each article is reported when it is said to be safe, `-n` for a removed one."""
    with Store.make(folder) as store:
        for number in range(first, first + 100_000, 5):
            for added in store.add(map(reading, range(number, number + 5))):
                os.write(report, struct.pack("q", int(added.article.id[1:])))
            store.readings.remove([article(number)])
            os.write(report, struct.pack("q", -number))


def test_killed_at_200_random_points_it_keeps_what_it_reported_and_nothing_half(tmp_path: Path) -> None:
    chance = random.Random(5)
    folder = tmp_path / "s"
    there: set[int] = set()
    first = 1
    for _ in range(200):
        source, sink = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(source)
            work(folder, first, sink)
            os._exit(1)
        os.close(sink)
        with os.fdopen(source, "rb") as reports:
            told = [reports.read(8)] if chance.random() < 0.7 else []  # else it may be killed before it has begun
            if told:
                signal.sigtimedwait([], chance.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told += [reports.read()]
        for (number,) in struct.iter_unpack("q", b"".join(told)):
            there.add(number) if number > 0 else there.discard(-number)
        if not there:
            continue
        with Store(folder, write=True) as store:
            found = {int(row.article.id[1:]) for row in store.readings if row == reading(int(row.article.id[1:]))}
            assert len(found) == len(store.readings)
            unreported = found ^ there
            assert len(unreported) <= 5
            assert unreported <= set(range(max(there) - 5, max(there) + 6))
            store.readings.remove(list(map(article, sorted(found)))[:-10])
            there = set(sorted(found)[-10:])
        first = max(there) + 1
    assert first > 500
    with sqlite3.connect(folder / "readings.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
