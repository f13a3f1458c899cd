"""What an export says of an entity, each fact with the sentences it was read in. Works on the RDF alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.graph.graph import plain
from kg.publish.iris import own
from kg.publish.sparql import Export

_NAMES = """SELECT ?entity ?name ?type {
  ?entity rdfs:label|skos:altLabel ?name ; a ?type . FILTER(STRSTARTS(STR(?type), STR(kg:)))
}"""
_ENTITY = """SELECT ?predicate ?value {
  VALUES ?entity { %s }
  VALUES ?predicate { rdfs:label skos:altLabel owl:sameAs skos:exactMatch skos:closeMatch kg:linkReason kg:note }
  ?entity ?predicate ?value
} ORDER BY ?predicate ?value"""
_FACTS = """SELECT DISTINCT ?st ?s ?subject ?p ?o ?object ?status ?confidence ?by {
  VALUES ?entity { %s }
  { ?st rdf:subject ?entity } UNION { ?st rdf:object ?entity }
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status ; kg:confidence ?confidence .
  ?s rdfs:label ?subject . ?o rdfs:label ?short . OPTIONAL { ?o schema:text ?text }
  BIND(COALESCE(?text, ?short) AS ?object)
  OPTIONAL { ?st kg:attributedTo/rdfs:label ?by }
} ORDER BY ?status DESC(?confidence) ?p ?subject ?object"""
_QUALIFIERS = """SELECT ?st ?q ?value {
  VALUES ?entity { %s }
  { ?st rdf:subject ?entity } UNION { ?st rdf:object ?entity }
  ?st ?q ?v . FILTER(STRSTARTS(STR(?q), STR(kg:)))
  FILTER(?q NOT IN (kg:status, kg:confidence, kg:evidence, kg:mentionedIn, kg:attributedTo, kg:finerPredicate,
    kg:firstSeen, kg:lastSeen, kg:independentSources))
  OPTIONAL { ?v rdfs:label ?label } BIND(COALESCE(?label, STR(?v)) AS ?value)
} ORDER BY ?st ?q ?value"""
_EVIDENCE = """SELECT ?st ?exact ?title ?id ?url ?published ?rule ?score {
  VALUES ?entity { %s }
  { ?st rdf:subject ?entity } UNION { ?st rdf:object ?entity }
  ?st kg:evidence ?e . ?e oa:hasSource ?article ; kg:rule ?rule ; kg:score ?score ; oa:hasSelector/oa:exact ?exact .
  ?article rdfs:label ?title ; dcterms:identifier ?id .
  OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?published ?id DESC(?score) ?exact ?rule"""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that states a fact, the article that has it, and the rule that read it with its score, 0 to 1."""

    sentence: str
    article: str
    title: str
    url: str
    published: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about the entity. `status` is `asserted`, `denied`, ...; `qualifiers` are sorted pairs."""

    subject: str
    relation: str
    object: str
    status: str
    confidence: float
    attributed_to: str
    qualifiers: tuple[tuple[str, str], ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An entity and all that is said of it. `links` are IRIs elsewhere, each with `same` or `close` before it."""

    iri: str
    name: str
    type: str
    aliases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]


def explain(source: Export | KnowledgeGraph | str | Path, name: str) -> list[Account]:
    """Every entity of this name, best match first: an IRI or its end, a label or alias, else a name with all the words.

    Case and accents do not matter. Raises QueryError, with names that are near, where there is none.
    """
    if isinstance(source, KnowledgeGraph):
        source = Export.of(source)
    export = source if isinstance(source, Export) else Export.open(source)
    return [_account(export, iri, type) for iri, type in _find(export, name)]


def _find(export: Export, name: str) -> list[tuple[str, str]]:
    """IRI and type of the entities that the name means."""
    wanted = plain(name)
    words = set(wanted.split())
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    near: set[str] = set()
    for entity, label, type in export.ask(_NAMES).rows:
        iri, told = _value(entity), plain(_value(label))
        kind = _value(type).removeprefix(own("").value)
        if (wanted and wanted == told) or (name and (iri == name or iri.endswith("/" + name))):
            exact[iri] = kind
        elif words and words <= set(told.split()):
            loose[iri] = kind
        elif words & set(told.split()):
            near.add(_value(label))
    if not exact and not loose:
        hint = f"; near: {', '.join(sorted(near)[:8])}" if near else ""
        raise QueryError(f"nothing here is named {name!r}{hint}")
    return sorted((exact or loose).items())


def _account(export: Export, iri: str, type: str) -> Account:
    told: dict[str, list[str]] = {}
    for predicate, value in export.ask(_ENTITY % f"<{iri}>").rows:
        told.setdefault(_local(predicate), []).append(_value(value))
    links = [("same", value) for value in (*told.get("sameAs", ()), *told.get("exactMatch", ()))]
    links += [("close", value) for value in told.get("closeMatch", ())]
    notes = (*told.get("linkReason", ()), *told.get("note", ()))
    label = told["label"][0]
    return Account(iri, label, type, tuple(told.get("altLabel", ())), tuple(links), notes, tuple(_facts(export, iri)))


def _facts(export: Export, iri: str) -> Iterator[Fact]:
    qualifiers: dict[str, list[tuple[str, str]]] = {}
    for st, predicate, value in export.ask(_QUALIFIERS % f"<{iri}>").rows:
        qualifiers.setdefault(_value(st), []).append((_local(predicate), _value(value)))
    proofs: dict[str, list[Proof]] = {}
    for st, exact, title, id, url, published, rule, score in export.ask(_EVIDENCE % f"<{iri}>").rows:
        sentence = " ".join(_value(exact).split())
        cells = (_value(id), _value(title), _value(url), _value(published), _value(rule))
        proofs.setdefault(_value(st), []).append(Proof(sentence, *cells, float(_value(score))))
    for st, _, subject, predicate, _, object, status, confidence, by in export.ask(_FACTS % f"<{iri}>").rows:
        yield Fact(
            _value(subject),
            _local(predicate),
            _value(object),
            _local(status).lower(),
            float(_value(confidence)),
            _value(by),
            tuple(qualifiers.get(_value(st), ())),
            tuple(proofs.get(_value(st), ())),
        )


def _value(cell: object | None) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal) else ""


def _local(cell: object | None) -> str:
    return _value(cell).rpartition("#")[2].rpartition("/")[2]
