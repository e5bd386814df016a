"""How the published figures follow from the cells of the open tables: what anybody needs to compute them again.

What belongs here: the catalogue as formulas over cells. What does not: values.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.indikatoren import katalog
from schemas.modell import Groesse, Herkunft, Kennzahlart, Land, Zellbezug

REGEL = (
    "Jeder Wert einer Kennzahl, jede Veränderung, jede Grenze des Zufalls und jeder Satz ist nach diesen Formeln aus "
    "gezeigten Zellen der Tabellen und aus amtlichen Zahlen berechnet. Ist eine Zelle eines Wertes gesperrt, wird auch "
    "er nicht gezeigt. Gegliedert werden Kennzahlen wie ihre Zellen; was in „fest“ steht, gilt für alle."
)
_AUS_WERTEN = ("veraenderung_zum_vorjahr", "abstand_zum_land", "trend")
"""What pages derive from the values of every indicator."""


def formeln(land: Land) -> Iterator[Mapping[str, Any]]:
    """Every variant in use that rests on deliveries, with the cells of its numerator and denominator."""
    for indikator in katalog(land):
        for variante in indikator.varianten:
            if variante.herkunft is not Herkunft.LIEFERUNG or variante.zaehler is None:
                continue
            stellen = variante.nachkommastellen
            yield {
                "kennzahl": indikator.id,
                "variante": variante.id,
                "name": indikator.name,
                "faktor": variante.faktor,
                "nachkommastellen": indikator.nachkommastellen if stellen is None else stellen,
                "zaehler": _teil(variante.zaehler),
                "nenner": None if variante.nenner is None else _teil(variante.nenner),
                "abgeleitet": [
                    *_AUS_WERTEN,
                    *(() if variante.art is Kennzahlart.BESTAND else ("grenzen_des_zufalls",)),
                ],
            }


def _teil(groesse: Groesse) -> Mapping[str, Any]:
    if not groesse.zellen:
        return {"quelle": groesse.quelle}
    return {"quelle": groesse.quelle, "zellen": [_zelle(z) for z in groesse.zellen]}


def _zelle(zelle: Zellbezug) -> Mapping[str, Any]:
    """The cell; what is as always is left out."""
    zusatz = {
        "vorzeichen": zelle.vorzeichen if zelle.vorzeichen != 1 else None,
        "jahre_zurueck": zelle.versatz,
        "fest": dict(zelle.fest),
        "statt": dict(zelle.umbenannt),
        "summe_ueber": zelle.summe_ueber,
    }
    return {"mass": zelle.mass} | {name: wert for name, wert in zusatz.items() if wert}
