"""What the start pages list: the entities most told of, the example queries, the files to download."""

from __future__ import annotations

from collections import defaultdict

from kg.publish import FORMATS
from kg.publish.queries import Question, questions
from kg.serve.dataset import EXPLORER
from kg.serve.facts import Thing
from kg.serve.names import NameIndex
from kg.serve.server import Server

PER_KIND = 5
DUMPS = {form.file: form.media_type for form in FORMATS.values()} | {EXPLORER: "text/html; charset=utf-8"}


def examples() -> list[Question]:
    """The library's questions, those that need no names of this graph first."""
    return sorted(questions().values(), key=lambda question: (len(question.params), question.title))


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
