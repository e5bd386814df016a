"""What a reader works out without being told: the rest of every total, and the zeros of parts that are not there.

What belongs here: completing the cells of a release so that every equation a reader may set up is one between cells,
and the list of these equations. What does not: protecting them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from assets.geheimhaltung.amtlich_bekannt import amtlich_bekannte
from assets.geheimhaltung.zellbestand import Zellbestand
from schemas.codelisten import GESAMT
from schemas.indikatorwerte import GLIEDERUNGSLISTEN
from schemas.modell import Land
from schemas.zellen import (
    GEBIET,
    MASS,
    MERKMALE,
    REST,
    SCHLUESSEL,
    SCHLUESSELTYPEN,
    TEILUNGEN,
    UNVOLLSTAENDIG,
    WERT,
    Teilung,
)

_STELLEN = 6
_GENAU = 10**-_STELLEN
_ORT, _RESTCODE, _TEILE = "_ort", "_restcode", "_teile"
"""`_ort` tells Gemeinden from larger areas, which are broken down further."""
HIERARCHIE: tuple[str, ...] = ("dim", "parent", "child", "set")
"""Columns of the list of equations: the children of a parent in a set add up to it."""
OHNE_SUMME_ZEICHEN = ":"
"""Stands between a measure and the breakdown by which it does not add up; such parts are a measure of their own."""


@dataclass(frozen=True, eq=False)
class Tabellenwerk:
    """All cells of a release (`SCHLUESSEL`, `wert`) and the equations between them (`HIERARCHIE`)."""

    zellen: pl.DataFrame
    hierarchien: pl.DataFrame
    amtlich: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHLUESSELTYPEN))
    """The keys of cells readers know from official statistics (`amtlich_bekannt.py`)."""


def tabellenwerk(bestand: Zellbestand, land: Land) -> Tabellenwerk:
    """The cells together with rests and zeros, and every way in which they add up.

    Parts that exceed their total, as rounding at the source makes them, become a measure of their own.
    """
    gemeinden = [g.ags for m in land.meldeeinheiten for g in m.gemeinden if g.ags != m.id]
    zellen = bestand.zellen.with_columns(pl.col(GEBIET).is_in(gemeinden).alias(_ORT))
    listen = [bestand.gebiete.select(pl.lit(GEBIET).alias("dim"), parent="gebiet", child="teil", set="gebiet")]
    for teilung in (*TEILUNGEN, *_gemeinden(zellen, land)):
        zellen, liste = _aufgeteilt(zellen, teilung, bestand.gebiete)
        listen.append(liste)
    zellen = zellen.drop(_ORT).sort(SCHLUESSEL)
    return Tabellenwerk(zellen, pl.concat(listen).unique().sort(HIERARCHIE), amtlich_bekannte(zellen, land))


def _gemeinden(zellen: pl.DataFrame, land: Land) -> Iterator[Teilung]:
    """The Gemeinden that occur, as parts of their Meldeeinheit."""
    vorhanden = set(zellen.filter(_ORT)[GEBIET].unique())
    for m in land.meldeeinheiten:
        teile = tuple(g.ags for g in m.gemeinden if g.ags in vorhanden)
        if teile:
            yield Teilung(GEBIET, m.id, teile, vollstaendig=True)


def _aufgeteilt(zellen: pl.DataFrame, teilung: Teilung, gebiete: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells with the rests and zeros of one way of splitting, and the equations that follow."""
    m = teilung.merkmal
    muster = _muster(zellen, teilung)
    summen = _summen(zellen, teilung).join(muster, on=_je(m), nulls_equal=True)
    if m in UNVOLLSTAENDIG:
        # The parts that are not shown are not known one by one: nobody can tell their rest.
        unbekannt = summen.with_columns(pl.lit(REST).alias(_RESTCODE), pl.lit(value=True).alias("_alle"))
        return zellen, _gleichungen(teilung, unbekannt)
    zu_viel = summen.filter(pl.col("_rest") < -_GENAU)[MASS].unique().to_list()
    zellen = _getrennt(zellen, teilung, zu_viel)
    summen = summen.filter(~pl.col(MASS).is_in(zu_viel))
    anderswo = _mit_teil_anderswo(zellen, teilung, gebiete)
    # Where a source withholds a part, the rest is known only if this measure never has any.
    mit_rest = summen.filter(pl.col("_rest") > _GENAU)[MASS].unique().to_list()
    bekannt = summen.filter(pl.col("_rest").is_not_null() | ~pl.col(MASS).is_in(mit_rest)).with_columns(
        pl.when(pl.col("_rest") > _GENAU).then("_rest").otherwise(0.0).alias(WERT)
    )
    bekannt = bekannt.join(anderswo, on=anderswo.columns, how="anti")
    if m == GEBIET:
        bekannt = bekannt.with_columns(pl.lit(value=True).alias(_ORT))
    reste = bekannt.with_columns(pl.col(_RESTCODE).alias(m)).select(zellen.columns)
    nullen = _nullen(zellen, teilung, bekannt.filter(pl.col(WERT) == 0))
    return pl.concat([zellen, reste, nullen]), _gleichungen(teilung, summen)


def _je(merkmal: str) -> list[str]:
    """What tells patterns of breaking down apart."""
    return [MASS, *(x for x in MERKMALE if x != merkmal), *([] if merkmal == GEBIET else [_ORT])]


