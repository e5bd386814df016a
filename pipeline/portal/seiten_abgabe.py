"""Choosing files, having them checked, handing them in.

What belongs here: the two pages with a form for files. What does not: what becomes of a file (`annahme.py`).
"""

from typing import Any

from starlette.responses import Response

from assets.eingang.dateiname import DateinameError, Lieferschluessel
from assets.erhebung.beispiel import gibt_es
from assets.lieferbuch.fehler import UnbekanntError
from assets.lieferbuch.lesen import Fassungsverlauf, verlauf
from assets.lieferbuch.verbindung import lies
from assets.pruefung import protokoll
from assets.pruefung.mappe import als_mappe
from pipeline.portal.abbruch import ABSTURZ, ZU_GROSS, Abbruch, unvollstaendig
from pipeline.portal.annahme import (
    Datei,
    Ergebnis,
    gewaehlte,
    gib_ab,
    nach_absturz,
    pruefe_nur,
    vorschau,
    zuordnen,
)
from pipeline.portal.felder import felder
from pipeline.portal.formular import HOECHSTE_DATEIEN
from pipeline.portal.grenzen import ABGABE
from pipeline.portal.kopfzeilen import MIT_SKRIPT
from pipeline.portal.querbefunde import in_worten, nur_eigene, querbefunde
from pipeline.portal.rahmen import Anfrage, Seite, fassungspfad, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_vorlagen import anhang
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import FASSUNGSZUSTAND
from schemas.modell import Datensatz, Land

