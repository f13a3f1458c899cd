"""A polite client of one Wikidata-compatible API: cached on disk, slow, bounded, and never an error.

It obeys what https://www.mediawiki.org/wiki/API:Etiquette asks: one request after another, a name, `Retry-After`.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http.client import HTTPException, HTTPMessage
from importlib import metadata
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kg.errors import KGError

log = logging.getLogger(__name__)
WIKIDATA = "https://www.wikidata.org/w/api.php"
Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may cost: requests, seconds in all and for each, bytes an answer, seconds between requests.

    `patience` is the longest wait that a server may ask for; `strikes` failures in a row end the asking.
    """

    requests: int = 500
    seconds: float = 600.0
    timeout: float = 10.0
    size: int = 4 << 20
    pause: float = 1.0
    patience: float = 60.0
    strikes: int = 3


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the host that was asked."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise HTTPError(req.full_url, code, f"redirects to another host, {newurl}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Endpoint:
    """The API at `url`, with answers kept in the folder `cache` for good; delete it to ask anew.

    Raises KGError where the URL is no http address. `asked` counts requests, `over` says why no more are made.
    """

    url: str
    cache: Path
    bounds: Bounds = Bounds()
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    asked: int = 0
    over: str = ""
    _strikes: int = 0
    _last: float | None = None
    _started: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise KGError(f"{self.url}: no http address of an API; write one like {WIKIDATA}")
        self._started = self.now()

    def ask(self, **params: str) -> Answer | None:
        """The JSON object that the API answers; None where it does not, or no more may be asked."""
        url = f"{self.url}?{urlencode(sorted({**params, 'format': 'json'}.items()))}"
        kept = self.cache / f"{sha256(url.encode()).hexdigest()}.json"
        known = _load(kept)
        if known is None and not self._spent():
            known = self._fetch(url)
            if known is not None:
                _keep(kept, known)
        return known

    def _spent(self) -> bool:
        """Whether the run's bounds are reached."""
        if not self.over:
            if self.asked >= self.bounds.requests:
                self._end(f"{self.asked} requests were made")
            elif self.now() - self._started > self.bounds.seconds:
                self._end(f"{self.bounds.seconds:.0f} seconds are over")
            elif self._strikes >= self.bounds.strikes:
                self._end(f"{self._strikes} requests failed in a row")
        return bool(self.over)

    def _end(self, why: str) -> None:
        self.over = why
        log.warning("%s is asked no more: %s", self.url, why)

    def _fetch(self, url: str) -> Answer | None:
        """One request, and one more where the server says when to come again."""
        for again in (True, False):
            if self._last is not None:
                self.sleep(max(0.0, self._last + self.bounds.pause - self.now()))
            self._last = self.now()
            self.asked += 1
            try:
                answer = self._read(url)
                self._strikes = 0
                return answer
            except HTTPError as error:
                wait = _wait(error.headers.get("Retry-After")) if error.code in {429, 503} else None
                log.warning("%s: %s", url, error)
                error.close()
                if wait is not None and wait > self.bounds.patience:
                    self._end(f"the server asks to wait {wait:.0f} seconds")
                if wait is None or self.over or not again:
                    break
                self.sleep(wait)
            except (OSError, HTTPException, ValueError) as error:  # no network, a timeout, no JSON
                log.warning("%s: %s", url, error)
                break
        self._strikes += 1
        return None

    def _read(self, url: str) -> Answer:
        request = Request(url, headers={"User-Agent": _agent(), "Accept": "application/json"})
        with build_opener(_SameHost).open(request, timeout=self.bounds.timeout) as response:
            body = response.read(self.bounds.size + 1)
        if len(body) > self.bounds.size:
            raise ValueError(f"the answer is longer than {self.bounds.size} bytes")
        answer = json.loads(body)
        if not isinstance(answer, dict) or "error" in answer:
            raise ValueError(f"the answer is no result: {str(answer)[:200]}")
        return answer


def _agent() -> str:
    try:
        version = metadata.version("kg")
    except metadata.PackageNotFoundError:  # a checkout that is not installed
        version = "0"
    return f"kg/{version} (knowledge graphs of news; one request at a time) Python-urllib"


def _wait(told: str | None) -> float | None:
    """Seconds that a `Retry-After` header asks for: a number or a date."""
    if told is None:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _load(path: Path) -> Answer | None:
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _keep(path: Path, answer: Answer) -> None:
    """Write the answer beside its place and rename it; where that fails, the answer is only not kept."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(answer, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        log.warning("%s: cannot be kept: %s", path, error)
