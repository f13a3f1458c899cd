"""Makes the table of words used alike from the word vectors of a spaCy pipeline. Deterministic; needs scikit-learn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from spacy.strings import hash_string  # type: ignore[attr-defined]  # the stub lacks it
from spacy.vocab import Vocab

from kg.detect.words import TABLE
from kg.errors import KGError

FINE, COARSE = 1024, 128
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_LENGTHS = range(2, 25)  # characters of a word that is kept


def make_words(vocab: Path, path: Path = TABLE) -> int:
    """Clusters the vectors of a pipeline's `vocab` folder, writes the table, and returns how many words it has.

    The rows go into `FINE` clusters by k-means and these into `COARSE` by Ward's method. Raises KGError where the
    folder holds no vectors.
    """
    if not (vocab / "vectors").is_file() or not (vocab / "strings.json").is_file():
        raise KGError(
            f"{vocab}: no vectors and strings.json; give the `vocab` folder of a pipeline such as en_core_web_md"
        )
    from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans

    source = Vocab().from_disk(vocab, exclude=["lookups"])
    strings, vectors = source.strings, source.vectors
    rows = np.array(vectors.data, dtype=np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    means = MiniBatchKMeans(FINE, random_state=0, batch_size=4096, n_init=1, max_iter=60).fit(rows)
    centers = means.cluster_centers_ / np.linalg.norm(means.cluster_centers_, axis=1, keepdims=True)
    coarse = AgglomerativeClustering(COARSE, linkage="ward").fit_predict(centers)
    spelled = ((strings[key], int(means.labels_[row])) for key, row in vectors.key2row.items() if key in strings)
    words = _lower_case([(word, cluster) for word, cluster in spelled if len(word) in _LENGTHS])
    keys = np.array([hash_string(word) & 0xFFFFFFFF for word in words], dtype=np.uint32)
    order = np.argsort(keys, kind="stable")
    fine = np.array(list(words.values()), dtype=np.uint16)
    np.savez_compressed(path, keys=keys[order], fine=fine[order], coarse=coarse.astype(np.uint8))
    return len(words)


def _lower_case(spelled: list[tuple[str, int]]) -> dict[str, int]:
    """The cluster of each word in lower case: that of the lower-case key, else of the first capitalised one."""
    words = {word: cluster for word, cluster in spelled if word == word.lower() and _WORD.fullmatch(word)}
    for word, cluster in spelled:
        if _WORD.fullmatch(word):
            words.setdefault(word.lower(), cluster)
    return words
