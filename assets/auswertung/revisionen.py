"""The list of revised figures, and what they changed in the indicators.

What belongs here: which figures were revised (a delivery sent again, a documented correction, an official figure
published anew) and the values computed with the old and with the new ones. What does not: comparing two tables
(`fassungsvergleich.py`) and computing values (`indikatoren.py`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import duckdb
import polars as pl

from assets.ablage import Ablage
from assets.auswertung.datenbank import mit_amtlichem_stand, mit_anderer_lieferung
from assets.auswertung.fassungsvergleich import amtliche_zeile, ist_geheim, zellen
from assets.auswertung.indikatoren import berechne
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, belege_von
from assets.ortszeit import ortszeit
from assets.pruefung.fassungen import fruehere_fassungen, tabelle_der_fassung
from assets.pruefung.korrekturen import Korrektur, lade
from assets.pruefung.lieferungen import lieferstand
from assets.pruefung.uebernehmen import pfad_geprueft
from schemas.datensaetze import alle_datensaetze
from schemas.erwartung import AUFGABEN
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Indikator, Land
from schemas.revisionen import AMTLICH, KORREKTUR, LIEFERUNG, REVISIONEN, WIRKUNGEN

_UEBERALL = frozenset({AUFGABEN, "stellen"})
"""Datasets that decide which values enter a sum at all, so that each may change any indicator."""
_GLEICH = 1e-9
"""Relative distance up to which two values are the same: sums may be added up in another order."""
_WERT = ("indikator_id", "variante", "ags", "gebiet_typ", "berichtsjahr", "einheit")
_AMTLICHE_ZAHL = ["tabelle", "zeit", "ags", "kennzahl", "merkmale"]

Lesart = Callable[[duckdb.DuckDBPyConnection], AbstractContextManager[None]]
"""Opens the database as it was before or after a revision."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One step from an old to a new state: its cells (columns `REVISIONEN`) and both readings of the database."""

    kennung: str
    zellen: pl.DataFrame
    datensatz: str
    """Empty for an official table."""
    vorher: Lesart
    nachher: Lesart


