"""Allocations by formula beside the notices Meldeeinheiten booked: what agrees, what differs, and what explains it.

What belongs here: the table `zuweisungen`. What does not: the arithmetic (`verteilung.py`), the figures
(`schluesselzahlen.py`), what was done with the money (`mittelverwendung.py`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from assets.auswertung.buchungen import TOPF, letzte_mitteilungen
from assets.auswertung.schluesselzahlen import Schluesselstand, waehle
from assets.auswertung.verteilung import verteile
from schemas.mittel import ZUWEISUNGEN
from schemas.modell import Land, Verteilschluessel, Verteilungsmasse

_MITTEILUNG = [*TOPF, "fassung"]
_STAND = "; "
"""Between the states of several quantities."""
_NAHE_JAHRE = 2
_AUS_FORMEL = (
    "masse_cent",
    "masse_datum",
    "masse_quelle",
    "masse_erfunden",
    "stichtag",
    "stand",
    "schluesselwerte",
    "schluesselsummen",
    "formel_cent",
)


def zuweisungen(
    land: Land,
    staende: Sequence[Schluesselstand],
    finanzen: pl.DataFrame,
    geliefert: pl.DataFrame,
    quellen: pl.DataFrame,
) -> pl.DataFrame:
    """The table `zuweisungen`: every notice by formula and as booked.

    Args:
        land: its key and the sums that count.
        staende: the figures of the key, from `lies_schluesselstaende`.
        finanzen: bookings, from `buchungen`.
        geliefert: `meldeeinheit, haushaltsjahr` of Meldeeinheiten that delivered for a year.
        quellen: `tabelle, stand, fassung` of the official tables.
    """
    formel = _nach_formel(land, staende)
    gebucht = letzte_mitteilungen(finanzen).with_columns(ist_gebucht=True)
    beide = (
        formel.join(gebucht, on=_MITTEILUNG, how="full", coalesce=True)
        .join(geliefert.with_columns(hat_geliefert=True), on=["meldeeinheit", "haushaltsjahr"], how="left")
        .with_columns(
            differenz_cent=pl.col("gebucht_cent") - pl.col("formel_cent"), gilt=pl.col("gilt").fill_null(value=False)
        )
        .with_columns(grund=_grund(land.verteilschluessel))
    )
    grundlagen = _grundlagen(land, staende, quellen)
    return (
        _mit_passenden(beide, land, staende)
        .with_columns(grundlage=pl.col("stand").replace_strict(grundlagen, default=None, return_dtype=pl.String))
        .select(pl.col(name).cast(typ) for name, typ in ZUWEISUNGEN.items())
        .sort(_MITTEILUNG)
    )


def _grundlagen(land: Land, staende: Sequence[Schluesselstand], quellen: pl.DataFrame) -> dict[str, str]:
    """State, as the table writes it -> what the figures of this state rest on, e.g. a census."""
    groessen = land.verteilschluessel.groessen if land.verteilschluessel else ()
    fassungen = {(tabelle, stand): text or "" for tabelle, stand, text in quellen.iter_rows()}

    def grundlage(quelle: str, stand: str) -> str:
        return next((text for (tabelle, s), text in fassungen.items() if s == stand and tabelle in quelle), "")

    return {
        _STAND.join(s.staende): _STAND.join(
            grundlage(g.groesse.quelle, stand) for g, stand in zip(groessen, s.staende, strict=True)
        )
        for s in staende
    }


def formelbetraege(land: Land, masse: Verteilungsmasse, staende: Iterable[Schluesselstand]) -> pl.DataFrame:
    """Amounts in cents of all Meldeeinheiten for one sum, in each of these states of the figures."""
    schluessel = land.verteilschluessel
    zeilen: list[tuple[object, ...]] = []
    for stand in staende:
        if schluessel is None:
            break
        summen = [float(sum(groesse.values())) for groesse in stand.werte]
        for kennung, cent in verteile(masse.cent, stand.anteile(schluessel), schluessel.kleinster_betrag).items():
            werte = [float(groesse[kennung]) for groesse in stand.werte]
            zeilen.append((kennung, *masse.schluessel, stand.stichtag, _STAND.join(stand.staende), werte, summen, cent))
    namen = (*_MITTEILUNG, "stichtag", "stand", "schluesselwerte", "schluesselsummen", "formel_cent")
    return pl.DataFrame(zeilen, schema={name: ZUWEISUNGEN[name] for name in namen}, orient="row")


def _nach_formel(land: Land, staende: Sequence[Schluesselstand]) -> pl.DataFrame:
    """Every notice the entered sums give, with an empty amount where the figures are missing."""
    namen = [*_MITTEILUNG, *_AUS_FORMEL]
    teile = [pl.DataFrame(schema={name: ZUWEISUNGEN[name] for name in namen})]
    for masse in land.verteilungsmassen:
        stand = waehle(staende, stichtag_von(land, masse), masse.stand)
        alle = pl.DataFrame({"meldeeinheit": [m.id for m in land.meldeeinheiten]}).with_columns(
            haushaltsjahr=pl.lit(masse.haushaltsjahr, pl.Int64),
            fg=pl.lit(masse.fg),
            fassung=pl.lit(masse.fassung),
            masse_cent=pl.lit(masse.cent, pl.Int64),
            masse_datum=pl.lit(masse.datum),
            masse_quelle=pl.lit(masse.quelle),
            masse_erfunden=masse.erfunden,
        )
        betraege = formelbetraege(land, masse, [stand] if stand else [])
        teile.append(alle.join(betraege, on=_MITTEILUNG, how="left").select(namen))
    return pl.concat(teile)


def stichtag_von(land: Land, masse: Verteilungsmasse) -> date | None:
    """The day whose figures a sum is shared out by; None for a Land without a key."""
    schluessel = land.verteilschluessel
    return masse.stichtag or (schluessel.stichtag_fuer(masse.haushaltsjahr) if schluessel else None)


def _grund(schluessel: Verteilschluessel | None) -> pl.Expr:
    """What comparing the two amounts says, before other published figures are tried."""
    abstand = pl.col("differenz_cent").abs()
    return (
        pl.when(pl.col("ist_gebucht").is_null() & pl.col("hat_geliefert").is_null())
        .then(pl.lit("KEINE_LIEFERUNG"))
        .when(pl.col("ist_gebucht").is_null())
        .then(pl.lit("NICHT_GEBUCHT"))
        .when(pl.col("gebucht_cent").is_null())
        .then(pl.lit("BETRAG_UNBEKANNT"))
        .when(pl.col("masse_cent").is_null())
        .then(pl.lit("MASSE_FEHLT"))
        .when(pl.col("formel_cent").is_null())
        .then(pl.lit("ZAHLEN_FEHLEN"))
        .when(abstand == 0)
        .then(pl.lit("STIMMT"))
        .when(abstand <= (schluessel.kleinster_betrag if schluessel else 0))
        .then(pl.lit("RUNDUNG"))
        .otherwise(pl.lit("ABWEICHUNG"))
    )


def _mit_passenden(zeilen: pl.DataFrame, land: Land, staende: Sequence[Schluesselstand]) -> pl.DataFrame:
    """Names, for amounts that differ, other published figures with which the formula gives what was booked.

    Of several the one at the same Stichtag counts, then the newest.
    """
    unerklaert = zeilen.filter(grund="ABWEICHUNG").select(*_MITTEILUNG, "gebucht_cent", eigener="stichtag")
    massen = {m.schluessel: m for m in land.verteilungsmassen}
    betroffene = unerklaert.select("haushaltsjahr", "fg", "fassung").unique(maintain_order=True).rows()
    andere = [formelbetraege(land, m, _nahe(land, m, staende)) for m in (massen[s] for s in betroffene)]
    passende = {name: ZUWEISUNGEN[name] for name in (*_MITTEILUNG, "stichtag", "stand", "formel_cent")}
    gefunden = (
        pl.concat([pl.DataFrame(schema=passende), *(a.select(list(passende)) for a in andere)])
        .join(unerklaert, on=_MITTEILUNG)
        .filter((pl.col("formel_cent") - pl.col("gebucht_cent")).abs() <= _toleranz(land))
        .sort(pl.col("stichtag") == pl.col("eigener"), "stichtag", "stand")
        .unique(_MITTEILUNG, keep="last")
        .select(*_MITTEILUNG, passender_stichtag="stichtag", passender_stand="stand")
    )
    gleicher_tag = pl.col("passender_stichtag") == pl.col("stichtag")
    return zeilen.join(gefunden, on=_MITTEILUNG, how="left").with_columns(
        grund=pl.when(pl.col("passender_stichtag").is_null())
        .then("grund")
        .when(gleicher_tag)
        .then(pl.lit("ANDERER_STAND"))
        .otherwise(pl.lit("ANDERER_STICHTAG"))
    )


def _nahe(land: Land, masse: Verteilungsmasse, staende: Sequence[Schluesselstand]) -> list[Schluesselstand]:
    """The states a notice may rest on by mistake; figures of another decade would fit by chance alone."""
    stichtag = stichtag_von(land, masse)
    return [s for s in staende if stichtag and abs(s.stichtag.year - stichtag.year) <= _NAHE_JAHRE]


def _toleranz(land: Land) -> int:
    return land.verteilschluessel.kleinster_betrag if land.verteilschluessel else 0
