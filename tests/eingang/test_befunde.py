"""Findings: every text can be made, placeholders are complete, lists count what they do not keep."""

import pytest

from schemas.befunde import BEFUNDE_JE_ART, LAENGSTES_ZITAT, Befundliste, Ort, befund, je_kennung
from schemas.lesebefunde import FOOTER_SKIPPED, LESEBEFUNDE, MISSING_COLUMN, TOTAL_ROW
from schemas.modell import Regel, Schwere, Umfang
from schemas.vertragsfehler import Vertragsfehler
from schemas.zellbefunde import MISSING_VALUE

EIGENE = {"zeile", "spalte", "wert", "vorschlag"}


@pytest.mark.parametrize("regel", LESEBEFUNDE.values(), ids=lambda r: r.id)
def test_jeder_text_laesst_sich_bilden(regel: Regel) -> None:
    platzhalter = dict.fromkeys(regel.text.platzhalter - EIGENE, "§Wert§")
    fertig = befund(regel, zeile=3, physische_zeile=4, spalte="ort", wert="x", vorschlag="y", **platzhalter)
    assert "{" not in fertig.meldung + fertig.abhilfe
    assert fertig.code == regel.id
    assert regel.umfang in (Umfang.LESEN, Umfang.ZELLE)
    assert fertig.meldung.rstrip()[-1] in ".?!}" or "{wert}" in regel.text.meldung
    assert regel.text.titel
    assert regel.text.abhilfe


def test_kennungen_der_vorlage_sind_vollstaendig() -> None:
    hinweise = [r for r in LESEBEFUNDE.values() if r.schwere is Schwere.HINWEIS]
    assert {"blank_row", "units_row", "preamble_skipped", "footer_skipped"} <= {r.id for r in hinweise}


def test_fehlender_und_fremder_platzhalter_fallen_auf() -> None:
    with pytest.raises(Vertragsfehler, match="ohne Wert"):
        befund(MISSING_COLUMN, spalte="ort")
    with pytest.raises(Vertragsfehler, match="im Text unbekannt"):
        befund(FOOTER_SKIPPED, wert="Quelle", farbe="rot")


def test_ueberschrift_des_senders_steht_im_text_und_lange_werte_werden_gekuerzt() -> None:
    b = befund(MISSING_COLUMN, spalte="ort", kopf="Ort der\nBeratung", gefunden="a", meinten_sie="")
    assert "„Ort der Beratung“" in b.meldung
    assert b.spalte == "ort"
    lang = befund(TOTAL_ROW, wert="ä" * 5_000)
    assert lang.wert is not None
    assert len(lang.wert) == LAENGSTES_ZITAT


def test_geschweifte_klammern_im_wert_bleiben_text() -> None:
    assert "{zeile}" in befund(TOTAL_ROW, wert="{zeile} {0} {x!r}").meldung


def test_liste_zaehlt_weiter_als_sie_aufhebt() -> None:
    liste = Befundliste()
    for zeile in range(BEFUNDE_JE_ART + 7):
        liste.neu(FOOTER_SKIPPED, Ort(zeile), wert="x")
    liste.zaehle(FOOTER_SKIPPED, 5)
    assert len(liste.befunde) == BEFUNDE_JE_ART
    assert liste.anzahl == {("footer_skipped", None): BEFUNDE_JE_ART + 12}


def test_eine_spalte_nimmt_der_anderen_keinen_platz() -> None:
    liste = Befundliste()
    for zeile in range(BEFUNDE_JE_ART + 7):
        liste.neu(MISSING_VALUE, Ort(zeile, spalte="personen"))
    liste.neu(MISSING_VALUE, Ort(2, spalte="beratungen"))
    assert [b.spalte for b in liste.befunde[-2:]] == ["personen", "beratungen"]
    assert liste.anzahl == {("missing_value", "personen"): BEFUNDE_JE_ART + 7, ("missing_value", "beratungen"): 1}
    assert je_kennung(liste.anzahl) == {"missing_value": BEFUNDE_JE_ART + 8}
