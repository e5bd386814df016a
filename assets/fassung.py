"""Versions of what results depend on besides deliveries: code, rules, Land profile.

What belongs here: fingerprints that change when a result could change, so that nobody has to remember to count up.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from schemas.herausgeber import lade_herausgeber
from schemas.modell import Land
from schemas.pfade import PROJEKT, REFERENZ, VORLAGEN

_VERTRAG = ("schemas",)
_PRUEFUNG = (*_VERTRAG, "assets/eingang", "assets/pruefung")
_AUSWERTUNG = (*_PRUEFUNG, "assets/referenz", "assets/auswertung")


@dataclass(frozen=True, slots=True)
class Fassung:
    """Fingerprints (12 hex digits each) a result is tied to."""

    code_version: str
    regel_version: str
    profil_sha: str


def _fingerabdruck(dateien: list[Path], wurzel: Path) -> str:
    summe = hashlib.sha256()
    for datei in sorted(dateien):
        summe.update(datei.relative_to(wurzel).as_posix().encode())
        summe.update(datei.read_bytes())
    return summe.hexdigest()[:12]


@cache
def _code(ordner: tuple[str, ...]) -> str:
    dateien = [p for o in ordner for p in (PROJEKT / o).rglob("*.py")]
    return _fingerabdruck(dateien, PROJEKT)


@cache
def referenz_sha() -> str:
    """Fingerprint of the committed reference facts."""
    return _fingerabdruck([p for p in REFERENZ.rglob("*") if p.is_file()], REFERENZ)


def fassung_pruefung(land: Land) -> Fassung:
    """What an accepted or rejected delivery depends on."""
    return Fassung(_code(_PRUEFUNG), _code(_VERTRAG), _profil(land))


def fassung_auswertung(land: Land) -> Fassung:
    """What an indicator value depends on."""
    return Fassung(_code(_AUSWERTUNG), _code(_VERTRAG), _profil(land))


def fassung_mittel(land: Land) -> Fassung:
    """What allocations and the use of them depend on: also the sums the ministry has entered."""
    return Fassung(_code(_AUSWERTUNG), _code(_VERTRAG), _profil_mit_massen(land))


def fassung_querpruefung(land: Land) -> Fassung:
    """What a finding of rules across files depends on."""
    return Fassung(_code((*_AUSWERTUNG, "assets/querpruefung")), _code(_VERTRAG), _profil_mit_massen(land))


def fassung_geheimhaltung(land: Land) -> Fassung:
    """What an edition other than the ministry's own depends on."""
    return Fassung(_code((*_AUSWERTUNG, "assets/geheimhaltung")), _code(_VERTRAG), _profil_mit_massen(land))


def fassung_berichte(land: Land) -> Fassung:
    """What a page and the data beside it depend on, templates, publisher and plotly included."""
    vorlagen = _fingerabdruck([p for p in VORLAGEN.rglob("*") if p.is_file()], VORLAGEN)
    code = _code((*_AUSWERTUNG, "assets/berichte", "assets/offenedaten"))
    herausgeber = hashlib.sha256(repr(lade_herausgeber(land)).encode()).hexdigest()[:12]
    # The bundle of the installed package is a file of every edition.
    zeichner = f"plotly-{version('plotly')}"
    return Fassung(f"{code}{vorlagen}-{zeichner}", _code(_VERTRAG), f"{_profil_mit_massen(land)}-{herausgeber}")


def fassung_druck() -> str:
    """What a PDF depends on besides the page it is printed from."""
    return _code(("assets/druck",))


def _profil(land: Land) -> str:
    return f"{land.id}-{referenz_sha()}"


def _profil_mit_massen(land: Land) -> str:
    # Apart from the rest of the profile: a new sum must not have all deliveries checked again.
    massen = hashlib.sha256(repr(land.verteilungsmassen).encode()).hexdigest()[:12]
    return f"{_profil(land)}-{massen}"
