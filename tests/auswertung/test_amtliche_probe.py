"""Computed indicators beside published ones: what agrees, what only rounding explains, what is known, what is not."""

import json
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.auswertung.amtliche_probe import probe
from assets.auswertung.assets import pruefe_kennzahlen
from assets.auswertung.bilden import PFAD
from assets.auswertung.fremde_tabelle import genauigkeit_der_ziffern
from assets.referenz.bestand import lade_bestand
from assets.referenz.lesen import als_csv
from pipeline.cli import gruppe
from schemas.amtliche_probe import MITTELPROBEN, OHNE_KENNZAHL, REIHENPROBEN, SPALTEN, URTEIL
from schemas.indikatoren import katalog
from schemas.modell import Herkunft
from tests.auswertung.werkstatt import LAND, werte_aus

KATALOG = katalog(LAND)


@pytest.fixture(scope="module")
def referenz() -> pl.DataFrame:
    return lade_bestand()


@pytest.fixture(scope="module")
def werte(tmp_path_factory: pytest.TempPathFactory, referenz: pl.DataFrame) -> pl.DataFrame:
    return werte_aus(tmp_path_factory.mktemp("leer"), referenz)


@pytest.fixture(scope="module")
def tabelle(werte: pl.DataFrame, referenz: pl.DataFrame) -> pl.DataFrame:
    return probe(werte, referenz, LAND, KATALOG)


def test_nichts_weicht_ohne_bekannte_ursache_ab(tabelle: pl.DataFrame) -> None:
    assert dict(tabelle.schema) == {name: typ() for name, typ in SPALTEN.items()}
    assert tabelle.filter(urteil="weicht_ab").is_empty()
    assert set(tabelle["urteil"]) <= set(URTEIL.schluessel)
    erklaert = tabelle.filter(urteil="erklaert")
    assert set(erklaert["indikator_id"]) == {"BEV-02", "KIT-01", "SOZ-02"}
    assert all(erklaert["erklaerung"])
    assert set(tabelle["art"]) == {"reihe", "summe", "teile", "mittel"}


def test_jede_hinterlegte_probe_vergleicht_etwas(tabelle: pl.DataFrame) -> None:
    assert {*(p.id for p in REIHENPROBEN), *(p.id for p in MITTELPROBEN)} <= set(tabelle["probe"])


def test_jede_veroeffentlichte_quote_wird_verglichen_oder_sagt_warum_nicht(referenz: pl.DataFrame) -> None:
    ist_quote = (pl.col("einheit") == "Prozent") | pl.col("kennzahl").str.contains("(?i)quote|anteil|durchschnitt")
    quoten = set(referenz.filter(ist_quote).select("tabelle", "kennzahl").unique().iter_rows())
    verglichen = {
        (t, k) for t, k in quoten for p in REIHENPROBEN if p.groesse == "wert" and t == p.tabelle and k in p.bedingung
    }
    assert quoten == verglichen | set(OHNE_KENNZAHL)
    assert not verglichen & set(OHNE_KENNZAHL)


def test_jede_amtliche_kennzahl_mit_landeszeile_kommt_vor(tabelle: pl.DataFrame) -> None:
    """Shares built on tables without totals or a row for the Land have nothing published to be held against."""
    amtlich = {(i.id, v.id) for i in KATALOG for v in i.varianten if v.herkunft is Herkunft.AMTLICH}
    verglichen = set(tabelle.select("indikator_id", "variante").unique().iter_rows())
    assert amtlich - verglichen == {
        ("ARB-02", "ALLE_ALTER"),
        ("BEV-07", "AZR_AMTLICH"),
        ("BEV-08", "SCHUTZSUCHENDE"),
        ("REC-02", "SCHUTZSUCHENDE"),
        ("REC-03", "AZR"),
    }


def test_nachgeschlagene_abweichung_des_landes(tabelle: pl.DataFrame) -> None:
    """Table 22221-01-01-4, 31.12.2015: 45,749 in the Land, 37,452 in its Kreise together."""
    (zeile,) = tabelle.filter(
        indikator_id="SOZ-02", variante="REGEL", groesse="zaehler", art="summe", berichtsjahr=2015, gliederung="T"
    ).to_dicts()
    assert (zeile["veroeffentlicht"], zeile["berechnet"]) == (45_749, 37_452)
    assert (zeile["urteil"], zeile["toleranz"]) == ("erklaert", 0)


def test_die_toleranz_folgt_der_rundung(tabelle: pl.DataFrame) -> None:
    gerundet = tabelle.filter(tabelle="12521-0041", art="teile")
    assert set(gerundet["toleranz"]) == {6.0}, "zwei Teile und die Gesamtzahl, jede höchstens 2 daneben"
    assert set(tabelle.filter(art="teile").filter(pl.col("tabelle") != "12521-0041")["toleranz"]) == {0.0}
    mittel = tabelle.filter(probe="migrationshintergrund_mittel")
    assert mittel["toleranz"].to_list() == pytest.approx([0.1])


