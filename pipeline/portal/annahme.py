"""Checks and takes in the files somebody chose: what becomes of each, in the order they were chosen.

What belongs here: from bytes and a delivery's key to verdict, receipt and booking. What does not: forms and pages.
The key comes from the address of the page; a name that says something else is a mistake, and nothing is stored.
"""

import re
from dataclasses import dataclass, replace

from starlette.datastructures import FormData, UploadFile

from assets.eingang.dateiname import Dateiname, DateinameError, Lieferschluessel, deute, ist_mappe, name_im_blatt
from assets.eingang.empfang import (
    LEERE_VORLAGE,
    Empfang,
    EmpfangError,
    lege_fassung_an,
    lege_unzugeordnet_ab,
    lies_beleg,
    pruefsumme,
    teile_mappe,
)
from assets.eingang.lesen.dateiart import MAPPE, erkenne_art
from assets.eingang.unausgefuellt import ist_leere_vorlage
from assets.fassung import fassung_pruefung
from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen
from assets.lieferbuch.nachtrag import urteil_aus
from assets.lieferbuch.rechte import verlange
from assets.lieferbuch.verbindung import schreibe
from assets.pruefung import protokoll
from assets.pruefung.korrekturen import lade
from assets.pruefung.pruefen import lies
from assets.pruefung.uebernehmen import pruefe_version, schreibe_protokoll
from pipeline.einzelpruefung import Protokoll, protokolliere, pruefe_mappe
from pipeline.portal.abbruch import ABSTURZ
from pipeline.portal.rahmen import Umfeld
from pipeline.portal.summen import summen
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import ABGEBENDE, UEBER_PORTAL
from schemas.modell import Land

_NAMENSLAENGE = 150
_GEZEIGTE_ZEILEN = 8


@dataclass(frozen=True, slots=True)
class Datei:
    """A file somebody chose: last part of its name, and its bytes."""

    name: str
    inhalt: bytes


@dataclass(frozen=True, slots=True)
class Vorschau:
    """What was understood of a table: its first rows with their Excel rows, and the sums of its figures."""

    spalten: tuple[str, ...]
    zeilen: tuple[tuple[str, ...], ...]
    summen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """What became of a file or a sheet: a sentence why nothing, or its protocol, and once handed in its version."""

    dateiname: str
    ablehnung: str = ""
    protokoll: Protokoll | None = None
    schluessel: Lieferschluessel | None = None
    version: int = 0
    war_bekannt: bool = False


def gewaehlte(formular: FormData) -> list[Datei]:
    """The files of a form; browsers send an empty one where none was chosen."""
    teile = [teil for teil in formular.getlist("datei") if isinstance(teil, UploadFile) and teil.filename]
    return [Datei(dateiname(teil.filename or ""), teil.file.read()) for teil in teile]


