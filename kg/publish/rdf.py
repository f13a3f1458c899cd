"""KnowledgeGraph -> RDF: the project's published contract.

A fact that is asserted is a direct triple, `person:ana kg:leaderOf country:serbia`; a symmetric one is given both ways,
so that a query need not ask twice. Each statement is also a node, `a rdf:Statement, kg:Statement`, with its confidence,
status, qualifiers, articles and evidence. Evidence points into the article with a `oa:TextQuoteSelector` and a
`oa:TextPositionSelector` (https://www.w3.org/TR/annotation-model/); statements read in one sentence share them.

The finer relation that a role justifies, `kg:headOfStateOf` for a country's president, is a direct triple beside the
broad one and the node's `kg:finerPredicate`; `rdf:predicate` stays broad, so that one name finds all its statements.

Facts that the text denies, plans or only reports get a node and no direct triple, and `kg:mentionedIn` in place of
`prov:wasDerivedFrom`: who gathers an article's facts by `prov:wasDerivedFrom` is not handed its denials.

An article's graph is named by the article's own IRI: `GRAPH ?article { ?s kg:leaderOf ?o }` says who says so. What is
known of entities whatever the article stands in the graph `graph/collection`. Nothing is a blank node, and nothing
stands in the default graph (rdflib 7 cannot update a Dataset whose default graph holds a triple).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status, digest
from kg.publish.iris import Names, clean, link, own, term
from kg.publish.literals import count, decimal, label, plain, share, spoken, when
from kg.publish.vocabulary import finer
from kg.schema import load_schema
from kg.settings import PROVENANCE, Settings

CONTEXT = 32  # characters of text before and after a quoted sentence, as the Web Annotation model suggests
LABEL = 80  # characters of a quotation that serve as its label
_DATED = {"date", "from", "to"}
_NUMBERS = {"amount"}
_WORDS = {"role", "reason", "mode", "kind", "period", "change"}  # in the article's language
_CODES = {"value", "currency"}
_THINGS = {"giver", "place", "operator", "partner"}  # an entity's id, or a name
_PLACED = {"lat": ("wgs:lat", 90), "lon": ("wgs:long", 180), "long": ("wgs:long", 180)}  # predicate, greatest degree
_NOTED = {"iso": "kg:iso", "iata": "kg:iata", "icao": "kg:icao", "link-reason": "kg:linkReason"}
_BROAD = "skos:broadMatch"

SEEN = ("kg:firstSeen", "kg:lastSeen", "kg:independentSources")
"""What the collection, and no article of its own, says of a statement."""

Node = NamedNode | Literal | Triple
Graphs = tuple[NamedNode, ...]


@dataclass(slots=True)
class Block:
    """A subject with its predicates and objects in order, each with the graphs that it stands in."""

    subject: NamedNode
    graphs: Graphs
    rows: list[tuple[NamedNode, Node, Graphs]] = field(default_factory=list)

    def add(self, predicate: str | NamedNode, *objects: Node | None, graphs: Graphs | None = None) -> None:
        """Add a triple for each object that is there, in the block's own graphs or in those given."""
        name = term(predicate) if isinstance(predicate, str) else predicate
        self.rows += [(name, node, graphs or self.graphs) for node in objects if node is not None]

    def fill(self, rows: list[tuple[str, Node]]) -> None:
        """Add these triples, none of them twice: evidence is most of a graph, and this is faster than to add each."""
        graphs = self.graphs
        self.rows = [(term(predicate), node, graphs) for predicate, node in rows]

    def unique(self) -> Block:
        """The block without the triples that it has before; each keeps the graphs of its first."""
        first: dict[tuple[NamedNode, Node], tuple[NamedNode, Node, Graphs]] = {}
        for row in self.rows:
            first.setdefault(row[:2], row)
        if len(first) < len(self.rows):
            self.rows = list(first.values())
        return self


@lru_cache(maxsize=1 << 14)
def _justified(relation: str, roles: tuple[str, ...], object_type: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for role in roles for name in finer(relation, role, object_type)))


