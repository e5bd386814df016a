"""The zahlenmäßige Nachweis reads back as it was written, in both forms, and leaves unknown amounts empty."""

import io
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from assets.auswertung.buchungen import buchungen
from assets.auswertung.mittelverwendung import mittelverwendung
from assets.auswertung.verwendungsnachweis import BETRAEGE, FORMEN, SPALTEN, Nachweis, als_datei, nachweise
from schemas.codelisten_steuerung import FG
from schemas.lieferstand import SPALTEN as LIEFERSTAND
from tests.auswertung.geldwelt import LAND, buchung, finanzen

ZEILEN = [
    buchung("ZUW_FESTGESETZT", 1234.56),
    buchung("AUSGABE_PERSONAL", 1000.1),
    buchung("AUSGABE_SACH", 300.0, mittel="EIGEN"),
    buchung("WEITERLEITUNG", 134.46, empfaengerart="FREI", empfaenger_id="TR1"),
    *(buchung("ZUW_FESTGESETZT", 0.1, fg=fg) for fg in ("FG1", "FG2", "FG3", "FG4")),
]


def _nachweis(*zeilen: dict[str, Any], synthetisch: bool = False) -> Nachweis:
    lieferung = {"meldeeinheit": "99100", "berichtsjahr": 2025, "datensatz": "finanzen"}
    stand = pl.DataFrame([{**lieferung, "gueltige_version": 2, "synthetisch": synthetisch}], schema=LIEFERSTAND)
    (nachweis,) = nachweise(LAND, mittelverwendung(LAND, buchungen(finanzen(*zeilen))), stand)
    return nachweis


def _gelesen(nachweis: Nachweis, form: str) -> list[dict[str, Any]]:
    """Rows as a reader of the file gets them, amounts as decimals."""
    inhalt = als_datei(nachweis, form)
    if form == "csv":
        assert inhalt.startswith(b"\xef\xbb\xbf")
        assert inhalt.endswith(b"\r\n")
        zeilen = pl.read_csv(inhalt, separator=";", infer_schema=False).to_dicts()
    else:
        kopf, *rest = CalamineWorkbook.from_filelike(io.BytesIO(inhalt)).get_sheet_by_name("Nachweis").to_python()
        zeilen = [dict(zip(map(str, kopf), zeile, strict=True)) for zeile in rest]
    return [{k: _betrag(w) if k in BETRAEGE.values() else w for k, w in z.items()} for z in zeilen]


def _betrag(text: object) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text).replace(",", ".")).quantize(Decimal("0.01"))


@pytest.mark.parametrize("form", FORMEN)
def test_der_nachweis_laesst_sich_zuruecklesen(form: str) -> None:
    nachweis = _nachweis(*ZEILEN)
    gelesen = _gelesen(nachweis, form)
    assert tuple(gelesen[0]) == SPALTEN
    assert [z["Fördergegenstand"] for z in gelesen] == [*FG.schluessel, "Summe"]
    for zeile in gelesen:
        for spalte, titel in BETRAEGE.items():
            assert zeile[titel] == nachweis.betrag(zeile["Fördergegenstand"], spalte)
    fg5, summe = gelesen[-2:]
    assert fg5["Zuweisung"] == Decimal("1234.56")
    assert fg5["Gesamtsumme der tatsächlichen Ausgaben"] == Decimal("1434.56")
    assert fg5["Zuweisung abzüglich der Ausgaben aus ihr"] == Decimal("100.00")
    assert summe["Zuweisung"] == Decimal("1234.96")
    assert {z["Grundlage"] for z in gelesen} == {"Lieferung „Finanzen“ 2025 (Version 2)"}


@pytest.mark.parametrize("form", FORMEN)
def test_unbekanntes_bleibt_leer_und_erfundenes_heisst_so(form: str) -> None:
    nachweis = _nachweis(ZEILEN[0], buchung("AUSGABE_PERSONAL", None), synthetisch=True)
    fg1, *_, fg5, summe = _gelesen(nachweis, form)
    assert fg1["Zuweisung"] is None, "keine Mitteilung gebucht"
    assert fg1["Gesamtsumme der tatsächlichen Ausgaben"] == 0
    for zeile in (fg5, summe):
        assert zeile["Gesamtsumme der tatsächlichen Ausgaben"] is None
    assert fg5["Grundlage"].endswith("erfundene Beispieldaten")


@pytest.mark.parametrize("form", FORMEN)
def test_derselbe_inhalt_gibt_dieselben_bytes(form: str) -> None:
    assert als_datei(_nachweis(*ZEILEN), form) == als_datei(_nachweis(*ZEILEN[::-1]), form)
