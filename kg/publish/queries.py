"""The library of questions: `ontology/queries/*.rq`, each SPARQL that any engine can run as it stands.

A file begins with `# title:`, `# description:` and a `# param NAME: meaning` for each parameter. A parameter is a
variable that the query binds by `VALUES ?NAME { "example" }`; asking with another value replaces the example.

>>> questions()["leaders-on-date"].title
'Leaders of a country on a date'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal

from kg.errors import QueryError, SchemaError
from kg.publish.literals import decimal
from kg.schema import ontology_dir

_HEAD = re.compile(r"# (title|description|param (\w+)): (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name. `params` are the parameters' meanings by name, `examples` the values in the file."""

    name: str
    title: str
    description: str
    params: Mapping[str, str]
    examples: Mapping[str, str]
    text: str

    def fill(self, values: Mapping[str, str]) -> str:
        """The query with these values. Raises QueryError for a parameter that it has not, or a number that is none."""
        text = self.text
        for name, value in values.items():
            if name not in self.params:
                known = ", ".join(f"--{known}" for known in self.params) or "none"
                raise QueryError(f"{self.name} has no parameter {name!r}; it has: {known}")
            before, example, *_ = _values(name).split(text, maxsplit=1)[1:]
            text = f"{before}{self._literal(example, value)} }}".join(_values(name).split(text)[::4])
        return text

    def _literal(self, example: str, value: str) -> str:
        if example.startswith('"'):
            return str(Literal(value))
        number = decimal(value)
        if number is None:
            raise QueryError(f"{self.name}: {value!r} is no number; write one like {example}")
        return number.value


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf'(VALUES \?{name} \{{ )("(?:[^"\\]|\\.)*"|[\d.]+)( \}})')


def _question(name: str, text: str) -> Question:
    told = {found[2] or found[1]: found[3] for found in map(_HEAD.fullmatch, text.splitlines()) if found}
    try:
        title, description = told.pop("title"), told.pop("description")
    except KeyError as error:
        raise SchemaError(f"queries/{name}.rq: lacks the line `# {error.args[0]}: ...`") from error
    examples = {}
    for param in told:
        found = _values(param).search(text)
        if not found:
            raise SchemaError(f'queries/{name}.rq: the parameter {param} needs VALUES ?{param} {{ "example" }}')
        examples[param] = found[2].strip('"')
    return Question(name, title, description, told, examples, text)


@cache
def questions() -> Mapping[str, Question]:
    """The library by name, in alphabetical order. Raises SchemaError for a file without title or examples."""
    paths = sorted((ontology_dir() / "queries").glob("*.rq"), key=lambda path: path.stem)
    return {path.stem: _question(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def question(name: str) -> Question:
    """The question of this name. Raises QueryError naming those that are alike."""
    known = questions()
    if name not in known:
        near = [other for other in known if set(name.split("-")) & set(other.split("-"))] or list(known)
        raise QueryError(f"no question {name!r} in the library; there are: {', '.join(near)}")
    return known[name]
