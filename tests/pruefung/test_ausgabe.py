"""Where protocols go: beside the delivery in the Ablage, or into a folder, never over the file that was checked."""

from pathlib import Path

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.pruefung.ausgabe import ENDUNGEN
from assets.pruefung.lieferungen import offene, pruefe_alle
from pipeline.einzelpruefung import pruefe_datei
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND
from tests.pruefung.protokolle import BUNT, mit_fehlern


def _pruefe(ablage: Ablage, name: str, inhalt: bytes) -> list[str]:
    nimm_an(ablage, LAND, f"{name}_{EINHEIT.id}_2025.csv", inhalt, weg="test")
    list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    return [p.rpartition("/")[2] for p in ablage.liste("pruefprotokolle", f"{EINHEIT.id}/2025/{name}_*")]


def test_die_tabelle_liegt_nur_bei_wo_etwas_zu_tun_ist(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    assert _pruefe(ablage, "stellen", als_csv("stellen", GUELTIG["stellen"]())) == ["stellen_1.html", "stellen_1.json"]
    assert _pruefe(ablage, "personal", BUNT) == ["personal_1.html", "personal_1.json", "personal_1.xlsx"]


def test_eine_ueberholte_tabelle_verschwindet(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    pfad = f"pruefprotokolle/{EINHEIT.id}/2025/stellen_1.xlsx"
    ablage.schreibe(pfad, b"aus einer Zeit mit anderen Regeln")
    _pruefe(ablage, "stellen", als_csv("stellen", GUELTIG["stellen"]()))
    assert not ablage.gibt_es(pfad)


def test_pruefen_schreibt_alle_formen_und_nie_ueber_die_datei(tmp_path: Path) -> None:
    datei = tmp_path / f"personal_{EINHEIT.id}_2025.csv"
    datei.write_bytes(BUNT)
    (protokoll,) = pruefe_datei(datei, LAND, datensatz=None, meldeeinheit=None, jahr=None).protokolle
    protokoll.schreibe(tmp_path)
    assert datei.read_bytes() == BUNT
    assert {p.name for p in tmp_path.iterdir()} == {datei.name, *(f"{datei.stem}_protokoll.{e}" for e in ENDUNGEN)}


def test_die_zusammenfassung_fasst_gleiche_befunde_zusammen(tmp_path: Path) -> None:
    datei = tmp_path / f"personal_{EINHEIT.id}_2025.csv"
    datei.write_bytes(mit_fehlern(7))
    text = pruefe_datei(datei, LAND, datensatz=None, meldeeinheit=None, jahr=None).als_text()
    assert "7 Fehler, 0 Warnungen, 0 Hinweise" in text
    assert text.count("R15c") == 1
    assert "Zeilen 2–8 (7-mal), Spalte vzae_besetzt" in text
