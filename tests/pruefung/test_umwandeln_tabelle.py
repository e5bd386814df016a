"""Whole tables: types, status columns, missing cells, and files written in any dialect come back the same."""

import csv
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.eingang.lesen import Dialekt, GeleseneTabelle
from assets.pruefung.umwandeln import wandle_um
from schemas.modell import Rolle, status_von
from tests.eingang.muster import ART, KOPF, SPALTEN, ZEILEN, als_csv, codes, datei, stellen, wandle
from tests.haerte import FAKTOR


def test_typen_und_reihenfolge_der_spalten() -> None:
    tabelle = wandle(datei()).tabelle
    erwartet: dict[str, Any] = {}
    for s in SPALTEN:
        erwartet[s.name] = s.feld.polars_typ
        if s.rolle is Rolle.MASS:
            erwartet[status_von(s.name)] = pl.String
    assert dict(tabelle.schema) == {**erwartet, "zeile": pl.Int64}
    assert tabelle["zeile"].to_list() == [2, 3, 4]


def test_ohne_tabelle_kommt_eine_leere_mit_allen_spalten() -> None:
    leer = wandle_um(GeleseneTabelle(None, Dialekt()), SPALTEN)
    assert leer.tabelle.height == 0
    assert leer.tabelle.schema == wandle(datei()).tabelle.schema
    assert leer.befunde == ()


def test_leere_pflichtzellen_und_leere_freiwillige() -> None:
    ergebnis = wandle(datei(["2025", "01099", "", "FEST", "31.12.2025", "", "", ""]))
    assert stellen(ergebnis.befunde) == [("missing_value", 2, "ort"), ("missing_value", 2, "personen")]
    zeile = ergebnis.tabelle.row(0, named=True)
    assert zeile["betrag_eur"] is None
    assert zeile["betrag_eur_status"] is None
    assert zeile["personen_status"] is None


def test_alle_befunde_auf_einmal_in_der_reihenfolge_der_zeilen() -> None:
    ergebnis = wandle(datei(ZEILEN[0], ["20255", "1099", "Ort", "WAS", "31.13.2025", "1o", "1.5.5", "xx"], ZEILEN[1]))
    assert {b.zeile for b in ergebnis.befunde} == {3}
    assert codes(ergebnis.befunde) == [
        "out_of_range",
        "lost_leading_zero",
        "unknown_code",
        "invalid_date",
        "invalid_number",
        "bad_grouping",
        "unknown_code",
    ]
    assert all(w is None for w in ergebnis.tabelle.drop("zeile", "ort").row(1))
    assert "erlaubt sind mindestens 2000 und höchstens 2100" in ergebnis.befunde[0].meldung


@pytest.mark.parametrize(
    ("zelle", "angabe", "wert", "status", "befunde"),
    [
        ("12", "", 12, "N", []),
        ("12", "N", 12, "N", []),
        ("12", "v", 12, "V", []),
        ("12", "geschätzt", 12, "S", []),
        ("(12)", "E", 12, "E", []),
        ("(12)", "", 12, "E", []),
        ("-", "V", 0, "V", []),
        ("", "G", None, "G", []),
        ("", "U", None, "U", []),
        (".", "G", None, "G", []),
        (".", "U", None, "U", []),
        ("*", "G", None, "G", []),
        ("12", "G", None, None, ["status_conflict"]),
        ("(12)", "V", None, None, ["status_conflict"]),
        ("*", "N", None, None, ["status_conflict"]),
        ("-", "X", None, None, ["status_conflict"]),
        ("", "N", None, None, ["status_conflict"]),
        ("12", "Q", 12, "N", ["unknown_code"]),
        ("1o", "N", None, None, ["invalid_number"]),
        ("", "", None, None, ["missing_value"]),
    ],
)
def test_statusspalte_in_der_datei(
    zelle: str, angabe: str, wert: int | None, status: str | None, befunde: list[str]
) -> None:
    kopf = [*KOPF, "personen_status"]
    ergebnis = wandle(datei([*ZEILEN[0][:5], zelle, *ZEILEN[0][6:], angabe], kopf=kopf))
    assert codes(ergebnis.befunde) == befunde
    zeile = ergebnis.tabelle.row(0, named=True)
    assert (zeile["personen"], zeile["personen_status"]) == (wert, status)


