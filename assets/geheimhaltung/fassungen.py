"""The tables of an edition: what readers of the public one, or a single Meldeeinheit, are shown of all results.

What belongs here: which rows of which table an edition has. What does not: which cells are withheld (`schuetzen.py`),
reading and storing (`bilden.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import polars as pl

from assets.auswertung.mittel import Mittel
from assets.auswertung.trends import trends
from assets.auswertung.trichtertabelle import trichter
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.freigabe import freigegeben
from assets.geheimhaltung.reste import HIERARCHIE, Tabellenwerk, tabellenwerk
from assets.geheimhaltung.schuetzen import Muster, schuetze
from assets.geheimhaltung.vergroebern import vergroebere
from assets.geheimhaltung.zellbestand import Zellbestand, zellbestand
from schemas.codelisten import GESAMT
from schemas.modell import Herkunft, Indikator, Land
from schemas.revisionen import AMTLICH
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE


@dataclass(frozen=True, eq=False)
class Ergebnisse:
    """Every table that pages are made of and that tells of delivered figures."""

    werte: pl.DataFrame
    trichter: pl.DataFrame
    trends: pl.DataFrame
    revisionen: pl.DataFrame
    wirkungen: pl.DataFrame
    zuweisungen: pl.DataFrame
    verwendung: pl.DataFrame
    raten: pl.DataFrame
    lieferstand: pl.DataFrame
    stellen: pl.DataFrame
    punkte: pl.DataFrame
    texte: pl.DataFrame

    @classmethod
    def namen(cls) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(f.name for f in fields(cls))

    @property
    def mittel(self) -> Mittel:
        """The tables about money."""
        return Mittel(self.zuweisungen, self.verwendung, self.raten)


@dataclass(frozen=True, eq=False)
class Oeffentlich:
    """The public edition and the cells it rests on."""

    ergebnisse: Ergebnisse
    muster: Muster


def zellen_von(
    werte: pl.DataFrame, katalog: Sequence[Indikator], land: Land
) -> tuple[pl.DataFrame, Zellbestand, Tabellenwerk]:
    """`indikatorwerte` by published classes, the cells behind them, and these with all that follows from them."""
    grob = vergroebere(werte, katalog, land.geheimhaltung.vergroeberungen)
    bestand = zellbestand(grob, katalog, land)
    return grob, bestand, tabellenwerk(bestand, land)


def oeffentlich(
    wahr: Ergebnisse, katalog: Sequence[Indikator], land: Land, fruehere: Sequence[Muster] = ()
) -> Oeffentlich:
    """What everybody may see. Everything follows from shown cells, official figures and open data.

    Args:
        wahr: the results, exact.
        katalog: the indicators in use.
        land: whose; its policy decides.
        fruehere: the cells of earlier releases and what was shown of them, oldest first.

    Raises:
        Tabellenfehler, NichtZuSchuetzenError: as `schuetzen.schuetze`.
    """
    werte, bestand, werk = zellen_von(wahr.werte, katalog, land)
    gleichungen = pl.concat([werk.hierarchien, *(f.hierarchien for f in fruehere)]).unique().sort(HIERARCHIE)
    muster = schuetze(replace(werk, hierarchien=gleichungen), land.geheimhaltung, [f.zellen for f in fruehere])
    gezeigt = freigegeben(werte, bestand, muster, katalog, land.geheimhaltung)
    return Oeffentlich(nach_muster(wahr, gezeigt, muster, katalog), muster)


def nach_muster(wahr: Ergebnisse, gezeigt: pl.DataFrame, muster: Muster, katalog: Sequence[Indikator]) -> Ergebnisse:
    """All tables as far as they follow from the values that are shown, or tell nothing of any."""
    amtlich = wahr.revisionen.filter(art=AMTLICH)
    return replace(
        wahr,
        werte=gezeigt,
        trichter=trichter(gezeigt, katalog),
        trends=trends(gezeigt, katalog),
        revisionen=amtlich,
        wirkungen=_nur_amtliche(wahr.wirkungen, amtlich, katalog),
        verwendung=_ohne_geheime_ausgaben(wahr.verwendung, muster),
        lieferstand=_ohne_einzelheiten(wahr.lieferstand),
        stellen=wahr.stellen.filter(pl.col("oeffentlich") == "J"),
    )


def fuer_meldeeinheit(wahr: Ergebnisse, offen: Ergebnisse, kennung: str, katalog: Sequence[Indikator]) -> Ergebnisse:
    """What one Meldeeinheit sees: its own figures exact, all others as published."""
    eigene = pl.col("ags") == kennung
    werte = pl.concat([offen.werte.filter(~eigene), wahr.werte.filter(eigene)])
    eigen = pl.col("meldeeinheit") == kennung

    def gemischt(name: str) -> pl.DataFrame:
        veroeffentlicht: pl.DataFrame = getattr(offen, name)
        genau: pl.DataFrame = getattr(wahr, name)
        return pl.concat([veroeffentlicht.filter(~eigen), genau.filter(eigen)])

    revisionen = wahr.revisionen.filter(eigene | (pl.col("art") == AMTLICH))
    eigene_wirkungen = wahr.wirkungen.filter(eigene).join(offen.wirkungen, on=offen.wirkungen.columns, how="anti")
    return replace(
        offen,
        werte=werte,
        trichter=trichter(werte, katalog),
        trends=trends(werte, katalog),
        revisionen=revisionen,
        wirkungen=pl.concat([offen.wirkungen, eigene_wirkungen]),
        verwendung=gemischt("verwendung"),
        lieferstand=gemischt("lieferstand"),
        stellen=gemischt("stellen"),
    )


def _nur_amtliche(wirkungen: pl.DataFrame, amtlich: pl.DataFrame, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """Effects of official revisions on figures made of official ones alone."""
    varianten = [(i.id, v.id) for i in katalog for v in i.varianten if v.herkunft is Herkunft.AMTLICH]
    frei = pl.DataFrame(varianten, schema={"indikator_id": pl.String, "variante": pl.String}, orient="row")
    return wirkungen.join(frei, on=["indikator_id", "variante"], how="semi").join(
        amtlich.select("revision").unique(), on="revision", how="semi"
    )


def _ohne_geheime_ausgaben(verwendung: pl.DataFrame, muster: Muster) -> pl.DataFrame:
    """Leaves out how spending divides into staff and materials where the cells of it are withheld."""
    gesamt = [pl.col(m) == GESAMT for m in MERKMALE if m not in ("foerdergegenstand", "teil")]
    geheim = (
        muster.zellen.filter(*gesamt, pl.col(GESPERRT), pl.col(MASS) == "finanzen.ausgaben")
        .select(meldeeinheit=GEBIET, haushaltsjahr=JAHR, fg="foerdergegenstand", _geheim=pl.lit(value=True))
        .unique()
    )
    neben = verwendung.join(geheim, on=["meldeeinheit", "haushaltsjahr", "fg"], how="left", maintain_order="left")
    frei = pl.col("_geheim").is_null()
    return neben.with_columns(
        pl.when(frei).then(s).alias(s) for s in ("personal_cent", "sach_cent", "sachanteil")
    ).drop("_geheim")


def _ohne_einzelheiten(lieferstand: pl.DataFrame) -> pl.DataFrame:
    """Who has delivered what; not how many rows it had and what was odd about them."""
    null = [pl.lit(None, dtype=lieferstand.schema[s]).alias(s) for s in ("dateiname", "zeilen", "fehler", "warnungen")]
    return lieferstand.with_columns(
        *null,
        pl.lit(None, dtype=pl.Int64).alias("hinweise"),
        pl.lit(0, dtype=pl.Int64).alias("korrekturen"),
        pl.lit("").alias("korrekturen_sha"),
        pl.col("zustand").replace("angenommen_mit_hinweisen", "angenommen"),
    )
