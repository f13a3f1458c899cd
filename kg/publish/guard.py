"""Reads a SPARQL query before any engine does: its form, its dataset, its depth, and whether it calls elsewhere.

The lexer follows the grammar of SPARQL 1.1, section 19.8, and is stricter than the engine where the engine is lax:
pyoxigraph takes `SERVICE:x`, `SERVICESILENT:x` and `trueSERVICE<x>` for calls, and reads `?a<?b)SERVICE?x#>` inside an
expression as a comparison and a call, where the longest match is an IRI. So a word that contains `service` is a call,
and where `<` may open an IRI or compare, both readings are followed. The server's workers have no
network in any case; this is the wall that answers with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from kg.errors import QueryError

LONGEST = 100_000  # bytes of a query's text
DEEPEST = 200  # brackets inside one another; Oxigraph's parser overflows its stack near 20,000

_PN = r"[^\W\d_]|\d|[_·‿⁀‌‍-]"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+|\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
             | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$](?:{_PN})+)
  | (?P<node>_:(?:{_PN}|\.(?=[\w.]))+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<number>\d*\.?\d+(?:[eE][+-]?\d+)?|\d+\.(?:[eE][+-]?\d+)?)
  | (?P<name>(?:(?:{_PN})(?:{_PN}|\.(?=[\w.-]*:))*)?:(?:(?:{_PN})|:|%[0-9A-Fa-f]{{2}}|\\.|\.(?=[\w.:%\\-]))*)
  | (?P<word>[^\W\d](?:{_PN})*)
  | (?P<open>[{{([]) | (?P<close>[}})\]])
  | (?P<mark>\^\^|&&|\|\||!=|<=|>=|<<|>>|[.,;*/+\-!=<>|^?~])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPERANDS = frozenset({"variable", "iri", "name", "string", "number", "language", ")"})
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())
_FORMS = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())
_SERVICE = re.compile("service", re.IGNORECASE)
_READINGS = 32
_Stack = tuple[Any, str] | None  # the brackets open: those outside, and the innermost; "v" stands for one of VALUES


class Refusal(QueryError):
    """A query or request that is not answered; `status` is the HTTP status, `retry_after` seconds for a 503."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Question:
    """A query that may run: its form in capitals, and the graphs of its FROM and FROM NAMED, absolute IRIs."""

    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


def examine(text: str, base: str | None = None, *, longest: int = LONGEST, deepest: int = DEEPEST) -> Question:
    """The question in a query's text. Raises Refusal: 400 malformed, 403 forbidden, 413 too long or too deep."""
    if len(text.encode()) > longest:
        raise Refusal(413, f"The query is longer than {longest:,} bytes; send a shorter one.")
    if "\\u" in text or "\\U" in text:  # escapes come before the grammar: S\u0045RVICE is SERVICE
        for _ in _readings(_unescape(text), deepest):
            pass
    readings = list(_readings(text, deepest))
    return _question(readings[0], base)


def _unescape(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    return _ESCAPE.sub(plain, text)


def _readings(text: str, deepest: int) -> Iterator[list[_Token]]:
    """The tokens of the text by the longest match, then of each other reading; all are checked.

    A later reading ends where it falls in with an earlier one: at the same place, after the same kind, in the same
    brackets.
    """
    starts: list[tuple[int, _Stack, str]] = [(0, None, "")]
    known: set[tuple[int, str, _Stack]] = set()
    for count, (at, stack, last) in enumerate(starts):
        if count > _READINGS:
            raise Refusal(400, "The query is ambiguous: put spaces around its `<` and `>` operators.")
        tokens: list[_Token] = []
        for token, inside in _lex(text, at, stack, deepest, first=count == 0):
            tokens.append(token)
            state = (token.start, last, inside)
            if state in known:
                break
            known.add(state)
            if token.kind == "iri" and last in _OPERANDS and inside is not None and inside[1] == "(":
                starts.append((token.start, inside, last))
            last = ")" if token.kind == "close" else token.kind
        _no_call(tokens)
        yield tokens


def _lex(text: str, at: int, stack: _Stack, deepest: int, first: bool) -> Iterator[tuple[_Token, _Stack]]:
    """Tokens from `at` on, each with the brackets open before it; all but the first reading begin with an operator."""
    data, depth = False, 0
    if not first:
        at += 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            if not first:
                return
            raise Refusal(400, f"The query is not SPARQL at character {at + 1}: {text[at : at + 20]!r}.")
        kind, at = found.lastgroup or "", found.end()
        if kind == "space":
            continue
        token = _Token(kind, found[0], found.start())
        yield token, stack
        if kind == "word" and token.text.upper() == "VALUES":
            data = True
        elif kind == "open":
            inner = stack is not None and stack[1] == "v"
            stack = (stack, "v" if inner or (data and token.text == "{") else token.text)
            data, depth = data and token.text != "{", depth + 1
            if depth > deepest:
                raise Refusal(413, f"The query nests more than {deepest} brackets; flatten it.")
        elif kind == "close" and stack is not None:
            stack, depth = stack[0], depth - 1


def _no_call(tokens: list[_Token]) -> None:
    """Raises Refusal where a token may be read as SERVICE."""
    for i, token in enumerate(tokens):
        if token.kind == "word":
            call = bool(_SERVICE.search(token.text))
        elif token.kind == "name" and _SERVICE.search(token.text.partition(":")[0]):
            after, before = tokens[i + 1 : i + 2], tokens[i - 1 : i]
            graph = bool(before) and before[0].text.upper() == "GRAPH"
            call = bool(after) and after[0].text == "{" and not graph
        else:
            call = False
        if call:
            raise Refusal(403, "SERVICE is refused: no other endpoint is called from here. Query it directly.")


def _question(tokens: list[_Token], base: str | None) -> Question:
    prefixes: dict[str, str] = {}
    at = 0
    while at + 1 < len(tokens) and tokens[at].kind == "word" and tokens[at].text.upper() in ("BASE", "PREFIX"):
        if tokens[at].text.upper() == "BASE":
            base, at = _resolve(tokens[at + 1].text[1:-1], base), at + 2
        elif at + 2 < len(tokens):
            prefixes[tokens[at + 1].text] = _resolve(tokens[at + 2].text[1:-1], base)
            at += 3
        else:
            break
    form = tokens[at].text.upper() if at < len(tokens) else ""
    if form in _UPDATES:
        raise Refusal(403, f"{form} is refused: the graph is read-only. Send SELECT, ASK, CONSTRUCT or DESCRIBE.")
    if form not in _FORMS:
        raise Refusal(400, "The query has no SELECT, ASK, CONSTRUCT or DESCRIBE where one must stand.")
    return Question(form, *_graphs(tokens[at:], prefixes, base))


def _graphs(
    tokens: list[_Token], prefixes: dict[str, str], base: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    default: list[str] = []
    named: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        rest = tokens[i + 1 : i + 3]
        wanted = named if rest and rest[0].text.upper() == "NAMED" else default
        target = rest[1:] if wanted is named else rest
        if target and target[0].kind == "iri":
            wanted.append(_resolve(_unescape(target[0].text[1:-1]), base))
        elif target and target[0].kind == "name":
            prefix, _, local = target[0].text.partition(":")
            wanted.append(prefixes.get(f"{prefix}:", "") + re.sub(r"\\(.)", r"\1", local))
    return tuple(default), tuple(named)


def _resolve(iri: str, base: str | None) -> str:
    return urljoin(base, iri) if base else iri
