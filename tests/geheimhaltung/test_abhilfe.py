"""Who is told that a table is too fine is told what would help."""

import numpy as np
import polars as pl
import pytest

from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from schemas.geheimhaltung import Zellregel
from schemas.zellen import GEBIET, WERT
from tests.geheimhaltung.tabellen import LAND, PERSONEN, Tabelle

MERKMALE = ("gebiet", "altersgruppe", "geschlecht")
REGELN = {PERSONEN: Zellregel()}
GANZES = pl.col(GEBIET) == LAND


def _ablehnung(innen: list[list[list[float]]], fest: pl.Expr) -> str:
    tabelle = Tabelle(MERKMALE, np.array(innen))
    with pytest.raises(NichtZuSchuetzenError) as fehler:
        sperre(tabelle.zellen().with_columns(fest=fest), tabelle.hierarchien, REGELN)
    return str(fehler.value)


def test_die_gliederung_die_schadet_wird_genannt() -> None:
    """All sums of the Land must be shown; of 5 women in one age group 1 and 4 are in two Kreise."""
    satz = _ablehnung([[[20, 1], [40, 30]], [[30, 4], [25, 35]]], GANZES)
    assert satz.startswith(f"{PERSONEN}: Die Zelle")
    assert "Ohne die Gliederung nach Geschlecht oder ohne die nach Altersgruppe oder ohne die nach Gebieten" in satz


def test_nur_was_wirklich_hilft_wird_genannt() -> None:
    """In the first age group there are 5 people, women all of them: sex does not matter."""
    satz = _ablehnung([[[0, 1], [40, 30]], [[0, 4], [25, 35]]], GANZES)
    assert "Ohne die Gliederung nach Altersgruppe oder ohne die nach Gebieten ließe sie sich schützen" in satz


def test_wo_eine_allein_nicht_genuegt_steht_es_da() -> None:
    """Whatever is left out: of 5 people 1 and 4 are shown to be somewhere, in places, age groups and sexes alike."""
    satz = _ablehnung([[[0, 1], [0, 0]], [[0, 0], [4, 0]]], pl.col(WERT) >= REGELN[PERSONEN].k)
    assert "Keine einzelne Gliederung wegzulassen genügt" in satz
