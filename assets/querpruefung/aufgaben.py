"""Rules that hold deliveries against the tasks a Meldeeinheit declares (R23a, R23b, R23c, R23e).

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them. Without an
accepted `aufgaben` of that year nothing is declared: the rules about tasks stay silent, and a file without rows is
asked about.
"""

import polars as pl

from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import erwartet
from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import LIEFERUNG, Lage
from schemas.codelisten import AUFGABE
from schemas.datensaetze import alle_datensaetze
from schemas.erwartung import NICHT_WAHRGENOMMEN
from schemas.querreihen import AUFGABENBEZUEGE, Aufgabenbezug

_WO = ["meldeeinheit", "berichtsjahr"]


def _bezuege(lage: Lage) -> list[Aufgabenbezug]:
    return [b for b in AUFGABENBEZUEGE if b.datensatz in lage.land.datensaetze]


def _zeilen_je_aufgabe(lage: Lage) -> pl.DataFrame:
    """Per delivery and task: `zeilen` and `belegt`, the rows that claim something happened."""
    teile = [pl.DataFrame(schema={**LIEFERUNG, "aufgabe": pl.String, "zeilen": pl.UInt32, "belegt": pl.UInt32})]
    for bezug in _bezuege(lage):
        masse = alle_datensaetze()[bezug.datensatz].masse
        claims = pl.lit(value=True) if bezug.register else pl.any_horizontal(pl.col(m) > 0 for m in masse)
        aufgabe = pl.col(bezug.spalte) if bezug.spalte else pl.lit(bezug.verlangt[0])
        je_aufgabe = (
            lage.tabelle(bezug.datensatz)
            .select(*_WO, aufgabe=aufgabe, belegt=claims.fill_null(value=False))
            .group_by(*_WO, "aufgabe")
            .agg(zeilen=pl.len(), belegt=pl.col("belegt").sum())
        )
        teile.append(je_aufgabe.select(pl.lit(bezug.datensatz).alias("datensatz"), *_WO, "aufgabe", "zeilen", "belegt"))
    return pl.concat(teile)


def _erklaert(lage: Lage) -> pl.DataFrame:
    return lage.frage("SELECT meldeeinheit, berichtsjahr, aufgabe, wahrgenommen FROM aufgaben")


def _verlangt(lage: Lage) -> pl.DataFrame:
    """Per delivery the tasks carried out that it must say something about."""
    paare = [(b.datensatz, aufgabe) for b in _bezuege(lage) for aufgabe in b.verlangt]
    plan = pl.DataFrame(paare, schema={"datensatz": pl.String, "aufgabe": pl.String}, orient="row")
    return _erklaert(lage).filter(~pl.col("wahrgenommen").is_in(NICHT_WAHRGENOMMEN)).join(plan, on="aufgabe")


def _leer(lage: Lage) -> pl.DataFrame:
    """Accepted deliveries without a row."""
    leere = [
        lage.frage("FROM angenommen WHERE datensatz = $name", name=name).join(lage.tabelle(name), on=_WO, how="anti")
        for name in [b.datensatz for b in _bezuege(lage)]
    ]
    return pl.concat([pl.DataFrame(schema=LIEFERUNG), *leere])


def leer_trotz_aufgabe(lage: Lage) -> pl.DataFrame:
    """R23a: a Fehlanzeige, though a task is carried out that needs figures."""
    labels = {code: AUFGABE.label_von(code) for code in AUFGABE.schluessel}
    aufgaben = (
        _verlangt(lage)
        .group_by("datensatz", *_WO)
        .agg(pl.col("aufgabe").replace(labels).sort().str.join(", ").alias("aufgaben"))
    )
    return _leer(lage).join(aufgaben, on=["datensatz", *_WO]).with_columns(schluessel=pl.lit(""))


def leer_ohne_erklaerung(lage: Lage) -> pl.DataFrame:
    """R23e: a Fehlanzeige of a Meldeeinheit that has not said which tasks it carries out that year."""
    return _leer(lage).join(_erklaert(lage), on=_WO, how="anti").with_columns(schluessel=pl.lit(""))


def aufgabe_ohne_angaben(lage: Lage) -> pl.DataFrame:
    """R23b: a task is carried out, but the delivery it belongs to never came or has rows about other tasks only."""
    leer = _leer(lage)
    abgelehnt = lage.frage("FROM eingegangen EXCEPT FROM angenommen")
    faellig = [
        (s.datensatz, s.meldeeinheit, s.berichtsjahr)
        for jahr in lage.land.berichtsjahre
        for einheit in lage.land.meldeeinheiten
        for bezug in _bezuege(lage)
        if erwartet(lage.land, s := Lieferschluessel(bezug.datensatz, jahr, einheit.id))
    ]
    offen = pl.DataFrame(faellig, schema=LIEFERUNG, orient="row")
    offen = offen.join(pl.concat([leer, abgelehnt]), on=list(LIEFERUNG), how="anti")
    return (
        _verlangt(lage)
        .join(offen, on=list(LIEFERUNG), how="semi")
        .join(_zeilen_je_aufgabe(lage), on=[*LIEFERUNG, "aufgabe"], how="anti")
        .with_columns(schluessel("aufgabe"))
    )


def angaben_trotz_fehlanzeige(lage: Lage) -> pl.DataFrame:
    """R23c: figures above zero, or entries of a register, about a task that is declared as not carried out."""
    nicht = _erklaert(lage).filter(pl.col("wahrgenommen").is_in(NICHT_WAHRGENOMMEN))
    return (
        _zeilen_je_aufgabe(lage)
        .filter(pl.col("belegt") > 0)
        .join(nicht, on=[*_WO, "aufgabe"])
        .with_columns(schluessel("aufgabe"), wert=pl.col("belegt").cast(pl.Float64))
    )
