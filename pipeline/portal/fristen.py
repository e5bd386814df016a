"""Connections that do not get on: clients that say nothing, or a byte now and then, are let go.

What belongs here: what the server does not watch by itself. What does not: the time a form may take (`rahmen.py`).
The server in front should do all this first; a portal nobody put one in front of must not stand still.
"""

import asyncio
from math import inf

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline.portal.grenzen import Grenzen

_BESETZT = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 60\r\n"
    b"Connection: close\r\n\r\nDas Portal hat gerade zu viele Verbindungen. Bitte in einigen Minuten noch einmal.\r\n"
)


class Befristet(H11Protocol):
    """A connection on which a request has to begin, arrive and be taken leave of in time."""

    grenzen: Grenzen

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn itself
        """Starts the clock, unless there are too many already."""
        super().connection_made(transport)
        self._frist: asyncio.TimerHandle | None = None
        if len(self.connections) > self.grenzen.verbindungen:
            transport.write(_BESETZT)
            transport.close()
        else:
            self._stelle(inf)

    def data_received(self, data: bytes) -> None:
        """Stops the clock once all headers are there: then the page decides how long it takes."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._halte_an()

    def on_response_complete(self) -> None:
        """Starts it again, for the answer to be taken and the next request to come."""
        self._stelle(inf)
        super().on_response_complete()
        if not self.cycle.response_complete:
            # That one was here already.
            self._halte_an()

    def pause_writing(self) -> None:
        """Starts it for an answer nobody takes, too."""
        super().pause_writing()
        self._stelle(inf)

    def resume_writing(self) -> None:
        """Stops it while the rest of the answer is made."""
        super().resume_writing()
        if not self.cycle.response_complete:
            self._halte_an()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops it."""
        self._halte_an()
        super().connection_lost(exc)

    def _stelle(self, offen: float) -> None:
        self._halte_an()
        self._frist = self.loop.call_later(self.grenzen.kopf, self._pruefe, offen)

    def _halte_an(self) -> None:
        if self._frist is not None:
            self._frist.cancel()

    def _pruefe(self, vorher: float) -> None:
        """Lets go of whoever took nothing of the answer, or has all of it and asked for nothing."""
        offen = self.transport.get_write_buffer_size()
        if 0 < offen < vorher:
            self._stelle(offen)
        else:
            self.transport.abort()


def einstellung(app: object, adresse: str, port: int, grenzen: Grenzen) -> Config:
    """How the portal is served.

    Args:
        app: the application.
        adresse: where to listen.
        port: where to listen; 0 for any.
        grenzen: limits of connections.
    """
    return Config(
        app,  # type: ignore[arg-type]  # any ASGI application
        host=adresse,
        port=port,
        # Written in Python and slower, but it limits headers.
        http=type("BefristetWieHier", (Befristet,), {"grenzen": grenzen}),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=int(grenzen.kopf),
        timeout_graceful_shutdown=int(grenzen.warten),
    )
