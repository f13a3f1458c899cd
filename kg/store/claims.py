"""Claims by article, and the statements that they make together.

Each statement of an article becomes a row under the claim that it makes of fused entities. A statement of the graph is
all rows of one claim united; only what it says, not its evidence, is written a second time, so that a change shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.fuse.merge import place, repoint, unite_claim
from kg.graph.graph import Seen
from kg.model import Evidence, Reading, Statement, Status
from kg.schema import load_schema

SCHEMA = """
CREATE TABLE claims (
  claim TEXT NOT NULL, article TEXT NOT NULL, n INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (claim, article, n)
) WITHOUT ROWID;
CREATE INDEX claims_by_article ON claims (article);
CREATE TABLE statements (id TEXT PRIMARY KEY, data TEXT NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE uses (
  entity TEXT NOT NULL, statement TEXT NOT NULL, ends INTEGER NOT NULL, PRIMARY KEY (entity, statement)
) WITHOUT ROWID;
CREATE INDEX uses_by_statement ON uses (statement);
"""

_NAMING = {"giver", "place", "operator", "partner"}  # qualifiers whose value may be an entity's id


@dataclass(slots=True)
class Pointed:
    """What changed: statements that came, went or say something else; those that are seen elsewhere or at another
    time; entities that are used now, or no longer.
    """

    statements: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


class Claims:
    """The claims in a database, inside a transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._touched: set[str] = set()

    def drop(self, article: str) -> None:
        """Forget what the article claims."""
        rows = self._db.execute("SELECT claim FROM claims WHERE article = ?", (article,))
        self._touched.update(claim for (claim,) in rows)
        self._db.execute("DELETE FROM claims WHERE article = ?", (article,))

    def put(self, reading: Reading, ids: Mapping[tuple[str, str], str]) -> None:
        """Take in what the article claims of the entities that its own ones are."""
        article, schema, rows = reading.article.id, load_schema(), []
        for n, statement in enumerate(reading.statements):
            if pointed := repoint(statement, article, ids, schema):
                rows.append((pointed.id, article, n, _dump(pointed)))
        self._db.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", rows)
        self._touched.update(row[0] for row in rows)

    def unite(self) -> Pointed:
        """Unite the claims that changed."""
        result = Pointed()
        for claim in sorted(self._touched):
            rows = self._db.execute(_UNITED, (claim,)).fetchall()
            row = self._db.execute("SELECT data, seen FROM statements WHERE id = ?", (claim,)).fetchone()
            old, old_seen = row or (None, None)
            statement, seen = _united(rows) if rows else (None, None)
            data = _head(statement) if statement else None
            if old == data and old_seen == seen:
                continue
            if old_seen != seen:
                result.seen.add(claim)
            if old != data:
                result.statements.add(claim)
                result.entities |= self._use(claim, statement)
            if statement is None:
                self._db.execute("DELETE FROM statements WHERE id = ?", (claim,))
            else:
                self._db.execute("INSERT OR REPLACE INTO statements VALUES (?, ?, ?)", (claim, data, seen))
        self._touched.clear()
        return result

    def _use(self, claim: str, statement: Statement | None) -> set[str]:
        """Note which entities the statement uses; those whose use changed."""
        used = self._db.execute("DELETE FROM uses WHERE statement = ? RETURNING entity, ends", (claim,)).fetchall()
        now = _uses(statement) if statement else {}
        self._db.executemany("INSERT INTO uses VALUES (?, ?, ?)", [(id, claim, ends) for id, ends in now.items()])
        return {id for id, ends in used if ends} ^ {id for id, ends in now.items() if ends}


_UNITED = """
    SELECT article, claims.data, published, coalesce(original, article)
    FROM claims LEFT JOIN contexts USING (article) LEFT JOIN copies USING (article)
    WHERE claim = ? ORDER BY article, n"""


def _united(rows: list[tuple[str, str, str | None, str]]) -> tuple[Statement, str]:
    """The statement of a claim, and how it is seen: first and last date, independent sources."""
    sources = {article: original for article, _, _, original in rows}
    statement = unite_claim([_load(data, article) for article, data, _, _ in rows], sources)
    dates = sorted(published for _, _, published, _ in rows if published)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return statement, json.dumps([first, last, len(set(sources.values()))])


def load_seen(data: str) -> Seen:
    """What stands in `statements` of where and when a statement is seen."""
    return Seen(*json.loads(data))


def stated(db: sqlite3.Connection) -> Iterator[Statement]:
    """All statements, by id, each with all its evidence."""
    query = """
        SELECT id, statements.data, article, claims.data FROM statements JOIN claims ON claim = id
        ORDER BY id, article, n"""
    told, proofs = ("", ""), list[Evidence]()
    for id, head, article, data in db.execute(query):
        if id != told[0]:
            if told[0]:
                yield _statement(told[1], proofs)
            told, proofs = (id, head), []
        proofs += _evidence(data, article)
    if told[0]:
        yield _statement(told[1], proofs)


def stated_in(
    db: sqlite3.Connection, articles: Iterable[str], whole: Iterable[str], bare: Iterable[str]
) -> Iterator[Statement]:
    """The statements that these articles make, with evidence from these articles, those in `whole` with all, and those
    in `bare` that are not among them with that of one article.
    """
    proofs: dict[str, list[Evidence]] = defaultdict(list)
    for article in articles:
        for claim, data in db.execute("SELECT claim, data FROM claims WHERE article = ?", (article,)):
            proofs[claim] += _evidence(data, article)
    for claim in whole:
        rows = db.execute("SELECT article, data FROM claims WHERE claim = ?", (claim,))
        if found := [item for article, data in rows for item in _evidence(data, article)]:
            proofs[claim] = found
    for claim in bare:
        query = "SELECT article, data FROM claims WHERE claim = ? LIMIT 1"
        if claim not in proofs and (row := db.execute(query, (claim,)).fetchone()):
            proofs[claim] = _evidence(row[1], row[0])
    for claim in proofs:
        if row := db.execute("SELECT data FROM statements WHERE id = ?", (claim,)).fetchone():
            yield _statement(row[0], proofs[claim])


def _dump(statement: Statement) -> str:
    proofs = [
        [item.article, item.start, item.end, item.subject, item.object, item.rule, item.score]
        for item in statement.evidence
    ]
    return json.dumps([*_told(statement), proofs], ensure_ascii=False, separators=(",", ":"))


def _head(statement: Statement) -> str:
    return json.dumps(_told(statement), ensure_ascii=False, separators=(",", ":"))


def _told(statement: Statement) -> list[Any]:
    return [
        statement.subject, statement.relation, statement.object, statement.qualifiers, statement.status,
        statement.attributed_to, statement.confidence,
    ]  # fmt: skip


def _load(data: str, article: str) -> Statement:
    told = json.loads(data)
    return _made(told, tuple(_proofs(told[7])))


def _statement(head: str, proofs: Iterable[Evidence]) -> Statement:
    return _made(json.loads(head), tuple(sorted(set(proofs), key=place)))


def _made(told: list[Any], proofs: tuple[Evidence, ...]) -> Statement:
    subject, relation, object, qualifiers, status, speaker, confidence = told[:7]
    pairs = tuple((name, value) for name, value in qualifiers)
    return Statement(subject, relation, object, pairs, Status(status), speaker, proofs, confidence)


def _evidence(data: str, article: str) -> list[Evidence]:
    return _proofs(json.loads(data)[7])


def _proofs(rows: list[list[Any]]) -> list[Evidence]:
    return [
        Evidence(article, start, end, _span(subject), _span(object), rule, score)
        for article, start, end, subject, object, rule, score in rows
    ]


def _span(row: list[int] | None) -> tuple[int, int] | None:
    return (row[0], row[1]) if row else None


def _uses(statement: Statement) -> dict[str, int]:
    """Entities that the statement is about, 1, and those that a qualifier may name, 0."""
    named = {value: 0 for name, value in statement.qualifiers if name in _NAMING}
    return {**named, **{id: 1 for id in (statement.subject, statement.object, statement.attributed_to) if id}}
