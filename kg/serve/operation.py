"""A query with its protocol parameters, and what the pool is asked for it: checked text, format, graphs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.publish.guard import Question, Refusal, examine
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from kg.serve.negotiate import GRAPHS, JSONLD, NTRIPLES, RDFXML, SOLUTIONS, TURTLE, Format, choose

_ENGINE = {TURTLE: "turtle", NTRIPLES: "ntriples", JSONLD: "jsonld", RDFXML: "rdfxml"}
_SCHEMES = {"http", "https", "urn", "tag", "did"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: the query's text, the protocol's dataset, and the format it names in `format=`."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str | None = None


def pick(operation: Operation, question: Question, accept: str | None) -> Format:
    """The format of the answer. Raises Refusal 406 with the choices."""
    offers = SOLUTIONS if question.form in ("SELECT", "ASK") else GRAPHS
    named = next((offer for offer in offers if operation.format in (offer.name, offer.media)), None)
    chosen = named or choose(accept, offers)
    if chosen is None:
        raise Refusal(406, f"{question.form} answers in: {', '.join(offer.media for offer in offers)}.")
    return chosen


def graphs(
    operation: Operation, question: Question, known: Callable[[str], bool]
) -> tuple[list[str] | None, list[str] | None]:
    """The default and named graphs of the query, None for the dataset's own; nothing is ever fetched.

    The protocol's dataset comes before the query's. A graph that is not here is empty in the protocol's parameters, as
    the W3C tests ask, and an error in FROM, where it is a slip or an attempt to make the server fetch.
    """
    for iri in (*operation.default, *operation.named, *question.default_graphs, *question.named_graphs):
        scheme = urlsplit(iri).scheme
        if scheme not in _SCHEMES:
            raise Refusal(403, f"The graph <{iri}> is refused: the endpoint opens no {scheme or 'relative'} addresses.")
    if operation.default or operation.named:
        return list(operation.default), list(operation.named)
    if not question.default_graphs and not question.named_graphs:
        return None, None
    for iri in (*question.default_graphs, *question.named_graphs):
        if not known(iri):
            raise Refusal(403, f"The graph <{iri}> is not in this dataset, and the endpoint fetches nothing.")
    return list(question.default_graphs), list(question.named_graphs)


LONG = 4_000  # characters from which a query is examined beside the event loop


def prepare(
    operation: Operation, accept: str | None, limits: Limits, data: Dataset
) -> tuple[Format, dict[str, object]]:
    """The format of the answer, and what to ask of the pool. Raises Refusal."""
    question = examine(operation.query, data.base, longest=limits.query, deepest=limits.depth)
    chosen = pick(operation, question, accept)
    default, named = graphs(operation, question, data.has_graph)
    return chosen, {
        "query": operation.query,
        "base": data.base,
        "default": default,
        "named": named,
        "format": _ENGINE.get(chosen, chosen.name),
        "shown": dict(data.prefixes) if chosen in GRAPHS else None,
    }
