"""`kg merges`, `kg merge`, `kg split`, `kg lint`: what was taken to be one entity, and what is wrong with a graph."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import click

from kg.collect import read_articles
from kg.errors import QueryError, StoreError
from kg.fuse.corrections import Corrections, load_corrections
from kg.graph import KnowledgeGraph
from kg.graph.lint import lint
from kg.model import Failure
from kg.pipeline import assemble, read
from kg.settings import Settings
from kg.store import CORRECTIONS, Store, is_store
from kg.terminal.notes import reports_errors, say, say_failures

FORM = click.Choice(["text", "json"])


def fused(source: Path) -> KnowledgeGraph:
    """The graph of a store or of news, with its merges, corrected as the store's file says."""
    if not is_store(source):
        failures: list[Failure] = []
        graph = assemble(read(read_articles(source, on_failure=failures.append), Settings(), failures.append))
        if failures:
            say_failures(failures)
        return graph
    with Store(source) as store:
        return store.graph()


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="STORE|NEWS")
@click.argument("name", required=False)
@click.option("--below", type=click.FloatRange(0, 1), default=1.0, help="Only merges whose score is below this.")
@click.option("-f", "--format", "form", type=FORM, default="text", help="How to print.")
@reports_errors
def merges(source: Path, name: str | None, below: float, form: str) -> None:
    """List which names of which articles were taken to be one entity, why, and how surely.

    \b
    Example:
      kg merges news.store
      kg merges news.store Tokayev --below 0.95
    """
    graph = fused(source)
    wanted = {entity.id for entity in graph.find(name)} if name else set(graph.entities)
    if name and not wanted:
        raise QueryError(f"{source}: knows no {name}")
    variety = Counter(merge.entity for merge in graph.merges)
    rows = [
        merge
        for merge in graph.merges
        if merge.entity in wanted and (merge.score < below or (below == 1.0 and (name or variety[merge.entity] > 1)))
    ]
    if form == "json":
        click.echo(json.dumps([asdict(merge) for merge in rows], ensure_ascii=False, indent=2))
        return
    for merge in rows:
        articles = f"{len(merge.articles)} article{'s' * (len(merge.articles) != 1)}"
        click.echo(f"{merge.entity}  {merge.name}  {merge.score:.2f}  {merge.reason}  ({articles})")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@click.option("--undo", is_flag=True, help="Take the line out again.")
@reports_errors
def merge(store: Path, ids: tuple[str, ...], undo: bool) -> None:
    """Have entities be one: all are the first. `kg merges` and `kg explain` tell ids.

    \b
    Example:
      kg merge news.store person/ana-petrova person/a-petrova
      kg merge news.store person/ana-petrova person/a-petrova --undo
    """
    if len(ids) < 2:
        raise click.UsageError("give two ids or more")
    _known(store, ids[:0] if undo else ids)
    corrections = _load(store)
    rows = [row for row in corrections.same if row != ids]
    if undo and len(rows) == len(corrections.same):
        raise QueryError(f"{store / CORRECTIONS}: has no such line")
    _save(store, replace(corrections, same=tuple(rows if undo else [*rows, ids])))
    say(f"{store / CORRECTIONS}: {' and '.join(ids)} are {'told apart again' if undo else 'one'}")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("id")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--undo", is_flag=True, help="Take the line out again.")
@reports_errors
def split(store: Path, id: str, articles: tuple[str, ...], undo: bool) -> None:
    """Take an entity apart: what the articles say of it is about another one. Without articles, by its names.

    \b
    Example:
      kg split news.store person/john-smith a7 a9
    """
    _known(store, () if undo else (id,))
    corrections = _load(store)
    line = (id, *articles)
    rows = [row for row in corrections.split if row != line]
    if undo and len(rows) == len(corrections.split):
        raise QueryError(f"{store / CORRECTIONS}: has no such line")
    _save(store, replace(corrections, split=tuple(rows if undo else [*rows, line])))
    say(f"{store / CORRECTIONS}: {id} is {'whole again' if undo else 'taken apart'}")


def _load(store: Path) -> Corrections:
    return load_corrections(store / CORRECTIONS)


def _known(store: Path, ids: tuple[str, ...]) -> None:
    """Raises QueryError for an id that the graph does not have, nor had before it was corrected."""
    if not is_store(store):
        raise StoreError(f"{store}: is no store; `kg add {store} NEWS` makes one")
    if ids:
        with Store(store) as opened:
            graph = opened.graph()
        if lost := [id for id in ids if id not in graph.entities and id not in graph.redirects]:
            raise QueryError(f"{store}: has no entity {lost[0]}; `kg merges {store} NAME` tells ids")


def _save(store: Path, corrections: Corrections) -> None:
    path = store / CORRECTIONS
    try:
        path.write_text(corrections.dump(), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error}") from error


@click.command("lint")
@click.argument("source", type=click.Path(path_type=Path), metavar="STORE|NEWS")
@click.option("-f", "--format", "form", type=FORM, default="text", help="How to print.")
@reports_errors
def lint_command(source: Path, form: str) -> None:
    """List contradictions and defects, each with the sentences that make it. Exit status 1 where there is one.

    \b
    Example:
      kg lint news.store
    """
    graph = fused(source)
    findings = lint(graph)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.kind}: {finding.message}")
            for id in finding.statements:
                statement = graph.statements[id]
                cited = ", ".join(sorted({item.article for item in statement.evidence}))
                click.echo(f"    {graph.sentence(statement)}  [{cited}]")
        say(f"{len(findings)} finding{'s' * (len(findings) != 1)}")
    sys.exit(1 if findings else 0)
