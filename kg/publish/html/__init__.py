"""The graph as one HTML file that needs no network: for analysts to search, filter, follow and quote.

>>> from kg.graph import KnowledgeGraph
>>> page(KnowledgeGraph(), title="Empty")[:15]
'<!doctype html>'
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.publish.html import classic, explorer, selection
from kg.publish.html.network import clean
from kg.schema import Schema, load_schema

STYLES = {"explorer": explorer.render, "pyvis": classic.render}


@dataclass(frozen=True, slots=True)
class Options:
    """What a page shows. `language` is `en`, `ru`, or None for the reader's own; `base` the prefix of resources.

    `max_nodes` is the most entities on the page; of a larger graph the best connected are shown and the page says so.
    `around` (a name or id) starts from that entity and its neighbours, `topic` (words) from the facts that speak of it.
    """

    title: str = "Knowledge graph"
    language: str | None = None
    max_nodes: int = selection.MOST
    around: str | None = None
    topic: str | None = None
    base: str | None = None
    style: str = "explorer"


def page(
    graph: KnowledgeGraph, *, schema: Schema | None = None, options: Options | None = None, **fields: object
) -> str:
    """The page as text. `fields` are those of `Options`. Raises QueryError where `around` or `topic` names nothing."""
    options = options or Options(**fields)  # type: ignore[arg-type]
    if options.style not in STYLES:
        raise ValueError(f"style {options.style!r} is unknown; there are: {', '.join(STYLES)}")
    schema = schema or load_schema()
    shown = selection.choose(graph, max_nodes=options.max_nodes, around=options.around, topic=options.topic)
    return STYLES[options.style](
        shown, schema, title=clean(options.title), language=options.language, base=options.base or schema.base
    )


def write_html(graph: KnowledgeGraph, path: Path | str, **fields: object) -> Path:
    """Writes `page(graph, **fields)` to `path` as UTF-8 and returns the path. The same graph gives the same bytes."""
    path = Path(path)
    path.write_text(page(graph, **fields), encoding="utf-8", newline="\n")  # type: ignore[arg-type]
    return path


def inline(graph: KnowledgeGraph, *, height: int = 640, **fields: object) -> str:
    """The page in a frame, for a notebook; `height` in pixels."""
    source = html.escape(page(graph, **fields), quote=True)  # type: ignore[arg-type]
    return (
        f'<iframe srcdoc="{source}" title="Knowledge graph" width="100%" height="{height:d}" '
        'sandbox="allow-scripts allow-downloads allow-popups" style="border:1px solid #ccd"></iframe>'
    )


__all__ = ["Options", "inline", "page", "write_html"]
