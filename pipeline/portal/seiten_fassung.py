"""One version of a delivery: what was found, its files, and what people decide about it.

What belongs here: these pages and forms. What does not: what may be decided when (`assets/lieferbuch/fuehren.py`), and
its receipt (`seiten_quittung.py`).
"""

import json
from typing import Any

from starlette.responses import Response

from assets.eingang.empfang import Beleg, belege_von
from assets.lieferbuch.abdruck import teile_mit
from assets.lieferbuch.einblick import begruendungen, namen
from assets.lieferbuch.fuehren import (
    Gruppe,
    finde,
    freigabehindernis,
    gib_frei,
    kommentiere,
    offene_warnungen,
    ziehe_zurueck,
)
from assets.lieferbuch.lesen import Fassungsverlauf, verlauf
from assets.lieferbuch.verbindung import lies, schreibe
from assets.ortszeit import zeit
from assets.pruefung import protokoll
from pipeline.portal import kopfzeilen
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import Anfrage, Seite, fassungspfad, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_vorlagen import anhang
from schemas.befundregister import alle_befunde
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import (
    EREIGNISSE,
    FASSUNGSZUSTAND,
    FREIGEGEBEN,
    ZURUECKGEZOGEN,
    naechster_schritt,
    uebergang,
)
from schemas.modell import Datensatz


def _fassung(anfrage: Anfrage) -> Response:
    with lies(anfrage.umfeld.engine) as v:
        gebucht = finde(v, anfrage.schluessel, anfrage.version)
        eine = _verlauf(anfrage, verlauf(v, anfrage.schluessel))
        offen, gesagt = offene_warnungen(v, gebucht.id), begruendungen(v, gebucht.id)
        hindernis = freigabehindernis(v, gebucht, anfrage.person.id)
        leute = namen(v, [gebucht.eingereicht_von, *(e.akteur for e in eine.ereignisse)])
    daten = protokoll_von(anfrage, anfrage.version)
    datensatz = alle_datensaetze()[anfrage.schluessel.datensatz].fuer(anfrage.umfeld.land)
    return anfrage.zeige(
        "fassung.html",
        **rahmen_der_fassung(anfrage),
        fassung=eine,
        label=FASSUNGSZUSTAND.label_von,
        was_nun=naechster_schritt(eine.zustand, begruendet=not offen),
        abgegeben_von=leute[gebucht.eingereicht_von],
        hindernis=hindernis,
        ereignisse=[(zeit(e.zeitpunkt), _ereignis(e.art, e.daten), leute[e.akteur]) for e in eine.ereignisse],
        offen=[(g, gruppe_in_worten(g, datensatz)) for g in offen],
        gesagt=[(gruppe_in_worten(b.gruppe, datensatz), b, zeit(b.verfasst_am)) for b in gesagt],
        protokoll=protokoll.seiteninhalt(daten, anfrage.umfeld.land, datensatz) if daten else None,
        hat_mappe=anfrage.umfeld.ablage.gibt_es(_protokollpfad(anfrage, anfrage.version, "xlsx")),
        darf_begruenden=anfrage.darf(Recht.BEGRUENDEN),
        darf_freigeben=_darf(anfrage, eine.zustand, FREIGEGEBEN),
        darf_zurueckziehen=_darf(anfrage, eine.zustand, ZURUECKGEZOGEN),
        war_bekannt="bekannt" in anfrage.request.query_params,
    )


def _darf(anfrage: Anfrage, zustand: str, nach: str) -> bool:
    """Whether to offer a transition; the Lieferbuch decides again when it is asked for."""
    schritt = uebergang(zustand, nach)
    return schritt is not None and any(
        rolle in schritt.rollen and fuer in (None, anfrage.einheit.id) for rolle, fuer in anfrage.person.rollen
    )


def rahmen_der_fassung(anfrage: Anfrage) -> dict[str, Any]:
    """What every page of a version shows."""
    return {
        "einheit": anfrage.einheit,
        "jahr": anfrage.jahr,
        "datensatz": alle_datensaetze()[anfrage.schluessel.datensatz],
        "pfad": _pfad(anfrage),
        "zeit": zeit,
    }


def _pfad(anfrage: Anfrage) -> str:
    return fassungspfad(anfrage.schluessel, anfrage.version)


