"""What tests in a real browser share: the browser, and an edition in a folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assets.berichte.ablegen import veroeffentliche
from assets.berichte.seiten import erzeuge
from tests.berichte import welt

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    daten = welt.berichtsdaten(umrisse=welt.umrisse(welt.land()), trichter=welt.trichter("AZR", welt.JAHRE[-1]))
    return veroeffentliche(erzeuge(daten), tmp_path_factory.mktemp("berichte"), "intern_land")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Kein Chromium gefunden (apt-get install chromium): Die Seiten wurden NICHT angesehen.")
    with sync_playwright() as p:
        # Inside a container Chromium has no user namespace of its own to build its sandbox from.
        # Letters in shades of grey: coloured edges depend on the screen.
        gestartet = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-lcd-text"])
        yield gestartet
        gestartet.close()