ORTE = st.text(alphabet="abcXYZ0189äöüÄÖÜßéèçñøåšžœ,;\"' \n", min_size=6, max_size=12).map(
    lambda t: f"Ort {t.strip()} e. V."
)
DATENZEILE = st.fixed_dictionaries(
    {
        "berichtsjahr": st.integers(2000, 2100),
        "meldeeinheit": st.from_regex(r"[01][0-9]{4}", fullmatch=True),
        "ort": ORTE,
        "art": st.sampled_from(ART.codes or ()),
        "stichtag": st.dates(date(1990, 1, 1), date(2060, 12, 31)),
        "personen": st.integers(0, 10**7),
        "betrag_eur": st.one_of(st.none(), st.decimals(-(10**7), 10**7, places=2)),
        "sprachen": st.one_of(st.none(), st.lists(st.sampled_from(["ar", "de", "uk"]), min_size=1, unique=True)),
    }
)
SCHREIBWEISEN = st.fixed_dictionaries(
    {
        "zeichensatz": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
        "trennzeichen": st.sampled_from(";\t|,"),
        "ende": st.sampled_from(["\n", "\r\n", "\r"]),
        "zitat": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "gruppe": st.sampled_from(["", ".", "\u00a0", "'"]),
        "datum": st.sampled_from(["%d.%m.%Y", "%Y-%m-%d"]),
        "sep": st.booleans(),
        "vorspann": st.integers(0, 3),
        "leerzeilen": st.integers(0, 3),
        "fuss": st.booleans(),
    }
)


def _zahl(wert: Decimal | int | None, gruppe: str, stellen_: int) -> str:
    if wert is None:
        return ""
    return f"{wert:,.{stellen_}f}".replace(",", "#").replace(".", ",").replace("#", gruppe)


def _geschrieben(zeilen: list[dict[str, Any]], art: dict[str, Any]) -> bytes:
    """The rows as a file of one of the kinds that really come in."""
    inhalt = [
        [
            str(z["berichtsjahr"]),
            z["meldeeinheit"],
            z["ort"],
            z["art"],
            z["stichtag"].strftime(art["datum"]),
            _zahl(z["personen"], art["gruppe"], 0),
            _zahl(z["betrag_eur"], art["gruppe"], 2),
            ",".join(z["sprachen"] or ()),
        ]
        for z in zeilen
    ]
    vorspann = [["Bericht über Größe"]] * art["vorspann"]
    fuss = [["Quelle: eigene Zählung"]] if art["fuss"] else []
    leer = [[""] * len(KOPF)] * art["leerzeilen"]
    # Python's writer does not quote a line break that is not its own line end.
    zitat = csv.QUOTE_ALL if art["ende"] == "\r" else art["zitat"]
    text = als_csv(
        [*vorspann, KOPF, *inhalt, *leer, *fuss], trennzeichen=art["trennzeichen"], ende=art["ende"], zitat=zitat
    )
    sep = f"sep={art['trennzeichen']}{art['ende']}" if art["sep"] else ""
    inhalt_bytes: bytes = (sep + text).encode(art["zeichensatz"])
    return inhalt_bytes


@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
@given(st.lists(DATENZEILE, min_size=1, max_size=6), SCHREIBWEISEN)
def test_rundreise_durch_alle_schreibweisen(zeilen: list[dict[str, Any]], art: dict[str, Any]) -> None:
    ergebnis = wandle(_geschrieben(zeilen, art))
    assert not [b for b in ergebnis.befunde if b.schwere != "hinweis"]
    for z, gelesen in zip(zeilen, ergebnis.tabelle.iter_rows(named=True), strict=True):
        erwartet = {
            **z,
            "betrag_eur": None if z["betrag_eur"] is None else float(z["betrag_eur"]),
            "betrag_eur_status": None if z["betrag_eur"] is None else "N",
            "personen_status": "N",
            "sprachen": " ".join(z["sprachen"]) if z["sprachen"] else None,
            "zeile": gelesen["zeile"],
        }
        assert gelesen == erwartet
    erste = art["vorspann"] + 2
    assert ergebnis.tabelle["zeile"].to_list() == list(range(erste, erste + len(zeilen)))


@pytest.mark.haerte
@settings(max_examples=100 * FAKTOR, deadline=None)
@given(st.lists(DATENZEILE, min_size=3, max_size=8), SCHREIBWEISEN)
def test_einbyte_zeichensaetze_liest_er_richtig_oder_gar_nicht(
    zeilen: list[dict[str, Any]], art: dict[str, Any]
) -> None:
    """Random letters are no German text, so that the set may stay open; a wrong text must not get through unnoticed."""
    ergebnis = wandle(_geschrieben(zeilen, {**art, "zeichensatz": "cp1252"}))
    schwer = [b for b in ergebnis.befunde if b.schwere != "hinweis"]
    if not schwer:
        assert ergebnis.tabelle["ort"].to_list() == [z["ort"] for z in zeilen]
