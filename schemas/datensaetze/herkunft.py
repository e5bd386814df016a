"""Dataset `herkunft`: foreigners, or people with migration background, by state."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.datensaetze.bevoelkerung import LIEFERBARE_KONZEPTE, R06B
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import erste_zeile_je, mit_zahlwort, verschiedene
from schemas.spalten import mass, schluessel
from schemas.staaten import DEUTSCHLAND, KEIN_STAAT

DATENSATZ = Datensatz(
    name="herkunft",
    label="Herkunftsstaaten",
    beschreibung="Personen nach Staatsangehörigkeit oder Bezugsstaat, alle Staaten.",
    koernung="eine Zeile je Stichtag, Konzept und Staat",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.STICHTAG),
        schluessel(f.KONZEPT, erlaubt=LIEFERBARE_KONZEPTE),
        schluessel(f.STAAT),
        mass(f.PERSONEN),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 1 Buchst. c KomIntAVO; § 5 Abs. 1 SächsIntG",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Alle Staaten werden geliefert; die zehn häufigsten werden daraus berechnet.",
        "Bei Ausländerkonzepten zählt die Staatsangehörigkeit, sonst der Bezugsstaat: nie miteinander vergleichen.",
        "997, 998 und 999 zählen mit, sind aber keine Herkunftsländer.",
    ),
)

ZU_BENENNEN = 10
"""§ 14 Abs. 2 Nr. 1 Buchst. c KomIntAVO: the ten most frequent states are to be named."""


def _keine_deutschen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    auslaender = pl.col("konzept").str.starts_with("AUSL_")
    return [Bedingung("staat", ~auslaender | (pl.col("staat") != DEUTSCHLAND), {"konzept": pl.col("konzept")})]


def _genug_staaten(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    stand = ["stichtag", "konzept"]
    anzahl = verschiedene("staat", ~pl.col("staat").is_in([DEUTSCHLAND, *KEIN_STAAT]), stand)
    werte = {
        "staaten": mit_zahlwort(anzahl, "Staat", "Staaten"),
        "stichtag": pl.col("stichtag"),
        "noetig": pl.lit(ZU_BENENNEN),
    }
    return [Bedingung("staat", erste_zeile_je(stand, anzahl >= ZU_BENENNEN), werte)]


_QUELLE = "§ 14 Abs. 2 Nr. 1 Buchst. c KomIntAVO"

REGELN: tuple[Regel, ...] = (
    R06B,
    Regel(
        "R25a",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Deutschland im Ausländerkonzept",
            "Das Konzept {konzept} zählt Ausländerinnen und Ausländer; der Schlüssel {wert} steht für Deutschland.",
            "Bitte die Zeile löschen oder das Konzept berichtigen.",
        ),
        _QUELLE,
        _keine_deutschen,
    ),
    Regel(
        "R25b",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Wenige Staaten",
            "Für den {stichtag} liegen Angaben nur zu {staaten} vor; zu benennen sind die {noetig} häufigsten.",
            "Bitte alle Staaten liefern, auch die seltenen, oder kurz bestätigen, dass es nicht mehr gibt.",
        ),
        _QUELLE,
        _genug_staaten,
    ),
)
