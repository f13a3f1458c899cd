"""The JSON-LD context: short names for all that the files say, so that the JSON reads like plain JSON."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.publish.vocabulary import DATATYPES, Property, load_vocabulary
from kg.schema import load_schema

Context = dict[str, Any]

CLASSES = (
    "schema:NewsArticle", "oa:SpecificResource", "oa:TextQuoteSelector", "oa:TextPositionSelector", "skos:Concept",
)  # fmt: skip


def _term(property: Property) -> str | dict[str, str]:
    """The term's definition: values that are plain strings in JSON get their datatype or language from it."""
    if property.is_object:
        return {"@id": property.curie, "@type": "@vocab" if property.value == "word" else "@id"}
    if property.value == "date":
        return {"@id": property.curie, "@type": "xsd:date"}
    if property.value == "text":
        return {"@id": property.curie, "@language": "en"}
    datatype = DATATYPES[property.value]
    return property.curie if datatype == "xsd:string" else {"@id": property.curie, "@type": datatype}


@cache
def _own() -> Context:
    schema, vocabulary = load_schema(), load_vocabulary()
    known: Context = {"@version": 1.1, "@vocab": schema.namespace, "id": "@id", "type": "@type"}
    known |= dict(sorted(schema.prefixes.items()))
    known |= {curie.partition(":")[2]: _term(row) for curie, row in vocabulary.properties.items()}
    known |= {name: {"@id": f"kg:{name}", "@type": "@id"} for name in sorted({*schema.relations, *vocabulary.posts})}
    return known | {curie.partition(":")[2]: curie for curie in CLASSES}


def context(base: str | None = None) -> Context:
    """The context; with a base, ids are relative to it."""
    return {**({"@base": base} if base else {}), **_own()}
