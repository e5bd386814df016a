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
        "Die Zeile themenfeld = T enthält alle Themenfelder und gehört zu jeder Angabe; gezählt wird nach ihr.",
        "Personen sind je Stelle gezählt; für die Meldeeinheit gilt nur eine Zeile mit stelle_id = KREIS.",
    ),
    erwartet_bei=_LEISTUNGEN,
    vergleichsschluessel=("zaehleinheit", "gruppen_zaehlung", "zaehlregel"),
)

EINMAL_JE_MELDEEINHEIT = "KREIS"
"""The `stelle_id` of rows in which persons are counted once for the whole Meldeeinheit."""


_ANGABE = tuple(s for s in DATENSATZ.schluessel if s != "themenfeld")
"""What identifies a count before it is split by topic."""
_AUFGETEILT_NACH_THEMEN = ("IBZ", "FSA")
"""Kinds of counselling § 14 Abs. 2 Nr. 2 asks to be split by topic (Buchst. d and i Doppelbuchst. dd)."""


def _themenfelder(zaehlregel: str, datensatz: Datensatz) -> Bedingung:
    summe, fenster = teile("beratungen", "themenfeld", datensatz.schluessel)
    betrifft = (
        (pl.col("themenfeld") == GESAMT) & (pl.col("leistungsart") != "RKB") & (pl.col("zaehlregel") == zaehlregel)
    )
    return Bedingung("beratungen", pl.when(betrifft).then(summe == pl.col("beratungen")), {"summe": summe}, fenster)


def _hauptthema(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [_themenfelder("HAUPTTHEMA", datensatz)]


def _mehrfach(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [_themenfelder("MEHRFACH", datensatz)]


def _rkb_ohne_thema(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = (pl.col("leistungsart") != "RKB") | (pl.col("themenfeld") == GESAMT)
    return [Bedingung("themenfeld", gilt)]


def _werte_der_angabe() -> dict[str, pl.Expr]:
    return {"art": pl.col("leistungsart"), "stelle": pl.col("stelle_id"), "quartal": pl.col("quartal")}


_ANTEIL_GESAMT = {"_anteil_gesamt": (pl.col("themenfeld") == GESAMT).mean().over(_ANGABE)}
"""Share of rows over all topics in a count: above 0 there is one, below 1 there are topics."""


def _gesamtzeile(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("themenfeld", pl.col("_anteil_gesamt") > 0, _werte_der_angabe(), _ANTEIL_GESAMT)]


def _aufteilung_fehlt(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # Persons counted once in the Meldeeinheit need no topic, and nothing is split where nothing was counted.
    betrifft = (
        (pl.col("themenfeld") == GESAMT)
        & pl.col("leistungsart").is_in(_AUFGETEILT_NACH_THEMEN)
        & (pl.col("stelle_id") != EINMAL_JE_MELDEEINHEIT)
        & (pl.col("beratungen") > 0)
    )
    gilt = pl.when(betrifft).then(pl.col("_anteil_gesamt") < 1)
    return [Bedingung("themenfeld", gilt, _werte_der_angabe(), _ANTEIL_GESAMT)]


def _eine_zaehlregel(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # Only within one count: a Stelle may well count persons and organisations in different ways.
    fenster = {"_anteil_mehrfach": (pl.col("zaehlregel") == "MEHRFACH").mean().over(_ANGABE)}
    gilt = pl.when(pl.col("themenfeld") == GESAMT).then(pl.col("_anteil_mehrfach").is_in([0.0, 1.0]))
    return [Bedingung("zaehlregel", gilt, _werte_der_angabe(), fenster)]


def _nur_einmal_je_meldeeinheit(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    einmal, art = pl.col("stelle_id") == EINMAL_JE_MELDEEINHEIT, pl.col("leistungsart")
    je_stelle = pl.any_horizontal((art == code) & ((art == code) & ~einmal).any() for code in _LEISTUNGEN)
    betrifft = einmal & (pl.col("themenfeld") == GESAMT) & (pl.col("beratungen") > 0)
    return [Bedingung("beratungen", pl.when(betrifft).then(je_stelle), {"art": art})]


def _personen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    nicht_rkb = pl.when(pl.col("leistungsart") != "RKB")
    gilt = nicht_rkb.then(hoechstens("beratene_personen", "beratungen"))
    return [Bedingung("beratene_personen", gilt, {"beratungen": pl.col("beratungen")})]


def _erst_je_person(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("erstberatungen", "beratene_personen")
    return [Bedingung("erstberatungen", gilt, {"personen": pl.col("beratene_personen")})]


def _erst_je_beratung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # A group that counts as one session, or a family in one talk about return, may all be there for the first time.
    je_person = (pl.col("gruppen_zaehlung") != "SITZUNG") & (pl.col("leistungsart") != "RKB")
    gilt = pl.when(je_person).then(hoechstens("erstberatungen", "beratungen"))
    return [Bedingung("erstberatungen", gilt, {"beratungen": pl.col("beratungen")})]


def _fallmanagement(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("davon_fallmanagement", "beratungen")
    return [Bedingung("davon_fallmanagement", gilt, {"beratungen": pl.col("beratungen")})]


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
        "R13d",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Zeile über alle Themenfelder fehlt",
            "Zu {art} der Stelle {stelle} (Zeitraum {quartal}) gibt es Themenfelder, aber keine Zeile mit "
            "themenfeld = T.",
            "Bitte die Zeile mit themenfeld = T ergänzen; sie enthält alle Beratungen zusammen und wird gezählt.",
        ),
        _BERATUNGEN,
        _gesamtzeile,
    ),
    Regel(
        "R13e",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Nicht nach Themenfeldern aufgeteilt",
            "Die Beratungen ({art}) der Stelle {stelle} (Zeitraum {quartal}) sind nicht nach Themenfeldern aufgeteilt.",
            "Bitte je Themenfeld eine Zeile ergänzen, auch mit der Zahl 0, oder kurz erläutern, warum es die "
            "Aufteilung nicht gibt.",
        ),
        _AUFGETEILT,
        _aufteilung_fehlt,
    ),
    Regel(
        "R13f",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Zwei Zählregeln für dieselbe Angabe",
            "Zu {art} der Stelle {stelle} (Zeitraum {quartal}) stehen verschiedene Zählregeln da.",
            "Bitte in der Zeile mit themenfeld = T und in allen Themenfeldern dieselbe Zählregel angeben; sie sagt, "
            "wie aus der einen Zahl die anderen werden.",
        ),
        _AUFGETEILT,
        _eine_zaehlregel,
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
    Regel(
        "R14d",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Fallmanagement als Beratungen",
            "{wert} Beratungen im Fallmanagement bei nur {beratungen} Beratungen.",
            "Bitte beide Zahlen prüfen; die erste ist ein Teil der zweiten.",
        ),
        "§ 14 SächsIntG",
        _fallmanagement,
    ),
    Regel(
        "R14e",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Beratungen ohne Stelle",
            "{wert} Beratungen ({art}) stehen nur unter stelle_id = KREIS; diese Zeile gilt für Personen, Beratungen "
            "zählen je Stelle.",
            "Bitte die Beratungen je Stelle liefern; sonst gehen sie in keine Kennzahl ein.",
        ),
        _BERATUNGEN,
        _nur_einmal_je_meldeeinheit,
    ),
)
