"""What the commands share: notes on standard error, failures listed at the end, errors as one line."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.errors import KGError
from kg.model import Failure

Row = TypeVar("Row")

notes = Console(stderr=True, highlight=False)
"""Where notes go; data goes to `click.echo`."""

SHOWN = 20
"""Failures listed on the terminal; report.json has all of them."""

LINE_EVERY = 100
"""Where there is no terminal, one line of progress for so many articles."""


def reports_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose KGErrors end it with one line on standard error and exit status 1."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KGError as error:
            say_error(str(error))
            sys.exit(1)

    return run


def say(text: str) -> None:
    """One note, as it is: names from the news are no markup."""
    notes.print(text, markup=False, soft_wrap=True)


def say_error(text: str) -> None:
    """One error."""
    notes.print(f"kg: {text}", style="red", markup=False, soft_wrap=True)


def say_failures(failures: list[Failure]) -> None:
    """The failures, those that lost an article first; the rest of a long list is counted."""
    ordered = sorted(failures, key=lambda failure: failure.kept)
    for failure in ordered[:SHOWN]:
        sign = "note" if failure.kept else "failed"
        style = "yellow" if failure.kept else "red"
        notes.print(f"{sign}: {failure.where}: {failure.message}", style=style, markup=False, soft_wrap=True)
    if len(ordered) > SHOWN:
        say(f"... and {len(ordered) - SHOWN} more; report.json lists all")


def follow(rows: Iterable[Row], total: int, what: str) -> Iterator[Row]:
    """The rows, with a bar, a rate and the time left on a terminal, and plain lines elsewhere."""
    if not notes.is_terminal:
        for count, row in enumerate(rows, start=1):
            if count % LINE_EVERY == 0:
                say(f"{what}: {count} of {total}")
            yield row
        return
    columns = [
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    ]  # fmt: skip
    with Progress(*columns, console=notes, transient=True) as progress:
        task = progress.add_task(what, total=total, rate="")
        for row in rows:
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.1f}/s" if speed else "")
            yield row
