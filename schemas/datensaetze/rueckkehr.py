"""Dataset `rueckkehr`: voluntary departures, and how many of them the advice brought about."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import hoechstens
from schemas.spalten import mass, merkmal, schluessel

DATENSATZ = Datensatz(
    name="rueckkehr",
    label="Freiwillige Ausreisen",
    beschreibung="Freiwillige Ausreisen nach Programm und Zielregion, insgesamt und aufgrund der Beratung.",
    koernung="eine Zeile je Programm und Zielregion",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.PROGRAMM),
        schluessel(f.ZIELREGION, vorgabe="OHNE_ANGABE"),
        mass(f.AUSREISEN_AUFGRUND_BERATUNG),
        mass(f.AUSREISEN_GESAMT, pflicht=False),
        merkmal(f.NACHWEIS),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. j Doppelbuchst. dd KomIntAVO; § 13 KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Jede Ausreise steht in genau einer Zeile; alle Zeilen werden addiert.",
        "Die Zahl sagt nichts über die Güte der Beratung; sie wird nie bewertet und nicht verglichen wie ein Ziel.",
        "Der Nachweis gehört zur Zahl: Nur zeitlich zugeordnete Ausreisen sind als solche zu zeigen.",
        "Beratene Personen stehen im Datensatz Beratung.",
    ),
    erwartet_bei=("RKB",),
)


def _hoechstens_alle(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("ausreisen_aufgrund_beratung", "ausreisen_gesamt")
    return [Bedingung("ausreisen_aufgrund_beratung", gilt, {"gesamt": pl.col("ausreisen_gesamt")})]


def _nur_zeitlich(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gezaehlt = pl.col("ausreisen_aufgrund_beratung") > 0
    gilt = ~(gezaehlt & (pl.col("nachweis") == "NUR_ZEITLICH"))
    return [Bedingung("nachweis", gilt, {"anzahl": pl.col("ausreisen_aufgrund_beratung")})]


_QUELLE = "§ 14 Abs. 2 Nr. 2 Buchst. j Doppelbuchst. dd KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R27a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Ausreisen aufgrund der Beratung als insgesamt",
            "{wert} Ausreisen aufgrund der Beratung bei insgesamt {gesamt} freiwilligen Ausreisen.",
            "Bitte beide Zahlen prüfen; die erste ist ein Teil der zweiten.",
        ),
        _QUELLE,
        _hoechstens_alle,
    ),
    Regel(
        "R27b",
        Schwere.HINWEIS,
        Umfang.ZEILE,
        Fehlertext(
            "Zusammenhang nur zeitlich belegt",
            "Bei {anzahl} Ausreisen ist nur bekannt, dass sie auf eine Beratung folgten.",
            "Bitte nichts ändern, wenn das so ist; der Bericht sagt es dazu.",
        ),
        _QUELLE,
        _nur_zeitlich,
    ),
)
