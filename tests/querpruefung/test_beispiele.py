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
from pipeline.beispiele.rollen import QUERBEFUND, Rollen, alle_lieferungen, verteile
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from tests.querpruefung.zustand import Zeile, Zustand, lege_ab

LAND = lade_land("sachsen")


def _zahl(wert: Wert) -> object:
    """What a sign in a measure becomes when it is read: a dash is zero, anything else unknown."""
    if isinstance(wert, str):
        return 0 if wert == "-" else None
    return wert


def _zustand(rollen: Rollen, seed: int, referenz: pl.DataFrame, *, auffaellig: bool = False) -> Zustand:
    plaene = plane(LAND, seed, rollen, referenz)
    zustand: Zustand = {}
    for lieferung in alle_lieferungen(LAND):
        masse = alle_datensaetze()[lieferung.datensatz].masse
        besonderheit = rollen.besonderheiten.get(lieferung)
        # The register says when the Stelle closed, unless the example is to show what happens if it does not.
        gezeigt = besonderheit if auffaellig and besonderheit in QUERBEFUND else None
        auftrag = Auftrag(LAND, seed, plaene[lieferung.meldeeinheit], lieferung, gezeigt, 1)
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


@pytest.mark.parametrize("seed", [STANDARD_SEED, 1])
def test_was_nur_neben_anderen_dateien_auffaellt_faellt_auf(tmp_path: Path, seed: int) -> None:
    referenz, rollen = lade_bestand(), verteile(LAND, seed)
    ablage = Ablage(tmp_path)
    lege_ab(ablage, _zustand(rollen, seed, referenz, auffaellig=True))
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
