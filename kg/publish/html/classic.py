"""Stub."""

from kg.publish.html.selection import Shown
from kg.schema import Schema


def render(shown: Shown, schema: Schema, *, title: str, language: str | None, base: str) -> str:
    raise NotImplementedError
