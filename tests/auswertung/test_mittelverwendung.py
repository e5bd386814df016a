"""What became of the money, and when it was paid: sums, shares, the limit of one Bereich, instalments."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.auswertung.buchungen import buchungen
from assets.auswertung.mittelverwendung import mittelverwendung
from assets.auswertung.raten import raten
from schemas.mittel import RATEN, VERWENDUNG
from schemas.modell import Pruefumgebung
from tests.auswertung.geldwelt import LAND, buchung, finanzen
from tests.haerte import FAKTOR

DRITTE = {"empfaengerart": "FREI", "empfaenger_id": "TR1"}
FSA = {"bereich": "FSA"}
ZUWEISUNG = buchung("ZUW_FESTGESETZT", 1000.0)


def _verwendung(*zeilen: dict[str, Any]) -> dict[str, Any]:
    ergebnis = mittelverwendung(LAND, buchungen(finanzen(*zeilen)))
    assert ergebnis.schema == pl.Schema(VERWENDUNG)
    (zeile,) = ergebnis.to_dicts()
    return zeile


def test_verwendet_ist_eigenes_und_weitergeleitetes_ohne_rueckfluss() -> None:
    z = _verwendung(
        ZUWEISUNG,
        buchung("ZUW_VORAUSSICHTLICH", 900.0),
        buchung("AUFHEBUNG", 100.0),
        buchung("AUSZAHLUNG", 800.0),
        buchung("AUSGABE_PERSONAL", 300.0),
        buchung("AUSGABE_SACH", 100.0),
        buchung("AUSGABE_SACH", 50.0, mittel="EIGEN"),
        buchung("WEITERLEITUNG", 400.0, **DRITTE),
        buchung("WEITERLEITUNG_RUECKFLUSS", -40.0, **DRITTE),
        buchung("AUSGABE_PERSONAL", 200.0, **DRITTE),
        buchung("RUECKZAHLUNG", -7.0),
    )
    assert (z["zuweisung_cent"], z["ausgezahlt_cent"], z["zurueckgezahlt_cent"]) == (90_000, 80_000, 700)
    assert (z["eigene_ausgaben_cent"], z["weitergeleitet_cent"], z["rueckfluss_cent"]) == (40_000, 40_000, 4_000)
    assert (z["verwendet_cent"], z["verwendungsquote"]) == (76_000, pytest.approx(100 * 76 / 90))
    assert (z["andere_mittel_cent"], z["gesamtausgaben_cent"]) == (5_000, 81_000)
    assert z["sachanteil"] == pytest.approx(100 * 100 / 600), "auch was Dritte ausgaben"


def test_was_unbekannt_ist_macht_die_summe_unbekannt_und_sonst_nichts() -> None:
    z = _verwendung(ZUWEISUNG, buchung("AUSGABE_PERSONAL", 300.0), buchung("WEITERLEITUNG", None, **DRITTE))
    assert (z["weitergeleitet_cent"], z["verwendet_cent"], z["verwendungsquote"]) == (None, None, None)
    assert (z["eigene_ausgaben_cent"], z["sachanteil"]) == (30_000, 0.0)


def test_ohne_mitteilung_gibt_es_keine_quote() -> None:
    z = _verwendung(buchung("AUSGABE_PERSONAL", 300.0))
    assert (z["zuweisung_cent"], z["fassung"], z["verwendungsquote"]) == (None, None, None)
    assert z["verwendet_cent"] == 30_000


@pytest.mark.parametrize(
    ("zeilen", "grenze"),
    [
        ([buchung("AUSGABE_SACH", 100.0, zweck="VERWALTUNG", **FSA)], "EINGEHALTEN"),
        ([buchung("AUSGABE_SACH", 100.01, zweck="VERWALTUNG", **FSA)], "UEBERSCHRITTEN"),
        ([buchung("AUSGABE_SACH", 500.0, zweck="VERWALTUNG", bereich="RKB")], "EINGEHALTEN"),
        ([buchung("AUSGABE_SACH", 500.0, zweck="VERWALTUNG", mittel="EIGEN", **FSA)], "EINGEHALTEN"),
        ([buchung("AUSGABE_SACH", 100.01, **FSA)], "OFFEN"),
        ([buchung("AUSGABE_SACH", 100.01)], "OFFEN"),
        ([buchung("AUSGABE_SACH", 100.0)], "EINGEHALTEN"),
        ([buchung("WEITERLEITUNG", 300.0, **FSA, **DRITTE)], "OFFEN"),
        (
            [
                buchung("WEITERLEITUNG", 300.0, **FSA, **DRITTE),
                buchung("AUSGABE_PERSONAL", 300.0, zweck="FACH", **FSA, **DRITTE),
            ],
            "EINGEHALTEN",
        ),
    ],
)
def test_die_grenze_des_profils_gilt_fuer_die_fluechtlingssozialarbeit_allein(
    zeilen: list[dict[str, Any]], grenze: str
) -> None:
    assert _verwendung(ZUWEISUNG, *zeilen)["fsa_grenze"] == grenze


def test_ein_geteilter_bescheid_gibt_den_teil_der_fluechtlingssozialarbeit() -> None:
    teile = [buchung("ZUW_FESTGESETZT", 800.0, **FSA), buchung("ZUW_FESTGESETZT", 200.0, bereich="RKB")]
    z = _verwendung(*teile, buchung("AUSGABE_SACH", 80.0, zweck="VERWALTUNG", **FSA))
    assert (z["zuweisung_cent"], z["fsa_zuweisung_cent"], z["fsa_verwaltungsanteil"]) == (100_000, 80_000, 10.0)


def test_andere_foerdergegenstaende_haben_keine_grenze() -> None:
    z = _verwendung(buchung("ZUW_FESTGESETZT", 10.0, fg="FG2"), buchung("AUSGABE_SACH", 9.0, fg="FG2"))
    assert [z[s] for s in VERWENDUNG if s.startswith("fsa_")] == [None] * 5


@pytest.mark.haerte
@settings(max_examples=25 * FAKTOR)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(["AUSGABE_PERSONAL", "WEITERLEITUNG"])), max_size=8))
def test_summen_sind_auf_den_cent_genau(teile: list[tuple[int, str]]) -> None:
    zeilen = [
        buchung(art, cent / 100, lfd_nr=nr, **(DRITTE if art == "WEITERLEITUNG" else {}))
        for nr, (cent, art) in enumerate(teile, 1)
    ]
    assert _verwendung(ZUWEISUNG, *zeilen)["verwendet_cent"] == sum(cent for cent, _ in teile)


def _raten(*zeilen: dict[str, Any]) -> list[tuple[object, ...]]:
    ergebnis = raten(LAND, buchungen(finanzen(*zeilen)))
    assert ergebnis.schema == pl.Schema(RATEN)
    return ergebnis.select("rate", "frist", "datum", "betrag_cent", "tage", "ratenstand").rows()


def test_raten_stehen_neben_ihrer_frist() -> None:
    frist, spaet, drei = date(2025, 4, 15), date(2025, 4, 25), date(2025, 9, 1)
    assert _raten(buchung("AUSZAHLUNG", 1.0, datum=frist)) == [(1, frist, frist, 100, 0, "FRISTGERECHT")]
    assert _raten(
        buchung("AUSZAHLUNG", 1.0, datum=spaet),
        buchung("AUSZAHLUNG", 2.0, datum=spaet, lfd_nr=2),
        buchung("AUSZAHLUNG", 4.0, datum=drei, lfd_nr=3),
    ) == [(1, frist, spaet, 300, 10, "VERSPAETET"), (2, None, drei, 400, None, "ZUSAETZLICH")]


def test_eine_rate_ohne_datum_oder_ohne_buchung_wird_nicht_erraten() -> None:
    assert _raten(buchung("AUSZAHLUNG", 1.0)) == [(1, None, None, 100, None, "OHNE_DATUM")]
    assert _raten(ZUWEISUNG) == [(1, date(2025, 4, 15), None, None, None, "NICHT_GEBUCHT")]


def test_das_profil_nennt_die_fristen() -> None:
    assert Pruefumgebung(LAND, LAND.meldeeinheiten[0], 2025).land.zahlungsfristen == ((4, 15),)


def test_eine_aufhebung_mindert_nur_was_vor_ihr_kam() -> None:
    frueh, spaet = date(2025, 2, 1), date(2025, 8, 1)
    aufhebung = buchung("AUFHEBUNG", 400.0, datum=date(2025, 5, 1))
    for tag, cent in ((frueh, 60_000), (spaet, 100_000)):
        assert _verwendung(ZUWEISUNG | {"bescheid_datum": tag}, aufhebung)["zuweisung_cent"] == cent


def test_ohne_bereich_zaehlt_verwaltung_mit() -> None:
    z = _verwendung(ZUWEISUNG, buchung("AUSGABE_SACH", 100.01, zweck="VERWALTUNG"))
    assert (z["fsa_verwaltung_cent"], z["fsa_grenze"]) == (10_001, "UEBERSCHRITTEN")
