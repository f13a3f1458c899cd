"""`kg build` and `kg demo`: articles in, every file out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.collect import count_articles, read_articles
from kg.collect.samples import samples_dir
from kg.errors import StoreError
from kg.fuse.endpoint import WIKIDATA
from kg.graph import KnowledgeGraph
from kg.model import Failure
from kg.pipeline import Graph, assemble, read
from kg.publish.report import report, report_json
from kg.settings import PROVENANCE, Settings
from kg.terminal.notes import follow, reports_errors, say, say_error, say_failures


def cache_dir() -> Path:
    """Where a user's programs keep what they can fetch again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder to write, made if missing.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out facts below it (0 to 1).")
@click.option("--rules-only", is_flag=True, help="Read without the learned parts.")
@click.option("--processes", type=click.IntRange(min=0), default=0, help="Readers side by side; 0 decides by itself.")
@click.option("--base", help="IRI prefix of the published resources.")
@click.option("--provenance", type=click.Choice(PROVENANCE), default="statements", help="How RDF tells sources.")
@click.option("--strict", is_flag=True, help="Write nothing when an input cannot be read.")
@click.option("--link-online", is_flag=True, help="Ask an API about people, bodies and places that no table knows.")
@click.option("--link-endpoint", metavar="URL", default=WIKIDATA, show_default=True, help="The API, as Wikidata's.")
@click.option("--link-cache", type=click.Path(), help="Folder that keeps its answers; by default the user's cache.")
@reports_errors
def build(
    sources: tuple[str, ...],
    out: Path,
    min_confidence: float,
    rules_only: bool,
    processes: int,
    base: str | None,
    provenance: str,
    strict: bool,
    link_online: bool,
    link_endpoint: str,
    link_cache: str | None,
) -> None:
    """Read news and write its knowledge graph.

    SOURCE is a text, Markdown or HTML file, a .jsonl file (records with id and text, and optionally title, date, url,
    publisher, language), a folder of these, or - for standard input.

    \b
    Example:
      kg build news/ -o graph/
    """
    settings = Settings(
        min_confidence=min_confidence,
        rules_only=rules_only,
        processes=processes,
        base=base,
        provenance=provenance,
        link_online=link_endpoint if link_online else None,
        link_cache=link_cache or str(cache_dir() / "link"),
    )
    failures = run(sources, out, settings, strict)
    if failures:
        say_failures(failures)
    sys.exit(1 if any(not failure.kept for failure in failures) else 0)


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), default="kg-demo", help="Folder to write.")
@reports_errors
def demo(out: Path) -> None:
    """Read the sample articles that come with kg and write kg-demo/.

    \b
    Example:
      kg demo
    """
    run([str(samples_dir())], out, Settings(), strict=True)
    say("")
    say(f"Open     {out / 'graph.html'} in a browser")
    say(f"Ask      kg query {out} -e 'SELECT ?who ?what {{ ?who kg:leaderOf ?what }}'")
    say(f"Explain  kg explain {out} Kazakhstan")


def run(sources: Iterable[str], out: Path, settings: Settings, strict: bool) -> list[Failure]:
    """Reads the sources, writes the folder, prints what was found; returns what could not be read."""
    sources = list(sources)
    failures: list[Failure] = []
    started = time.perf_counter()
    articles = read_articles(*sources, on_failure=failures.append)
    readings = read(articles, settings, failures.append)
    graph = assemble(follow(readings, count_articles(*sources), "Reading"), settings)
    lost = [failure for failure in failures if not failure.kept]
    if strict and failures:
        say_failures(failures)
        say_error("an input cannot be read, and --strict was given: nothing is written")
        sys.exit(1)
    write(graph, out, failures)
    say_found(graph, time.perf_counter() - started)
    say(f"Wrote {out}/" + (f"; {len(lost)} inputs could not be read" if lost else ""))
    return failures


def write(graph: Graph, out: Path, failures: list[Failure]) -> None:
    """Every format and the report. Raises StoreError when the folder cannot be written."""
    try:
        graph.write(out)
        (out / "report.json").write_text(report_json(graph, failures), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{out}: cannot be written: {error.strerror or error}; name a folder you may write") from error


def say_found(graph: KnowledgeGraph, seconds: float) -> None:
    """The table of what was found, on standard output."""
    found = report(graph)
    entities, facts = list(found["entities"].items()), list(found["facts"].items())
    table = Table(show_footer=True)
    total = sum(count for _, count in entities), sum(count for _, count in facts)
    for name, count in (("Entities", total[0]), ("Facts", total[1])):
        table.add_column(name, footer="all", no_wrap=True)
        table.add_column("", footer=str(count), justify="right")
    blank = ("", "")
    for row in range(max(len(entities), len(facts))):
        pairs = [rows[row] if row < len(rows) else blank for rows in (entities, facts)]
        table.add_row(*(str(cell) for pair in pairs for cell in pair))
    console = Console(highlight=False)
    console.print(table)
    others = ", ".join(f"{count} {status}" for status, count in found["statements"].items() if status != "asserted")
    console.print(
        f"{found['articles']} articles, {seconds:.1f} s" + (f"; not asserted: {others}" if others else ""), markup=False
    )
