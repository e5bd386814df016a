"""What the Fachstelle sees of all Meldeeinheiten: the board of a year, and one Meldeeinheit with all that is known.

What belongs here: these pages, notes, and putting questions. What does not: releasing a year
(`seiten_jahresfreigabe.py`), and what the Meldeeinheit sees of its questions (`seiten_rueckfragen.py`).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import polars as pl
from starlette.responses import Response

from assets.auswertung.vorjahr import Jahresvergleich, Massvergleich, jahresvergleiche
from assets.berichte.zahlen import MINUS
from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.fuehren import Gruppe
from assets.lieferbuch.lesen import jahresaufgaben
from assets.lieferbuch.rueckfragen import Frage, Rueckfrage, notiere, notizen_zu, rueckfragen_zu, stelle
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.warnungen import OffeneWarnung, alle_offenen, erklaerungen
from assets.ortszeit import zeit
from assets.pruefung import protokoll
from assets.pruefung.gruppieren import zeilen_in_worten
from pipeline.portal import fragen
from pipeline.portal.felder import Feld, felder, heute, zaehle
from pipeline.portal.querbefunde import in_worten, querbefunde
from pipeline.portal.rahmen import Anfrage, Seite, fassungspfad, lieferungspfad, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_fassung import gruppe_in_worten
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import ABGEWIESEN

_HOECHSTE_ZEICHEN = 2000
"""Of what is written by hand; pages say so at the box."""


def _neueste(anfrage: Anfrage) -> Response:
    return _tafel(anfrage, anfrage.umfeld.land.berichtsjahre[-1])


def _jahr(anfrage: Anfrage) -> Response:
    return _tafel(anfrage, anfrage.jahr)


def _tafel(anfrage: Anfrage, jahr: int) -> Response:
    land = anfrage.umfeld.land
    alle = felder(anfrage.umfeld)
    with lies(anfrage.umfeld.engine) as v:
        warnungen, gefragt = alle_offenen(v), rueckfragen_zu(v)
        aufgaben = jahresaufgaben(v, anfrage.person.id)
    offene_fragen = Counter(f.berichtsjahr for f in gefragt if f.antwort is None)
    je_jahr = [
        (
            j,
            zaehle(f for s, f in alle.items() if s.berichtsjahr == j),
            sum(w.schluessel.berichtsjahr == j for w in warnungen),
            offene_fragen[j],
        )
        for j in reversed(land.berichtsjahre)
    ]
    return anfrage.zeige(
        "land.html",
        jahr=jahr,
        je_jahr=je_jahr,
        felder=alle,
        schluessel=Lieferschluessel,
        datensaetze=[alle_datensaetze()[d] for d in land.datensaetze],
        frist=land.lieferfristen[jahr],
        fristen=land.lieferfristen,
        ist_vorbei=heute() > land.lieferfristen[jahr],
        aufgaben=aufgaben,
        auffaellige=_auffaellige(anfrage, jahr, alle, warnungen),
    )


def _auffaellige(
    anfrage: Anfrage, jahr: int, alle: dict[Lieferschluessel, Feld], warnungen: list[OffeneWarnung]
) -> list[dict[str, Any]]:
    """The Meldeeinheiten of which something is missing, late, rejected or unexplained, with links to it."""
    je_fassung = Counter((w.schluessel, w.version) for w in warnungen)
    gefunden = []
    for einheit in anfrage.umfeld.land.meldeeinheiten:
        eigene = {s: f for s, f in alle.items() if (s.berichtsjahr, s.meldeeinheit) == (jahr, einheit.id)}
        listen = (
            ("Fehlt", [_verweis(s) for s, f in eigene.items() if f.code == "fehlt"]),
            ("Nicht angenommen", [_verweis(s, f.version) for s, f in eigene.items() if f.code in ABGEWIESEN]),
            ("Kam zu spät", [_verweis(s) for s, f in eigene.items() if f.verspaetet]),
            (
                "Warnungen ohne Begründung",
                [_verweis(s, version, anzahl) for (s, version), anzahl in je_fassung.items() if s in eigene],
            ),
        )
        if any(liste for _, liste in listen):
            gefunden.append({"einheit": einheit, "listen": listen})
    return gefunden


def _verweis(schluessel: Lieferschluessel, version: int | None = None, anzahl: int = 0) -> tuple[str, str, int]:
    """Address and name of a delivery, or of one of its versions, and how many of something it has."""
    label = alle_datensaetze()[schluessel.datensatz].label
    pfad = lieferungspfad(schluessel) if version is None else fassungspfad(schluessel, version)
    return pfad, label, anzahl


def _kreis(anfrage: Anfrage) -> Response:
    land, einheit, jahr = anfrage.umfeld.land, anfrage.einheit, anfrage.jahr
    with lies(anfrage.umfeld.engine) as v:
        notizen, gefragt = notizen_zu(v, einheit.id, jahr), rueckfragen_zu(v, einheit.id, jahr)
        erklaert = erklaerungen(v, einheit.id, jahr)
    eigene, vergleiche, quer, vorschlaege = _bekanntes(anfrage)
    return anfrage.zeige(
        "land_kreis.html",
        einheit=einheit,
        jahr=jahr,
        jahre=land.berichtsjahre,
        hat_vorjahr=jahr - 1 in land.berichtsjahre,
        zaehlung=zaehle(eigene.values()),
        felder=eigene,
        datensaetze=alle_datensaetze(),
        vergleiche=[(v, [_zeile(m) for m in v.masse]) for v in vergleiche],
        grenze=_grenze(anfrage),
        quer=in_worten(quer),
        erklaert=[
            (
                e,
                fassungspfad(e.schluessel, e.version),
                gruppe_in_worten(e.gruppe, alle_datensaetze()[e.schluessel.datensatz]),
            )
            for e in erklaert
        ],
        notizen=notizen,
        gefragt=gefragt,
        vorschlaege=[(v, _wartet(v.frage, gefragt)) for v in vorschlaege],
        hoechstens=_HOECHSTE_ZEICHEN,
        zeit=zeit,
    )


def _wartet(frage: Frage, gefragt: list[Rueckfrage]) -> bool:
    """Whether it was put already, perhaps with words added, and is not answered yet."""
    return any(f.antwort is None and f.datensatz == frage.datensatz and f.text.startswith(frage.text) for f in gefragt)


def _bekanntes(
    anfrage: Anfrage,
) -> tuple[dict[Lieferschluessel, Feld], list[Jahresvergleich], pl.DataFrame, list[fragen.Vorschlag]]:
    """What is known of the deliveries of a Meldeeinheit and year, and the questions that follow from it."""
    land, ablage, einheit, jahr = anfrage.umfeld.land, anfrage.umfeld.ablage, anfrage.einheit.id, anfrage.jahr
    eigene = {s: f for s, f in felder(anfrage.umfeld).items() if (s.berichtsjahr, s.meldeeinheit) == (jahr, einheit)}
    with lies(anfrage.umfeld.engine) as v:
        offen = [w for w in alle_offenen(v) if w.schluessel in eigene]
    hat_vorjahr = jahr - 1 in land.berichtsjahre
    vergleiche = list(jahresvergleiche(ablage, land, einheit, jahr)) if hat_vorjahr else []
    quer = querbefunde(ablage, einheit, jahr)
    vorschlaege = [
        *fragen.zu_lieferungen(eigene, land.lieferfristen[jahr]),
        *fragen.zu_warnungen(_mit_zeilen(anfrage, offen)),
        *fragen.zu_querbefunden(quer),
        *fragen.zu_veraenderungen(vergleiche, jahr),
    ]
    return eigene, vergleiche, quer, vorschlaege


def _mit_zeilen(anfrage: Anfrage, warnungen: Iterable[OffeneWarnung]) -> Iterator[tuple[OffeneWarnung, str]]:
    """Each group of warnings with the rows it is about; those of one version stand in one protocol."""
    for (schluessel, version), gruppen in groupby(warnungen, key=lambda w: (w.schluessel, w.version)):
        daten = json.loads(anfrage.umfeld.ablage.lies(protokoll.pfad(schluessel, version, "json")))
        for warnung in gruppen:
            yield warnung, _zeilen(daten["gruppen"], warnung.gruppe)


def _zeilen(gruppen: list[dict[str, Any]], gruppe: Gruppe) -> str:
    """The rows a group of warnings is about, in words; empty where the protocol names none."""
    code, spalte = gruppe
    return "; ".join(
        zeilen_in_worten(g["bereiche"], g["anzahl"], gekuerzt=g["gekuerzt"])
        for g in gruppen
        if g["code"] == code and g["spalte"] in (spalte, spalte or None) and g["bereiche"]
    )


def _zeile(mass: Massvergleich) -> dict[str, Any]:
    """A measure beside the year before, as people read it."""
    feld = mass.spalte.feld
    neu, alt, differenz = (
        "–" if w is None else fragen.als_text(w, feld.nachkommastellen) for w in (mass.neu, mass.alt, mass.differenz)
    )
    prozent = "–" if mass.anteil is None else f"{_mit_plus(fragen.als_text(100 * mass.anteil, 1))} %"
    return {
        "label": feld.label,
        "einheit": feld.einheit,
        "neu": neu,
        "alt": alt,
        "differenz": _mit_plus(differenz),
        "prozent": prozent,
        "grund": mass.grund,
        "gross": mass.gross,
    }


def _mit_plus(text: str) -> str:
    return text if text.startswith((MINUS, "–")) or text.strip("0,") == "" else f"+{text}"


def _grenze(anfrage: Anfrage) -> str:
    """What counts as a large change, in words."""
    schwellen = anfrage.umfeld.land.schwellen
    prozent, mindestens = 100 * schwellen["veraenderung"], schwellen["veraenderung_mindestens"]
    return f"mehr als {fragen.als_text(prozent, 0)} % bei einer Summe von mindestens {fragen.als_text(mindestens, 0)}"


def _notiere(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        notiere(v, anfrage.einheit.id, anfrage.jahr, _geschrieben(anfrage, "text"), anfrage.person.id)
    return weiter(f"{_pfad(anfrage)}#t-notizen")


def _frage(anfrage: Anfrage) -> Response:
    gewaehlt = [str(k) for k in anfrage.formular.getlist("frage")]
    vorschlaege = {v.kennung: v.frage for v in _bekanntes(anfrage)[3]} if gewaehlt else {}
    if not set(gewaehlt) <= set(vorschlaege):
        raise LieferbuchError("Seit die Seite geladen wurde, hat sich etwas geändert. Bitte die Fragen neu auswählen.")
    gestellt = [_mit_zusatz(vorschlaege[k], _geschrieben(anfrage, f"zusatz-{k}")) for k in gewaehlt]
    if eigene := _geschrieben(anfrage, "eigene"):
        datensatz = anfrage.feld("datensatz")
        gestellt.append(Frage(datensatz if datensatz in anfrage.umfeld.land.datensaetze else None, eigene))
    with schreibe(anfrage.umfeld.engine) as v:
        stelle(v, anfrage.einheit.id, anfrage.jahr, gestellt, anfrage.person.id)
    return weiter(f"{_pfad(anfrage)}#t-gestellt")


def _mit_zusatz(frage: Frage, zusatz: str) -> Frage:
    return Frage(frage.datensatz, f"{frage.text} {zusatz}".strip())


def _geschrieben(anfrage: Anfrage, name: str) -> str:
    return anfrage.feld(name).strip()


def _pfad(anfrage: Anfrage) -> str:
    return f"/land/kreis/{anfrage.einheit.id}/{anfrage.jahr}"


_KREIS = "/land/kreis/{einheit}/{jahr:int}"
SEITEN = (
    Seite("GET", "/land", Recht.LAND, _neueste),
    Seite("GET", "/land/{jahr:int}", Recht.LAND, _jahr),
    Seite("GET", _KREIS, Recht.LAND, _kreis),
    Seite("POST", f"{_KREIS}/notizen", Recht.LAND, _notiere),
    Seite("POST", f"{_KREIS}/rueckfragen", Recht.LAND, _frage),
)
