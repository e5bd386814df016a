"""Whether and through which server mail is sent, from the environment.

What belongs here: reading and refusing settings; no text quotes one, since one of them is a password.
"""

import os
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.mailadresse import pruefe_adresse
from pipeline.mail.fehler import MailError

_PORTS = {"smtp": 587, "smtps": 465}
_DIESER_RECHNER = frozenset({"localhost", "127.0.0.1", "::1"})
AUS = "Mail ist nicht eingerichtet (TEILHABE_MAIL ist nicht gesetzt)."


@dataclass(frozen=True, slots=True)
class Einstellung:
    """The server, what signs in to it, whom mails come from, and where the portal is."""

    rechner: str
    port: int
    smtps: bool
    kennung: str
    passwort: str = field(repr=False)
    absender: Address
    portal: str

    @property
    def verlangt_starttls(self) -> bool:
        """Whether the connection has to be encrypted before anything is said; on the own machine nobody listens."""
        return not self.smtps and self.rechner not in _DIESER_RECHNER


def lies_einstellung() -> Einstellung | None:
    """What `TEILHABE_MAIL`, `TEILHABE_MAIL_ABSENDER` and `TEILHABE_PORTAL_URL` say; None if the first is not set.

    Raises:
        MailError: one of them is missing or cannot be read.
    """
    text = os.environ.get("TEILHABE_MAIL")
    if not text:
        return None
    server = _adresse("TEILHABE_MAIL", text, tuple(_PORTS), "smtp://kennung:passwort@rechner:587")
    kennung, passwort = unquote(server.username or ""), unquote(server.password or "")
    if not (kennung + passwort).isascii():
        raise MailError("TEILHABE_MAIL: Umlaute in Kennung oder Passwort lassen sich nicht übertragen.")
    return Einstellung(
        rechner=server.hostname or "",
        port=server.port or _PORTS[server.scheme],
        smtps=server.scheme == "smtps",
        kennung=kennung,
        passwort=passwort,
        absender=_absender(),
        portal=_portal(),
    )


def _adresse(variable: str, text: str, arten: tuple[str, ...], muster: str) -> SplitResult:
    falsch = MailError(f"{variable} ist keine Adresse. Erwartet wird die Form {muster}.")
    try:
        teile = urlsplit(text)
        # Asking for the port is what tests it.
        gut = teile.scheme in arten and teile.hostname and teile.port != 0
    except ValueError:
        raise falsch from None
    if not gut or not text.isprintable() or " " in text:
        raise falsch
    return teile


def _absender() -> Address:
    text = os.environ.get("TEILHABE_MAIL_ABSENDER", "")
    name, adresse = parseaddr(text)
    try:
        geprueft = pruefe_adresse(adresse if text.isprintable() else "")
    except LieferbuchError:
        raise MailError(
            "TEILHABE_MAIL_ABSENDER fehlt oder ist keine Mailadresse. Erwartet wird die Form "
            "Teilhabeberichte <noreply@example.org>."
        ) from None
    return Address(name, geprueft.username, geprueft.domain)


def _portal() -> str:
    text = os.environ.get("TEILHABE_PORTAL_URL", "").rstrip("/")
    _adresse("TEILHABE_PORTAL_URL", text, ("http", "https"), "https://portal.example.org")
    return text


def einzeilig(text: str, hoechstens: int = 120) -> str:
    """A text that cannot begin a new header or line: without control characters, on one line, not too long."""
    return " ".join("".join(z if z.isprintable() else " " for z in text).split())[:hoechstens]
