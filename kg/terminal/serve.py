"""`kg serve`, `kg site`, `kg push`, `kg mcp`: a graph over HTTP, as a site, in another store, for language models."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.errors import KGError
from kg.store import is_store
from kg.terminal.notes import reports_errors, say

export_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="STORE|DIR")
base_option = click.option("--base", help="IRI prefix that resources get, instead of the one the graph was built for.")
public_option = click.option("--public", help="Address that the world sees, where it is not the server's own.")
title_option = click.option("--title", default="Knowledge graph", show_default=True, help="Name of the dataset.")


@contextmanager
def _extra(what: str) -> Iterator[None]:
    """Says how to install what a command needs and is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").split(".")[0]
        if name in {"starlette", "uvicorn", "mcp"}:
            raise KGError(f"{what} needs the package {name}; install it with: pip install 'kg[serve]'") from error
        raise


@contextmanager
def _export(folder: Path, base: str | None) -> Iterator[Path]:
    """The export folder itself, or that of a store, written for as long as it is needed."""
    if not is_store(folder):
        yield folder
        return
    from kg.pipeline import publishable
    from kg.settings import Settings
    from kg.store import Store

    with tempfile.TemporaryDirectory(prefix="kg-export-") as out:
        with Store(folder) as store:
            publishable(store.graph(), Settings(base=base)).write(out)
        yield Path(out)


@click.command()
@export_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@base_option
@public_option
@title_option
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="A query's time.")
@click.option("--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB of a query's worker.")
@click.option("--rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of an answer.")
@click.option("--workers", type=click.IntRange(1, 64), help="Queries that run at once.")
@reports_errors
def serve(
    folder: Path, host: str, port: int, base: str | None, public: str | None, title: str, seconds: float, memory: int,
    rows: int, workers: int | None,
) -> None:  # fmt: skip
    """Serve a graph over HTTP: SPARQL, pages, data, look-ups. Read-only.

    \b
    Example:
      kg serve graph/ --port 8000
    """
    with _extra("kg serve"):
        from kg.serve.limits import Limits
        from kg.serve.run import address
        from kg.serve.run import serve as start
    limits = Limits(seconds=seconds, memory=memory, rows=rows, **({"workers": workers} if workers else {}))
    say(f"Serving {folder} at {address(host, port)} - stop with Ctrl+C")
    start(folder, host=host, port=port, base=base, public=public, title=title, limits=limits)


@click.command()
@export_argument
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder to write, made if missing.")
@base_option
@public_option
@title_option
@reports_errors
def site(folder: Path, out: Path, base: str | None, public: str | None, title: str) -> None:
    """Write the pages and data of a graph as static files for any web host.

    \b
    Example:
      kg site graph/ -o public/
    """
    from kg.serve.site import write_site

    with _export(folder, base) as export:
        count = write_site(export, out, base, public, title)
    say(f"Wrote {count} resources to {out}/")


@click.command()
@export_argument
@click.option("--to", "url", required=True, metavar="URL", help="The store's Graph Store or Update address.")
@click.option("--protocol", type=click.Choice(["graph-store", "update"]), default="graph-store", show_default=True)
@click.option("--user", help="Name at the store; the password is read from KG_PASSWORD.")
@click.option("--state", type=click.Path(path_type=Path), help="File that keeps what has arrived.")
@reports_errors
def push(folder: Path, url: str, protocol: str, user: str | None, state: Path | None) -> None:
    """Load a graph into a triple store elsewhere, a named graph at a time. Stopped, it goes on where it was.

    \b
    Example:
      kg push graph/ --to http://localhost:7878/store
      kg push graph/ --to http://localhost:3030/news/data
      kg push graph/ --to http://localhost:7878/update --protocol update

    \b
    Addresses of other stores:
      GraphDB   http://localhost:7200/repositories/NAME/rdf-graphs/service
      QLever    http://localhost:7001/ (its token in KG_TOKEN)
      Virtuoso  http://localhost:8890/sparql-graph-crud-auth --user dba
    """
    from kg.serve.push import Target
    from kg.serve.push import push as send

    login = f"{user}:{os.environ.get('KG_PASSWORD', '')}" if user else None
    token = os.environ.get("KG_TOKEN")
    target = Target(url, "update" if protocol == "update" else "graph-store", login, token)
    with _export(folder, None) as export:
        done = send(export, target, state or (_state(folder, url) if is_store(folder) else None))
    say(f"{url}: {done.graphs} graphs with {done.triples} triples sent, {done.skipped} were there")


def _state(folder: Path, url: str) -> Path:
    from kg.model import digest

    return folder / f".pushed-{digest(url, length=12)}.json"


@click.command()
@export_argument
@reports_errors
def mcp(folder: Path) -> None:
    """Offer the graph's look-ups to language-model clients, by the Model Context Protocol on standard input and output.

    \b
    Example:
      kg mcp graph/
    """
    with _extra("kg mcp"):
        from kg.serve.lookups import run
    run(folder)
