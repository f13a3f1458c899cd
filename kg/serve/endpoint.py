"""The SPARQL 1.1 Protocol for reading: `/sparql` by GET, HEAD, form POST and direct POST."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.publish.guard import Refusal
from kg.serve.describe import PREFIXES, describe_service, serialize
from kg.serve.limits import Limits
from kg.serve.negotiate import GRAPHS, HTML, SOLUTIONS, choose
from kg.serve.operation import LONG, Operation, prepare
from kg.serve.server import Server, server_of

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


async def read_operation(request: Request, limits: Limits) -> Operation | None:
    """The request's operation; None where it asks for the service description. Raises Refusal."""
    pairs = _pairs(request.scope["query_string"])
    if request.method == "POST":
        body = await _body(request, limits.query * 4)  # a form may write each byte as three
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


async def sparql(request: Request) -> Response:
    """The endpoint. Without a query it describes itself, and sends a browser to the query page."""
    server = server_of(request)
    operation = await read_operation(request, server.limits)
    accept = request.headers.get("accept")
    kept = server.kept  # of this dataset: an answer that comes after a swap is kept with the old ones
    if operation is not None and (found := kept.get((operation, accept))):
        return Response(found[1], headers={"content-type": found[0], "vary": "Accept"})
    wants_page = request.method == "GET" and (operation is None or not operation.format)
    if wants_page and choose(accept, (*SOLUTIONS, HTML)) is HTML:
        query = f"?query={quote(operation.query, safe='')}" if operation else ""
        return Response(status_code=303, headers={"location": f"/{query}#query", "vary": "Accept"})
    if operation is None:
        return service(request, server)
    arguments = (operation, accept, server.limits, server.dataset)
    long = len(operation.query) > LONG
    chosen, question = await run_in_threadpool(prepare, *arguments) if long else prepare(*arguments)
    body = await server.ask(request, question)
    kept.put((operation, accept), operation.query, chosen.content_type, body)
    return Response(body, headers={"content-type": chosen.content_type, "vary": "Accept"})


def service(request: Request, server: Server) -> Response:
    """The service description, https://www.w3.org/TR/sparql11-service-description/."""
    form = choose(request.headers.get("accept"), GRAPHS)
    if form is None:
        raise Refusal(406, f"The service is described in: {', '.join(offer.media for offer in GRAPHS)}.")
    body = serialize(describe_service(server), form, PREFIXES)
    return Response(body, headers={"content-type": form.content_type, "vary": "Accept"})


ROUTES = [Route(path, sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")]
