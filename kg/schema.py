"""Loads and checks `ontology/`: what entity types and relations there are. Standard library only.

>>> schema = load_schema()
>>> schema.relations["metWith"].symmetric
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from kg.errors import SchemaError


def ontology_dir() -> Path:
    """The ontology's folder: beside the package in a checkout, inside it in an installed wheel."""
    packaged = Path(__file__).parent / "_ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class of entities. `label` by language; `color` is for the page, `shape` its second cue."""

    name: str
    label: Mapping[str, str]
    definition: str
    align: tuple[str, ...]
    color: str
    shape: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the (subject, object) pairs that the relation must find in it; none for a near miss."""

    text: str
    expect: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A property. `subject` and `object` are the names of the types allowed there; `parent` a broader relation.

    `cues` are words by kind, `patterns` the rows that `extract` understands; both are data for the reader.
    """

    name: str
    label: Mapping[str, str]
    definition: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    symmetric: bool
    inverse: str | None
    parent: str | None
    qualifiers: tuple[str, ...]
    align: tuple[str, ...]
    cues: Mapping[str, tuple[str, ...]]
    patterns: tuple[Mapping[str, Any], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology in memory. `namespace` ends in `#`; `base` is the default prefix of resources."""

    namespace: str
    base: str
    prefixes: Mapping[str, str]
    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]

    def expand(self, curie: str) -> str:
        """The IRI of `prefix:name`. Raises SchemaError for a prefix that `prefixes.toml` lacks."""
        prefix, _, name = curie.partition(":")
        if prefix not in self.prefixes:
            known = ", ".join(sorted(self.prefixes))
            raise SchemaError(f"{curie}: unknown prefix {prefix!r}; prefixes.toml has: {known}")
        return self.prefixes[prefix] + name


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SchemaError(f"{path.name}: cannot be read as TOML: {error}") from error


def _known(file: str, what: str, names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    names = tuple(names)
    for name in names:
        if name not in known:
            raise SchemaError(f"{file}: unknown {what} {name!r}; known: {', '.join(sorted(known))}")
    return names


def _entity_type(name: str, row: Mapping[str, Any]) -> EntityType:
    try:
        return EntityType(
            name, row["label"], row["definition"], tuple(row.get("align", ())), row["color"], row["shape"]
        )
    except KeyError as error:
        raise SchemaError(f"types.toml: [{name}] lacks the key {error}") from error


_KEYS = {
    "label", "definition", "subject", "object", "symmetric", "inverse", "parent", "qualifiers", "align", "cues",
    "pattern", "example",
}  # fmt: skip


def _relation(path: Path, types: Mapping[str, EntityType]) -> Relation:
    row = _read(path)
    _known(path.name, "key", row, _KEYS)
    try:
        return Relation(
            name=path.stem,
            label=row["label"],
            definition=row["definition"],
            subject=_known(path.name, "type", row["subject"], types),
            object=_known(path.name, "type", row["object"], types),
            symmetric=row.get("symmetric", False),
            inverse=row.get("inverse"),
            parent=row.get("parent"),
            qualifiers=tuple(row.get("qualifiers", ())),
            align=tuple(row.get("align", ())),
            cues={kind: tuple(words) for kind, words in row.get("cues", {}).items()},
            patterns=tuple(row.get("pattern", ())),
            examples=tuple(
                Example(item["text"], tuple((subject, object) for subject, object in item["expect"]))
                for item in row.get("example", ())
            ),
        )
    except KeyError as error:
        raise SchemaError(f"{path.name}: lacks the key {error}") from error


@cache
def load_schema(folder: Path | None = None) -> Schema:
    """The schema in `folder`, by default the project's own. Raises SchemaError naming the file and the key."""
    folder = folder or ontology_dir()
    prefixes = _read(folder / "prefixes.toml")
    types = {name: _entity_type(name, row) for name, row in _read(folder / "types.toml").items()}
    paths = sorted((folder / "relations").glob("*.toml"))
    relations = {path.stem: _relation(path, types) for path in paths}
    for relation in relations.values():
        _known(f"{relation.name}.toml", "parent", filter(None, [relation.parent]), relations)
    schema = Schema(prefixes["ontology"], prefixes["base"], prefixes["prefixes"], types, relations)
    aligned = [t.align for t in types.values()] + [r.align for r in relations.values()]
    for curie in chain.from_iterable(aligned):
        schema.expand(curie)
    return schema
