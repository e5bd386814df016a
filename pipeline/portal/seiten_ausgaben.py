"""What was published: the public releases, which one counts, what changed from one to the next.

What belongs here: showing them to the Fachstelle. What does not: making, withdrawing and bringing back
(`assets/veroeffentlichung/regal.py`, on the command line).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from starlette.responses import Response

from assets.lieferbuch.jahresfreigaben import jahresfreigaben
from assets.lieferbuch.verbindung import lies
from assets.ortszeit import zeit
from assets.veroeffentlichung.bauen import BESCHREIBUNG, UNTERSCHIEDE
from assets.veroeffentlichung.regal import Eintrag, Regal, ReleaseError, zurueckgezogene
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_vorlagen import anhang
from schemas.indikatoren import alle_indikatoren
from schemas.release import EREIGNISSE
from schemas.revisionen import ENTFALLEN, GEAENDERT, NEU


@dataclass(frozen=True, slots=True)
class Ausgabe:
    """A public release: what happened to it, whether it counts, and how its values differ from those before."""

    kennung: str
    verlauf: tuple[Eintrag, ...]
    gilt: bool
    zurueckgezogen: bool
    vorige: str | None
    unterschiede: dict[str, int]


def _regal(anfrage: Anfrage) -> Regal | None:
    """The releases; None where they are kept on another machine."""
    try:
        return Regal(anfrage.umfeld.ablage)
    except ReleaseError:
        return None


def _ausgaben(regal: Regal | None) -> list[Ausgabe]:
    """All releases, newest first."""
    if regal is None:
        return []
    verlauf, aktuell = regal.verlauf, regal.aktuell
    weg = zurueckgezogene(verlauf)
    kennungen = dict.fromkeys(e.release for e in verlauf)
    return [_ausgabe(regal.ordner(k), k, verlauf, gilt=k == aktuell, weg=k in weg) for k in reversed(kennungen)]


def _ausgabe(ordner: Path, kennung: str, verlauf: Sequence[Eintrag], *, gilt: bool, weg: bool) -> Ausgabe:
    beschreibung: dict[str, Any] = json.loads((ordner / BESCHREIBUNG).read_bytes())
    eigene = tuple(e for e in verlauf if e.release == kennung)
    return Ausgabe(kennung, eigene, gilt, weg, beschreibung["vorige"], beschreibung["unterschiede"])


def _liste(anfrage: Anfrage) -> Response:
    regal = _regal(anfrage)
    with lies(anfrage.umfeld.engine) as v:
        freigaben = jahresfreigaben(v)
    ausgaben = _ausgaben(regal)
    return anfrage.zeige(
        "veroeffentlichungen.html",
        ausgaben=ausgaben,
        bekannte={a.kennung for a in ausgaben},
        ist_hier=regal is not None,
        freigaben=freigaben,
        ereignis=EREIGNISSE.label_von,
        zeit=zeit,
    )


def _gewaehlte(anfrage: Anfrage) -> tuple[Ausgabe, Path]:
    """The release the address names, and its folder."""
    regal, gesucht = _regal(anfrage), anfrage.request.path_params["ausgabe"]
    for ausgabe in _ausgaben(regal):
        if regal is not None and ausgabe.kennung == gesucht:
            return ausgabe, regal.ordner(ausgabe.kennung)
    raise nicht_gefunden()


def _eine(anfrage: Anfrage) -> Response:
    ausgabe, ordner = _gewaehlte(anfrage)
    return anfrage.zeige(
        "ausgabe.html",
        ausgabe=ausgabe,
        je_kennzahl=_je_kennzahl(ordner / UNTERSCHIEDE),
        ereignis=EREIGNISSE.label_von,
        zeit=zeit,
    )


@cache
def _je_kennzahl(datei: Path) -> tuple[tuple[str, str, int, int, int], ...]:
    """For each indicator with differences its id, its name, and how many values are changed, new and gone.

    Remembered, because a release never changes.
    """
    gezaehlt = (
        pl.read_csv(datei, columns=["ereignis", "indikator_id"], infer_schema=False)
        .group_by("indikator_id")
        .agg(*((pl.col("ereignis") == e).sum().alias(e) for e in (GEAENDERT, NEU, ENTFALLEN)))
        .sort("indikator_id")
    )
    namen = {i.id: i.name for i in alle_indikatoren().values()}
    return tuple((k, namen.get(k, k), *zahlen) for k, *zahlen in gezaehlt.iter_rows())


def _lade(anfrage: Anfrage) -> Response:
    ausgabe, ordner = _gewaehlte(anfrage)
    return anhang((ordner / UNTERSCHIEDE).read_bytes(), f"unterschiede_{ausgabe.kennung}.csv")


_AUSGABE = "/land/veroeffentlichungen/{ausgabe}"
SEITEN = (
    Seite("GET", "/land/veroeffentlichungen", Recht.LAND, _liste),
    Seite("GET", _AUSGABE, Recht.LAND, _eine),
    Seite("GET", f"{_AUSGABE}/unterschiede.csv", Recht.LAND, _lade),
)
