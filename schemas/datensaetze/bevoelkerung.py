"""Dataset `bevoelkerung`: population with and without migration background, by sex, age and, on wish, Gemeinde."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import ALTERSGRUPPE, GESAMT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang, nur_lesen
from schemas.regelbausteine import (
    alle_gesamt,
    enthaelt_teile,
    erste_zeile_je,
    hoechstens_gesamt,
    kommt_vor,
    leer,
    nur_erste_zeile,
    summe_der_teile,
    summe_gleich_gesamt,
)
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
        mass(f.ZUZUEGE, pflicht=False),
        mass(f.FORTZUEGE, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO; § 5 Abs. 1, § 26 mit § 25 Satz 2 SächsIntG",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Werte verschiedener Konzepte werden nie miteinander verglichen oder zusammengezählt.",
        "Mit der ersten Lieferung auch der 31.12. des Vorjahres.",
        "Zu- und Fortzüge (freiwillig) zeigen die Einwanderung; sie gelten für das ganze Kalenderjahr, auch im ersten "
        "Berichtszeitraum, und gehen im Bestand nicht auf: Geburten, Sterbefälle und Einbürgerungen kommen hinzu.",
    ),
)

EIGENES_REGISTER = ("AUSL_FORT", "MH_MELDE")
"""Concepts counted in registers that also know the rest of the population, at every year's end."""
STICHTAG_JAHRESENDE = ("AUSL_AZR", *EIGENES_REGISTER)
RUNDUNG_AZR = 2.0
"""The Ausländerzentralregister rounds each figure to a multiple of 5, so it is off by at most 2."""
ABWEICHUNG_JE_ZELLE: Mapping[str, float] = nur_lesen(
    {
        "MH_MELDE": 0.0,  # counted and passed on as it is
        "AUSL_AZR": RUNDUNG_AZR,
        "MH_MZ": 500.0,  # extrapolated from a sample and published in thousands
        "EG_MZ": 500.0,
    }
)
"""By how many persons each figure of a Konzept may be off, so that parts need not add up to their total.

How much official tables of the Fortschreibung change single figures (Cell-Key) is not published; what R30 grants one
figure (`amtlich_fort_personen` of the Land) is granted here as well. The censuses are missing: they altered their
figures by procedures of their own (Cell-Key in 2022, SAFE in 2011, where origin was a sample besides), and say that
their tables do not add up. They are not judged.
"""
VERBORGEN_AZR = 2.0
"""The Ausländerzentralregister keeps figures below 3 secret; a row that is not there may stand for as many persons."""


def _toleranz(umgebung: Pruefumgebung) -> pl.Expr:
    """Persons each figure may be off; null where sums are not judged."""
    je_zelle = {**ABWEICHUNG_JE_ZELLE, "AUSL_FORT": umgebung.land.schwellen["amtlich_fort_personen"]}
    return pl.col("konzept").replace_strict(je_zelle, default=None, return_dtype=pl.Float64)


def _toleranz_der_summe(dimension: str, schluessel: Sequence[str], umgebung: Pruefumgebung) -> pl.Expr:
    return _toleranz(umgebung) * pl.len().over([s for s in schluessel if s != dimension])