_KEINE = "Es wurde keine Datei gewählt. Bitte eine Datei wählen und noch einmal senden."
_GRENZEN = {"megabyte": ABGABE // 2**20, "bytes": ABGABE, "dateien": HOECHSTE_DATEIEN, "zu_gross": ZU_GROSS}


def _mit_skript(anfrage: Anfrage, vorlage: str, status: int, **inhalt: object) -> Response:
    """A page with the form for files, and what the form itself says about its limits."""
    antwort = anfrage.zeige(vorlage, status, grenzen=_GRENZEN, **inhalt)
    antwort.headers["Content-Security-Policy"] = MIT_SKRIPT
    return antwort


def _jahresseite(anfrage: Anfrage, fehler: str = "", status: int = 200) -> Response:
    land = anfrage.umfeld.land
    return _mit_skript(
        anfrage,
        "jahr.html",
        status,
        einheit=anfrage.einheit,
        jahr=anfrage.jahr,
        frist=land.lieferfristen[anfrage.jahr],
        fehler=fehler,
        darf_abgeben=anfrage.darf(Recht.ABGEBEN),
        felder=felder(anfrage.umfeld),
        schluessel=Lieferschluessel,
        datensaetze=[alle_datensaetze()[d] for d in land.datensaetze],
        quer=in_worten(nur_eigene(querbefunde(anfrage.umfeld.ablage, anfrage.einheit.id, anfrage.jahr))),
    )


def _lieferungsseite(anfrage: Anfrage, fehler: str = "", status: int = 200) -> Response:
    return _mit_skript(
        anfrage,
        "lieferung.html",
        status,
        einheit=anfrage.einheit,
        jahr=anfrage.jahr,
        datensatz=_datensatz(anfrage),
        frist=anfrage.umfeld.land.lieferfristen[anfrage.jahr],
        fehler=fehler,
        darf_abgeben=anfrage.darf(Recht.ABGEBEN),
        feld=felder(anfrage.umfeld)[anfrage.schluessel],
        hat_beispiel=gibt_es(_datensatz(anfrage), anfrage.umfeld.land, anfrage.jahr, anfrage.einheit.id),
        fassungen=fassungen_von(anfrage),
        label=FASSUNGSZUSTAND.label_von,
    )


def _datensatz(anfrage: Anfrage) -> Datensatz:
    return alle_datensaetze()[anfrage.schluessel.datensatz].fuer(anfrage.umfeld.land)


def fassungen_von(anfrage: Anfrage) -> list[Fassungsverlauf]:
    """The versions of a delivery, newest first; none where none came."""
    with lies(anfrage.umfeld.engine) as v:
        try:
            return verlauf(v, anfrage.schluessel)
        except UnbekanntError:
            return []


def _nimm_lieferung(anfrage: Anfrage) -> Response:
    return _nimm(anfrage, anfrage.schluessel.datensatz)


def _nimm_jahr(anfrage: Anfrage) -> Response:
    return _nimm(anfrage, None)


def _nimm(anfrage: Anfrage, datensatz: str | None) -> Response:
    zurueck = _jahresseite if datensatz is None else _lieferungsseite
    dateien = gewaehlte(anfrage.formular)
    if not dateien:
        return zurueck(anfrage, _KEINE, 422)
    if datensatz is not None and len(dateien) > 1:
        return zurueck(anfrage, "Auf dieser Seite bitte nur eine Datei wählen.", 422)
    match anfrage.feld("aktion"):
        case "pruefen":
            ergebnisse = [e for d in dateien for e in _ergebnisse(anfrage, d, datensatz, abgeben=False)]
            return _zeige(anfrage, ergebnisse, abgegeben=False)
        case "markieren" if datensatz is not None:
            return _markiere(anfrage, dateien[0], datensatz)
        case "abgeben":
            ergebnisse = [e for d in dateien for e in _ergebnisse(anfrage, d, datensatz, abgeben=True)]
            if len(ergebnisse) == 1 and not ergebnisse[0].ablehnung:
                bekannt = "?bekannt" if ergebnisse[0].war_bekannt else ""
                return weiter(f"{_pfad(ergebnisse[0])}{bekannt}")
            return _zeige(anfrage, ergebnisse, abgegeben=True)
        case _:
            raise unvollstaendig()


def _nach_absturz(anfrage: Anfrage) -> Response:
    """One of the files brought down the process that read it, and nobody knows which."""
    if anfrage.feld("aktion") != "abgeben":
        raise Abbruch(500, "Nicht lesbar", f"{ABSTURZ} Es wurde nichts gespeichert.")
    dateien = gewaehlte(anfrage.formular)
    ergebnisse = [nach_absturz(anfrage.umfeld, d, anfrage.einheit.id, anfrage.jahr) for d in dateien]
    return _zeige(anfrage, ergebnisse, abgegeben=True)


def _ergebnisse(anfrage: Anfrage, datei: Datei, datensatz: str | None, *, abgeben: bool) -> list[Ergebnis]:
    land = anfrage.umfeld.land
    try:
        schluessel = zuordnen(datei, land, anfrage.einheit.id, anfrage.jahr, datensatz)
    except DateinameError as fehler:
        return [Ergebnis(datei.name, ablehnung=str(fehler))]
    if abgeben:
        return gib_ab(anfrage.umfeld, anfrage.person.id, datei, schluessel)
    return pruefe_nur(datei, land, schluessel, Lieferschluessel(land.datensaetze[0], anfrage.jahr, anfrage.einheit.id))


def _markiere(anfrage: Anfrage, datei: Datei, datensatz: str) -> Response:
    ergebnis = _ergebnisse(anfrage, datei, datensatz, abgeben=False)[0]
    if ergebnis.protokoll is None:
        return _lieferungsseite(anfrage, ergebnis.ablehnung, 422)
    p = ergebnis.protokoll
    return anhang(als_mappe(p.pruefung, p.daten, p.datensatz), f"{datensatz}_{anfrage.jahr}_befunde.xlsx")


def _zeige(anfrage: Anfrage, ergebnisse: list[Ergebnis], *, abgegeben: bool) -> Response:
    land = anfrage.umfeld.land
    eintraege = [
        {
            "ergebnis": e,
            "datensatz": alle_datensaetze()[e.schluessel.datensatz] if e.schluessel else None,
            "protokoll": _seiteninhalt(e, land, nummer),
            "vorschau": vorschau(e.protokoll) if e.protokoll else None,
            "pfad": _pfad(e) if abgegeben else "",
            "nummer": nummer,
        }
        for nummer, e in enumerate(ergebnisse, 1)
    ]
    status = 422 if all(e.ablehnung for e in ergebnisse) else 200
    return anfrage.zeige(
        "ergebnis.html",
        status,
        einheit=anfrage.einheit,
        jahr=anfrage.jahr,
        eintraege=eintraege,
        abgegeben=abgegeben,
        zurueck=anfrage.request.scope["path"],
    )


def _seiteninhalt(e: Ergebnis, land: Land, nummer: int) -> dict[str, Any]:
    p = e.protokoll
    return protokoll.seiteninhalt(p.daten, land, p.datensatz, vorsilbe=f"d{nummer}-") if p else {}


def _pfad(e: Ergebnis) -> str:
    return fassungspfad(e.schluessel, e.version) if e.schluessel else ""


SEITEN = (
    Seite("GET", "/kreis/{einheit}/{jahr:int}", Recht.SEHEN, _jahresseite),
    Seite("POST", "/kreis/{einheit}/{jahr:int}", Recht.ABGEBEN, _nimm_jahr, True, _nach_absturz),
    Seite("GET", "/kreis/{einheit}/{jahr:int}/{datensatz}", Recht.SEHEN, _lieferungsseite),
    Seite("POST", "/kreis/{einheit}/{jahr:int}/{datensatz}", Recht.ABGEBEN, _nimm_lieferung, True, _nach_absturz),
)
