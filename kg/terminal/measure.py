"""`kg evaluate`: precision, recall and F1 on articles with facts told by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from kg.evaluation import Evaluation, evaluate
from kg.extract.scoring import Score
from kg.settings import Settings
from kg.terminal.notes import follow, reports_errors

THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


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
        return
    console = Console(highlight=False)
    console.print(as_table("Relation", result.facts))
    console.print(as_table("Entity type", result.entities))
    console.print(dial_table(result))
    console.print(f"expected calibration error {result.calibration_error():.3f}")


def as_record(result: Evaluation) -> dict[str, Any]:
    """All that was measured, as JSON has it; `all` is the micro average."""
    return {
        "facts": score_rows(result.facts),
        "entities": score_rows(result.entities),
        "calibration_error": round(result.calibration_error(), 4),
        "dial": [[round(number, 4) for number in row] for row in result.dial(THRESHOLDS)],
    }


def score_rows(score: Score) -> dict[str, dict[str, float]]:
    """Counts, precision, recall and F1 by name, and of all."""
    rows = {}
    for name in [*score.relations, None]:
        right, wrong, missed = (
            counts[name] if name else counts.total() for counts in (score.right, score.wrong, score.missed)
        )
        precision, recall, f1 = score.measure(name)
        rows[name or "all"] = {
            "gold": right + missed, "found": right + wrong, "precision": round(precision, 4),
            "recall": round(recall, 4), "f1": round(f1, 4),
        }  # fmt: skip
    return rows


def as_table(title: str, score: Score) -> Table:
    """The same, to look at."""
    table = _table(title, "gold", "found", "precision", "recall", "F1")
    for name, row in score_rows(score).items():
        if name == "all":
            table.add_section()
        shares = (f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        table.add_row(name, str(row["gold"]), str(row["found"]), *shares)
    return table


def dial_table(result: Evaluation) -> Table:
    """What `--min-confidence` gives at each setting."""
    table = _table("Minimum confidence", "precision", "recall", "F1")
    for threshold, *shares in result.dial(THRESHOLDS):
        table.add_row(f"{threshold:.2f}", *(f"{share:.3f}" for share in shares))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
