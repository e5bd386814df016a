"""Warnings of many deliveries at once, in every kind of database."""

import sqlalchemy as sa

from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen, kommentiere, ziehe_zurueck
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.warnungen import alle_offenen, erklaerungen
from tests.lieferbuch.faelle import EINHEIT, FREMDE, JAHR, SCHLUESSEL, WARNUNG, angenommene, beleg, fassung, urteil


def test_offen_ist_was_zur_letzten_pruefung_niemand_erklaert_hat(buch: sa.Engine) -> None:
    wer = angenommene(buch, warnungen=2)
    with lies(buch) as v:
        (offen,) = alle_offenen(v)
    assert (offen.schluessel, offen.version, offen.gruppe, offen.anzahl) == (SCHLUESSEL, 1, WARNUNG, 2)
    with schreibe(buch) as v:
        buche_pruefungen(v, SCHLUESSEL, {1: urteil("angenommen_mit_hinweisen", warnungen=3, regeln="2")})
        assert [o.anzahl for o in alle_offenen(v)] == [3]
        kommentiere(v, fassung(v), WARNUNG, "Das stimmt.", wer.anna)
        assert alle_offenen(v) == []
        (erklaert,) = erklaerungen(v, EINHEIT, JAHR)
        assert erklaerungen(v, FREMDE, JAHR) == erklaerungen(v, EINHEIT, JAHR - 1) == []
    assert (erklaert.version, erklaert.gruppe, erklaert.text, erklaert.name) == (1, WARNUNG, "Das stimmt.", "Anna")


def test_von_ersetzten_und_zurueckgezogenen_ist_nichts_offen(buch: sa.Engine) -> None:
    wer = angenommene(buch, warnungen=2)
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil("angenommen_mit_hinweisen", warnungen=1)})
        assert [o.version for o in alle_offenen(v)] == [2]
        ziehe_zurueck(v, fassung(v, 2), "falsch", wer.anna)
        assert [o.version for o in alle_offenen(v)] == [1]
        ziehe_zurueck(v, fassung(v, 1), "auch", wer.anna)
        assert alle_offenen(v) == []
