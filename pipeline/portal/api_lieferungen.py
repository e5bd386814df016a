"""Delivering by program: send and have checked, hand in, ask for state, findings and receipt.

What belongs here: these addresses. What does not: what becomes of a file (`annahme.py`, as for pages).

Two steps, as a person has them: sending only checks and counts for nothing, handing in makes a version with a receipt.
Both may be repeated: the same bytes give the same answer.
"""

import json
import re
from dataclasses import asdict
from email.message import Message
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from assets.eingang import hochgeladen
from assets.eingang.dateiname import DateinameError
from assets.eingang.empfang import Beleg, belege_von, pruefsumme
from pipeline.portal.abbruch import Abbruch, nicht_gefunden
from pipeline.portal.annahme import Datei, dateiname, endung, gib_ab, pruefe_nur, zuordnen
from pipeline.portal.api_rahmen import OKTETTE, PFAD, Aufruf, Endpunkt, Rumpf, gib
from pipeline.portal.api_schema import SCHEMATA
from pipeline.portal.felder import felder
from pipeline.portal.grenzen import ABGABE, KLEIN
from pipeline.portal.quittung import empfangen, gebucht_als
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_abgabe import fassungen_von
from pipeline.portal.seiten_fassung import beleg_von, protokoll_von
from pipeline.portal.seiten_vorlagen import ARTEN
from schemas.lieferbuch import FASSUNGSZUSTAND, UEBER_API, UEBERNOMMEN, was_nun
from schemas.lieferstand import ZUSTAND

_SHA256 = re.compile(SCHEMATA["Einreichung"]["properties"]["sha256"]["pattern"])
_EINREICHEN = "Bitte einreichen; vorher zählt die Datei nicht."
_LEER = "Es kam keine Datei an. Bitte die Bytes der Datei als Inhalt der Anfrage senden."
_KEINE_SUMME = (
    'Bitte die Prüfsumme der hochgeladenen Datei senden, als JSON in der Form {"sha256": "…"} mit 64 Zeichen 0-9, a-f.'
)
_NICHT_DA = (
    "Diese Datei wurde für diese Lieferung nicht hochgeladen, oder das ist zu lange her. Bitte die Datei noch einmal "
    "hochladen und dann einreichen."
)


def _lade_hoch(aufruf: Aufruf) -> Response:
    """Checks what was sent and keeps it for being handed in."""
    if not aufruf.gesandt:
        raise Abbruch(422, "Leer", _LEER)
    ablage, land, schluessel = aufruf.umfeld.ablage, aufruf.umfeld.land, aufruf.schluessel
    datei = Datei(_name(aufruf), aufruf.gesandt)
    try:
        zuordnen(datei, land, schluessel.meldeeinheit, schluessel.berichtsjahr, schluessel.datensatz)
    except DateinameError as fehler:
        raise Abbruch(422, "Andere Lieferung", str(fehler)) from fehler
    sha256 = pruefsumme(datei.inhalt)
    # What is stored but not booked counts as not handed in: then handing in finishes what was begun.
    fassung = next((f for f in fassungen_von(aufruf) if f.sha256 == sha256), None)
    if fassung is not None:
        angaben = asdict(beleg_von(aufruf, fassung.version))
        geprueft = _pruefergebnis(aufruf, Datei(fassung.dateiname, datei.inhalt), angaben)
        return gib({**geprueft, "was_nun": fassung.was_nun, "version": fassung.version, "verfaellt_am": None})
    eintrag, neu = hochgeladen.lege_ab(ablage, schluessel, datei.name, datei.inhalt)
    angaben = {"dateiname": eintrag.dateiname, "eingegangen_am": eintrag.hochgeladen_am, "weg": UEBER_API}
    geprueft = _pruefergebnis(aufruf, Datei(eintrag.dateiname, datei.inhalt), angaben)
    status = HTTPStatus.CREATED if neu else HTTPStatus.OK
    return gib({**geprueft, "version": None, "verfaellt_am": eintrag.verfaellt_am}, status)


def _name(aufruf: Aufruf) -> str:
    """What the file is called: as was sent beside it, else as the address says."""
    kopf = Message()
    kopf["Content-Disposition"] = aufruf.request.headers.get("content-disposition", "attachment")
    if gesandt := kopf.get_filename():
        return dateiname(gesandt)
    s = aufruf.schluessel
    return f"{s.datensatz}_{s.meldeeinheit}_{s.berichtsjahr}.{endung(aufruf.gesandt)}"


