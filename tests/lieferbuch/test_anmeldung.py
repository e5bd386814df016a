"""Attempts and sessions as the Lieferbuch keeps them, in every kind of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from assets.lieferbuch.anmeldung import (
    FEHLVERSUCHE_JE_KONTO,
    angemeldet,
    beende_sitzung,
    beginne_sitzung,
    braucht_auffrischen,
    darf_versuchen,
    finde_konto,
    frische_auf,
    setze_passwort,
)
from assets.lieferbuch.fehler import UnbekanntError
from assets.lieferbuch.tabellen import benutzer, sitzungen
from assets.lieferbuch.verbindung import lies, schreibe
from tests.lieferbuch.faelle import EINHEIT, Leute, leute


def _mit_leuten(buch: sa.Engine) -> Leute:
    with schreibe(buch) as v:
        gruppe = leute(v)
        setze_passwort(v, "anna", "hash")
    return gruppe


def _versuche(buch: sa.Engine) -> bool:
    with schreibe(buch) as v:
        return darf_versuchen(v, "anna", "198.51.100.7")


def test_auch_gleichzeitig_gibt_es_nicht_mehr_versuche(buch: sa.Engine) -> None:
    with ThreadPoolExecutor(8) as faeden:
        erlaubt = list(faeden.map(lambda _: _versuche(buch), range(12)))
    assert sum(erlaubt) == FEHLVERSUCHE_JE_KONTO


def test_nach_einer_anmeldung_zaehlen_fruehere_fehler_des_kontos_nicht(buch: sa.Engine) -> None:
    gruppe = _mit_leuten(buch)
    for _ in range(FEHLVERSUCHE_JE_KONTO):
        assert _versuche(buch)
    assert not _versuche(buch)
    with schreibe(buch) as v:
        beginne_sitzung(v, gruppe.anna, "anna", "geheim")
    assert _versuche(buch)


def test_eine_sitzung_zeigt_rechte_bis_sie_endet(buch: sa.Engine) -> None:
    gruppe = _mit_leuten(buch)
    with schreibe(buch) as v:
        beginne_sitzung(v, gruppe.anna, "anna", "geheim")
    with lies(buch) as v:
        person = angemeldet(v, "geheim")
        assert person is not None
        assert person.rollen == {("bearbeitung", EINHEIT), ("freigabe", EINHEIT)}
        assert angemeldet(v, "anderes") is None
        assert not braucht_auffrischen(v, "geheim")
    with schreibe(buch) as v:
        beende_sitzung(v, "geheim")
        assert angemeldet(v, "geheim") is None


@pytest.mark.parametrize("alt", ["zuletzt_am", "begonnen_am"])
def test_alte_sitzungen_gelten_nicht_und_werden_vergessen(buch: sa.Engine, alt: str) -> None:
    gruppe = _mit_leuten(buch)
    with schreibe(buch) as v:
        beginne_sitzung(v, gruppe.anna, "anna", "geheim")
        v.execute(sa.update(sitzungen).values({alt: "2026-01-01T00:00:00+00:00"}))
        assert angemeldet(v, "geheim") is None
        beginne_sitzung(v, gruppe.bert, "bert", "neu")
        assert v.execute(sa.select(sa.func.count()).select_from(sitzungen)).scalar_one() == 1


def test_benutzte_sitzungen_werden_aufgefrischt(buch: sa.Engine) -> None:
    gruppe = _mit_leuten(buch)
    with schreibe(buch) as v:
        beginne_sitzung(v, gruppe.anna, "anna", "geheim")
        v.execute(sa.update(sitzungen).values(zuletzt_am="2026-01-01T00:00:00+00:00"))
        assert braucht_auffrischen(v, "geheim")
        frische_auf(v, "geheim")
        assert not braucht_auffrischen(v, "geheim")


def test_gesperrte_konten_und_solche_ohne_passwort_gibt_es_nicht(buch: sa.Engine) -> None:
    gruppe = _mit_leuten(buch)
    with schreibe(buch) as v:
        assert finde_konto(v, "bert") is None
        assert finde_konto(v, "system") is None
        beginne_sitzung(v, gruppe.anna, "anna", "geheim")
        v.execute(sa.update(benutzer).where(benutzer.c.id == gruppe.anna).values(gesperrt_am="2026-01-01"))
        assert finde_konto(v, "anna") is None
        assert angemeldet(v, "geheim") is None
        with pytest.raises(UnbekanntError):
            setze_passwort(v, "niemand", "hash")
