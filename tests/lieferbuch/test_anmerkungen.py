"""Remarks beside figures, in every kind of database."""

import json

import pytest
import sqlalchemy as sa

from assets.lieferbuch.anmerkungen import lies_anmerkungen, merke_an
from assets.lieferbuch.fehler import LieferbuchError, RechtError
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.verbindung import lies, schreibe
from tests.lieferbuch.faelle import EINHEIT, FREMDE, JAHR, leute


def _schreibe(v: sa.Connection, text: str, akteur: int, einheit: str = EINHEIT) -> None:
    merke_an(v, text, akteur, meldeeinheit=einheit, indikator_id="FSA-03", berichtsjahr=JAHR)


def test_anmerkungen_stehen_in_ihrer_reihenfolge_und_je_meldeeinheit(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        gruppe = leute(v)
        _schreibe(v, " Erst so. ", gruppe.anna)
        _schreibe(v, "Von nebenan.", gruppe.fremd, FREMDE)
        _schreibe(v, "Dann so.", gruppe.bert)
    with lies(buch) as v:
        eigene, alle = lies_anmerkungen(v, EINHEIT), lies_anmerkungen(v)
    assert [(a.text, a.name, a.berichtsjahr) for a in eigene] == [
        ("Erst so.", "Anna", JAHR),
        ("Dann so.", "Bert", JAHR),
    ]
    assert [a.text for a in alle] == ["Von nebenan.", "Erst so.", "Dann so."]


def test_wer_wann_wozu_etwas_anmerkt_steht_im_protokoll_aber_nicht_was(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        anna = leute(v).anna
        _schreibe(v, "Die Stelle war unbesetzt.", anna)
    with lies(buch) as v:
        letztes = list(lies_ereignisse(v))[-1]
        assert pruefe_kette(v).ist_heil
    assert (letztes.art, letztes.akteur, letztes.fassung_id) == ("angemerkt", anna, None)
    wozu = {"anmerkung": 1, "meldeeinheit": EINHEIT, "indikator_id": "FSA-03", "berichtsjahr": JAHR}
    assert json.loads(letztes.daten) == wozu


def test_nichts_sagen_geht_nicht_und_fuer_andere_auch_nicht(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        gruppe = leute(v)
        with pytest.raises(LieferbuchError, match="Anmerkung schreiben"):
            _schreibe(v, " \n", gruppe.anna)
        for fremd in (gruppe.fremd, gruppe.amt):
            with pytest.raises(RechtError):
                _schreibe(v, "Ich auch", fremd)
    with lies(buch) as v:
        assert lies_anmerkungen(v) == []
