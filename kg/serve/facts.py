"""What a page, a look-up or a path says of a resource: things, facts and their sources, read from the store.

Statement nodes carry the facts. Where an export has none, the direct triples are the facts, with the article of their
graph as the source and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

from kg.schema import Schema, load_schema
from kg.serve.dataset import Dataset

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
DEFAULT = ox.DefaultGraph()
_HIDDEN = {"status", "confidence", "evidence", "attributedTo", "mentionedIn", "note", "finerPredicate"}
_DATES = ("date", "from", "to")
_SEEN = ("firstSeen", "lastSeen", "independentSources")
SAME = ("owl:sameAs", "skos:exactMatch")
"""Properties whose objects are the thing itself elsewhere; a field of cooperation is a concept and has the second."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource as others name it. `path` is its path below the base, None outside; `kind` a type of the ontology."""

    iri: str
    label: str
    path: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An article that states a fact, and the sentence where it is known. `url` is an http address or None."""

    article: Thing
    quote: str = ""
    url: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement. `relation` is the local name, `phrase` its label; qualifiers are (label, value or thing)."""

    path: str | None
    subject: Thing
    relation: str
    phrase: str
    object: Thing
    status: str = "Asserted"
    confidence: float | None = None
    qualifiers: tuple[tuple[str, str | Thing], ...] = ()
    attributed_to: Thing | None = None
    sources: tuple[Source, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def told(self) -> list[tuple[str, list[str | Thing]]]:
        """The qualifiers by name, but for how the fact was seen."""
        rows: dict[str, list[str | Thing]] = {}
        for name, value in self.qualifiers:
            if name not in _SEEN:
                rows.setdefault(name, []).append(value)
        return list(rows.items())

    @property
    def seen(self) -> list[tuple[str, str]]:
        """When it was first and last reported, and by how many independent sources."""
        return [(name, value) for name, value in self.qualifiers if name in _SEEN and isinstance(value, str)]

    @property
    def day(self) -> str:
        """The date that a timeline sorts by: the fact's own, else the earliest report's; empty where there is none."""
        own = [date for date in self.dates if date]
        return min(own) if own else min((s.published for s in self.sources if s.published), default="")


class Facts:
    """Look-ups over one dataset. Safe to share between threads: the store is read-only."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, self.store = dataset, dataset.store
        self.schema: Schema = load_schema()
        self.thing = lru_cache(maxsize=20_000)(self._thing)

    @cached_property
    def _words(self) -> dict[str, ox.NamedNode]:
        expand = self.schema.expand
        curies = (
            "rdf:type rdf:subject rdf:predicate rdf:object rdf:reifies rdfs:label skos:prefLabel schema:headline "
            "schema:name schema:text schema:url schema:publisher schema:datePublished kg:status kg:confidence "
            "kg:attributedTo kg:evidence kg:mentionedIn prov:wasDerivedFrom oa:hasSource oa:hasSelector oa:exact "
            "skos:altLabel owl:sameAs skos:exactMatch skos:closeMatch dcterms:identifier"
        ).split()
        return {curie: ox.NamedNode(expand(curie)) for curie in curies}

    def word(self, curie: str) -> ox.NamedNode:
        """The IRI of one of the vocabulary's terms that the look-ups use."""
        return self._words[curie]

    def objects(self, subject: ox.NamedNode, curie: str) -> list[Term]:
        """The objects of a property, sorted."""
        found = self.store.quads_for_pattern(subject, self._words[curie], None, DEFAULT)
        return sorted((quad.object for quad in found), key=str)

    def text(self, subject: ox.NamedNode, *curies: str) -> str | None:
        """The first value of the first property that has one, as text."""
        for curie in curies:
            for term in self.objects(subject, curie):
                if isinstance(term, (ox.Literal, ox.NamedNode)):
                    return term.value
        return None

    def kinds(self, node: ox.NamedNode) -> list[str]:
        """The node's types in the ontology, local names."""
        space = self.schema.namespace
        types = (t.value for t in self.objects(node, "rdf:type") if isinstance(t, ox.NamedNode))
        return [iri.removeprefix(space) for iri in types if iri.startswith(space)]

    def _thing(self, iri: str) -> Thing:
        node, path = ox.NamedNode(iri), self.dataset.path_of(iri)
        label = self.text(node, "schema:text", "rdfs:label", "skos:prefLabel", "schema:headline", "schema:name")
        kind = next(iter(self.kinds(node)), None)
        if kind is None and path and path.startswith("article/"):
            kind = "Article"
        return Thing(iri, label or re.split("[/#]", iri.rstrip("/#"))[-1], path, kind)

    def end(self, term: object) -> Thing:
        """The thing that a term names; a literal is its own label."""
        return (
            self.thing(term.value) if isinstance(term, ox.NamedNode) else Thing("", getattr(term, "value", str(term)))
        )

    def _nodes(self, node: ox.NamedNode, curie: str) -> Iterator[ox.NamedNode]:
        for quad in self.store.quads_for_pattern(None, self._words[curie], node, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject

    def relation(self, iri: str) -> tuple[str, str]:
        """A property's local name and its English label."""
        name = iri.removeprefix(self.schema.namespace)
        known = self.schema.relations.get(name)
        return name, known.label.get("en", name) if known else re.split("[/#]", name)[-1]

    def facts(self, node: ox.NamedNode, most: int = 500) -> tuple[list[Fact], list[Fact], int]:
        """The facts of a resource, those about it, and how many were left out.

        A symmetric fact is its own from either end. At most `most` are read, so that no hub holds up the server.
        """
        ids = sorted({*self._nodes(node, "rdf:subject"), *self._nodes(node, "rdf:object")}, key=str)
        own: list[Fact] = []
        about: list[Fact] = []
        for statement in ids[:most]:
            fact = self.fact(statement)
            relation = self.schema.relations.get(fact.relation)
            mine = fact.subject.iri == node.value or (relation is not None and relation.symmetric)
            (own if mine else about).append(fact)
        if not ids:
            own, about = self._bare(node, most)
        return own, about, max(0, len(ids) - most)

    def told_in(self, article: ox.NamedNode, most: int = 500) -> list[Fact]:
        """The facts that an article states, denials and plans too."""
        ids = {*self._nodes(article, "prov:wasDerivedFrom"), *self._nodes(article, "kg:mentionedIn")}
        return [self.fact(statement) for statement in sorted(ids, key=str)[:most]]

    def fact(self, statement: ox.NamedNode) -> Fact:
        """The fact of a statement's node."""
        space = self.schema.namespace
        values: dict[str, list[Term]] = {}
        for quad in sorted(self.store.quads_for_pattern(statement, None, None, DEFAULT), key=str):
            values.setdefault(quad.predicate.value, []).append(quad.object)

        def one(curie: str) -> object:
            return next(iter(values.get(self._words[curie].value, ())), None)

        predicate = one("rdf:predicate")
        name, phrase = self.relation(getattr(predicate, "value", ""))
        said_by = one("kg:attributedTo")
        told = {iri.removeprefix(space): terms for iri, terms in values.items() if iri.startswith(space)}
        return Fact(
            self.dataset.path_of(statement.value),
            self.end(one("rdf:subject")),
            name,
            phrase,
            self.end(one("rdf:object")),
            getattr(one("kg:status"), "value", "Asserted").removeprefix(space),
            float(getattr(one("kg:confidence"), "value", "nan")) if one("kg:confidence") else None,
            tuple(self._qualifiers(told)),
            self.end(said_by) if said_by else None,
            tuple(self._sources(values)),
            tuple(getattr(term, "value", "") for key in _DATES for term in told.get(key, ())),
        )

    def _qualifiers(self, told: dict[str, list[Term]]) -> Iterator[tuple[str, str | Thing]]:
        for name, terms in sorted(told.items()):
            for term in terms if name not in _HIDDEN else ():
                yield name, term.value if isinstance(term, ox.Literal) else self.end(term)

    def _sources(self, values: dict[str, list[Term]]) -> Iterator[Source]:
        """Each article once for each sentence; an article without a sentence where there is no evidence."""
        quoted: dict[tuple[str, str], Source] = {}
        for evidence in values.get(self._words["kg:evidence"].value, ()):
            if isinstance(evidence, ox.NamedNode):
                for article in self.objects(evidence, "oa:hasSource"):
                    quote = self._quote(evidence)
                    quoted.setdefault((str(article), quote), self.source(article, quote))
        named = {article for article, _ in quoted}
        for curie in ("prov:wasDerivedFrom", "kg:mentionedIn"):
            for article in values.get(self._words[curie].value, ()):
                if str(article) not in named:
                    quoted[str(article), ""] = self.source(article, "")
        yield from sorted(quoted.values(), key=lambda s: (s.published or "", s.article.iri, s.quote))

    def _quote(self, evidence: ox.NamedNode) -> str:
        for selector in self.objects(evidence, "oa:hasSelector"):
            quote = self.text(selector, "oa:exact") if isinstance(selector, ox.NamedNode) else None
            if quote:
                return " ".join(quote.split())
        return ""

    def source(self, article: Term, quote: str = "") -> Source:
        """An article as a source; a link only to http and https."""
        if not isinstance(article, ox.NamedNode):
            return Source(Thing("", str(article)), quote)
        url = self.text(article, "schema:url")
        link = url if url and url.lower().startswith(("http://", "https://")) else None
        publisher, day = self.text(article, "schema:publisher"), self.text(article, "schema:datePublished")
        return Source(self.thing(article.value), quote, link, publisher, day)

    def neighbours(self, node: ox.NamedNode) -> Iterator[tuple[str, ox.NamedNode, bool]]:
        """(relation's local name, the other end, whether it points away) of the direct triples between resources."""
        space = self.schema.namespace
        for forward in (True, False):
            subject, object = (node, None) if forward else (None, node)
            for quad in self.store.quads_for_pattern(subject, None, object, DEFAULT):
                name = quad.predicate.value.removeprefix(space)
                other = quad.object if forward else quad.subject
                if name in self.schema.relations and isinstance(other, ox.NamedNode):
                    yield name, other, forward

    def _bare(self, node: ox.NamedNode, most: int) -> tuple[list[Fact], list[Fact]]:
        own: list[Fact] = []
        about: list[Fact] = []
        for name, other, forward in sorted(self.neighbours(node), key=str)[:most]:
            predicate = ox.NamedNode(self.schema.namespace + name)
            symmetric = self.schema.relations[name].symmetric
            if symmetric and not forward:
                continue
            subject, object = (node, other) if forward else (other, node)
            graphs = {q.graph_name for q in self.store.quads_for_pattern(subject, predicate, object, None)} - {DEFAULT}
            articles = [g for g in sorted(graphs, key=str) if g.value.startswith(self.dataset.base + "article/")]  # type: ignore[union-attr]
            phrase = self.relation(predicate.value)[1]
            sources = tuple(self.source(article) for article in articles)  # type: ignore[arg-type]
            fact = Fact(None, self.end(subject), name, phrase, self.end(object), sources=sources)
            (own if forward else about).append(fact)
        return own, about


def timeline(facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
    """The dated facts, latest first; a fact without a date of its own stands at the day of its first report."""
    return sorted(((fact.day, fact) for fact in facts if fact.day), key=lambda row: (row[0], row[1].path or ""))[::-1]
