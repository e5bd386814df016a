"""The invented deliveries fit together: rules across files find only what the examples are meant to show."""

from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import pruefe_quer
from assets.referenz.bestand import lade_bestand
from pipeline.beispiele.erzeugen import STANDARD_SEED
from pipeline.beispiele.rollen import QUERBEFUND, verteile
from schemas.laender import lade_land
from tests.beispiele.vorfuehrung import beispiele
from tests.haerte import FAKTOR
from tests.querpruefung.zustand import lege_ab

LAND = lade_land("sachsen")
SEEDS = (STANDARD_SEED, pytest.param(1, marks=pytest.mark.haerte)) if FAKTOR > 1 else (STANDARD_SEED,)


@pytest.mark.parametrize("seed", SEEDS)
def test_die_beispiele_haben_nur_erklaerliche_befunde(tmp_path: Path, seed: int) -> None:
    referenz, rollen = lade_bestand(), verteile(LAND, seed)
    ablage = Ablage(tmp_path)
    lege_ab(ablage, beispiele(rollen, seed, referenz))
    with oeffne(ablage, LAND, referenz) as lage:
        befunde = pruefe_quer(lage)
    assert set(befunde["regel"]) <= {"R32", "R50a"}, "nur Auffälligkeiten, nichts passt nicht zusammen"
    # Of more than a thousand rates that are compared.
    assert befunde.height < len(LAND.meldeeinheiten)
    ueblich = max(set(rollen.zaehlweise.values()), key=list(rollen.zaehlweise.values()).count)
    je_vzae = befunde.filter(pl.col("schluessel").str.ends_with("variante=JE_VZAE"))
    assert all(rollen.zaehlweise[m] == ueblich for m in je_vzae["meldeeinheit"]), "verglichen wird, wer gleich zählt"


@pytest.mark.parametrize("seed", SEEDS)
def test_was_nur_neben_anderen_dateien_auffaellt_faellt_auf(tmp_path: Path, seed: int) -> None:
    referenz, rollen = lade_bestand(), verteile(LAND, seed)
    ablage = Ablage(tmp_path)
    lege_ab(ablage, beispiele(rollen, seed, referenz, auffaellig=True))
    with oeffne(ablage, LAND, referenz) as lage:
        befunde = pruefe_quer(lage)
    gefunden = set(befunde.select("regel", "meldeeinheit").iter_rows())
    gemeint = {
        (QUERBEFUND[besonderheit], lieferung.meldeeinheit)
        for lieferung, besonderheit in rollen.besonderheiten.items()
        if besonderheit in QUERBEFUND
    }
    assert {regel for regel, _ in gemeint} == set(QUERBEFUND.values())
    assert gemeint <= gefunden
    assert {regel for regel, _ in gefunden} <= {*QUERBEFUND.values(), "R32", "R40b", "R50a"}
    assert "fehler" not in set(befunde["schwere"])
