"""Decides for every cell of a release whether it is shown, by the policy of the Land.

What belongs here: which cells are protected in which way, and the order: counts first, then the sums that rest on
them. What does not: how counts and sums are protected (`sperren.py`), and what follows for figures (`freigabe.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.geheimhaltung.aufbau import ENTFERNT, FEST, GESPERRT, PRIMAER, VERDECKT
from assets.geheimhaltung.einheitlich import einheitliche_gruppen
from assets.geheimhaltung.reste import OHNE_SUMME_ZEICHEN, Tabellenwerk
from assets.geheimhaltung.sperren import sperre
from schemas.geheimhaltung import Geheimhaltung, Schutz, Schutzart
from schemas.zellen import MASS, SCHLUESSEL, WERT

GEZEIGT = "gezeigt"
_AM_ORT = [s for s in SCHLUESSEL if s != MASS]
_ERGEBNIS = [*SCHLUESSEL, WERT, GESPERRT, ENTFERNT]


@dataclass(frozen=True, eq=False)
class Muster:
    """All cells of a release and what is shown of them.

    `zellen`: `SCHLUESSEL`, `wert` (true; null where the source withholds it), `gesperrt`, `gezeigt` (what readers see;
    null where withheld), `entfernt` (withheld, and in no table: readers do not even see that there is such a cell).
    `hierarchien`: what adds up to what.
    """

    zellen: pl.DataFrame
    hierarchien: pl.DataFrame


def ohne_zusatz(mass: str) -> str:
    """The measure as the policy knows it: parts that do not add up have a name with an addition."""
    return mass.split(OHNE_SUMME_ZEICHEN, 1)[0]


def schuetze(werk: Tabellenwerk, politik: Geheimhaltung, fruehere: Sequence[pl.DataFrame] = ()) -> Muster:
    """Protects all cells of a release as one system.

    Args:
        werk: all cells and the equations between them.
        politik: the policy of the Land.
        fruehere: cells of earlier releases as they were then, oldest first: `SCHLUESSEL`, `wert`, `gesperrt`.

    Raises:
        Tabellenfehler: figures that must add up do not.
        NichtZuSchuetzenError: a cell cannot be protected; the message says which, and what would help.
    """
    regeln = {m: politik.schutz_von(ohne_zusatz(m)) for m in werk.zellen[MASS].unique().sort()}
    teile = {art: werk.zellen.filter(pl.col(MASS).is_in(_masse(regeln, art))) for art in Schutzart}
    zaehlungen = teile[Schutzart.ZELLSPERRUNG].with_columns(_nein(PRIMAER))
    einheitliche = _einheitliche(zaehlungen, werk.hierarchien, regeln, fruehere)
    zaehlungen = zaehlungen.with_columns(_steht_in(einheitliche).alias(ENTFERNT))
    zaehlungen = _sperre(zaehlungen, werk, regeln, fruehere)
    gezaehlt = pl.concat([zaehlungen, *(_ungesperrt(teile[a]) for a in (Schutzart.OFFEN, Schutzart.RUNDEN))])
    summen = teile[Schutzart.DOMINANZ]
    summen = summen.with_columns(_auf_wenigen(summen, gezaehlt, regeln).alias(PRIMAER))
    summen = summen.with_columns(_steht_in(_neben_entfernten(summen, gezaehlt, regeln)).alias(ENTFERNT))
    alle = pl.concat([gezaehlt, _sperre(summen, werk, regeln, fruehere)]).sort(SCHLUESSEL)
    return Muster(alle.with_columns(_gezeigt(regeln).alias(GEZEIGT)), werk.hierarchien)


def ungeschuetzt(muster: Muster) -> Muster:
    """The same cells as only those see them who may see everything; what the source withholds stays so."""
    geheim = pl.col(WERT).is_null().alias(GESPERRT)
    offen = muster.zellen.with_columns(geheim, pl.col(WERT).alias(GEZEIGT), _nein(ENTFERNT))
    return Muster(offen, muster.hierarchien)


def _masse(regeln: Mapping[str, Schutz], art: Schutzart) -> list[str]:
    return [mass for mass, schutz in regeln.items() if schutz.art is art]


def _nein(merker: str) -> pl.Expr:
    return pl.lit(value=False).alias(merker)


def _einheitliche(
    zellen: pl.DataFrame, hierarchien: pl.DataFrame, regeln: Mapping[str, Schutz], fruehere: Sequence[pl.DataFrame]
) -> pl.DataFrame:
    """The keys of breakdowns that are left out, each measure by its own size of a small group; not what was shown."""
    gezeigt = [f.filter(~pl.col(GESPERRT)).select(*SCHLUESSEL, WERT) for f in fruehere]
    je_groesse = [
        einheitliche_gruppen(
            zellen.filter(pl.col(MASS).is_in([m for m, s in regeln.items() if s.gruppe == groesse])),
            hierarchien,
            groesse,
        )
        for groesse in sorted({s.gruppe for s in regeln.values()} - {0})
    ]
    gefunden = pl.concat([zellen.select(SCHLUESSEL).clear(), *je_groesse])
    schon = zellen.join(pl.concat(gezeigt), on=[*SCHLUESSEL, WERT], how="semi") if gezeigt else zellen.clear()
    return gefunden.join(schon, on=SCHLUESSEL, how="anti")


def _steht_in(schluessel: pl.DataFrame) -> pl.Expr:
    """Whether the key of a cell is among these."""
    return pl.struct(SCHLUESSEL).is_in(schluessel.select(pl.struct(SCHLUESSEL)).to_series().implode())


def _sperre(
    zellen: pl.DataFrame, werk: Tabellenwerk, regeln: Mapping[str, Schutz], fruehere: Sequence[pl.DataFrame]
) -> pl.DataFrame:
    if zellen.is_empty():
        return zellen.with_columns(_nein(GESPERRT)).select(_ERGEBNIS)
    bekannte = [f.filter(pl.col(MASS).is_in(zellen[MASS].unique().implode())).select(_ERGEBNIS) for f in fruehere]
    zellregeln = {mass: schutz.regel for mass, schutz in regeln.items()}
    # What official statistics tell is shown.
    mit_merkern = _mit_frueherem(zellen, bekannte).with_columns(pl.col(FEST) | _steht_in(werk.amtlich))
    gesperrt = sperre(mit_merkern, werk.hierarchien, zellregeln, bekannte).select(_ERGEBNIS)
    return gesperrt.with_columns(pl.col(GESPERRT) | pl.col(ENTFERNT))


def _mit_frueherem(zellen: pl.DataFrame, fruehere: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Adds what the latest release that told of a cell said: `fest`, shown as it is now; `verdeckt`, withheld."""
    if not fruehere:
        return zellen.with_columns(_nein(FEST), _nein(VERDECKT))
    letzte = pl.concat(fruehere).unique(SCHLUESSEL, keep="last").select(*SCHLUESSEL, _alt=WERT, _geheim=GESPERRT)
    gleich = ~pl.col("_geheim") & (pl.col("_alt") == pl.col(WERT))
    return (
        zellen.join(letzte, on=SCHLUESSEL, how="left")
        .with_columns(fest=gleich.fill_null(value=False), verdeckt=pl.col("_geheim").fill_null(value=False))
        .drop("_alt", "_geheim")
    )


