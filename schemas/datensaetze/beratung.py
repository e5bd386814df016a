"""Dataset `beratung`: counselling by Stelle, kind, topic and addressee, with how it was counted."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import GESAMT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import hoechstens, teile
from schemas.spalten import mass, merkmal, schluessel

_LEISTUNGEN = ("IBZ", "FSA", "RKB")

DATENSATZ = Datensatz(
    name="beratung",
    label="Beratung",
    beschreibung="Beratungen in Integrations-Beratungszentren, Flüchtlingssozialarbeit und Rückkehrberatung.",
    koernung="eine Zeile je Quartal (oder Jahr), Stelle, Leistungsart, Themenfeld und Adressat",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.QUARTAL),
        schluessel(f.STELLE_ID),
        schluessel(f.LEISTUNGSART, erlaubt=_LEISTUNGEN),
        schluessel(f.THEMENFELD),
        schluessel(f.ADRESSAT),
        mass(f.BERATUNGEN),
        mass(f.BERATENE_PERSONEN, pflicht=False),
        mass(f.ERSTBERATUNGEN, pflicht=False),
        mass(f.DAVON_FALLMANAGEMENT, pflicht=False),
        merkmal(f.ZAEHLREGEL),
        merkmal(f.ZAEHLEINHEIT),
        merkmal(f.GRUPPEN_ZAEHLUNG),
        merkmal(f.MINDESTDAUER_MIN, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. c, d, i Doppelbuchst. cc, dd, j Doppelbuchst. cc KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Vergleichbar sind nur Angaben mit gleicher Zähleinheit, Zählregel und Gruppenzählung.",
        "Personen sind je Stelle gezählt; für die Meldeeinheit gilt nur eine Zeile mit stelle_id = KREIS.",
    ),
    erwartet_bei=_LEISTUNGEN,
    vergleichsschluessel=("zaehleinheit", "gruppen_zaehlung", "zaehlregel"),
)

EINMAL_JE_MELDEEINHEIT = "KREIS"
"""The `stelle_id` of rows in which persons are counted once for the whole Meldeeinheit."""


def _themenfelder(zaehlregel: str, datensatz: Datensatz) -> Bedingung:
    summe = teile("beratungen", "themenfeld", datensatz.schluessel)
    betrifft = (
        (pl.col("themenfeld") == GESAMT) & (pl.col("leistungsart") != "RKB") & (pl.col("zaehlregel") == zaehlregel)
    )
    return Bedingung("beratungen", pl.when(betrifft).then(summe == pl.col("beratungen")), {"summe": summe})


def _hauptthema(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [_themenfelder("HAUPTTHEMA", datensatz)]


def _mehrfach(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [_themenfelder("MEHRFACH", datensatz)]


def _rkb_ohne_thema(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = (pl.col("leistungsart") != "RKB") | (pl.col("themenfeld") == GESAMT)
    return [Bedingung("themenfeld", gilt)]


def _personen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    nicht_rkb = pl.when(pl.col("leistungsart") != "RKB")
    gilt = nicht_rkb.then(hoechstens("beratene_personen", "beratungen"))
    return [Bedingung("beratene_personen", gilt, {"beratungen": pl.col("beratungen")})]


def _erst_je_person(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("erstberatungen", "beratene_personen")
    return [Bedingung("erstberatungen", gilt, {"personen": pl.col("beratene_personen")})]


def _erst_je_beratung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("erstberatungen", "beratungen")
    return [Bedingung("erstberatungen", gilt, {"beratungen": pl.col("beratungen")})]


_AUFGETEILT = "§ 14 Abs. 2 Nr. 2 Buchst. d und i Doppelbuchst. dd KomIntAVO"
_BERATUNGEN = "§ 14 Abs. 2 Nr. 2 Buchst. c KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R13a",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Summe der Themenfelder",
            "Die Themenfelder ergeben zusammen {summe}, insgesamt stehen {wert} Beratungen da.",
            "Bitte die Themenfelder und die Zeile mit themenfeld = T prüfen; jede Beratung zählt beim Hauptthema.",
        ),
        _AUFGETEILT,
        _hauptthema,
    ),
    Regel(
        "R13b",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Themenfelder mehrfach gezählt",
            "Die Themenfelder ergeben {summe}, insgesamt stehen {wert} Beratungen da.",
            "Bitte bestätigen, dass Beratungen bei mehreren Themen zählen; die Aufteilung ist dann nicht vergleichbar.",
        ),
        _AUFGETEILT,
        _mehrfach,
    ),
    Regel(
        "R13c",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Rückkehrberatung ohne Themenfeld",
            "Rückkehrberatung wird nicht nach Themenfeldern aufgeteilt; hier steht „{wert}“.",
            "Bitte die Beratungen zusammenfassen und themenfeld = T eintragen.",
        ),
        "§ 14 Abs. 2 Nr. 2 Buchst. j KomIntAVO",
        _rkb_ohne_thema,
    ),
    Regel(
        "R14a",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Personen als Beratungen",
            "{wert} beratene Personen bei {beratungen} Beratungen.",
            "Bitte prüfen und bestätigen; bei Gruppenberatungen kann das stimmen.",
        ),
        _BERATUNGEN,
        _personen,
    ),
    Regel(
        "R14b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Erstberatungen als Personen",
            "{wert} Erstberatungen bei {personen} beratenen Personen.",
            "Bitte prüfen: Jede Person hat im Jahr höchstens eine Erstberatung je Stelle.",
        ),
        _BERATUNGEN,
        _erst_je_person,
    ),
    Regel(
        "R14c",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Erstberatungen als Beratungen",
            "{wert} Erstberatungen bei nur {beratungen} Beratungen.",
            "Bitte beide Zahlen prüfen; Erstberatungen sind ein Teil der Beratungen.",
        ),
        _BERATUNGEN,
        _erst_je_beratung,
    ),
)
