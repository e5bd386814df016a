"""Non-interference: whatever stands in withheld cells, the public edition is the same, byte for byte."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest

from assets.auswertung.berichtspunkte import zeitlagen
from assets.auswertung.katalogtabelle import katalogtabelle
from assets.berichte.daten import Berichtsdaten
from assets.berichte.seiten import erzeuge
from assets.geheimhaltung.aufbau import GESPERRT, baue_system
from assets.geheimhaltung.fassungen import Ergebnisse, Oeffentlich, nach_muster, oeffentlich, zellen_von
from assets.geheimhaltung.freigabe import freigegeben
from assets.geheimhaltung.hierarchien import lies_hierarchien
from assets.geheimhaltung.loeser import Programm
from assets.geheimhaltung.merkbuch import mit_stand
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.schuetzen import Muster, ohne_zusatz
from assets.geheimhaltung.zellbestand import Zellbestand
from schemas.editionen import OEFFENTLICH
from schemas.geheimhaltung import Schutzart
from schemas.zellen import MASS, SCHLUESSEL, WERT
from tests.geheimhaltung.welt import KATALOG, LAND, ergebnisse, lieferungen
from tests.haerte import FAKTOR
from tests.querpruefung.zustand import Zustand

SPIEL = 6.0
"""How far a withheld figure is moved at most."""


def _seiten(e: Ergebnisse) -> dict[str, bytes]:
    daten = Berichtsdaten(
        land=LAND,
        katalog=KATALOG,
        werte=e.werte,
        lieferstand=e.lieferstand,
        stellen=e.stellen,
        umrisse=pl.DataFrame(),
        hinweise=(),
        stand="2026-03-01",
        zeitlagen=zeitlagen(LAND, date(2026, 3, 1)),
        mittel=e.mittel,
        punkte=e.punkte,
        texte=e.texte,
        trichter=e.trichter,
        trends=e.trends,
        revisionen=e.revisionen,
        wirkungen=e.wirkungen,
        edition=OEFFENTLICH,
    )
    return dict(erzeuge(daten))


def _tabellen(muster: Muster) -> dict[str, bytes]:
    return dict(offene_tabellen(mit_stand(muster, ()), LAND, OEFFENTLICH))


def _andere_zellen(muster: Muster, seed: int) -> pl.DataFrame:
    """Other true values of the withheld cells that fit everything shown, as a random program finds them."""
    politik = LAND.geheimhaltung
    teile = []
    for art in (Schutzart.ZELLSPERRUNG, Schutzart.DOMINANZ):
        masse = [m for m in muster.zellen[MASS].unique().sort() if politik.schutz_von(ohne_zusatz(m)).art is art]
        zellen = muster.zellen.filter(pl.col(MASS).is_in(masse)).sort(SCHLUESSEL)
        flaggen = zellen.with_columns(pl.lit(value=False).alias(s) for s in ("fest", "primaer", "verdeckt"))
        regeln = {m: politik.schutz_von(ohne_zusatz(m)).regel for m in masse}
        system = baue_system(flaggen, lies_hierarchien(muster.hierarchien), regeln, ())
        gesperrt = np.zeros(len(system), dtype=bool)
        gesperrt[: zellen.height] = zellen[GESPERRT]
        gesperrt[zellen.height :] = True
        spalten = np.flatnonzero(gesperrt)
        programm = Programm(
            system.gleichungen[:, spalten],
            np.maximum(system.unten[spalten] - system.wert[spalten], -SPIEL),
            np.full(len(spalten), SPIEL),
            system.ganz[spalten],
        )
        programm.kosten(np.random.default_rng(seed).standard_normal(len(spalten)))
        loesung = programm.loese()
        if loesung is None or np.any(np.abs(loesung - np.round(loesung))[system.ganz[spalten]] > 1e-6):
            loesung = programm.loese_ganz()
        assert loesung is not None
        neu = system.wert.copy()
        neu[spalten] += np.where(system.ganz[spalten], np.round(loesung), loesung)
        teile.append(zellen.with_columns(pl.Series("neu", neu[: zellen.height])))
    return pl.concat(teile).filter(GESPERRT).select(*SCHLUESSEL, alt=WERT, neu="neu")


def _andere_werte(werte: pl.DataFrame, bestand: Zellbestand, zellen: pl.DataFrame) -> pl.DataFrame:
    """`indikatorwerte` as the other cells give them."""
    namen = {m: ohne_zusatz(m) for m in zellen[MASS].unique()}
    verschoben = zellen.with_columns(pl.col(MASS).replace(namen), d=pl.col("neu") - pl.col("alt"))
    je_rolle = (
        bestand.bezuege.join(verschoben.select(*SCHLUESSEL, "d"), on=SCHLUESSEL)
        .group_by("zeile", "rolle")
        .agg((pl.col("d") * pl.col("vorzeichen")).sum())
        .pivot("rolle", index="zeile", values="d")
    )
    faktoren = katalogtabelle(KATALOG).select("indikator_id", "variante", "faktor", "hat_nenner")
    neu = (
        werte.with_row_index("zeile")
        .join(je_rolle, on="zeile", how="left", suffix="_d", maintain_order="left")
        .join(faktoren, on=["indikator_id", "variante"], how="left", maintain_order="left")
        .with_columns(
            zaehler=pl.col("zaehler") + pl.col("zaehler_d").fill_null(0),
            nenner=pl.col("nenner") + pl.col("nenner_d").fill_null(0),
        )
    )
    wert = pl.when("hat_nenner").then(pl.col("faktor") * pl.col("zaehler") / pl.col("nenner")).otherwise("zaehler")
    beruehrt = pl.col("zaehler_d").is_not_null() | pl.col("nenner_d").is_not_null()
    return neu.with_columns(pl.when(beruehrt).then(wert).otherwise("wert").alias("wert")).select(werte.columns)


@pytest.mark.haerte
@pytest.mark.parametrize("seed", range(4 * FAKTOR))
def test_was_gesperrt_ist_aendert_nichts(wahr: Ergebnisse, offen: Oeffentlich, seed: int) -> None:
    andere = _andere_zellen(offen.muster, seed)
    assert (andere["alt"] - andere["neu"]).abs().gt(0.5).sum() > 100, "es ändert sich wirklich etwas"
    werte, bestand, _ = zellen_von(wahr.werte, KATALOG, LAND)
    anders = _andere_werte(werte, bestand, andere)
    assert not anders.equals(werte)
    zellen = offen.muster.zellen.join(andere.drop("alt"), on=SCHLUESSEL, how="left", maintain_order="left")
    muster = Muster(zellen.with_columns(pl.coalesce("neu", WERT).alias(WERT)).drop("neu"), offen.muster.hierarchien)
    gezeigt = freigegeben(anders, bestand, muster, KATALOG, LAND.geheimhaltung)
    ergebnis = nach_muster(wahr, gezeigt, muster, KATALOG)
    for name in Ergebnisse.namen():
        assert getattr(ergebnis, name).equals(getattr(offen.ergebnisse, name)), name
    assert _tabellen(muster) == _tabellen(offen.muster)
    if seed == 0:
        assert _seiten(ergebnis) == _seiten(offen.ergebnisse)


def _tausche(zustand: Zustand, muster: Muster, zufall: Random) -> Iterator[Zustand]:
    """Deliveries in which two Meldeeinheiten moved a person between two pay groups each, in opposite directions.

    Their totals stay, and so do those of the pay groups in the Land: only four withheld cells change.
    """
    klassen = LAND.geheimhaltung.vergroeberungen[0].klassen
    gesperrt = {
        (jahr, gebiet, aufgabe, klasse)
        for jahr, gebiet, aufgabe, klasse in muster.zellen.filter(GESPERRT, mass="personal.personen", teil="T")
        .select("berichtsjahr", "gebiet", "aufgabe", "entgeltgruppe")
        .iter_rows()
    }
    zeilen = [
        ((s, i), (z["berichtsjahr"], z["meldeeinheit"], z["aufgabe"], klassen[z["entgeltgruppe"]]))
        for s, tabelle in zustand.items()
        if s.datensatz == "personal"
        for i, z in enumerate(tabelle)
    ]
    innen = [(ort, zelle) for ort, zelle in zeilen if zelle in gesperrt]
    zufall.shuffle(innen)
    for (a1, (jahr, a, aufgabe, k1)), (a2, zelle2) in ((x, y) for x in innen for y in innen):
        if zelle2[:3] != (jahr, a, aufgabe) or zelle2[3] <= k1:
            continue
        je_zelle = {zelle: ort for ort, zelle in innen}
        for b in {zelle[1] for _, zelle in innen} - {a}:
            b1, b2 = (je_zelle.get((jahr, b, aufgabe, k)) for k in (k1, zelle2[3]))
            if b1 and b2:
                neu = deepcopy(zustand)
                for (schluessel, nummer), d in ((a1, 1), (a2, -1), (b1, -1), (b2, 1)):
                    neu[schluessel][nummer]["personen"] += d
                if all(neu[s][n]["personen"] > 0 for s, n in (a1, a2, b1, b2)):
                    yield neu


def test_lieferungen_die_sich_nur_im_gesperrten_unterscheiden(offen: Oeffentlich, tmp_path: Path) -> None:
    """The same from the deliveries on, wherever the same cells are withheld again."""
    zustand = lieferungen(0)
    gleich = 0
    for nummer, anders in enumerate(_tausche(zustand, offen.muster, Random(0))):  # noqa: S311  # examples, no secrets
        ergebnis = oeffentlich(ergebnisse(tmp_path / str(nummer), anders), KATALOG, LAND)
        muster = [*SCHLUESSEL, GESPERRT]
        assert not ergebnis.muster.zellen[WERT].equals(offen.muster.zellen[WERT])
        if ergebnis.muster.zellen.select(muster).equals(offen.muster.zellen.select(muster)):
            gleich += 1
            assert _tabellen(ergebnis.muster) == _tabellen(offen.muster)
            for name in Ergebnisse.namen():
                assert getattr(ergebnis.ergebnisse, name).equals(getattr(offen.ergebnisse, name)), name
        if gleich or nummer > 5:
            break
    assert gleich, "bei keinem Tausch blieb das Muster gleich"
