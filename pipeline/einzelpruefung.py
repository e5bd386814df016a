"""Checks or reads one file for a person at the command line, without storing it.

What belongs here: taking from the file name, or from what the person says, which delivery the file is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assets.eingang.datei import lies_datei
from assets.eingang.dateiname import DateinameError, Lieferschluessel, deute, ist_mappe, name_im_blatt
from assets.eingang.empfang import Beleg, pruefsumme
from assets.eingang.lesen import GeleseneTabelle
from assets.fassung import fassung_pruefung
from assets.pruefung import protokoll
from assets.pruefung.ausgabe import als_dateien
from assets.pruefung.gruppieren import zeilen_einer_angabe, zeilen_in_worten
from assets.pruefung.korrekturen import lade
from assets.pruefung.pruefen import Pruefung, lies, pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.lieferstand import ZUSTAND
from schemas.modell import Datensatz, Land, Pruefumgebung
from schemas.zahlwort import in_zahlen

GEZEIGTE_GRUPPEN = 100
"""Groups of findings printed on the terminal; the protocol (`--nach ORDNER`) has all of them."""

GEZEIGTE_ANGABEN = 5
"""Different values of a group printed on the terminal; the protocol has more."""


@dataclass(frozen=True, slots=True)
class Protokoll:
    """The protocol of one file that was not handed in."""

    pruefung: Pruefung
    daten: dict[str, Any]
    land: Land
    datensatz: Datensatz

    def schreibe(self, ordner: Path) -> None:
        """Writes the protocol as JSON, page and workbook into a folder, named like the file: `<name>_protokoll.*`."""
        ordner.mkdir(parents=True, exist_ok=True)
        name = f"{Path(self.daten['beleg']['dateiname']).stem}_protokoll"
        for endung, inhalt in als_dateien(self.pruefung, self.daten, self.land, self.datensatz, mappe=True):
            (ordner / f"{name}.{endung}").write_bytes(inhalt)


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
    gedeutet = deute(_name(datei, datensatz), land).schluessel
    gewaehlt = Lieferschluessel(
        datensatz or gedeutet.datensatz, jahr or gedeutet.berichtsjahr, meldeeinheit or gedeutet.meldeeinheit
    )
    return deute(f"{gewaehlt.datensatz}_{gewaehlt.meldeeinheit}_{gewaehlt.berichtsjahr}.csv", land).schluessel


def _name(datei: Path, datensatz: str | None) -> str:
    """The file's name; for a workbook with a sheet per dataset, the name the chosen sheet would have.

    Raises:
        DateinameError: a workbook, and nobody says which sheet.
    """
    if not ist_mappe(datei.name):
        return datei.name
    if datensatz is None:
        raise DateinameError(
            f"„{datei.name}“ hat ein Blatt je Datensatz. Bitte mit --datensatz sagen, welches gelesen werden soll."
        )
    return name_im_blatt(datei.name, datensatz)


def pruefe_datei(
    datei: Path, land: Land, *, datensatz: str | None, meldeeinheit: str | None, jahr: int | None
) -> Protokoll:
    """Checks a file as the delivery it claims to be and returns the protocol; nothing is stored.

    Raises:
        DateinameError: it is not clear which delivery the file is.
        DateiError: the file cannot be read from disk.
    """
    schluessel = _schluessel(datei, land, datensatz, meldeeinheit, jahr)
    beschreibung = alle_datensaetze()[schluessel.datensatz]
    umgebung = Pruefumgebung(land, land.meldeeinheit(schluessel.meldeeinheit), schluessel.berichtsjahr)
    inhalt = lies_datei(datei)
    korrekturen = lade(land).get(schluessel, ())
    pruefung = pruefe(inhalt, datei.name, beschreibung, umgebung, korrekturen)
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
    daten = protokoll.als_daten(pruefung, beleg, fassung_pruefung(land))
    return Protokoll(pruefung, daten, land, beschreibung)


def gelesene_tabelle(datei: Path, land: Land, *, datensatz: str | None) -> GeleseneTabelle:
    """The file as text table, read as the dataset its name or the person says.

    Raises:
        DateinameError: it is not clear which dataset the file is.
        DateiError: the file cannot be read from disk.
    """
    name = datensatz or deute(_name(datei, datensatz), land).schluessel.datensatz
    if name not in land.datensaetze:
        bekannt = ", ".join(land.datensaetze)
        raise DateinameError(f"Den Datensatz „{name}“ gibt es nicht. Möglich sind: {bekannt}.")
    return lies(lies_datei(datei), datei.name, alle_datensaetze()[name])


def zusammenfassung(daten: dict[str, Any]) -> str:
    """The protocol as text for a terminal: verdict, counts, findings in groups with rows, values, remedy."""
    zeilen = [
        f"{daten['beleg']['dateiname']}: {ZUSTAND.label_von(daten['zustand'])}, "
        f"{in_zahlen(daten['zeilen'], 'Zeile', 'Zeilen')}, {protokoll.in_worten(daten['anzahl'])}"
    ]
    for gruppe in daten["gruppen"][:GEZEIGTE_GRUPPEN]:
        zeilen += _gruppe(gruppe)
    rest = len(daten["gruppen"]) - GEZEIGTE_GRUPPEN
    if rest > 0:
        arten = in_zahlen(rest, "weitere Art", "weitere Arten")
        zeilen.append(f"… und {arten} von Befunden; alle stehen im Prüfprotokoll (--nach ORDNER).")
    return "\n".join(filter(None, [*zeilen, protokoll.kappung(daten)]))


def _gruppe(g: dict[str, Any]) -> list[str]:
    """A group: what it is and where, its different values with their suggestions, what to do."""
    spalte = f"Spalte {g['spalte']}" if g["spalte"] else ""
    ort = ", ".join(filter(None, (zeilen_in_worten(g["bereiche"], g["anzahl"], gekuerzt=g["gekuerzt"]), spalte)))
    zeilen = [f"{g['schwere'].upper()}: {g['titel']} [{g['code']}]{f' ({ort})' if ort else ''}"]
    angaben = g["auspraegungen"][:GEZEIGTE_ANGABEN]
    for angabe in angaben:
        vorschlag = f" Vorschlag: {angabe['vorschlag']}" if angabe["vorschlag"] else ""
        stellen = f" – {zeilen_einer_angabe(g, angabe)}" if len(angaben) > 1 else ""
        zeilen.append(f"    {angabe['meldung']}{vorschlag}{stellen}")
        zeilen += [f"      {angabe['abhilfe']}"] if angabe["abhilfe"] else []
    rest = len(g["auspraegungen"]) - len(angaben) + g["weitere"]
    if rest > 0:
        mindestens = "mindestens " if g["gekuerzt"] else ""
        zeilen.append(f"    … und {mindestens}{in_zahlen(rest, 'weitere Angabe', 'weitere Angaben')} dieser Art")
    return [*zeilen, f"    → {g['abhilfe']}"]
