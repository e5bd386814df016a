"""Keys of programs: who holds one, what ends one, and who may release what came with it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from assets.lieferbuch.anmeldung import FEHLVERSUCHE_JE_ADRESSE, merke_falschen_schluessel
from assets.lieferbuch.fehler import LieferbuchError, RechtError, UnbekanntError
from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen, gib_frei
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.lesen import aufgaben
from assets.lieferbuch.rechte import entzieh, lege_person_an, vergib
from assets.lieferbuch.schluessel import alle_schluessel, inhaber, sperre, stelle_aus
from assets.lieferbuch.tabellen import SYSTEM, benutzer, zugangsschluessel
from assets.lieferbuch.verbindung import lies, schreibe
from schemas.lieferbuch import BEARBEITUNG, FREIGABE, VERWALTUNG
from tests.lieferbuch.faelle import EINHEIT, FREMDE, SCHLUESSEL, Leute, beleg, fassung, leute, urteil

JAHR = timedelta(days=365)


@pytest.fixture
def gruppe(buch: sa.Engine) -> Leute:
    with schreibe(buch) as v:
        return leute(v)


def _stelle_aus(buch: sa.Engine, gruppe: Leute, dauer: timedelta = JAHR) -> tuple[int, str]:
    with schreibe(buch) as v:
        return stelle_aus(v, gruppe.anna, EINHEIT, SYSTEM, zweck="Fachverfahren", dauer=dauer)


def _gilt(buch: sa.Engine, geheimnis: str) -> bool:
    with lies(buch) as v:
        return inhaber(v, geheimnis) is not None


def test_ein_schluessel_steht_fuer_seine_person_und_darf_nur_abgeben(buch: sa.Engine, gruppe: Leute) -> None:
    _, geheimnis = _stelle_aus(buch, gruppe)
    with lies(buch) as v:
        person = inhaber(v, geheimnis)
        (gemerkt,) = v.execute(sa.select(zugangsschluessel)).all()
        (eintrag,) = alle_schluessel(v)
    assert person is not None
    assert person.id == gruppe.anna
    assert person.rollen == {(BEARBEITUNG, EINHEIT)}
    assert geheimnis not in str(gemerkt)
    assert (eintrag.verantwortlich, eintrag.ausgestellt_von, eintrag.zweck) == ("Anna", "Programm", "Fachverfahren")
    assert eintrag.gilt
    for falsch in ("", "teilhabe_", geheimnis[:-1], geheimnis + "x", geheimnis.upper(), "teilhabe_" + "x" * 43):
        assert not _gilt(buch, falsch)


def test_sperren_wirkt_sofort_und_steht_in_der_kette(buch: sa.Engine, gruppe: Leute) -> None:
    nummer, geheimnis = _stelle_aus(buch, gruppe)
    assert _gilt(buch, geheimnis)
    with schreibe(buch) as v:
        sperre(v, nummer, SYSTEM)
        sperre(v, nummer, SYSTEM)
        with pytest.raises(UnbekanntError):
            sperre(v, nummer + 1, SYSTEM)
        assert [e.art for e in lies_ereignisse(v)][-2:] == ["schluessel_ausgestellt", "schluessel_widerrufen"]
        assert pruefe_kette(v).ist_heil
        assert not alle_schluessel(v)[0].gilt
    assert not _gilt(buch, geheimnis)


def test_ein_schluessel_endet_mit_zeit_recht_und_konto(buch: sa.Engine, gruppe: Leute) -> None:
    assert not _gilt(buch, _stelle_aus(buch, gruppe, timedelta(seconds=-1))[1])
    _, geheimnis = _stelle_aus(buch, gruppe)
    with schreibe(buch) as v:
        entzieh(v, gruppe.anna, BEARBEITUNG, SYSTEM, EINHEIT)
    assert not _gilt(buch, geheimnis)
    with schreibe(buch) as v:
        vergib(v, gruppe.anna, BEARBEITUNG, SYSTEM, EINHEIT)
    assert _gilt(buch, geheimnis)
    with schreibe(buch) as v:
        v.execute(sa.update(benutzer).where(benutzer.c.id == gruppe.anna).values(gesperrt_am="2026-01-01"))
    assert not _gilt(buch, geheimnis)


def test_wer_keinen_bekommt_und_wer_keinen_ausstellt(buch: sa.Engine, gruppe: Leute) -> None:
    with schreibe(buch) as v:
        for person, einheit, akteur in ((gruppe.anna, FREMDE, SYSTEM), (gruppe.anna, EINHEIT, gruppe.anna)):
            with pytest.raises(RechtError):
                stelle_aus(v, person, einheit, akteur, zweck="Fachverfahren", dauer=JAHR)
        with pytest.raises(LieferbuchError, match="wofür"):
            stelle_aus(v, gruppe.anna, EINHEIT, SYSTEM, zweck=" ", dauer=JAHR)
        assert alle_schluessel(v) == []


def test_wer_ihn_haelt_oder_ausgestellt_hat_gibt_nicht_frei(buch: sa.Engine, gruppe: Leute) -> None:
    with schreibe(buch) as v:
        verwaltung = lege_person_an(v, "vera", "Vera", SYSTEM)
        vergib(v, verwaltung, VERWALTUNG, SYSTEM)
        vergib(v, verwaltung, FREIGABE, SYSTEM, EINHEIT)
        stelle_aus(v, gruppe.anna, EINHEIT, verwaltung, zweck="Fachverfahren", dauer=JAHR)
        buche_eingang(v, beleg(1, weg="api"), gruppe.anna)
        buche_pruefungen(v, SCHLUESSEL, {1: urteil()})
    for person, warum in ((gruppe.anna, "abgegeben"), (verwaltung, "ausgestellt")):
        with schreibe(buch) as v, pytest.raises(RechtError, match=warum):
            gib_frei(v, fassung(v), person)
    with lies(buch) as v:
        gebeten = [p for p in (gruppe.anna, verwaltung, gruppe.bert) if aufgaben(v, p)]
    assert gebeten == [gruppe.bert]
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), gruppe.bert)


def test_wer_einen_schluessel_ausgestellt_hat_gibt_andere_wege_frei(buch: sa.Engine, gruppe: Leute) -> None:
    with schreibe(buch) as v:
        vergib(v, gruppe.bert, VERWALTUNG, SYSTEM)
        stelle_aus(v, gruppe.anna, EINHEIT, gruppe.bert, zweck="Fachverfahren", dauer=JAHR)
        buche_eingang(v, beleg(1), gruppe.anna)
        buche_pruefungen(v, SCHLUESSEL, {1: urteil()})
        gib_frei(v, fassung(v), gruppe.bert)


def test_falsche_schluessel_einer_adresse_sind_begrenzt(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        erlaubt = [merke_falschen_schluessel(v, "198.51.100.7") for _ in range(FEHLVERSUCHE_JE_ADRESSE + 2)]
        assert erlaubt == [True] * FEHLVERSUCHE_JE_ADRESSE + [False] * 2
        assert merke_falschen_schluessel(v, "198.51.100.8")
