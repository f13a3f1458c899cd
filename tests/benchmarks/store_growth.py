"""How a store grows: cost and memory of adding, of making its graph and index anew, and of taking in 100 articles more.

    python tests/benchmarks/store_growth.py GOLD.jsonl --articles 10000 [--folder DIR]

The articles are the gold ones, read once by kg, then varied: in copy k each capitalised word of a name of a person,
body, event or agreement becomes another of the same length, one of 1 to 128 by the word's own hash, so that some names
stay frequent and most are rare; quotations change with their words, dates move by days, countries and cities stay.
Reading itself is not measured here: its cost does not depend on the store (tests/benchmarks/build_speed.py).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp

from kg.collect import read_articles
from kg.model import Entity, Reading
from kg.pipeline import read
from kg.publish.index import Index
from kg.settings import Settings
from kg.store import Store

VARIED = {"Person", "Organization", "Event", "Agreement", "Award"}
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"


def variant(word: str, copy: int) -> str:
    """The word in a copy: its letters replaced, its length and case kept."""
    seed = int.from_bytes(sha256(word.encode()).digest()[:4], "big")
    number = copy % (1 << seed % 8)
    if number == 0:
        return word
    chance = random.Random(seed * 1000 + number)
    letters = [chance.choice(VOWELS if c.lower() in VOWELS else CONSONANTS) if c.isalpha() else c for c in word]
    return "".join(n.upper() if c.isupper() else n for n, c in zip(letters, word, strict=True))


def vary(reading: Reading, copy: int) -> Reading:
    """The reading of the article's copy with this number."""
    kept = {word for e in reading.entities if e.type not in VARIED for word in e.name.split() if e.type != "Quotation"}
    names = [name for e in reading.entities if e.type in VARIED for name in (e.name, *e.aliases)]
    words = {word for name in names for word in re.findall(r"[A-Z][\w’'-]{2,}", name)} - kept
    pattern = (
        re.compile(r"\b(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b") if words else None
    )

    def swap(text: str) -> str:
        return pattern.sub(lambda found: variant(found[0], copy), text) if pattern else text

    def rename(entity: Entity) -> Entity:
        return replace(entity, name=swap(entity.name), aliases=tuple(sorted(map(swap, entity.aliases))))

    id = f"{reading.article.id}-{copy:04d}"
    day = date.fromisoformat((reading.article.published or "2024-01-01")[:10]) + timedelta(days=copy)
    article = replace(
        reading.article, id=id, text=swap(reading.article.text), title=swap(reading.article.title),
        published=day.isoformat(), url=f"https://news.example/{id}",
    )  # fmt: skip
    return replace(
        reading,
        article=article,
        entities=tuple(map(rename, reading.entities)),
        mentions=tuple(replace(m, surface=swap(m.surface)) for m in reading.mentions),
        statements=tuple(
            replace(s, evidence=tuple(replace(e, article=id) for e in s.evidence)) for s in reading.statements
        ),
    )


def read_gold(path: Path, cache: Path) -> list[Reading]:
    """The gold articles as kg reads them; kept in `cache`, since reading takes a minute."""
    if not cache.is_file():
        readings = read(read_articles(path, on_failure=print), Settings(processes=1))
        cache.write_text("".join(reading.to_json() + "\n" for reading in readings), encoding="utf-8")
    return [Reading.from_json(line) for line in cache.read_text(encoding="utf-8").splitlines()]


def generate(gold: list[Reading]) -> Iterator[Reading]:
    """Varied readings without end, copies of one article far apart."""
    copy = 0
    while True:
        for reading in gold:
            yield vary(reading, copy)
        copy += 1


def memory() -> float:
    """The most memory that this process has had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(folder: Path) -> float:
    """MiB under the folder."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 2**20


def measure(gold: list[Reading], number: int, folder: Path) -> dict[str, float]:
    """Seconds of CPU and MiB."""
    found: dict[str, float] = {"articles": number}
    rows = generate(gold)
    with Store.make(folder) as store:
        costs = []
        for _ in range(number // 1000):
            batch = list(islice(rows, 1000))
            started = time.process_time()
            for _ in store.add(batch):
                pass
            costs.append(time.process_time() - started)
        found["add first 1,000"], found["add last 1,000"], found["add memory"] = costs[0], costs[-1], memory()
        started = time.process_time()
        store.derived.refresh()
        found["make graph"], found["graph memory"] = time.process_time() - started, memory()
        started = time.process_time()
        Index(store).refresh()
        found["make index"], found["index memory"] = time.process_time() - started, memory()
        for time_ in ("", " again"):
            batch = list(islice(rows, 100))
            started = time.process_time()
            for _ in store.add(batch):
                pass
            store.derived.refresh()
            middle = time.process_time()
            Index(store).refresh()
            found[f"100 more: graph{time_}"] = middle - started
            found[f"100 more: index and patch{time_}"] = time.process_time() - middle
        found["memory"] = memory()
    found["readings MiB"] = (
        size(folder / "readings.sqlite")
        if (folder / "readings.sqlite").is_dir()
        else ((folder / "readings.sqlite").stat().st_size / 2**20)
    )
    found["graph MiB"] = sum(path.stat().st_size for path in folder.glob("graph.*")) / 2**20
    found["index MiB"] = size(folder / "index" / "work")
    found["patches MiB"] = size(folder / "patches")
    rebuild = found["make graph"] + found["make index"]
    found["change / rebuild"] = (found["100 more: graph again"] + found["100 more: index and patch again"]) / rebuild
    found["last / first"] = found["add last 1,000"] / found["add first 1,000"]
    return {name: round(value, 4) for name, value in found.items()}


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("readings.cache.jsonl"))
    options = parser.parse_args()
    folder = options.folder or Path(mkdtemp())
    gold = read_gold(options.gold, options.cache)
    print(json.dumps(measure(gold, options.articles, folder / "store"), indent=1))
    if options.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
