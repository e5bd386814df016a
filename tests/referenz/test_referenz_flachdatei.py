"""Flat files of three generations."""

from pathlib import Path

import polars as pl
import pytest

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import lies_referenz

DATEN = Path(__file__).parent / "daten"


def werte(frame: pl.DataFrame, **wo: str) -> list[tuple[float | None, str]]:
    return frame.filter(pl.col(k) == v for k, v in wo.items()).select("wert", "wertstatus").rows()


def test_neues_format_mit_qualitaet_und_region_an_zweiter_stelle() -> None:
    datei = lies_referenz(DATEN / "flach_neu.csv")
    frame = datei.tabelle
    assert set(frame["zeit"]) == {"2023/24"}
    assert werte(frame, ags="01001", merkmale='{"GES":"T"}') == [(1240.0, "R")]
    assert werte(frame, ags="01001", merkmale='{"GES":"GESW"}', einheit="%") == [(12.5, "N")]
    assert werte(frame, ags="01001", merkmale='{"GES":"GESW"}', einheit="Anzahl") == [(120.0, "V")]
    assert werte(frame, ags="01001", merkmale='{"GES":"GESM"}') == [(30.0, "E")]
    assert werte(frame, ags="01002", merkmale='{"GES":"GESW"}') == [(0.0, "N")]
    assert werte(frame, ags="01003") == [(None, "U")]
    assert 'Muster "am See"; Landkreis' in frame["region"].to_list()
    assert datei.bericht.qualitaetszellen == 8
    assert datei.bericht.doppelte_schluessel == 0
    assert set(frame["tabelle"]) == {"98765"}


def test_altes_deutsches_format_mit_mehreren_massen() -> None:
    datei = lies_referenz(DATEN / "flach_alt_de.csv")
    frame = datei.tabelle
    assert datei.bericht.kodierung == "cp1252"
    assert datei.bericht.wertzellen == 6
    assert datei.bericht.qualitaetszellen == 3
    assert werte(frame, ags="DG", kennzahl="BSP002", einheit="Prozent") == [(12.5, "N")]
    assert werte(frame, ags="01", kennzahl="BSP001", einheit="Anzahl") == [(-3.0, "V")]
    assert werte(frame, ags="01001") == [(None, "U"), (None, "X")]
    assert frame.filter(pl.col("ags") == "01")["region"].to_list() == ["Probeland"] * 2


def test_altes_englisches_format_mit_gleichen_spaltennamen() -> None:
    frame = lies_referenz(DATEN / "flach_alt_en.csv").tabelle
    assert frame.select("ags", "merkmale", "wert", "einheit").rows() == [
        ("01", '{"MONAT":"MONAT01"}', 98.7, "2020=100"),
        ("01", '{"MONAT":"MONAT02"}', 100.125, "2020=100"),
        ("02", '{"MONAT":"MONAT01"}', 1100.0, "2020=100"),
    ]


@pytest.mark.parametrize(
    ("name", "tabelle"),
    [
        ("98765-01-02-4_2020_de_flat.csv", "98765-01-02-4"),
        ("98765-0043_123456_de_flat.csv", "98765-0043"),
        ("98765-01-01-4-B_WS2023.csv", "98765-01-01-4-B"),
        ("98765-Z-11 (1).csv", "98765-Z-11"),
        ("12345-01-02-4.csv", "98765"),
        ("abruf.csv", "98765"),
    ],
)
def test_tabellennummer_aus_dem_dateinamen_nur_wenn_sie_passt(name: str, tabelle: str) -> None:
    inhalt = (DATEN / "flach_alt_en.csv").read_bytes()
    assert set(lies_referenz(inhalt, name).tabelle["tabelle"]) == {tabelle}


def test_ohne_region_und_mit_mehreren_werten_je_zeile() -> None:
    text = (
        "statistics_code;statistics_label;time_code;time_label;time;"
        "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
        "value;value_unit;value_variable_code;value_variable_label;"
        "value;value_unit;value_variable_code;value_variable_label;value_q\n"
        "98765;Zählung;JAHR;Jahr;2020;ALT013;Alter;ALT000B03;unter 3;7;Anzahl;BSP001;Fälle;2,5;%;BSP002;Quote;r\n"
    )
    datei = lies_referenz(text.encode(), "x.csv")
    assert datei.tabelle.select("ags", "kennzahl", "merkmale", "wert", "wertstatus").rows() == [
        ("", "BSP001", '{"ALT013":"ALT000B03"}', 7.0, "N"),
        ("", "BSP002", '{"ALT013":"ALT000B03"}', 2.5, "R"),
    ]
    assert (datei.bericht.wertzellen, datei.bericht.qualitaetszellen) == (2, 1)


@pytest.mark.parametrize(
    ("alt", "neu", "meldung"),
    [
        (";98.7\n", "\n", "Zeile 2 hat 13 Zellen"),
        (";2020;DLAND;States;01;Probeland;MONAT;Months;MONAT01;January;98.7", ";gestern" + ";" * 9 + "98.7", "gestern"),
        ("BSP003__Index_of_examples__2020=100", "BSP003", "Spalte 14"),
        ("2_variable_code;2_variable_label;", "2_variable_code;", "die Kopfzeile 13"),
        (";98.7\n", ";98.7*\n", "Zeile 2, Spalte 14"),
    ],
)
def test_beschaedigte_dateien_nennen_die_stelle(alt: str, neu: str, meldung: str) -> None:
    text = (DATEN / "flach_alt_en.csv").read_text(encoding="utf-8")
    assert alt in text
    with pytest.raises(ReferenzFehler, match=meldung):
        lies_referenz(text.replace(alt, neu).encode(), "x.csv")
