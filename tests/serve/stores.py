"""Triple stores of others, started as real servers on free ports of 127.0.0.1."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.serve.conftest import Client

_INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
"""


def program(name: str) -> str:
    """The program's path. Skips the test where it is not installed; KG_REQUIRE_TOOLS forbids that."""
    beside = Path(sys.executable).parent / name
    found = shutil.which(name) or (str(beside) if beside.is_file() else None)
    if found:
        return found
    if os.environ.get("KG_REQUIRE_TOOLS"):
        pytest.fail(f"{name} is not installed, and KG_REQUIRE_TOOLS forbids skipping the tests that need it")
    pytest.skip(f"{name} is not installed")


def free() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], url: str, path: str, folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a server that answers at a path."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        for _ in range(300):
            try:
                if Client(url)("GET", path, timeout=1).status == 200:
                    break
            except OSError:
                assert process.poll() is None, f"{command[0]} ended with {process.poll()}"
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(location: Path | None = None, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Oxigraph's own server, in memory or over a folder; its address and its process."""
    port = port or free()
    url = f"http://127.0.0.1:{port}/"
    command = [program("oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    with running([*command, *(["--location", str(location)] if location else [])], url, "/") as process:
        yield url, process


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso over an empty folder, its user `dba` with the password `dba`; its address."""
    command, http = [program("virtuoso-t"), "-f", "+configfile", "v.ini"], free()
    (folder / "v.ini").write_text(_INI.format(sql=free(), http=http))
    url = f"http://127.0.0.1:{http}/"
    with running(command, url, "/sparql", folder):
        yield url
