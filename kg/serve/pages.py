"""The HTML: pages of resources, search, the start page. Every value is escaped; no script is needed to read them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.model import digest
from kg.serve.addresses import DATA, Addresses
from kg.serve.facts import SAME, Fact, Facts, Thing, timeline
from kg.serve.figure import draw
from kg.serve.names import Hit

HERE = Path(__file__).parent
STATIC = HERE / "static"
_FORMAT_NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples"}


@cache
def environment() -> Environment:
    """Jinja over the package's templates, escaping everything, failing on names that are not there."""
    env = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["percent"] = lambda value: f"{100 * value:.0f} %"
    env.filters["json"] = embed
    env.filters["words"] = lambda name: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    env.filters["elsewhere"] = elsewhere
    return env


def embed(value: object) -> Markup:
    """JSON for a data block of a page: no `<` survives, so that no string can end the block."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@cache
def look() -> str:
    """A hash of the templates, styles and scripts: pages change when these do."""
    files = sorted([*(HERE / "templates").iterdir(), *STATIC.iterdir()])
    return digest(*(file.read_text(encoding="utf-8") for file in files if file.is_file()), length=8)


def elsewhere(thing: Thing) -> Thing:
    """A thing of another dataset, named with the dataset."""
    names = {"www.wikidata.org": "Wikidata", "sws.geonames.org": "GeoNames", "dbpedia.org": "DBpedia"}
    host = urlsplit(thing.iri).netloc
    return replace(thing, label=f"{names.get(host, host)} {thing.label}") if host and not thing.path else thing


class Pages:
    """The pages of one dataset."""

    def __init__(self, facts: Facts, title: str = "Knowledge graph", public: str = "") -> None:
        self.facts, self.title, self.public = facts, title, public

    def render(self, template: str, at: Addresses, **values: Any) -> str:
        """A template's text, with what every page needs."""
        return environment().get_template(template).render(
            at=at, site=self.title, types=self.facts.schema.types, formats=_FORMAT_NAMES, **values
        )  # fmt: skip

    def resource(self, node: ox.NamedNode, at: Addresses) -> str:
        """The page of any resource of the dataset."""
        thing = self.facts.thing(node.value)
        path = thing.path or ""
        common = {
            "thing": thing,
            "data": [(_FORMAT_NAMES[form.name], at.data(path, form), form.media) for form in DATA],
            "title": thing.label,
        }
        if path.startswith("statement/"):
            return self.render("statement.html", at, fact=self.facts.fact(node), block=None, **common)
        if thing.kind == "Article":
            return self._article(node, at, common)
        if thing.kind in self.facts.schema.types:
            return self._entity(node, at, common)
        rows = [
            (self.facts.end(t.predicate), self.facts.end(t.object))
            for t in self.facts.dataset.triples(node)
            if t.subject == node
        ]
        return self.render("other.html", at, rows=rows, block=None, **common)

    def _entity(self, node: ox.NamedNode, at: Addresses, common: Mapping[str, Any]) -> str:
        own, about, left = self.facts.facts(node)
        aliases = [t.value for t in self.facts.objects(node, "skos:altLabel") if isinstance(t, ox.Literal)]
        same = [self.facts.end(t) for name in SAME for t in self.facts.objects(node, name)]
        close = [self.facts.end(t) for t in self.facts.objects(node, "skos:closeMatch")]
        return self.render(
            "entity.html", at, own=grouped(own), about=grouped(about), left=left, aliases=aliases, same=same,
            close=close, dated=timeline([*own, *about])[:60],
            figure=draw(common["thing"].label, own, about, node.value),
            block=self.block(node, own, aliases, [t.iri for t in same]), **common,
        )  # fmt: skip

    def _article(self, node: ox.NamedNode, at: Addresses, common: Mapping[str, Any]) -> str:
        found = self.facts.told_in(node)
        source = self.facts.source(node)
        block = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": node.value,
            "headline": source.article.label,
        }
        block |= {"url": source.url} if source.url else {}
        block |= {"datePublished": source.published} if source.published else {}
        return self.render("article.html", at, source=source, told=grouped(found), block=block, **common)

    def block(self, node: ox.NamedNode, own: Iterable[Fact], aliases: list[str], same: list[str]) -> dict[str, object]:
        """The entity in schema.org's words, for search engines: asserted facts whose relation is aligned there."""
        schema = self.facts.schema
        thing = self.facts.thing(node.value)
        known = schema.types.get(thing.kind or "")
        block: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": _schema_org(known.align if known else ()) or "Thing",
            "@id": node.value,
            "name": thing.label,
        }
        links = sorted(link for link in same if link.startswith(("http://", "https://")))
        block |= {"alternateName": aliases} if aliases else {}
        block |= {"sameAs": links} if links else {}
        values: dict[str, list[object]] = defaultdict(list)
        for fact in own:
            relation = schema.relations.get(fact.relation)
            name = _schema_org(relation.align) if relation else None
            if name and fact.status == "Asserted" and fact.subject.iri == node.value:
                values[name].append({"@id": fact.object.iri, "name": fact.object.label})
        return block | {name: rows for name, rows in values.items() if name not in block}

    def preview(self, node: ox.NamedNode, at: Addresses) -> str:
        """An entity in a few lines."""
        own, about, _ = self.facts.facts(node, most=60)
        told = [fact for fact in (*own, *about) if fact.status == "Asserted"]
        best = sorted(told, key=lambda fact: (-(fact.confidence or 0), fact.path or ""))[:5]
        aliases = [t.value for t in self.facts.objects(node, "skos:altLabel") if isinstance(t, ox.Literal)]
        thing = self.facts.thing(node.value)
        return self.render("preview.html", at, thing=thing, title=thing.label, told=best, aliases=aliases[:6])

    def search(self, question: str, kind: str, hits: list[Hit], at: Addresses) -> str:
        """The page of what a name finds."""
        return self.render("search.html", at, title=f"Search: {question}", question=question, kind=kind, hits=hits)


def grouped(facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """Facts by their relation's label, the surest first."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.phrase].append(fact)
    order = {"Asserted": 0}
    return [
        (
            phrase,
            sorted(rows, key=lambda f: (order.get(f.status, 1), -(f.confidence or 0), f.object.label, f.path or "")),
        )
        for phrase, rows in sorted(groups.items())
    ]


def _schema_org(align: Iterable[str]) -> str | None:
    return next((curie.removeprefix("schema:") for curie in align if curie.startswith("schema:")), None)
