"""A Land in which everything a Kurzfassung can show is there, long, and too much."""

from dataclasses import replace
from typing import Any

import polars as pl

from assets.auswertung.trends import trends
from assets.berichte.daten import Berichtsdaten
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Herkunft, Indikator, Richtung, Variante
from tests.berichte import welt

KREIS, JAHR = "X4", welt.JAHRE[-1]
SATZ = "Die Beratungszentren sollen mit ihren bisherigen Stellen und Außenstellen weitergeführt werden."
GEHEIM = 918273.0
"""A figure that is withheld; nothing may show it, however it is written."""
_NAME = "Anteil der zugewanderten Einwohnerinnen und Einwohner mit langem Merkmal"
_GROESSE = welt.KATALOG[1].varianten[0].zaehler


def katalog(anzahl: int = 48) -> tuple[Indikator, ...]:
    """Rates with long names in many Themenfelder."""
    return tuple(
        Indikator(
            f"TST-{n:02}",
            f"{_NAME} {n}",
            f"Themenfeld {n % 12}",
            "Was gezählt wird.",
            "Prozent",
            (Variante("A", "geliefert", Herkunft.LIEFERUNG, _GROESSE, _GROESSE, faktor=100),),
            nachkommastellen=1,
            richtung=Richtung.HOEHER_BESSER if n % 2 else Richtung.NEUTRAL,
        )
        for n in range(anzahl)
    )


def werte(kennzahlen: tuple[Indikator, ...]) -> pl.DataFrame:
    """Each differs from the Land and from the year before by more than chance; half of them may not be compared."""
    zeilen: list[dict[str, Any]] = []
    for n, indikator in enumerate(kennzahlen):
        wie: dict[str, Any] = {"nenner": 20_000.0, "vgl_land": "eingeschraenkt"}
        if n % 2:
            gruende = ("BRUCH", "RUMPF", "VORJAHR_FEHLT", "ZAEHLWEISE;TRAEGER_FEHLT", "LAND_DUENN", "GEBIETSSTAND")
            wie |= {"vgl_vorjahr": "nicht_vergleichbar", "gruende": gruende[n // 2 % len(gruende)]}
            wie |= {"vgl_land": "nicht_vergleichbar"} if n % 3 == 0 else {}
        for jahr in welt.JAHRE:
            wert = 40.0 + 10 * (jahr - JAHR) + n
            grenzen = {"ki_unten": wert - 0.5, "ki_oben": wert + 0.5, "zaehler": wert * 200}
            zeilen += [
                welt.zeile(indikator.id, "A", KREIS, jahr, wert, **grenzen, **wie),
                welt.zeile(indikator.id, "A", "X1", jahr, GEHEIM, wertstatus="G", zaehler=GEHEIM),
                welt.zeile(indikator.id, "A", "99", jahr, 20.0, nenner=100_000.0, zaehler=20_000.0),
            ]
    return welt.tabelle(zeilen)


def texte(vorschlag: str = f"{SATZ} {SATZ}", anzahl: int = 20) -> pl.DataFrame:
    """Proposals of the Kreis, each of its own."""
    zeilen = [
        {
            "meldeeinheit": KREIS,
            "berichtsjahr": JAHR,
            "abschnitt": "VORSCHLAG_INTENSIVIERUNG",
            "berichtspunkt": "P3",
            "text": f"{vorschlag} Vorschlag Nummer {n} endet hier.",
            "zeile": n,
        }
        for n in range(anzahl)
    ]
    return pl.DataFrame(zeilen, schema=alle_datensaetze()["meldung"].polars_schema)


def berichtsdaten(**anders: Any) -> Berichtsdaten:
    """The whole input; `anders` replaces parts of it."""
    kennzahlen = katalog()
    das_land = replace(welt.land(), name="Großes Musterland an der Grenze")
    tabelle = werte(kennzahlen)
    hinweis = "Erfundene Beispieldaten: Die Lieferungen stammen von keinem Kreis, und keine Zahl darin ist gezählt."
    teile: dict[str, Any] = {
        "land": das_land,
        "katalog": kennzahlen,
        "werte": tabelle,
        "trends": trends(tabelle, kennzahlen),
        "texte": texte(),
        "hinweise": (hinweis, hinweis),
    }
    return welt.berichtsdaten(**teile | anders)
