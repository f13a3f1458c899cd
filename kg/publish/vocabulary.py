"""What the files say beside the relations, as `ontology/vocabulary.toml` lists it, and the posts of `posts.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import SchemaError
from kg.schema import load_schema, ontology_dir

Texts = Mapping[str, str]  # by language

DATATYPES = {
    "string": "xsd:string",
    "sha256": "xsd:string",
    "decimal": "xsd:decimal",
    "count": "xsd:nonNegativeInteger",
}
_PARTS = re.compile(r",|;|&| and | cum ")
DATES = ("xsd:date", "xsd:gYearMonth", "xsd:gYear")


@dataclass(frozen=True, slots=True)
class Property:
    """A property that the files use: `curie`, the classes that have it (`on`), the kind of its value and its bounds."""

    curie: str
    on: tuple[str, ...]
    value: str
    min: int
    max: int | None
    least: float | None
    most: float | None
    label: Texts
    definition: Texts
    align: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Whether the ontology defines it."""
        return self.curie.startswith("kg:")

    @property
    def is_object(self) -> bool:
        """Whether its values are resources."""
        return self.value in {"iri", "entity", "word"} or ":" in self.value


@dataclass(frozen=True, slots=True)
class Concept:
    """A class, status or inverse of the vocabulary."""

    name: str
    label: Texts
    definition: Texts
    align: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A sub-property of a relation, or of another post, that a role justifies."""

    name: str
    parent: str
    relation: str
    roles: re.Pattern[str]
    barred: re.Pattern[str]
    object: tuple[str, ...]
    label: Texts
    definition: Texts
    inverse_align: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Properties by curie; classes, statuses, inverses, posts and further definitions by name."""

    properties: Mapping[str, Property]
    classes: Mapping[str, Concept]
    statuses: Mapping[str, Concept]
    inverses: Mapping[str, Concept]
    posts: Mapping[str, Post]
    definitions: Mapping[str, Texts]


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((ontology_dir() / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SchemaError(f"{name}: cannot be read as TOML: {error}") from error


def _property(curie: str, row: Mapping[str, Any]) -> Property:
    return Property(
        curie,
        tuple(row["on"]),
        row["value"],
        row.get("min", 0),
        row.get("max"),
        row.get("least"),
        row.get("most"),
        row.get("label", {}),
        row.get("definition", {}),
        tuple(row.get("align", ())),
    )


def _concepts(rows: Mapping[str, Any]) -> dict[str, Concept]:
    return {
        name: Concept(name, row["label"], row.get("definition", {}), tuple(row.get("align", ())))
        for name, row in rows.items()
    }


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def _posts(rows: Mapping[str, Any]) -> dict[str, Post]:
    posts = {}
    for name, row in rows.items():
        relation = row["parent"]
        while relation in rows:
            relation = rows[relation]["parent"]
        if relation not in load_schema().relations:
            raise SchemaError(f"posts.toml: [{name}] has the unknown parent {row['parent']!r}")
        posts[name] = Post(
            name,
            row["parent"],
            relation,
            _words(row["roles"]),
            _words(row["not"]),
            tuple(row["object"]),
            row["label"],
            row["definition"],
            tuple(row.get("inverse_align", ())),
        )
    return posts


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary. Raises SchemaError naming the file and what is wrong in it."""
    rows = _read("vocabulary.toml")
    try:
        return Vocabulary(
            {curie: _property(curie, row) for curie, row in rows["properties"].items()},
            _concepts(rows["classes"]),
            _concepts(rows["statuses"]),
            _concepts(rows["inverses"]),
            _posts(_read("posts.toml")),
            _read("definitions.toml"),
        )
    except KeyError as error:
        raise SchemaError(f"vocabulary.toml or posts.toml: a row lacks the key {error}") from error


def finer(relation: str, role: str, object_type: str) -> tuple[str, ...]:
    """The sub-properties that a role justifies, finest first: `headOfStateOf` for a `President` of a Country.

    A role of several posts, `Deputy Prime Minister and Minister of Energy`, is read post by post.

    >>> finer("officialOf", "Deputy Foreign Minister", "Country")
    ('deputyMinisterOf',)
    >>> finer("officialOf", "Minister of Foreign Affairs", "Country")
    ('foreignMinisterOf', 'ministerOf')
    """
    posts = load_vocabulary().posts
    fitting = [post for post in posts.values() if post.relation == relation and object_type in post.object]
    names: dict[str, None] = {}
    for part in _PARTS.split(role.lower()):
        for post in fitting:
            if post.roles.search(part) and not post.barred.search(part):
                name = post.name
                while name in posts:
                    names[name] = None
                    name = posts[name].parent
                break
    return tuple(names)