class Publication:
    """A graph with the names of its resources, as blocks of triples in the order in which the files hold them."""

    def __init__(self, graph: KnowledgeGraph, settings: Settings) -> None:
        self.graph = graph
        self.mode = settings.provenance
        if self.mode not in PROVENANCE:
            raise StoreError(f"provenance {self.mode!r} is unknown; choose one of: {', '.join(PROVENANCE)}")
        self.names = Names.of(settings)
        self._schema = load_schema()
        self._hashes: dict[str, Literal] = {}

    def blocks(self) -> Iterator[Block]:
        """Articles, entities with their facts, IRIs that lead to others, statements, each followed by its evidence."""
        if self.mode != "none":
            yield from map(self._article, self.graph.articles.values())
        for id in sorted({*self.graph.entities, *self._facts}):
            yield self._entity(id)
        yield from (self._moved(old, new) for old, new in self.graph.redirects.items())
        if self.mode in {"statements", "rdf12"}:
            passages: set[NamedNode] = set()
            for id, statement in self.graph.statements.items():
                proofs = {self._proof(id, evidence): evidence for evidence in statement.evidence}
                yield self._statement(id, statement, proofs)
                for node, evidence in proofs.items():
                    yield from self._evidence(node, evidence, passages)

    def _moved(self, old: str, new: str) -> Block:
        """An IRI that a correction took away."""
        block = Block(self.names.entity(old), (self.names.collection,))
        block.add("owl:deprecated", Literal("true", datatype=term("xsd:boolean")))
        block.add("dcterms:isReplacedBy", self.names.entity(new))
        return block

    def sources(self, statement: Statement) -> Graphs:
        """The articles of a statement, each the name of its graph; the collection's graph where it has none."""
        if self.mode == "none":
            return (self.names.collection,)
        cited = dict.fromkeys(self.names.article(e.article) for e in statement.evidence)
        return tuple(cited) or (self.names.collection,)

    @cached_property
    def _facts(self) -> Mapping[str, dict[tuple[str, str], Graphs]]:
        """Direct triples: subject -> (predicate, object) -> the graphs that hold it."""
        facts: dict[str, dict[tuple[str, str], Graphs]] = {}
        for statement in self.graph.statements.values():
            if statement.status is not Status.ASSERTED:
                continue
            ends = [(statement.subject, statement.object)]
            relation = self._schema.relations.get(statement.relation)
            if relation and relation.symmetric:
                ends.append((statement.object, statement.subject))
            for subject, object in ends:
                rows = facts.setdefault(subject, {})
                known = rows.get((statement.relation, object), ())
                rows[statement.relation, object] = tuple(dict.fromkeys(known + self.sources(statement)))
            for name in self._finer(statement):
                known = facts[statement.subject].get((name, statement.object), ())
                graphs = tuple(dict.fromkeys(known + self.sources(statement)))
                facts[statement.subject][name, statement.object] = graphs
        return facts

    def _finer(self, statement: Statement) -> tuple[str, ...]:
        """The sub-properties that the statement's roles justify."""
        object = self.graph.entities.get(statement.object)
        roles = tuple(value for name, value in statement.qualifiers if name == "role") if object else ()
        return _justified(statement.relation, roles, object.type) if object and roles else ()

    def _article(self, article: Article) -> Block:
        node = self.names.article(article.id)
        block = Block(node, (node,))
        block.add("rdf:type", term("schema:NewsArticle"))
        block.add("rdfs:label", plain(article.title or article.id))
        block.add("dcterms:identifier", plain(article.id))
        if article.title:
            block.add("schema:headline", spoken(article.title, article.language))
        if article.url:
            url = link(article.url)
            block.add("schema:url", url)
            block.add("kg:note", None if url else plain(f"url: {article.url}"))
        if article.published:
            day = when(article.published) or when(article.published[:10])
            block.add("schema:datePublished", day)
            block.add("kg:note", None if day else plain(f"published: {article.published}"))
        if article.publisher:
            block.add("schema:publisher", plain(article.publisher))
        block.add("schema:inLanguage", plain(article.language))
        block.add("kg:textSha256", self._hash(article))
        return block

    def _hash(self, article: Article) -> Literal:
        known = self._hashes.get(article.id)
        if known is None:
            text = article.text.encode("utf-8", "surrogatepass")
            known = self._hashes[article.id] = plain(hashlib.sha256(text).hexdigest())
        return known

    def _entity(self, id: str) -> Block:
        block = Block(self.names.entity(id), (self.names.collection,))
        entity = self.graph.entities.get(id)
        if entity:
            self._describe(entity, block)
        for (relation, object), graphs in sorted(self._facts.get(id, {}).items()):
            block.add(own(relation), self.names.entity(object), graphs=graphs)
        return block.unique()

    def _describe(self, entity: Entity, block: Block) -> None:
        block.add("rdf:type", own(entity.type))
        if entity.type == "Quotation":
            name = clean(entity.name)
            block.add("rdf:type", term("schema:Quotation"))
            block.add("rdfs:label", plain(name if len(name) <= LABEL else name[: LABEL - 1] + "…"))
            block.add("schema:text", plain(name))
        else:
            block.add("rdf:type", term("skos:Concept") if entity.type == "Sector" else None)
            block.add("rdfs:label", plain(entity.name))
        block.add("skos:altLabel", *(plain(alias) for alias in entity.aliases if alias != entity.name))
        # A field of cooperation is a concept: two schemes' concepts match, they are not one thing.
        same = "skos:exactMatch" if entity.type == "Sector" else "owl:sameAs"
        broad = tuple(value for name, value in entity.notes if name == "broader")
        for predicate, iris in ((same, entity.same_as), ("skos:closeMatch", entity.close_match), (_BROAD, broad)):
            for iri in iris:
                node = link(iri)
                block.add(predicate if node else "kg:note", node or plain(f"{predicate}: {iri}"))
        for name, value in entity.notes:
            if name in _NOTED:
                block.add(_NOTED[name], plain(value))
            elif name != "broader" and not self._placed(name, value, block):
                block.add("kg:note", plain(f"{name}: {value}"))

    def _placed(self, name: str, value: str, block: Block) -> bool:
        """Whether the note was a coordinate, the block's first, and is now in the block."""
        number = decimal(value) if name in _PLACED else None
        predicate, most = _PLACED.get(name, ("", 0))
        if number is None or abs(float(number.value)) > most or any(row[0] == term(predicate) for row in block.rows):
            return False
        block.add(predicate, number)
        return True

    def _statement(self, id: str, statement: Statement, proofs: Mapping[NamedNode, Evidence]) -> Block:
        block = Block(self.names.statement(id), self.sources(statement))
        subject, object = self.names.entity(statement.subject), self.names.entity(statement.object)
        predicate = own(statement.relation)
        rows: list[tuple[str, Node]]
        if self.mode == "rdf12":
            rows = [("rdf:type", term("kg:Statement")), ("rdf:reifies", Triple(subject, predicate, object))]
        else:
            rows = [
                ("rdf:type", term("rdf:Statement")), ("rdf:type", term("kg:Statement")), ("rdf:subject", subject),
                ("rdf:predicate", predicate), ("rdf:object", object),
            ]  # fmt: skip
        rows += [("kg:finerPredicate", own(name)) for name in self._finer(statement)]
        rows.append(("kg:status", own(statement.status.capitalize())))
        rows.append(("kg:confidence", share(statement.confidence)))
        if statement.attributed_to:
            rows.append(("kg:attributedTo", self.names.entity(statement.attributed_to)))
        language = self._language(statement)
        rows += dict.fromkeys(self._qualifier(name, value, language) for name, value in statement.qualifiers)
        block.fill(rows)
        source = term("prov:wasDerivedFrom" if statement.status is Status.ASSERTED else "kg:mentionedIn")
        cited = [self.names.article(evidence.article) for evidence in statement.evidence]
        block.rows += [(source, article, (article,)) for article in dict.fromkeys(cited)]
        seen = self.graph.seen(statement)
        told = (when(seen.first or ""), when(seen.last or ""), count(seen.sources))
        there = (self.names.collection,)
        dated = zip(SEEN, told, strict=True)
        block.rows += [(term(curie), literal, there) for curie, literal in dated if literal is not None]
        proof = term("kg:evidence")
        block.rows += [(proof, node, (self.names.article(evidence.article),)) for node, evidence in proofs.items()]
        return block

    def _language(self, statement: Statement) -> str:
        cited = (self.graph.articles.get(evidence.article) for evidence in statement.evidence)
        return next((article.language for article in cited if article), "en")

    def _qualifier(self, name: str, value: str, language: str) -> tuple[str, Node]:
        """The predicate and object of a qualifier; what is not what its name promises becomes a note."""
        node: Node | None = None
        if name in _DATED:
            node = when(value)
        elif name in _NUMBERS:
            node = decimal(value)
        elif name in _WORDS:
            node = spoken(value, language)
        elif name in _CODES:
            node = plain(value)
        elif name in _THINGS:
            known = value in self.graph.entities
            return (f"kg:{name}", self.names.entity(value)) if known else (f"kg:{name}Name", plain(value))
        return (f"kg:{name}", node) if node else ("kg:note", plain(f"{name}: {value}"))

    def _proof(self, id: str, evidence: Evidence) -> NamedNode:
        spans = (evidence.start, evidence.end, evidence.subject, evidence.object)
        return self.names.evidence(digest(id, evidence.article, *spans, evidence.rule))

    def _evidence(self, node: NamedNode, evidence: Evidence, passages: set[NamedNode]) -> Iterator[Block]:
        """The evidence, and its passage where no earlier statement rests on the same sentence."""
        article = self.names.article(evidence.article)
        block = Block(node, (article,))
        rows: list[tuple[str, Node]] = [("rdf:type", term("oa:SpecificResource")), ("rdf:type", term("kg:Evidence"))]
        rows.append(("oa:hasSource", article))
        source = self.graph.articles.get(evidence.article)
        place = digest(evidence.article, evidence.start, evidence.end)
        quote, position = self.names.passage(f"{place}-quote"), self.names.passage(f"{place}-position")
        if source:
            rows += [("oa:hasSelector", quote), ("oa:hasSelector", position)]
        if evidence.subject and 0 <= evidence.subject[0] <= evidence.subject[1]:
            rows.append(("kg:subjectStart", count(evidence.subject[0])))
            rows.append(("kg:subjectEnd", count(evidence.subject[1])))
        if evidence.object and 0 <= evidence.object[0] <= evidence.object[1]:
            rows.append(("kg:objectStart", count(evidence.object[0])))
            rows.append(("kg:objectEnd", count(evidence.object[1])))
        rows += [("kg:rule", label(evidence.rule)), ("kg:score", share(evidence.score))]
        block.fill(rows)
        yield block
        if source and quote not in passages:
            passages.add(quote)
            yield from self._passage(source, evidence, quote, position)

    def _passage(self, article: Article, evidence: Evidence, quote: NamedNode, position: NamedNode) -> Iterator[Block]:
        start, end = sorted((max(evidence.start, 0), max(evidence.end, 0)))
        graphs = (self.names.article(article.id),)
        block = Block(quote, graphs)
        block.fill(
            [
                ("rdf:type", term("oa:TextQuoteSelector")),
                ("oa:exact", plain(article.text[start:end])),
                ("oa:prefix", plain(article.text[max(start - CONTEXT, 0) : start])),
                ("oa:suffix", plain(article.text[end : end + CONTEXT])),
            ]
        )
        yield block
        block = Block(position, graphs)
        block.fill(
            [
                ("rdf:type", term("oa:TextPositionSelector")),
                ("oa:start", count(start)),
                ("oa:end", count(end)),
                ("kg:textSha256", self._hash(article)),
            ]
        )
        yield block


