"""Sitemaps of the pages, https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kg.serve.addresses import Addresses
from kg.serve.server import Server

PER_MAP = 50_000  # addresses in one map, as the protocol allows
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(paths: list[str], public: str, day: str, at: Addresses) -> list[str]:
    """The sitemaps of the pages, at most `PER_MAP` addresses each; `day` is the dataset's."""
    maps = []
    for start in range(0, max(len(paths), 1), PER_MAP):
        rows = "".join(
            f"<url><loc>{escape(public + at.page(path).removeprefix('/'))}</loc><lastmod>{day}</lastmod></url>\n"
            for path in paths[start : start + PER_MAP]
        )
        maps.append(f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_MAP}">\n{rows}</urlset>\n')
    return maps


def sitemap_index(count: int, public: str, day: str) -> str:
    """The index of so many sitemaps."""
    rows = "".join(
        f"<sitemap><loc>{escape(public)}sitemap-{number}.xml</loc><lastmod>{day}</lastmod></sitemap>\n"
        for number in range(1, count + 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_MAP}">\n{rows}</sitemapindex>\n'


def listed(server: Server) -> list[str]:
    """The paths of the pages that a search engine should know: entities and articles, sorted."""
    return sorted(path for path in server.dataset.paths() if not path.startswith(("statement/", "graph/")))
