"""The invented deliveries fit together: rules across files find only what the examples are meant to show."""

from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import pruefe_quer
from assets.referenz.bestand import lade_bestand
from pipeline.beispiele.erzeugen import STANDARD_SEED
from pipeline.beispiele.inhalt import Auftrag, Wert, zeilen_von
from pipeline.beispiele.plan import plane
from pipeline.beispiele.rollen import Rollen, alle_lieferungen, verteile
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from tests.querpruefung.zustand import Zeile, Zustand, lege_ab

LAND = lade_land("sachsen")


def _zahl(wert: Wert) -> object:
    """What a sign in a measure becomes when it is read: a dash is zero, anything else unknown."""
    if isinstance(wert, str):
        return 0 if wert == "-" else None
    return wert


def _zustand(rollen: Rollen, seed: int, referenz: pl.DataFrame) -> Zustand:
    plaene = plane(LAND, seed, rollen, referenz)
    zustand: Zustand = {}
    for lieferung in alle_lieferungen(LAND):
        masse = alle_datensaetze()[lieferung.datensatz].masse
        auftrag = Auftrag(LAND, seed, plaene[lieferung.meldeeinheit], lieferung, None, 1)
        zeilen: list[Zeile] = [{k: _zahl(w) if k in masse else w for k, w in z.items()} for z in zeilen_von(auftrag)]
        zustand[Lieferschluessel(lieferung.datensatz, lieferung.jahr, lieferung.meldeeinheit)] = zeilen
    return zustand


@pytest.mark.parametrize("seed", [STANDARD_SEED, 1])
def test_die_beispiele_haben_nur_erklaerliche_befunde(tmp_path: Path, seed: int) -> None:
    referenz, rollen = lade_bestand(), verteile(LAND, seed)
    ablage = Ablage(tmp_path)
    lege_ab(ablage, _zustand(rollen, seed, referenz))
    with oeffne(ablage, LAND, referenz) as lage:
        befunde = pruefe_quer(lage)
    assert set(befunde["regel"]) <= {"R32", "R50a"}, "nur Auffälligkeiten, nichts passt nicht zusammen"
    assert befunde.height <= len(LAND.meldeeinheiten) // 3
    ueblich = max(set(rollen.zaehlweise.values()), key=list(rollen.zaehlweise.values()).count)
    je_vzae = befunde.filter(pl.col("schluessel").str.ends_with("variante=JE_VZAE"))
    assert all(rollen.zaehlweise[m] != ueblich for m in je_vzae["meldeeinheit"]), "auffällig ist, wer anders zählt"
