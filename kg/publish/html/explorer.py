"""The explorer: our page, script and style in one file, allowed by the hash of each and by nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from markupsafe import Markup

from kg.publish.html.network import FOLDER, Page, rows
from kg.publish.html.payload import detail_part, graph_part, script
from kg.publish.html.selection import Shown
from kg.schema import Schema

# In the order in which they are joined into one script; each file says at its top what it owns.
SCRIPTS = (
    "dom", "messages", "shapes", "data", "digest", "state", "address", "filters", "paths", "search", "camera",
    "painter", "stage", "pointer", "evidence", "panel", "histogram", "legend", "table", "land", "map", "timeline",
    "picture", "exports", "keys", "main",
)  # fmt: skip


@cache
def bundle() -> str:
    """All scripts in one function, strict, so that none of their names is global."""
    parts = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"


@cache
def style() -> str:
    """The style sheet."""
    return (FOLDER / "page.css").read_text(encoding="utf-8")


def allowed(text: str) -> str:
    """The source expression that allows exactly this inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def policy(code: str, css: str) -> str:
    """The content security policy: this script, this style, pictures made in the page; no connection, no form."""
    return (
        f"default-src 'none'; script-src {allowed(code)}; style-src {allowed(css)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def render(shown: Shown, schema: Schema, *, title: str, language: str | None, base: str) -> str:
    """The page of what `selection.choose` gave."""
    nodes, edges = rows(shown.graph, schema)
    code, css = bundle(), style()
    page = Page(
        "page.html",
        title=title,
        language=language or "",
        policy=policy(code, css),
        code=Markup(code),
        css=Markup(css),
        graph=script("kg-graph", graph_part(nodes, edges, shown, schema, base)),
        detail=script("kg-detail", detail_part(nodes, edges, shown.graph, base)),
    )
    page.fill(nodes, edges)
    return str(page.generate_html())