def revisionen(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> list[Revision]:
    """All revisions in which any figure differs: official ones first, then deliveries in the order of `lieferstand`.

    Args:
        ablage: holds versions and checked tables.
        land: whose.
        referenz: official series, all states.
    """
    alle = [*amtliche_revisionen(land, referenz), *revisionen_der_lieferungen(ablage, land)]
    return [r for r in alle if not r.zellen.is_empty()]


def liste(alle: Sequence[Revision]) -> pl.DataFrame:
    """The cells of all revisions, columns `REVISIONEN`."""
    return pl.concat([pl.DataFrame(schema=REVISIONEN), *(r.zellen for r in alle)])


def wirkungen(
    con: duckdb.DuckDBPyConnection, land: Land, katalog: Sequence[Indikator], alle: Sequence[Revision]
) -> pl.DataFrame:
    """Values that differ with the old and the new figures, columns `WIRKUNGEN`; totals of Meldeeinheiten and the Land.

    Args:
        con: a database as `assets.auswertung.datenbank.datenbank` opens it.
        land: whose values.
        katalog: the indicators in use.
        alle: the revisions.
    """
    teile = [pl.DataFrame(schema=WIRKUNGEN)]
    for revision in alle:
        if ist_geheim(revision.zellen):
            continue
        betroffen = betroffene(katalog, revision.datensatz)
        vorher, nachher = (_werte(con, land, betroffen, lesart) for lesart in (revision.vorher, revision.nachher))
        teile.append(unterschiede(vorher, nachher).select(pl.lit(revision.kennung).alias("revision"), pl.all()))
    return pl.concat(teile)


def betroffene(katalog: Sequence[Indikator], datensatz: str) -> tuple[Indikator, ...]:
    """The indicators whose value may rest on a dataset; all of them for an official table."""
    if not datensatz or datensatz in _UEBERALL:
        return tuple(katalog)
    wort = re.compile(rf"\b{datensatz}\b")
    sql = {i.id: [g.sql for v in i.varianten for g in (v.zaehler, v.nenner) if g] for i in katalog}
    return tuple(i for i in katalog if any(wort.search(s) for s in sql[i.id]))


def unterschiede(vorher: pl.DataFrame, nachher: pl.DataFrame) -> pl.DataFrame:
    """Values of `indikatorwerte` that differ between two computations: `WIRKUNGEN` without `revision`.

    A secret value on either side is left out: what stands beside it would tell it.
    """
    beide = nachher.join(vorher, on=_WERT[:-1], how="full", suffix="_alt", coalesce=True).with_columns(
        einheit=pl.coalesce("einheit", "einheit_alt"), alt="wert_alt", neu="wert"
    )
    abstand = (pl.col("neu") - pl.col("alt")).abs()
    gleich = abstand <= _GLEICH * pl.max_horizontal(pl.col("neu").abs(), pl.col("alt").abs())
    anders = ~gleich.fill_null(pl.col("neu").is_null() & pl.col("alt").is_null())
    geheim = pl.any_horizontal(pl.col("wertstatus", "wertstatus_alt").fill_null("") == "G")
    return beide.filter(anders & ~geheim).select(*_WERT, "alt", "neu").sort(_WERT)


def _werte(con: duckdb.DuckDBPyConnection, land: Land, katalog: Sequence[Indikator], lesart: Lesart) -> pl.DataFrame:
    """The newest total of each area and year."""
    with lesart(con):
        werte = berechne(con, land, katalog)
    gesamt = pl.all_horizontal(pl.col(g) == "T" for g in GLIEDERUNGEN if g != "konzept")
    return (
        werte.filter(gesamt, pl.col("gebiet_typ").is_in(["kreis", "land"]))
        .sort("stand")
        .unique(_WERT[:-1], keep="last", maintain_order=True)
        .select(*_WERT, "wert", "wertstatus")
    )


def amtliche_revisionen(land: Land, referenz: pl.DataFrame) -> Iterator[Revision]:
    """Official figures of the Land and its Meldeeinheiten that were published again with another value."""
    gebiete = [land.ags, *(m.id for m in land.meldeeinheiten)]
    folge = (
        referenz.filter(pl.col("ags").is_in(gebiete))
        .sort(*_AMTLICHE_ZAHL, "stand")
        .with_columns(
            pl.col(neu).shift().over(_AMTLICHE_ZAHL).alias(alt)
            for neu, alt in (("wert", "_wert"), ("wertstatus", "_status"), ("stand", "_stand"))
        )
    )
    anders = pl.col("wert").ne_missing(pl.col("_wert")) | (pl.col("wertstatus") != pl.col("_status"))
    geaendert = folge.filter(pl.col("_stand").is_not_null() & anders)
    for (tabelle, zeit, alt, neu), zeilen in geaendert.group_by(
        "tabelle", "zeit", "_stand", "stand", maintain_order=True
    ):
        yield _revision(
            f"{tabelle} {zeit} Stand {neu}",
            pl.DataFrame([{"ags": z["ags"], **amtliche_zeile(z)} for z in zeilen.iter_rows(named=True)]),
            {
                "art": AMTLICH,
                "quelle": str(tabelle),
                "berichtsjahr": int(str(zeit)[:4]),
                "alt_stand": str(alt),
                "neu_stand": str(neu),
                "datum": str(neu),
            },
            vorher=partial(mit_amtlichem_stand, tabelle=str(tabelle), zeit=str(zeit), bis=str(alt)),
            nachher=partial(mit_amtlichem_stand, tabelle=str(tabelle), zeit=str(zeit), bis=str(neu)),
        )


def revisionen_der_lieferungen(ablage: Ablage, land: Land) -> Iterator[Revision]:
    """What later accepted versions and documented corrections changed in the deliveries that stand."""
    korrekturen = lade(land)
    mehrere = (pl.col("gueltige_version") > 1) | (pl.col("korrekturen") > 0)
    stand = lieferstand(ablage, land).filter(mehrere)
    for datensatz, jahr, einheit, version in stand.select(
        "datensatz", "berichtsjahr", "meldeeinheit", "gueltige_version"
    ).iter_rows():
        schluessel = Lieferschluessel(datensatz, jahr, einheit)
        yield from _einer_lieferung(ablage, land, schluessel, version, korrekturen.get(schluessel, ()))


def _einer_lieferung(
    ablage: Ablage, land: Land, schluessel: Lieferschluessel, version: int, korrekturen: Sequence[Korrektur]
) -> Iterator[Revision]:
    """Steps from each accepted version to the next, then from the one that stands as delivered to it as corrected."""
    beleg = next(b for b in belege_von(ablage, schluessel) if b.version == version)
    steht = ablage.lies_tabelle(pfad_geprueft(schluessel))
    fassungen = [(beleg, steht), *fruehere_fassungen(ablage, land, schluessel, version, korrekturen)][::-1]
    for (davor, alt), (danach, neu) in pairwise(fassungen):
        tag = ortszeit(danach.eingegangen_am).date().isoformat()
        staende = (str(davor.version), alt), (str(danach.version), neu)
        yield _schritt(LIEFERUNG, danach, *staende, datum=tag)
    geliefert = tabelle_der_fassung(ablage, land, beleg) if korrekturen else None
    # A delivery that only its corrections made acceptable never stood as it was sent.
    if geliefert is not None:
        tag = max(k.datum for k in korrekturen).isoformat()
        staende = (str(version), geliefert), (f"{version} mit Korrekturen", steht)
        yield _schritt(KORREKTUR, beleg, *staende, datum=tag)


def _schritt(
    art: str, beleg: Beleg, alt: tuple[str, pl.DataFrame], neu: tuple[str, pl.DataFrame], *, datum: str
) -> Revision:
    (alt_stand, vorher), (neu_stand, nachher) = alt, neu
    gefunden = zellen(alle_datensaetze()[beleg.datensatz], vorher, nachher)
    return _revision(
        beleg.nummer if art == LIEFERUNG else f"{beleg.nummer} Korrektur",
        gefunden.with_columns(ags=pl.lit(beleg.meldeeinheit)),
        {
            "art": art,
            "quelle": beleg.datensatz,
            "berichtsjahr": beleg.berichtsjahr,
            "alt_stand": alt_stand,
            "neu_stand": neu_stand,
            "datum": datum,
        },
        datensatz=beleg.datensatz,
        vorher=partial(mit_anderer_lieferung, schluessel=beleg.schluessel, tabelle=vorher),
        nachher=partial(mit_anderer_lieferung, schluessel=beleg.schluessel, tabelle=nachher),
    )


def _revision(
    kennung: str,
    gefunden: pl.DataFrame,
    gemeinsam: Mapping[str, str | int],
    *,
    vorher: Lesart,
    nachher: Lesart,
    datensatz: str = "",
) -> Revision:
    fest = [pl.lit(wert).alias(name) for name, wert in {"revision": kennung, **gemeinsam}.items()]
    tabelle = gefunden.with_columns(fest).select(pl.col(name).cast(typ) for name, typ in REVISIONEN.items())
    return Revision(kennung, tabelle, datensatz, vorher, nachher)
