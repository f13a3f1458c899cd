"""The tables of README.md that are written from the ontology, between their marks."""

from __future__ import annotations

import re
from pathlib import Path

from kg.schema import Relation, load_schema, ontology_dir

_MARKS = re.compile(r"(<!-- relations: [^>]*-->\n).*?(<!-- end of relations -->)", re.DOTALL)


def relation_table() -> str:
    """The relations as a Markdown table: name, subject and object types, definition."""
    rows = [_row(relation) for relation in load_schema().relations.values()]
    return "\n".join(["| relation | subject → object | holds when |", "| --- | --- | --- |", *rows]) + "\n"


def with_tables(text: str) -> str:
    """The README with its tables as they are now."""
    return _MARKS.sub(lambda marks: marks[1] + relation_table() + marks[2], text)


def update_readme() -> Path | None:
    """Rewrites the checkout's README; None where there is none, as in an installed package."""
    path = ontology_dir().parent / "README.md"
    if not path.is_file():
        return None
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return path


def _row(relation: Relation) -> str:
    arrow = "↔" if relation.symmetric else "→"
    ends = f"{', '.join(relation.subject)} {arrow} {', '.join(relation.object)}"
    return f"| `{relation.name}` | {ends} | {relation.definition} |"