def _beleg_zu(aufruf: Aufruf, sha256: str) -> Beleg | None:
    """The receipt of these bytes, if they were stored as a version before."""
    belege = belege_von(aufruf.umfeld.ablage, aufruf.schluessel)
    return next((b for b in belege if b.sha256 == sha256), None)


def _pruefergebnis(aufruf: Aufruf, datei: Datei, angaben: dict[str, Any]) -> dict[str, Any]:
    """The verdict on a file; `angaben` is what its receipt or its upload says of it, whenever it is asked for."""
    (ergebnis,) = pruefe_nur(datei, aufruf.umfeld.land, aufruf.schluessel, aufruf.schluessel)
    if ergebnis.protokoll is None:
        raise RuntimeError("Die Prüfung einer einzelnen Lieferung hat immer ein Protokoll")
    daten = ergebnis.protokoll.daten
    daten = {**daten, "beleg": {**daten["beleg"], **angaben}}
    zustand = daten["zustand"]
    return {
        **asdict(aufruf.schluessel),
        "sha256": daten["beleg"]["sha256"],
        "zustand": zustand,
        "zustand_label": ZUSTAND.label_von(zustand),
        "was_nun": _EINREICHEN if zustand in UEBERNOMMEN else was_nun(zustand),
        "anzahl": daten["anzahl"],
        "protokoll": daten,
    }


def _reiche_ein(aufruf: Aufruf) -> Response:
    """Makes a file that was sent the next version; one that is a version already gets its receipt again."""
    ablage, schluessel, sha256 = aufruf.umfeld.ablage, aufruf.schluessel, _pruefsumme_aus(aufruf.gesandt)
    gefunden, beleg = hochgeladen.finde(ablage, schluessel, sha256), _beleg_zu(aufruf, sha256)
    if gefunden is not None:
        datei = Datei(gefunden[0].dateiname, gefunden[1])
    elif beleg is not None:
        # Whoever asks again because no answer came may be the one who finishes what was begun.
        datei = Datei(beleg.dateiname, ablage.lies(beleg.pfad))
    else:
        raise Abbruch(409, "Nicht hochgeladen", _NICHT_DA)
    (ergebnis,) = gib_ab(aufruf.umfeld, aufruf.person.id, datei, schluessel, UEBER_API)
    if ergebnis.ablehnung:
        raise Abbruch(422, "Nicht angenommen", ergebnis.ablehnung)
    hochgeladen.vergiss(ablage, schluessel, sha256)
    status = HTTPStatus.OK if ergebnis.war_bekannt else HTTPStatus.CREATED
    ort = f"{_pfad(aufruf)}/fassungen/{ergebnis.version}/quittung"
    return gib(_quittungsdaten(aufruf, ergebnis.version), status, {"Location": ort})


def _pruefsumme_aus(gesandt: bytes) -> str:
    try:
        daten = json.loads(gesandt)
    except (ValueError, RecursionError):
        daten = None
    summe = daten.get("sha256") if isinstance(daten, dict) and len(daten) == 1 else None
    if not isinstance(summe, str) or not _SHA256.fullmatch(summe):
        raise Abbruch(422, "Prüfsumme fehlt", _KEINE_SUMME)
    return summe


def _pfad(aufruf: Aufruf) -> str:
    return f"{PFAD}/lieferungen/{aufruf.schluessel.ordner}"


def _stand(aufruf: Aufruf) -> Response:
    """Where the delivery stands, as the portal's pages say it."""
    schluessel = aufruf.schluessel
    feld = felder(aufruf.umfeld)[schluessel]
    fassungen = [
        {
            **{k: wert for k, wert in asdict(f).items() if k != "ereignisse"},
            "zustand_label": FASSUNGSZUSTAND.label_von(f.zustand),
        }
        for f in fassungen_von(aufruf)
    ]
    return gib(
        {
            **asdict(schluessel),
            "frist": aufruf.umfeld.land.lieferfristen[schluessel.berichtsjahr].isoformat(),
            "ueberfaellig": feld.ueberfaellig,
            "zustand": feld.code,
            "zustand_label": feld.label,
            "was_nun": feld.was_nun,
            "neueste_version": feld.version,
            "gueltige_version": feld.gueltig,
            "fassungen": fassungen,
        }
    )


def _befunde(aufruf: Aufruf) -> Response:
    """The protocol of a version, as it is stored."""
    daten = protokoll_von(aufruf, aufruf.version)
    if daten is None:
        raise nicht_gefunden()
    return gib(daten)


