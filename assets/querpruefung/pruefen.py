"""Runs all rules across files that apply in a Land on an open state.

What belongs here: which function tests which rule.
"""

from collections.abc import Callable, Mapping

import polars as pl

from assets.fortschritt import melde
from assets.querpruefung import aufgaben, geld, konzepte, korrektur, stellen, summen, vergleich, verhaeltnisse, verlauf
from assets.querpruefung import zaehlweise as zw
from assets.querpruefung.befunde import als_befunde
from assets.querpruefung.lage import Lage
from schemas.modell import nur_lesen
from schemas.querbefunde import SCHLUESSEL, SPALTEN
from schemas.regeln_quer import anwendbare

PRUEFUNGEN: Mapping[str, Callable[[Lage], pl.DataFrame]] = nur_lesen(
    {
        "R17a": stellen.stelle_ohne_angaben,
        "R17b": stellen.stelle_unbekannt,
        "R23a": aufgaben.leer_trotz_aufgabe,
        "R23b": aufgaben.aufgabe_ohne_angaben,
        "R23c": aufgaben.angaben_trotz_fehlanzeige,
        "R23d": korrektur.geleerte_lieferungen,
        "R23e": aufgaben.leer_ohne_erklaerung,
        "R30": summen.abweichung_von_amtlich,
        "R31": summen.herkunft_ungleich_bevoelkerung,
        "R32": verhaeltnisse.betreuungsschluessel,
        "R33": summen.mehr_ausreisen_als_beratene,
        "R34": geld.zuweisung_nach_formel,
        "R35": verhaeltnisse.beratungen_je_vollzeitstelle,
        "R36": geld.ausgaben_ueber_mitteln,
        "R40a": verlauf.sprung_zum_vorjahr,
        "R40b": verlauf.anders_als_alle,
        "R41a": zw.konzept_gewechselt,
        "R41b": zw.zaehlweise_gewechselt,
        "R42": stellen.stelle_verschwunden,
        "R43": verlauf.zahlen_wie_im_vorjahr,
        "R44": korrektur.berichtigte_lieferungen,
        "R50a": vergleich.ausreisser_im_trichter,
        "R50b": vergleich.null_wo_andere_zahlen_haben,
        "R51": konzepte.vermischte_konzepte,
    }
)
"""The function that finds the breaches of each rule; a rule without one fails the run."""


def pruefe_quer(lage: Lage) -> pl.DataFrame:
    """All findings in a state, columns of `schemas.querbefunde.SPALTEN`, sorted by key."""
    regeln = anwendbare(lage.land)
    teile = [pl.DataFrame(schema=SPALTEN)]
    for nummer, (kennung, quer) in enumerate(regeln.items(), 1):
        teile.append(als_befunde(quer.regel, PRUEFUNGEN[kennung](lage)))
        melde("Querprüfung", nummer, len(regeln))
    return pl.concat(teile).sort(SCHLUESSEL)
