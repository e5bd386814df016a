"""Editions one after the other: readers keep the old ones, so they must be safe together."""

from copy import deepcopy
from pathlib import Path

import polars as pl

from assets.ablage import Ablage
from assets.geheimhaltung.angriffsprobe import SICHER, greife_an
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.fassungen import Ergebnisse, Oeffentlich, oeffentlich
from assets.geheimhaltung.merkbuch import dateien_von, lies_merkbuch, mit_stand, trage_ein
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.schuetzen import GEZEIGT, Muster
from schemas.zellen import JAHR, MASS, SCHLUESSEL, WERT
from tests.geheimhaltung.welt import KATALOG, LAND, ergebnisse, lieferungen
from tests.querpruefung.zustand import Zustand


def _gib_heraus(ablage: Ablage, wahr: Ergebnisse) -> tuple[Muster, bool]:
    """Makes and records an edition as the stage does; what was recorded, and whether it was new."""
    merkbuch = lies_merkbuch(ablage)
    o: Oeffentlich = oeffentlich(wahr, KATALOG, LAND, [e.muster for e in merkbuch])
    muster = mit_stand(o.muster, merkbuch)
    dateien = tuple(offene_tabellen(muster, LAND, f"ausgabe-{len(merkbuch) + 1}"))
    probe = greife_an(dateien, [dateien_von(ablage, e) for e in merkbuch])
    assert probe.urteil == SICHER, probe.text
    return muster, trage_ein(ablage, muster, dateien)


def test_eine_korrektur_verraet_nichts(wahr: Ergebnisse, tmp_path: Path) -> None:
    ablage = Ablage(tmp_path / "buch")
    erste, neu = _gib_heraus(ablage, wahr)
    assert neu
    assert not _gib_heraus(ablage, wahr)[1], "dasselbe noch einmal ist nichts Neues"
    zweite, neu = _gib_heraus(ablage, ergebnisse(tmp_path / "korrigiert", _korrigiert()))
    assert neu
    assert len(lies_merkbuch(ablage)) == 2
    beide = erste.zellen.join(zweite.zellen, on=SCHLUESSEL, suffix="_neu")
    gleich = beide.filter(pl.col(WERT) == pl.col(f"{WERT}_neu"))
    assert gleich.filter(~pl.col(GESPERRT))[f"{GESPERRT}_neu"].sum() == 0, "was gezeigt war, bleibt gezeigt"
    geaendert = beide.filter(pl.col(GEZEIGT) != pl.col(f"{GEZEIGT}_neu")).select(MASS, JAHR).unique()
    assert geaendert.height > 0
    staende = zweite.zellen.join(geaendert, on=[MASS, JAHR], how="semi")["stand"].unique().to_list()
    assert staende == [2]
    assert set(zweite.zellen.join(geaendert, on=[MASS, JAHR], how="anti")["stand"]) == {1}


def _korrigiert() -> Zustand:
    """A few figures of staff and departures of one year, put right."""
    zustand = deepcopy(lieferungen(0))
    for schluessel, zeilen in zustand.items():
        if schluessel.berichtsjahr == 2025 and schluessel.datensatz == "rueckkehr":
            zeilen[0]["ausreisen_aufgrund_beratung"] += 3
        if schluessel.berichtsjahr == 2025 and schluessel.datensatz == "personal":
            zeilen[0]["personen"] += 1
    return zustand
