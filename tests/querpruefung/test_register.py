"""The register of all rules, what a rule needs to apply, and that nothing is left out silently."""

import re
from dataclasses import replace

import pytest

from schemas.codelisten import AUFGABE
from schemas.datensaetze import alle_datensaetze, alle_regeln
from schemas.laender import lade_land
from schemas.lesebefunde import LESEBEFUNDE
from schemas.modell import Regel, Schwere
from schemas.querreihen import AUFGABENBEZUEGE, MESSREIHEN, bruchpunkte
from schemas.regeln_quer import QUERREGELN, anwendbare, nicht_anwendbare
from schemas.regelregister import regelregister, registriere
from schemas.vertragsfehler import Vertragsfehler
from tests.querpruefung.zustand import LAND


def test_das_register_nennt_jede_regel_einmal() -> None:
    register = regelregister()
    assert set(LESEBEFUNDE) | set(alle_regeln()) | set(QUERREGELN) <= set(register)
    assert all(register[kennung].id == kennung for kennung in register)


def test_eine_doppelte_kennung_faellt_auf() -> None:
    regel = QUERREGELN["R30"].regel
    with pytest.raises(Vertragsfehler, match="R30"):
        registriere([regel, replace(regel, schwere=Schwere.HINWEIS)])


@pytest.mark.parametrize("regel", [q.regel for q in QUERREGELN.values()], ids=lambda r: r.id)
def test_jede_querregel_hat_text_und_rat(regel: Regel) -> None:
    assert re.fullmatch(r"R\d{2}[a-z]?", regel.id)
    assert regel.text.meldung.endswith(".")
    assert regel.text.abhilfe.startswith("Bitte")
    assert regel.text.abhilfe.endswith(".")
    assert not regel.umfang.entscheidet


def test_regeln_und_reihen_nennen_nur_bekanntes() -> None:
    namen = set(alle_datensaetze())
    for quer in QUERREGELN.values():
        assert {*quer.alle, *quer.eine_von} <= namen
    assert {r.datensatz for r in MESSREIHEN} | {b.datensatz for b in AUFGABENBEZUEGE} <= namen
    assert {r.aufgabe for r in MESSREIHEN if r.aufgabe} <= set(AUFGABE.schluessel)
    assert len({r.id for r in MESSREIHEN}) == len(MESSREIHEN)


def test_ein_bruch_steht_bei_seinem_berichtspunkt_oder_beim_ganzen() -> None:
    assert bruchpunkte(LAND) == {
        "bevoelkerung": "P14-1a",
        "herkunft": "P14-1c",
        "IBZ": "P14-2c",
        "FSA": "P14-2i-cc",
        "RKB": "P14-2j-cc",
    }
    assert set(bruchpunkte(replace(LAND, berichtspunkte=())).values()) == {"T"}


def test_was_nicht_anwendbar_ist_wird_begruendet() -> None:
    ohne = replace(LAND, datensaetze=("aufgaben", "stellen"))
    gruende = nicht_anwendbare(ohne)
    assert set(gruende) | set(anwendbare(ohne)) == set(QUERREGELN)
    assert not set(gruende) & set(anwendbare(ohne))
    assert gruende["R31"] == "Nicht erhoben: bevoelkerung, herkunft."
    assert gruende["R17a"] == "Nichts davon wird erhoben: personal, beratung."
    assert "R42" in anwendbare(ohne)


def test_ohne_bekannte_verteilungsmasse_gibt_es_keine_formel() -> None:
    profil = lade_land("sachsen")
    unbekannt = replace(profil, datensaetze=tuple(alle_datensaetze()), verteilungsmassen=())
    assert nicht_anwendbare(unbekannt) == {"R34": "Verteilungsmasse nicht hinterlegt."}
