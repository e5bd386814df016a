"""One clerk's way in a real browser without scripts; every page looked at by axe, narrow and wide; the keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from schemas.indikatoren import katalog
from tests.berichte.seitenarten import BREIT
from tests.berichte.stille import still
from tests.portal.ansehen import melde_an, sieh_an
from tests.portal.welt import DATENSATZ, JAHR, KREIS, LAND, ORT, PASSWORT, Welt, beispiel, server

KENNZAHL = katalog(LAND)[0]


@pytest.fixture(scope="module")
def wurzel(welt: Welt) -> Iterator[str]:
    with server(welt.app) as adresse:
        yield adresse


@pytest.fixture(scope="module")
def schlecht(tmp_path_factory: pytest.TempPathFactory) -> Path:
    datei = tmp_path_factory.mktemp("dateien") / "schlecht.csv"
    datei.write_bytes(beispiel().replace(b"2025;", b"20x5;", 1))
    return datei


@pytest.fixture(scope="module")
def gut(schlecht: Path) -> Path:
    datei = schlecht.with_name("gut.csv")
    datei.write_bytes(beispiel())
    return datei


def test_der_weg_einer_lieferung_ohne_skripte(browser: Browser, wurzel: str, schlecht: Path, gut: Path) -> None:
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    bea = kontext.new_page()
    with still(bea, wurzel):
        bea.goto(wurzel)
        bea.get_by_label("Kennung").fill("bea")
        bea.get_by_label("Passwort").fill(PASSWORT)
        bea.keyboard.press("Enter")
        bea.get_by_role("link", name=f"fehlt (Beratung {JAHR})").click()
        bea.get_by_label("Datei (CSV oder Excel)").set_input_files(schlecht)
        bea.get_by_role("button", name="Nur prüfen").click()
        assert "Nichts gespeichert" in bea.locator("main").inner_text()
        assert "„20x5“ ist keine Zahl" in bea.locator("main").inner_text()
        bea.get_by_role("link", name="Zurück zum Abgeben").click()
        bea.get_by_label("Datei (CSV oder Excel)").set_input_files(gut)
        bea.get_by_role("button", name="Abgeben", exact=True).click()
        assert bea.url == f"{wurzel}{ORT}/1"
        bea.get_by_role("link", name="Quittung", exact=True).click()
        assert f"{DATENSATZ}-{KREIS}-{JAHR}-1" in bea.locator("main").inner_text()
    zweiter = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    fred = melde_an(zweiter, wurzel, "fred")
    fred.get_by_role("link", name=f"Beratung {JAHR}, Version 1").click()
    fred.get_by_role("button", name="Version 1 freigeben").click()
    assert "Freigegeben." in fred.locator(".zustand").inner_text()
    bea.reload()
    assert "freigegeben" in bea.locator("main").inner_text()
    kontext.close()
    zweiter.close()


def test_ohne_datei_und_ohne_skripte(browser: Browser, wurzel: str) -> None:
    """The Fehlanzeige, its receipt verified by somebody without an account, versions compared, a figure remarked on."""
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    bea = melde_an(kontext, wurzel, "bea")
    for _ in range(2):
        bea.goto(f"{wurzel}/kreis/{KREIS}/{JAHR}/stellen")
        bea.get_by_role("link", name="Fehlanzeige").click()
        bea.get_by_role("button", name=f"Fehlanzeige für {JAHR} abgeben").click()
        assert "Fehlanzeige" in bea.locator("main").inner_text()
    bea.get_by_role("link", name="Quittung", exact=True).click()
    nummer, siegel = f"stellen-{KREIS}-{JAHR}-1", bea.locator(".siegel").inner_text()
    fremder = browser.new_context(java_script_enabled=False)
    gast = fremder.new_page()
    gast.goto(f"{wurzel}/quittung/pruefen")
    gast.get_by_label("Siegel der Quittung").fill(siegel)
    gast.get_by_role("button", name="Prüfen").click()
    assert "Das Siegel ist echt" in gast.locator("main").inner_text()
    assert nummer in gast.locator("main").inner_text()
    fremder.close()
    bea.goto(f"{wurzel}/kreis/{KREIS}/{JAHR}/stellen")
    bea.get_by_label("Datei (CSV oder Excel)").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": beispiel(datensatz="stellen")}
    )
    bea.get_by_role("button", name="Abgeben", exact=True).click()
    bea.goto(f"{wurzel}/kreis/{KREIS}/{JAHR}/stellen")
    bea.get_by_role("link", name="Versionen vergleichen").click()
    bea.get_by_label("Ältere Version").select_option("1")
    bea.get_by_role("button", name="Vergleichen").click()
    assert "Neue Zeilen (" in bea.locator("main").inner_text()
    bea.goto(f"{wurzel}/kreis/{KREIS}")
    bea.get_by_role("link", name="Anmerkungen zu Kennzahlen").click()
    bea.get_by_role("link", name=f"Anmerken zu {KENNZAHL.name}", exact=True).click()
    bea.get_by_label("Anmerkung", exact=True).fill("Die Zahl stimmt.")
    bea.get_by_role("button", name="Anmerkung speichern").click()
    assert "Die Zahl stimmt." in bea.locator("main").inner_text()
    kontext.close()


def test_jede_seite_ist_zugaenglich_und_rollt_nie_waagerecht(browser: Browser, wurzel: str, schlecht: Path) -> None:
    """CSP is off for axe's script."""
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    gast = kontext.new_page()
    gast.goto(f"{wurzel}/anmelden")
    sieh_an(gast)
    gast.get_by_label("Kennung").fill("bea")
    gast.get_by_label("Passwort").fill("falsch falsch")
    gast.get_by_role("button", name="Anmelden").click()
    sieh_an(gast)
    bea = melde_an(kontext, wurzel, "bea")
    jahr = f"{wurzel}/kreis/{KREIS}/{JAHR}"
    ort = f"{jahr}/massnahmen"
    for aktion, danach in (("Nur prüfen", "Prüfergebnis"), ("Abgeben", "Version 1")):
        bea.goto(ort)
        bea.get_by_label("Datei (CSV oder Excel)").set_input_files(schlecht)
        bea.get_by_role("button", name=aktion, exact=True).click()
        bea.get_by_role("heading", name=danach, level=1).wait_for()
        sieh_an(bea)
    bea.goto(f"{jahr}/rueckkehr")
    datei = {"name": "x.csv", "mimeType": "text/csv", "buffer": beispiel(datensatz="rueckkehr") + b"\n"}
    bea.get_by_label("Datei (CSV oder Excel)").set_input_files(datei)  # type: ignore[arg-type]
    bea.get_by_role("button", name="Abgeben", exact=True).click()
    bea.get_by_text(re.compile(r"^Version \d zurückziehen")).click()
    sieh_an(bea)
    bea.goto(f"{jahr}/rueckkehr/ohne-angaben")
    sieh_an(bea)
    bea.get_by_role("button", name="Fehlanzeige").click()
    for pfad in (
        f"/kreis/{KREIS}",
        f"/kreis/{KREIS}/{JAHR}",
        f"/kreis/{KREIS}/{JAHR}/rueckkehr",
        f"/kreis/{KREIS}/{JAHR}/rueckkehr/vergleich",
        f"/kreis/{KREIS}/{JAHR}/zielgruppe/ohne-angaben",
        f"/kreis/{KREIS}/{JAHR}/rueckkehr/1/quittung",
        f"/kreis/{KREIS}/anmerkungen?kennzahl={KENNZAHL.id}",
        "/gibt-es-nicht",
    ):
        bea.goto(wurzel + pfad)
        sieh_an(bea)
    bea.get_by_role("link", name="Quittung prüfen").click()
    sieh_an(bea)
    kontext.close()
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    stelle = melde_an(kontext, wurzel, "stelle")
    sieh_an(stelle)
    stelle.get_by_role("link", name="Anmerkungen zu Kennzahlen").click()
    sieh_an(stelle)
    kontext.close()


def test_alles_geht_mit_der_tastatur_und_man_sieht_wo_man_ist(browser: Browser, wurzel: str) -> None:
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900})
    bea = melde_an(kontext, wurzel, "bea")
    bea.goto(f"{wurzel}{ORT}")
    bea.keyboard.press("Tab")
    assert bea.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    bea.keyboard.press("Enter")
    erreicht: list[str] = []
    while "abgeben" not in erreicht and len(erreicht) < 12:
        bea.keyboard.press("Tab")
        erreicht.append(bea.evaluate("document.activeElement.id || document.activeElement.value"))
        assert bea.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert [e for e in erreicht if e in ("datei", "pruefen", "markieren", "abgeben")] == [
        "datei",
        "pruefen",
        "markieren",
        "abgeben",
    ]
    kontext.close()
