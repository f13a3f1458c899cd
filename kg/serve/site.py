"""The site as static files for any web host: pages, data, description, explorer; all but queries.

A resource's page stands at `id/…/index.html`, so that a host of plain files answers its IRI. Links are relative: the
folder works under any address, and from a disk.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import StoreError
from kg.schema import ontology_dir
from kg.serve.addresses import DATA, Addresses
from kg.serve.contents import by_kind, dumps
from kg.serve.dataset import Dataset
from kg.serve.describe import PREFIXES, describe_dataset, serialize
from kg.serve.facts import Thing
from kg.serve.negotiate import TURTLE
from kg.serve.pages import STATIC
from kg.serve.server import Server
from kg.serve.sitemap import listed, sitemap_index, sitemaps

log = logging.getLogger(__name__)
_LONGEST = 200  # bytes of a file's name; most file systems take 255


def write_site(
    export: str | Path,
    out: str | Path,
    base: str | None = None,
    public: str | None = None,
    title: str = "Knowledge graph",
) -> int:
    """Writes the site of an export into a folder, made if missing, and returns the number of resources.

    `public` is where the folder will be seen; by default what stands before `id/` in the base. A resource whose path
    is no safe file name is left out and logged. Raises StoreError where there is no graph or the folder cannot be
    written.
    """
    with Dataset.open(export, base) as dataset:
        server = Server.of(dataset, public=public or dataset.base.removesuffix("id/"), title=title)
        try:
            return _Site(server, Path(out)).write()
        except OSError as error:
            raise StoreError(f"{out}: cannot be written: {error.strerror or error}; name another folder") from error


def file_path(path: str) -> Path | None:
    """The file that a web host looks for at a resource's path; None where it would be no safe name."""
    parts = [unquote(part) for part in path.split("/")]
    bad = any(
        part in ("", ".", "..") or "/" in part or "\\" in part or "\0" in part or len(part.encode()) > _LONGEST
        for part in parts
    )
    return None if bad else Path(*parts)


class _Site:
    def __init__(self, server: Server, out: Path) -> None:
        self.server, self.out = server, out

    def write(self) -> int:
        count = 0
        shutil.copytree(STATIC, self.out / "static", dirs_exist_ok=True)
        for path in sorted(self.server.dataset.paths()):
            place = file_path(path)
            node = ox.NamedNode(self.server.dataset.base + path)
            if place is None or path.startswith("graph/"):
                log.warning(
                    "%s: left out of the site: its path is no file's name", node.value
                ) if place is None else None
                continue
            self._resource(node, place)
            count += 1
        self._front()
        self._machines()
        return count

    def _put(self, name: str | Path, body: str | bytes) -> None:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)

    def _resource(self, node: ox.NamedNode, place: Path) -> None:
        depth = len(place.parts) + 1
        at = Addresses("../" * depth, static=True)
        self._put(Path("id") / place / "index.html", self.server.pages.resource(node, at))
        triples = self.server.dataset.triples(node)
        for form in DATA:
            name = place.with_name(f"{place.name}.{form.name}")
            self._put(Path("data") / name, serialize(triples, form, self.server.dataset.prefixes))

    def _front(self) -> None:
        server, at = self.server, Addresses("", static=True)
        known = list(server.facts.schema.types)
        values = {"counts": server.counts, "title": server.title, "explorer": server.has("graph.html")}
        kinds = by_kind(server.names, known)
        files = dumps(server) if server.dataset.base == server.dataset.source else []
        self._put("index.html", server.pages.render("site.html", at, kinds=kinds, dumps=files, wide=True, **values))
        every: dict[str, list[tuple[Thing, int]]] = defaultdict(list)
        for thing, facts in server.names.things:
            every[thing.kind or ""].append((thing, facts))
        for kind, things in every.items():
            things.sort(key=lambda row: (row[0].label.casefold(), row[0].iri))
            page = server.pages.render(
                "names.html", Addresses("../", static=True), title=kind, kind=kind, things=things
            )
            self._put(f"names/{kind}.html", page)
        rows = [[thing.label, at.thing(thing)] for thing, _ in server.names.things]
        self._put("static/names.js", f"window.NAMES = {json.dumps(rows, ensure_ascii=False)};\n")
        for name, _, _ in files:
            self._put(f"dumps/{name}", (server.dataset.file.parent / name).read_bytes())

    def _machines(self) -> None:
        server = self.server
        day = server.dataset.modified.date().isoformat()
        triples = describe_dataset(server, endpoint=False)
        body = serialize(triples, TURTLE, {**server.dataset.prefixes, **PREFIXES})
        self._put("void.ttl", body)
        self._put(".well-known/void", body)
        pages = [path for path in listed(server) if file_path(path)]
        maps = sitemaps(pages, server.public, day, Addresses("", static=True))
        for number, text in enumerate(maps, 1):
            self._put(f"sitemap-{number}.xml", text)
        self._put("sitemap.xml", sitemap_index(len(maps), server.public, day))
        self._put("robots.txt", f"User-agent: *\n\nSitemap: {server.public}sitemap.xml\n")
        if (ontology_dir() / "kg.ttl").is_file():
            self._put("ns.ttl", (ontology_dir() / "kg.ttl").read_bytes())
