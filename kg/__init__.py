"""News in, knowledge graph out.

    >>> from kg import build, read_articles            # doctest: +SKIP
    >>> graph = build(read_articles("news.jsonl"))     # doctest: +SKIP
    >>> graph.write("out/")                            # doctest: +SKIP

The folders are the stages, in running order: collect, detect, extract, fuse, graph, publish, serve; `terminal` holds
the commands. The files are what the stages share.
"""

from kg.collect import read_articles
from kg.errors import KGError
from kg.model import Article, Entity, Evidence, Mention, Reading, Statement, Status
from kg.pipeline import Graph, assemble, build, read
from kg.settings import Settings

__version__ = "0.1.0"

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
