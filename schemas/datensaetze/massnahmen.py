"""Dataset `massnahmen`: measures of Integrationsberatung and Integrationsmanagement by kind, Träger and place."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import GESAMT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import erste_zeile_je, hoechstens_gesamt, kommt_vor, leer, summe_der_teile
from schemas.spalten import mass, schluessel

DATENSATZ = Datensatz(
    name="massnahmen",
    label="Maßnahmen",
    beschreibung="Orientierung, Sprachmittlung, Arbeitsgelegenheiten, niedrigschwellige und weitere Angebote.",
    koernung="eine Zeile je Art der Maßnahme, Träger, Gemeinde und Themenfeld",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.MASSNAHMEART),
        schluessel(f.TRAEGER_ID),
        schluessel(f.GEMEINDE_AGS, vorgabe=GESAMT),
        schluessel(f.THEMENFELD, vorgabe=GESAMT),
        mass(f.ANZAHL, pflicht=False),
        mass(f.EINSAETZE, pflicht=False),
        mass(f.TEILNEHMENDE, pflicht=False),
        mass(f.EHRENAMTLICHE, pflicht=False),
        mass(f.AUSGABEN_EUR, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. f, g, h mit § 11 Abs. 4 Nr. 3 bis 5 KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Es zählen Maßnahmen (ORIENTIERUNG, AGH, NIEDRIGSCHWELLIG) oder Einsätze (SKM, GDD); beides wird nie addiert.",
        "Unter NIEDRIGSCHWELLIG stehen nur geförderte Angebote, wie es die Verordnung verlangt.",
        "Arten, nach denen die Verordnung nicht fragt, sind freiwillig.",
        "Jede Maßnahme steht in einer Gemeinde oder unter T (ohne einzelne Gemeinde): Gemeinden und T werden addiert.",
        "Die Zeile themenfeld = T enthält alle Themenfelder: Themenfelder und T werden nie addiert.",
    ),
    erwartet_bei=("ORIENTIERUNG", "SKM", "GDD", "AGH", "NIEDRIGSCHWELLIG"),
)

GEZAEHLT = {
    "ORIENTIERUNG": "anzahl",
    "AGH": "anzahl",
    "NIEDRIGSCHWELLIG": "anzahl",
    "SKM": "einsaetze",
    "GDD": "einsaetze",
}
"""What § 14 Abs. 2 Nr. 2 counts of each kind it asks for; other kinds are voluntary."""
_ORT = ("massnahmeart", "traeger_id", "gemeinde_ags")


def _gezaehltes(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    ergebnis = []
    for mass_name in sorted(set(GEZAEHLT.values())):
        arten = [art for art, gezaehlt in GEZAEHLT.items() if gezaehlt == mass_name]
        betrifft = pl.col("massnahmeart").is_in(arten) & (pl.col("themenfeld") == GESAMT)
        werte = {"art": pl.col("massnahmeart"), "mass": pl.lit(mass_name)}
        ergebnis.append(Bedingung(mass_name, ~(betrifft & leer(mass_name)), werte))
    return ergebnis


def _gesamtzeile(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    vorhanden = kommt_vor(pl.col("themenfeld") == GESAMT, _ORT)
    werte = {"art": pl.col("massnahmeart"), "traeger": pl.col("traeger_id")}
    return [Bedingung("themenfeld", erste_zeile_je(_ORT, vorhanden), werte)]


def _themenfelder(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    return [
        Bedingung(
            m,
            hoechstens_gesamt(m, "themenfeld", datensatz.schluessel),
            {"summe": summe_der_teile(m, "themenfeld", datensatz.schluessel)},
        )
        for m in ("anzahl", "einsaetze")
    ]


def _ist_summe_der_gemeinden(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    ergebnis = []
    for m in ("anzahl", "einsaetze"):
        summe = summe_der_teile(m, "gemeinde_ags", datensatz.schluessel)
        ist_summe = (pl.col("gemeinde_ags") == GESAMT) & (summe > 0) & (pl.col(m) == summe)
        ergebnis.append(Bedingung(m, ~ist_summe))
    return ergebnis


_QUELLE = "§ 14 Abs. 2 Nr. 2 Buchst. f bis h KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R26a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Die gezählte Angabe fehlt",
            "Bei {art} zählt die Spalte „{mass}“; sie ist leer.",
            "Bitte die Zahl eintragen, bei keiner Maßnahme 0, und einen Punkt, wenn sie nicht bekannt ist.",
        ),
        _QUELLE,
        _gezaehltes,
    ),
    Regel(
        "R26b",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Zeile über alle Themenfelder fehlt",
            "Zu {art} des Trägers {traeger} gibt es Themenfelder, aber keine Zeile mit themenfeld = T.",
            "Bitte die Zeile mit themenfeld = T ergänzen; sie enthält alle Themenfelder zusammen.",
        ),
        _QUELLE,
        _gesamtzeile,
    ),
    Regel(
        "R26c",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Themenfelder ergeben mehr als das Ganze",
            "Die Themenfelder ergeben zusammen {summe}, insgesamt stehen {wert} da.",
            "Bitte prüfen oder bestätigen, dass eine Maßnahme bei mehreren Themenfeldern zählt.",
        ),
        _QUELLE,
        _themenfelder,
    ),
    Regel(
        "R26d",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Vielleicht doppelt gezählt",
            "Unter gemeinde_ags = T steht {wert}, genau so viel wie in den einzelnen Gemeinden zusammen.",
            "Bitte prüfen: Ist die Zeile T die Summe der Gemeinden, muss sie entfallen, sonst zählt alles doppelt.",
        ),
        _QUELLE,
        _ist_summe_der_gemeinden,
    ),
)
