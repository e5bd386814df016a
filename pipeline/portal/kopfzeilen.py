"""What every answer says to browsers about itself, and the limit of announced sizes.

What belongs here: headers that hold for all pages. What does not: who may see a page.
"""

from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SEITE = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
MIT_SKRIPT = f"{SEITE}; script-src 'self'; connect-src 'self'"
"""Pages whose form a script of our own makes more comfortable; it sends the form itself, to see how far it is."""
PROTOKOLL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox"
"""A protocol is one file with its style inside; nothing in it can be sent or run."""
BERICHT = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Pages of reports draw charts by their own scripts; each narrows this further down for itself."""

IMMER: Mapping[str, str] = {
    "Content-Security-Policy": SEITE,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers would then send forms without saying where they come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


class Kopfzeilen:
    """ASGI middleware: adds the headers an answer does not have itself, and refuses what is too large unread."""

    def __init__(self, app: ASGIApp, hoechste_bytes: int, zu_gross: Callable[[str], Response]) -> None:
        self.app = app
        self.hoechste_bytes = hoechste_bytes
        self.zu_gross = zu_gross

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers itself."""

        async def sende(nachricht: Message) -> None:
            if nachricht["type"] == "http.response.start":
                kopf = MutableHeaders(scope=nachricht)
                for name, wert in IMMER.items():
                    kopf.setdefault(name, wert)
            await send(nachricht)

        if scope["type"] == "http" and self._ist_zu_gross(scope):
            await self.zu_gross(scope["path"])(scope, receive, sende)
        else:
            await self.app(scope, receive, sende)

    def _ist_zu_gross(self, scope: Scope) -> bool:
        laenge = Headers(scope=scope).get("content-length", "0")
        return not laenge.isdigit() or int(laenge) > self.hoechste_bytes