def _quittung(aufruf: Aufruf) -> Response:
    return gib(_quittungsdaten(aufruf, aufruf.version))


def _quittungsdaten(aufruf: Aufruf, version: int) -> dict[str, Any]:
    beleg, daten = beleg_von(aufruf, version), protokoll_von(aufruf, version)
    zustand, von = gebucht_als(aufruf.umfeld, beleg)
    angaben = asdict(beleg)
    return {
        **{k: angaben[k] for k in angaben if k not in ("endung", "synthetisch")},
        "nummer": beleg.nummer,
        "abgegeben_von": von,
        "zustand": zustand,
        "zustand_label": FASSUNGSZUSTAND.label_von(zustand),
        "was_nun": was_nun(zustand),
        "zeilen": daten["zeilen"] if daten else None,
        "regel_version": daten["regel_version"] if daten else None,
        "siegel": aufruf.umfeld.siegel.setze(empfangen(aufruf.umfeld.land, beleg, von, daten)),
    }


_LIEFERUNG = "/lieferungen/{einheit}/{jahr:int}/{datensatz}"
_DATEI: dict[str, Any] = {"type": "string", "format": "binary", "minLength": 1}
ENDPUNKTE = (
    Endpunkt(
        "PUT",
        _LIEFERUNG,
        Recht.ABGEBEN,
        _lade_hoch,
        kennung="hochladen",
        titel="Datei hochladen und prüfen",
        beschreibung=(
            "Prüft die gesandten Bytes wie das Portal und bewahrt sie sieben Tage für das Einreichen auf. Dieselben "
            "Bytes noch einmal ergeben dieselbe Antwort, dann mit Status 200. Wie die Datei heißt, kann in der "
            "Kopfzeile Content-Disposition stehen; was sie ist, sagt allein die Adresse."
        ),
        antworten={201: ("Hochgeladen und geprüft", "Pruefergebnis"), 200: ("War schon da", "Pruefergebnis")},
        rumpf=Rumpf(
            "Die Bytes der Datei, CSV oder XLSX, wie sie ist",
            {
                OKTETTE: _DATEI,
                "text/csv": _DATEI,
                ARTEN["xlsx"]: _DATEI,
            },
            ABGABE,
        ),
    ),
    Endpunkt(
        "GET",
        _LIEFERUNG,
        Recht.SEHEN,
        _stand,
        kennung="stand",
        titel="Stand einer Lieferung",
        beschreibung="Wo die Lieferung steht, was als Nächstes zu tun ist, und alle Fassungen.",
        antworten={200: ("Der Stand", "Lieferung")},
    ),
    Endpunkt(
        "POST",
        f"{_LIEFERUNG}/einreichen",
        Recht.ABGEBEN,
        _reiche_ein,
        kennung="einreichen",
        titel="Hochgeladene Datei einreichen",
        beschreibung=(
            "Macht die hochgeladene Datei mit dieser Prüfsumme zur nächsten Fassung der Lieferung. Abgegeben hat sie "
            "die Person, für die der Zugangsschlüssel steht; freigeben kann nur eine andere, im Portal. Ist die Datei "
            "schon eingereicht, kommt ihre Quittung noch einmal, mit Status 200."
        ),
        antworten={201: ("Eingereicht", "Quittung"), 200: ("War schon eingereicht", "Quittung")},
        weitere_fehler=(403, 409),
        rumpf=Rumpf(
            "Die Prüfsumme der hochgeladenen Datei",
            {"application/json": {"$ref": "#/components/schemas/Einreichung"}},
            KLEIN,
        ),
    ),
    Endpunkt(
        "GET",
        f"{_LIEFERUNG}/fassungen/{{version:int}}/befunde",
        Recht.SEHEN,
        _befunde,
        kennung="befunde",
        titel="Befunde einer Fassung",
        beschreibung="Das Prüfprotokoll einer eingereichten Fassung, sobald sie geprüft ist.",
        antworten={200: ("Das Prüfprotokoll", "Protokoll")},
    ),
    Endpunkt(
        "GET",
        f"{_LIEFERUNG}/fassungen/{{version:int}}/quittung",
        Recht.SEHEN,
        _quittung,
        kennung="quittung",
        titel="Quittung einer Fassung",
        beschreibung="Die Bestätigung, dass eine Fassung eingegangen ist, mit ihrem Stand beim Abruf.",
        antworten={200: ("Die Quittung", "Quittung")},
    ),
)
