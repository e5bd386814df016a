"""Dataset `zielgruppe`: the persons Flüchtlingssozialarbeit is there for, as stocks and flows by legal ground."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import ALTERSGRUPPE, GESAMT, RECHTSGRUND, WOHNFORM
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import (
    alle_gesamt,
    erste_zeile_je,
    fehlende_codes,
    genaue_summe,
    hoechstens_gesamt,
    leer,
    oder_null,
    summe_der_teile,
)
from schemas.spalten import mass, schluessel

DATENSATZ = Datensatz(
    name="zielgruppe",
    label="Zielgruppe der Flüchtlingssozialarbeit",
    beschreibung="Personen, an die sich die Flüchtlingssozialarbeit richtet: Bestand, Zu- und Abgänge.",
    koernung="eine Zeile je Quartal (oder Jahr), Rechtsgrund, Wohnform, Geschlecht, Altersgruppe und Gemeinde",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.QUARTAL),
        schluessel(f.RECHTSGRUND),
        schluessel(f.WOHNFORM, vorgabe=GESAMT),
        schluessel(f.GESCHLECHT, vorgabe=GESAMT),
        schluessel(f.ALTERSGRUPPE, vorgabe=GESAMT),
        schluessel(f.GEMEINDE_AGS, vorgabe=GESAMT),
        mass(f.BESTAND_ANFANG),
        mass(f.ZUGAENGE),
        mass(f.ABGAENGE),
        mass(f.WECHSEL_SALDO, pflicht=False),
        mass(f.KORREKTUR, pflicht=False),
        mass(f.BESTAND_ENDE),
        mass(f.KAPAZITAET, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 1 Buchst. b mit § 12 Abs. 1 KomIntAVO; § 5 SächsFlüAG; §§ 60a bis 60d AufenthG",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Jede Person zählt einmal: Wer geduldet ist, steht unter DULDUNG, auch wenn ein anderer Grund passt.",
        "Nur Personen, die der Meldeeinheit zugewiesen sind; ohne Aufnahmeeinrichtungen des Landes.",
        "Zeilen nach Rechtsgrund sind Pflicht, andere Gliederungen freiwillig.",
        "Im ersten Berichtszeitraum ist der Bestand am Anfang der vom Tag des Inkrafttretens der Verordnung.",
        "Anders als im Ausländerzentralregister; beide Zahlen werden nicht gleichgesetzt.",
    ),
)

GLIEDERUNG = ("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags")
"""Columns that are all T on the row of the whole Meldeeinheit."""
_BESTAENDE = ("bestand_anfang", "bestand_ende")
_BEWEGUNGEN = ("zugaenge", "abgaenge")
_TEILE = {
    # dimension -> its name in messages, and the codes that must be there before parts can add up to a total
    "rechtsgrund": ("Rechtsgründe", tuple(c for c in RECHTSGRUND.schluessel if c != GESAMT)),
    "wohnform": ("Wohnformen", tuple(c for c in WOHNFORM.schluessel if c != GESAMT)),
    "geschlecht": ("Geschlechter", ("M", "W")),
    "altersgruppe": ("Altersgruppen", tuple(c for c in ALTERSGRUPPE.schluessel if c != GESAMT)),
}


def _rechtsgruende(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    rest = alle_gesamt([s for s in GLIEDERUNG if s != "rechtsgrund"])
    fehlend = fehlende_codes("rechtsgrund", RECHTSGRUND.schluessel, ["quartal"], rest)
    werte = {"fehlend": fehlend, "quartal": pl.col("quartal")}
    # Keys are unique (R04), so counting rows is counting codes.
    alle = rest.cast(pl.Int64).sum().over("quartal") >= len(RECHTSGRUND.codes)
    return [Bedingung("rechtsgrund", erste_zeile_je(["quartal"], alle), werte)]


def _summen(masse: Sequence[str], datensatz: Datensatz) -> list[Bedingung]:
    ergebnis = []
    for dimension, (name, codes) in _TEILE.items():
        for m in masse:
            werte = {"gliederung": pl.lit(name), "summe": summe_der_teile(m, dimension, datensatz.schluessel)}
            ergebnis.append(Bedingung(m, genaue_summe(m, dimension, codes, datensatz.schluessel), werte))
    return ergebnis


def _bestandssummen(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return _summen(_BESTAENDE, datensatz)


def _bewegungssummen(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return _summen(_BEWEGUNGEN, datensatz)


def _gemeinden(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [
        Bedingung(
            m,
            hoechstens_gesamt(m, "gemeinde_ags", datensatz.schluessel),
            {"summe": summe_der_teile(m, "gemeinde_ags", datensatz.schluessel)},
        )
        for m in _BESTAENDE
    ]


def _teil_hoechstens_ganzes(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    """Where parts are missing, those that are there are still not more than the total."""
    ergebnis = []
    for dimension, (name, codes) in _TEILE.items():
        for m in _BESTAENDE:
            offen = genaue_summe(m, dimension, codes, datensatz.schluessel).is_null()
            gilt = pl.when(offen).then(hoechstens_gesamt(m, dimension, datensatz.schluessel))
            werte = {"gliederung": pl.lit(name), "summe": summe_der_teile(m, dimension, datensatz.schluessel)}
            ergebnis.append(Bedingung(m, gilt, werte))
    return ergebnis


def _rest() -> pl.Expr:
    """What the flows leave unexplained of the stock at the end."""
    bewegung = pl.col("zugaenge") - pl.col("abgaenge") + oder_null("wechsel_saldo") + oder_null("korrektur")
    return pl.col("bestand_ende") - pl.col("bestand_anfang") - bewegung


def _ist_grob(umgebung: Pruefumgebung) -> pl.Expr:
    """A large rest that nobody declared as a correction."""
    bezug = pl.max_horizontal("bestand_anfang", "bestand_ende")
    return (_rest().abs() > umgebung.land.schwellen["bestand_rest_max"] * bezug) & leer("korrektur")


def _bestandsrechnung(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = pl.when(alle_gesamt(GLIEDERUNG) & ~_ist_grob(umgebung)).then(_rest() == 0)
    return [Bedingung("bestand_ende", gilt, {"rest": _rest()})]


def _bestandsrechnung_grob(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = pl.when(alle_gesamt(GLIEDERUNG)).then(~_ist_grob(umgebung))
    grenze = pl.lit(f"{100 * umgebung.land.schwellen['bestand_rest_max']:g}".replace(".", ","))
    return [Bedingung("bestand_ende", gilt, {"rest": _rest(), "grenze": grenze})]


def _anschluss(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    rest = [s for s in datensatz.schluessel if s != "quartal"]
    vorher = pl.lit(None, pl.Int64)
    for quartal, davor in (("Q2", "Q1"), ("Q3", "Q2"), ("Q4", "Q3")):
        ende = pl.when(pl.col("quartal") == davor).then(pl.col("bestand_ende")).max().over(rest)
        vorher = pl.when(pl.col("quartal") == quartal).then(ende).otherwise(vorher)
    return [Bedingung("bestand_anfang", pl.col("bestand_anfang") == vorher, {"vorher": vorher})]


def _auslastung(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    hoechstens = umgebung.land.schwellen["gu_auslastung_max"] * pl.col("kapazitaet")
    gilt = pl.when(pl.col("wohnform") == "GU").then(pl.col("bestand_ende") <= hoechstens)
    return [Bedingung("bestand_ende", gilt, {"kapazitaet": pl.col("kapazitaet")})]


def _kapazitaet_nur_gesamt(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gesamtzeile = (pl.col("wohnform") == "GU") & alle_gesamt(["rechtsgrund", "geschlecht", "altersgruppe"])
    return [Bedingung("kapazitaet", pl.col("kapazitaet").is_null() | gesamtzeile)]


_QUELLE = "§ 14 Abs. 2 Nr. 1 Buchst. b KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R10f",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Teilbestände ergeben nicht den Gesamtbestand",
            "Die {gliederung} ergeben zusammen {summe}, insgesamt stehen {wert} Personen da.",
            "Bitte die Teilzahlen und die Gesamtzeile prüfen; jede Person zählt genau einmal.",
        ),
        _QUELLE,
        _bestandssummen,
    ),
    Regel(
        "R10g",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Teilbewegungen ergeben nicht die Gesamtbewegung",
            "Die {gliederung} ergeben zusammen {summe}, insgesamt stehen {wert} da.",
            "Bitte prüfen, ob Wechsel zwischen den Gruppen als Zu- und Abgang gezählt sind; sie gehören in "
            "wechsel_saldo.",
        ),
        _QUELLE,
        _bewegungssummen,
    ),
    Regel(
        "R10h",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Gemeinden ergeben mehr als das Ganze",
            "Die Gemeinden ergeben zusammen {summe}, für die ganze Meldeeinheit stehen {wert} Personen da.",
            "Bitte die Gemeindezeilen prüfen; häufig ist eine Gemeinde doppelt oder falsch zugeordnet.",
        ),
        _QUELLE,
        _gemeinden,
    ),
    Regel(
        "R10j",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Teile größer als das Ganze",
            "Die {gliederung}, die da sind, ergeben schon {summe}; insgesamt stehen nur {wert} Personen da.",
            "Bitte die Teilzahlen und die Gesamtzeile prüfen; jede Person zählt genau einmal.",
        ),
        _QUELLE,
        _teil_hoechstens_ganzes,
    ),
    Regel(
        "R11a",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Bestand geht nicht auf",
            "Am Ende stehen {wert} Personen; nach Anfangsbestand, Zu- und Abgängen bleibt ein Rest von {rest}.",
            "Bitte die Zahlen prüfen oder den Rest in der Spalte „korrektur“ eintragen und kurz erläutern.",
        ),
        _QUELLE,
        _bestandsrechnung,
    ),
    Regel(
        "R11b",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Bestand geht deutlich nicht auf",
            "Am Ende stehen {wert} Personen; nach Anfangsbestand, Zu- und Abgängen bleibt ein Rest von {rest}, mehr "
            "als {grenze} Prozent des Bestands.",
            "Bitte die Zahlen berichtigen oder den Rest in der Spalte „korrektur“ eintragen; dann wird er übernommen.",
        ),
        _QUELLE,
        _bestandsrechnung_grob,
    ),
    Regel(
        "R11c",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Quartale schließen nicht an",
            "Das Quartal beginnt mit {wert} Personen, das vorige endete mit {vorher}.",
            "Bitte beide Zahlen prüfen; eine nachträgliche Änderung gehört in die Spalte „korrektur“.",
        ),
        _QUELLE,
        _anschluss,
    ),
    Regel(
        "R12a",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Personen als Plätze",
            "In Gemeinschaftsunterkünften leben {wert} Personen bei {kapazitaet} Plätzen.",
            "Bitte beide Zahlen prüfen und bestätigen oder berichtigen.",
        ),
        "§ 3 Abs. 1 Nr. 2 SächsFlüAG; Erfahrungswert",
        _auslastung,
    ),
    Regel(
        "R12b",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Plätze in der falschen Zeile",
            "Hier stehen {wert} Plätze; Plätze gibt es nur für Gemeinschaftsunterkünfte im Ganzen.",
            "Bitte die Plätze nur in der Zeile mit wohnform = GU und rechtsgrund, geschlecht und altersgruppe = T "
            "eintragen.",
        ),
        "Datensatzbeschreibung Zielgruppe",
        _kapazitaet_nur_gesamt,
    ),
    Regel(
        "R24a",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Rechtsgründe fehlen",
            "Im Zeitraum {quartal} fehlt eine Zeile zu: {fehlend}.",
            "Bitte je Rechtsgrund und für T eine Zeile über alle Wohnformen, Geschlechter, Altersgruppen und Gemeinden "
            "liefern; 0 heißt, es gibt niemanden, ein Punkt heißt unbekannt.",
        ),
        "§ 14 Abs. 2 Nr. 1 Buchst. b mit § 12 Abs. 1 KomIntAVO",
        _rechtsgruende,
    ),
)
