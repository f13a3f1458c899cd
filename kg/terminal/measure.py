"""`kg evaluate`: precision, recall and F1 on articles with facts told by hand."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.evaluation import Evaluation, evaluate
from kg.settings import Settings
from kg.terminal.notes import follow, reports_errors


@click.command(name="evaluate")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD.jsonl")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out facts below it (0 to 1).")
@click.option("--rules-only", is_flag=True, help="Read without the learned parts.")
@click.option("--show-errors", is_flag=True, help="List the facts missed and the wrong ones.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@reports_errors
def evaluate_command(gold: Path, min_confidence: float, rules_only: bool, show_errors: bool, form: str) -> None:
    """Read gold articles and score what was found against what was told.

    \b
    Example:
      kg evaluate dev.jsonl --show-errors
    """
    settings = Settings(min_confidence=min_confidence, rules_only=rules_only)
    result = evaluate(gold, settings, lambda readings, total: follow(readings, total, "Reading"))
    if show_errors:
        for row in result.errors:
            click.echo("\t".join(row))
    if form == "json":
        click.echo(json.dumps(as_record(result), indent=2))
    else:
        Console(highlight=False).print(as_table(result))


def as_record(result: Evaluation) -> dict[str, dict[str, float]]:
    """Counts, precision, recall and F1 by relation; `all` is the micro average."""
    score = result.score
    record = {}
    for relation in [*score.relations, None]:
        right, wrong, missed = (
            counts[relation] if relation else counts.total() for counts in (score.right, score.wrong, score.missed)
        )
        precision, recall, f1 = score.measure(relation)
        record[relation or "all"] = {
            "gold": right + missed, "found": right + wrong, "precision": round(precision, 4),
            "recall": round(recall, 4), "f1": round(f1, 4),
        }  # fmt: skip
    return record


def as_table(result: Evaluation) -> Table:
    """The same, to look at."""
    table = Table("Relation")
    for name in ("gold", "found", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    rows = as_record(result)
    for relation, row in rows.items():
        if relation == "all":
            table.add_section()
        shares = (f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        table.add_row(relation, str(row["gold"]), str(row["found"]), *shares)
    return table
