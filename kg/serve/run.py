"""Runs the application on a port until it is told to stop."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from kg.errors import StoreError
from kg.serve.app import make_app
from kg.serve.connection import Connection
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from kg.serve.server import Server

_CONNECTIONS = 512


def serve(
    export: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    base: str | None = None,
    public: str | None = None,
    title: str = "Knowledge graph",
    limits: Limits | None = None,
) -> None:
    """Serves an export folder, and what is written there later, until interrupted.

    `base` is the IRI prefix that resources get; `public` the address that the world sees, where a proxy stands before.
    Raises StoreError where there is no graph, or the port is taken.
    """
    with Dataset.open(export, base) as dataset:
        server = Server.of(dataset, limits, public or address(host, port), title=title)
        config = configure(make_app(server, follow=Path(export)), host=host, port=port)
        try:
            uvicorn.Server(config).run()
        except KeyboardInterrupt:
            pass  # raised anew after the server has ended in peace
        except SystemExit as error:
            if error.code:
                raise StoreError(f"{host}:{port} cannot be listened on; choose another --port") from error
        finally:
            if server.dataset is not dataset:
                server.dataset.close()


def configure(app: ASGIApp, **options: Any) -> uvicorn.Config:
    """How the application is run, here and in the tests."""
    return uvicorn.Config(
        app, log_level="warning", ws="none", limit_concurrency=_CONNECTIONS, server_header=False,
        timeout_keep_alive=15, timeout_graceful_shutdown=5, http=Connection, **options,
    )  # fmt: skip


def address(host: str, port: int) -> str:
    """The server's own address: what listens everywhere is named localhost."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if number.is_unspecified:
        return f"http://localhost:{port}/"
    return f"http://[{host}]:{port}/" if number.version == 6 else f"http://{host}:{port}/"
