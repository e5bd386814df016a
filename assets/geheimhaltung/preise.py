"""What each choice of policy would withhold, computed from the data: the price table of the methods page.

What belongs here: the choices that are compared. What does not: protecting (`schuetzen.py`). The result depends on
withheld values and is for the ministry only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.reste import Tabellenwerk
from assets.geheimhaltung.schuetzen import GEZEIGT, Muster, ohne_zusatz, schuetze
from schemas.geheimhaltung import Geheimhaltung, Schutz, Schutzart
from schemas.schutzpreise import PREISE
from schemas.zellen import GEBIET, MASS, MERKMALE, SCHLUESSEL, WERT

_KLEIN = 3
"""The smallest k in use elsewhere (Bundesagentur für Arbeit)."""


def preise(werk: Tabellenwerk, politik: Geheimhaltung) -> pl.DataFrame:
    """Columns `PREISE`, one row per choice; only counts that are protected cell by cell are looked at.

    Earlier releases are left aside: what they told would tie every choice to the one in force.
    """
    masse = [m for m in werk.zellen[MASS].unique().sort() if _ist_zellgesperrt(politik, m)]
    teil = replace(werk, zellen=werk.zellen.filter(pl.col(MASS).is_in(masse)))
    zeilen = [
        {"regel": name, **_preis(schuetze(teil, wahl), gerundet=wahl.sonst.art is Schutzart.RUNDEN)}
        for name, wahl in _wahlen(politik)
    ]
    return pl.DataFrame(zeilen, schema=PREISE)


def _ist_zellgesperrt(politik: Geheimhaltung, mass: str) -> bool:
    return politik.schutz_von(ohne_zusatz(mass)).art is Schutzart.ZELLSPERRUNG


def _wahlen(politik: Geheimhaltung) -> Iterator[tuple[str, Geheimhaltung]]:
    """Label and policy of every choice, the one in force first."""
    k = Schutz().k
    wahlen = (
        (f"gesperrt unter {_KLEIN}, Nullen gezeigt", _alle(politik, k=_KLEIN, nullen_gezeigt=True)),
        (f"gesperrt unter {k}, Nullen gezeigt", _alle(politik, k=k, nullen_gezeigt=True)),
        (f"gesperrt unter {k}, auch Nullen", _alle(politik, k=k, nullen_gezeigt=False)),
        (f"gerundet auf Vielfache von {Schutz().basis}", _alle(politik, art=Schutzart.RUNDEN)),
    )
    geltende = [name for name, wahl in wahlen if wahl == politik]
    yield f"wie festgelegt{''.join(f' ({name})' for name in geltende)}", politik
    yield from ((name, wahl) for name, wahl in wahlen if wahl != politik)


def _alle(politik: Geheimhaltung, **anders: object) -> Geheimhaltung:
    """The same policy with other thresholds for everything that is protected cell by cell, named or not."""

    def geaendert(schutz: Schutz) -> Schutz:
        return replace(schutz, **anders) if schutz.art is Schutzart.ZELLSPERRUNG else schutz  # type: ignore[arg-type]  # names are checked by replace

    schutz: Mapping[str, Schutz] = {anfang: geaendert(s) for anfang, s in politik.schutz.items()}
    return replace(politik, schutz=schutz, sonst=geaendert(politik.sonst))


def _preis(muster: Muster, *, gerundet: bool) -> dict[str, int | float | None]:
    zellen = muster.zellen
    geheim, alles = (float(z.select(pl.col(WERT).sum()).item()) for z in (zellen.filter(GESPERRT), zellen))
    return {
        "zellen": zellen.height,
        "gesperrt": int(zellen[GESPERRT].sum()),
        "anteil_inhalt": geheim / max(alles, 1.0),
        "summen_offen": _offene_summen(muster) if gerundet else None,
    }


def _offene_summen(muster: Muster) -> float:
    """Share of totals that are no longer the sum of their parts."""
    aufgegangen: list[bool] = []
    for dim in (GEBIET, *MERKMALE):
        saetze = muster.hierarchien.filter(pl.col("dim") == dim).select("parent", "child", "set")
        andere = [s for s in SCHLUESSEL if s != dim]
        summen = (
            muster.zellen.join(saetze, left_on=dim, right_on="child")
            .group_by(*andere, "parent", "set")
            .agg(_summe=pl.col(GEZEIGT).sum(), _wahr=pl.col(WERT).sum())
            .join(muster.zellen, left_on=[*andere, "parent"], right_on=[*andere, dim])
        )
        ganze = summen.filter(pl.col("_wahr") == pl.col(WERT))
        aufgegangen += (ganze["_summe"] == ganze[GEZEIGT]).to_list()
    return 1 - sum(aufgegangen) / max(len(aufgegangen), 1)
