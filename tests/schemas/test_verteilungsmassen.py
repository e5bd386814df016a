"""Files with Verteilungsmassen: read to the cent, and every mistake in one is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assets.referenz.bestand import lade_bestand
from pipeline.beispiele.anker import anker_von
from pipeline.beispiele.erzeugen import STANDARD_SEED
from pipeline.beispiele.zuweisungen import verteilungsmassen
from schemas.laender import lade_land
from schemas.modell import Verteilungsmasse
from schemas.verteilungsmassen import VerteilungsmassenError, lies_verteilungsmassen
from schemas.vertragsfehler import Vertragsfehler

GUT = """
haushaltsjahr = 2026

[[mitteilung]]
fassung = "ZUW_VORAUSSICHTLICH"
datum = 2025-10-30
quelle = "Mitteilung"
stichtag = 2024-12-31
stand = "2025-10"
betrag = { FG1 = 1000000.07, FG5 = 2 }
"""
LAND = lade_land("sachsen")


def _lies(ordner: Path, *texte: str) -> tuple[Verteilungsmasse, ...]:
    (ordner / "musterland").mkdir()
    for nummer, text in enumerate(texte):
        (ordner / "musterland" / f"{2026 + nummer}.toml").write_text(text, encoding="utf-8")
    return lies_verteilungsmassen("musterland", ordner)


def test_betraege_werden_auf_den_cent_gelesen(tmp_path: Path) -> None:
    erste, zweite = _lies(tmp_path, GUT)
    assert erste == Verteilungsmasse(
        2026,
        "FG1",
        "ZUW_VORAUSSICHTLICH",
        100_000_007,
        date(2025, 10, 30),
        "Mitteilung",
        stichtag=date(2024, 12, 31),
        stand="2025-10",
    )
    assert (zweite.fg, zweite.cent) == ("FG5", 200)


def test_ohne_datei_ist_nichts_hinterlegt(tmp_path: Path) -> None:
    assert lies_verteilungsmassen("nirgends", tmp_path) == ()


@pytest.mark.parametrize(
    ("alt", "neu", "meldung"),
    [
        ("haushaltsjahr = 2026", "haushaltsjahr = '2026'", "haushaltsjahr"),
        ("haushaltsjahr = 2026", "haushaltsjahr = 2026\njahr = 1", "unbekannt ist jahr"),
        ("haushaltsjahr = 2026", "haushaltsjahr = 2026\nerfunden = 1", "erfunden"),
        ("[[mitteilung]]", "[mitteilung]", "mitteilung"),
        ("ZUW_VORAUSSICHTLICH", "AUSZAHLUNG", "fassung muss"),
        ("datum = 2025-10-30", "datum = '30.10.2025'", "datum"),
        ("datum = 2025-10-30", "datum = 2025-10-30T00:00:00", "datum"),
        ('quelle = "Mitteilung"', "", "quelle"),
        ("stand =", "staende =", "Unbekannt ist staende"),
        ("FG1", "FG9", "FG9"),
        ("1000000.07", "1000000.075", "ganzen Cent"),
        ("1000000.07", "-1", "ganzen Cent"),
        ("1000000.07", "nan", "ganzen Cent"),
        ("1000000.07", "'1.000.000'", "keine Zahl"),
        ("1000000.07", "true", "keine Zahl"),
        ("haushaltsjahr = 2026", "haushaltsjahr 2026", "lässt sich nicht lesen"),
    ],
)
def test_jeder_fehler_wird_genannt(tmp_path: Path, alt: str, neu: str, meldung: str) -> None:
    assert alt in GUT
    with pytest.raises(VerteilungsmassenError, match=meldung) as fehler:
        _lies(tmp_path, GUT.replace(alt, neu, 1))
    assert "2026.toml" in str(fehler.value)


def test_dieselbe_masse_in_zwei_dateien_faellt_auf(tmp_path: Path) -> None:
    with pytest.raises(VerteilungsmassenError, match="doppelt"):
        _lies(tmp_path, GUT, GUT)


def test_ein_land_prueft_seine_massen() -> None:
    masse = LAND.verteilungsmassen[0]
    with pytest.raises(Vertragsfehler, match="zweimal"):
        replace(LAND, verteilungsmassen=(masse, masse))
    with pytest.raises(Vertragsfehler, match="ohne Verteilschlüssel"):
        replace(LAND, verteilschluessel=None)
    assert LAND.verteilschluessel is not None
    with pytest.raises(Vertragsfehler, match="lässt sich nicht aufteilen"):
        replace(
            LAND,
            verteilschluessel=replace(LAND.verteilschluessel, kleinster_betrag=100),
            verteilungsmassen=(replace(masse, cent=150),),
        )


def test_die_erfundenen_massen_sind_die_der_beispiele_und_als_erfunden_gekennzeichnet() -> None:
    massen = verteilungsmassen(LAND, anker_von(LAND, STANDARD_SEED, lade_bestand()))
    assert LAND.verteilungsmassen
    for masse in LAND.verteilungsmassen:
        assert masse.erfunden
        assert masse.cent == 100 * massen[masse.haushaltsjahr, masse.fg]
