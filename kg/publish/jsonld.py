"""JSON-LD as a JavaScript programmer would write it: short keys, one node a line, its context inside.

Decimals are strings: a JSON number would come back as an `xsd:double` (https://www.w3.org/TR/json-ld11-api/#data-round-tripping).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.graph import KnowledgeGraph
from kg.publish.context import context
from kg.publish.iris import Names, term
from kg.publish.rdf import Block, Node, blocks
from kg.schema import load_schema
from kg.settings import Settings

_RELATIVE = re.compile(r"(?!%2E)[A-Za-z0-9_~-][A-Za-z0-9._~%-]*(/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)*")


class Shortener:
    """Compacts blocks with the project's context."""

    def __init__(self, base: str) -> None:
        self.base = base if base.endswith("/") else None
        self.context = context(self.base)
        self._prefixes: Mapping[str, str] = load_schema().prefixes
        self._keys: dict[NamedNode, tuple[str, str]] = {}
        self._terms: dict[str, tuple[str, str]] = {}
        for name, value in self.context.items():
            curie = value["@id"] if isinstance(value, dict) else value
            if not name.startswith("@") and name not in self._prefixes and ":" in str(curie):
                kind = str(value.get("@type") or value.get("@language") or "") if isinstance(value, dict) else ""
                self._terms[term(curie).value] = (name, kind)

    def node(self, block: Block) -> dict[str, Any]:
        """The block as a JSON object; a key with several values holds a list."""
        told: dict[str, Any] = {"id": self._id(block.subject.value)}
        for predicate, value, _ in block.rows:
            key, kind = self._key(predicate)
            short = self._value(value, kind)
            if key not in told:
                told[key] = short
            elif isinstance(told[key], list):
                told[key].append(short)
            else:
                told[key] = [told[key], short]
        return told

    def _key(self, predicate: NamedNode) -> tuple[str, str]:
        known = self._keys.get(predicate)
        if known is None:
            iri = predicate.value
            own = ("type", "@vocab") if predicate == term("rdf:type") else self._terms.get(iri)
            known = self._keys[predicate] = own or (self._word(iri), "")
        return known

    def _word(self, iri: str) -> str:
        """The name of a class, property or status: a term, a name in the ontology, or `prefix:name`."""
        if iri in self._terms:
            return self._terms[iri][0]
        for prefix, namespace in self._prefixes.items():
            name = iri.removeprefix(namespace)
            if name != iri and "/" not in name:
                return name if prefix == "kg" and name and name not in self.context else f"{prefix}:{name}"
        return iri

    def _id(self, iri: str) -> str:
        path = iri.removeprefix(self.base) if self.base else iri
        return path if path != iri and _RELATIVE.fullmatch(path) else iri

    def _value(self, node: Node, kind: str) -> Any:
        if isinstance(node, NamedNode):
            if kind == "@vocab":
                return self._word(node.value)
            return self._id(node.value) if kind == "@id" else {"id": self._id(node.value)}
        assert isinstance(node, Literal)  # triple terms have no JSON-LD
        text, language = node.value, node.language
        if language:
            return text if language == kind else {"@value": text, "@language": language}
        if node.datatype == term("xsd:string"):
            return {"@value": text} if kind else text
        if kind and ":" in kind and node.datatype == term(kind):
            return int(text) if kind == "xsd:nonNegativeInteger" else text
        return {"@value": text, "type": self._word(node.datatype.value)}


def write_jsonld(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """The union of the named graphs. Provenance `rdf12` is written as `statements`: JSON-LD 1.1 has no reifiers."""
    if settings.provenance == "rdf12":
        settings = replace(settings, provenance="statements")
    shortener = Shortener(Names.of(settings).base)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"@context": ' + json.dumps(shortener.context, ensure_ascii=False, indent=1) + ',\n"@graph": [')
        comma = "\n"
        for block in blocks(graph, settings):
            file.write(comma + json.dumps(shortener.node(block), ensure_ascii=False))
            comma = ",\n"
        file.write("\n]}\n")
