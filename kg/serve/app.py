"""The application: routes, the headers of every response, errors with a sentence."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.publish.guard import Refusal
from kg.serve import api, endpoint, front, resources, wellknown
from kg.serve.negotiate import Format, choose
from kg.serve.server import Server

_ERRORS = (Format("txt", "text/plain"), Format("json", "application/problem+json"))
_ALWAYS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, Retry-After",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type",
    "access-control-max-age": "86400",
}


class Headers:
    """Middleware that gives every response, errors too, the headers that let any page read it and no page abuse it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, sent)
        else:
            await self.app(scope, receive, sent)


def _problem(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    form = choose(request.headers.get("accept"), _ERRORS) or _ERRORS[0]
    if form.name == "json":
        title = HTTPStatus(status).phrase
        body = json.dumps({"status": status, "title": title, "detail": message}, ensure_ascii=False)
    else:
        body = message + "\n"
    return Response(body, status, {**headers, "content-type": form.content_type, "vary": "Accept"})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    headers = {"retry-after": str(error.retry_after)} if error.retry_after else {}
    return _problem(request, error.status, str(error), headers)


async def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    messages = {404: "Nothing is here. The start page is at /.", 405: "This address does not take that method."}
    message = messages.get(error.status_code, error.detail)
    return _problem(request, error.status_code, message, dict(error.headers or {}))


async def _left(request: Request, error: Exception) -> Response:
    return Response(status_code=499)


def make_app(server: Server, follow: Path | None = None) -> Starlette:
    """The ASGI application of a server; its lifespan starts and stops the pool, and follows changes of an export."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with server.pool:
            watch = asyncio.ensure_future(server.follow(follow)) if follow else None
            yield
            if watch:
                watch.cancel()
        server.close()

    app = Starlette(
        routes=[*endpoint.ROUTES, *resources.ROUTES, *front.ROUTES, *wellknown.ROUTES, *api.ROUTES],
        middleware=[Middleware(Headers)],
        exception_handlers={Refusal: _refused, HTTPException: _missing, ConnectionError: _left},
        lifespan=lifespan,
    )
    app.state.server = server
    return app
