"""Corrects a table and tests it: a correction counts only as far as no rule is broken that the delivery itself keeps.

What belongs here: which corrections stand under the rules. What does not: applying one (`korrekturen.py`) and the rules
(`regelpruefung.py`). A correction is the ministry's: what it breaks is told to the ministry, and the delivery stands as
it was sent.
"""

from collections.abc import Sequence

import polars as pl

from assets.pruefung.korrekturen import Berichtigt, Korrektur, wende_an
from assets.pruefung.regelpruefung import Regelergebnis, pruefe_regeln
from schemas.befunde import je_kennung
from schemas.datensaetze import alle_regeln
from schemas.modell import Datensatz, Pruefumgebung, Schwere


def berichtige_und_pruefe(
    tabelle: pl.DataFrame, datensatz: Datensatz, umgebung: Pruefumgebung, korrekturen: Sequence[Korrektur]
) -> tuple[Berichtigt, Regelergebnis]:
    """The table with its corrections, and the rules tested on it.

    Corrections belong together, as a part and its total do, so all of them are tried at once. Only if that breaks a
    rule that rejects are they tried one after the other, in their order, and those left out that break one.
    """
    berichtigt = wende_an(tabelle, datensatz, korrekturen)
    regeln = pruefe_regeln(berichtigt.tabelle, datensatz, umgebung)
    angewandt = [e.korrektur for e in berichtigt.ergebnisse if e.angewandt]
    if not angewandt or not _abweisend(regeln):
        return berichtigt, regeln
    geliefert = pruefe_regeln(tabelle, datensatz, umgebung)
    if not _neu_verletzt(regeln, geliefert):
        return berichtigt, regeln
    behalten: list[Korrektur] = []
    regelwidrig: dict[str, str] = {}
    for korrektur in angewandt:
        versuch = wende_an(tabelle, datensatz, [*behalten, korrektur])
        if verletzt := _neu_verletzt(pruefe_regeln(versuch.tabelle, datensatz, umgebung), geliefert):
            regelwidrig[korrektur.kennung] = verletzt
        else:
            behalten.append(korrektur)
    berichtigt = wende_an(tabelle, datensatz, korrekturen, regelwidrig)
    return berichtigt, pruefe_regeln(berichtigt.tabelle, datensatz, umgebung)


def _abweisend(regeln: Regelergebnis) -> dict[str, int]:
    """Breaches per rule that rejects."""
    je_regel = je_kennung(regeln.anzahl)
    return {k: zahl for k, zahl in je_regel.items() if alle_regeln()[k].schwere is Schwere.FEHLER}


def _neu_verletzt(regeln: Regelergebnis, geliefert: Regelergebnis) -> str:
    """The rules broken more often than in the table as delivered, with their titles; empty if there is none."""
    vorher = _abweisend(geliefert)
    mehr = [kennung for kennung, zahl in _abweisend(regeln).items() if zahl > vorher.get(kennung, 0)]
    return ", ".join(f"{kennung} ({alle_regeln()[kennung].text.titel})" for kennung in mehr)
