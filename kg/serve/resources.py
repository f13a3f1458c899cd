"""Resources by address: `/id/…` answers 303 to `/page/…` or `/data/…`; each representation has its own."""

from __future__ import annotations

from email.utils import format_datetime, parsedate_to_datetime

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.publish.guard import Refusal
from kg.serve.addresses import DATA, REPRESENTATIONS, Addresses, quoted
from kg.serve.describe import serialize
from kg.serve.negotiate import HTML, Format, choose
from kg.serve.server import Server, server_of

_AT = Addresses()


def _find(request: Request, path: str, root: str, ending: str = "") -> ox.NamedNode | Response:
    """The resource at a path, or where it has moved (301). Raises Refusal: 410 it is gone, 404 it never was."""
    server = server_of(request)
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition(root)[2].removesuffix(ending)
    node = server.dataset.resource(path, raw)
    if node is None:
        if moved := server.dataset.former.get(path):
            return _moved(f"{root}{quoted(moved)}{ending}")
        if path in server.gone or path in server.dataset.former:
            raise Refusal(410, "This resource was removed from the graph.")
        raise Refusal(404, "The graph says nothing of this resource.")
    now = server.dataset.standing(node)
    if now is None:
        raise Refusal(410, "This resource was removed from the graph.")
    if now != node:
        moved = server.dataset.path_of(now.value)
        return _moved(f"{root}{quoted(moved)}{ending}" if moved else now.value)
    return node


def _moved(place: str) -> Response:
    return Response(f"It is at {place} now.\n", 301, {"location": place}, "text/plain")


def _choices(path: str) -> str:
    return "\n".join(f"{form.media}  {_href(path, form)}" for form in REPRESENTATIONS)


def _href(path: str, form: Format) -> str:
    return _AT.page(path) if form is HTML else _AT.data(path, form)


def links(server: Server, node: ox.NamedNode, path: str, shown: Format) -> str:
    """The Link header: what the resource is called, what describes it, in which formats (https://signposting.org/)."""
    rows = [f'<{node.value}>; rel="cite-as"']
    for form in REPRESENTATIONS:
        if form is not shown:
            rows.append(f'<{server.public}{_href(path, form)[1:]}>; rel="alternate"; type="{form.media}"')
    if shown is HTML:
        for form in DATA:
            rows.append(f'<{server.public}{_href(path, form)[1:]}>; rel="describedby"; type="{form.media}"')
    else:
        rows.append(f'<{node.value}>; rel="describes"')
    rows.append(f'<{server.public}.well-known/void>; rel="collection"; type="text/turtle"')
    rows += [f'<{licence}>; rel="license"' for licence in server.licences]
    types = server.facts.objects(node, "rdf:type")
    rows += [f'<{kind.value}>; rel="type"' for kind in types if isinstance(kind, ox.NamedNode)]
    return ", ".join(rows)


async def identify(request: Request) -> Response:
    """303 to the page or the data that the client prefers; data where it has no wish. 406 names the choices."""
    path = request.path_params["path"]
    node = await run_in_threadpool(_find, request, path, "/id/")
    if isinstance(node, Response):
        return node
    path = server_of(request).dataset.path_of(node.value) or path
    chosen = choose(request.headers.get("accept"), (*DATA, HTML))
    if chosen is None:
        return Response(_choices(path) + "\n", 406, {"content-type": "text/plain; charset=utf-8", "vary": "Accept"})
    return Response(status_code=303, headers={"location": _href(path, chosen), "vary": "Accept"})


def fresh(request: Request, etag: str, server: Server) -> dict[str, str] | None:
    """The validators to send, or None where the client's copy is current. Raises nothing: odd dates are ignored."""
    modified = server.dataset.modified
    headers = {
        "etag": etag,
        "last-modified": format_datetime(modified, usegmt=True),
        "cache-control": "public, max-age=60, must-revalidate",
    }
    held = request.headers.get("if-none-match")
    if held is not None:
        tags = {tag.strip().removeprefix("W/") for tag in held.split(",")}
        return None if etag in tags or "*" in tags else headers
    since = request.headers.get("if-modified-since")
    try:
        return None if since and parsedate_to_datetime(since) >= modified else headers
    except (ValueError, TypeError):
        return headers


def not_modified(etag: str, server: Server) -> Response:
    """304 with the validators."""
    when = format_datetime(server.dataset.modified, usegmt=True)
    return Response(status_code=304, headers={"etag": etag, "last-modified": when})


def write(server: Server, node: ox.NamedNode, form: Format) -> bytes:
    """The resource's triples in a format."""
    return serialize(server.dataset.triples(node), form, server.dataset.prefixes)


async def _represent(request: Request, form: Format, path: str, root: str, ending: str = "") -> Response:
    server = server_of(request)
    node = await run_in_threadpool(_find, request, path, root, ending)
    if isinstance(node, Response):
        return node
    path = server.dataset.path_of(node.value) or path
    etag = server.etag(form.name)
    headers = fresh(request, etag, server)
    if headers is None:
        return not_modified(etag, server)
    if form is HTML:
        body: str | bytes = await run_in_threadpool(server.pages.resource, node, _AT)
    else:
        body = await run_in_threadpool(write, server, node, form)
    headers |= {"link": links(server, node, path, form), "content-type": form.content_type}
    return Response(body, headers=headers)


async def page(request: Request) -> Response:
    """The HTML of a resource."""
    return await _represent(request, HTML, request.path_params["path"], "/page/")


async def data(request: Request) -> Response:
    """The resource as Turtle, JSON-LD or N-Triples, by the address's ending."""
    path: str = request.path_params["path"]
    for form in DATA:
        if path.endswith("." + form.name):
            ending = "." + form.name
            return await _represent(request, form, path.removesuffix(ending), "/data/", ending)
    raise Refusal(404, "Data ends in: " + ", ".join("." + form.name for form in DATA) + ".")


ROUTES = [
    Route("/id/{path:path}", identify),
    Route("/page/{path:path}", page),
    Route("/data/{path:path}", data),
]
