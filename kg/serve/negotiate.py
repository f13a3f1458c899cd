"""Which representation a client wants: RFC 9110, section 12.5.1, with quality values and specificity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Format:
    """A representation: its short name (the file extension where one is usual), media type, and that by other names."""

    name: str
    media: str
    others: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type as sent; text is UTF-8."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


HTML = Format("html", "text/html", ("application/xhtml+xml",))
TURTLE = Format("ttl", "text/turtle", ("application/x-turtle",))
NTRIPLES = Format("nt", "application/n-triples", ("text/plain",))
JSONLD = Format("jsonld", "application/ld+json", ("application/json",))
RDFXML = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"))
TRIG = Format("trig", "application/trig")
JSON = Format("json", "application/sparql-results+json", ("application/json", "text/json"))
XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv")
TSV = Format("tsv", "text/tab-separated-values")

SOLUTIONS = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, NTRIPLES, JSONLD, RDFXML)


def _ranges(accept: str) -> list[tuple[str, float]]:
    """(media range in lower case, quality) of an Accept header; what cannot be read is left out."""
    ranges = []
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if "/" in media:
            ranges.append((media, quality))
    return ranges


def _quality(media: str, ranges: Mapping[str, float]) -> float:
    """The quality that the most specific matching range gives, 0 where none matches."""
    for pattern in (media, media.split("/")[0] + "/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0


def choose(accept: str | None, offers: tuple[Format, ...]) -> Format | None:
    """The offer that the Accept header likes best, the earlier of equals; None where it takes none of them."""
    if not accept or not accept.strip():
        return offers[0]
    return _best(accept, offers) if len(accept) < 500 else _best.__wrapped__(accept, offers)


@lru_cache(maxsize=500)
def _best(accept: str, offers: tuple[Format, ...]) -> Format | None:
    ranges = dict(_ranges(accept))
    best, liked = None, 0.0
    for offer in offers:
        quality = max(
            _quality(offer.media, ranges), *(ranges.get(name, 0.0) for name in offer.others), 0.0
        )  # an alias must be named: text/* asks for no N-Triples
        if quality > liked:
            best, liked = offer, quality
    return best
