"""Writing a value and reading it again gives the same value and status."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.eingang.lesen import Dialekt, GeleseneTabelle
from assets.pruefung.schreibweise import als_zelle
from assets.pruefung.umwandeln import wandle_um
from schemas import felder as f
from schemas.modell import Feld, Rolle, Spalte, status_von
from schemas.wertstatus import Wertstatus

GANZE = st.integers(0, 10**12)
DEZIMALE = st.decimals(0, 10**9, places=3).map(float)
OHNE_WERT = st.sampled_from([s for s in Wertstatus if not s.hat_wert])
MIT_WERT = st.sampled_from([s for s in Wertstatus if s.hat_wert])


def _gelesen(feld: Feld, texte: list[str]) -> pl.DataFrame:
    zellen = pl.DataFrame({feld.name: [t or None for t in texte]}, schema={feld.name: pl.String})
    nummern = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    zellen = zellen.with_columns(zeile=nummern, physische_zeile=nummern)
    ergebnis = wandle_um(GeleseneTabelle(zellen, Dialekt()), [Spalte(feld, Rolle.MASS, pflicht=False)])
    assert ergebnis.befunde == (), [b.meldung for b in ergebnis.befunde]
    return ergebnis.tabelle


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.tuples(GANZE, MIT_WERT), st.tuples(st.none(), st.one_of(st.none(), OHNE_WERT)))))
def test_ganze_zahlen_und_zeichen(zellen: list[tuple[int | None, str | None]]) -> None:
    gelesen = _gelesen(f.PERSONEN, [als_zelle(wert, status) for wert, status in zellen])
    assert gelesen["personen"].to_list() == [wert for wert, _ in zellen]
    assert gelesen[status_von("personen")].to_list() == [status for _, status in zellen]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DEZIMALE, MIT_WERT)))
def test_dezimalzahlen_sind_nie_mehrdeutig(zellen: list[tuple[float, str]]) -> None:
    gelesen = _gelesen(f.VZAE_BESETZT, [als_zelle(wert, status) for wert, status in zellen])
    assert gelesen["vzae_besetzt"].to_list() == [wert for wert, _ in zellen]
    assert gelesen[status_von("vzae_besetzt")].to_list() == [status for _, status in zellen]


def test_texte_und_daten() -> None:
    assert als_zelle(date(2025, 3, 1)) == "01.03.2025"
    assert als_zelle("E9B") == "E9B"
    assert als_zelle(None) == ""
    assert als_zelle(1.234, "N") == "1,2340"
    assert als_zelle(2.0) == "2"
