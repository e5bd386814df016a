"""Signs and numbers: exact values, the right status, and an error for everything else."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.werte import deute_werte

ZEICHEN = {".": "G", "...": "U", "/": "L", "x": "X"}
QUALITAET = {"": "N", "e": "N", "p": "V", "r": "R", "s": "S", "()": "E", "( )": "E"}


def deute(paare: list[tuple[str, str]], dezimal: str | None = ",") -> list[tuple[float | None, str]]:
    zellen = pl.DataFrame(
        {
            "roh": [p[0] for p in paare],
            "qualitaet": [p[1] for p in paare],
            "spalte": [4] * len(paare),
            "datei_zeile": list(range(10, 10 + len(paare))),
        }
    )
    return deute_werte(zellen, dezimal, "probe.csv").select("wert", "wertstatus").rows()


def deutsch(zahl: Decimal, *, gruppiert: bool) -> str:
    text = f"{zahl:,f}" if gruppiert else f"{zahl:f}"
    return text.replace(",", "#").replace(".", ",").replace("#", ".")


zahlen = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=2)


@given(st.lists(st.tuples(zahlen, st.booleans(), st.sampled_from(sorted(QUALITAET))), min_size=1, max_size=20))
@settings(max_examples=60)
def test_deutsche_zahlen_sind_exakt(faelle: list[tuple[Decimal, bool, str]]) -> None:
    gelesen = deute([(deutsch(z, gruppiert=g), q) for z, g, q in faelle])
    assert gelesen == [(float(z), QUALITAET[q]) for z, _, q in faelle]


@given(st.lists(zahlen, min_size=1, max_size=20))
@settings(max_examples=40)
def test_englische_zahlen_entscheiden_durch_ihre_form(werte: list[Decimal]) -> None:
    assert deute([(f"{z:,f}", "") for z in werte], None) == [(float(z), "N") for z in werte]


@given(st.lists(st.sampled_from(sorted(ZEICHEN)), min_size=1, max_size=10))
@settings(max_examples=20)
def test_zeichen_haben_keinen_wert(zeichen: list[str]) -> None:
    assert deute([(z, "") for z in zeichen]) == [(None, ZEICHEN[z]) for z in zeichen]


def test_null_und_strich_sind_hier_null() -> None:
    assert deute([("0", ""), ("-", ""), ("-0,5", "")]) == [(0.0, "N"), (0.0, "N"), (-0.5, "N")]


def test_kennzeichen_in_der_zelle() -> None:
    assert deute([("(12,5)", ""), ("( 7 )", "e"), ("30p", ""), ("31 r", ""), ("32s", "")]) == [
        (12.5, "E"),
        (7.0, "E"),
        (30.0, "V"),
        (31.0, "R"),
        (32.0, "S"),
    ]


def test_zeichen_nur_in_der_qualitaetsspalte_gilt_als_wert() -> None:
    assert deute([("", "."), ("", "/")]) == [(None, "G"), (None, "L")]


@pytest.mark.parametrize(
    "roh", ["", "k.A.", "*", "X", "–", "1 234", "12,5,1", "1.23.4", "1e3", "NaN", "(x)", "12%", "+5"]
)
def test_anderes_ist_ein_fehler_mit_ort(roh: str) -> None:
    with pytest.raises(ReferenzFehler, match="Zeile 11, Spalte 4") as fehler:
        deute([("1", ""), (roh, "")])
    assert "probe.csv" in str(fehler.value)


@pytest.mark.parametrize(("roh", "qualitaet"), [("5", "q"), ("5", "/"), ("5", "x")])
def test_unbekannte_oder_widersprechende_qualitaet(roh: str, qualitaet: str) -> None:
    with pytest.raises(ReferenzFehler, match="Qualitätskennzeichen"):
        deute([(roh, qualitaet)])


def test_vermischte_dezimalzeichen() -> None:
    with pytest.raises(ReferenzFehler, match="vermischt"):
        deute([("1,5", ""), ("2.75", "")])


def test_mehrdeutige_zahl_ohne_beleg_wird_nicht_geraten() -> None:
    with pytest.raises(ReferenzFehler, match="Tausender oder Nachkommastellen"):
        deute([("1.234", ""), ("5", "")], None)
    assert deute([("1.234", "")], ",") == [(1234.0, "N")]
    assert deute([("1.234", "")], ".") == [(1.234, "N")]
    assert deute([("1.234", ""), ("0,5", "")], None) == [(1234.0, "N"), (0.5, "N")]
    assert deute([("1.234", ""), ("0.5", "")], None) == [(1.234, "N"), (0.5, "N")]
