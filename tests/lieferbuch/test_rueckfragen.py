"""Questions, answers and notes, in every kind of database: who may, what stays, what the other side never sees."""

import pytest
import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError, RechtError, UebergangError, UnbekanntError
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.rueckfragen import Frage, beantworte, notiere, notizen_zu, rueckfragen_zu, stelle
from assets.lieferbuch.tabellen import notizen, rueckfragen
from assets.lieferbuch.verbindung import lies, schreibe
from tests.lieferbuch.faelle import EINHEIT, FREMDE, JAHR, Leute, leute

FRAGE = Frage("beratung", "Warum sind es so viele?")


@pytest.fixture
def wer(buch: sa.Engine) -> Leute:
    with schreibe(buch) as v:
        return leute(v)


def test_frage_und_antwort_mit_namen_und_zeit(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        assert stelle(v, EINHEIT, JAHR, [FRAGE, Frage(None, " Wer ist da? "), FRAGE], wer.amt) == 2
        assert stelle(v, EINHEIT, JAHR, [FRAGE], wer.amtzwei) == 0, "sie wartet noch auf ihre Antwort"
    with schreibe(buch) as v:
        erste, zweite = rueckfragen_zu(v, EINHEIT)
        beantworte(v, EINHEIT, erste.id, " Es waren viele da. ", wer.bert)
        assert stelle(v, EINHEIT, JAHR, [FRAGE], wer.amt) == 1, "nach der Antwort darf noch einmal gefragt werden"
    with lies(buch) as v:
        beantwortet, offen, _ = rueckfragen_zu(v, EINHEIT, JAHR)
        assert rueckfragen_zu(v, FREMDE) == rueckfragen_zu(v, EINHEIT, JAHR - 1) == []
        assert pruefe_kette(v).ist_heil
        arten = [e.art for e in lies_ereignisse(v)]
        assert not [e for e in lies_ereignisse(v) if "viele" in e.daten], "Worte stehen nicht im Protokoll"
    assert (beantwortet.antwort, beantwortet.beantwortet_von, beantwortet.gestellt_von) == (
        "Es waren viele da.",
        "Bert",
        "Amt",
    )
    assert beantwortet.beantwortet_am is not None
    assert (offen.datensatz, offen.text, offen.antwort) == (None, "Wer ist da?", None)
    assert zweite.id == offen.id
    assert arten[-4:] == ["gefragt", "gefragt", "beantwortet", "gefragt"]


def test_wer_was_darf_und_was_nicht_geht(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        stelle(v, EINHEIT, JAHR, [FRAGE], wer.amt)
        (frage,) = rueckfragen_zu(v, EINHEIT)
    for warum, befehl in (
        (RechtError, lambda v: stelle(v, EINHEIT, JAHR, [FRAGE], wer.anna)),
        (LieferbuchError, lambda v: stelle(v, EINHEIT, JAHR, [], wer.amt)),
        (LieferbuchError, lambda v: stelle(v, EINHEIT, JAHR, [FRAGE, Frage(None, " ")], wer.amt)),
        (RechtError, lambda v: beantworte(v, EINHEIT, frage.id, "x", wer.fremd)),
        (RechtError, lambda v: beantworte(v, EINHEIT, frage.id, "x", wer.amt)),
        (UnbekanntError, lambda v: beantworte(v, FREMDE, frage.id, "x", wer.fremd)),
        (UnbekanntError, lambda v: beantworte(v, EINHEIT, 99, "x", wer.anna)),
        (LieferbuchError, lambda v: beantworte(v, EINHEIT, frage.id, "  ", wer.anna)),
        (RechtError, lambda v: notiere(v, EINHEIT, JAHR, "x", wer.anna)),
        (LieferbuchError, lambda v: notiere(v, EINHEIT, JAHR, " ", wer.amt)),
    ):
        with pytest.raises(warum), schreibe(buch) as v:
            befehl(v)
    with schreibe(buch) as v:
        beantworte(v, EINHEIT, frage.id, "So.", wer.anna)
    with pytest.raises(UebergangError, match="schon beantwortet"), schreibe(buch) as v:
        beantworte(v, EINHEIT, frage.id, "Doch anders.", wer.anna)


def test_notizen_neueste_zuerst_je_einheit_und_jahr(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        notiere(v, EINHEIT, JAHR, "Erst.", wer.amt)
        notiere(v, EINHEIT, JAHR, "Dann.", wer.amtzwei)
        notiere(v, FREMDE, JAHR, "Anderswo.", wer.amt)
    with lies(buch) as v:
        assert [(n.text, n.name) for n in notizen_zu(v, EINHEIT, JAHR)] == [("Dann.", "Amtzwei"), ("Erst.", "Amt")]
        assert notizen_zu(v, EINHEIT, JAHR - 1) == []


def test_die_datenbank_laesst_nichts_davon_aendern(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        notiere(v, EINHEIT, JAHR, "Steht.", wer.amt)
        stelle(v, EINHEIT, JAHR, [FRAGE], wer.amt)
    _abgelehnt(buch, sa.update(notizen).values(text="anders"), "nur fortgeschrieben")
    _abgelehnt(buch, sa.delete(notizen), "nur fortgeschrieben")
    _abgelehnt(buch, sa.delete(rueckfragen), "nur fortgeschrieben")
    _abgelehnt(buch, sa.update(rueckfragen).values(text="anders"), "stehen fest")
    _abgelehnt(buch, sa.update(rueckfragen).values(datensatz=None), "stehen fest")
    _abgelehnt(buch, sa.update(rueckfragen).values(antwort="ohne Person"), "ck_rueckfragen_antwort")
    with schreibe(buch) as v:
        beantworte(v, EINHEIT, rueckfragen_zu(v, EINHEIT)[0].id, "So.", wer.anna)
    _abgelehnt(buch, sa.update(rueckfragen).values(antwort="anders"), "stehen fest")


def _abgelehnt(buch: sa.Engine, befehl: sa.Executable, warum: str) -> None:
    with pytest.raises(sa.exc.DatabaseError, match=warum), schreibe(buch) as v:
        v.execute(befehl)
