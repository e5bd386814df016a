"""Each rule across files: silent on a state that fits together, and exact about the one thing that does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assets.ablage import Ablage
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import PRUEFUNGEN, pruefe_quer
from schemas.modell import Schwere, Umfang
from schemas.querbefunde import SCHLUESSEL, SPALTEN
from schemas.regeln_quer import QUERREGELN, anwendbare
from tests.querpruefung.conftest import Aendere, Befrage
from tests.querpruefung.verstoesse import VERSTOSS, Fund
from tests.querpruefung.zustand import LAND, Zustand, referenz

_FAELLE = [(regel, aendere) for regel, alle in VERSTOSS.items() for aendere in alle]


def test_was_zusammenpasst_hat_keine_befunde(vorlage: Path) -> None:
    assert set(anwendbare(LAND)) == set(QUERREGELN), "sonst wäre der Zustand nur mangels Regeln gut"
    with oeffne(Ablage(vorlage), LAND, referenz()) as lage:
        befunde = pruefe_quer(lage)
    assert befunde.rows() == []
    assert dict(befunde.schema) == {name: typ() for name, typ in SPALTEN.items()}


def test_jede_regel_hat_eine_pruefung_und_einen_fall() -> None:
    assert set(PRUEFUNGEN) == set(QUERREGELN)
    assert set(VERSTOSS) | {"R23d", "R44", "R51"} == set(QUERREGELN)


@pytest.mark.parametrize(("regel", "aendere"), _FAELLE, ids=lambda x: x if isinstance(x, str) else x.__name__)
def test_ein_verstoss_wird_gefunden_und_nur_er(
    regel: str, aendere: Callable[[Zustand], set[Fund]], befrage: Befrage
) -> None:
    erwartet: set[Fund] = set()

    def _aendere(zustand: Zustand) -> None:
        erwartet.update(aendere(zustand))

    assert befrage(regel, _aendere) == erwartet


def test_alle_befunde_sind_lesbar_und_eindeutig(geaendert: Callable[[Aendere], Ablage]) -> None:
    nimmt_anderen_die_zeilen = {"_ohne_beratung", "_leer", "_kopiert", "_leer_ohne_aufgaben", "_bericht_ohne_texte"}

    def vieles_falsch(zustand: Zustand) -> None:
        for _, aendere in _FAELLE:
            if aendere.__name__ not in nimmt_anderen_die_zeilen:
                aendere(zustand)

    with oeffne(geaendert(vieles_falsch), LAND, referenz()) as lage:
        befunde = pruefe_quer(lage)
    assert befunde["regel"].n_unique() >= 15
    assert befunde.select(SCHLUESSEL).is_duplicated().sum() == 0
    for meldung, abhilfe in befunde.select("meldung", "abhilfe").iter_rows():
        assert meldung.endswith(".")
        assert abhilfe.startswith("Bitte")
        assert not {"{", "}"} & set(meldung + abhilfe)
        assert "null" not in meldung
        assert "None" not in meldung
    assert befunde.null_count().select("meldung", "abhilfe", "schluessel", "meldeeinheit").row(0) == (0, 0, 0, 0)
    schwere = dict(befunde.select("regel", "schwere").iter_rows())
    assert schwere["R17b"] == Schwere.FEHLER
    assert schwere["R30"] == Schwere.WARNUNG
    assert dict(befunde.select("regel", "umfang").iter_rows())["R30"] == Umfang.AMTLICH
