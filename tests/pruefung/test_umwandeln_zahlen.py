"""Numbers: what a column proves about its writing, a strict grammar, signs with their status, units, Excel's damage."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.eingang.lesen import Dialekt, GefundeneSpalte, GeleseneTabelle
from assets.pruefung.umwandeln import Umgewandelt, wandle_um
from schemas.modell import Rolle, Spalte, Typ
from tests.eingang.muster import BETRAG, JAHR, PERSONEN, codes, spalte, stellen
from tests.haerte import FAKTOR


def spalte_aus(texte: Sequence[str | None], feld: Spalte) -> Umgewandelt:
    """A table of one column."""
    import polars as pl

    nummern = pl.Series(range(2, len(texte) + 2), dtype=pl.Int64)
    zellen = pl.DataFrame({feld.name: pl.Series(texte, dtype=pl.String), "zeile": nummern, "physische_zeile": nummern})
    gefunden = (GefundeneSpalte(feld.name, feld.name.upper(), "C"),)
    return wandle_um(GeleseneTabelle(zellen, Dialekt(kopfzeile_nr=1), spalten=gefunden), [feld])


def werte(texte: Sequence[str | None], feld: Spalte) -> list[object]:
    """Values of a column without any finding."""
    ergebnis = spalte_aus(texte, feld)
    assert ergebnis.befunde == ()
    return ergebnis.tabelle[feld.name].to_list()


def befund(text: str, feld: Spalte, *andere: str) -> str | None:
    """Id of the only finding of a cell, beside other cells of its column; its value is null if that is an error."""
    ergebnis = spalte_aus([text, *andere], feld)
    eigene = [b for b in ergebnis.befunde if b.zeile == 2]
    assert len(eigene) <= 1
    if eigene and eigene[0].schwere == "fehler":
        assert ergebnis.tabelle[feld.name][0] is None
    return eigene[0].code if eigene else None


@pytest.mark.parametrize(
    ("texte", "erwartet"),
    [
        (["19415", "0", "-5", "+5", "007"], [19415, 0, -5, 5, 7]),
        (["1.234", "100", "1.234.567"], [1234, 100, 1234567]),
        (["1 234", "1\u00a0234", "1\u202f234", "1'234", "1’234"], [1234] * 5),
        (["12,0", "12,00", "5,"], [12, 12, 5]),
        (["1.234,00"], [1234]),
        (["−5", "–5", "- 5", "‑5", "‐5"], [-5, -5, -5, -5, -5]),
        (["999999999999999999"], [999999999999999999]),
    ],
)
def test_ganze_zahlen(texte: list[str], erwartet: list[int]) -> None:
    korrektur = spalte("korrektur", Typ.GANZZAHL, Rolle.MASS, einheit="Personen")
    assert werte(texte, korrektur) == erwartet


@pytest.mark.parametrize(
    ("texte", "erwartet"),
    [
        (["25,05", "30", "1.234", "1.234,5"], [25.05, 30.0, 1234.0, 1234.5]),
        (["25,05", "1,234"], [25.05, 1.234]),
        (["0,750", "1,250"], [0.75, 1.25]),
        (["1.234.567", "1.234"], [1234567.0, 1234.0]),
        (["1 234,5", ",5", "30,"], [1234.5, 0.5, 30.0]),
        (["12345678901,2345"], [12345678901.2345]),
        (["0,1", "-0,3"], [0.1, -0.3]),
    ],
)
def test_dezimalzahlen_mit_komma(texte: list[str], erwartet: list[float]) -> None:
    assert werte(texte, BETRAG) == erwartet


@pytest.mark.parametrize("texte", [["25.05", "30.29", "9"], ["0.5"], ["1'234.50", "2'000.00"], ["1234.567", "1.5"]])
def test_punkt_als_dezimalzeichen_wird_einmal_gemeldet(texte: list[str]) -> None:
    ergebnis = spalte_aus([None, *texte], BETRAG)
    assert stellen(ergebnis.befunde) == [("decimal_point", 3, "betrag_eur")]
    assert ergebnis.tabelle["betrag_eur"].to_list()[1:] == [float(t.replace("'", "")) for t in texte]


@pytest.mark.parametrize(
    "texte", [["1.234"], ["1.234", "2.500", "30"], ["1,234"], ["1,234", "2,500"], ["1.234", "2,500"]]
)
def test_tausender_oder_dezimal_ohne_beleg_ist_ein_fehler(texte: list[str]) -> None:
    befunde = spalte_aus(texte, BETRAG).befunde
    assert len(befunde) == sum("." in t or "," in t for t in texte)
    assert set(codes(befunde)) == {"ambiguous_number"}
    assert "1234 oder 1,234" in befunde[0].meldung


def test_beleg_weit_unten_entscheidet_die_ganze_spalte() -> None:
    assert werte(["1.234"] * 20_000 + ["0,5"], BETRAG)[0] == 1234.0
    oben = spalte_aus(["1.234"] * 20_000 + ["0.55"], BETRAG)
    assert oben.anzahl == {("decimal_point", "betrag_eur"): 1, ("ambiguous_number", "betrag_eur"): 20_000}


def test_drei_nachkommastellen_sind_eindeutig_wo_der_vertrag_sie_kennt() -> None:
    flaeche = spalte("flaeche", Typ.DEZIMAL, Rolle.MASS, einheit="km²", nachkommastellen=3)
    assert werte(["1,234"], flaeche) == [1.234]
    assert spalte_aus(["1.234", "0.5"], flaeche).tabelle["flaeche"].to_list() == [1.234, 0.5]


@pytest.mark.parametrize(
    ("text", "feld", "andere", "code"),
    [
        ("19.41", PERSONEN, (), "bad_grouping"),
        ("1.23.456", PERSONEN, (), "bad_grouping"),
        ("12 34", PERSONEN, (), "bad_grouping"),
        ("1234.567", PERSONEN, (), "bad_grouping"),
        ("0.123", PERSONEN, (), "bad_grouping"),
        ("1.234 567", PERSONEN, (), "bad_grouping"),
        ("25.05", BETRAG, ("25,05",), "bad_grouping"),
        ("19,4", PERSONEN, (), "not_integer"),
        ("0,123", PERSONEN, (), "not_integer"),
        ("19,415", PERSONEN, (), "english_number"),
        ("12,000", PERSONEN, (), "english_number"),
        ("1,234,567", PERSONEN, (), "english_number"),
        ("1,234.56", BETRAG, (), "english_number"),
        ("1,234", BETRAG, ("0.5",), "english_number"),
        ("1.234", BETRAG, ("0.55",), "ambiguous_number"),
        ("12o4", PERSONEN, (), "invalid_number"),
        ("12/13", PERSONEN, (), "invalid_number"),
        ("12-13", PERSONEN, (), "invalid_number"),
        ("ca. 12", PERSONEN, (), "invalid_number"),
        ("12*", PERSONEN, (), "invalid_number"),
        ("12¹⁾", PERSONEN, (), "invalid_number"),
        ("１２", PERSONEN, (), "invalid_number"),
        ("٣", PERSONEN, (), "invalid_number"),
        ("=12", PERSONEN, (), "invalid_number"),
        ("(12)p", PERSONEN, (), "invalid_number"),
        ("n/a", PERSONEN, (), "unknown_symbol"),
        ("**", PERSONEN, (), "unknown_symbol"),
        ("..", PERSONEN, (), "unknown_symbol"),
        (":", PERSONEN, (), "unknown_symbol"),
        ("NULL", PERSONEN, (), "unknown_symbol"),
        ("1,94E+04", PERSONEN, (), "scientific_notation"),
        ("2e5", BETRAG, (), "scientific_notation"),
        ("#####", PERSONEN, (), "excel_hash"),
        ("#BEZUG!", PERSONEN, (), "excel_error"),
        ("#div/0!", BETRAG, (), "excel_error"),
        ("Fehler:508", BETRAG, (), "excel_error"),
        ("17. Jun", PERSONEN, (), "excel_date_damage"),
        ("Mrz 24", BETRAG, (), "excel_date_damage"),
        ("02.03.2024", BETRAG, (), "excel_date_damage"),
        ("12 %", PERSONEN, (), "wrong_unit"),
        ("1,2 Mio. €", BETRAG, (), "invalid_number"),
        ("12 T€", BETRAG, (), "wrong_unit"),
        ("1234567890123456", BETRAG, (), "too_many_digits"),
        ("1234567890123,456", BETRAG, ("0,5",), "too_many_digits"),
        ("9999999999999999999", PERSONEN, (), "too_many_digits"),
        ("-5", PERSONEN, (), "out_of_range"),
        ("1 " * 200, PERSONEN, (), "invalid_number"),
    ],
)
def test_was_keine_zahl_ist(text: str, feld: Spalte, andere: tuple[str, ...], code: str) -> None:
    assert befund(text.strip(), feld, *andere) == code


@pytest.mark.parametrize(
    ("text", "feld", "wert"),
    [
        ("12 Personen", PERSONEN, 12),
        ("1.234 Pers.", PERSONEN, 1234),
        ("12 Anzahl", PERSONEN, 12),
        ("25,05 €", BETRAG, 25.05),
        ("25,05€", BETRAG, 25.05),
        ("EUR 25,05", BETRAG, 25.05),
        ("€ 25,05", BETRAG, 25.05),
        ("25,05\u00a0Euro", BETRAG, 25.05),
    ],
)
def test_passende_einheit_wird_mit_warnung_weggelassen(text: str, feld: Spalte, wert: float) -> None:
    ergebnis = spalte_aus([text], feld)
    assert codes(ergebnis.befunde) == ["unit_in_number"]
    assert ergebnis.tabelle[feld.name].to_list() == [wert]


def test_minus_am_ende_aus_buchungsprogrammen() -> None:
    ergebnis = spalte_aus(["1.250,00-", "0,50"], BETRAG)
    assert codes(ergebnis.befunde) == ["trailing_minus"]
    assert "-1250" in ergebnis.befunde[0].meldung
    assert ergebnis.tabelle["betrag_eur"].to_list() == [-1250.0, 0.5]


@pytest.mark.parametrize(
    ("text", "wert", "code"),
    [
        ("25,-", 25.0, None),
        ("1.234,–", 1234.0, None),
        ("-25,--", -25.0, None),
        ("25,- €", 25.0, "unit_in_number"),
        ("-   €", 0.0, "unit_in_number"),
        ("– EUR", 0.0, "unit_in_number"),
        ("- %", None, "wrong_unit"),
        ("- entfällt", None, "unknown_symbol"),
        ("25,-5", None, "invalid_number"),
    ],
)
def test_striche_die_kein_minus_sind(text: str, wert: float | None, code: str | None) -> None:
    ergebnis = spalte_aus([text, "0,50"], BETRAG)
    assert codes(ergebnis.befunde) == ([code] if code else [])
    assert ergebnis.tabelle["betrag_eur"].to_list() == [wert, 0.5]


def test_gleitkomma_ausgabe_ganzer_zahlen() -> None:
    ergebnis = spalte_aus(["12.0", "1941.0", "7"], PERSONEN)
    assert codes(ergebnis.befunde) == ["decimal_point"]
    assert ergebnis.tabelle["personen"].to_list() == [12, 1941, 7]
    assert befund("12.0", PERSONEN, "1.234") == "bad_grouping"


@pytest.mark.parametrize(
    ("text", "wert", "status"),
    [
        ("12", 12, "N"),
        ("-", 0, "N"),
        ("–", 0, "N"),
        ("—", 0, "N"),
        (".", None, "U"),
        ("·", None, "U"),
        ("...", None, "U"),
        ("…", None, "U"),
        ("*", None, "G"),
        ("/", None, "L"),
        ("x", None, "X"),
        ("X", None, "X"),
        ("(12)", 12, "E"),
        ("( 12 )", 12, "E"),
        ("(1.234)", 1234, "E"),
        ("12p", 12, "V"),
        ("12 r", 12, "R"),
        ("1.234s", 1234, "S"),
    ],
)
def test_amtliche_zeichen(text: str, wert: int | None, status: str) -> None:
    ergebnis = spalte_aus([text], PERSONEN)
    assert ergebnis.befunde == ()
    assert ergebnis.tabelle.row(0) == (wert, status, 2)


@pytest.mark.parametrize(
    ("text", "status"), [("k.A.", "U"), ("k. A.", "U"), ("keine Angabe", "U"), ("<3", "G"), ("< 5", "G")]
)
def test_gebraeuchliche_angaben_mit_hinweis(text: str, status: str) -> None:
    ergebnis = spalte_aus([text], PERSONEN)
    assert codes(ergebnis.befunde) == ["symbol_read"]
    assert ergebnis.tabelle.row(0) == (None, status, 2)


def test_zeichen_nur_in_massen() -> None:
    assert befund("-", JAHR) == "symbol_not_allowed"
    assert befund("x", JAHR) == "symbol_not_allowed"
    assert befund("2025p", JAHR) == "invalid_number"


def test_fundstelle_vorschlag_und_ueberschrift() -> None:
    b = spalte_aus(["1", "l2"], PERSONEN).befunde[0]
    assert (b.zeile, b.physische_zeile, b.spalte, b.buchstabe, b.wert, b.vorschlag) == (
        3,
        3,
        "personen",
        "C",
        "l2",
        "12",
    )


ZAHL = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def _deutsch(zahl: Decimal, gruppe: str, stellen_: int) -> str:
    """A number as German offices write it."""
    text = f"{abs(zahl):,.{stellen_}f}".replace(",", "#").replace(".", ",").replace("#", gruppe)
    return ("-" if zahl < 0 else "") + text


@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
@given(st.lists(ZAHL, min_size=1, max_size=8), st.sampled_from(["", ".", " ", "\u00a0", "'"]))
def test_deutsch_geschriebene_zahlen_kommen_genau_zurueck(zahlen: list[Decimal], gruppe: str) -> None:
    texte = [_deutsch(z, gruppe, 2) for z in zahlen]
    assert werte(texte, BETRAG) == [float(z) for z in zahlen]


@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
@given(st.lists(ZAHL, min_size=1, max_size=8))
def test_einheitlich_mit_punkt_geschrieben_kommt_genau_zurueck(zahlen: list[Decimal]) -> None:
    ergebnis = spalte_aus([str(z) for z in zahlen], BETRAG)
    assert codes(ergebnis.befunde) == ["decimal_point"]
    assert ergebnis.tabelle["betrag_eur"].to_list() == [float(z) for z in zahlen]


@pytest.mark.haerte
@settings(max_examples=300 * FAKTOR, deadline=None)
@given(st.lists(st.text(alphabet="0123456789.,' -+()%€eEx", min_size=1, max_size=9), min_size=1, max_size=5))
def test_gelesene_zahlen_bestehen_aus_den_ziffern_der_zelle(texte: list[str]) -> None:
    """Whatever is accepted: no digit is lost, none invented, and nothing accepted breaks the rule of three digits."""
    texte = [t.strip() or "0" for t in texte]
    ergebnis = spalte_aus(texte, BETRAG)
    for text, wert, status in zip(
        texte, ergebnis.tabelle["betrag_eur"], ergebnis.tabelle["betrag_eur_status"], strict=True
    ):
        if wert is not None and text not in "-–—":
            ziffern = "".join(z for z in text if z.isdigit())
            assert f"{abs(Decimal(repr(wert))):f}".replace(".", "").strip("0") == ziffern.strip("0")
            assert status in ("N", "E", "V", "R", "S")
            gruppen = text.strip("()+- €").split(",")[0].split(".")
            assert len(gruppen) < 3 or all(len(g) == 3 for g in gruppen[1:])
