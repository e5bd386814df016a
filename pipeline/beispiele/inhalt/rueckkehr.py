"""Rows of `rueckkehr`: departures in proportion to the persons advised, as the Land once counted them."""

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.inhalt.beratung import PERSONEN_JE_RUECKKEHRBERATUNG, jahresmenge
from pipeline.beispiele.zufall import aufteilen, streuung
from schemas.codelisten import PROGRAMM, ZIELREGION

_AUSREISEN_JE_PERSON = 0.13
"""The Land counted 769 departures and 3,020 persons advised in 2018, whether one led to the other or not."""
_ANTEIL_AUFGRUND = 0.7
_PROGRAMME = (70, 12, 4, 14)
_REGIONEN = {"WESTBALKAN": 30, "EUROPA": 18, "ASIEN": 34, "AFRIKA": 6, "AMERIKA": 12}
_UNBEKANNTE_REGION = ZIELREGION.schluessel[-1]


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """Departures by programme, those of the largest one also by region; nothing without Rückkehrberatung."""
    von, bis = auftrag.zeitraum
    stellen = [s for s in auftrag.plan.stellen if s.art == "RKB" and s.tage(von, bis)]
    if not stellen:
        return []
    beraten = sum(jahresmenge(auftrag, s) for s in stellen) * PERSONEN_JE_RUECKKEHRBERATUNG
    strom = auftrag.strom("rueckkehr", auftrag.jahr)
    aufgrund = round(beraten * _AUSREISEN_JE_PERSON * streuung(strom, 0.12))
    nachweis = auftrag.strom("rueckkehr", "nachweis").choice(("DOKUMENTIERT", "DOKUMENTIERT", "NUR_ZEITLICH"))
    ergebnis: list[Zeile] = []
    for programm, anzahl in zip(PROGRAMM.schluessel, aufteilen(aufgrund, _PROGRAMME), strict=True):
        regionen = _REGIONEN if programm == PROGRAMM.schluessel[0] else {_UNBEKANNTE_REGION: 1}
        for region, teil in zip(regionen, aufteilen(anzahl, list(regionen.values())), strict=True):
            gesamt = teil + round(teil * (1 / _ANTEIL_AUFGRUND - 1) * streuung(strom, 0.3))
            werte: Zeile = {"ausreisen_aufgrund_beratung": teil, "ausreisen_gesamt": gesamt, "nachweis": nachweis}
            ergebnis.append({"programm": programm, "zielregion": region, **werte})
    return ergebnis
