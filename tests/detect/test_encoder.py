"""The encoder: pieces on tokens, windows, pair tables, and what the shipped weights say."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.detect.annotated import Annotated
from kg.detect.encoder import WINDOW, Encoder, first_pieces, log_sum_exp, shared_encoder, windows
from kg.detect.encoder_features import add_encoder_features
from kg.detect.encoder_gold import project, tag
from kg.detect.encoder_labels import LABELS, RELATIONS, allowed_types, symmetric
from kg.detect.encoder_pairs import pair_table
from kg.detect.features import Sentence
from kg.detect.language import load_language
from kg.detect.tagger import STACK, WEIGHTS, load_tagger, weight_paths
from kg.detect.wordpieces import Pieces, piece_range, shape
from kg.model import Article, Entity, Mention
from kg.schema import load_schema

TEXT = "President Ana Petrova of Norland met Karl Brandt in Tirana. They agreed to cooperate in energy."


def pieces_of(spans: list[tuple[int, int]]) -> Pieces:
    count = len(spans)
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return Pieces(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64), starts, ends)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    encoder = shared_encoder()
    if encoder is None:
        pytest.skip("the encoder's weights are absent")
    return encoder


@pytest.fixture
def doc() -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp(TEXT)


def annotated(doc: Doc) -> Annotated:
    names = {
        "Ana Petrova": "Person",
        "Norland": "Country",
        "Karl Brandt": "Person",
        "Tirana": "City",
        "energy": "Sector",
    }
    entities = tuple(Entity(name.lower(), kind, name) for name, kind in names.items())
    places = [(doc.text.index(name), name, kind) for name, kind in names.items()]
    mentions = tuple(Mention(at, at + len(name), name, kind, name.lower()) for at, name, kind in sorted(places))
    return Annotated(Article.of(doc.text), doc, mentions, entities)


def test_every_relation_of_the_ontology_is_scored_or_read_by_rule() -> None:
    schema = load_schema()
    assert {name for name in schema.relations if name not in RELATIONS} >= {"said", "tradeTurnover"}
    assert set(RELATIONS) <= set(schema.relations)
    assert symmetric() == {"metWith", "cooperatesWith"}
    assert ("Person", "Sector") not in allowed_types()


@pytest.mark.parametrize(
    ("word", "kind"),
    [("energy", 1), ("Ana", 2), ("NATO", 3), ("A", 4), ("McDonald", 5), ("2026", 6), ("G7", 7), (",", 8)],
)
def test_shape_tells_how_a_word_is_written(word: str, kind: int) -> None:
    assert shape(word, False) == 2 * kind
    assert shape(word, True) == 2 * kind + 1


def test_windows_are_cut_at_sentence_starts_and_none_is_too_long() -> None:
    pieces = pieces_of([(2 * at, 2 * at + 1) for at in range(1500)])
    cuts = windows(pieces, range(0, 3000, 100))
    assert cuts[0] == 0 and cuts[-1] == 1500
    assert all(0 < b - a <= WINDOW for a, b in pairwise(cuts))
    assert all(2 * cut % 100 == 0 for cut in cuts[:-1])
    assert max(b - a for a, b in pairwise(windows(pieces, []))) == WINDOW


def test_a_token_takes_its_first_piece_and_white_space_none() -> None:
    doc = spacy.blank("en")("Kassym-Jomart  came")
    pieces = pieces_of([(0, 3), (3, 6), (6, 7), (7, 13), (15, 19)])
    rows, firsts = first_pieces(doc, pieces)
    told = {doc[int(row)].text: int(first) for row, first in zip(rows, firsts, strict=True)}
    assert told["came"] == 4
    assert not any(text.isspace() for text in told)
    assert next(iter(told.values())) == 0
    assert [len(part) for part in first_pieces(doc, pieces_of([]))] == [0, 0]


def test_piece_range_covers_what_overlaps() -> None:
    pieces = pieces_of([(0, 3), (4, 7), (7, 8), (9, 12)])
    assert piece_range(pieces, 4, 8) == (1, 3)
    assert piece_range(pieces, 5, 6) == (1, 2)
    assert piece_range(pieces, 3, 4) == (1, 1)


def test_pair_table_lists_allowed_types_both_ways_and_the_nearest_mentions() -> None:
    ids = np.array([5, 5, 1012, 5, 5, 5])
    table = pair_table([(1, 4, 5), (0, 0, 1), (0, 3, 4)], ["Person", "Country"], ids, {("Person", "Country")})
    assert table.entities == ((0, 1),)
    assert list(table.subject) == [1, 0] and list(table.object) == [2, 2]
    assert list(table.ends) == [0, 1]
    assert list(table.between) == [0, 1]
    assert table.spans.sum(1) == pytest.approx([1, 1, 1])


def test_log_sum_exp_by_group() -> None:
    scores = np.array([[0.0, 1.0], [2.0, 1.0], [-3.0, 4.0]], dtype=np.float32)
    assert log_sum_exp(scores, np.array([0, 0, 1]), 2) == pytest.approx(
        np.array([[np.log(1 + np.e**2), 1 + np.log(2)], [-3, 4]]), abs=1e-6
    )


def test_gold_names_nest_across_layers_and_the_longest_wins_inside_one() -> None:
    entities = [
        {"name": "Tirana", "type": "City", "aliases": []},
        {"name": "Tirana Airport", "type": "Place", "aliases": []},
        {"name": "Bank of Tirana", "type": "Organization", "aliases": ["the Bank"]},
    ]
    spans = project("The Bank of Tirana left Tirana Airport.", entities)
    assert [(s.start, s.end, s.type) for s in spans] == [(4, 18, "Organization"), (12, 18, "City"), (24, 38, "Place")]
    tags = tag(pieces_of([(4, 8), (9, 11), (12, 18), (24, 30), (31, 38)]), spans)
    assert [LABELS[1][k] for k in tags[1]] == ["B-Organization", "I-Organization", "I-Organization", "O", "O"]
    assert [LABELS[0][k] for k in tags[0]] == ["O", "O", "B-City", "B-Place", "I-Place"]


def test_labels_become_features_of_the_token_and_its_neighbours(doc: Doc) -> None:
    tokens = list(doc[:3])
    probabilities = np.zeros((len(doc), sum(map(len, LABELS))), dtype=np.float32)
    probabilities[:, [0, 9, 20]] = 1.0
    probabilities[1, [0, 1, 2]] = 0.3, 0.65, 0.05
    sentence = Sentence(tokens, [[] for _ in tokens])
    add_encoder_features([sentence], probabilities)
    assert {"e0=B-Person", "e0=B-Person:6", "e0~O:1", "e1=O:A", "e0=O-1", "e0=O+1"} <= set(sentence.features[1])
    assert "e0=B-Person+1" in sentence.features[0] and "e0=B-Person-1" in sentence.features[2]
    assert not any("I-Person" in feature for feature in sentence.features[1])


def test_without_the_encoder_the_plain_weights_read(tmp_path: Path) -> None:
    for path in [*weight_paths().values(), *weight_paths(WEIGHTS / STACK).values()]:
        copy = tmp_path / path.relative_to(WEIGHTS)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    tagger = load_tagger(tmp_path)
    assert tagger is not None
    found = tagger.find(load_language()("Serbian President Ana Petrova met Karl Brandt in Vienna."))
    assert ("Ana Petrova", "Person") in {(item.surface, item.type) for item in found if item.sure}


def test_no_weights_no_encoder(tmp_path: Path) -> None:
    assert Encoder.load(tmp_path) is None


def test_tags_are_probabilities_and_find_the_names(encoder: Encoder, doc: Doc) -> None:
    (made,) = encoder.tag([doc])
    assert made.shape == (len(doc), len(encoder.labels))
    column = 0
    for labels in LABELS:
        assert made[:, column : column + len(labels)].sum(1) == pytest.approx(np.ones(len(doc)), abs=1e-4)
        column += len(labels)
    best = {token.text: encoder.labels[int(made[token.i, :9].argmax())] for token in doc}
    assert (best["Ana"], best["Petrova"], best["met"]) == ("B-Person", "I-Person", "O")


def test_pairs_name_the_likely_relation(encoder: Encoder, doc: Doc) -> None:
    told = encoder.pairs(annotated(doc))
    chances = told["ana petrova", "norland"]
    assert chances["leaderOf"] > 0.5
    assert chances["leaderOf"] == max(chances[relation] for relation in ("leaderOf", "officialOf", "visited"))
    there, back = told["ana petrova", "karl brandt"], told["karl brandt", "ana petrova"]
    assert there["metWith"] == pytest.approx(back["metWith"])
    assert ("energy", "norland") not in told


def test_the_same_text_gives_the_same_numbers(encoder: Encoder) -> None:
    nlp = spacy.blank("en")
    first, second = (encoder.tag([nlp(TEXT)])[0] for _ in range(2))
    assert np.array_equal(first, second)


def test_a_text_longer_than_a_window_and_an_empty_one(encoder: Encoder) -> None:
    nlp = spacy.blank("en")
    long, empty = nlp(" ".join([TEXT] * 60)), nlp("")
    made = encoder.tag([long, empty])
    assert made[0].shape[0] == len(long) and made[1].shape == (0, len(encoder.labels))
    last = [token.i for token in long if token.text == "Petrova"][-1]
    assert encoder.labels[int(made[0][last, :9].argmax())] == "I-Person"
