"""The comfort of the form with files in a real browser; `test_browser.py` shows that everything goes without it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pipeline.portal.abbruch import ZU_GROSS
from pipeline.portal.formular import HOECHSTE_DATEIEN
from pipeline.portal.grenzen import ABGABE
from tests.berichte.stille import still
from tests.portal.ansehen import melde_an, sieh_an
from tests.portal.welt import DATENSATZ, JAHR, KREIS, ORT, Welt, beispiel, server

JAHRESSEITE = f"/kreis/{KREIS}/{JAHR}"
ZIEHE = """(form, dateien) => {
    const daten = new DataTransfer();
    for (const [name, inhalt] of dateien) daten.items.add(new File([inhalt], name, { type: "text/csv" }));
    for (const art of ["dragenter", "dragover", "drop"])
        form.dispatchEvent(new DragEvent(art, { dataTransfer: daten, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def wurzel(welt: Welt) -> Iterator[str]:
    with server(welt.app) as adresse:
        yield adresse


@contextmanager
def bei(browser: Browser, wurzel: str, pfad: str, *, ohne_csp: bool = False) -> Iterator[Page]:
    """Bea on a page with the form."""
    kontext = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=ohne_csp)
    seite = melde_an(kontext, wurzel, "bea")
    seite.goto(wurzel + pfad)
    yield seite
    kontext.close()


def ziehe(seite: Page, *dateien: tuple[str, str]) -> None:
    seite.locator("form.abgabe").evaluate(ZIEHE, list(dateien))


def inhalt(datensatz: str = DATENSATZ) -> str:
    return beispiel(datensatz=datensatz).decode("utf-8-sig")


def test_mehrere_dateien_ziehen_entfernen_und_pruefen(browser: Browser, wurzel: str) -> None:
    namen = [f"{d}_{KREIS}_{JAHR}.csv" for d in ("rueckkehr", DATENSATZ)]
    with bei(browser, wurzel, JAHRESSEITE) as seite, still(seite, wurzel):
        ziehe(seite, (namen[0], inhalt("rueckkehr")), ("liesmich.txt", "x"))
        ziehe(seite, (namen[1], inhalt()))
        gewaehlt = seite.get_by_role("list", name="Gewählte Dateien").get_by_role("listitem")
        expect(gewaehlt).to_have_count(3)
        expect(gewaehlt.first).to_contain_text(re.compile(r"rueckkehr.*\(\d+,\d.KB\)"))
        expect(seite.get_by_role("status")).to_have_text("3 Dateien gewählt.")
        seite.get_by_role("button", name="Entfernen: liesmich.txt").focus()
        seite.keyboard.press("Enter")
        expect(gewaehlt).to_have_count(2)
        assert seite.evaluate("document.activeElement.ariaLabel") == f"Entfernen: {namen[1]}"
        seite.get_by_role("button", name="Nur prüfen").click()
        expect(seite.get_by_role("heading", name="Prüfergebnis")).to_be_visible()
        expect(seite.locator("section.ergebnis > h2")).to_have_count(2)
        assert seite.title().startswith("Prüfergebnis")
        assert seite.evaluate("document.activeElement.tagName") == "MAIN"
        seite.get_by_role("link", name="Zum Inhalt springen").focus()
        seite.keyboard.press("Enter")
        expect(seite.get_by_role("heading", name="Prüfergebnis")).to_be_visible()
        seite.go_back()
        seite.go_back()
        expect(seite.get_by_role("button", name="Nur prüfen")).to_be_visible()


def test_abgeben_zeigt_den_stand_und_geht_nur_einmal(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, ORT) as seite:
        # So slow that there is something to see, and time for a second click.
        netz = seite.context.new_cdp_session(seite)
        langsam = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
        netz.send("Network.emulateNetworkConditions", langsam)
        seite.evaluate("""() => {
            window.ansagen = [];
            const merke = () => ansagen.push(document.querySelector("[role=status]").textContent);
            new MutationObserver(merke).observe(document.querySelector("[role=status]"), { childList: true });
        }""")
        gesandt: list[str] = []
        ansagen: list[str] = []
        seite.on("request", lambda r: gesandt.append(r.url) if r.method == "POST" else None)
        gross = inhalt() + "\n" * 150_000
        ziehe(seite, ("x.csv", gross))
        knopf = seite.get_by_role("button", name="Abgeben", exact=True)
        knopf.click(no_wait_after=True)
        knopf.click(no_wait_after=True, force=True)
        expect(seite.get_by_role("progressbar", name="Übertragung")).to_be_visible()
        expect(knopf).to_have_attribute("aria-disabled", "true")
        expect(seite.get_by_role("status")).to_contain_text("Prozent")
        ansagen += seite.evaluate("ansagen")
        seite.wait_for_url(f"{wurzel}{ORT}/1")
        assert gesandt == [f"{wurzel}{ORT}"]
        assert ansagen[:2] == ["1 Datei gewählt.", "Wird übertragen …"]
        assert len(ansagen) < 14


def test_auf_der_seite_einer_lieferung_ist_es_eine_datei(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, ORT) as seite:
        ziehe(seite, ("a.csv", "x"), ("b.csv", "y"))
        expect(seite.get_by_role("alert")).to_have_text("Auf dieser Seite bitte nur eine Datei wählen.")
        ziehe(seite, ("a.csv", "x"))
        ziehe(seite, ("b.csv", "y"))
        expect(seite.get_by_role("listitem").filter(has=seite.get_by_role("button"))).to_have_text(
            re.compile(r"^b\.csv")
        )
        expect(seite.get_by_role("alert")).to_be_hidden()
        with seite.expect_download() as laden:
            seite.get_by_role("button", name="Prüfen und markierte").click()
        assert laden.value.suggested_filename == f"{DATENSATZ}_{JAHR}_befunde.xlsx"


def test_zu_viel_wird_gar_nicht_erst_gesandt(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, JAHRESSEITE) as seite:
        gesandt: list[str] = []
        seite.on("request", lambda r: gesandt.append(r.url) if r.method == "POST" else None)
        pruefen = seite.get_by_role("button", name="Nur prüfen")
        ziehe(seite, *((f"{n}.csv", "x") for n in range(HOECHSTE_DATEIEN + 1)))
        pruefen.click()
        expect(seite.get_by_role("alert")).to_contain_text("zu viele Dateien")
        form = seite.locator("form.abgabe")
        assert form.get_attribute("data-hoechste-bytes") == str(ABGABE)
        seite.reload()
        form.evaluate("f => { f.dataset.hoechsteBytes = 10; }")
        ziehe(seite, ("x.csv", "x" * 10))
        pruefen.click()
        expect(seite.get_by_role("alert")).to_have_text(ZU_GROSS)
        assert gesandt == []


@pytest.mark.parametrize(
    ("status", "art", "koerper", "erwartet"),
    [
        (413, "text/plain; charset=utf-8", ZU_GROSS, ZU_GROSS),
        (502, "text/html", "<h1>Bad Gateway</h1>", "zurzeit nicht erreichbar"),
        (0, "", "", "Die Verbindung ist abgerissen"),
    ],
)
def test_was_schiefgeht_steht_auf_deutsch_da_und_die_wahl_bleibt(
    browser: Browser, wurzel: str, status: int, art: str, koerper: str, erwartet: str
) -> None:
    def antworte(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif status:
            route.fulfill(status=status, content_type=art, body=koerper)
        else:
            route.abort("connectionreset")

    with bei(browser, wurzel, ORT) as seite:
        seite.route("**/*", antworte)
        ziehe(seite, ("x.csv", inhalt()))
        pruefen = seite.get_by_role("button", name="Nur prüfen")
        pruefen.click()
        expect(seite.get_by_role("alert")).to_contain_text(erwartet)
        expect(seite.get_by_role("progressbar")).to_be_hidden()
        seite.unroute("**/*")
        pruefen.click()
        expect(seite.get_by_role("heading", name="Prüfergebnis")).to_be_visible()


def test_nach_dem_abmelden_fuehrt_das_senden_zur_anmeldung(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, ORT) as seite:
        ziehe(seite, ("x.csv", inhalt()))
        seite.context.clear_cookies()
        seite.get_by_role("button", name="Nur prüfen").click()
        expect(seite).to_have_url(f"{wurzel}/anmelden")


def test_was_nicht_angenommen_wird_steht_da(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, JAHRESSEITE) as seite:
        ziehe(seite, ("irgendwas.csv", "x"))
        seite.get_by_role("button", name="Nur prüfen").click()
        expect(seite.locator(".fehler")).to_contain_text("Nicht angenommen")


def test_auch_mit_skript_ist_die_seite_zugaenglich(browser: Browser, wurzel: str) -> None:
    with bei(browser, wurzel, JAHRESSEITE, ohne_csp=True) as seite:
        ziehe(seite, ("ein_sehr_langer_name_" * 6 + ".csv", "x"), ("b.csv", "y"))
        seite.locator("form.abgabe").evaluate("f => { f.dataset.hoechsteBytes = 1; }")
        seite.get_by_role("button", name="Nur prüfen").click()
        sieh_an(seite)