@pytest.mark.parametrize(
    ("kennung", "variante", "spalte", "versatz"),
    [
        ("BEV-01", "FORT", "zaehler", 1),
        ("ARB-03", "BA", "wert", 0.11),
        ("BEV-02", "AZR_AMTLICH", "zaehler", 700),
        ("SOZ-02", "REGEL", "zaehler", -1),
    ],
)
def test_ein_verschobener_wert_faellt_auf(
    werte: pl.DataFrame, referenz: pl.DataFrame, kennung: str, variante: str, spalte: str, versatz: float
) -> None:
    """One Kreis is off; an explanation holds in its own direction only, so that it cannot hide a fault of ours."""
    einer = (pl.col("indikator_id") == kennung) & (pl.col("variante") == variante) & (pl.col("ags") == "14521")
    vorzeichen = -1 if kennung == "BEV-02" else 1
    falsch = werte.with_columns(
        pl.when(einer).then(pl.col(spalte) + vorzeichen * versatz).otherwise(spalte).alias(spalte)
    )
    gefunden = probe(falsch, referenz, LAND, KATALOG).filter(urteil="weicht_ab")
    assert set(gefunden["indikator_id"]) == {kennung}
    ergebnis = pruefe_kennzahlen(gefunden)
    assert not ergebnis.passed
    assert ergebnis.severity.value == "WARN"
    assert f"{gefunden.height} davon ohne bekannte Ursache" in str(ergebnis.description)


def test_die_pruefung_zeigt_jede_abweichung(tabelle: pl.DataFrame) -> None:
    ergebnis = pruefe_kennzahlen(tabelle)
    assert ergebnis.passed
    erklaert = tabelle.filter(urteil="erklaert").height
    assert ergebnis.metadata["weicht ab, Ursache bekannt"].value == erklaert
    abweichungen = ergebnis.metadata["Abweichungen"]
    assert isinstance(abweichungen, dg.TableMetadataValue)
    records = abweichungen.records
    assert len(records) == erklaert
    assert all(r.data["Erklärung"] for r in records)


def _datei(ordner: Path, zeilen: list[tuple[str, str, str, float]]) -> Path:
    kopf = "tabelle,zeit,ags,kennzahl,merkmale,wert\n"
    pfad = ordner / "anteile.csv"
    pfad.write_text(kopf + "".join(f"X-1,{z},{a},{k},{{}},{w}\n" for z, a, k, w in zeilen), encoding="utf-8")
    return pfad


def _vergleiche(*worte: str) -> tuple[int, str]:
    ergebnis = CliRunner().invoke(gruppe, ["vergleichen", *worte])
    return ergebnis.exit_code, ergebnis.output


@pytest.fixture
def ablage(tmp_path: Path, werte: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEILHABE_ABLAGE", str(tmp_path))
    Ablage(tmp_path).schreibe_tabelle(PFAD, werte)
    return tmp_path


MIT = ("--kennzahl", "BEV-02", "--variante", "FORT_AMTLICH")


def test_eine_fremde_tabelle_wird_verglichen(ablage: Path, werte: pl.DataFrame) -> None:
    (genau,) = werte.filter(
        indikator_id="BEV-02", variante="FORT_AMTLICH", ags="14511", geschlecht="T", altersgruppe="T"
    )["wert"]
    datei = _datei(ablage, [("2015-12-31", "14511", "Anteil", round(genau, 1)), ("2014", "14511", "Anteil", 1.0)])
    code, ausgabe = _vergleiche(str(datei), *MIT, "--json")
    (zeile,) = json.loads(ausgabe)
    assert (code, zeile["urteil"], zeile["toleranz"]) == (0, "rundung", 0.05)
    assert zeile["differenz"] == pytest.approx(round(genau, 1) - genau)
    daneben = _datei(ablage, [("2015-12-31", "14511", "Anteil", round(genau, 1) + 0.2)])
    code, ausgabe = _vergleiche(str(daneben), *MIT)
    assert code == 1
    assert "Ursache unbekannt" in ausgabe
    assert _vergleiche(str(daneben), *MIT, "--rundung", "1")[0] == 0


def test_mehrere_reihen_verlangen_eine_wahl(ablage: Path) -> None:
    datei = _datei(ablage, [("2015", "14511", "Anteil A", 7.1), ("2015", "14511", "Anteil B", 7.1)])
    code, ausgabe = _vergleiche(str(datei), *MIT)
    assert code == 1
    assert "--reihe" in ausgabe
    assert "Anteil B" in ausgabe
    assert "1 Angaben verglichen" in _vergleiche(str(datei), *MIT, "--reihe", "Anteil A")[1]


def test_ein_bekannter_abruf_braucht_keine_wahl(ablage: Path, referenz: pl.DataFrame) -> None:
    datei = ablage / "abruf.csv"
    datei.write_text(als_csv(referenz.filter(tabelle="22811-01-01-4")), encoding="utf-8")
    code, ausgabe = _vergleiche(str(datei))
    assert (code, ausgabe.strip()) == (0, "84 Angaben verglichen: 84 stimmt überein.")


def test_was_nicht_verglichen_werden_kann_sagt_warum(ablage: Path) -> None:
    datei = _datei(ablage, [("2015", "14511", "Anteil", 7.1)])
    assert "kein Vergleich hinterlegt" in _vergleiche(str(datei))[1]
    assert _vergleiche(str(datei), "--kennzahl", "BEV-02")[0] == 2
    assert _vergleiche(str(datei), "--kennzahl", "BEV-02", "--variante", "GIBT_ES_NICHT")[0] == 2
    fremd = ablage / "fremd.csv"
    fremd.write_text("Kreis;Anteil\nA;1\n", encoding="utf-8")
    assert _vergleiche(str(fremd), *MIT)[0] == 1


def test_ziffern_sagen_wie_genau_eine_quote_ist() -> None:
    assert genauigkeit_der_ziffern(pl.Series([7.0, 7.25]), "wert").abweichung == pytest.approx(0.005)
    assert genauigkeit_der_ziffern(pl.Series([7.0, None]), "wert").abweichung == pytest.approx(0.5)
    assert genauigkeit_der_ziffern(pl.Series([7.0]), "zaehler").abweichung == 0
