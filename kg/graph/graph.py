"""`KnowledgeGraph`: articles, entities and statements by id, and the questions that every publisher asks of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Article, Entity, Fused, Merge, Statement, Status


def plain(name: str) -> str:
    """A name without case, accents and punctuation, for look-ups: `Vučić` and `vucic` are the same."""
    text = unicodedata.normalize("NFKD", name).casefold().replace("ı", "i")
    kept = (c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Seen:
    """When articles say so, first and last by ISO 8601 date where they have one, and how many independent ones do."""

    first: str | None
    last: str | None
    sources: int


class KnowledgeGraph:
    """Articles, entities and statements, each a mapping by id in sorted order. Not changed once made."""

    def __init__(
        self,
        articles: Iterable[Article] = (),
        entities: Iterable[Entity] = (),
        statements: Iterable[Statement] = (),
        merges: Iterable[Merge] = (),
        copies: Iterable[tuple[str, str]] = (),
        redirects: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.articles: Mapping[str, Article] = {a.id: a for a in sorted(articles, key=lambda a: a.id)}
        self.entities: Mapping[str, Entity] = {e.id: e for e in sorted(entities, key=lambda e: e.id)}
        self.statements: Mapping[str, Statement] = {s.id: s for s in sorted(statements, key=lambda s: s.id)}
        self.merges: tuple[Merge, ...] = tuple(m for m in merges if m.entity in self.entities)
        self.copies: Mapping[str, str] = {copy: first for copy, first in sorted(copies) if copy in self.articles}
        self.redirects: Mapping[str, str] = {old: new for old, new in sorted(redirects) if new in self.entities}

    @classmethod
    def of(cls, fused: Fused) -> KnowledgeGraph:
        """The graph of what `fuse` returned."""
        return cls(fused.articles, fused.entities, fused.statements, fused.merges, fused.copies, fused.redirects)

    @cached_property
    def _about(self) -> Mapping[str, tuple[Statement, ...]]:
        about: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            about[statement.subject].append(statement)
            if statement.object != statement.subject:
                about[statement.object].append(statement)
        return {entity: tuple(rows) for entity, rows in about.items()}

    def about(self, entity: str) -> tuple[Statement, ...]:
        """The statements with this entity as subject or object, sorted by id."""
        return self._about.get(entity, ())

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, list[str]] = defaultdict(list)
        for entity in self.entities.values():
            for name in {plain(entity.name), *map(plain, entity.aliases)}:
                names[name].append(entity.id)
        return {name: tuple(ids) for name, ids in names.items()}

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities with this id, name or alias, case and accents ignored; else those with all its words."""
        name = self.redirects.get(name, name)
        if name in self.entities:
            return (self.entities[name],)
        wanted = plain(name)
        ids = self._names.get(wanted, ())
        if not ids and wanted:
            words = set(wanted.split())
            ids = tuple(
                sorted({i for known, owners in self._names.items() if words <= set(known.split()) for i in owners})
            )
        return tuple(sorted((self.entities[i] for i in ids), key=lambda e: (-len(self.about(e.id)), e.id)))

    def sentence(self, statement: Statement) -> str:
        """The sentence of the statement's strongest evidence, white space folded; empty where there is none."""
        best = max(statement.evidence, key=lambda e: (e.score, e.article, -e.start), default=None)
        return " ".join(self.articles[best.article].text[best.start : best.end].split()) if best else ""

    def sources(self, statement: Statement) -> frozenset[str]:
        """The independent sources of the statement: its articles, near-duplicates counted as the one they copy."""
        return frozenset(self.copies.get(item.article, item.article) for item in statement.evidence)

    def seen(self, statement: Statement) -> Seen:
        """From when to when, and in how many independent sources, the statement is seen."""
        cited = (self.articles[item.article] for item in statement.evidence if item.article in self.articles)
        dates = sorted(article.published for article in cited if article.published)
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        return Seen(first, last, len(self.sources(statement)))

    def select(self, keep: Callable[[Statement], bool]) -> KnowledgeGraph:
        """The graph of the statements to keep, with the entities and articles that they use."""
        statements = [s for s in self.statements.values() if keep(s)]
        used = {i for s in statements for i in (s.subject, s.object, s.attributed_to) if i}
        cited = {e.article for s in statements for e in s.evidence}
        return type(self)(
            (a for a in self.articles.values() if a.id in cited),
            (e for e in self.entities.values() if e.id in used),
            statements,
            self.merges,
            self.copies.items(),
            self.redirects.items(),
        )

    @property
    def asserted(self) -> tuple[Statement, ...]:
        """The statements whose status is asserted."""
        return tuple(s for s in self.statements.values() if s.status is Status.ASSERTED)
