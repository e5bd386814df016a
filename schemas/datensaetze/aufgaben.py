"""Dataset `aufgaben`: which tasks of the law a Meldeeinheit carries out itself, has others carry out, or does not."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import AUFGABE
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import nur_erste_zeile
from schemas.spalten import merkmal, schluessel

DATENSATZ = Datensatz(
    name="aufgaben",
    label="Aufgaben",
    beschreibung="Welche Aufgaben der kommunalen Integrationsarbeit wahrgenommen werden, und durch wen.",
    koernung="eine Zeile je Aufgabe",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.AUFGABE),
        merkmal(f.WAHRGENOMMEN),
        merkmal(f.DURCH, pflicht=False),
        merkmal(f.BEGRUENDUNG, pflicht=False),
    ),
    rechtsgrundlage="§§ 11 bis 15, 19, 26 SächsIntG; §§ 9 bis 14 KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=("Bestimmt, welche anderen Lieferungen erwartet werden und was im Bericht entfällt.",),
)


def _durch_wen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    durch_dritte = pl.col("wahrgenommen").is_in(["DELEGIERT", "TEILS"])
    return [Bedingung("durch", ~durch_dritte | pl.col("durch").is_not_null(), {"aufgabe": pl.col("aufgabe")})]


def _begruendet(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    fehlt = pl.col("wahrgenommen").is_in(["NICHT", "ENTFAELLT"]) & pl.col("begruendung").is_null()
    return [Bedingung("begruendung", ~fehlt, {"aufgabe": pl.col("aufgabe")})]


def _vollzaehlig(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    codes = datensatz.spalte("aufgabe").codes or ()
    fehlt = {code: ~(pl.col("aufgabe") == code).any() for code in codes}
    namen = pl.concat_str(
        [pl.when(ausdruck).then(pl.lit(code)) for code, ausdruck in fehlt.items()], separator=", ", ignore_nulls=True
    ).first()
    return [Bedingung("aufgabe", nur_erste_zeile(~pl.any_horizontal(*fehlt.values())), {"fehlend": namen})]


REGELN: tuple[Regel, ...] = (
    Regel(
        "R21a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Durch wen?",
            "Die Aufgabe {aufgabe} nehmen Dritte wahr; es steht nicht da, wer.",
            "Bitte in der Spalte „durch“ angeben, wer die Aufgabe wahrnimmt.",
        ),
        "§ 15 SächsIntG; § 6 KomIntAVO",
        _durch_wen,
    ),
    Regel(
        "R21b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Begründung fehlt",
            "Die Aufgabe {aufgabe} wird nicht wahrgenommen oder entfällt; eine Begründung fehlt.",
            "Bitte einen kurzen Satz in der Spalte „begruendung“ ergänzen; er erscheint im Bericht.",
        ),
        "§ 14 Abs. 2 KomIntAVO",
        _begruendet,
    ),
    Regel(
        "R21c",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Aufgaben fehlen",
            "Zu diesen Aufgaben fehlt eine Zeile: {fehlend}.",
            f"Bitte für jede der {len(AUFGABE.codes)} Aufgaben eine Zeile liefern, auch wenn sie entfällt.",
        ),
        "§ 14 Abs. 2 KomIntAVO",
        _vollzaehlig,
    ),
)
