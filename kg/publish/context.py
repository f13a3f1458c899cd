"""The JSON-LD context: short names for all that the files say, so that the JSON reads like plain JSON."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.schema import load_schema

Context = dict[str, Any]

# term -> (property, kind of its value); "" is a string.
TERMS = {
    "label": ("rdfs:label", ""),
    "altLabel": ("skos:altLabel", ""),
    "sameAs": ("owl:sameAs", "@id"),
    "closeMatch": ("skos:closeMatch", "@id"),
    "lat": ("wgs:lat", "xsd:decimal"),
    "long": ("wgs:long", "xsd:decimal"),
    "text": ("schema:text", ""),
    "identifier": ("dcterms:identifier", ""),
    "headline": ("schema:headline", "en"),
    "url": ("schema:url", "@id"),
    "datePublished": ("schema:datePublished", "xsd:date"),
    "publisher": ("schema:publisher", ""),
    "inLanguage": ("schema:inLanguage", ""),
    "subject": ("rdf:subject", "@id"),
    "predicate": ("rdf:predicate", "@vocab"),
    "object": ("rdf:object", "@id"),
    "status": ("kg:status", "@vocab"),
    "confidence": ("kg:confidence", "xsd:decimal"),
    "score": ("kg:score", "xsd:decimal"),
    "amount": ("kg:amount", "xsd:decimal"),
    "date": ("kg:date", "xsd:date"),
    "from": ("kg:from", "xsd:date"),
    "to": ("kg:to", "xsd:date"),
    "role": ("kg:role", "en"),
    "reason": ("kg:reason", "en"),
    "mode": ("kg:mode", "en"),
    "kind": ("kg:kind", "en"),
    "period": ("kg:period", "en"),
    "change": ("kg:change", "en"),
    "attributedTo": ("kg:attributedTo", "@id"),
    "giver": ("kg:giver", "@id"),
    "place": ("kg:place", "@id"),
    "operator": ("kg:operator", "@id"),
    "partner": ("kg:partner", "@id"),
    "evidence": ("kg:evidence", "@id"),
    "mentionedIn": ("kg:mentionedIn", "@id"),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "hasSource": ("oa:hasSource", "@id"),
    "hasSelector": ("oa:hasSelector", "@id"),
    "exact": ("oa:exact", ""),
    "prefix": ("oa:prefix", ""),
    "suffix": ("oa:suffix", ""),
    "start": ("oa:start", "xsd:nonNegativeInteger"),
    "end": ("oa:end", "xsd:nonNegativeInteger"),
    "subjectStart": ("kg:subjectStart", "xsd:nonNegativeInteger"),
    "subjectEnd": ("kg:subjectEnd", "xsd:nonNegativeInteger"),
    "objectStart": ("kg:objectStart", "xsd:nonNegativeInteger"),
    "objectEnd": ("kg:objectEnd", "xsd:nonNegativeInteger"),
}
CLASSES = {
    "NewsArticle": "schema:NewsArticle",
    "RdfStatement": "rdf:Statement",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "Concept": "skos:Concept",
}


@cache
def _own() -> Context:
    schema = load_schema()
    known: Context = {"@version": 1.1, "@vocab": schema.namespace, "id": "@id", "type": "@type"}
    known |= dict(sorted(schema.prefixes.items()))
    for name, (curie, kind) in TERMS.items():
        coerced = "@type" if ":" in kind or "@" in kind else "@language"
        known[name] = {"@id": curie, coerced: kind} if kind else curie
    known |= {name: {"@id": f"kg:{name}", "@type": "@id"} for name in sorted(schema.relations)}
    return known | CLASSES


def context(base: str | None = None) -> Context:
    """The context; with a base, ids are relative to it."""
    return {**({"@base": base} if base else {}), **_own()}
