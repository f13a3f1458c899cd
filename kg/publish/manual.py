"""The ontology as one static page: every class, property, status and field, in three languages. `kg ontology --html`.

It needs no network and runs no script; headings, landmarks and `lang` serve readers that speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from kg.publish.ontology import LANGUAGES, VERSION
from kg.publish.vocabulary import DATATYPES, DATES, Concept, Post, Property, load_vocabulary
from kg.schema import EntityType, Relation, load_schema
from kg.tables import Sector, sectors

Cell = tuple[str, str]
"""Words, and the address that they link to or nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the page. `rows` are named lists of cells; `examples` texts with what must be found in them."""

    name: str
    kind: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()


def manual() -> str:
    """The page."""
    schema, vocabulary = load_schema(), load_vocabulary()
    relations = schema.relations.values()
    own = [row for row in vocabulary.properties.values() if row.own]
    parts: dict[str, tuple[str, list[Term]]] = {
        "Classes": ("What facts are about.", [_type(row) for row in schema.types.values()]),
        "Relations": ("What is said of them. Each is a plain property, and the predicate of statements.",
                      [_relation(row) for row in relations]),
        "Posts": ("Finer relations that a stated role justifies.", [_post(row) for row in vocabulary.posts.values()]),
        "Inverses": ("The relations seen from the object.",
                     [_inverse(row, vocabulary.inverses[row.inverse]) for row in relations if row.inverse]),
        "Statements and evidence": ("How a fact is known.",
                                    [_concept(row, "class") for row in vocabulary.classes.values()]),
        "Statuses": ("What the text does with a claim.",
                     [_concept(row, "status") for row in vocabulary.statuses.values()]),
        "Properties of statements, evidence, articles and entities": ("", [_property(row) for row in own]),
        "Fields of cooperation": ("The concepts of sectors.ttl, matched to IPTC Media Topics and NACE Rev. 2.1.",
                                  [_sector(row) for row in sectors().values()]),
    }  # fmt: skip
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((Path(__file__).parent / "manual.html").read_text(encoding="utf-8"))
    return template.render(
        parts=parts, namespace=schema.namespace, version=VERSION, languages=LANGUAGES,
        prefixes=sorted(schema.prefixes.items()),
    )  # fmt: skip


def write_manual(folder: Path) -> Path:
    """Write `ontology.html` into the folder, made if missing; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ontology.html"
    path.write_text(manual(), encoding="utf-8", newline="\n")
    return path


def _cells(names: Iterable[str]) -> tuple[Cell, ...]:
    """Names of this page link within it, those of other vocabularies to their IRIs."""
    cells = []
    for name in names:
        prefix, colon, local = name.partition(":")
        if not colon or prefix == "kg":
            cells.append((local or name, f"#{local or name}"))
        elif prefix == "kgs":
            cells.append((local, f"#field-{local}"))
        else:
            cells.append((name, load_schema().expand(name)))
    return tuple(cells)


def _rows(**cells: Iterable[str]) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    return tuple((name.replace("_", " "), found) for name, names in cells.items() if (found := _cells(names)))


def _further(name: str, english: str) -> dict[str, str]:
    return {"en": english, **load_vocabulary().definitions.get(name, {})}


def _type(row: EntityType) -> Term:
    relations = load_schema().relations.values()
    subject = [relation.name for relation in relations if row.name in relation.subject]
    object = [relation.name for relation in relations if row.name in relation.object]
    rows = _rows(subject_of=subject, object_of=object, aligned_with=row.align)
    return Term(row.name, "class", row.label, _further(row.name, row.definition), rows)


def _relation(row: Relation) -> Term:
    posts = [post.name for post in load_vocabulary().posts.values() if post.parent == row.name]
    rows = _rows(
        domain=row.subject, range=row.object, inverse=[row.inverse] if row.inverse else [],
        sub_property_of=[row.parent] if row.parent else [], has_sub_properties=posts,
        qualified_by=[f"kg:{name}" for name in row.qualifiers], aligned_with=row.align,
    )  # fmt: skip
    examples = tuple(
        (item.text, tuple(f"{subject} {row.name} {object}" for subject, object in item.expect)) for item in row.examples
    )
    kind = "symmetric relation" if row.symmetric else "relation"
    return Term(row.name, kind, row.label, _further(row.name, row.definition), rows, examples)


def _post(row: Post) -> Term:
    children = [post.name for post in load_vocabulary().posts.values() if post.parent == row.name]
    rows = _rows(
        domain=["Person"], range=row.object, sub_property_of=[row.parent], has_sub_properties=children,
        inverse_is_like=row.inverse_align,
    )  # fmt: skip
    return Term(row.name, "post", row.label, row.definition, rows)


def _inverse(row: Relation, concept: Concept) -> Term:
    rows = _rows(domain=row.object, range=row.subject, inverse=[row.name], aligned_with=concept.align)
    return Term(concept.name, "inverse", concept.label, concept.definition, rows)


def _concept(row: Concept, kind: str) -> Term:
    return Term(row.name, kind, row.label, row.definition, _rows(aligned_with=row.align))


def _property(row: Property) -> Term:
    known = {"date": DATES, "text": ("rdf:langString", "xsd:string"), "entity": ("kg:Entity",), "iri": ()}
    values = known.get(row.value, (row.value,) if ":" in row.value else (DATATYPES.get(row.value, ""),))
    often = f"{row.min} to {'many' if row.max is None else row.max}"
    rows = (
        *_rows(of=row.on, value=[name for name in values if name], aligned_with=row.align), ("occurs", ((often, ""),)),
    )  # fmt: skip
    return Term(row.curie.removeprefix("kg:"), "property", row.label, row.definition, rows)


def _sector(row: Sector) -> Term:
    exact, close = ([f"{scheme}:{code}" for scheme, code, _ in found] for found in (row.exact, row.close))
    narrower = [f"kgs:{other.id}" for other in sectors().values() if other.broader == row.id]
    rows = _rows(
        broader=[f"kgs:{row.broader}"] if row.broader else [], narrower=narrower, exact_match=exact, close_match=close
    )
    further = (("also called", tuple((alias, "") for alias in row.aliases)),) if row.aliases else ()
    return Term(f"field-{row.id}", "field", row.label, {}, (*further, *rows))
