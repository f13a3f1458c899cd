"""Writes the ontology: `kg.ttl` (OWL 2 RL), `sectors.ttl` (SKOS), `shapes.ttl` (SHACL) and `context.jsonld`.

A domain of several types is a named class, `kg:CountryOrOrganization`, of which each of them is a sub-class. OWL 2 RL
allows no `owl:unionOf` as domain or range (https://www.w3.org/TR/owl2-profiles/#Class_Expressions_3), and it would need
a list of blank nodes; of a named class a reasoner concludes the same. `schema:domainIncludes` and `rangeIncludes` list
the types for readers. Properties of Wikidata are `skos:closeMatch`: it does not define them as OWL properties.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Literal

from kg.publish.context import context
from kg.publish.vocabulary import DATATYPES, Concept, Post, Property, load_vocabulary
from kg.schema import EntityType, Relation, load_schema, ontology_dir

LANGUAGES = ("en", "ru", "fr")
VERSION = "0.1.0"
_OR = {"en": " or ", "ru": " или ", "fr": " ou "}
_TITLE = {"en": "Ontology of news facts", "ru": "Онтология фактов новостей", "fr": "Ontologie des faits d'actualité"}
_ABOUT = {
    "en": "Who leads what, who gave whom which award, which route joins which cities: facts of the news, with sources.",
    "ru": "Кто чем руководит, кто кого наградил, какой маршрут соединяет какие города: факты новостей с источниками.",
    "fr": "Qui dirige quoi, qui a décoré qui, quel itinéraire relie quelles villes : des faits sourcés.",
}

Row = tuple[str, list[str]]


def texts(by_language: Mapping[str, str]) -> list[str]:
    """The texts as Turtle, English first."""
    return [str(Literal(by_language[code], language=code)) for code in LANGUAGES if code in by_language]


def block(subject: str, rows: Iterable[Row]) -> str:
    """A subject with its rows, a predicate a line; rows without objects are left out."""
    lines = [f"{predicate} {', '.join(objects)}" for predicate, objects in rows if objects]
    return f"{subject} " + " ;\n    ".join(lines) + " ."


def header() -> str:
    """The prefixes, as Turtle."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(load_schema().prefixes.items()))


def _aligned(curies: Iterable[str], predicate: str) -> list[Row]:
    """Alignments: a broader term elsewhere, or for Wikidata one that is close."""
    close = [curie for curie in curies if curie.startswith(("wd:", "wdt:"))]
    return [(predicate, [curie for curie in curies if curie not in close]), ("skos:closeMatch", close)]


def _front(namespace: str) -> str:
    return block(
        "<>",
        [
            ("a", ["owl:Ontology"]),
            ("dcterms:title", texts(_TITLE)),
            ("dcterms:description", texts(_ABOUT)),
            ("dcterms:license", ["<https://opensource.org/license/mit>"]),
            ("dcterms:issued", ['"2026-11-25"^^xsd:date']),
            ("owl:versionInfo", [f'"{VERSION}"']),
            ("vann:preferredNamespacePrefix", ['"kg"']),
            ("vann:preferredNamespaceUri", [f'"{namespace}"']),
        ],
    )


def _union(names: tuple[str, ...]) -> str:
    return "Or".join(sorted(names))


def _class(type: EntityType, unions: Iterable[str]) -> str:
    definition = {"en": type.definition, **load_vocabulary().definitions.get(type.name, {})}
    broader, close = _aligned(type.align, "rdfs:subClassOf")
    return block(
        f"kg:{type.name}",
        [
            ("a", ["owl:Class"]),
            ("rdfs:label", texts(type.label)),
            ("skos:definition", texts(definition)),
            ("rdfs:subClassOf", ["kg:Entity", *(f"kg:{name}" for name in unions), *broader[1]]),
            close,
            ("rdfs:isDefinedBy", ["<>"]),
        ],
    )


def _joint(names: tuple[str, ...]) -> str:
    types = load_schema().types
    label = {code: _OR[code].join(types[name].label[code] for name in sorted(names)) for code in LANGUAGES}
    rows = [("a", ["owl:Class"]), ("rdfs:label", texts(label)), ("rdfs:subClassOf", ["kg:Entity"])]
    return block(f"kg:{_union(names)}", [*rows, ("rdfs:isDefinedBy", ["<>"])])


def _concept(concept: Concept, kind: str, predicate: str) -> str:
    rows = [("a", [kind]), ("rdfs:label", texts(concept.label)), ("skos:definition", texts(concept.definition))]
    return block(f"kg:{concept.name}", [*rows, *_aligned(concept.align, predicate), ("rdfs:isDefinedBy", ["<>"])])


def _ends(subject: tuple[str, ...], object: tuple[str, ...]) -> list[Row]:
    return [
        ("rdfs:domain", [f"kg:{_union(subject)}"]),
        ("rdfs:range", [f"kg:{_union(object)}"]),
        ("schema:domainIncludes", [f"kg:{name}" for name in subject]),
        ("schema:rangeIncludes", [f"kg:{name}" for name in object]),
    ]


