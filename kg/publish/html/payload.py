"""The page's data: columns of numbers and texts, as JSON that no text can break out of, small when it is large.

Two parts: `graph` is what the first picture needs, `detail` the rest (sentences, articles, dates), read after it.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from kg.graph import KnowledgeGraph
from kg.model import Article, Evidence, Statement, Status
from kg.publish.html.network import Row, clean
from kg.publish.html.selection import Shown
from kg.publish.iris import Names
from kg.schema import Schema
from kg.tables import read_table

COMPRESS = 400_000  # characters of JSON above which a part is compressed
EVIDENCE = 25  # pieces of evidence that a fact brings along at most, the strongest
NAMED = 40  # communities that get a name
STATUSES = [str(status) for status in Status]
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_EPOCH = date(1970, 1, 1).toordinal()


def script(name: str, data: Any) -> Markup:
    """A data block `<script type="application/json" id=NAME>`; gzip and base64 where it is long."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if len(text) <= COMPRESS:
        return Markup(f'<script type="application/json" id="{name}">{text.translate(_UNSAFE)}</script>')
    packed = base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), compresslevel=6, mtime=0)).decode("ascii")
    return Markup(f'<script type="application/octet-stream" id="{name}">{packed}</script>')


def graph_part(nodes: Sequence[Row], edges: Sequence[Row], shown: Shown, schema: Schema, base: str) -> dict[str, Any]:
    """What the first picture needs: vocabulary, nodes with their places, facts as subject, relation, object."""
    types = [*schema.types, *sorted({row["group"] for row in nodes} - schema.types.keys())]
    relations = [*schema.relations, *sorted({row["label"] for row in edges} - schema.relations.keys())]
    number = {row["id"]: index for index, row in enumerate(nodes)}
    kind = {name: index for index, name in enumerate(types)}
    verb = {name: index for index, name in enumerate(relations)}
    highest = max((row["rank"] for row in nodes), default=1.0) or 1.0
    facts = [row["statement"] for row in edges]
    return {
        "base": base,
        "namespace": schema.namespace,
        "whole": [shown.entities, shown.statements],
        "around": number.get(shown.around) if shown.around else None,
        "types": [_type(name, schema) for name in types],
        "relations": [_relation(name, schema) for name in relations],
        "statuses": STATUSES,
        "groups": _group_names(nodes),
        "node": {
            "id": [row["id"] for row in nodes],
            "name": [row["label"] for row in nodes],
            "type": [kind[row["group"]] for row in nodes],
            "x": [row["x"] for row in nodes],
            "y": [row["y"] for row in nodes],
            "group": [row["community"] for row in nodes],
            "rank": [round(1000 * row["rank"] / highest) for row in nodes],
        },
        "fact": {
            "s": [number[fact.subject] for fact in facts],
            "r": [verb[fact.relation] for fact in facts],
            "o": [number[fact.object] for fact in facts],
            "status": [STATUSES.index(str(fact.status)) for fact in facts],
            "sure": [round(100 * fact.confidence) for fact in facts],
        },
    }


def _type(name: str, schema: Schema) -> dict[str, Any]:
    kind = schema.types.get(name)
    if not kind:
        return {"name": name, "label": {"en": clean(name)}, "color": "#5F6368", "shape": "dot"}
    return {"name": name, "label": dict(kind.label), "color": kind.color, "shape": kind.shape}


def _relation(name: str, schema: Schema) -> dict[str, Any]:
    relation = schema.relations.get(name)
    if not relation:
        return {"name": name, "label": {"en": clean(name)}, "symmetric": False}
    return {"name": name, "label": dict(relation.label), "symmetric": relation.symmetric}


def _group_names(nodes: Sequence[Row]) -> list[str]:
    """A name for each of the largest communities of three and more: its two best connected members."""
    members: dict[int, list[Row]] = {}
    for row in nodes:
        if row["community"] < NAMED and row["group"] != "Quotation":
            members.setdefault(row["community"], []).append(row)
    names = []
    for group in range(NAMED):
        best = sorted(members.get(group, ()), key=lambda row: (-row["rank"], row["id"]))
        if len(best) < 3:
            break
        names.append(" · ".join(row["label"] for row in best[:2]))
    return names


