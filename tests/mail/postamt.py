"""A mail server on this machine that keeps what it is given, and can be made to refuse."""

import asyncio
import email
import email.policy
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

SEKUNDEN = 30


@dataclass
class Postamt:
    """What it was given and how it behaves. Keys of `ablehnen` are recipients, values its answers."""

    ablehnen: dict[str, str] = field(default_factory=dict)
    antwort: str = "250 OK"
    auflegen: bool = False
    zugang: tuple[bytes, bytes] | None = None
    mails: list[EmailMessage] = field(default_factory=list)
    roh: list[bytes] = field(default_factory=list)
    umschlaege: list[tuple[str, list[str]]] = field(default_factory=list)
    verbindungen: int = 0
    angemeldet: list[object] = field(default_factory=list)
    verschluesselt: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  # the server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.ablehnen:
            return self.ablehnen[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        inhalt = envelope.original_content or b""
        if self.antwort.startswith("250"):
            self.roh.append(inhalt)
            self.mails.append(_lies(inhalt))
            self.umschlaege.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
            self.verschluesselt.append(session.ssl is not None)
        if self.auflegen and server.transport is not None:
            # It has the mail, and nobody will ever hear so.
            server.transport.close()
        return self.antwort

    def lasse_ein(self, _server: SMTP, _session: Session, _envelope: Envelope, _art: str, daten: Any) -> AuthResult:
        self.angemeldet.append(daten)
        return AuthResult(success=(daten.login, daten.password) == self.zugang, handled=False)

    def an(self) -> list[str]:
        """The recipients, in the order of the mails."""
        return [an for _, alle in self.umschlaege for an in alle]


def _lies(inhalt: bytes) -> EmailMessage:
    return email.message_from_bytes(inhalt, policy=email.policy.default)


@contextmanager
def postamt(
    amt: Postamt,
    rechner: str = "127.0.0.1",
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Postamt]:
    """Lets it listen; its port is in it."""
    schleife = asyncio.new_event_loop()

    def neu() -> SMTP:
        amt.verbindungen += 1
        return SMTP(
            amt,
            hostname="postamt.example",
            loop=schleife,
            tls_context=starttls,
            authenticator=amt.lasse_ein if amt.zugang else None,
            auth_require_tls=False,
            auth_exclude_mechanism=() if amt.zugang else ("LOGIN", "PLAIN"),
        )

    server = schleife.run_until_complete(schleife.create_server(neu, rechner, 0, ssl=tls))
    amt.port = server.sockets[0].getsockname()[1]
    faden = threading.Thread(target=schleife.run_forever, daemon=True)
    faden.start()
    try:
        yield amt
    finally:
        asyncio.run_coroutine_threadsafe(_schliesse(server), schleife).result(SEKUNDEN)
        schleife.call_soon_threadsafe(schleife.stop)
        faden.join(SEKUNDEN)
        schleife.close()


async def _schliesse(server: asyncio.Server) -> None:
    server.close()
    andere = asyncio.all_tasks() - {asyncio.current_task()}
    for aufgabe in andere:
        aufgabe.cancel()
    await asyncio.gather(*andere, return_exceptions=True)
    await asyncio.sleep(0)
