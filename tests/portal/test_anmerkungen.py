"""Remarks beside figures through the forms: who writes, who reads, where the links lead."""

import re

from assets.berichte.kennzahl import kennzahl_id
from schemas.indikatoren import katalog
from tests.portal.welt import FREMDER, JAHR, KREIS, LAND, Welt, tue

SEITE = f"/kreis/{KREIS}/anmerkungen"
INDIKATOR = katalog(LAND)[0]
GESAGT = {"kennzahl": INDIKATOR.id, "berichtsjahr": str(JAHR)}


def test_der_kreis_schreibt_und_die_fachstelle_liest(welt: Welt) -> None:
    bea, fred, stelle = welt.als("bea"), welt.als("fred"), welt.als("stelle")
    assert "noch keine Anmerkungen" in stelle.get("/anmerkungen").text
    formular = bea.get(f"{SEITE}?kennzahl={INDIKATOR.id}").text
    assert f"Anmerken: {INDIKATOR.name}" in formular
    antwort = tue(bea, SEITE, text="Eine <b>neue</b> Stelle.", **GESAGT)
    assert antwort.headers["location"] == f"{SEITE}#{kennzahl_id(INDIKATOR)}"
    assert tue(fred, SEITE, text="Stimmt.", **GESAGT).status_code == 303
    for seite in (welt.als("anna").get(SEITE).text, stelle.get(SEITE).text, stelle.get("/anmerkungen").text):
        assert "Eine &lt;b&gt;neue&lt;/b&gt; Stelle." in seite
        assert "Stimmt." in seite
        assert "Fred, " in seite
    assert "Anmerken" not in stelle.get(SEITE).text
    assert "Stimmt." not in welt.als("fremd").get(f"/kreis/{FREMDER}/anmerkungen").text


def test_was_es_nicht_gibt_laesst_sich_nicht_anmerken(welt: Welt) -> None:
    bea = welt.als("bea")
    assert bea.get(f"{SEITE}?kennzahl=XYZ-99").status_code == 404
    assert tue(bea, SEITE, text="x", kennzahl="XYZ-99", berichtsjahr=str(JAHR)).status_code == 404
    assert tue(bea, SEITE, text="x", kennzahl=INDIKATOR.id, berichtsjahr="1999").status_code == 404
    assert tue(bea, SEITE, text=" ", **GESAGT).status_code == 409


def test_jede_kennzahl_fuehrt_zu_ihrer_stelle_im_bericht(welt: Welt) -> None:
    anna = welt.als("anna")
    assert "Einen Bericht zum Ansehen gibt es noch nicht" in anna.get(SEITE).text
    abschnitte = "".join(f'<article id="{kennzahl_id(i)}"></article>' for i in katalog(LAND))
    welt.umfeld.ablage.schreibe(f"berichte/intern_{KREIS}/kreis_{KREIS}.html", abschnitte.encode())
    verweise = re.findall(r'href="([^"#]+/bericht/[^"#]+)#([^"]+)"', anna.get(SEITE).text)
    assert len(verweise) == len(katalog(LAND))
    bericht = anna.get(verweise[0][0]).text
    assert all(f'id="{anker}"' in bericht for _, anker in verweise)
