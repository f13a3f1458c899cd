"""The records that the stages hand on. Standard library only; frozen; ids are hashes of content.

An `Article` is read into a `Reading`: its mentions, the entities that they name, and the statements made of
them. Up to there all is per article. `fuse` then joins entities and statements across articles.

>>> article = Article.of("Ana met Ben.", title="A meeting")
>>> article.text[0:3]
'Ana'
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What the text does with a fact. Only `ASSERTED` facts become direct triples."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PLANNED = "planned"
    POSSIBLE = "possible"
    REPORTED = "reported"
    PAST = "past"  # was so, is no longer


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)  # json.dumps makes one each time


def digest(*parts: object, length: int = 16) -> str:
    """A hex id of `length` characters, a SHA-256 of the parts as JSON; the same parts give the same id everywhere."""
    return hashlib.sha256(_COMPACT.encode(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article.

    `text` is NFC; every offset in the other records is a half-open range of code points in it. `published` is an
    ISO 8601 date (`2026-02-27`) or None; `language` a BCP 47 tag. Make one with `Article.of`, which normalizes.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str = "en"

    @classmethod
    def of(cls, text: str, *, id: str | None = None, title: str = "", **fields: str | None) -> Article:
        """An article with NFC text; without an id, the id is a hash of url, title and text."""
        text, title = unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", title)
        fields = {key: value for key, value in fields.items() if value is not None}
        return cls(id=id or digest(fields.get("url"), title, text), text=text, title=title, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity: `text[start:end] == surface`. `entity` is the id of an `Entity`."""

    start: int
    end: int
    surface: str
    type: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that facts are about. `type` is a type of the ontology; `aliases` are sorted and exclude `name`.

    Inside a `Reading` the id is local to the article; after `fuse` it is the path of the IRI (`person/ana-petrova`).
    `same_as` holds IRIs elsewhere that name the same thing, `close_match` those that may. A quotation is an entity
    of type `Quotation` whose name is its text.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    close_match: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # further literals: ("lat", "51.1"), ("iso", "KZ"), ("link-reason", ...)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a statement is believed: the sentence, both mentions, and the rule or model that read it.

    `start`, `end` bound the sentence in the article's text; `subject` and `object` are spans in the same text, or
    None where the text leaves one implicit. `score` is the reader's own confidence, 0 to 1.
    """

    article: str
    start: int
    end: int
    subject: tuple[int, int] | None
    object: tuple[int, int] | None
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim: subject, relation, object, each with an entity's id, and what the text says of it.

    `qualifiers` are sorted (name, value) pairs, a name may recur: `role`, `value`, `amount`, `currency`, `date`,
    `from`, `to`, `reason`, `giver`, ... Dates are ISO 8601, cut to what is known (`2026`, `2026-02`).
    `attributed_to` is the entity that says so, where the claim stands in somebody's words.
    `confidence` (0 to 1) is the probability that a careful reader of the evidence would make the same claim.
    """

    subject: str
    relation: str
    object: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    status: Status = Status.ASSERTED
    attributed_to: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two claims the same claim: all but evidence, attribution and describing qualifiers.

        A trade figure with another value is another claim.
        """
        told = (value for name, value in self.qualifiers if name == "value")
        return (self.subject, self.relation, self.object, str(self.status), *told)

    @property
    def id(self) -> str:
        """The same claim has the same id, whoever makes it."""
        return digest(*self.key)

    def qualifier(self, name: str) -> str | None:
        """The first value of a qualifier, or None."""
        return next((value for key, value in self.qualifiers if key == name), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article; what a store keeps and a cluster ships. `version` names the reader."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    version: str = ""

    def to_json(self) -> str:
        """One line of JSON, keys sorted; `Reading.from_json` reads it back to an equal record."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> Reading:
        """The reading that `to_json` wrote. Raises ValueError, KeyError or TypeError on anything else."""
        record = json.loads(line)
        return cls(
            article=Article(**record["article"]),
            entities=tuple(_entity(row) for row in record["entities"]),
            mentions=tuple(Mention(**row) for row in record["mentions"]),
            statements=tuple(_statement(row) for row in record["statements"]),
            version=record["version"],
        )


def _pairs(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


def _entity(row: Mapping[str, Any]) -> Entity:
    listed = {key: tuple(row[key]) for key in ("aliases", "same_as", "close_match")}
    return Entity(row["id"], row["type"], row["name"], notes=_pairs(row["notes"]), **listed)


def _span(row: list[int] | None) -> tuple[int, int] | None:
    return (row[0], row[1]) if row else None


def _statement(row: Mapping[str, Any]) -> Statement:
    evidence = tuple(
        Evidence(**{**item, "subject": _span(item["subject"]), "object": _span(item["object"])})
        for item in row["evidence"]
    )
    fields = {**row, "qualifiers": _pairs(row["qualifiers"]), "status": Status(row["status"]), "evidence": evidence}
    return Statement(**fields)


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with an input: where (`file`, `file:7`), what, and what would be right.

    `kept` says that the article was repaired and read all the same.
    """

    where: str
    message: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """That `name`, in these articles, was taken to be the fused `entity`: for what reason, how surely (0 to 1)."""

    entity: str
    name: str
    reason: str
    score: float
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fused:
    """What `fuse` returns: the collection's entities and statements, sorted by id.

    `merges` lists what joined entities of several articles. `copies` pairs an article with the one, first by date and
    id, of which it is a near-duplicate: their evidence counts as one source. `redirects` pairs an id that a correction
    took away with the one that stands for it.
    """

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    merges: tuple[Merge, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()


__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "Failure",
    "Fused",
    "Mention",
    "Merge",
    "Reading",
    "Statement",
    "Status",
    "digest",
]
