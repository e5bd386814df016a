"""The analysts' database: every table with its comment, the documented queries, and the command on the matrix."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.auswertung.analysedatei import PFAD
from assets.auswertung.bilden import (
    bilde_amtliche_probe,
    bilde_analysedatei,
    bilde_berichtspunkte,
    bilde_indikatorwerte,
    bilde_revisionen,
    bilde_trends,
    bilde_vergleichbarkeit,
)
from assets.auswertung.bilden_mittel import bilde_mittel
from assets.auswertung.datenbank import geprueft
from assets.referenz.bestand import lade_bestand
from pipeline.cli import gruppe
from schemas.abfragen import ABFRAGEN, Abfrage
from schemas.berichtsstand import SPALTEN
from schemas.trichter import TRICHTER
from tests.auswertung.werkstatt import LAND, lege_ab
from tests.pruefung.faelle import GUELTIG

AMTLICH = "referenz/test.parquet"
EINHEITEN = [m.id for m in LAND.meldeeinheiten[:3]]


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three Meldeeinheiten that delivered everything, one of them counting differently."""
    ordner = tmp_path_factory.mktemp("analyse")
    for nummer, einheit in enumerate(EINHEITEN):
        for datensatz, zeilen in GUELTIG.items():
            anders = {"zaehleinheit": "FALL"} if datensatz == "beratung" and nummer == 2 else {}
            lege_ab(ordner, datensatz, einheit, [z | anders for z in zeilen()])
        azr = {"stichtag": date(2024, 12, 31), "konzept": "AUSL_AZR", "gruppe": "MIT"}
        gesamt = {"geschlecht": "T", "altersgruppe": "T", "gemeinde_ags": "T", "personen": 9_000}
        lege_ab(ordner, "bevoelkerung", einheit, [azr | gesamt], 2024)
    ablage = Ablage(ordner)
    ablage.schreibe_tabelle(AMTLICH, lade_bestand())
    bilde_indikatorwerte(ablage, LAND, lade_bestand())
    bilde_vergleichbarkeit(ablage, LAND)
    bilde_berichtspunkte(ablage, LAND)
    bilde_amtliche_probe(ablage, LAND, lade_bestand())
    bilde_trends(ablage, LAND)
    bilde_revisionen(ablage, LAND, lade_bestand())
    bilde_mittel(ablage, LAND, lade_bestand())
    bilde_analysedatei(ablage, LAND, AMTLICH)
    return ordner


@pytest.fixture
def con(ordner: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(ordner / PFAD), read_only=True) as con:
        yield con


def test_alle_tabellen_sind_da_und_beschrieben(con: duckdb.DuckDBPyConnection, ordner: Path) -> None:
    kommentare = dict(con.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert set(LAND.datensaetze) < set(kommentare)
    assert all(kommentare.values())
    spalten = con.sql("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal").fetchall()
    ohne = [(t, s) for t, s, c in spalten if t in LAND.datensaetze and not c and not s.endswith("_status")]
    assert {s for _, s in ohne} == {"zeile"}
    assert {s: c for t, s, c in spalten if t == "trichter"} == {name: s.text for name, s in TRICHTER.items()}
    assert all(c for t, _, c in spalten if t == "amtliche_probe")
    neue = {"trends", "revisionen", "revisionswirkungen"}
    assert {t for t, _, c in spalten if t in neue and c} == neue
    assert not [(t, s) for t, s, c in spalten if t in neue and not c]
    for name in LAND.datensaetze:
        gezaehlt = con.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]  # noqa: S608  # names of the contract
        assert gezaehlt == geprueft(Ablage(ordner), name).height > 0


@pytest.mark.parametrize("abfrage", ABFRAGEN, ids=lambda a: a.frage[:30])
def test_die_abfragen_laufen_und_stehen_in_der_anleitung(con: duckdb.DuckDBPyConnection, abfrage: Abfrage) -> None:
    assert con.sql(abfrage.sql).fetchall(), "eine Antwort ohne Zeilen lehrt niemanden etwas"
    assert abfrage.sql in Path("README.md").read_text(encoding="utf-8")


def test_der_stand_der_berichtspunkte_laesst_sich_abfragen(con: duckdb.DuckDBPyConnection) -> None:
    spalten = con.sql("SELECT comment FROM duckdb_columns() WHERE table_name = 'berichtspunkte'").fetchall()
    assert len(spalten) == len(SPALTEN)
    assert all(kommentar for (kommentar,) in spalten)
    offen = con.sql("""
        SELECT l.inhalt, c.bezeichnung, count(*) AS kreise FROM berichtspunkte b
        JOIN punktliste l USING (punkt) JOIN codes c ON c.liste = 'punktstand' AND c.code = b.stand
        WHERE b.berichtsjahr IS NULL AND zeitraum_von = DATE '2025-01-01' GROUP BY ALL""").pl()
    assert set(offen["inhalt"]) == {p.inhalt for p in LAND.berichtspunkte}
    assert offen["kreise"].sum() == len(LAND.berichtspunkte) * len(LAND.meldeeinheiten)


def test_ein_zweiter_lauf_ersetzt_die_datei_fuer_offene_leser_ohne_schaden(ordner: Path) -> None:
    with duckdb.connect(str(ordner / PFAD), read_only=True) as leser:
        vorher = leser.sql("SELECT count(*) FROM indikatorwerte").fetchall()
        bilde_analysedatei(Ablage(ordner), LAND, AMTLICH)
        assert leser.sql("SELECT count(*) FROM indikatorwerte").fetchall() == vorher


def test_der_befehl_zeigt_matrix_fragen_und_wirkung(ordner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEILHABE_ABLAGE", str(ordner))

    def rufe(*woerter: str) -> str:
        ergebnis = CliRunner().invoke(gruppe, ["vergleichbarkeit", "--jahr", "2025", *woerter])
        assert ergebnis.exit_code == 0, ergebnis.output
        return ergebnis.output

    zeile = next(z for z in rufe().splitlines() if z.startswith("IBZ-03 ANZAHL"))
    assert zeile.count("●") == 2
    assert zeile.count("○") == 1
    assert "Zählweise" in rufe("--meldeeinheit", EINHEITEN[2])
    assert "IBZ-03 ANZAHL: 2 von 3, dann 3" in rufe("--ohne", "zaehlweise")
    falsch = CliRunner().invoke(gruppe, ["vergleichbarkeit", "--ohne", "WETTER"])
    assert falsch.exit_code == 2
    assert "ZAEHLWEISE" in falsch.output


def test_vor_der_ersten_auswertung_sagt_der_befehl_was_zu_tun_ist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEILHABE_ABLAGE", str(tmp_path))
    ergebnis = CliRunner().invoke(gruppe, ["vergleichbarkeit"])
    assert ergebnis.exit_code == 1
    assert "teilhabe lauf" in ergebnis.output


def test_matrix_und_fragen_liegen_als_tabellen_vor(ordner: Path) -> None:
    offene = pl.read_parquet(ordner / "auswertung/fragen.parquet")
    assert set(offene.filter(grund="ZAEHLWEISE")["meldeeinheit"]) == {EINHEITEN[2]}
