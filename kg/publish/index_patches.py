"""Patches of a store's index: RDF Patch files (https://afs.github.io/rdf-delta/rdf-patch.html), one an update.

`STORE/patches/FROM-TO.rdfp` is named by numbers of changes. `A` lines add a quad, `D` lines take one away. They tell of
the named graphs alone: the union is for whoever keeps one to keep.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import StoreError
from kg.store import Store


def read_patch(path: Path) -> tuple[list[Quad], list[Quad]]:
    """The quads that the patch takes away, and those that it adds."""
    rows: dict[str, list[str]] = {"A": [], "D": []}
    with path.open(encoding="utf-8") as file:
        for line in file:
            rows.get(line[:1] if line[1:2] == " " else "", []).append(line[2:])
    removed, added = ([*pyoxigraph.parse("".join(rows[kind]), RdfFormat.N_QUADS)] for kind in ("D", "A"))
    return removed, added


def write_patches(store: Store, since: int | None, file: IO[str]) -> tuple[int, int]:
    """Writes what changed after change `since`, by default after the first export, and returns from where to where.

    Raises StoreError where the changes since then are not known.
    """
    paths = sorted((store.folder / "patches").glob("*.rdfp"))
    first = span(paths[0])[0] if paths else store.derived.at
    since = first if since is None else since
    wanted = [path for path in paths if span(path)[0] >= since]
    starts = {span(path)[0] for path in paths} | {store.derived.at}
    if since not in starts:
        raise StoreError(
            f"{store.folder}: no patch begins at change {since}; export the whole graph, or name one of: "
            + ", ".join(map(str, sorted(starts)))
        )
    for path in wanted:
        with path.open(encoding="utf-8") as lines:
            shutil.copyfileobj(lines, file)
    return since, store.derived.at


def write_patch(path: Path, removed: Iterable[Quad], added: Iterable[Quad], span: tuple[int, int]) -> None:
    """Writes the patch of the changes from one number to another."""
    lines = [f'H previous "{span[0]}" .', f'H id "{span[1]}" .', "TX ."]
    lines += [f"D {quad} ." for quad in removed]
    lines += [f"A {quad} ." for quad in added]
    replace_file(path, "\n".join([*lines, "TC .", ""]))


def replace_file(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def span(path: Path) -> tuple[int, int]:
    """The change that a patch starts from, and the one that it leads to."""
    first, _, last = path.stem.partition("-")
    return int(first), int(last)
