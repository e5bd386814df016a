"""The variants of the catalogue as a table, so that values of all of them can be judged and added up at once.

What belongs here: what the catalogue says about a variant, one row each. What does not: values.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from schemas.datensaetze import alle_datensaetze
from schemas.modell import Groesse, Herkunft, Indikator, Land, Variante

SPALTEN: dict[str, type[pl.DataType]] = {
    "nummer": pl.Int64,
    "indikator_id": pl.String,
    "variante": pl.String,
    "art": pl.String,
    "faktor": pl.Float64,
    "hat_nenner": pl.Boolean,
    "mindestnenner": pl.Float64,
    "baender": pl.Int64,
    "summierbar": pl.Boolean,
    "amtlich": pl.Boolean,
    "je_stelle": pl.Boolean,
    "aufgabe": pl.String,
    "katalog_konzept": pl.String,
    "einheit": pl.String,
    "quelle": pl.String,
    "definition_version": pl.String,
}
"""`nummer` is the place in the catalogue; `baender` is how many age bands a standardised rate has; `je_stelle` is
true where Träger report, so that one may be silent."""


def varianten(katalog: Sequence[Indikator]) -> Iterator[tuple[int, Indikator, Variante]]:
    """Number, indicator and variant of everything that has a source, in the order of the catalogue."""
    alle = ((i, v) for i in katalog for v in i.varianten)
    return ((nr, i, v) for nr, (i, v) in enumerate(alle) if v.zaehler is not None)


def katalogtabelle(katalog: Sequence[Indikator]) -> pl.DataFrame:
    """One row per variant with a source, columns `SPALTEN`."""
    zeilen = [
        {
            "nummer": nr,
            "indikator_id": indikator.id,
            "variante": variante.id,
            "art": str(variante.art),
            "faktor": float(variante.faktor),
            "hat_nenner": variante.nenner is not None,
            "mindestnenner": float(
                indikator.mindestnenner if variante.mindestnenner is None else variante.mindestnenner
            ),
            "baender": len(variante.standardisierung),
            "summierbar": variante.summierbar,
            "amtlich": variante.herkunft is Herkunft.AMTLICH,
            "je_stelle": any(_je_stelle(g) for g in _groessen(variante)),
            "aufgabe": indikator.aufgabe,
            "katalog_konzept": variante.konzept,
            "einheit": variante.einheit or indikator.einheit,
            "quelle": quelle_von(variante),
            "definition_version": indikator.version,
        }
        for nr, indikator, variante in varianten(katalog)
    ]
    return pl.DataFrame(zeilen, schema=SPALTEN)


def brueche(katalog: Sequence[Indikator]) -> pl.DataFrame:
    """`nummer, berichtsjahr`: the first year after each break of a series."""
    paare = [(nr, jahr) for nr, _, variante in varianten(katalog) for jahr in variante.brueche]
    return pl.DataFrame(paare, schema={"nummer": pl.Int64, "berichtsjahr": pl.Int64}, orient="row")


def standardgewichte(katalog: Sequence[Indikator], land: Land) -> pl.DataFrame:
    """`nummer, altersgruppe, gewicht`: persons of the Land's standard population in each band of standardised rates.

    No rows where the Land has none.
    """
    standard = land.standardbevoelkerung
    zeilen = []
    if standard is not None:
        for nr, _, variante in varianten(katalog):
            gewichte = standard.gewichte(variante.standardisierung)
            zeilen += [(nr, band, n) for band, n in zip(variante.standardisierung, gewichte, strict=True)]
    schema = {"nummer": pl.Int64, "altersgruppe": pl.String, "gewicht": pl.Int64}
    return pl.DataFrame(zeilen, schema=schema, orient="row")


def amtliche_tabellen(katalog: Sequence[Indikator]) -> pl.DataFrame:
    """`nummer, tabelle, versatz`: every official table a variant is made from, by numerator or denominator.

    `versatz` is how many years its date lies before the reporting year.
    """
    alle = [(nr, g) for nr, _, variante in varianten(katalog) for g in _groessen(variante)]
    bezuege = {(nr, t, versatz) for nr, g in alle for t in g.tabellen for versatz in g.versaetze}
    spalten = {"nummer": pl.Int64, "tabelle": pl.String, "versatz": pl.Int64}
    return pl.DataFrame(sorted(bezuege), schema=spalten, orient="row")


def vorbehalte(katalog: Sequence[Indikator]) -> dict[str, list[int]]:
    """Reason code -> numbers of the variants for which it always holds."""
    ergebnis: dict[str, list[int]] = {}
    for nr, _, variante in varianten(katalog):
        for code in variante.gruende:
            ergebnis.setdefault(code, []).append(nr)
    return ergebnis


def _groessen(variante: Variante) -> list[Groesse]:
    return [g for g in (variante.zaehler, variante.nenner) if g is not None]


def _je_stelle(groesse: Groesse) -> bool:
    datensatz = alle_datensaetze().get(groesse.datensatz)
    return datensatz is not None and datensatz.name != "stellen" and "stelle_id" in datensatz.schluessel


def quelle_von(variante: Variante) -> str:
    """Sources of numerator and denominator in words, as the column `quelle` of `indikatorwerte` has them."""
    quellen = dict.fromkeys(g.quelle for g in _groessen(variante))
    return "; bezogen auf: ".join(quellen)
