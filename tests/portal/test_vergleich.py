"""The page with two versions side by side."""

import pytest

from tests.portal.welt import DATENSATZ, FREMDER, JAHR, ORT, Welt, baue, beispiel, sende

SEITE = f"{ORT}/vergleich"


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    """Two readable versions, the first rejected, and one in which nothing is to be seen."""
    welt = baue(tmp_path_factory.mktemp("portal"))
    bea = welt.als("bea")
    gut = beispiel()
    zeilen = gut.splitlines()
    ort = SEITE.removesuffix("/vergleich")
    assert "noch nichts abgegeben" in bea.get(SEITE).text
    for inhalt in (gut.replace(b"2025;", b"<b>20x5;", 1), b"\n".join(zeilen[:-1]) + b"\n", b"kein;Kopf\n1;2\n"):
        assert sende(bea, ort, inhalt).status_code == 303
    return welt


def test_zurueckgewiesene_und_angenommene_version_nebeneinander(welt: Welt) -> None:
    seite = welt.als("anna").get(f"{SEITE}?von=1&bis=2").text
    for erwartet in ("Geänderte Zeilen (1)", "Entfallene Zeilen (1)", "Neue Zeilen (0)", "&lt;b&gt;20x5", "Summen"):
        assert erwartet in seite
    assert "<b>20x5" not in seite


def test_was_sich_nicht_vergleichen_laesst_steht_da(welt: Welt) -> None:
    anna = welt.als("anna")
    ohne_wahl = anna.get(SEITE).text
    assert "In Version 3 ist keine Tabelle zu erkennen" in ohne_wahl
    assert "zwei verschiedene Versionen" in anna.get(f"{SEITE}?von=2&bis=2").text
    assert "Versionen vergleichen" in anna.get(ORT).text


@pytest.mark.parametrize("frage", ["von=1", "von=1&bis=9", "von=1&bis=x", "von=-1&bis=2", f"von=1&bis={'9' * 5000}"])
def test_versionen_die_es_nicht_gibt(welt: Welt, frage: str) -> None:
    assert welt.als("anna").get(f"{SEITE}?{frage}").status_code == 404


def test_mit_einer_version_gibt_es_nichts_zu_vergleichen(welt: Welt) -> None:
    fremd, ort = welt.als("fremd"), f"/kreis/{FREMDER}/{JAHR}/{DATENSATZ}"
    assert sende(fremd, ort, beispiel(FREMDER)).status_code == 303
    assert "erst eine Version" in fremd.get(f"{ort}/vergleich").text