def _verlauf(anfrage: Anfrage, alle: list[Fassungsverlauf]) -> Fassungsverlauf:
    return next(f for f in alle if f.version == anfrage.version)


def _ereignis(art: str, daten: str) -> str:
    """An event in words."""
    inhalt = json.loads(daten)
    if art == "zustand":
        return f"{EREIGNISSE.label_von(art)}: {FASSUNGSZUSTAND.label_von(inhalt['nach'])}"
    return EREIGNISSE.label_von(art)


def gruppe_in_worten(gruppe: Gruppe, datensatz: Datensatz) -> str:
    """A group of warnings as people know it: the rule and the column."""
    code, spalte = gruppe
    labels = {s.name: s.feld.label for s in datensatz.spalten}
    return f"{alle_befunde()[code].text.titel} ({labels.get(spalte, 'ganze Zeile oder Datei')})"


def _protokollpfad(anfrage: Anfrage, version: int, endung: str) -> str:
    return protokoll.pfad(anfrage.schluessel, version, endung)


def protokoll_von(anfrage: Anfrage, version: int) -> dict[str, Any] | None:
    """The stored protocol of a version; None before the first check."""
    try:
        daten: dict[str, Any] = json.loads(anfrage.umfeld.ablage.lies(_protokollpfad(anfrage, version, "json")))
    except FileNotFoundError:
        return None
    return daten


def beleg_von(anfrage: Anfrage, version: int) -> Beleg:
    """The receipt of a version."""
    for beleg in belege_von(anfrage.umfeld.ablage, anfrage.schluessel):
        if beleg.version == version:
            return beleg
    raise nicht_gefunden()


def _lade(anfrage: Anfrage) -> Response:
    """The protocol in one of its forms."""
    endung = anfrage.request.path_params["endung"]
    if endung not in ("html", "xlsx", "json"):
        raise nicht_gefunden()
    try:
        inhalt = anfrage.umfeld.ablage.lies(_protokollpfad(anfrage, anfrage.version, endung))
    except FileNotFoundError as fehler:
        raise nicht_gefunden() from fehler
    if endung == "html":
        kopf = {"Content-Security-Policy": kopfzeilen.PROTOKOLL}
        return Response(inhalt, media_type="text/html; charset=utf-8", headers=kopf)
    return anhang(inhalt, f"pruefprotokoll_{beleg_von(anfrage, anfrage.version).nummer}.{endung}")


def _datei(anfrage: Anfrage) -> Response:
    beleg = beleg_von(anfrage, anfrage.version)
    return anhang(anfrage.umfeld.ablage.lies(beleg.pfad), f"{beleg.nummer}.{beleg.endung}")


def _begruende(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        fassung = finde(v, anfrage.schluessel, anfrage.version)
        gruppe = (anfrage.feld("code"), anfrage.feld("spalte"))
        kommentiere(v, fassung, gruppe, anfrage.feld("text"), anfrage.person.id)
    return weiter(f"{_pfad(anfrage)}#begruenden")


def _gib_frei(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        gib_frei(v, finde(v, anfrage.schluessel, anfrage.version), anfrage.person.id)
    teile_mit(anfrage.umfeld.engine, anfrage.umfeld.ablage, anfrage.schluessel)
    return weiter(_pfad(anfrage))


def _ziehe_zurueck(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        ziehe_zurueck(v, finde(v, anfrage.schluessel, anfrage.version), anfrage.feld("grund"), anfrage.person.id)
    teile_mit(anfrage.umfeld.engine, anfrage.umfeld.ablage, anfrage.schluessel)
    return weiter(_pfad(anfrage))


FASSUNG = "/kreis/{einheit}/{jahr:int}/{datensatz}/{version:int}"
SEITEN = (
    Seite("GET", FASSUNG, Recht.SEHEN, _fassung),
    Seite("GET", f"{FASSUNG}/protokoll.{{endung}}", Recht.SEHEN, _lade),
    Seite("GET", f"{FASSUNG}/datei", Recht.SEHEN, _datei),
    Seite("POST", f"{FASSUNG}/begruenden", Recht.BEGRUENDEN, _begruende),
    Seite("POST", f"{FASSUNG}/freigeben", Recht.FREIGEBEN, _gib_frei),
    Seite("POST", f"{FASSUNG}/zurueckziehen", Recht.ZURUECKZIEHEN, _ziehe_zurueck),
)
