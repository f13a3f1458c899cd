"""The SPARQL 1.1 Protocol for reading: `/sparql` by GET, HEAD, form POST and direct POST."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.dataset import Dataset
from kg.serve.describe import PREFIXES, describe_service, serialize
from kg.serve.guard import Question, examine
from kg.serve.limits import Limits, Refusal
from kg.serve.negotiate import GRAPHS, HTML, JSONLD, NTRIPLES, RDFXML, SOLUTIONS, TURTLE, Format, choose
from kg.serve.server import Server, server_of

_ENGINE = {TURTLE: "turtle", NTRIPLES: "ntriples", JSONLD: "jsonld", RDFXML: "rdfxml"}
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_SCHEMES = {"http", "https", "urn", "tag", "did"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks: the query's text, the protocol's dataset, and the format it names in `format=`."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str | None = None


async def read_operation(request: Request, limits: Limits) -> Operation | None:
    """The request's operation; None where it asks for the service description. Raises Refusal."""
    pairs = _pairs(request.url.query.encode())
    body = await _body(request, limits.query * 4)  # a form may write each byte as three
    if request.method == "POST":
        media, charset = _content_type(request)
        if charset not in (None, "utf-8", "utf8", "us-ascii"):
            raise Refusal(415, f"The body is {charset}; send UTF-8.")
        if media == _FORM:
            pairs += _pairs(body)
        elif media == _QUERY:
            pairs.append(("query", _text(body)))
        elif media == _UPDATE:
            raise Refusal(403, "Updates are refused: this endpoint is read-only.")
        else:
            raise Refusal(415, f"The body is {media or 'of no stated type'}; send {_QUERY} or {_FORM}.")
    return _operation(pairs, request.method != "POST")


def _operation(pairs: Sequence[tuple[str, str]], get: bool) -> Operation | None:
    values: dict[str, list[str]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    if "update" in values:
        raise Refusal(403, "Updates are refused: this endpoint is read-only.")
    queries = values.get("query", [])
    if not queries and get:
        return None
    if len(queries) != 1:
        raise Refusal(400, f"The request has {len(queries)} queries; send one `query`.")
    return Operation(
        queries[0],
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        values.get("format", [None])[0],
    )


def _content_type(request: Request) -> tuple[str, str | None]:
    media, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset=")), None)
    return media, charset


async def _body(request: Request, most: int) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise Refusal(413, f"The body is longer than {most:,} bytes; send a shorter query.")
    return body


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The query is not UTF-8 at byte {error.start}.") from None


def _pairs(form: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(form.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Refusal(400, "The request is not UTF-8.") from None
    except ValueError as error:
        raise Refusal(400, f"The form cannot be read: {error}.") from None


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


def prepare(
    operation: Operation, accept: str | None, limits: Limits, data: Dataset
) -> tuple[Format, dict[str, object]]:
    """The format of the answer, and what to ask of the pool. Raises Refusal."""
    question = examine(operation.query, limits, data.base)
    chosen = pick(operation, question, accept)
    default, named = graphs(operation, question, data.has_graph)
    return chosen, {
        "query": operation.query,
        "base": data.base,
        "default": default,
        "named": named,
        "format": _ENGINE.get(chosen, chosen.name),
        "shown": dict(data.prefixes),
    }


async def sparql(request: Request) -> Response:
    """The endpoint. Without a query it describes itself, and sends a browser to the query page."""
    server = server_of(request)
    operation = await read_operation(request, server.limits)
    accept = request.headers.get("accept")
    wants_page = choose(accept, (*SOLUTIONS, HTML)) is HTML and (operation is None or not operation.format)
    if wants_page and request.method == "GET":
        query = f"?query={quote(operation.query, safe='')}" if operation else ""
        return Response(status_code=303, headers={"location": f"/{query}#query", "vary": "Accept"})
    if operation is None:
        return service(request, server)
    chosen, question = prepare(operation, accept, server.limits, server.dataset)
    body = await server.ask(request, question)
    return Response(body, headers={"content-type": chosen.content_type, "vary": "Accept"})


def service(request: Request, server: Server) -> Response:
    """The service description, https://www.w3.org/TR/sparql11-service-description/."""
    form = choose(request.headers.get("accept"), GRAPHS)
    if form is None:
        raise Refusal(406, f"The service is described in: {', '.join(offer.media for offer in GRAPHS)}.")
    body = serialize(describe_service(server), form, PREFIXES)
    return Response(body, headers={"content-type": form.content_type, "vary": "Accept"})


ROUTES = [Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")]
