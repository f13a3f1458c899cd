"""News in, knowledge graph out.

    >>> from kg import build, read_articles            # doctest: +SKIP
    >>> graph = build(read_articles("news.jsonl"))     # doctest: +SKIP
    >>> graph.write("out/")                            # doctest: +SKIP

The folders are the stages, in running order: collect, detect, extract, fuse, graph, publish, serve; `terminal` holds
the commands. The files are what the stages share.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.collect import read_articles
    from kg.errors import KGError
    from kg.model import Article, Entity, Evidence, Mention, Reading, Statement, Status
    from kg.pipeline import Graph, assemble, build, read
    from kg.settings import Settings

__version__ = "0.1.0"

# Imported when first asked for: a server's worker, started anew after each kill, needs none of them.
_HOMES = {
    "kg.collect": ("read_articles",),
    "kg.errors": ("KGError",),
    "kg.model": ("Article", "Entity", "Evidence", "Mention", "Reading", "Statement", "Status"),
    "kg.pipeline": ("Graph", "assemble", "build", "read"),
    "kg.settings": ("Settings",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            globals()[name] = value = getattr(import_module(home), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "Graph",
    "KGError",
    "Mention",
    "Reading",
    "Settings",
    "Statement",
    "Status",
    "assemble",
    "build",
    "read",
    "read_articles",
]
