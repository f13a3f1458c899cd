"""One text, Markdown or HTML document -> the fields of an Article.

A text or Markdown file may begin with a header: lines such as `title: ...`, between `---` or up to a blank line,
or ` date 2026-02-27 ` before the first sentence.
"""

from __future__ import annotations

import re

from kg.collect.clean import decode
from kg.errors import SourceError

Fields = dict[str, str]

KEYS = ("id", "title", "date", "url", "publisher", "language")
_INLINE = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})\s+")
_LINE = re.compile(rf"({'|'.join(KEYS)})\s*:\s*(.*)", re.IGNORECASE)


def read_text(data: bytes) -> Fields:
    """The fields of a plain text file; `text` is what follows its header."""
    return _split_header(decode(data))


def read_markdown(data: bytes) -> Fields:
    """The fields of a Markdown file; without a header title, its first top heading is the title."""
    from markdown_it import MarkdownIt  # only Markdown pays for its parser

    fields = _split_header(decode(data))
    blocks: list[str] = []
    kind = ""
    for token in MarkdownIt().parse(fields["text"]):
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "inline":
            parts = (" " if c.type.endswith("break") else c.content for c in token.children or ())
            block = re.sub(r" {2,}", " ", "".join(parts)).strip()
            if kind == "h1" and "title" not in fields:
                fields["title"] = block
            else:
                blocks.append(block)
            kind = ""
    return {**fields, "text": "\n\n".join(filter(None, blocks))}


def read_html(data: bytes) -> Fields:
    """The fields of a news page, its furniture left out. Raises SourceError when there is no article in it."""
    import trafilatura  # slow to import, and only pages need it

    page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False, fast=True)
    if page is None or isinstance(page, dict) or not page.text:
        raise SourceError("has no article text; save the whole page, or its text as .txt")
    found = {"title": page.title, "date": page.date, "url": page.url, "publisher": page.sitename}
    text = "\n\n".join(line for line in page.text.split("\n") if line.strip())
    return {"text": text, **{key: value for key, value in found.items() if value}}


def _split_header(text: str) -> Fields:
    inline = _INLINE.match(text)
    if inline:
        return {"date": inline[1], "text": text[inline.end() :]}
    lines = text.lstrip("\n").split("\n")
    fenced = lines[0].strip() == "---"
    fields: Fields = {}
    for number, line in enumerate(lines[1:] if fenced else lines, start=1 if fenced else 0):
        row = _LINE.match(line.strip())
        if row:
            fields[row[1].lower()] = row[2].strip().strip("\"'")
        elif (fenced and line.strip() == "---") or (not fenced and not line.strip() and fields):
            return {**fields, "text": "\n".join(lines[number + 1 :]).strip("\n")}
        elif not fenced:
            break
    return {"text": text.strip("\n")}


READERS = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