def dateiname(gesandt: str) -> str:
    """The name to show of a file; never a path."""
    ohne_pfad = re.split(r"[\\/]", gesandt)[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", ohne_pfad)[-_NAMENSLAENGE:] or "ohne Namen"


def zuordnen(datei: Datei, land: Land, meldeeinheit: str, jahr: int, datensatz: str | None) -> Lieferschluessel | None:
    """Which delivery the file is, None for a workbook that is several.

    Args:
        datei: the file.
        land: decides which names are deliveries.
        meldeeinheit: whose page the file was sent from.
        jahr: of which year that page is.
        datensatz: of which dataset; None where the name has to say it.

    Raises:
        DateinameError: the name says another delivery than the page, or the page needs a name and it says nothing.
    """
    mappe = ist_mappe(datei.name)
    try:
        genannt = deute(name_im_blatt(datei.name, datensatz or land.datensaetze[0]), land).schluessel
    except DateinameError:
        if datensatz is None:
            raise
        return Lieferschluessel(datensatz, jahr, meldeeinheit)
    gemeint = Lieferschluessel(datensatz or genannt.datensatz, jahr, meldeeinheit)
    if genannt != gemeint:
        raise DateinameError(
            f"„{datei.name}“ gehört dem Namen nach zu einer anderen Lieferung als dieser. Bitte prüfen, ob es die "
            "richtige Datei ist, und sie zu der richtigen Lieferung abgeben oder umbenennen."
        )
    return None if mappe and datensatz is None else gemeint


def pruefe_nur(
    datei: Datei, land: Land, schluessel: Lieferschluessel | None, muster: Lieferschluessel
) -> list[Ergebnis]:
    """The verdict on a file without storing anything; one for each filled sheet where it is several deliveries."""
    if schluessel is not None:
        gelesen = lies(datei.inhalt, datei.name, alle_datensaetze()[schluessel.datensatz])
        return [_geprueft(datei, protokolliere(schluessel, gelesen, datei.name, datei.inhalt, land), schluessel)]
    pruefung = pruefe_mappe(datei.name, datei.inhalt, land, muster)
    gut = [_geprueft(datei, p, replace(muster, datensatz=p.datensatz.name)) for p in pruefung.protokolle]
    andere = [Ergebnis(datei.name, ablehnung=satz) for satz in pruefung.andere]
    leer = Ergebnis(datei.name, ablehnung=f"„{datei.name}“ enthält kein ausgefülltes Blatt eines Datensatzes.")
    return [*gut, *andere] or [leer]


def _geprueft(datei: Datei, fertig: Protokoll, schluessel: Lieferschluessel) -> Ergebnis:
    return Ergebnis(datei.name, protokoll=fertig, schluessel=schluessel)


def gib_ab(
    umfeld: Umfeld, person: int, datei: Datei, schluessel: Lieferschluessel | None, weg: str = UEBER_PORTAL
) -> list[Ergebnis]:
    """Stores a file, books its receipt, checks it and books the verdict, in this order.

    Whatever fails on the way, the bytes are kept, and the next run and the next catching up do the rest.
    """
    if schluessel is None:
        try:
            teile = teile_mappe(umfeld.ablage, umfeld.land, datei.name, datei.inhalt)
        except EmpfangError as fehler:
            return [Ergebnis(datei.name, ablehnung=str(fehler))]
    elif ist_leere_vorlage(datei.inhalt, datei.name, alle_datensaetze()[schluessel.datensatz]):
        return [Ergebnis(datei.name, ablehnung=LEERE_VORLAGE.format(name=datei.name))]
    else:
        teile = [Dateiname(schluessel, endung(datei.inhalt))]
    empfaenge = _nimm_an(umfeld, person, datei, teile, weg)
    korrekturen, fassung = lade(umfeld.land), fassung_pruefung(umfeld.land)
    ergebnisse = []
    for empfang in empfaenge:
        beleg = empfang.beleg
        pruefung = pruefe_version(umfeld.ablage, umfeld.land, beleg, korrekturen.get(beleg.schluessel, ()))
        schreibe_protokoll(umfeld.ablage, umfeld.land, beleg, fassung, pruefung)
        urteil = urteil_aus(umfeld.ablage.lies(protokoll.pfad(beleg.schluessel, beleg.version, "json")))
        with schreibe(umfeld.engine) as v:
            buche_pruefungen(v, beleg.schluessel, {beleg.version: urteil})
        ergebnisse.append(
            Ergebnis(datei.name, schluessel=beleg.schluessel, version=beleg.version, war_bekannt=empfang.war_bekannt)
        )
    return ergebnisse


def _nimm_an(umfeld: Umfeld, person: int, datei: Datei, teile: list[Dateiname], weg: str) -> list[Empfang]:
    """Stores and books; under the one lock of all writers, so that who lost the right meanwhile leaves nothing behind.

    Raises:
        RechtError: the person may not deliver for this Meldeeinheit; nothing is stored.
    """
    with schreibe(umfeld.engine) as v:
        for teil in teile:
            verlange(v, person, ABGEBENDE, teil.schluessel.meldeeinheit)
        empfaenge = [
            lege_fassung_an(umfeld.ablage, teil, datei.name, datei.inhalt, weg=weg, synthetisch=False) for teil in teile
        ]
        for empfang in empfaenge:
            buche_eingang(v, empfang.beleg, person)
    return empfaenge


def nach_absturz(umfeld: Umfeld, datei: Datei, meldeeinheit: str, jahr: int) -> Ergebnis:
    """What became of a file after the process that read it died. Its bytes are kept, whatever they are."""
    sha = pruefsumme(datei.inhalt)
    for pfad in umfeld.ablage.liste(f"eingang/{meldeeinheit}/{jahr}", f"*/*_{sha[:12]}.json"):
        beleg = lies_beleg(umfeld.ablage, pfad)
        return Ergebnis(datei.name, schluessel=beleg.schluessel, version=beleg.version)
    lege_unzugeordnet_ab(umfeld.ablage, datei.name, datei.inhalt, f"„{datei.name}“: {ABSTURZ}")
    aufgehoben = "Die Datei wurde aufgehoben, gilt aber nicht als abgegeben. Bitte die Fachstelle benachrichtigen."
    return Ergebnis(datei.name, ablehnung=f"{ABSTURZ} {aufgehoben}")


def endung(inhalt: bytes) -> str:
    """What the file is decides, not what it is called."""
    return "xlsx" if erkenne_art(inhalt) == MAPPE else "csv"


def vorschau(fertig: Protokoll) -> Vorschau | None:
    """What was understood of a file; None where there was no table in it."""
    zellen = fertig.pruefung.gelesen.zellen
    if zellen is None:
        return None
    spalten = [s.name for s in fertig.pruefung.gelesen.spalten]
    erste = zellen.head(_GEZEIGTE_ZEILEN).select("zeile", *spalten)
    return Vorschau(
        tuple(spalten),
        tuple(tuple("" if wert is None else str(wert) for wert in zeile) for zeile in erste.iter_rows()),
        () if fertig.pruefung.tabelle is None else tuple(summen(fertig.pruefung.tabelle, fertig.datensatz)),
    )
