"""Checks or reads one file for a person at the command line, without storing it.

What belongs here: taking from the file name, or from what the person says, which delivery the file is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assets.eingang.dateiname import DateinameError, Lieferschluessel, deute
from assets.eingang.empfang import Beleg, pruefsumme
from assets.eingang.lesen import GeleseneTabelle, lies_tabelle
from assets.fassung import fassung_pruefung
from assets.pruefung import protokoll
from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz, Land, Pruefumgebung

GEZEIGT = 50
"""Findings printed on the terminal; the protocol has all of them."""


@dataclass(frozen=True, slots=True)
class Protokoll:
    """The protocol of one file that was not handed in."""

    daten: dict[str, Any]
    land: Land
    datensatz: Datensatz

    def schreibe(self, ordner: Path) -> None:
        """Writes the protocol as JSON and page into a folder, named like the file."""
        ordner.mkdir(parents=True, exist_ok=True)
        name = Path(self.daten["beleg"]["dateiname"]).stem
        (ordner / f"{name}.json").write_bytes(protokoll.als_json(self.daten))
        (ordner / f"{name}.html").write_bytes(protokoll.als_seite(self.daten, self.land, self.datensatz))


def _schluessel(
    datei: Path, land: Land, datensatz: str | None, meldeeinheit: str | None, jahr: int | None
) -> Lieferschluessel:
    """Which delivery the file is; what the person says counts more than the name.

    Raises:
        DateinameError: name and person together do not say it, or say something the Land does not know.
    """
    if datensatz and meldeeinheit and jahr:
        name = f"{datensatz}_{meldeeinheit}_{jahr}{datei.suffix or '.csv'}"
        return deute(name, land).schluessel
    gedeutet = deute(datei.name, land).schluessel
    gewaehlt = Lieferschluessel(
        datensatz or gedeutet.datensatz, jahr or gedeutet.berichtsjahr, meldeeinheit or gedeutet.meldeeinheit
    )
    return deute(f"{gewaehlt.datensatz}_{gewaehlt.meldeeinheit}_{gewaehlt.berichtsjahr}.csv", land).schluessel


def pruefe_datei(
    datei: Path, land: Land, *, datensatz: str | None, meldeeinheit: str | None, jahr: int | None
) -> Protokoll:
    """Checks a file as the delivery it claims to be and returns the protocol; nothing is stored.

    Raises:
        DateinameError: it is not clear which delivery the file is.
    """
    schluessel = _schluessel(datei, land, datensatz, meldeeinheit, jahr)
    beschreibung = alle_datensaetze()[schluessel.datensatz]
    umgebung = Pruefumgebung(land, land.meldeeinheit(schluessel.meldeeinheit), schluessel.berichtsjahr)
    inhalt = datei.read_bytes()
    pruefung = pruefe(inhalt, datei.name, beschreibung, umgebung)
    beleg = Beleg(
        datensatz=schluessel.datensatz,
        meldeeinheit=schluessel.meldeeinheit,
        berichtsjahr=schluessel.berichtsjahr,
        version=0,
        sha256=pruefsumme(inhalt),
        groesse=len(inhalt),
        dateiname=datei.name,
        endung=datei.suffix.lstrip(".").lower(),
        eingegangen_am=datetime.now(UTC).isoformat(timespec="seconds"),
        weg="nur geprüft",
        synthetisch=False,
    )
    return Protokoll(protokoll.als_daten(pruefung, beleg, fassung_pruefung(land)), land, beschreibung)


def gelesene_tabelle(datei: Path, land: Land, *, datensatz: str | None) -> GeleseneTabelle:
    """The file as text table, read as the dataset its name or the person says.

    Raises:
        DateinameError: it is not clear which dataset the file is.
    """
    name = datensatz or deute(datei.name, land).schluessel.datensatz
    if name not in land.datensaetze:
        bekannt = ", ".join(land.datensaetze)
        raise DateinameError(f"Den Datensatz „{name}“ gibt es nicht. Möglich sind: {bekannt}.")
    return lies_tabelle(datei.read_bytes(), datei.name, alle_datensaetze()[name].spalten)


def zusammenfassung(daten: dict[str, Any]) -> str:
    """The protocol as text for a terminal: verdict, counts, findings with row, column and remedy."""
    anzahl = daten["anzahl"]
    zeilen = [
        f"{daten['beleg']['dateiname']}: {daten['zustand'].replace('_', ' ')}, {daten['zeilen']} Zeilen, "
        f"{anzahl['fehler']} Fehler, {anzahl['warnung']} Warnungen, {anzahl['hinweis']} Hinweise"
    ]
    for b in daten["befunde"][:GEZEIGT]:
        ort = ", ".join(
            teil
            for teil in (f"Zeile {b['zeile']}" if b["zeile"] else "", f"Spalte {b['spalte']}" if b["spalte"] else "")
            if teil
        )
        zeilen += [
            f"{b['schwere'].upper()} {b['code']}{f' ({ort})' if ort else ''}: {b['meldung']}",
            f"    {b['abhilfe']}",
        ]
    if (rest := sum(anzahl.values()) - GEZEIGT) > 0:
        zeilen.append(f"… und {rest} weitere; alle stehen im Prüfprotokoll (--nach ORDNER).")
    return "\n".join(zeilen)
