"""What tests of printing share: an edition in an Ablage, printed once, and how a PDF is read."""

from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.berichte.ablegen import veroeffentliche
from assets.berichte.seiten import erzeuge
from assets.berichte.stil import ANFANG, STIL, SYMBOL
from assets.druck.bilden import Druck, drucke
from assets.druck.chromium import ChromiumFehltError, finde_chromium
from schemas.editionen import OEFFENTLICH
from tests.berichte import welt
from tests.druck import vollewelt

TAG = "2026-03-01"
"""When the last delivery arrived; the Kreis that delivers nothing has no such day."""
BERICHT, LAND, VOLL, LEER = "kreis_X4", "musterland", "kurzfassung_X4", "kurzfassung_X6"
"""The page of the longest name, the Land's, and a Kurzfassung with too much and one with nothing."""


@pytest.fixture(scope="session")
def chromium() -> str:
    try:
        return finde_chromium()
    except ChromiumFehltError as fehler:
        pytest.skip(f"{fehler} Es wurde NICHT gedruckt.")


@pytest.fixture(scope="session")
def seiten() -> dict[str, bytes]:
    """Pages of two invented Lands in one edition: printing takes files as they lie there."""
    geheim = welt.zeile("ARB-03", "BA", "X4", 2017, vollewelt.GEHEIM, wertstatus="G", zaehler=vollewelt.GEHEIM)
    werte = pl.concat([welt.werte(), welt.tabelle([geheim])])
    am_tag = pl.when(pl.col("gueltige_version").is_not_null()).then(pl.lit(f"{TAG}T08:00:00+01:00"))
    anders = {"edition": OEFFENTLICH, "lieferstand": welt.lieferungen(welt.land()).with_columns(eingegangen_am=am_tag)}
    daten = welt.berichtsdaten(umrisse=welt.umrisse(welt.land()), werte=werte, **anders)
    viele = dict(erzeuge(vollewelt.berichtsdaten(**anders)))
    wenige = dict(erzeuge(daten))
    gewaehlt = {f"{n}.html": wenige[f"{n}.html"] for n in (BERICHT, LAND, LEER)}
    return gewaehlt | {n: viele[n] for n in (f"{VOLL}.html", ANFANG, STIL, SYMBOL)}


def lege_an(wurzel: Path, seiten: dict[str, bytes]) -> Ablage:
    """An Ablage with these pages as its public edition."""
    veroeffentliche(seiten.items(), wurzel / "berichte", OEFFENTLICH)
    return Ablage(wurzel)


@pytest.fixture(scope="session")
def ablage(tmp_path_factory: pytest.TempPathFactory, seiten: dict[str, bytes]) -> Ablage:
    return lege_an(tmp_path_factory.mktemp("gedruckt"), seiten)


@pytest.fixture(scope="session")
def gedruckt(chromium: str, ablage: Ablage) -> Druck:
    assert chromium
    return drucke(ablage, welt.land())
