"""What machines look for first: the description at `/.well-known/void`, the sitemap, robots."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.publish.guard import Refusal
from kg.serve.addresses import Addresses
from kg.serve.describe import PREFIXES, describe_dataset, serialize
from kg.serve.negotiate import GRAPHS, HTML, choose
from kg.serve.resources import fresh, not_modified
from kg.serve.server import server_of
from kg.serve.sitemap import PER_MAP, listed, sitemap_index, sitemaps


async def void(request: Request) -> Response:
    """The dataset's description; a browser is led to the page that says the same."""
    server = server_of(request)
    chosen = choose(request.headers.get("accept"), (*GRAPHS, HTML))
    if chosen is None:
        raise Refusal(406, f"The dataset is described in: {', '.join(form.media for form in GRAPHS)}.")
    if chosen is HTML:
        return RedirectResponse("/about", 303, {"vary": "Accept"})
    etag = server.etag(f"void-{chosen.name}")
    headers = fresh(request, etag, server)
    if headers is None:
        return not_modified(etag, server)
    triples = await run_in_threadpool(describe_dataset, server)
    prefixes = {**server.dataset.prefixes, **PREFIXES}
    headers |= {"content-type": chosen.content_type, "vary": "Accept"}
    return Response(serialize(triples, chosen, prefixes), headers=headers)


async def sitemap(request: Request) -> Response:
    """The index, or one map of it."""
    server = server_of(request)
    day = server.dataset.modified.date().isoformat()
    paths = await run_in_threadpool(listed, server)
    number = request.path_params.get("number")
    if number is None:
        count = max(1, -(-len(paths) // PER_MAP))
        return Response(sitemap_index(count, server.public, day), media_type="application/xml")
    maps = await run_in_threadpool(sitemaps, paths, server.public, day, Addresses())
    if not 1 <= number <= len(maps):
        raise Refusal(404, f"There are {len(maps)} sitemaps.")
    return Response(maps[number - 1], media_type="application/xml")


async def robots(request: Request) -> Response:
    """Crawlers are welcome on pages and data, not on queries."""
    public = server_of(request).public
    rules = ("Disallow: /sparql", "Disallow: /search", "Disallow: /api/", "Disallow: /reconcile", "Disallow: /*?query=")
    return PlainTextResponse("\n".join(["User-agent: *", *rules, "", f"Sitemap: {public}sitemap.xml", ""]))


ROUTES = [
    Route("/.well-known/void", void),
    Route("/void.ttl", void),
    Route("/sitemap.xml", sitemap),
    Route("/sitemap-{number:int}.xml", sitemap),
    Route("/robots.txt", robots),
]
