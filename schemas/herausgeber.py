"""Who publishes and where: name, contact and address of the pages, as imprint, metadata and citations state them.

What belongs here: these few facts, where they come from, and which of them nobody has filled in yet. What does not: the
pages and files that show them. The name is part of the Land profile; everything else is put into a TOML file named by
the environment variable `TEILHABE_HERAUSGEBER`, one line per field of `Herausgeber`.
"""

import os
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from schemas.modell import Land

_ADRESSE = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
UMGEBUNG = "TEILHABE_HERAUSGEBER"
"""Environment variable that names the TOML file."""


class HerausgeberError(ValueError):
    """The file about the publisher cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Herausgeber:
    """The publisher. Every default is a placeholder: pages can be made with it, a release refuses it.

    Addresses end in `.invalid` (RFC 2606), so that a forgotten one reaches nobody.
    """

    name: str = "[Name des Herausgebers]"
    anschrift: str = "[Straße, Postleitzahl und Ort]"
    vertretung: str = "[wer den Herausgeber vertritt]"
    mail: str = "kontakt@herausgeber.invalid"
    telefon: str = "[Telefonnummer]"
    basis_url: str = "https://herausgeber.invalid/teilhabe/"
    """Where the public edition lies; ends with a slash."""
    mail_barrierefreiheit: str = "barrierefreiheit@herausgeber.invalid"
    mail_datenschutz: str = "datenschutz@herausgeber.invalid"
    barrierefreiheit_datum: str = "[Datum der letzten eigenen Prüfung auf Barrierefreiheit]"
    barrierefreiheit_verfahren: str = "[wie geprüft wurde und von wem]"
    datenschutzbeauftragte: str = "[Name und Anschrift der oder des Datenschutzbeauftragten]"
    serverbetrieb: str = "[wer den Server betreibt und wann Protokolle gelöscht werden]"
    beitragskennung: str = "http://dcat-ap.de/def/contributors/platzhalter"
    """URI of the data provider in the controlled list of DCAT-AP.de (`dcatde:contributorID`)."""

    def __post_init__(self) -> None:
        if not self.basis_url.startswith(("https://", "http://")) or not self.basis_url.endswith("/"):
            raise HerausgeberError("basis_url beginnt mit https:// und endet mit einem Schrägstrich.")
        if not _ADRESSE.fullmatch(self.beitragskennung):
            raise HerausgeberError(
                "beitragskennung ist eine Adresse aus der Liste von DCAT-AP.de; sie beginnt mit http."
            )
        for name in ("mail", "mail_barrierefreiheit", "mail_datenschutz"):
            if not _MAIL.fullmatch(getattr(self, name)):
                raise HerausgeberError(f"{name} ist keine E-Mail-Adresse.")
        leere = [f.name for f in fields(self) if not getattr(self, f.name).strip()]
        if leere:
            raise HerausgeberError(f"Leer ist {', '.join(leere)}; ohne Angabe bleibt die Zeile weg.")

    def platzhalter(self) -> tuple[str, ...]:
        """Names of the fields nobody has filled in; a release needs none of them to be left."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) == f.default)


def lade_herausgeber(land: Land) -> Herausgeber:
    """The publisher of a Land's reports: the file named by `TEILHABE_HERAUSGEBER`, beside the name from the profile.

    Raises:
        HerausgeberError: the file is missing, is no TOML, or says something `Herausgeber` does not know.
    """
    angaben = {"name": land.namen["herausgeber"]}
    if pfad := os.environ.get(UMGEBUNG):
        angaben |= _lies(Path(pfad))
    return Herausgeber(**angaben)


def _lies(datei: Path) -> dict[str, str]:
    try:
        inhalt = tomllib.loads(datei.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fehler:
        raise HerausgeberError(f"{datei.name} lässt sich nicht lesen: {fehler}") from fehler
    bekannt = [f.name for f in fields(Herausgeber)]
    fremd = [name for name, wert in inhalt.items() if name not in bekannt or not isinstance(wert, str)]
    if fremd:
        raise HerausgeberError(
            f"{datei.name}: {', '.join(fremd)} gibt es nicht oder ist kein Text. Erlaubt sind: {', '.join(bekannt)}."
        )
    return inhalt