def detail_part(nodes: Sequence[Row], edges: Sequence[Row], graph: KnowledgeGraph, base: str) -> dict[str, Any]:
    """What is read after the first picture: aliases, links, coordinates, dates, qualifiers, evidence, articles."""
    names = Names(base)
    facts = [row["statement"] for row in edges]
    number = {row["id"]: index for index, row in enumerate(nodes)}
    article = {id: index for index, id in enumerate(graph.articles)}
    spans = [_span(fact.qualifiers) for fact in facts]
    return {
        "node": {
            "alias": {
                i: [clean(a) for a in row["entity"].aliases] for i, row in enumerate(nodes) if row["entity"].aliases
            },
            "same": {i: list(row["entity"].same_as) for i, row in enumerate(nodes) if row["entity"].same_as},
            "place": {i: place for i, row in enumerate(nodes) if (place := _place(row["entity"].notes))},
            "bridge": [round(1000 * row["bridge"]) for row in nodes] if any(row["bridge"] for row in nodes) else [],
        },
        "fact": {
            "strange": {i: row["id"] for i, row in enumerate(edges) if _strange(row["statement"])},
            "from": [span[0] for span in spans],
            "to": [span[1] for span in spans],
            "told": {i: [[n, clean(v)] for n, v in f.qualifiers] for i, f in enumerate(facts) if f.qualifiers},
            "by": {i: number[f.attributed_to] for i, f in enumerate(facts) if f.attributed_to in number},
        },
        "evidence": _evidence([fact.evidence for fact in facts], graph, article),
        "article": [_article(row, names) for row in graph.articles.values()],
    }


def _strange(statement: Statement) -> bool:
    """Whether the page cannot compute the statement's id from what it is given, since that is cleaned or cut."""
    parts = [part for part in statement.key if not (part.isascii() and part.isprintable())]
    return any(clean(part) != part for part in parts)


def _place(notes: Iterable[tuple[str, str]]) -> list[float] | None:
    told = dict(notes)
    if "lat" not in told:
        return country_places().get(told.get("iso", ""))
    try:
        lat, lon = float(told["lat"]), float(told["lon"])
    except (KeyError, ValueError):
        return None
    return [round(lat, 3), round(lon, 3)] if -90 <= lat <= 90 and -180 <= lon <= 180 else None


@cache
def country_places() -> dict[str, list[float]]:
    """Where a map names each country, by its two-letter code: latitude and longitude."""
    return {row["iso2"]: [float(row["lat"]), float(row["lon"])] for row in read_table("country_places")}


def _article(article: Article, names: Names) -> list[str]:
    link = article.url or ""
    safe = link if link.startswith(("http://", "https://")) else ""
    slug = names.article(article.id).value.removeprefix(f"{names.base}article/")
    told = [article.id, clean(article.title), article.published or "", safe, clean(article.publisher or "")]
    return told if slug == article.id else [*told, slug]


def _span(qualifiers: tuple[tuple[str, str], ...]) -> tuple[int | None, int | None]:
    """First and last day, counted from 1970-01-01, for which a fact is dated: `date`, or `from` and `to`."""
    told = dict(reversed(qualifiers))
    start, end = day(told.get("from", "")), day(told.get("to", ""), last=True)
    if start is None and end is None:
        start, end = day(told.get("date", "")), day(told.get("date", ""), last=True)
    return start, end


@lru_cache(maxsize=20_000)
def day(text: str, *, last: bool = False) -> int | None:
    """Days from 1970-01-01 to the first (or last) day of `2026`, `2026-02` or `2026-02-27`; None for anything else."""
    try:
        parts = [int(part) for part in text[:10].split("-")]
        if len(parts) == 3:
            return date(*parts).toordinal() - _EPOCH
        if not last:
            return date(parts[0], parts[1] if len(parts) > 1 else 1, 1).toordinal() - _EPOCH
        month = parts[1] if len(parts) > 1 else 12
        start = date(parts[0], month, 1)
        return date(start.year + month // 12, month % 12 + 1, 1).toordinal() - 1 - _EPOCH
    except (ValueError, IndexError, OverflowError):
        return None


def _evidence(lists: Sequence[Sequence[Evidence]], graph: KnowledgeGraph, article: dict[str, int]) -> dict[str, Any]:
    """Columns over all evidence; `count` says how many rows each fact has, `marks` are UTF-16 offsets or -1."""
    sentences: dict[str, int] = {}
    rules: dict[str, int] = {}
    columns: dict[str, list[int]] = {name: [] for name in ("count", "article", "sentence", "rule", "score", "marks")}
    for evidence in lists:
        kept = sorted((e for e in evidence if e.article in article), key=lambda e: (-e.score, e.article, e.start))
        columns["count"].append(len(kept[:EVIDENCE]))
        for item in kept[:EVIDENCE]:
            text = clean(graph.articles[item.article].text[item.start : item.end])
            columns["article"].append(article[item.article])
            columns["sentence"].append(sentences.setdefault(text, len(sentences)))
            columns["rule"].append(rules.setdefault(clean(item.rule), len(rules)))
            columns["score"].append(round(100 * item.score))
            columns["marks"] += _marks(text, item)
    return {**columns, "rules": list(rules), "sentences": list(sentences)}


def _marks(text: str, item: Evidence) -> list[int]:
    """Subject and object inside the sentence, start and end each; -1, -1 for one that is elsewhere or implicit."""
    found = []
    for span in (item.subject, item.object):
        a, b = (span[0] - item.start, span[1] - item.start) if span else (-1, -1)
        if not 0 <= a < b <= len(text):
            found += [-1, -1]
        elif max(text) <= "\uffff":
            found += [a, b]
        else:
            found += [len(text[:cut].encode("utf-16-le")) // 2 for cut in (a, b)]
    return found