def _muster(zellen: pl.DataFrame, teilung: Teilung) -> pl.DataFrame:
    """Into which parts a measure is split (over all areas and years), and what the rest of it is called.

    What a rest means depends on the parts, so its code names them unless they are all there can be.
    """
    m = teilung.merkmal
    muster = zellen.filter(pl.col(m).is_in(teilung.teile)).group_by(_je(m)).agg(pl.col(m).unique().sort().alias(_TEILE))
    einfach = pl.all_horizontal(pl.col(g) == GESAMT for g in MERKMALE if g in GLIEDERUNGSLISTEN and g != m)
    alle = pl.lit(teilung.vollstaendig) & ((einfach & (pl.col(_TEILE).list.len() > 1)) | pl.lit(m == GEBIET))
    benannt = pl.lit(REST + teilung.ganzes) if m == GEBIET else pl.lit(REST)
    teile = pl.concat_str(pl.lit(REST), pl.col(_TEILE).list.join("+"))
    return muster.with_columns(alle.alias("_alle"), pl.when(alle).then(benannt).otherwise(teile).alias(_RESTCODE))


def _summen(zellen: pl.DataFrame, teilung: Teilung) -> pl.DataFrame:
    """The totals that are split: all key columns but one, `_rest` (null where the source withholds a part)."""
    m = teilung.merkmal
    schluessel = [s for s in (*SCHLUESSEL, _ORT) if s != m and not (m == GEBIET and s == _ORT)]
    ganze = zellen.filter(pl.col(m) == teilung.ganzes).select(*schluessel, _ganzes=WERT)
    return (
        zellen.filter(pl.col(m).is_in(teilung.teile))
        .group_by(schluessel)
        .agg(_summe=pl.col(WERT).sum(), _geheim=pl.col(WERT).is_null().any())
        .join(ganze, on=schluessel)
        .with_columns(_rest=pl.when(~pl.col("_geheim")).then((pl.col("_ganzes") - pl.col("_summe")).round(_STELLEN)))
        .drop("_summe", "_geheim", "_ganzes")
    )


def _mit_teil_anderswo(zellen: pl.DataFrame, teilung: Teilung, gebiete: pl.DataFrame) -> pl.DataFrame:
    """Key columns but one of the sums of areas that lack a part some of their areas have: it is not zero.

    Such a part is the sum of fewer areas, and stands under the code of these.
    """
    m = teilung.merkmal
    schluessel = [s for s in SCHLUESSEL if s != m]
    if m == GEBIET:
        return zellen.select(schluessel).clear()
    teile = zellen.filter(pl.col(m).is_in(teilung.teile)).select(SCHLUESSEL)
    in_teilgebieten = teile.join(gebiete.rename({"gebiet": "_summe"}), left_on=GEBIET, right_on="teil")
    erwartet = in_teilgebieten.drop(GEBIET).rename({"_summe": GEBIET}).select(SCHLUESSEL).unique()
    return erwartet.join(teile, on=SCHLUESSEL, how="anti").select(schluessel).unique()


def _getrennt(zellen: pl.DataFrame, teilung: Teilung, masse: Sequence[str]) -> pl.DataFrame:
    """The parts of these measures under a name of their own, because they do not add up to the total."""
    gemeint = pl.col(MASS).is_in(masse) & pl.col(teilung.merkmal).is_in(teilung.teile)
    eigenes = pl.concat_str(MASS, pl.lit(OHNE_SUMME_ZEICHEN + teilung.merkmal))
    return zellen.with_columns(pl.when(gemeint).then(eigenes).otherwise(MASS).alias(MASS))


def _nullen(zellen: pl.DataFrame, teilung: Teilung, ganze: pl.DataFrame) -> pl.DataFrame:
    """A zero for each part that is not there although the other parts make up the total."""
    m = teilung.merkmal
    vorhandene = zellen.filter(pl.col(m).is_in(teilung.teile))[m].unique().sort()
    moegliche = ganze.filter("_alle").drop(m, strict=False).join(pl.DataFrame({m: vorhandene}), how="cross")
    fehlende = moegliche.join(zellen, on=SCHLUESSEL, how="anti")
    return fehlende.with_columns(pl.lit(0.0).alias(WERT)).select(zellen.columns)


def _gleichungen(teilung: Teilung, summen: pl.DataFrame) -> pl.DataFrame:
    """Every equation of a way of splitting; where all parts are named, one for all measures."""
    m = teilung.merkmal
    alle = summen.filter("_alle").select(_RESTCODE, _TEILE).explode(_TEILE).unique()
    teilweise = summen.filter(~pl.col("_alle")).select(_RESTCODE, _TEILE).unique().explode(_TEILE)
    teile = pl.concat([alle, teilweise])
    kinder = pl.concat([teile.select(_RESTCODE, child=_TEILE), teile.select(_RESTCODE, child=_RESTCODE).unique()])
    return kinder.select(
        pl.lit(m).alias("dim"),
        pl.lit(teilung.ganzes).alias("parent"),
        "child",
        pl.concat_str(pl.lit(f"{teilung.ganzes}/"), _RESTCODE).alias("set"),
    )


def widersprueche(werk: Tabellenwerk) -> pl.DataFrame:
    """Sums of areas that are not the sum of their parts: `SCHLUESSEL`, `wert`, `summe`. Empty in a sound release."""
    gebiete = werk.hierarchien.filter(pl.col("dim") == GEBIET).select("parent", "child", "set")
    uebrige = [s for s in SCHLUESSEL if s != GEBIET]
    summen = (
        werk.zellen.join(gebiete, left_on=GEBIET, right_on="child")
        .group_by(*uebrige, "parent", "set")
        .agg(summe=pl.col(WERT).sum(), offen=pl.col(WERT).is_null().any())
        .rename({"parent": GEBIET})
        .filter(pl.all_horizontal(pl.col(m) == GESAMT for m in UNVOLLSTAENDIG))
    )
    return werk.zellen.join(summen, on=SCHLUESSEL).filter(
        ~pl.col("offen"), (pl.col(WERT) - pl.col("summe")).abs() > _GENAU
    )
