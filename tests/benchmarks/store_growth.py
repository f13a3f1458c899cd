"""How a store grows: cost and memory of adding, of making its graph and index anew, and of taking in 100 articles more.

    python tests/benchmarks/store_growth.py GOLD.jsonl --articles 10000 [--folder DIR]

Figures are printed as they are found, CPU seconds and MiB.

The articles are the gold ones, read once by kg, then varied: in copy k each capitalised word of a name of a person,
body, event or agreement becomes another of the same length, one of 1 to 128 by the word's own hash, so that some names
stay frequent and most are rare; quotations change with their words, dates move by days, countries and cities stay.
Reading itself is not measured here: its cost does not depend on the store (tests/benchmarks/build_speed.py).
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import count, islice
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
    return _variant(word, seed, copy % (1 << seed % 8))


@lru_cache(maxsize=1 << 16)
def _variant(word: str, seed: int, number: int) -> str:
    if number == 0:
        return word
    chance = random.Random(seed * 1000 + number)
    letters = [chance.choice(VOWELS if c.lower() in VOWELS else CONSONANTS) if c.isalpha() else c for c in word]
    return "".join(n.upper() if c.isupper() else n for n, c in zip(letters, word, strict=True))


def varied_words(reading: Reading) -> re.Pattern[str] | None:
    """Finds the words of the reading that differ from copy to copy."""
    kept = {word for e in reading.entities if e.type not in VARIED for word in e.name.split() if e.type != "Quotation"}
    names = [name for e in reading.entities if e.type in VARIED for name in (e.name, *e.aliases)]
    words = {word for name in names for word in re.findall(r"[A-Z][\w’'-]{2,}", name)} - kept
    told = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"\b({told})\b") if words else None


def vary(reading: Reading, pattern: re.Pattern[str] | None, copy: int) -> Reading:
    """The reading of the article's copy with this number."""

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
    patterns = [varied_words(reading) for reading in gold]
    for copy in count():
        for reading, pattern in zip(gold, patterns, strict=True):
            yield vary(reading, pattern, copy)


def memory() -> float:
    """The most memory that this process has had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(folder: Path) -> float:
    """MiB under the folder."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 2**20


class Figures:
    """What was measured, printed at once: a run that is broken off has told something."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}

    def tell(self, name: str, value: float) -> None:
        self.found[name] = round(value, 4)
        print(f"{name:30} {value:12.4f}", flush=True)

    def time(self, name: str, work: Callable[[], object]) -> None:
        started = time.process_time()
        work()
        self.tell(name, time.process_time() - started)
        self.tell(f"memory after {name}", memory())


def add(store: Store, rows: Iterator[Reading], number: int, figures: Figures) -> None:
    """Adds what the store lacks of so many articles, a thousand at a time."""
    costs: list[float] = []
    for thousand in range(number // 1000):
        batch = list(islice(rows, 1000))
        if len(store.readings) >= 1000 * (thousand + 1):
            continue
        started = time.process_time()
        for _ in store.add(batch):
            pass
        costs.append(time.process_time() - started)
        if thousand % 10 in (0, 9):
            figures.tell(f"add thousand {thousand + 1}", costs[-1])
    if costs:
        figures.tell("last / first thousand", costs[-1] / costs[0])
        figures.tell("memory after adding", memory())


def measure(gold: list[Reading], number: int, folder: Path) -> None:
    """Seconds of CPU and MiB. A run that was broken off goes on with the same folder."""
    figures = Figures()
    rows = generate(gold)
    with Store.make(folder) as store:
        add(store, rows, number, figures)
        figures.time("make graph", store.derived.refresh)
        figures.time("make index", Index(store).refresh)
        for again in ("", " again"):
            batch = list(islice(rows, 100))
            figures.time(f"100 more{again}: add", lambda: [*store.add(batch)])  # noqa: B023
            figures.time(f"100 more{again}: graph", store.derived.refresh)
            figures.time(f"100 more{again}: index, patch", Index(store).refresh)
    found = figures.found
    change = sum(found[f"100 more again: {part}"] for part in ("add", "graph", "index, patch"))
    figures.tell("change / rebuild", change / (found["make graph"] + found["make index"]))
    figures.tell("readings MiB", (folder / "readings.sqlite").stat().st_size / 2**20)
    figures.tell("graph MiB", sum(path.stat().st_size for path in folder.glob("graph.*")) / 2**20)
    figures.tell("index MiB", size(folder / "index" / "work"))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("readings.cache.jsonl"))
    options = parser.parse_args()
    folder = options.folder or Path(mkdtemp())
    gold = read_gold(options.gold, options.cache)
    measure(gold, options.articles, folder / "store")
    if options.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
