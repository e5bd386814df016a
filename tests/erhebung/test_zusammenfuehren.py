"""Merging the files of Träger: every row arrives as it was meant, nothing is guessed, and who is missing is named."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.eingang.dateiname import Lieferschluessel
from assets.erhebung.stellenregister import Stellenregister
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import Vorlage, als_csv, als_mappe
from assets.erhebung.zusammenfuehren import (
    GEZEIGTE_PROBLEME,
    Zusammenfuehrung,
    fuehre_zusammen,
    lies_teile,
    mehrfach_angegebene,
)
from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from tests.pipeline.conftest import als_csv as roh_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, NACHBAR, UMGEBUNG, Zeile, tabelle

PERSONAL = alle_datensaetze()["personal"]


def _register(*stellen: tuple[str, str, str], vollstaendig: str = "J", jahr: int = 2025) -> Stellenregister:
    zeilen = [
        {
            **GUELTIG["stellen"]()[0],
            "stelle_id": kennung,
            "art": art,
            "traeger_id": traeger,
            "traeger_name": f"Träger {traeger}",
            "meldung_vollstaendig": vollstaendig,
        }
        for kennung, art, traeger in stellen
    ]
    return Stellenregister(2025, jahr, tabelle("stellen", zeilen))


REGISTER = _register(("S1", "IBZ", "A"), ("S2", "IBZ", "B"), ("S3", "FSA", "C"))


def _zeilen(stelle: str, anzahl: int = 2) -> list[Zeile]:
    return [{**z, "stelle_id": stelle} for z in GUELTIG["personal"]()[:anzahl]]


def _fuehre(*dateien: tuple[str, bytes], register: Stellenregister | None = REGISTER) -> Zusammenfuehrung:
    return _vereint("personal", dateien, register)


def _vereint(
    datensatz: str, dateien: Sequence[tuple[str, bytes]], register: Stellenregister | None
) -> Zusammenfuehrung:
    teile = [(name, lies_teile(name, inhalt, [datensatz])[datensatz]) for name, inhalt in dateien]
    return fuehre_zusammen(teile, Lieferschluessel(datensatz, 2025, EINHEIT.id), register)


def test_alle_zeilen_kommen_an_und_die_lieferung_besteht_die_pruefung() -> None:
    mappe = als_mappe([Vorlage(PERSONAL, tabelle("personal", _zeilen("S2")))], "B")
    ergebnis = _fuehre(("a.csv", roh_csv("personal", _zeilen("S1", 3))), ("b.xlsx", mappe))
    assert ergebnis.probleme == ()
    assert [(t.dateiname, t.zeilen, t.traeger) for t in ergebnis.teile] == [
        ("a.csv", 3, ("A",)),
        ("b.xlsx", 2, ("B",)),
    ]
    pruefung = pruefe(als_csv(Vorlage(PERSONAL, ergebnis.zeilen)), "p.csv", PERSONAL, UMGEBUNG)
    assert pruefung.befunde == ()
    assert pruefung.tabelle is not None
    erwartet = tabelle("personal", _zeilen("S1", 3) + _zeilen("S2"))
    assert pruefung.tabelle.equals(erwartet)


def test_jede_datei_wird_nach_ihrer_eigenen_schreibweise_gelesen() -> None:
    komma = roh_csv("personal", _zeilen("S1"))
    punkt = roh_csv("personal", _zeilen("S2")).replace(b"2,5", b"2.5").replace(b"1,8", b"1.8")
    ergebnis = _fuehre(("a.csv", komma), ("b.csv", punkt))
    assert ergebnis.probleme == ()
    assert ergebnis.zeilen["vzae_stellen"].to_list() == [2.5] * 4


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_keine_zeile_geht_verloren_oder_kommt_dazu(anzahlen: list[int]) -> None:
    dateien = [(f"{i}.csv", roh_csv("personal", _zeilen(f"S{i}", n))) for i, n in enumerate(anzahlen)]
    ergebnis = _fuehre(*dateien)
    assert ergebnis.zeilen.height == sum(anzahlen) == sum(t.zeilen for t in ergebnis.teile)
    assert ergebnis.probleme == ()


def test_wer_fehlt_wird_genannt() -> None:
    ergebnis = _fuehre(("a.csv", roh_csv("personal", _zeilen("S1"))))
    assert [(f.id, f.name, f.abgemeldet) for f in ergebnis.fehlende] == [
        ("B", "Träger B", False),
        ("C", "Träger C", False),
    ]
    assert _fuehre(("a.csv", roh_csv("personal", _zeilen("S1"))), register=None).fehlende == ()


@pytest.mark.parametrize(("jahr", "abgemeldet"), [(2025, True), (2024, False)])
def test_wer_laut_verzeichnis_des_jahres_nicht_meldet_ist_abgemeldet(jahr: int, abgemeldet: bool) -> None:
    register = _register(("S1", "IBZ", "A"), vollstaendig="N", jahr=jahr)
    (fehlender,) = _fuehre(("a.csv", roh_csv("personal", [])), register=register).fehlende
    assert fehlender.abgemeldet is abgemeldet


def test_erwartet_wird_nur_wer_eine_passende_stelle_hat() -> None:
    register = _register(("S1", "IBZ", "A"), ("S2", "KOORD", "B"))
    leer = ("a.csv", roh_csv("beratung", []))
    assert [f.id for f in _vereint("beratung", [leer], register).fehlende] == ["A"]
    leer = ("a.csv", roh_csv("massnahmen", []))
    assert [f.id for f in _vereint("massnahmen", [leer], register).fehlende] == ["A", "B"]


def test_derselbe_schluessel_in_zwei_dateien_wird_mit_beiden_orten_genannt() -> None:
    ergebnis = _fuehre(("a.csv", roh_csv("personal", _zeilen("S1"))), ("b.csv", roh_csv("personal", _zeilen("S1", 1))))
    assert ergebnis.probleme == ("Derselbe Schlüssel steht mehrfach da: a.csv, Zeile 2; b.csv, Zeile 2.",)


def test_unlesbares_wird_mit_datei_zeile_und_spalte_genannt() -> None:
    kaputt = roh_csv("personal", [{**_zeilen("S1")[0], "personen": "drei"}])
    probleme = _fuehre(("a.csv", kaputt), ("b.csv", b"%PDF-1.7")).probleme
    assert probleme[0].startswith("a.csv, Zeile 2, Spalte personen: „drei“")
    assert any(p.startswith("b.csv: ") for p in probleme)


def test_datensaetze_ohne_traeger_lassen_sich_auch_zusammenfuehren() -> None:
    zeilen = GUELTIG["aufgaben"]()
    teile = [("a.csv", roh_csv("aufgaben", zeilen[:3])), ("b.csv", roh_csv("aufgaben", zeilen[3:]))]
    ergebnis = _vereint("aufgaben", teile, REGISTER)
    assert (ergebnis.zeilen.height, ergebnis.fehlende, ergebnis.probleme) == (len(zeilen), (), ())


def test_status_bleiben_erhalten() -> None:
    frame = tabelle("personal", _zeilen("S1")).with_columns(
        vzae_besetzt=pl.Series([None, 1.5]), vzae_besetzt_status=pl.Series(["G", "S"])
    )
    ergebnis = _fuehre(("a.csv", als_csv(Vorlage(PERSONAL, frame))))
    zurueck = pruefe(als_csv(Vorlage(PERSONAL, ergebnis.zeilen)), "p.csv", PERSONAL, UMGEBUNG).tabelle
    assert zurueck is not None
    assert zurueck.select("vzae_besetzt", "vzae_besetzt_status").rows() == [(None, "G"), (1.5, "S")]


def test_zeilen_einer_anderen_meldeeinheit_werden_genannt() -> None:
    fremd = [
        *_zeilen("S1", 1),
        {**_zeilen("S1")[1], "meldeeinheit": NACHBAR},
        {**_zeilen("S3")[0], "berichtsjahr": 2024},
    ]
    probleme = _fuehre(("a.csv", roh_csv("personal", fremd))).probleme
    assert probleme == (
        f"a.csv, Zeile 3: Hier steht {NACHBAR} für 2025; zusammengeführt wird {EINHEIT.id} für 2025.",
        f"a.csv, Zeile 4: Hier steht {EINHEIT.id} für 2024; zusammengeführt wird {EINHEIT.id} für 2025.",
    )
    viele = [{**_zeilen("S1")[0], "stelle_id": f"S{i}", "meldeeinheit": NACHBAR} for i in range(GEZEIGTE_PROBLEME + 3)]
    probleme = _fuehre(("a.csv", roh_csv("personal", viele))).probleme
    assert len(probleme) == GEZEIGTE_PROBLEME + 1
    assert probleme[-1].startswith("… und 3 weitere Zeilen")


def test_eine_doppelt_angegebene_datei_wird_einmal_genannt() -> None:
    inhalt = roh_csv("personal", _zeilen("S1", 3))
    assert mehrfach_angegebene([("a.csv", inhalt)] * 3) == ["„a.csv“ ist mehrfach angegeben."]
    (satz,) = mehrfach_angegebene([("a.csv", inhalt), ("b.csv", inhalt), ("c.csv", b"anders")])
    assert satz.startswith("„b.csv“ hat denselben Inhalt wie „a.csv“")


def test_eine_leere_vorlage_traegt_nichts_bei() -> None:
    leer = als_mappe([vorlage(PERSONAL, LAND, jahr=2025, meldeeinheit=EINHEIT)], "leer")
    ergebnis = _fuehre(("a.csv", roh_csv("personal", _zeilen("S1"))), ("b.xlsx", leer))
    assert (ergebnis.probleme, ergebnis.zeilen.height) == ((), 2)