def _ungesperrt(zellen: pl.DataFrame) -> pl.DataFrame:
    """What the source withholds stays withheld, whatever the policy of the Land."""
    return zellen.select(*SCHLUESSEL, WERT, pl.col(WERT).is_null().alias(GESPERRT), _nein(ENTFERNT))


def _auf_wenigen(summen: pl.DataFrame, gezaehlt: pl.DataFrame, regeln: Mapping[str, Schutz]) -> pl.Series:
    """Which sums rest on too few: too few units in the same place, or their number is itself withheld.

    Where no number of units is there to look at, a sum counts as that many units at most (a person is one full-time
    equivalent at most).
    """
    nummeriert = summen.with_row_index("_nr").select("_nr", *SCHLUESSEL, WERT)
    nummern: list[int] = []
    for mass in summen[MASS].unique().sort().to_list():
        eigene = nummeriert.filter(pl.col(MASS) == mass)
        nummern += _unter_grenze(eigene, regeln[mass])
        for einheit, mindestens in regeln[mass].einheiten.items():
            nummern += _ohne_einheiten(eigene, gezaehlt.filter(pl.col(MASS) == einheit), mindestens)
    return nummeriert["_nr"].is_in(sorted(set(nummern)))


def _unter_grenze(summen: pl.DataFrame, schutz: Schutz) -> list[int]:
    gemeint = pl.all_horizontal(pl.lit(value=True), *(pl.col(m) == code for m, code in schutz.klein_bei.items()))
    return summen.filter(gemeint, pl.col(WERT) > 0, pl.col(WERT) < schutz.klein_unter)["_nr"].to_list()


def _ohne_einheiten(summen: pl.DataFrame, einheiten: pl.DataFrame, mindestens: int) -> list[int]:
    neben = summen.join(
        einheiten.select(*_AM_ORT, _anzahl=WERT, _geheim=GESPERRT), on=_AM_ORT, how="left", nulls_equal=True
    )
    anzahl = pl.coalesce("_anzahl", WERT)
    wenige = (anzahl > 0) & (anzahl < mindestens)
    return neben.filter(pl.col("_geheim").fill_null(value=False) | wenige.fill_null(value=False))["_nr"].to_list()


def _neben_entfernten(summen: pl.DataFrame, gezaehlt: pl.DataFrame, regeln: Mapping[str, Schutz]) -> pl.DataFrame:
    """The keys of sums that are left out because the number of units behind them is."""
    orte = gezaehlt.filter(ENTFERNT)
    funde = [
        summen.filter(pl.col(MASS) == mass).join(orte.filter(pl.col(MASS) == einheit), on=_AM_ORT, how="semi")
        for mass in summen[MASS].unique().sort()
        for einheit in regeln[mass].einheiten
    ]
    return pl.concat([summen.clear(), *funde]).select(SCHLUESSEL).unique()


def _gezeigt(regeln: Mapping[str, Schutz]) -> pl.Expr:
    """What readers see: the value, rounded where the policy says so, or nothing."""
    basis = {mass: s.basis for mass, s in regeln.items() if s.art is Schutzart.RUNDEN}
    gerundet = pl.col(MASS).replace_strict(basis, default=None, return_dtype=pl.Float64)
    wert = pl.when(gerundet.is_null()).then(WERT).otherwise(((pl.col(WERT) / gerundet) + 0.5).floor() * gerundet)
    return pl.when(~pl.col(GESPERRT)).then(wert)
