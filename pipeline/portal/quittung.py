"""What a receipt says of one version.

What belongs here: its fields, in words and in their order. What does not: signing it (`siegel.py`) and its pages
(`seiten_quittung.py`). Receipts signed long ago are read by the fields they have.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assets.eingang.empfang import Beleg
from assets.lieferbuch.einblick import namen
from assets.lieferbuch.fuehren import finde
from assets.lieferbuch.verbindung import lies
from assets.ortszeit import zeit
from assets.pruefung import pruefen
from assets.pruefung.umwandeln import wandle_um
from pipeline.portal.rahmen import Umfeld
from pipeline.portal.summen import summen
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import ABGEWIESEN, FASSUNGSZUSTAND
from schemas.modell import Land

FELDER: Mapping[str, str] = {
    "nummer": "Nummer",
    "lieferung": "Lieferung",
    "eingegangen_am": "Eingegangen",
    "abgegeben_von": "Abgegeben von",
    "dateiname": "Datei",
    "groesse": "Größe in Bytes",
    "sha256": "Prüfsumme (SHA-256)",
    "zeilen": "Datenzeilen",
    "regel_version": "Fassung der Regeln",
    "zustand": "Stand bei der Ausstellung",
    "ausgestellt_am": "Ausgestellt",
}
"""Field -> how it is called on the page; sums follow, each under the name of its column."""
_ZEITEN = ("eingegangen_am", "ausgestellt_am")


def gebucht_als(umfeld: Umfeld, beleg: Beleg) -> tuple[str, str]:
    """State of a version, and the name of who handed it in."""
    with lies(umfeld.engine) as v:
        gebucht = finde(v, beleg.schluessel, beleg.version)
        return gebucht.zustand, namen(v, [gebucht.eingereicht_von])[gebucht.eingereicht_von]


def empfangen(land: Land, beleg: Beleg, von: str, protokoll: Mapping[str, Any] | None) -> dict[str, Any]:
    """The part of a receipt that stays the same whenever it is asked for, as long as the version is judged the same.

    Without a protocol nothing is said of its contents.
    """
    datensatz = alle_datensaetze()[beleg.datensatz]
    einheit = land.meldeeinheit(beleg.meldeeinheit).name
    inhalt: dict[str, Any] = {
        "nummer": beleg.nummer,
        "lieferung": f"{datensatz.label} {beleg.berichtsjahr}, {einheit}, Version {beleg.version}",
        "eingegangen_am": beleg.eingegangen_am,
        "abgegeben_von": von,
        "dateiname": beleg.dateiname,
        "groesse": beleg.groesse,
        "sha256": beleg.sha256,
    }
    if protokoll is not None:
        inhalt |= {"zeilen": protokoll["zeilen"], "regel_version": protokoll["regel_version"]}
    return inhalt


def stelle_aus(umfeld: Umfeld, beleg: Beleg, protokoll: Mapping[str, Any] | None) -> dict[str, Any]:
    """The receipt of a version as it stands now."""
    zustand, von = gebucht_als(umfeld, beleg)
    inhalt = empfangen(umfeld.land, beleg, von, protokoll)
    inhalt["zustand"] = FASSUNGSZUSTAND.label_von(zustand)
    inhalt["ausgestellt_am"] = datetime.now(UTC).isoformat(timespec="seconds")
    if protokoll is not None and protokoll["zustand"] not in ABGEWIESEN:
        inhalt["summen"] = _summen(umfeld, beleg)
    return inhalt


def _summen(umfeld: Umfeld, beleg: Beleg) -> list[tuple[str, str]]:
    """Sums of what was sent, without corrections."""
    datensatz = alle_datensaetze()[beleg.datensatz].fuer(umfeld.land)
    gelesen = pruefen.lies(umfeld.ablage.lies(beleg.pfad), beleg.dateiname, datensatz)
    return list(summen(wandle_um(gelesen, datensatz.spalten).tabelle, datensatz))


def in_worten(inhalt: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The lines of a receipt: what it is called, and what stands there."""
    zeilen = [(label, _text(name, inhalt[name])) for name, label in FELDER.items() if name in inhalt]
    return zeilen + [(f"Summe der Spalte {spalte}", summe) for spalte, summe in inhalt.get("summen", ())]


def _text(name: str, wert: object) -> str:
    return f"{zeit(str(wert))} (UTC: {wert})" if name in _ZEITEN else str(wert)
