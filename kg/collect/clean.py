"""Bytes and strings made fit to read: decoded, normalized, without what no file format can carry."""

from __future__ import annotations

import re
import unicodedata

from kg.errors import SourceError

MAX_CHARACTERS = 200_000
"""An article longer than this is a book or an accident; the longest news features have about 100,000."""

# Control characters that XML 1.0 forbids, and the halves of broken surrogate pairs.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, or of UTF-16 with a byte-order mark. Raises SourceError for anything else."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\x00" in data[:4096]:
        raise SourceError("holds binary data; give a text, Markdown, HTML or .jsonl file")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"is not {error.encoding.upper()} at byte {error.start}; save it as UTF-8") from error


def clean(text: str) -> tuple[str, int]:
    """NFC text with `\\n` line ends, and how many illegal characters became spaces."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ILLEGAL.subn(" ", text)


def check_length(text: str) -> None:
    """Raises SourceError when the text is empty or too long for one article."""
    if not text.strip():
        raise SourceError("has no text; an article needs at least a sentence")
    if len(text) > MAX_CHARACTERS:
        raise SourceError(
            f"has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}: split it, one article a record"
        )
