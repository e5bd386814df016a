"""Dataset `stellen`: the register of all offices and posts active in the period, whoever runs them."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.datensaetze.beratung import EINMAL_JE_MELDEEINHEIT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.spalten import mass, merkmal, schluessel

_ARTEN = ("IBZ", "FSA", "RKB", "KOORD", "KIK", "KIM", "BEAUFTRAGTE")

DATENSATZ = Datensatz(
    name="stellen",
    label="Stellen",
    beschreibung="Verzeichnis aller Stellen, die im Zeitraum tätig waren, unabhängig von der Trägerschaft.",
    koernung="eine Zeile je Stelle und Art",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.STELLE_ID),
        schluessel(f.ART, erlaubt=_ARTEN),
        merkmal(f.NAME),
        merkmal(f.EINRICHTUNG),
        merkmal(f.TRAEGERSCHAFT),
        merkmal(f.TRAEGER_ID),
        merkmal(f.TRAEGER_NAME),
        merkmal(f.FUEHRENDE_MELDEEINHEIT, pflicht=False),
        merkmal(f.GEMEINDE_AGS),
        merkmal(f.ANSCHRIFT, pflicht=False),
        merkmal(f.KONTAKT, pflicht=False),
        merkmal(f.AKTIV_VON),
        merkmal(f.AKTIV_BIS, pflicht=False),
        mass(f.OEFFNUNGSSTUNDEN_WOCHE, pflicht=False),
        merkmal(f.SPRACHEN, pflicht=False),
        merkmal(f.MELDUNG_VOLLSTAENDIG),
        merkmal(f.OEFFENTLICH),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. a, i Doppelbuchst. aa, j Doppelbuchst. aa KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Eine gemeinsame Stelle zweier Meldeeinheiten zählt im Land einmal, bei der führenden.",
        "Ein Träger, der nicht gemeldet hat, bleibt mit meldung_vollstaendig = N sichtbar.",
    ),
    erwartet_bei=_ARTEN,
)


def _reihenfolge(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = pl.col("aktiv_bis") >= pl.col("aktiv_von")
    return [Bedingung("aktiv_bis", gilt, {"von": pl.col("aktiv_von").dt.strftime("%d.%m.%Y")})]


def _im_zeitraum(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    von, bis = umgebung.land.zeitraum(umgebung.berichtsjahr)
    werte = {"von": pl.lit(von.strftime("%d.%m.%Y")), "bis": pl.lit(bis.strftime("%d.%m.%Y"))}
    return [
        Bedingung("aktiv_von", pl.col("aktiv_von") <= pl.lit(bis), werte),
        Bedingung("aktiv_bis", pl.col("aktiv_bis") >= pl.lit(von), werte),
    ]


def _fuehrend(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    bekannt = [m.id for m in umgebung.land.meldeeinheiten]
    return [Bedingung("fuehrende_meldeeinheit", pl.col("fuehrende_meldeeinheit").is_in(bekannt))]


def _gemeinsam(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gemeinsam = pl.col("traegerschaft") == "GEMEINSAM"
    return [Bedingung("fuehrende_meldeeinheit", ~gemeinsam | pl.col("fuehrende_meldeeinheit").is_not_null())]


def _eigene_kennung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("stelle_id", pl.col("stelle_id") != EINMAL_JE_MELDEEINHEIT)]


_QUELLE = "§ 14 Abs. 2 Nr. 2 KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R06c",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Stelle war im Zeitraum nicht tätig",
            "Die Stelle war nach diesem Datum ({wert}) zwischen dem {von} und dem {bis} nicht tätig.",
            "Bitte das Datum prüfen; ins Verzeichnis gehören nur Stellen, die im Zeitraum tätig waren.",
        ),
        _QUELLE,
        _im_zeitraum,
    ),
    Regel(
        "R22a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Ende vor Beginn",
            "Die Stelle endet am {wert}, beginnt aber erst am {von}.",
            "Bitte die beiden Daten prüfen; vielleicht sind sie vertauscht.",
        ),
        _QUELLE,
        _reihenfolge,
    ),
    Regel(
        "R22b",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Führende Meldeeinheit unbekannt",
            "Die Kennung „{wert}“ gehört zu keiner Meldeeinheit.",
            "Bitte die Kennung der Meldeeinheit eintragen, die die Stelle führt.",
        ),
        _QUELLE,
        _fuehrend,
    ),
    Regel(
        "R22c",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Wer führt die gemeinsame Stelle?",
            "Die Stelle wird gemeinsam getragen; es steht nicht da, wer sie für das Land zählt.",
            "Bitte in der Spalte „fuehrende_meldeeinheit“ die Kennung ergänzen.",
        ),
        _QUELLE,
        _gemeinsam,
    ),
    Regel(
        "R22d",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Kennung ist vergeben",
            "„{wert}“ steht im Datensatz Beratung für die ganze Meldeeinheit und kann keine Stelle bezeichnen.",
            "Bitte der Stelle eine andere Kennung geben und diese in allen Dateien verwenden; sonst zählen ihre "
            "Beratungen nicht mit.",
        ),
        "Datensatzbeschreibung Beratung",
        _eigene_kennung,
    ),
)
