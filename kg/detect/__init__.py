"""Article -> Annotated: sentences, names, the entities that they name inside the article, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.detect.annotated import Annotated
from kg.detect.assembly import assemble
from kg.detect.language import load_language
from kg.detect.rules import find_by_rule
from kg.detect.tagger import load_tagger
from kg.model import Article
from kg.settings import Settings

BATCH = 32  # articles; best of 8 to 128


def annotate_doc(article: Article, doc: Doc, settings: Settings) -> Annotated:
    """The entities and mentions of a parsed article: learned, or by rules where weights are absent or not wanted."""
    tagger = None if settings.rules_only else load_tagger()
    return Annotated(article, doc, *assemble(doc, tagger.find(doc) if tagger else find_by_rule(doc)))


def annotate(articles: Iterable[Article], settings: Settings | None = None) -> Iterator[Annotated]:
    """Reads articles lazily, in order, in batches of 32."""
    settings = settings or Settings()
    pairs = ((article.text, article) for article in articles)
    for doc, article in load_language().pipe(pairs, as_tuples=True, batch_size=BATCH):
        yield annotate_doc(article, doc, settings)


__all__ = ["Annotated", "annotate", "annotate_doc"]
