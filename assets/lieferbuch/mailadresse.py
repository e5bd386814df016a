"""The addresses people are written to.

What belongs here: what can be one, and giving one to an account. What does not: writing to it (`pipeline/mail/`).
"""

import re
from email.headerregistry import Address

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.lieferbuch.tabellen import UNBEKANNT, benutzer

_LAENGE = 254
# Less than the standards allow: blanks, quotes and umlauts are hardly ever used but to smuggle.
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*"
_ADRESSE = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})*)")


def pruefe_adresse(text: str) -> Address:
    """The address, if it is one that can be written to.

    Raises:
        LieferbuchError: it is none.
    """
    treffer = _ADRESSE.fullmatch(text) if len(text) <= _LAENGE else None
    if treffer is None:
        raise LieferbuchError("Das ist keine Mailadresse. Bitte in der Form name@example.org angeben.")
    return Address(username=treffer[1], domain=treffer[2])


def setze_mail(v: sa.Connection, kennung: str, adresse: str | None) -> None:
    """Gives an account an address, or takes it away.

    Raises:
        LieferbuchError: it is no address.
        UnbekanntError: there is no such account.
    """
    if adresse is not None:
        pruefe_adresse(adresse)
    geaendert = v.execute(
        sa.update(benutzer).where(benutzer.c.kennung == kennung, benutzer.c.id > UNBEKANNT).values(mail=adresse)
    )
    if geaendert.rowcount != 1:
        raise UnbekanntError(f"Die Kennung „{kennung}“ gibt es nicht.")
