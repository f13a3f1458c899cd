"""Where things stand: the addresses of pages, data and files, on a server or in a folder of static files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kg.serve.facts import Thing
from kg.serve.negotiate import HTML, JSONLD, NTRIPLES, TURTLE, Format

DATA = (TURTLE, JSONLD, NTRIPLES)  # what every resource is written in
REPRESENTATIONS = (HTML, *DATA)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Links from one page. `root` leads to the start page: `/`, or `../../` in static files, which stand in folders."""

    root: str = "/"
    static: bool = False

    def page(self, path: str) -> str:
        """The page of a resource at a path below the base."""
        return f"{self.root}id/{quoted(path)}/index.html" if self.static else f"{self.root}page/{quoted(path)}"

    def data(self, path: str, form: Format) -> str:
        """The file that says the same in another format."""
        return f"{self.root}data/{quoted(path)}.{form.name}"

    def thing(self, thing: Thing) -> str:
        """Where a thing's name leads: its page, an http address elsewhere, or nowhere."""
        if thing.path:
            return self.page(thing.path)
        return thing.iri if thing.iri.startswith(("http://", "https://")) else ""

    def file(self, name: str) -> str:
        """A style sheet or script."""
        return f"{self.root}static/{name}"

    def at(self, name: str) -> str:
        """Another address of the site, such as `search`."""
        if self.static and not name:
            return f"{self.root}index.html"
        return f"{self.root}{name}"


def quoted(path: str) -> str:
    """A resource's path as a part of an address: escapes stay, what would end the path is escaped."""
    return quote(path, safe="/%:@!$&'()*+,;=~-._")
