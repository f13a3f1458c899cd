"""IRIs and text fit for every RDF syntax: any id gives a valid IRI, the same id the same IRI everywhere.

>>> names = Names("https://example.org/id/")
>>> names.entity("person/ana petrova").value
'https://example.org/id/person/ana%20petrova'
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.model import digest
from kg.schema import load_schema
from kg.settings import Settings

# What XML 1.0 cannot hold, so that RDF/XML and SPARQL's XML results stay legal too; lone surrogates are in it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_DOTS = re.compile(r"(?<![^/])\.{1,2}(?![^/])")
_UNSAFE = re.compile(
    '[\x00-\x20\x7f-\xa0<>"{}|\\\\^`\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]'
)
_KINDS = ("article", "statement", "evidence", "passage", "graph", "entity")


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)  # the first is ten times faster


def link(text: str) -> NamedNode | None:
    """An absolute http or https IRI, spaces and the like percent-encoded; None for anything else."""
    text = _UNSAFE.sub(lambda found: quote(found[0]), clean(text).strip())
    if not text.lower().startswith(("http://", "https://")):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


@cache
def term(curie: str) -> NamedNode:
    """The IRI of `prefix:name` in the vocabularies of `ontology/prefixes.toml`."""
    return NamedNode(load_schema().expand(curie))


@cache
def own(name: str) -> NamedNode:
    """The IRI of a class, property or status in the ontology's own namespace, whatever the name."""
    return NamedNode(load_schema().namespace + quote(name.encode("utf-8", "surrogatepass"), safe="-._~"))


class Names:
    """The IRIs of one publication's resources, under one base."""

    def __init__(self, base: str) -> None:
        """Raises StoreError where the base is no absolute IRI that ends in `/`, `#` or `:`."""
        try:
            NamedNode(base)
        except ValueError as error:
            raise StoreError(f"base {base!r} is no IRI ({error}); write one like https://example.org/id/") from error
        if not base.endswith(("/", "#", ":")):
            raise StoreError(f"base {base!r} must end in /, # or :, as https://example.org/id/ does")
        self.base = base
        self.collection = NamedNode(base + "graph/collection")
        self._entities: dict[str, NamedNode] = {}
        self._articles: dict[str, NamedNode] = {}

    @classmethod
    def of(cls, settings: Settings) -> Names:
        """The names under the base that the settings give, else the ontology's."""
        return cls(settings.base or load_schema().base)

    def entity(self, id: str) -> NamedNode:
        """The entity's IRI: its id as a path, whatever is not plain ASCII percent-encoded."""
        node = self._entities.get(id)
        if node is None:
            # Kept apart from the publication's own resources, so that no id can pass for a statement.
            own = not id or id.split("/", 1)[0] in _KINDS
            path = quote(id.encode("utf-8", "surrogatepass"), safe="/-._~")
            path = _DOTS.sub(lambda dots: "%2E" * len(dots[0]), path)
            node = self._entities[id] = NamedNode(f"{self.base}{'entity/' if own else ''}{path}")
        return node

    def article(self, id: str) -> NamedNode:
        """The article's IRI, also the name of its graph: the id where it is a plain word, else its hash."""
        node = self._articles.get(id)
        if node is None:
            node = NamedNode(f"{self.base}article/{id if _SLUG.fullmatch(id) else digest(id)}")
            self._articles[id] = node
        return node

    def statement(self, id: str) -> NamedNode:
        """The IRI of the statement's node."""
        return NamedNode(f"{self.base}statement/{id if _SLUG.fullmatch(id) else digest(id)}")

    def evidence(self, key: str) -> NamedNode:
        """The IRI of one evidence of a statement."""
        return NamedNode(f"{self.base}evidence/{key}")

    def passage(self, key: str) -> NamedNode:
        """The IRI of a selector: the sentence by its words, or by its place."""
        return NamedNode(f"{self.base}passage/{key}")


__all__ = ["Names", "clean", "link", "own", "term"]
