"""Members by block, and the entities that they make: what `fuse` does in memory, kept so that a part can be redone.

Of an article's members each falls into a block, told from its own name alone. Blocks that share a tie are resolved and
merged together, whatever else there is, so a changed article costs its blocks and those tied to them. Most members lie
in blocks that are one entity whatever the context (a country, a city with its identifier): of these only the distinct
forms are looked at, each as often as it occurs.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import Any

from kg.fuse.cluster import Cluster
from kg.fuse.corrections import Corrections, Family, correct, families
from kg.fuse.link import Link
from kg.fuse.member import Member, key, members
from kg.fuse.merge import Merged, merge_entities, ties
from kg.fuse.resolve import block, cluster, is_whole, join_links
from kg.model import Entity, Reading

TOGETHER = 20_000
"""Members that are resolved in one go; a block with more is resolved alone."""

SCHEMA = """
CREATE TABLE contexts (article TEXT PRIMARY KEY, published TEXT, around TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, whole INTEGER NOT NULL, UNIQUE (type, key)
);
CREATE TABLE forms (
  id INTEGER PRIMARY KEY, block INTEGER NOT NULL, hash BLOB NOT NULL, data TEXT NOT NULL, UNIQUE (block, hash)
);
CREATE TABLE ties (tie TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (tie, block)) WITHOUT ROWID;
CREATE INDEX ties_by_block ON ties (block);
CREATE TABLE members (
  block INTEGER NOT NULL, form INTEGER NOT NULL, article TEXT NOT NULL, local TEXT NOT NULL, homes TEXT, entity TEXT,
  PRIMARY KEY (block, form, article, local)
) WITHOUT ROWID;
CREATE INDEX members_by_article ON members (article, local, entity);
CREATE TABLE entities (id TEXT PRIMARY KEY, data TEXT NOT NULL, why TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE redirects (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX redirects_by_new ON redirects (new);
"""

_SPLIT = "\x1f"  # sorts before all that stands in an id


@dataclass(slots=True)
class Resolved:
    """What changed: articles with an entity of another id, entities that came, went or are told otherwise.

    `former` counts, for each id that is no longer, the ids that its members have now.
    """

    articles: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    former: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """Blocks to resolve together: their types, who is in them, and the ids that corrections name among them."""

    blocks: dict[int, tuple[str, bool]] = field(default_factory=dict)
    size: int = 0
    corrected: set[str] = field(default_factory=set)


class Blocks:
    """The members in a database, inside a transaction of the caller's.

    `corrections` are those to obey, `before` those that the database obeys.
    """

    def __init__(self, db: sqlite3.Connection, corrections: Corrections, before: Corrections) -> None:
        self._db = db
        self._corrections = corrections
        self._families = families(corrections, before)
        self._changed = families(corrections, before) if corrections != before else {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._forms: dict[tuple[int, bytes], int] = {}
        self._dirty: set[int] = set()
        self._gone: dict[int, set[str]] = {}  # block -> ids of members that left it
        self._left: dict[tuple[str, str, int], str] = {}  # and the id of each, lest it comes back as it was

    def drop(self, article: str) -> None:
        """Forget the article's members; their blocks are to be resolved anew."""
        query = "SELECT block, form, local, entity FROM members WHERE article = ?"
        for number, form, local, entity in self._db.execute(query, (article,)).fetchall():
            self._dirty.add(number)
            if entity:
                self._gone.setdefault(number, set()).add(entity)
                self._left[article, local, form] = entity
        self._db.execute("DELETE FROM members WHERE article = ?", (article,))
        self._db.execute("DELETE FROM contexts WHERE article = ?", (article,))

    def put(self, reading: Reading) -> None:
        """Take the reading's members in; their blocks are to be resolved anew."""
        around: set[str] = set()
        rows = []
        for member in members(reading):
            around |= member.around
            number = self._number(member)
            homes = None if is_whole(member) else json.dumps(sorted(member.homes), ensure_ascii=False)
            rows.append((number, self._form(number, member), member.article, member.entity.id, homes))
            self._dirty.add(number)
        self._db.executemany("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?, NULL)", rows)
        context = (reading.article.id, reading.article.published, json.dumps(sorted(around), ensure_ascii=False))
        self._db.execute("INSERT OR REPLACE INTO contexts VALUES (?, ?, ?)", context)

    def ids(self, article: str) -> dict[tuple[str, str], str]:
        """The entities of an article: (article, local id) to id."""
        rows = self._db.execute("SELECT local, entity FROM members WHERE article = ?", (article,))
        return {(article, local): entity for local, entity in rows if entity}

    def resolve(self) -> Resolved:
        """Resolve the blocks that changed and those tied to them."""
        result, done = Resolved(), set[int]()
        group = _Group()
        for path in self._changed:
            self._dirty |= self._tied(path)
        for number in sorted(self._dirty):
            if number in done:
                continue
            closed, corrected = self._closed(number)
            closed -= done
            done |= closed
            size = self._size(closed)
            if group.size and (group.size + size > TOGETHER or bool(corrected) != bool(group.corrected)):
                self._merge(group, result)
                group = _Group()
            group.corrected |= corrected
            group.blocks.update(self._described(closed))
            group.size += size
        self._merge(group, result)
        for known in (self._dirty, self._gone, self._left):
            known.clear()
        return result

    def _number(self, member: Member) -> int:
        name = block(member)
        number = self._numbers.get(name)
        if number is None:
            row = self._db.execute("SELECT id FROM blocks WHERE type = ? AND key = ?", name).fetchone()
            if row is None:
                values = (*name, is_whole(member))
                row = (self._db.execute("INSERT INTO blocks (type, key, whole) VALUES (?, ?, ?)", values).lastrowid,)
            number = self._remember(self._numbers, name, int(row[0]))
        return number

    def _form(self, number: int, member: Member) -> int:
        """The form of a member: all that is told of it but article, local id and context."""
        link = member.link
        data = json.dumps(
            [_told(member.entity)[1:], link and [getattr(link, name) for name in _LINK]],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        hash = blake2b(data.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        known = self._forms.get((number, hash))
        if known is None:
            query = "SELECT id FROM forms WHERE block = ? AND hash = ?"
            row = self._db.execute(query, (number, hash)).fetchone()
            if row is None:
                values = (number, hash, data)
                row = (self._db.execute("INSERT INTO forms (block, hash, data) VALUES (?, ?, ?)", values).lastrowid,)
                tied = [(tie, number) for tie in ties(member)]
                self._db.executemany("INSERT OR IGNORE INTO ties VALUES (?, ?)", tied)
            known = self._remember(self._forms, (number, hash), int(row[0]))
        return known

    @staticmethod
    def _remember(cache: dict[Any, int], name: Any, number: int) -> int:
        if len(cache) > 100_000:
            cache.clear()
        cache[name] = number
        return number

    def _closed(self, number: int) -> tuple[set[int], set[str]]:
        """The block with all that are tied to it, directly or through others, and the ids that corrections name there.

        Ties of forms that are no longer count too: they held when the present ids were given.
        """
        found, open, corrected = {number}, [number], set[str]()
        query = "SELECT DISTINCT other.block FROM ties JOIN ties AS other USING (tie) WHERE ties.block = ?"
        while open:
            number = open.pop()
            tied = {other for (other,) in self._db.execute(query, (number,))}
            for family in self._families_of(number):
                corrected |= family.ids
                tied |= {other for path in family.paths for other in self._tied(path)}
            open.extend(tied - found)
            found |= tied
        return found, corrected

    def _families_of(self, number: int) -> list[Family]:
        if not self._families:
            return []
        ties = (tie for (tie,) in self._db.execute("SELECT tie FROM ties WHERE block = ?", (number,)))
        return list({id(family): family for family in map(self._families.get, ties) if family}.values())

    def _tied(self, tie: str) -> set[int]:
        return {number for (number,) in self._db.execute("SELECT block FROM ties WHERE tie = ?", (tie,))}

    def _size(self, numbers: Iterable[int]) -> int:
        """Members to look at; those of a whole block count little."""
        query = "SELECT whole, (SELECT count(*) FROM members WHERE block = id) FROM blocks WHERE id = ?"
        rows = (self._db.execute(query, (number,)).fetchone() for number in numbers)
        return sum(1 + count // 20 if whole else count for whole, count in rows)

    def _described(self, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[str, bool]]]:
        for number in sorted(numbers):
            type, whole = self._db.execute("SELECT type, whole FROM blocks WHERE id = ?", (number,)).fetchone()
            yield number, (type, bool(whole))

    def _merge(self, group: _Group, result: Resolved) -> None:
        """Resolve and merge the group's blocks, and write what came out otherwise than before."""
        clusters: list[Cluster] = []
        firsts: dict[int, tuple[str, str]] = {}  # whole block -> one of its members
        former: dict[tuple[str, str], tuple[int, int, str | None]] = {}
        for number, (type, whole) in group.blocks.items():
            whole = whole and not group.corrected  # a correction may take a single article out
            found = self._load_whole(number) if whole else self._load(number, former)
            if not found:
                self._forget(number)
                continue
            if whole:
                firsts[number] = (found[0].article, found[0].entity.id)
            clusters += cluster(type, found)
        merged = merge_entities(join_links(clusters))
        if group.corrected:
            merged = correct(merged, self._corrections)
        before = {entity for number in group.blocks for entity in self._gone.get(number, ())}
        for number, first in firsts.items():
            before |= self._assign_whole(number, merged.ids[first], result)
        before |= self._assign(former, merged, result)
        self._write(before, merged, result, exact=bool(group.corrected))
        self._redirect(group.corrected, dict(merged.redirects), result)

    def _load_whole(self, number: int) -> list[Member]:
        """A block's members without context: each form, first by article, as often as it occurs."""
        query = """
            SELECT data, n, first FROM forms JOIN (
              SELECT form, count(*) AS n, min(article || ? || local) AS first FROM members WHERE block = ? GROUP BY form
            ) ON form = id ORDER BY first, id"""
        found: list[Member] = []
        for data, count, first in self._db.execute(query, (_SPLIT, number)):
            article, _, local = first.partition(_SPLIT)
            entity, link = _form(data, local)
            found += [Member(article, None, entity, link, frozenset(), frozenset())] * count
        return found

    def _load(self, number: int, former: dict[tuple[str, str], tuple[int, int, str | None]]) -> list[Member]:
        query = """
            SELECT form, article, local, homes, entity, data, published, around
            FROM members JOIN forms ON form = id JOIN contexts USING (article) WHERE members.block = ?"""
        found = []
        for form, article, local, homes, known, data, published, around in self._db.execute(query, (number,)):
            former[article, local] = (number, form, known)
            entity, link = _form(data, local)
            near = frozenset(json.loads(around)) - {key(entity, link)}
            found.append(Member(article, published, entity, link, frozenset(json.loads(homes or "[]")), near))
        return found

    def _forget(self, number: int) -> None:
        """An empty block; it was resolved with those tied to it one last time."""
        self._db.execute("DELETE FROM ties WHERE block = ?", (number,))
        self._db.execute("DELETE FROM forms WHERE block = ?", (number,))
        self._db.execute("DELETE FROM blocks WHERE id = ?", (number,))
        self._numbers.clear()
        self._forms.clear()

    def _assign_whole(self, number: int, id: str, result: Resolved) -> set[str]:
        query = "SELECT entity, count(*) FROM members WHERE block = ? AND entity IS NOT NULL GROUP BY entity"
        before = dict(self._db.execute(query, (number,)))
        update = "UPDATE members SET entity = ? WHERE block = ? AND entity IS NOT ? RETURNING article"
        result.articles.update(article for (article,) in self._db.execute(update, (id, number, id)))
        for old, count in before.items():
            if old != id:
                result.former.setdefault(old, Counter())[id] += count
        return set(before)

    def _assign(
        self, former: dict[tuple[str, str], tuple[int, int, str | None]], merged: Merged, result: Resolved
    ) -> set[str]:
        rows = []
        for (article, local), (number, form, old) in former.items():
            id = merged.ids[article, local]
            if id != old:
                rows.append((id, number, form, article, local))
                result.articles.add(article)
                if (known := old or self._left.get((article, local, form))) and known != id:
                    result.former.setdefault(known, Counter())[id] += 1
        update = "UPDATE members SET entity = ? WHERE block = ? AND form = ? AND article = ? AND local = ?"
        self._db.executemany(update, rows)
        return {old for _, _, old in former.values() if old}

    def _redirect(self, named: Iterable[str], redirects: Mapping[str, str], result: Resolved) -> None:
        """Note where the ids that corrections took away lead to; an id that leads elsewhere is told otherwise."""
        for old in named:
            row = self._db.execute("DELETE FROM redirects WHERE old = ? RETURNING new", (old,)).fetchone()
            if (row and row[0]) != redirects.get(old):
                result.entities.add(old)
        self._db.executemany("INSERT INTO redirects VALUES (?, ?)", redirects.items())

    def _write(self, before: set[str], merged: Merged, result: Resolved, *, exact: bool) -> None:
        """`exact` keeps with each merge its articles: after corrections they are not all that use the name."""
        why: dict[str, list[tuple[object, ...]]] = {}
        for merge in merged.merges:
            told = (merge.name, merge.reason, merge.score, *([merge.articles] if exact else ()))
            why.setdefault(merge.entity, []).append(told)
        for entity in merged.entities:
            row = (_dump(entity), json.dumps(why.get(entity.id, ()), ensure_ascii=False))
            query = "SELECT data, why FROM entities WHERE id = ?"
            old = self._db.execute(query, (entity.id,)).fetchone() if entity.id in before else None
            if old != row:
                self._db.execute("INSERT OR REPLACE INTO entities VALUES (?, ?, ?)", (entity.id, *row))
            if not old or old[0] != row[0]:
                result.entities.add(entity.id)
        gone = before - {entity.id for entity in merged.entities}
        result.entities |= gone
        self._db.executemany("DELETE FROM entities WHERE id = ?", [(id,) for id in gone])


_LINK = tuple(part.name for part in fields(Link))


def _form(data: str, local: str) -> tuple[Entity, Link | None]:
    entity, link = json.loads(data)
    return (_entity([local, *entity]), Link(*map(_frozen, link)) if link else None)


def _told(entity: Entity) -> list[Any]:
    return [
        entity.id, entity.type, entity.name, entity.aliases, entity.same_as, entity.close_match, entity.notes,
    ]  # fmt: skip


def _entity(row: list[Any]) -> Entity:
    return Entity(*map(_frozen, row))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _dump(entity: Entity) -> str:
    return json.dumps(_told(entity), ensure_ascii=False, separators=(",", ":"))


def load_entity(data: str) -> Entity:
    """The entity in a row of `entities`."""
    return _entity(json.loads(data))
