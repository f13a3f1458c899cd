"""IRIs that a store's graph had once: where each leads now, or that it leads nowhere.

How the graph was reached decides them, so they stand in no export: the same articles give the same files. `kg serve`
answers 301 and 410 by them; for other hosts they are written as Turtle, `owl:deprecated true`, with
`dcterms:isReplacedBy` where something stands in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.publish.iris import Names, term
from kg.settings import Settings
from kg.store import Store


def former_iris(store: Store, settings: Settings) -> Mapping[NamedNode, NamedNode | None]:
    """Each IRI that is no longer with the one that stands for it, or None, sorted. The store's graph has been made."""
    names = Names.of(settings)
    rows = sorted(store.derived.former().items())
    return {names.entity(old): names.entity(now) if now is not None else None for old, now in rows}


def write_former(store: Store, settings: Settings, file: IO[bytes]) -> int:
    """Writes them as Turtle and returns their number."""
    found = former_iris(store, settings)
    text = pyoxigraph.serialize(_triples(found), format=RdfFormat.TURTLE) or b""
    file.write(text)
    return len(found)


def _triples(found: Mapping[NamedNode, NamedNode | None]) -> Iterator[Triple]:
    for old, now in found.items():
        yield Triple(old, term("owl:deprecated"), Literal("true", datatype=term("xsd:boolean")))
        if now is not None:
            yield Triple(old, term("dcterms:isReplacedBy"), now)
