"""`kg train`: learns the tagger and the scorer from articles with facts told by hand."""

from __future__ import annotations

from pathlib import Path

import click

from kg.terminal.notes import reports_errors

SEED = 7


@click.command(name="train")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="GOLD.jsonl")
@click.option("--seed", default=SEED, show_default=True, help="The same seed and articles give the same weights.")
@reports_errors
def train_command(gold: Path, seed: int) -> None:
    """Train on gold articles: the tagger first, then the scorer, on names that a tagger found in unseen articles.

    Writes the weights beside the code. Needs scikit-learn and LightGBM (`pip install kg[train]`).

    \b
    Example:
      kg train train.jsonl
    """
    import kg.extract.training
    from kg.detect.tagger import WEIGHTS
    from kg.detect.training import prepare, read_out_of_fold, train_tagger
    from kg.evaluation import read_gold

    records = read_gold(gold)
    click.echo(f"Training the tagger on {len(records)} articles", err=True)
    lessons = prepare(records)
    train_tagger(lessons, WEIGHTS)
    found = read_out_of_fold(lessons, seed=seed)
    click.echo("Training the scorer", err=True)
    out = kg.extract.training.train(records, found, seed=seed)
    click.echo(f"Wrote the weights; {int(out.likely.astype(bool).sum())} candidate facts weighed", err=True)
