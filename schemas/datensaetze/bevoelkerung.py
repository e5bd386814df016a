"""Dataset `bevoelkerung`: population with and without migration background, by sex, age and, on wish, Gemeinde."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import ALTERSGRUPPE, GESAMT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import enthaelt_teile, hoechstens_gesamt, summe_der_teile, summe_gleich_gesamt
from schemas.spalten import mass, schluessel

LIEFERBARE_KONZEPTE = ("AUSL_AZR", "AUSL_FORT", "MH_MELDE", "MH_MZ", "EG_MZ", "EG_ZENSUS22", "MH_ZENSUS11")

DATENSATZ = Datensatz(
    name="bevoelkerung",
    label="Bevölkerung",
    beschreibung="Personen insgesamt, mit und ohne Migrationshintergrund, nach Konzept, Geschlecht und Altersgruppe.",
    koernung="eine Zeile je Stichtag, Gemeinde, Konzept, Gruppe, Geschlecht und Altersgruppe",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.STICHTAG),
        schluessel(f.GEMEINDE_AGS, vorgabe=GESAMT),
        schluessel(f.KONZEPT, erlaubt=LIEFERBARE_KONZEPTE),
        schluessel(f.GRUPPE),
        schluessel(f.GESCHLECHT, vorgabe=GESAMT),
        schluessel(f.ALTERSGRUPPE, vorgabe=GESAMT),
        mass(f.PERSONEN),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO; § 5 Abs. 1 SächsIntG",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Werte verschiedener Konzepte werden nie miteinander verglichen oder zusammengezählt.",
        "Mit der ersten Lieferung auch der 31.12. des Vorjahres.",
    ),
)

EIGENES_REGISTER = ("AUSL_FORT", "MH_MELDE")
"""Concepts counted in registers that also know the rest of the population, at every year's end."""
STICHTAG_JAHRESENDE = ("AUSL_AZR", *EIGENES_REGISTER)
RUNDUNG_AZR = 2.0
"""The Ausländerzentralregister rounds each figure to a multiple of 5, so it is off by at most 2."""


def _toleranz() -> pl.Expr:
    return pl.when(pl.col("konzept").is_in(EIGENES_REGISTER)).then(0.0).otherwise(RUNDUNG_AZR)


def _jahresende(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    jahr = umgebung.berichtsjahr
    erlaubt = [date(jahr, 12, 31), date(jahr - 1, 12, 31)]
    frei = ~pl.col("konzept").is_in(STICHTAG_JAHRESENDE) & (pl.col("stichtag") <= pl.lit(erlaubt[0]))
    return [Bedingung("stichtag", frei | pl.col("stichtag").is_in(erlaubt), {"jahr": pl.lit(jahr)})]


def _geschlechter(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    gleich = summe_gleich_gesamt("personen", "geschlecht", datensatz.schluessel, _toleranz())
    vollstaendig = enthaelt_teile("geschlecht", ("M", "W"), datensatz.schluessel)
    return [Bedingung("personen", pl.when(vollstaendig).then(gleich), {"gliederung": pl.lit("Geschlechter")})]


def _altersgruppen(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    gleich = summe_gleich_gesamt("personen", "altersgruppe", datensatz.schluessel, _toleranz())
    gruppen = [c for c in ALTERSGRUPPE.schluessel if c != GESAMT]
    vollstaendig = enthaelt_teile("altersgruppe", gruppen, datensatz.schluessel)
    return [Bedingung("personen", pl.when(vollstaendig).then(gleich), {"gliederung": pl.lit("Altersgruppen")})]


def _mit_und_ohne(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    rest = [s for s in datensatz.schluessel if s != "gruppe"]

    def wert(gruppe: str) -> pl.Expr:
        # One row at most, for keys are unique (R04).
        return pl.when(pl.col("gruppe") == gruppe).then(pl.col("personen")).max().over(rest)

    gilt = pl.when((pl.col("gruppe") == "INSGESAMT") & pl.col("konzept").is_in(EIGENES_REGISTER)).then(
        wert("MIT") + wert("OHNE") == pl.col("personen")
    )
    return [Bedingung("personen", gilt, {"summe": wert("MIT") + wert("OHNE")})]


def _gemeinden(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    rest = [s for s in datensatz.schluessel if s != "gemeinde_ags"]
    toleranz = _toleranz() * pl.len().over(rest)
    gilt = hoechstens_gesamt("personen", "gemeinde_ags", datensatz.schluessel, toleranz)
    summe = summe_der_teile("personen", "gemeinde_ags", datensatz.schluessel)
    return [Bedingung("personen", gilt, {"summe": summe})]


def _nur_mit(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("gruppe", (pl.col("konzept") != "AUSL_AZR") | (pl.col("gruppe") == "MIT"))]


_QUELLE = "§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO"

R06B = Regel(
    "R06b",
    Schwere.FEHLER,
    Umfang.ZELLE,
    Fehlertext(
        "Stichtag nicht am Jahresende",
        "Der Stichtag {wert} ist nicht der 31.12. des Jahres {jahr} oder des Vorjahres.",
        "Bitte den Bestand zum 31.12. liefern; nur Zensus und Mikrozensus haben andere Stichtage.",
    ),
    _QUELLE,
    _jahresende,
)
"""Holds for every dataset that counts persons by Konzept."""

REGELN: tuple[Regel, ...] = (
    R06B,
    Regel(
        "R10a",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Summe der Geschlechter",
            "Die {gliederung} ergeben zusammen nicht die Gesamtzahl {wert}.",
            "Bitte die Teilzahlen und die Zeile mit geschlecht = T prüfen; auch „divers“ und „ohne Angabe“ zählen mit.",
        ),
        _QUELLE,
        _geschlechter,
    ),
    Regel(
        "R10b",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Summe der Altersgruppen",
            "Die {gliederung} ergeben zusammen nicht die Gesamtzahl {wert}.",
            "Bitte die Teilzahlen und die Zeile mit altersgruppe = T prüfen.",
        ),
        _QUELLE,
        _altersgruppen,
    ),
    Regel(
        "R10c",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Mit und ohne ergibt nicht insgesamt",
            "Personen mit und ohne Merkmal ergeben zusammen {summe}, insgesamt stehen {wert} da.",
            "Bitte die drei Zeilen (MIT, OHNE, INSGESAMT) miteinander vergleichen.",
        ),
        _QUELLE,
        _mit_und_ohne,
    ),
    Regel(
        "R10d",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Gemeinden ergeben mehr als das Ganze",
            "Die Gemeinden ergeben zusammen {summe}, für die ganze Meldeeinheit stehen {wert} da.",
            "Bitte die Gemeindezeilen prüfen; häufig ist eine Gemeinde doppelt oder falsch zugeordnet.",
        ),
        _QUELLE,
        _gemeinden,
    ),
    Regel(
        "R10e",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Gruppe passt nicht zum Konzept",
            "Das Ausländerzentralregister kennt nur Personen MIT dem Merkmal, nicht „{wert}“.",
            "Bitte für AUSL_AZR nur Zeilen mit gruppe = MIT liefern.",
        ),
        _QUELLE,
        _nur_mit,
    ),
)