def blocks(graph: KnowledgeGraph, settings: Settings | None = None) -> Iterator[Block]:
    """The graph's triples by subject, lazily, always in the same order."""
    return Publication(graph, settings or Settings()).blocks()


def triples(graph: KnowledgeGraph, settings: Settings | None = None) -> Iterator[Triple]:
    """The union of the graph's named graphs: each triple once, lazily, grouped by subject."""
    listed = ([Triple(b.subject, name, node) for name, node, _ in b.rows] for b in blocks(graph, settings))
    return chain.from_iterable(listed)  # one pass through Python for each subject, none for each triple


def quads(graph: KnowledgeGraph, settings: Settings | None = None) -> Iterator[Quad]:
    """Each triple in every graph that holds it, lazily, grouped by subject."""
    for block in blocks(graph, settings):
        subject = block.subject
        for predicate, node, graphs in block.rows:
            for name in graphs:
                yield Quad(subject, predicate, node, name)


def dataset(graph: KnowledgeGraph, settings: Settings | None = None) -> rdflib.Dataset:
    """The graph for rdflib; its default graph is the union. Raises StoreError for `rdf12`, which rdflib cannot hold."""
    settings = settings or Settings()
    if settings.provenance == "rdf12":
        raise StoreError("rdflib cannot hold RDF 1.2; set provenance to statements, graphs or none")
    data = rdflib.Dataset(default_union=True)
    for prefix, iri in load_schema().prefixes.items():
        data.bind(prefix, iri, replace=True)
    nodes: dict[object, rdflib.URIRef | rdflib.Literal] = {}
    graphs: dict[object, rdflib.Graph] = {}
    for subject, predicate, node, name in quads(graph, settings):
        for known in (subject, predicate, node, name):
            if known not in nodes:
                nodes[known] = to_rdflib(known)
        if name not in graphs:
            graphs[name] = data.graph(nodes[name])
        graphs[name].add((nodes[subject], nodes[predicate], nodes[node]))
    return data


def to_rdflib(node: object) -> rdflib.URIRef | rdflib.Literal:
    """An IRI or literal of Oxigraph as rdflib's, its lexical form kept."""
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    assert isinstance(node, Literal)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    datatype = None if node.datatype == term("xsd:string") else rdflib.URIRef(node.datatype.value)
    return rdflib.Literal(node.value, datatype=datatype, normalize=False)
