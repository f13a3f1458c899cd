"""Loads all that reading needs when imported: the fork server does, so that its processes share it from birth.

What is missing here is told by the process that reads, not by the server.
"""

import contextlib
import gc

from kg.detect.language import load_language
from kg.detect.tagger import load_tagger
from kg.extract.scorer import load_scorer

with contextlib.suppress(ImportError):
    load_language()
load_tagger()
load_scorer()
gc.collect()
gc.freeze()  # what is loaded lives as long as its process: looking for garbage in it would only copy shared pages
