"""`kg query` and `kg explain`: questions to an export."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.errors import QueryError
from kg.publish.explain import Account, explain
from kg.publish.queries import question, questions
from kg.publish.sparql import Answer, Export
from kg.terminal.notes import reports_errors, say

FORMS = click.Choice(["table", "csv", "json"])


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="STORE|DIR")
@click.argument("name", required=False, metavar="[QUESTION | FILE.rq]")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]...")
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only facts that hold on DATE.")
@click.option("--list", "listed", is_flag=True, help="List the questions of the library with their parameters.")
@click.option("--show", is_flag=True, help="Print the SPARQL instead of asking it.")
@click.option("-f", "--format", "form", type=FORMS, default="table", help="How to print the answer.")
@reports_errors
def query(
    folder: Path | None,
    name: str | None,
    values: tuple[str, ...],
    expression: str | None,
    as_of: datetime | None,
    listed: bool,
    show: bool,
    form: str,
) -> None:
    """Ask an export or a store, by SPARQL or by a question of the library.

    With --as-of, a fact holds from its `from` date, else from its `date`, else from the day on which an article first
    says so; until its `to` date, else for ever. Facts without any date are left out.

    \b
    Example:
      kg query graph/ -e 'SELECT ?who ?what { ?who kg:leaderOf ?what }'
      kg query news.store mine.rq --as-of 2026-02-27
      kg query graph/ leaders-on-date --country Kazakhstan --date 2026-02-27
      kg query graph/ mine.rq --format csv
      kg query --list
    """
    if listed:
        return show_library()
    if folder is None or (name is None) == (expression is None):
        raise click.UsageError("give STORE or DIR and one of: a question's name, a FILE.rq, -e SPARQL; or --list")
    export = Export.open(folder)
    text = expression or written(name or "", values, export)
    if show:
        click.echo(text, nl=not text.endswith("\n"))
        return None
    if as_of:
        export, undated = export.as_of(as_of.date().isoformat())
        if undated:
            say(f"{undated} facts without any date are left out")
    answer = export.ask(text)
    if form == "table":
        show_answer(answer)
    else:
        click.echo(answer.to_csv() if form == "csv" else answer.to_json(), nl=False)
    return None


def written(name: str, values: tuple[str, ...], export: Export) -> str:
    """The SPARQL in a file, or of a question with `--param value` pairs; names are spelled as the export does."""
    path = Path(name)
    if path.suffix == ".rq" or path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: cannot be read as a query: {error}") from error
    flat = [part for value in values for part in (value.split("=", 1) if value.startswith("--") else [value])]
    if len(flat) % 2 or not all(part.startswith("--") for part in flat[::2]):
        raise QueryError(f"{name}: write each parameter as --name value, not {' '.join(values)!r}")
    given = {key[2:]: export.spelling(value) for key, value in zip(flat[::2], flat[1::2], strict=True)}
    return question(name).fill(given)


def show_library() -> None:
    """The questions, each with its parameters and their examples."""
    table = Table("Question", "Title", "Parameters")
    for row in questions().values():
        table.add_row(row.name, row.title, " ".join(f"--{param} '{row.examples[param]}'" for param in row.params))
    Console(highlight=False).print(table)


def show_answer(answer: Answer) -> None:
    """The rows as a table, their number as a note."""
    if answer.kind == "ask":
        click.echo(answer.rows[0][0])
        return
    table = Table(*answer.columns)
    for row in answer.shown():
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    Console(highlight=False).print(table)
    say(f"{len(answer.rows)} rows")


@click.command(name="explain")
@click.argument("folder", type=click.Path(path_type=Path), metavar="STORE|DIR")
@click.argument("name")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@reports_errors
def explain_command(folder: Path, name: str, form: str) -> None:
    """Print an entity's facts, each with its sentences, articles and confidence.

    NAME is a name or alias of the entity, or its IRI.

    \b
    Example:
      kg explain graph/ "Kassym-Jomart Tokayev"
    """
    accounts = explain(folder, name)
    if form == "json":
        click.echo(json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1))
        return
    for number, account in enumerate(accounts):
        click.echo(("\n" if number else "") + told(account))


def told(account: Account) -> str:
    """The account as text: the name, then a paragraph for each fact."""
    lines = [f"{account.name} ({account.type})  {account.iri}"]
    if account.aliases:
        lines.append(f"  also: {', '.join(account.aliases)}")
    lines += [f"  {'same as' if kind == 'same' else 'close to'}: {iri}" for kind, iri in account.links]
    lines += [f"  {note}" for note in account.notes]
    for fact in account.facts:
        status = "" if fact.status == "asserted" else f"  [{fact.status}]"
        by = f", says {fact.attributed_to}" if fact.attributed_to else ""
        lines += ["", f"{fact.subject} {fact.relation} {fact.object}{status}  {fact.confidence:.2f}{by}"]
        if fact.qualifiers:
            lines.append("  " + "; ".join(f"{name}: {value}" for name, value in fact.qualifiers))
        for proof in fact.proofs:
            source = ", ".join(filter(None, [proof.title, proof.published, proof.url]))
            lines += [f"  “{proof.sentence}”", f"     {source}  ({proof.rule}, {proof.score:.2f})"]
    return "\n".join(lines)
