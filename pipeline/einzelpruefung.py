"""Checks or reads one file for a person at the command line, without storing it.

What belongs here: taking from the file name, or from what the person says, which delivery the file is.
"""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assets.eingang.datei import lies_datei
from assets.eingang.dateiname import DateinameError, Lieferschluessel, deute, ist_mappe, name_im_blatt
from assets.eingang.empfang import Beleg, pruefsumme
from assets.eingang.lesen import GeleseneTabelle, lies_mappe
from assets.eingang.unausgefuellt import ist_leeres_blatt
from assets.fassung import fassung_pruefung
from assets.pruefung import protokoll
from assets.pruefung.ausgabe import als_dateien
from assets.pruefung.gruppieren import zeilen_einer_angabe, zeilen_in_worten
from assets.pruefung.korrekturen import lade
from assets.pruefung.pruefen import Pruefung, lies, pruefe_gelesenes
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
        dateiname = self.daten["beleg"]["dateiname"]
        # The sheets of one workbook must not write over each other.
        name = f"{Path(name_im_blatt(dateiname, self.datensatz.name)).stem}_protokoll"
        for endung, inhalt in als_dateien(self.pruefung, self.daten, self.land, self.datensatz, mappe=True):
            (ordner / f"{name}.{endung}").write_bytes(inhalt)


@dataclass(frozen=True, slots=True)
class Dateipruefung:
    """What became of a file: one protocol, or those of the filled sheets of a workbook with a sheet per dataset.

    `leere` are the datasets whose sheets are blank, `andere` says what is to be said about sheets that were not read.
    """

    protokolle: tuple[Protokoll, ...]
    leere: tuple[str, ...] = ()
    andere: tuple[str, ...] = ()
    ist_mappe: bool = False

    @property
    def ist_gut(self) -> bool:
        """Whether nothing of it is rejected, and something could be read."""
        zurueck = any(p.daten["zustand"] == "zurueckgewiesen" for p in self.protokolle)
        return not zurueck and bool(self.protokolle or self.leere)

    def als_daten(self) -> dict[str, Any]:
        """The protocol of a file; of a workbook, all of them and what was not read."""
        if not self.ist_mappe:
            return self.protokolle[0].daten
        return {
            "protokolle": [p.daten for p in self.protokolle],
            "nicht_ausgefuellt": list(self.leere),
            "nicht_gelesen": list(self.andere),
        }

    def als_text(self) -> str:
        """The summaries, one per protocol, and what was not read."""
        teile = [zusammenfassung(p.daten) for p in self.protokolle]
        if not self.ist_mappe:
            return teile[0]
        teile = [f"Blatt „{p.datensatz.name}“ – {t}" for p, t in zip(self.protokolle, teile, strict=True)]
        teile += [f"Noch nicht ausgefüllt: {', '.join(self.leere)}."] if self.leere else []
        return "\n\n".join([*teile, *self.andere])


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
) -> Dateipruefung:
    """Checks a file as the delivery it claims to be; a workbook with a sheet per dataset as one delivery per sheet.

    Raises:
        DateinameError: it is not clear which delivery the file is.
        DateiError: the file cannot be read from disk.
    """
    inhalt = lies_datei(datei)
    if ist_mappe(datei.name) and datensatz is None:
        return _pruefe_mappe(datei, inhalt, land, meldeeinheit, jahr)
    schluessel = _schluessel(datei, land, datensatz, meldeeinheit, jahr)
    gelesen = lies(inhalt, datei.name, alle_datensaetze()[schluessel.datensatz])
    return Dateipruefung((protokolliere(schluessel, gelesen, datei.name, inhalt, land),))


def _pruefe_mappe(datei: Path, inhalt: bytes, land: Land, meldeeinheit: str | None, jahr: int | None) -> Dateipruefung:
    return pruefe_mappe(datei.name, inhalt, land, _schluessel(datei, land, land.datensaetze[0], meldeeinheit, jahr))


def pruefe_mappe(name: str, inhalt: bytes, land: Land, muster: Lieferschluessel) -> Dateipruefung:
    """Every filled sheet of a workbook, read once, as a delivery like `muster`; the others are named."""
    blaetter = lies_mappe(inhalt, name, {d: alle_datensaetze()[d].spalten for d in land.datensaetze})
    eigene = {d: blaetter[d] for d in land.datensaetze if d in blaetter}
    leere = tuple(d for d, gelesen in eigene.items() if ist_leeres_blatt(gelesen, alle_datensaetze()[d]))
    return Dateipruefung(
        tuple(
            protokolliere(replace(muster, datensatz=d), gelesen, name, inhalt, land)
            for d, gelesen in eigene.items()
            if d not in leere
        ),
        leere,
        tuple(b.meldung for blatt, gelesen in blaetter.items() if blatt not in eigene for b in gelesen.befunde),
        ist_mappe=True,
    )


def protokolliere(
    schluessel: Lieferschluessel, gelesen: GeleseneTabelle, name: str, inhalt: bytes, land: Land
) -> Protokoll:
    """The protocol of a table that was read from a file and is handed in by nobody."""
    beschreibung = alle_datensaetze()[schluessel.datensatz].fuer(land)
    umgebung = Pruefumgebung(land, land.meldeeinheit(schluessel.meldeeinheit), schluessel.berichtsjahr)
    pruefung = pruefe_gelesenes(gelesen, beschreibung, umgebung, lade(land).get(schluessel, ()))
    beleg = Beleg(
        **asdict(schluessel),
        version=0,
        sha256=pruefsumme(inhalt),
        groesse=len(inhalt),
        dateiname=name,
        endung=Path(name).suffix.lstrip(".").lower(),
        eingegangen_am=datetime.now(UTC).isoformat(timespec="seconds"),
        weg="nur geprüft",
        synthetisch=False,
    )
    daten = protokoll.als_daten(pruefung, beleg, fassung_pruefung(land), land)
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
