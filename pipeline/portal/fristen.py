"""Connections that do not get on: clients that say nothing, or a byte now and then, are let go.

What belongs here: what the server does not watch by itself. What does not: the time a form may take (`formular.py`).
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
    """A connection on which a request has to arrive, and its answer to be taken, in time.

    The clock runs whenever it is the client's turn.
    """

    grenzen: Grenzen
    _frist: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn itself
        """Starts the clock, unless there are too many already."""
        super().connection_made(transport)
        if len(self.connections) > self.grenzen.verbindungen:
            transport.write(_BESETZT)
            transport.close()
        else:
            self._sieh_nach()

    def data_received(self, data: bytes) -> None:
        """Stops it once all headers are there: then the page decides how long its form may take."""
        super().data_received(data)
        self._sieh_nach()

    def on_response_complete(self) -> None:
        """Starts it anew for what is left of the answer and for the next request, if that is not there yet."""
        self._halte_an()
        super().on_response_complete()
        self._sieh_nach()

    def pause_writing(self) -> None:
        """Starts it for an answer nobody takes."""
        super().pause_writing()
        self._sieh_nach()

    def resume_writing(self) -> None:
        """Stops it while the rest is made."""
        super().resume_writing()
        self._sieh_nach()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops it for good."""
        super().connection_lost(exc)
        self._halte_an()

    def _sieh_nach(self) -> None:
        wird_beantwortet = self.cycle is not None and not self.cycle.response_complete
        if wird_beantwortet and not self.flow.write_paused:
            self._halte_an()
        elif self._frist is None:
            self._stelle(inf)

    def _stelle(self, offen: float) -> None:
        self._frist = self.loop.call_later(self.grenzen.kopf, self._pruefe, offen)

    def _halte_an(self) -> None:
        if self._frist is not None:
            self._frist.cancel()
            self._frist = None

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
