"""Dataset `zustaendigkeit`: which Integrationskoordination serves which Gemeinde."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import nur_erste_zeile
from schemas.spalten import merkmal, schluessel

DATENSATZ = Datensatz(
    name="zustaendigkeit",
    label="Zuständigkeit der Integrationskoordination",
    beschreibung="Welche Kommunale Integrationskoordination welche Gemeinde unterstützt, und seit wann.",
    koernung="eine Zeile je Stelle und Gemeinde",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.STELLE_ID),
        schluessel(f.GEMEINDE_AGS),
        merkmal(f.VON),
        merkmal(f.BIS, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. e mit § 11 Abs. 4 Nr. 1 KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "gemeinde_ags = T heißt: zuständig für alle Gemeinden der Meldeeinheit.",
        "Wo es keine kreisangehörigen Gemeinden gibt, entfällt die Lieferung.",
    ),
    erwartet_bei=("KIK",),
)


def _im_zeitraum(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    von, bis = umgebung.land.zeitraum(umgebung.berichtsjahr)
    werte = {"anfang": pl.lit(von.strftime("%d.%m.%Y")), "ende": pl.lit(bis.strftime("%d.%m.%Y"))}
    return [
        Bedingung("von", pl.col("von") <= pl.lit(bis), werte),
        Bedingung("bis", pl.col("bis") >= pl.lit(von), werte),
    ]


def _reihenfolge(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("bis", pl.col("bis") >= pl.col("von"), {"beginn": pl.col("von")})]


def _ungewoehnlich_viele(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    anzahl = pl.col("stelle_id").n_unique()
    gilt = nur_erste_zeile(anzahl <= umgebung.land.schwellen["kik_stellen_ueblich"])
    return [Bedingung("stelle_id", gilt, {"anzahl": anzahl})]


_QUELLE = "§ 11 Abs. 4 Nr. 1 KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R06g",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Im Zeitraum nicht zuständig",
            "Nach diesem Datum ({wert}) bestand die Zuständigkeit zwischen dem {anfang} und dem {ende} nicht.",
            "Bitte das Datum prüfen; gemeldet werden nur Zuständigkeiten im Berichtszeitraum.",
        ),
        _QUELLE,
        _im_zeitraum,
    ),
    Regel(
        "R45a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Ende vor Beginn",
            "Die Zuständigkeit endet am {wert}, beginnt aber erst am {beginn}.",
            "Bitte die beiden Daten prüfen; vielleicht sind sie vertauscht.",
        ),
        _QUELLE,
        _reihenfolge,
    ),
    Regel(
        "R45b",
        Schwere.HINWEIS,
        Umfang.DATEI,
        Fehlertext(
            "Ungewöhnlich viele Stellen",
            "Gemeldet sind {anzahl} Stellen der Integrationskoordination; üblich sind weniger.",
            "Bitte nur ansehen; eine Obergrenze gibt es nicht.",
        ),
        "Erfahrungswert aus einer früheren Förderung (bis zu zehn Stellen und eine Koordination), keine Vorschrift",
        _ungewoehnlich_viele,
    ),
)
