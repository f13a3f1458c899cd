"""The classic vis-network page of pyvis, made offline and safe: vis-network comes out of pyvis's own wheel.

pyvis's default page loads Bootstrap and vis-network from content networks, lets names run as scripts, bends every
edge and simulates springs for minutes. Here the library is inlined, names stay text, positions are computed before,
edges are straight and hidden while the picture moves. It is for graphs of up to 2,000 entities.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
from markupsafe import Markup

from kg.publish.html import selection
from kg.publish.html.explorer import allowed
from kg.publish.html.network import FOLDER, Page, Row, clean, rows
from kg.publish.html.payload import script
from kg.publish.html.selection import Shown
from kg.schema import Schema

MOST = 2000  # entities that vis-network still moves well
SHAPES = {"pentagon": "square"}  # ours that vis-network lacks, and the nearest that it has
SENTENCES = 3  # facts that a tooltip quotes


@cache
def library() -> str:
    """vis-network as pyvis ships it, with its licence at the head."""
    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(
        folder.glob("vis-*/vis-network.min.js"), key=lambda path: [int(n) for n in path.parent.name[4:].split(".")]
    )
    return newest.read_text(encoding="utf-8").replace("</script", "<\\/script")


@cache
def start() -> str:
    """Our script that hands the data to the library."""
    return (FOLDER / "vis" / "start.js").read_text(encoding="utf-8")


def render(shown: Shown, schema: Schema, *, title: str, language: str | None, base: str) -> str:
    """The page of what `selection.choose` gave, cut to its 2,000 best connected entities."""
    cut = selection.choose(shown.graph, max_nodes=MOST)
    shown = replace(shown, graph=cut.graph)
    nodes, edges = rows(shown.graph, schema)
    code, css = start(), (FOLDER / "vis" / "page.css").read_text(encoding="utf-8")
    page = Page(
        "vis/page.html",
        title=title,
        language=language or "en",
        shown=len(nodes),
        entities=shown.entities,
        policy=(
            f"default-src 'none'; script-src {allowed(library())} {allowed(code)}; style-src {allowed(css)}; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'; object-src 'none'"
        ),
        library=Markup(library()),
        code=Markup(code),
        css=Markup(css),
        data=script("kg-data", _data(nodes, edges, shown, schema, language or "en")),
    )
    page.fill(nodes, edges)
    return str(page.generate_html())


def _data(nodes: list[Row], edges: list[Row], shown: Shown, schema: Schema, language: str) -> dict[str, Any]:
    """What vis-network takes; `about` is the text of the tooltip."""
    highest = max((row["rank"] for row in nodes), default=1.0) or 1.0
    return {
        "nodes": [
            {"id": row["id"], "color": row["color"], "shape": SHAPES.get(row["shape"], row["shape"])}
            | {"label": row["label"][:40], "x": 2 * row["x"], "y": 2 * row["y"]}
            | {"size": round(6 + 20 * (row["rank"] / highest) ** 0.5, 1), "about": _about(row, shown, schema, language)}
            for row in nodes
        ],
        "edges": [
            {"from": row["from"], "to": row["to"], "label": _label(row["label"], schema, language)}
            | {"about": f"{_label(row['label'], schema, language)}\n{clean(shown.graph.sentence(row['statement']))}"}
            for row in edges
        ],
    }


def _label(relation: str, schema: Schema, language: str) -> str:
    known = schema.relations.get(relation)
    return clean(str(known.label.get(language) or known.label["en"]) if known else relation)


def _about(row: Row, shown: Shown, schema: Schema, language: str) -> str:
    kind = schema.types.get(row["group"])
    facts = sorted(shown.graph.about(row["id"]), key=lambda s: (-s.confidence, s.id))
    head = f"{row['label']} ({kind.label.get(language, kind.label['en']) if kind else row['group']})"
    return "\n".join([head, *(clean(shown.graph.sentence(fact))[:240] for fact in facts[:SENTENCES])])