def _relation(relation: Relation) -> str:
    definition = {"en": relation.definition, **load_vocabulary().definitions.get(relation.name, {})}
    return block(
        f"kg:{relation.name}",
        [
            ("a", ["owl:ObjectProperty", *(["owl:SymmetricProperty"] if relation.symmetric else [])]),
            ("rdfs:label", texts(relation.label)),
            ("skos:definition", texts(definition)),
            ("rdfs:subPropertyOf", [f"kg:{relation.parent}"] if relation.parent else []),
            *_ends(relation.subject, relation.object),
            ("owl:inverseOf", [f"kg:{relation.inverse}"] if relation.inverse else []),
            *_aligned(relation.align, "rdfs:subPropertyOf"),
            ("kg:qualifiedBy", [f"kg:{name}" for name in relation.qualifiers]),
            ("rdfs:isDefinedBy", ["<>"]),
        ],
    )


def _inverse(relation: Relation, concept: Concept) -> str:
    return block(
        f"kg:{concept.name}",
        [
            ("a", ["owl:ObjectProperty"]),
            ("rdfs:label", texts(concept.label)),
            *_ends(relation.object, relation.subject),
            ("owl:inverseOf", [f"kg:{relation.name}"]),
            *_aligned(concept.align, "rdfs:subPropertyOf"),
            ("rdfs:isDefinedBy", ["<>"]),
        ],
    )


def _post(post: Post) -> str:
    inverse = [("skos:related", list(post.inverse_align))]  # its inverse is close to that property of Wikidata
    return block(
        f"kg:{post.name}",
        [
            ("a", ["owl:ObjectProperty"]),
            ("rdfs:label", texts(post.label)),
            ("skos:definition", texts(post.definition)),
            ("rdfs:subPropertyOf", [f"kg:{post.parent}"]),
            *_ends(("Person",), post.object),
            *inverse,
            ("rdfs:isDefinedBy", ["<>"]),
        ],
    )


def _range(property: Property) -> list[str]:
    if property.value == "entity":
        return ["kg:Entity"]
    if property.curie == "kg:status":
        return ["kg:Status"]
    if property.is_object:
        return [property.value] if ":" in property.value else []
    return [DATATYPES.get(property.value, "rdfs:Literal")]


def _property(property: Property) -> str:
    alone = property.on[0] if len(property.on) == 1 else ""
    return block(
        property.curie,
        [
            ("a", ["owl:ObjectProperty" if property.is_object else "owl:DatatypeProperty"]),
            ("rdfs:label", texts(property.label)),
            ("skos:definition", texts(property.definition)),
            ("rdfs:domain", [alone] if alone else []),
            ("schema:domainIncludes", list(property.on)),
            ("rdfs:range", _range(property)),
            *_aligned(property.align, "rdfs:subPropertyOf"),
            ("rdfs:isDefinedBy", ["<>"]),
        ],
    )


def _unions() -> dict[tuple[str, ...], str]:
    """The sets of types that are some property's domain or range, with their names."""
    schema, posts = load_schema(), load_vocabulary().posts
    ends = [end for relation in schema.relations.values() for end in (relation.subject, relation.object)]
    ends += [post.object for post in posts.values()]
    return {names: _union(names) for names in sorted({tuple(sorted(end)) for end in ends if len(end) > 1})}


def ontology_turtle() -> str:
    """`kg.ttl`: classes, relations, posts, properties of statements, with labels, definitions and alignments."""
    schema, vocabulary, unions = load_schema(), load_vocabulary(), _unions()
    relations = schema.relations.values()
    person = sorted(f"kg:{name}" for name in schema.types if name != "Person")
    sections = {
        "The ontology": [
            _front(schema.namespace),
            block("kg:qualifiedBy", [
                ("a", ["owl:AnnotationProperty"]),
                ("rdfs:label", ['"qualified by"@en', '"уточняется"@ru', '"qualifié par"@fr']),
                ("skos:definition", ['"Statements of this relation may have that property."@en']),
                ("rdfs:isDefinedBy", ["<>"]),
            ]),
        ],
        "Entities": [
            *(_class(t, [name for names, name in unions.items() if t.name in names]) for t in schema.types.values()),
            block("kg:Person", [("owl:disjointWith", person)]),
            *(_joint(names) for names in unions),
        ],
        "Relations": [_relation(relation) for relation in relations],
        "Posts": [_post(post) for post in vocabulary.posts.values()],
        "Relations seen from the object": [
            _inverse(relation, vocabulary.inverses[relation.inverse]) for relation in relations if relation.inverse
        ],
        "Statements": [
            *(_concept(concept, "owl:Class", "rdfs:subClassOf") for concept in vocabulary.classes.values()),
            *(_concept(concept, "kg:Status", "skos:broader") for concept in vocabulary.statuses.values()),
            *(_property(row) for row in vocabulary.properties.values() if row.own),
        ],
    }  # fmt: skip
    base = f"@base <{schema.namespace.rstrip('#')}> .\n"
    parts = [f"\n# {title}\n\n" + "\n\n".join(blocks) for title, blocks in sections.items()]
    return header() + base + "\n".join(parts) + "\n"


def context_json() -> str:
    """`context.jsonld`: the context that the JSON-LD files carry, less their base."""
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=2) + "\n"


def write_ontology(folder: Path | None = None) -> tuple[Path, ...]:
    """Write the four files into the folder, by default the project's `ontology/`, and return their paths."""
    from kg.publish.sectors import sectors_turtle
    from kg.publish.shapes import shapes_turtle

    folder = folder or ontology_dir()
    made = {
        "kg.ttl": ontology_turtle(),
        "sectors.ttl": sectors_turtle(),
        "shapes.ttl": shapes_turtle(),
        "context.jsonld": context_json(),
    }
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in made)