def _jahresende(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    jahr = umgebung.berichtsjahr
    erlaubt = [date(jahr, 12, 31), date(jahr - 1, 12, 31)]
    frei = ~pl.col("konzept").is_in(STICHTAG_JAHRESENDE) & (pl.col("stichtag") <= pl.lit(erlaubt[0]))
    return [Bedingung("stichtag", frei | pl.col("stichtag").is_in(erlaubt), {"jahr": pl.lit(jahr)})]


def _gleiche_geschlechter(datensatz: Datensatz, umgebung: Pruefumgebung) -> pl.Expr:
    """Whether the sexes add up to the total; null unless M and W are there."""
    rest = [s for s in datensatz.schluessel if s != "geschlecht"]
    selten = pl.col("geschlecht").is_in(["D", "X"]).sum().over(rest).cast(pl.Int64)
    verborgen = pl.when(pl.col("konzept") == "AUSL_AZR").then(VERBORGEN_AZR * (2 - selten)).otherwise(0.0)
    gleich = summe_gleich_gesamt("personen", "geschlecht", datensatz.schluessel, _toleranz(umgebung), verborgen)
    return pl.when(enthaelt_teile("geschlecht", ("M", "W"), datensatz.schluessel)).then(gleich)


def _gleiche_altersgruppen(datensatz: Datensatz, umgebung: Pruefumgebung) -> pl.Expr:
    """Whether the age groups add up to the total; null unless all are there."""
    gleich = summe_gleich_gesamt("personen", "altersgruppe", datensatz.schluessel, _toleranz(umgebung))
    gruppen = [c for c in ALTERSGRUPPE.schluessel if c != GESAMT]
    return pl.when(enthaelt_teile("altersgruppe", gruppen, datensatz.schluessel)).then(gleich)


def _gruppe(gruppe: str, schluessel: Sequence[str]) -> pl.Expr:
    """The persons of a group under the same other keys; one row at most, for keys are unique (R04)."""
    rest = [s for s in schluessel if s != "gruppe"]
    return pl.when(pl.col("gruppe") == gruppe).then(pl.col("personen")).max().over(rest)


def _gleiche_gruppen(datensatz: Datensatz, umgebung: Pruefumgebung) -> pl.Expr:
    """Whether persons with and without the Merkmal add up to all; null unless both are known."""
    summe = _gruppe("MIT", datensatz.schluessel) + _gruppe("OHNE", datensatz.schluessel)
    betrifft = (pl.col("gruppe") == "INSGESAMT") & pl.col("konzept").is_in(EIGENES_REGISTER)
    return pl.when(betrifft).then((summe - pl.col("personen")).abs() <= 3 * _toleranz(umgebung))


def _geschlechter(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("personen", _gleiche_geschlechter(datensatz, umgebung), {"gliederung": pl.lit("Geschlechter")})]


def _altersgruppen(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("personen", _gleiche_altersgruppen(datensatz, umgebung), {"gliederung": pl.lit("Altersgruppen")})]


def _mit_und_ohne(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    summe = _gruppe("MIT", datensatz.schluessel) + _gruppe("OHNE", datensatz.schluessel)
    return [Bedingung("personen", _gleiche_gruppen(datensatz, umgebung), {"summe": summe})]


def _teil_hoechstens_ganzes(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    """Where parts are missing, those that are there are still not more than the total."""
    schon_beurteilt = {
        ("geschlecht", GESAMT, "Geschlechter"): _gleiche_geschlechter(datensatz, umgebung),
        ("altersgruppe", GESAMT, "Altersgruppen"): _gleiche_altersgruppen(datensatz, umgebung),
        ("gruppe", "INSGESAMT", "Gruppen"): _gleiche_gruppen(datensatz, umgebung),
    }
    ergebnis = []
    for (dimension, gesamt, name), gleich in schon_beurteilt.items():
        schluessel = datensatz.schluessel
        hoechstens = hoechstens_gesamt(
            "personen", dimension, schluessel, _toleranz_der_summe(dimension, schluessel, umgebung), gesamt
        )
        summe = summe_der_teile("personen", dimension, schluessel, gesamt)
        gilt = pl.when(gleich.is_null()).then(hoechstens)
        ergebnis.append(Bedingung("personen", gilt, {"gliederung": pl.lit(name), "summe": summe}))
    return ergebnis


def _gemeinden(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    toleranz = _toleranz_der_summe("gemeinde_ags", datensatz.schluessel, umgebung)
    gilt = hoechstens_gesamt("personen", "gemeinde_ags", datensatz.schluessel, toleranz)
    summe = summe_der_teile("personen", "gemeinde_ags", datensatz.schluessel)
    return [Bedingung("personen", gilt, {"summe": summe})]


def _nur_mit(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("gruppe", (pl.col("konzept") != "AUSL_AZR") | (pl.col("gruppe") == "MIT"))]


_STAND = ("stichtag", "konzept")
_GLIEDERUNG = ("gemeinde_ags", "geschlecht", "altersgruppe")
_WANDERUNG = ("zuzuege", "fortzuege")


def _gesamtzeile(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    vorhanden = kommt_vor(alle_gesamt(_GLIEDERUNG) & (pl.col("gruppe") == "MIT"), _STAND)
    werte = {"stichtag": pl.col("stichtag"), "konzept": pl.col("konzept")}
    return [Bedingung("personen", erste_zeile_je(_STAND, vorhanden), werte)]


def _stichtage(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    jahr = umgebung.berichtsjahr
    erstes = jahr == umgebung.land.berichtsjahre[0]
    faellig = [date(j, 12, 31) for j in ((jahr - 1, jahr) if erstes else (jahr,))]
    ergebnis = []
    for stichtag in faellig:
        # Zensus and Mikrozensus have days of their own; any day of the year will do.
        vorhanden = (pl.col("stichtag").dt.year() == stichtag.year).any()
        werte = {"fehlend": pl.lit(stichtag.strftime("%d.%m.%Y"))}
        ergebnis.append(Bedingung("stichtag", nur_erste_zeile(vorhanden), werte))
    return ergebnis


def _wanderung_gehoert_dazu(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # Moves belong to a year's end of a register, and to the Meldeeinheit: between its Gemeinden nobody immigrates.
    passend = pl.col("konzept").is_in(STICHTAG_JAHRESENDE) & (pl.col("gemeinde_ags") == GESAMT)
    return [Bedingung(m, pl.col(m).is_null() | passend) for m in _WANDERUNG]


def _wanderung_paarweise(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    zu, fort = _WANDERUNG
    return [Bedingung(zu, leer(zu) == leer(fort))]


def _vergleichsgruppe(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    vorhanden = kommt_vor(pl.col("gruppe") != "MIT", _STAND)
    gilt = pl.when(pl.col("konzept").is_in(EIGENES_REGISTER)).then(erste_zeile_je(_STAND, vorhanden))
    return [Bedingung("gruppe", gilt, {"stichtag": pl.col("stichtag"), "konzept": pl.col("konzept")})]


_QUELLE = "§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO"
_EINWANDERUNG = "§ 26 mit § 25 Satz 2 SächsIntG"

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
    Regel(
        "R10i",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Teile größer als das Ganze",
            "Die {gliederung}, die da sind, ergeben schon {summe}; insgesamt stehen nur {wert} Personen da.",
            "Bitte die Teilzahlen und die Gesamtzahl prüfen; ein Teil ist nie größer als das Ganze.",
        ),
        _QUELLE,
        _teil_hoechstens_ganzes,
    ),
    Regel(
        "R24b",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Gesamtzahl fehlt",
            "Zum {stichtag} ({konzept}) fehlt die Zeile mit gruppe = MIT über alle Gemeinden, Geschlechter und "
            "Altersgruppen.",
            "Bitte die Zeile mit gemeinde_ags, geschlecht und altersgruppe = T ergänzen; ist die Zahl nicht bekannt, "
            "mit einem Punkt.",
        ),
        _QUELLE,
        _gesamtzeile,
    ),
    Regel(
        "R24c",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Stichtag fehlt",
            "Zum {fehlend} stehen keine Zahlen da.",
            "Bitte die Zahlen ergänzen, sobald sie vorliegen, und bis dahin kurz erläutern, warum sie fehlen. Mit der "
            "ersten Lieferung wird auch das Vorjahr gebraucht.",
        ),
        _QUELLE,
        _stichtage,
    ),
    Regel(
        "R24d",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Vergleichsgruppe fehlt",
            "Zum {stichtag} ({konzept}) stehen nur Personen mit dem Merkmal da; darzustellen sind sie im Vergleich zu "
            "denen ohne.",
            "Bitte auch die Zeilen mit gruppe = OHNE oder INSGESAMT liefern; das Register kennt sie.",
        ),
        _QUELLE,
        _vergleichsgruppe,
    ),
    Regel(
        "R24e",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Wanderung in der falschen Zeile",
            "Hier stehen {wert} Zu- oder Fortzüge; sie gehören zu einem Register am Jahresende und zur ganzen "
            "Meldeeinheit.",
            "Bitte Zu- und Fortzüge nur in Zeilen mit gemeinde_ags = T und einem Konzept des Melderegisters, der "
            "Fortschreibung oder des Ausländerzentralregisters angeben.",
        ),
        _EINWANDERUNG,
        _wanderung_gehoert_dazu,
    ),
    Regel(
        "R24f",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Nur Zuzüge oder nur Fortzüge",
            "Zu- und Fortzüge stehen nicht beide da.",
            "Bitte auch die andere Zahl angeben; ist sie nicht bekannt, mit einem Punkt.",
        ),
        _EINWANDERUNG,
        _wanderung_paarweise,
    ),
)
