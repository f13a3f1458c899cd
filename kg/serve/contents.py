"""What the start pages list: the entities most told of, the example queries, the files to download."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg.publish import FORMATS
from kg.schema import ontology_dir
from kg.serve.facts import Thing
from kg.serve.names import NameIndex
from kg.serve.server import Server

EXPLORER = "graph.html"
PER_KIND = 5
DUMPS = {form.file: form.media_type for form in FORMATS.values()} | {EXPLORER: "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the graph can answer, and its query; the file's first comment is the title."""

    name: str
    title: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """The ontology's competency questions, in the order of their files."""
    found = []
    for path in sorted((ontology_dir() / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8").strip()
        first = text.partition("\n")[0]
        title = first.lstrip("# ").strip() if first.startswith("#") else path.stem.replace("-", " ")
        found.append(Example(path.stem, title, text))
    return tuple(found)


def by_kind(names: NameIndex, kinds: list[str]) -> list[tuple[str, int, list[tuple[Thing, int]]]]:
    """(type, number, the entities with most facts) for each type that has any."""
    rows: dict[str, list[tuple[Thing, int]]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for thing, facts in names.things:
        kind = thing.kind or ""
        counts[kind] += 1
        if len(rows[kind]) < PER_KIND:
            rows[kind].append((thing, facts))
    return [(kind, counts[kind], rows[kind]) for kind in kinds if rows.get(kind)]


def dumps(server: Server) -> list[tuple[str, int, str]]:
    """(file, bytes, media type) of the export's files that may be downloaded."""
    folder = server.dataset.file.parent
    return [(name, (folder / name).stat().st_size, media) for name, media in DUMPS.items() if (folder / name).is_file()]
