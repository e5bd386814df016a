"""The cookie of a session and the mark of its forms.

What belongs here: what the browser holds. What does not: what the Lieferbuch keeps of it
(`assets/lieferbuch/anmeldung.py`).
"""

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "__Host-sitzung"
"""The prefix makes browsers refuse it unless it is secure, for this host alone and for all paths."""


def neue_marke() -> str:
    """A secret nobody can guess."""
    return secrets.token_urlsafe(32)


def marke_von(request: Request) -> str | None:
    """What the browser holds, if anything."""
    return request.cookies.get(COOKIE)


def setze(antwort: Response, marke: str) -> None:
    """Gives it to the browser, until that is closed."""
    antwort.set_cookie(COOKIE, marke, secure=True, httponly=True, samesite="lax", path="/")


def loesche(antwort: Response) -> None:
    """Takes it from the browser."""
    antwort.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")


def formularmarke(marke: str) -> str:
    """What every form of the session carries; other sites can send forms here, but do not know it."""
    return hashlib.sha256(f"formular|{marke}".encode()).hexdigest()


def ist_eigenes_formular(request: Request, marke: str | None, gesandt: str) -> bool:
    """Whether a form was sent from one of our own pages in this session."""
    # Browsers say themselves where a request comes from; older ones that do not still have to know the mark.
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    return marke is not None and hmac.compare_digest(formularmarke(marke).encode(), gesandt.encode())
