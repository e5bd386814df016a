"""Rows of `konzept`: where the Meldeeinheit stands with its Integrationskonzept, made up."""

from datetime import date
from random import Random

from pipeline.beispiele.inhalt import Auftrag, Wert, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import hat_gemeinden
from schemas.datensaetze.konzept import DATENSATZ

_TEILE = ("bedarfsanalyse", "angebotsanalyse", "leitbild", "massnahmenplanung")
_STAENDE = {"BESCHLOSSEN": 5, "IN_FORTSCHREIBUNG": 3, "IN_ARBEIT": 2, "OHNE": 1}


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """The one row."""
    strom = auftrag.strom("konzept")
    status = strom.choices(list(_STAENDE), list(_STAENDE.values()))[0]
    if auftrag.besonderheit is Besonderheit.NICHT_VORGELEGT:
        status = "BESCHLOSSEN"
    beschlossen = status in ("BESCHLOSSEN", "IN_FORTSCHREIBUNG")
    return [
        {
            "status": status,
            **_daten(auftrag, strom, beschlossen=beschlossen),
            **_inhalt(strom, status),
            **_anhoerung(auftrag, strom, status),
            **_beteiligung(auftrag, strom),
            "fsa_getrennt": "J",
            "gewaehr": "J",
        }
    ]


def _daten(auftrag: Auftrag, strom: Random, *, beschlossen: bool) -> Zeile:
    beschluss = date(strom.randint(2017, auftrag.jahr - 1), strom.randint(1, 12), strom.randint(1, 28))
    frist = DATENSATZ.gilt_ab
    vorlage = date(frist.year, frist.month, strom.randint(1, frist.day))
    nicht_vorgelegt = auftrag.besonderheit is Besonderheit.NICHT_VORGELEGT
    evaluiert = date(auftrag.jahr - 1, 11, 30) if strom.random() < 0.4 else None
    return {
        "beschluss_datum": beschluss if beschlossen else None,
        "vorgelegt_am": vorlage if beschlossen and not nicht_vorgelegt else None,
        "letzte_evaluation": evaluiert if beschlossen else None,
    }


def _inhalt(strom: Random, status: str) -> Zeile:
    sicher = {"BESCHLOSSEN": 0.95, "IN_FORTSCHREIBUNG": 0.9, "IN_ARBEIT": 0.5, "OHNE": 0.0}[status]
    return {teil: "J" if strom.random() < sicher else "N" for teil in _TEILE}


def _anhoerung(auftrag: Auftrag, strom: Random, status: str) -> Zeile:
    betroffen = status != "OHNE" and strom.random() < 0.3
    gemeinden = status != "OHNE" and hat_gemeinden(auftrag.plan.meldeeinheit)
    return {
        "gemeinden_angehoert": "J" if gemeinden else "ENTFAELLT",
        "nachbarn_betroffen": "J" if betroffen else "N",
        "nachbarn_angehoert": "J" if betroffen else "ENTFAELLT",
    }


def _beteiligung(auftrag: Auftrag, strom: Random) -> Zeile:
    beirat = strom.random() < 0.7
    sitze = strom.randint(9, 21)
    mit_hintergrund: Wert = strom.randint(sitze // 3, sitze) if strom.random() < 0.7 else "."
    gemeinden = min(len(auftrag.plan.meldeeinheit.gemeinden), strom.randint(0, 6))
    return {
        "beirat": "J" if beirat else "N",
        "beirat_sitze": sitze if beirat else None,
        "beirat_sitze_mh": mit_hintergrund if beirat else None,
        "beauftragte_hauptamtlich": "J",
        "beauftragte_ausschliesslich": "J" if strom.random() < 0.8 else "N",
        "gemeinden_mit_beauftragten": gemeinden if hat_gemeinden(auftrag.plan.meldeeinheit) else None,
    }
