"""`kg page`: one offline HTML page of a store or of news, all of it or the part that is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.collect import count_articles, read_articles
from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import Failure
from kg.pipeline import assemble, publishable, read
from kg.settings import Settings
from kg.store import Store, is_store
from kg.terminal.notes import follow, reports_errors, say, say_failures


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--out", type=click.Path(path_type=Path), default="graph.html", help="File to write.")
@click.option("--title", default="Knowledge graph", help="Heading of the page.")
@click.option("--style", type=click.Choice(["explorer", "pyvis"]), default="explorer", help="pyvis: the classic page.")
@click.option("--language", type=click.Choice(["en", "ru"]), help="Of the interface; by default the reader's own.")
@click.option("--max-nodes", type=click.IntRange(min=1), default=50_000, help="Entities at most: the best connected.")
@click.option("--around", metavar="NAME", help="Only this entity and what lies within three steps of it.")
@click.option("--topic", metavar="WORDS", help="Only facts whose names, sentence or article's title have these words.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out facts below it (0 to 1).")
@click.option("--base", help="IRI prefix of the published resources.")
@reports_errors
def page(
    sources: tuple[str, ...],
    out: Path,
    title: str,
    style: str,
    language: str | None,
    max_nodes: int,
    around: str | None,
    topic: str | None,
    min_confidence: float,
    base: str | None,
) -> None:
    """Write the graph as one HTML page that needs no network.

    SOURCE is a store, or news as for kg build.

    \b
    Example:
      kg page news.store -o energy.html --topic energy
      kg page news/ -o tokayev.html --around "Kassym-Jomart Tokayev"
    """
    from kg.publish.html import Options, write_html  # pyvis takes half a second to import

    failures: list[Failure] = []
    graph = _graph(sources, Settings(min_confidence=min_confidence, base=base), failures)
    options = Options(title, language, max_nodes, around, topic, base, style)
    try:
        write_html(graph, out, options=options)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written: {error.strerror or error}; name a file you may write") from error
    if failures:
        say_failures(failures)
    say(f"Wrote {out} ({out.stat().st_size / 1e6:.1f} MB)")
    sys.exit(1 if any(not failure.kept for failure in failures) else 0)


def _graph(sources: tuple[str, ...], settings: Settings, failures: list[Failure]) -> KnowledgeGraph:
    if len(sources) == 1 and is_store(sources[0]):
        with Store(sources[0]) as store:
            return publishable(store.graph(), settings)
    articles = read_articles(*sources, on_failure=failures.append)
    readings = read(articles, settings, failures.append)
    return assemble(follow(readings, count_articles(*sources), "Reading"), settings)
