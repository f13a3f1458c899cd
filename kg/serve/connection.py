"""An HTTP connection with bounds that the parser lacks: on the length of a request's head, and on the wait for it."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 400_000  # bytes: a query of the greatest length, percent-encoded, in the address
PATIENCE = 20.0  # seconds until a head must have come; idle connections would keep others out


class Connection(HttpToolsProtocol):
    """uvicorn's connection by the parser in C, which is quick and takes a head of any length at any pace."""

    _head = 0
    _wait: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the wait for the first head."""
        super().connection_made(transport)
        self._expect()

    def on_message_begin(self) -> None:
        """Starts the wait for the rest of a head."""
        super().on_message_begin()
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Refuses with 431 what grows too long before it is a request."""
        if self._wait is not None:
            self._head += len(data)
            if self._head > LONGEST_HEAD + 2**16:
                self._refuse()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Ends the wait; a head that came whole may still be too long."""
        self._arrived()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the wait."""
        self._arrived()
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._wait is None:
            self._wait = self.loop.call_later(PATIENCE, self.transport.close)

    def _arrived(self) -> None:
        self._head = 0
        if self._wait is not None:
            self._wait.cancel()
            self._wait = None

    def _refuse(self) -> None:
        body = b"The request's head is too long; send the query by POST.\n"
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
            b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
        )
        self.transport.close()
