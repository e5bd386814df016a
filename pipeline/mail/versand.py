"""Hands mails to a server.

What belongs here: the conversation with it, and German reasons for what it refuses. What does not: which mails.
Texts of servers are never repeated: they quote addresses, and some even what was signed in with.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from pipeline.mail.einstellung import Einstellung
from pipeline.mail.fehler import MailError, NichtAngenommenError

_SEKUNDEN = 10
"""How long an answer may take; everything together is a few of them."""
_WEG = "Der Mailserver ist nicht erreichbar."
_STOERUNGEN: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "Der Mailserver nimmt Kennung oder Passwort nicht an."),
    (ssl.SSLCertVerificationError, "Das Zertifikat des Mailservers ist nicht gültig. Es wurde nichts gesendet."),
    (ssl.SSLError, "Der Mailserver spricht an diesem Port keine Verschlüsselung, wie TEILHABE_MAIL sie verlangt."),
    (TimeoutError, "Der Mailserver antwortet nicht rechtzeitig."),
    (smtplib.SMTPServerDisconnected, _WEG),
    (smtplib.SMTPResponseException, "Der Mailserver nimmt zurzeit nichts an."),
    (smtplib.SMTPException, "Der Mailserver bietet keine Anmeldung an, wie TEILHABE_MAIL sie verlangt."),
    (Exception, _WEG),
)
"""Why there is no connection; the first that fits."""


@contextmanager
def verbinde(einstellung: Einstellung) -> Iterator[smtplib.SMTP]:
    """A server that takes mails; encrypted and signed in to as the settings want it.

    Raises:
        MailError: there is none.
    """
    try:
        server = _oeffne(einstellung)
    except (smtplib.SMTPException, OSError) as fehler:
        # Without the cause: tracebacks are logged.
        raise MailError(_stoerung(fehler)) from None
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _oeffne(e: Einstellung) -> smtplib.SMTP:
    # Not the machine's own name, which takes a look-up and is nobody's business.
    name, tls = e.absender.domain, ssl.create_default_context()
    server: smtplib.SMTP
    if e.smtps:
        server = smtplib.SMTP_SSL(e.rechner, e.port, local_hostname=name, timeout=_SEKUNDEN, context=tls)
    else:
        server = smtplib.SMTP(e.rechner, e.port, local_hostname=name, timeout=_SEKUNDEN)
    try:
        server.ehlo_or_helo_if_needed()
        if e.verlangt_starttls:
            if not server.has_extn("starttls"):
                raise MailError("Der Mailserver bietet keine Verschlüsselung (STARTTLS) an. Es wurde nichts gesendet.")
            server.starttls(context=tls)
        if e.kennung:
            server.login(e.kennung, e.passwort)
    except (smtplib.SMTPException, OSError, MailError):
        server.close()
        raise
    return server


def _stoerung(fehler: Exception) -> str:
    """Why there is no connection."""
    if isinstance(fehler, smtplib.SMTPServerDisconnected) and isinstance(fehler.__context__, OSError):
        # How smtplib tells of a server that is silent.
        fehler = fehler.__context__
    return next(text for art, text in _STOERUNGEN if isinstance(fehler, art))


def sende(server: smtplib.SMTP, mail: EmailMessage) -> None:
    """Hands one mail over.

    Raises:
        NichtAngenommenError: the server does not take it, but takes others.
        MailError: the conversation is over; whether it took this one is not known.
    """
    try:
        server.send_message(mail, mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec)
    except smtplib.SMTPRecipientsRefused as fehler:
        ((code, _),) = fehler.recipients.values()
        grund = f"Der Mailserver nimmt die Adresse des Kontos nicht an ({code})."
    except smtplib.SMTPSenderRefused as fehler:
        grund = f"Der Mailserver nimmt die Adresse des Absenders nicht an ({fehler.smtp_code})."
    except smtplib.SMTPResponseException as fehler:
        grund = f"Der Mailserver nimmt die Nachricht nicht an ({fehler.smtp_code})."
    except (smtplib.SMTPException, OSError) as fehler:
        raise MailError(_stoerung(fehler)) from None
    else:
        return
    # It hangs up with 421.
    art = NichtAngenommenError if server.sock is not None else MailError
    raise art(grund)
