"""Templates, merged files and the handbook as files: what the commands of `befehle_erhebung.py` do.

What belongs here: finding what a template needs (register, official figures), names of files, writing them. What does
not: reading the command line, and the content (`assets/erhebung/`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.eingang.datei import DateiError, lies_datei
from assets.eingang.dateiname import DateinameError, Lieferschluessel, deute, ist_mappe, name_im_blatt
from assets.eingang.lesen import GeleseneTabelle
from assets.erhebung import handbuch
from assets.erhebung.amtlich import amtliche_zahlen
from assets.erhebung.stellenregister import Stellenregister, liefern_traeger, lies_register
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import Vorlage, als_csv, als_mappe
from assets.erhebung.zusammenfuehren import Zusammenfuehrung, fuehre_zusammen, lies_teile, mehrfach_angegebene
from assets.referenz.bestand import lade_bestand
from pipeline.umgebung import standard_wurzel
from schemas.datensaetze import alle_datensaetze
from schemas.laender import gewaehltes_land
from schemas.modell import Datensatz, Land

ALLE = "alle"


class ErhebungError(ValueError):
    """What was asked for does not exist; the text says what does."""


def umgebung() -> tuple[Ablage, Land]:
    """Where the process works and for which Land."""
    return Ablage(standard_wurzel()), gewaehltes_land()


@dataclass(frozen=True, slots=True)
class Wunsch:
    """Which template is wanted: a dataset or all, for whom, and with which rows."""

    datensatz: str
    meldeeinheit: str | None = None
    jahr: int | None = None
    traeger: str | None = None
    vorbelegt: bool = False

    @property
    def dateistamm(self) -> str:
        """Name without ending: that of the delivery where Meldeeinheit and year are known, so that it fits at once."""
        name = "lieferung" if self.datensatz == ALLE else self.datensatz
        if self.meldeeinheit is None or self.jahr is None:
            return f"vorlage_{self.datensatz}"
        return "_".join(filter(None, (name, self.meldeeinheit, str(self.jahr), self.traeger)))


def erstelle_vorlage(wunsch: Wunsch, form: str, ablage: Ablage, land: Land) -> bytes:
    """The bytes of a template as `csv` or `xlsx`.

    Raises:
        ErhebungError: dataset, Meldeeinheit, year or Träger is unknown, or the form does not fit.
    """
    datensaetze = _datensaetze(wunsch, land)
    register = _register(wunsch, ablage, land)
    einheit = None if wunsch.meldeeinheit is None else land.meldeeinheit(wunsch.meldeeinheit)
    vorlagen = [
        vorlage(d, land, jahr=wunsch.jahr, meldeeinheit=einheit, register=register, traeger=wunsch.traeger)
        for d in datensaetze
    ]
    if form == "csv":
        if len(vorlagen) > 1:
            raise ErhebungError("Alle Datensätze zusammen gibt es nur als Arbeitsmappe (--format xlsx).")
        return als_csv(vorlagen[0])
    return _mappe(vorlagen, wunsch, ablage, land)


def _datensaetze(wunsch: Wunsch, land: Land) -> list[Datensatz]:
    if wunsch.datensatz != ALLE and wunsch.datensatz not in land.datensaetze:
        bekannt = ", ".join(land.datensaetze)
        raise ErhebungError(f"Den Datensatz „{wunsch.datensatz}“ gibt es nicht. Möglich sind: {bekannt}, {ALLE}.")
    if wunsch.meldeeinheit not in (None, *(m.id for m in land.meldeeinheiten)):
        raise ErhebungError(f"Die Meldeeinheit „{wunsch.meldeeinheit}“ gibt es in {land.name} nicht.")
    if wunsch.jahr not in (None, *land.berichtsjahre):
        jahre = ", ".join(map(str, land.berichtsjahre))
        raise ErhebungError(f"Für das Jahr {wunsch.jahr} wird nicht berichtet. Möglich sind: {jahre}.")
    namen = land.datensaetze if wunsch.datensatz == ALLE else (wunsch.datensatz,)
    gewaehlt = [alle_datensaetze()[name] for name in namen]
    gueltig = [d for d in gewaehlt if wunsch.jahr is None or d.gilt_ab <= land.zeitraum(wunsch.jahr)[1]]
    if not gueltig:
        raise ErhebungError(f"„{wunsch.datensatz}“ wird für {wunsch.jahr} noch nicht erhoben.")
    return gueltig


def _register(wunsch: Wunsch, ablage: Ablage, land: Land) -> Stellenregister | None:
    """The Stellen rows start with; None where no rows are wanted."""
    if not (wunsch.vorbelegt or wunsch.traeger):
        return None
    if wunsch.meldeeinheit is None or wunsch.jahr is None:
        raise ErhebungError("Zum Vorbelegen werden --meldeeinheit und --jahr gebraucht.")
    register = lies_register(ablage, land, wunsch.meldeeinheit, wunsch.jahr)
    if register is None:
        raise ErhebungError(
            f"Für {wunsch.meldeeinheit} liegt weder für {wunsch.jahr} noch für {wunsch.jahr - 1} ein angenommenes "
            "Stellenverzeichnis vor. Bitte die Vorlage ohne Vorbelegung nehmen."
        )
    if wunsch.traeger is not None:
        bekannt = sorted(register.stellen["traeger_id"].drop_nulls().unique())
        if wunsch.traeger not in bekannt:
            raise ErhebungError(
                f"Den Träger „{wunsch.traeger}“ gibt es dort nicht. Möglich sind: {', '.join(bekannt)}."
            )
        if wunsch.datensatz != ALLE and not liefern_traeger(alle_datensaetze()[wunsch.datensatz]):
            raise ErhebungError(f"„{wunsch.datensatz}“ wird nicht nach Trägern erhoben.")
    return register


def _mappe(vorlagen: Sequence[Vorlage], wunsch: Wunsch, ablage: Ablage, land: Land) -> bytes:
    """A workbook; a Träger's has its own sheets only, everybody else's the official figures as well."""
    titel = wunsch.dateistamm
    if wunsch.traeger is not None:
        return als_mappe([v for v in vorlagen if liefern_traeger(v.datensatz)], titel)
    if wunsch.meldeeinheit is None or wunsch.jahr is None or not wunsch.vorbelegt:
        return als_mappe(vorlagen, titel)
    with datenbank(ablage, land, lade_bestand()) as con:
        amtlich = amtliche_zahlen(con, land, wunsch.meldeeinheit, wunsch.jahr)
    return als_mappe(vorlagen, titel, amtlich)


@dataclass(frozen=True, slots=True)
class Zusammengefuehrt:
    """What came of merging, by dataset, and what keeps the result from being written."""

    je_datensatz: Mapping[str, Zusammenfuehrung]
    probleme: tuple[str, ...]


def fuehre_dateien_zusammen(dateien: Sequence[Path], nach: Path, ablage: Ablage, land: Land) -> Zusammengefuehrt:
    """Joins the files of Träger and writes the delivery `nach`, whose name says which it is, unless there are problems.

    A workbook for all datasets takes the sheets of workbooks and the CSV files named after their dataset.

    Raises:
        ErhebungError: `nach` is not the name of a delivery, or a file cannot be read from disk.
    """
    moegliche, ziel = _ziel(nach, land)
    try:
        inhalte = [(str(d), lies_datei(d)) for d in dateien]
    except DateiError as fehler:
        raise ErhebungError(str(fehler)) from fehler
    probleme = mehrfach_angegebene(inhalte)
    teile: dict[str, list[tuple[str, GeleseneTabelle]]] = {}
    for name, inhalt in inhalte if not probleme else ():
        eigene = lies_teile(name, inhalt, moegliche)
        if not eigene:
            probleme.append(f"„{name}“ gehört zu keinem Datensatz; Blätter und CSV-Dateien heißen wie ihr Datensatz.")
        for datensatz, gelesen in eigene.items():
            teile.setdefault(datensatz, []).append((name, gelesen))
    register = lies_register(ablage, land, ziel.meldeeinheit, ziel.berichtsjahr)
    ergebnisse = {d: fuehre_zusammen(teile[d], replace(ziel, datensatz=d), register) for d in moegliche if d in teile}
    probleme += [p for e in ergebnisse.values() for p in e.probleme]
    if not probleme:
        zusammen = [Vorlage(alle_datensaetze()[d].fuer(land), e.zeilen) for d, e in ergebnisse.items()]
        inhalt = als_csv(zusammen[0]) if nach.suffix.lower() == ".csv" else als_mappe(zusammen, nach.stem)
        nach.parent.mkdir(parents=True, exist_ok=True)
        nach.write_bytes(inhalt)
    return Zusammengefuehrt(ergebnisse, tuple(probleme))


def _ziel(nach: Path, land: Land) -> tuple[tuple[str, ...], Lieferschluessel]:
    """The datasets the target may hold, and which delivery it is.

    Raises:
        ErhebungError: it is not the name of a delivery.
    """
    mappe = ist_mappe(nach.name)
    try:
        schluessel = deute(name_im_blatt(nach.name, land.datensaetze[0]) if mappe else nach.name, land).schluessel
    except DateinameError as fehler:
        raise ErhebungError(str(fehler)) from fehler
    return (land.datensaetze if mappe else (schluessel.datensatz,)), schluessel


def schreibe_handbuch(ordner: Path, land: Land) -> Iterator[Path]:
    """Writes the Erhebungshandbuch into a folder and yields its files."""
    for pfad, inhalt in handbuch.erzeuge(land):
        ziel = ordner / pfad
        ziel.parent.mkdir(parents=True, exist_ok=True)
        ziel.write_bytes(inhalt)
        yield ziel
