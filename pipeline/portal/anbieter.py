"""Where people may be signed in besides here (OpenID Connect): what has to be said about it.

What belongs here: these facts and where they come from. What does not: the protocol (`oidc.py`, which needs the extra
`oidc`), the pages (`seiten_anbieter.py`).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_VORSILBE = "TEILHABE_OIDC_"
_NOETIG = ("AUSSTELLER", "KLIENT", "GEHEIMNIS")
_MOEGLICH = ("GEHEIMNIS_DATEI", "NAME", "MAIL")


class AnbieterError(Exception):
    """Nobody is signed in there, or it cannot be asked; the text says why and quotes nothing that was sent."""


@dataclass(frozen=True, slots=True)
class Ausweis:
    """Who somebody is over there; `mail` only if it was verified there."""

    subjekt: str
    mail: str | None


@dataclass(frozen=True, slots=True)
class Angaben:
    """The issuer, what it knows the portal by, and what buttons call it."""

    aussteller: str
    klient: str
    geheimnis: str = field(repr=False)
    name: str
    mit_mail: bool
    """Whether a verified address may name the account, where none is linked yet."""

    def __post_init__(self) -> None:
        if not ist_sicher(self.aussteller):
            raise AnbieterError("TEILHABE_OIDC_AUSSTELLER muss mit https:// beginnen.")


def ist_sicher(adresse: str) -> bool:
    """Whether secrets may go there: over TLS, or to the own machine."""
    teile = urlsplit(adresse)
    return teile.scheme == "https" or (teile.scheme == "http" and teile.hostname in {"localhost", "127.0.0.1"})


def aus_umgebung(umgebung: Mapping[str, str] = os.environ) -> Angaben | None:
    """What the environment says; None if it says nothing.

    Raises:
        AnbieterError: something is missing or unknown, the secret cannot be read, or the issuer is not safe.
    """
    gesagt = {name.removeprefix(_VORSILBE): wert for name, wert in umgebung.items() if name.startswith(_VORSILBE)}
    if not gesagt:
        return None
    if fremd := sorted(set(gesagt) - {*_NOETIG, *_MOEGLICH}):
        raise AnbieterError(f"{', '.join(_VORSILBE + n for n in fremd)} gibt es nicht.")
    if gesagt.get("MAIL", "nein") not in {"ja", "nein"}:
        raise AnbieterError("TEILHABE_OIDC_MAIL ist ja oder nein.")
    if datei := gesagt.get("GEHEIMNIS_DATEI"):
        try:
            gesagt["GEHEIMNIS"] = Path(datei).read_text(encoding="utf-8").strip()
        except OSError as fehler:
            raise AnbieterError("TEILHABE_OIDC_GEHEIMNIS_DATEI lässt sich nicht lesen.") from fehler
    if fehlt := [name for name in _NOETIG if not gesagt.get(name)]:
        raise AnbieterError(f"Für die Anmeldung über OpenID Connect fehlt {', '.join(_VORSILBE + n for n in fehlt)}.")
    return Angaben(
        aussteller=gesagt["AUSSTELLER"],
        klient=gesagt["KLIENT"],
        geheimnis=gesagt["GEHEIMNIS"],
        name=gesagt.get("NAME", "Anmeldedienst"),
        mit_mail=gesagt.get("MAIL") == "ja",
    )
