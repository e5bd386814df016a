"""The list of differences between two releases."""

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.veroeffentlichung.unterschiede import in_zahlen, unterschiede
from schemas.offene_daten import WERTE
from schemas.release import UNTERSCHIEDE

Zellen = dict[str, float | None]


def _werte(zellen: Zellen) -> pl.DataFrame:
    """One value for each area; none means that it is withheld."""
    leer: dict[str, Any] = dict.fromkeys(WERTE.schluessel, "T") | {"berichtsjahr": 2025, "stand": None}
    zeilen = [
        leer | {"ags": ags, "wert_gerundet": wert, "wertzeichen": "N" if wert is not None else "G"}
        for ags, wert in zellen.items()
    ]
    return pl.DataFrame(zeilen, schema=WERTE.polars_schema)


def test_neu_entfallen_geaendert_und_geheim_geworden() -> None:
    alt, neu = _werte({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}), _werte({"a": 1.0, "b": 2.5, "d": None, "e": 5.0})
    tabelle = unterschiede(alt, neu)
    assert dict(tabelle.schema) == UNTERSCHIEDE
    assert tabelle.select("ags", "ereignis", "wert_gerundet_alt", "wert_gerundet_neu", "wertzeichen_neu").rows() == [
        ("b", "GEAENDERT", 2.0, 2.5, "N"),
        ("c", "ENTFALLEN", 3.0, None, None),
        ("d", "GEAENDERT", 4.0, None, "G"),
        ("e", "NEU", None, 5.0, "N"),
    ]
    assert in_zahlen(tabelle) == {"geaendert": 2, "neu": 1, "entfallen": 1}


def test_die_erste_ausgabe_ist_ganz_neu() -> None:
    assert in_zahlen(unterschiede(None, _werte({"a": 1.0, "b": None}))) == {"geaendert": 0, "neu": 2, "entfallen": 0}


_zellen = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from([0.0, 1.5, 2.0]))


@given(_zellen, _zellen)
def test_aus_der_alten_und_den_unterschieden_wird_die_neue(alt: Zellen, neu: Zellen) -> None:
    tabelle = unterschiede(_werte(alt), _werte(neu))
    ergebnis = dict(alt)
    for ags, ereignis, wert in tabelle.select("ags", "ereignis", "wert_gerundet_neu").iter_rows():
        if ereignis == "ENTFALLEN":
            del ergebnis[ags]
        else:
            ergebnis[ags] = wert
    assert ergebnis == neu
    assert tabelle.height == sum(1 for ags in {*alt, *neu} if (ags in alt, alt.get(ags)) != (ags in neu, neu.get(ags)))
