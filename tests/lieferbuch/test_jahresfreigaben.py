"""What is known of releases of a year, and what came of them, in every kind of database."""

import pytest
import sqlalchemy as sa

from assets.lieferbuch.fehler import RechtError, UebergangError, UnbekanntError
from assets.lieferbuch.fuehren import gib_frei
from assets.lieferbuch.jahresfreigaben import (
    freigegebene,
    gescheiterte_jahre,
    inhalt,
    jahresfreigaben,
    ohne_ausgabe,
    vermerke,
)
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.lesen import jahresaufgaben
from assets.lieferbuch.tabellen import ausgaben
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.veroeffentlichen import schlage_vor, veroeffentliche, verwirf
from tests.lieferbuch.faelle import JAHR, Leute, angenommene, fassung


@pytest.fixture
def wer(buch: sa.Engine) -> Leute:
    """A book with one released version."""
    gruppe = angenommene(buch)
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), gruppe.bert)
    return gruppe


def freigegeben(buch: sa.Engine, wer: Leute) -> int:
    with schreibe(buch) as v:
        nummer = schlage_vor(v, JAHR, wer.amt)
        veroeffentliche(v, nummer, wer.amtzwei)
    return nummer


def test_ein_vorschlag_und_was_er_enthaelt(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        assert [i.version for i in freigegebene(v, JAHR)] == [1]
        nummer = schlage_vor(v, JAHR, wer.amt)
    with lies(buch) as v:
        (offen,) = jahresfreigaben(v, JAHR)
        assert inhalt(v, nummer) == freigegebene(v, JAHR)
        assert not jahresfreigaben(v, JAHR - 1)
        assert not freigegebene(v, JAHR - 1)
        assert ohne_ausgabe(v) == []
    assert offen.ist_offen
    assert (offen.nummer, offen.vorschlagende_person, offen.vorgeschlagen_von, offen.fassungen) == (
        nummer,
        wer.amt,
        "Amt",
        1,
    )


def test_verwerfen_kann_jede_person_der_fachstelle_einmal(buch: sa.Engine, wer: Leute) -> None:
    with schreibe(buch) as v:
        nummer = schlage_vor(v, JAHR, wer.amt)
    with pytest.raises(RechtError), schreibe(buch) as v:
        verwirf(v, nummer, wer.anna)
    with schreibe(buch) as v:
        verwirf(v, nummer, wer.amt)
    with pytest.raises(UnbekanntError), schreibe(buch) as v:
        verwirf(v, nummer, wer.amt)
    with pytest.raises(UnbekanntError), schreibe(buch) as v:
        veroeffentliche(v, nummer, wer.amtzwei)
    with lies(buch) as v:
        (verworfen,) = jahresfreigaben(v)
        assert verworfen.verworfen_am is not None
        assert not verworfen.ist_offen
        assert pruefe_kette(v).ist_heil


def test_was_daraus_wurde_steht_ein_fuer_alle_mal_fest(buch: sa.Engine, wer: Leute) -> None:
    nummer = freigegeben(buch, wer)
    with schreibe(buch) as v:
        assert ohne_ausgabe(v) == [nummer]
        vermerke(v, nummer, ausgabe="2026-01-01-abc")
        vermerke(v, nummer, grund="doch nicht")
    with lies(buch) as v:
        (fertig,) = jahresfreigaben(v, JAHR)
        assert (fertig.ausgabe, fertig.grund, fertig.freigegeben_von) == ("2026-01-01-abc", None, "Amtzwei")
        assert ohne_ausgabe(v) == []
        assert gescheiterte_jahre(v) == set()
        assert pruefe_kette(v).ist_heil
    with pytest.raises(UnbekanntError), schreibe(buch) as v:
        vermerke(v, nummer + 1, grund="gibt es nicht")
    for befehl in (sa.update(ausgaben).values(ausgabe="x"), sa.delete(ausgaben)):
        with pytest.raises(sa.exc.DatabaseError, match="nur fortgeschrieben"), schreibe(buch) as v:
            v.execute(befehl)


def test_was_scheiterte_darf_noch_einmal_vorgeschlagen_werden_und_sonst_nichts(buch: sa.Engine, wer: Leute) -> None:
    erste = freigegeben(buch, wer)
    with pytest.raises(UebergangError), schreibe(buch) as v:
        schlage_vor(v, JAHR, wer.amt)
    with schreibe(buch) as v:
        vermerke(v, erste, grund="Der Angriff fand etwas.")
        assert gescheiterte_jahre(v) == {JAHR}
        (aufgabe,) = jahresaufgaben(v, wer.amt)
        assert "keine Ausgabe" in aufgabe.text
    zweite = freigegeben(buch, wer)
    with schreibe(buch) as v:
        vermerke(v, zweite, ausgabe="2026-01-01-abc")
        assert gescheiterte_jahre(v) == set()
        assert jahresaufgaben(v, wer.amt) == []
        assert [f.grund for f in jahresfreigaben(v, JAHR)] == [None, "Der Angriff fand etwas."]
