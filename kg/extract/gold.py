"""Articles with their facts told by hand, as training and evaluation read them: records of the gold files.

A record has `id`, `text`, `title`, `date`, `entities` (name, type, aliases), `triples`, and perhaps `evidence`,
`optional` and `nonasserted`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.detect.annotated import Annotated
from kg.model import Article, Entity, Mention

Record = Mapping[str, Any]
# Names of one layer do not overlap: the longer wins. Names of different layers may nest.
LAYERS = ({"Person", "Country", "City", "Place"}, {"Organization", "Award", "Route", "Event", "Agreement"}, {"Sector"})


def read_gold(path: Path) -> list[Record]:
    """The records of a JSON Lines file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article_of(record: Record) -> Article:
    """The article alone."""
    return Article.of(record["text"], id=record["id"], title=record.get("title") or "", published=record.get("date"))


def _finds(text: str, name: str, type: str) -> Iterator[tuple[int, int]]:
    flags = re.IGNORECASE if type in {"Sector", "Event", "Agreement", "Route"} else 0
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)"
    for found in re.finditer(pattern, text, flags):
        yield found.span()


def gold_annotated(record: Record, doc: Doc) -> Annotated:
    """The article with the gold's own entities, each name found wherever it stands as whole words."""
    article = article_of(record)
    entities = tuple(
        Entity(f"e{n}", row["type"], row["name"], tuple(sorted(set(row.get("aliases", ())) - {row["name"]})))
        for n, row in enumerate(record["entities"])
    )
    mentions: list[Mention] = []
    for layer in LAYERS:
        spans = [
            (start, end, entity)
            for entity in entities
            if entity.type in layer
            for name in (entity.name, *entity.aliases)
            if name.strip()
            for start, end in _finds(article.text, name, entity.type)
        ]
        spans.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken: set[int] = set()
        for start, end, entity in spans:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                mentions.append(Mention(start, end, article.text[start:end], entity.type, entity.id))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return Annotated(article, doc, tuple(mentions), entities)
