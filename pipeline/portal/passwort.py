"""Passwords: what one must be like, making and testing Argon2 hashes.

What belongs here: the password alone. What does not: accounts and sessions (`assets/lieferbuch/anmeldung.py`).
"""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINDESTENS, HOECHSTENS = 12, 200
"""Characters. Length is what counts; rules about kinds of characters only make people write passwords down."""

_HASHER = PasswordHasher()
_ZUGLEICH = threading.BoundedSemaphore(2)
"""Making or testing a hash takes 64 MB: strangers must not decide how many run at once."""


class PasswortError(ValueError):
    """The password will not do; the text says why."""


def verschluessle(passwort: str, kennung: str) -> str:
    """The hash to keep.

    Raises:
        PasswortError: too short, too long, or the account's own name.
    """
    if not MINDESTENS <= len(passwort) <= HOECHSTENS:
        raise PasswortError(f"Das Passwort braucht {MINDESTENS} bis {HOECHSTENS} Zeichen.")
    if kennung in passwort.casefold():
        raise PasswortError("Das Passwort darf die Kennung nicht enthalten.")
    with _ZUGLEICH:
        return _HASHER.hash(passwort)


@cache
def _niemand() -> str:
    """Tested where there is no account, so that the time an answer takes does not tell which accounts there are."""
    return _HASHER.hash("Konto, das es nicht gibt")


def stimmt(passwort: str, gemerkt: str | None) -> bool:
    """Whether it is the password; takes some 100 ms either way. `gemerkt` is None where there is no account."""
    # Made by the first question, whoever it is about, not by every process that only reads files.
    niemand = _niemand()
    try:
        with _ZUGLEICH:
            return _HASHER.verify(gemerkt or niemand, passwort[: HOECHSTENS + 1]) and gemerkt is not None
    except (VerificationError, InvalidHashError):
        return False
