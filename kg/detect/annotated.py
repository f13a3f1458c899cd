"""`Annotated`: an article with its spaCy Doc and what was detected in it. It never leaves the process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.model import Article, Entity, Mention


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article as `extract` wants it.

    `doc.text` is `article.text`, so token offsets (`token.idx`) are the article's. `entities` have ids local to the
    article; each mention's `entity` is one of them. Mentions are sorted by start; those of sectors, and of names
    inside longer names, may overlap others. Pronouns and descriptions (`the President`, `both sides`) are mentions too,
    of every entity that they stand for: one mention for each. `scores` maps an entity's id to the probability, 0 to 1,
    that a careful reader would list it.
    """

    article: Article
    doc: Doc
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
