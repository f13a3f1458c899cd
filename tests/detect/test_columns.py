"""The columns say what spaCy's tokens say."""

from __future__ import annotations

from kg.detect.columns import read_columns
from kg.detect.language import load_language
from kg.detect.words import load_words


def test_columns_are_the_tokens_attributes():
    doc = load_language()("Ana Petrova’s ministers\nmet  the Serbian side in Oslo. They didn't sign 3 papers.")
    columns = read_columns(doc)
    assert columns.lower == [token.lower_ for token in doc]
    assert columns.lemma == [token.lemma_.lower() for token in doc]
    assert columns.pos == [token.pos_ for token in doc]
    assert columns.tag == [token.tag_ for token in doc]
    assert columns.dep == [token.dep_ for token in doc]
    assert columns.head == [token.head.i for token in doc]
    assert columns.starts == [token.idx for token in doc]
    assert columns.ends == [token.idx + len(token) for token in doc]
    assert read_columns(doc) is columns
    words = load_words()
    assert words is None or words.of_keys(columns.keys) == words.of(list(doc))


def test_a_text_without_words_has_empty_columns():
    assert read_columns(load_language()("")).starts == []
