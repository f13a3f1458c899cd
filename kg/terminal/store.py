"""`kg add`, `kg remove`, `kg export`, `kg status`: a store that takes in new articles and retracts old ones."""

from __future__ import annotations

import json
import sys
import time
from itertools import chain
from pathlib import Path
from typing import IO

import click

from kg.collect import count_articles, read_articles
from kg.errors import QueryError
from kg.model import Article, Failure
from kg.pipeline import publishable, read, reader_version
from kg.publish.former import write_former
from kg.publish.index import Index
from kg.publish.index_patches import write_patches
from kg.settings import PROVENANCE, Settings
from kg.store import Store
from kg.terminal.build import say_found, write
from kg.terminal.notes import follow, reports_errors, say, say_failures

store_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="STORE")


@click.command()
@store_argument
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--rules-only", is_flag=True, help="Read without the learned parts.")
@click.option("--processes", type=click.IntRange(min=0), default=0, help="Readers side by side; 0 decides by itself.")
@reports_errors
def add(folder: Path, sources: tuple[str, ...], rules_only: bool, processes: int) -> None:
    """Read news into a store, made if missing.

    Articles that the store holds are not read again, unless their text or the reader has changed. Stopped at any
    moment, the same command goes on where it was. Without SOURCE, reads anew what an older reader has read.

    \b
    Example:
      kg add news.store news/
    """
    settings = Settings(rules_only=rules_only, processes=processes)
    version = reader_version(rules_only)
    failures: list[Failure] = []
    with Store.make(folder) as store:
        known, seen = len(store.readings), 0

        def count(article: Article) -> Article:
            nonlocal seen
            seen += 1
            return article

        if sources:
            articles, total = read_articles(*sources, on_failure=failures.append), count_articles(*sources)
        else:
            old = store.readings.outdated(version)
            found = (store.readings.get(id) for id in old)
            articles, total = (reading.article for reading in found if reading), len(old)
        missing = store.missing(map(count, articles), version)
        taken = sum(1 for _ in follow(store.add(read(missing, settings, failures.append)), total, "Reading"))
        new = len(store.readings) - known
    if failures:
        say_failures(failures)
    lost = sum(not failure.kept for failure in failures)
    say(
        f"{folder}: {new} added, {taken - new} read anew, {seen - taken} as before"
        + (f"; {lost} could not be read" if lost else "")
    )
    sys.exit(1 if lost else 0)


@click.command()
@store_argument
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--url", multiple=True, help="Retract the articles with this address.")
@click.option("--publisher", multiple=True, help="Retract all articles of this publisher.")
@reports_errors
def remove(folder: Path, articles: tuple[str, ...], url: tuple[str, ...], publisher: tuple[str, ...]) -> None:
    """Retract articles, named by id, address or publisher, with all that was read in them.

    \b
    Example:
      kg remove news.store 2024-05-01-oslo
      kg remove news.store --publisher Gazette
    """
    if not (articles or url or publisher):
        raise click.UsageError("name an ARTICLE, or give --url or --publisher")
    with Store(folder, write=True) as store:
        wanted = {
            **{f"article {one}": [one] if store.readings.get(one) else [] for one in articles},
            **{f"article of address {one}": store.readings.find(url=one) for one in url},
            **{f"article of publisher {one}": store.readings.find(publisher=one) for one in publisher},
        }
        gone = store.readings.remove(dict.fromkeys(chain.from_iterable(wanted.values())))
    say(f"{folder}: {gone} removed")
    absent = [what for what, ids in wanted.items() if not ids]
    if absent:
        raise QueryError(f"{folder}: holds no {', no '.join(absent)}; kg status {folder} lists its publishers")


@click.command()
@store_argument
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder to write, made if missing.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="With -o, leave out facts below it (0 to 1).")
@click.option("--base", help="IRI prefix of the published resources.")
@click.option("--provenance", type=click.Choice(PROVENANCE), help="How RDF tells sources.")
@click.option("--patch", type=click.File("w", encoding="utf-8", lazy=True), help="File for what changed; - prints it.")
@click.option("--since", type=click.IntRange(min=0), help="Change after which the patch begins.")
@click.option("--former", type=click.File("wb", lazy=True), help="Turtle file for IRIs that have moved or are gone.")
@reports_errors
def export(
    folder: Path, out: Path | None, min_confidence: float | None, base: str | None, provenance: str | None,
    patch: IO[str] | None, since: int | None, former: IO[bytes] | None,
) -> None:  # fmt: skip
    """Write the knowledge graph of a store, or what changed in it.

    With -o, every format. With --patch, an RDF Patch of the quads that went and came: it leads from an earlier state
    to this one, and costs what changed, not what is there. The first time there is nothing to lead from. --base and
    --provenance given with --patch hold for later patches too, and for kg query and kg serve; others than before begin
    anew. With --former, what became of IRIs that earlier exports had.

    \b
    Example:
      kg export news.store -o graph/
      kg export news.store --patch today.rdfp
    """
    if out is None and patch is None and former is None:
        raise click.UsageError("give -o DIR, --patch FILE or --former FILE")
    if min_confidence and out is None:
        raise click.UsageError("--min-confidence goes with -o DIR: a patch tells all facts")
    started = time.perf_counter()
    if patch is not None or former is not None:
        with Store(folder, write=True) as store:
            index = Index(store, base=base, provenance=provenance)
            index.refresh()
            if patch is not None:
                patch.write("")  # an empty file where nothing changed
                span = write_patches(store, since, patch)
                say(f"Wrote what changed after change {span[0]} up to change {span[1]}")
            if former is not None:
                say(f"Wrote {write_former(store, index.settings, former)} IRIs that have moved or are gone")
    if out is not None:
        settings = Settings(min_confidence=min_confidence or 0.0, base=base, provenance=provenance or PROVENANCE[0])
        with Store(folder) as store:
            graph = publishable(store.graph(), settings)
        write(graph, out, [])
        say_found(graph, time.perf_counter() - started)
        say(f"Wrote {out}/")


@click.command()
@store_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@reports_errors
def status(folder: Path, form: str) -> None:
    """Say what a store holds, and what an older reader has read.

    \b
    Example:
      kg status news.store
    """
    with Store(folder) as store:
        counts = store.readings.count()
        change = store.readings.at
    current = {reader_version(), reader_version(rules_only=True)}
    outdated = sum(number for version, number in counts.versions if version not in current)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    found = {
        "articles": counts.articles, "first": counts.first, "last": counts.last, "outdated": outdated,
        "change": change, "bytes": size, "publishers": dict(counts.publishers), "versions": dict(counts.versions),
    }  # fmt: skip
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    dates = f", {counts.first} to {counts.last}" if counts.first else ""
    click.echo(f"{counts.articles} articles{dates}; change {change}; {size / 2**20:.1f} MiB")
    for publisher, number in counts.publishers:
        click.echo(f"{number:8}  {publisher or '(no publisher)'}")
    if outdated:
        say(f"{outdated} articles were read by an older reader: kg add {folder} reads them anew")
