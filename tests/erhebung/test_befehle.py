"""The commands as a person uses them: templates, merging and the handbook, with exit codes and German sentences."""

import io
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.lesen import lies_mappe, lies_tabelle
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import AMTLICH, Vorlage, als_mappe
from assets.pruefung.pruefen import pruefe
from assets.pruefung.uebernehmen import pfad_geprueft
from pipeline.befehle_erhebung import BEFEHLE
from schemas.datensaetze import alle_datensaetze
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, UMGEBUNG, tabelle

BEFEHL = {str(b.name): b for b in BEFEHLE}
FUER = ("--meldeeinheit", EINHEIT.id, "--jahr", "2025")


@pytest.fixture
def ablage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ablage:
    """An Ablage with last year's register of one Kreis; the working folder is a temporary one as well."""
    monkeypatch.setenv("TEILHABE_ABLAGE", str(tmp_path / "arbeit"))
    monkeypatch.chdir(tmp_path)
    ort = Ablage(tmp_path / "arbeit")
    stellen = tabelle("stellen", [{**GUELTIG["stellen"]()[0], "berichtsjahr": 2024, "aktiv_bis": None}])
    ort.schreibe_tabelle(pfad_geprueft(Lieferschluessel("stellen", 2024, EINHEIT.id)), stellen)
    return ort


def _rufe(name: str, *worte: object) -> Result:
    return CliRunner().invoke(BEFEHL[name], [str(w) for w in worte])


def _blaetter(datei: Path) -> list[str]:
    return CalamineWorkbook.from_filelike(io.BytesIO(datei.read_bytes())).sheet_names


@pytest.mark.usefixtures("ablage")
def test_eine_csv_vorlage_geht_auf_die_ausgabe() -> None:
    ergebnis = _rufe("vorlage", "personal")
    assert ergebnis.exit_code == 0
    spalten = alle_datensaetze()["personal"].spalten
    assert len(lies_tabelle(ergebnis.stdout_bytes, "v.csv", spalten).spalten) == len(spalten)


@pytest.mark.usefixtures("ablage")
def test_eine_arbeitsmappe_heisst_wie_die_lieferung(tmp_path: Path) -> None:
    assert _rufe("vorlage", "personal", "--format", "xlsx", *FUER).exit_code == 0
    assert _blaetter(tmp_path / f"personal_{EINHEIT.id}_2025.xlsx")[0] == "personal"
    assert _rufe("vorlage", "alle").exit_code == 0
    assert _blaetter(tmp_path / "vorlage_alle.xlsx")[: len(LAND.datensaetze)] == list(LAND.datensaetze)


@pytest.mark.usefixtures("ablage")
def test_vorbelegt_stehen_stellen_und_amtliche_zahlen_darin(tmp_path: Path) -> None:
    ziel = tmp_path / "neu" / "beratung.xlsx"
    ergebnis = _rufe("vorlage", "beratung", *FUER, "--vorbelegt", "--nach", ziel)
    assert ergebnis.exit_code == 0, ergebnis.output
    mappe = CalamineWorkbook.from_filelike(io.BytesIO(ziel.read_bytes()))
    assert mappe.get_sheet_by_name("beratung").to_python()[1][3] == "IBZ01"
    amtlich = mappe.get_sheet_by_name(AMTLICH).to_python()
    assert "Kennzahl" in amtlich[1]
    assert any(isinstance(w, float) and w > 0 for w in amtlich[2])


@pytest.mark.usefixtures("ablage")
def test_die_mappe_eines_traegers_hat_nur_seine_blaetter(tmp_path: Path) -> None:
    assert _rufe("vorlage", "alle", *FUER, "--traeger", "T1").exit_code == 0
    blaetter = _blaetter(tmp_path / f"lieferung_{EINHEIT.id}_2025_T1.xlsx")
    assert "personal" in blaetter
    assert not {AMTLICH, "stellen", "bevoelkerung"} & set(blaetter)


@pytest.mark.usefixtures("ablage")
@pytest.mark.parametrize(
    ("worte", "meldung"),
    [
        (("unfug",), "Den Datensatz „unfug“ gibt es nicht"),
        (("personal", "--meldeeinheit", "99999"), "gibt es in"),
        (("personal", "--jahr", "1999"), "wird nicht berichtet"),
        (("alle", "--format", "csv"), "nur als Arbeitsmappe"),
        (("personal", "--vorbelegt"), "--meldeeinheit und --jahr"),
        (("personal", "--traeger", "T9", *FUER), "Möglich sind: T1"),
        (("aufgaben", "--traeger", "T1", *FUER), "nicht nach Trägern"),
        (("personal", "--vorbelegt", "--meldeeinheit", EINHEIT.nachbarn[0], "--jahr", "2025"), "Stellenverzeichnis"),
    ],
)
def test_was_es_nicht_gibt_wird_mit_einem_satz_gesagt(worte: tuple[str, ...], meldung: str) -> None:
    ergebnis = _rufe("vorlage", *worte)
    assert ergebnis.exit_code == 1
    assert meldung in ergebnis.stderr


@pytest.mark.usefixtures("ablage")
def test_endung_und_format_duerfen_sich_nicht_widersprechen(tmp_path: Path) -> None:
    assert _rufe("vorlage", "personal", "--format", "csv", "--nach", tmp_path / "v.xlsx").exit_code == 2
    assert _rufe("vorlage", "personal", "--nach", tmp_path / "v.doc").exit_code == 2


def _traegerdateien(ordner: Path) -> list[Path]:
    dateien = []
    for stelle in ("IBZ01", "IBZ02"):
        datei = ordner / f"{stelle}.csv"
        datei.write_bytes(als_csv("personal", [{**GUELTIG["personal"]()[0], "stelle_id": stelle}]))
        dateien.append(datei)
    return dateien


@pytest.mark.usefixtures("ablage")
@pytest.mark.parametrize("endung", ["csv", "xlsx"])
def test_zusammengefuehrt_ist_es_eine_gueltige_lieferung(tmp_path: Path, endung: str) -> None:
    ziel = tmp_path / f"personal_{EINHEIT.id}_2025.{endung}"
    ergebnis = _rufe("zusammenfuehren", *_traegerdateien(tmp_path), "--nach", ziel)
    assert ergebnis.exit_code == 0, ergebnis.output
    assert "2 Zeilen liegen in" in ergebnis.stdout
    pruefung = pruefe(ziel.read_bytes(), ziel.name, alle_datensaetze()["personal"], UMGEBUNG)
    assert pruefung.tabelle is not None
    assert pruefung.tabelle.height == 2
    assert pruefung.befunde == ()


def test_wer_fehlt_steht_in_der_ausgabe_und_im_json(ablage: Ablage, tmp_path: Path) -> None:
    pfad = pfad_geprueft(Lieferschluessel("stellen", 2024, EINHEIT.id))
    stellen = ablage.lies_tabelle(pfad)
    zweite = stellen.with_columns(
        stelle_id=pl.lit("S2"), traeger_id=pl.lit("T2"), traeger_name=pl.lit("Verein <Mitte>")
    )
    ablage.schreibe_tabelle(pfad, pl.concat([stellen, zweite]))
    worte = (*_traegerdateien(tmp_path), "--nach", tmp_path / f"personal_{EINHEIT.id}_2025.csv")
    assert "Es fehlt: Verein <Mitte> (T2)" in _rufe("zusammenfuehren", *worte).stdout
    daten = json.loads(_rufe("zusammenfuehren", *worte, "--json").stdout)["datensaetze"]["personal"]
    assert [f["id"] for f in daten["fehlende"]] == ["T2"]
    assert [t["traeger"] for t in daten["teile"]] == [["T1"], []]


@pytest.mark.usefixtures("ablage")
def test_mappen_mehrerer_traeger_werden_eine_mappe(tmp_path: Path) -> None:
    dateien = []
    for stelle in ("IBZ01", "IBZ02"):
        zeilen = {d: [{**GUELTIG[d]()[0], "stelle_id": stelle}] for d in ("personal", "beratung")}
        vorlagen = [Vorlage(alle_datensaetze()[d], tabelle(d, z)) for d, z in zeilen.items()]
        vorlagen.append(vorlage(alle_datensaetze()["massnahmen"], LAND, jahr=2025, meldeeinheit=EINHEIT))
        dateien.append(tmp_path / f"lieferung_{EINHEIT.id}_2025_{stelle}.xlsx")
        dateien[-1].write_bytes(als_mappe(vorlagen, stelle))
    dateien.append(tmp_path / "stellen_neu.csv")
    dateien[-1].write_bytes(als_csv("stellen", GUELTIG["stellen"]()))
    ziel = tmp_path / f"lieferung_{EINHEIT.id}_2025.xlsx"
    ergebnis = _rufe("zusammenfuehren", *dateien, "--nach", ziel)
    assert ergebnis.exit_code == 0, ergebnis.output
    assert "5 Zeilen liegen in" in ergebnis.stdout
    gelesen = lies_mappe(ziel.read_bytes(), ziel.name, {n: d.spalten for n, d in alle_datensaetze().items()})
    hoehen = {n: t.zellen.height for n, t in gelesen.items() if t.zellen is not None}
    assert hoehen == {"personal": 2, "beratung": 2, "stellen": 1}
    fremd = tmp_path / "notizen.csv"
    fremd.write_bytes(b"a;b")
    mit_fremder = _rufe("zusammenfuehren", *dateien, fremd, "--nach", ziel)
    assert (mit_fremder.exit_code, "gehört zu keinem Datensatz" in mit_fremder.stderr) == (1, True)


@pytest.mark.usefixtures("ablage")
def test_bei_einem_fehler_wird_nichts_geschrieben(tmp_path: Path) -> None:
    dateien = _traegerdateien(tmp_path)
    ziel = tmp_path / f"personal_{EINHEIT.id}_2025.csv"
    ergebnis = _rufe("zusammenfuehren", *dateien, dateien[0], "--nach", ziel)
    assert ergebnis.exit_code == 1
    assert ergebnis.stderr.count("mehrfach") == 1
    assert not ziel.exists()
    falscher_name = _rufe("zusammenfuehren", *dateien, "--nach", tmp_path / "alles.csv")
    assert (falscher_name.exit_code, "hat nicht die Form" in falscher_name.stderr) == (1, True)


@pytest.mark.usefixtures("ablage")
def test_das_handbuch_liegt_in_seinem_ordner(tmp_path: Path) -> None:
    ergebnis = _rufe("handbuch", "--nach", tmp_path / "handbuch")
    assert ergebnis.exit_code == 0
    assert str(tmp_path / "handbuch" / "index.html") in ergebnis.stdout
    assert (tmp_path / "handbuch" / "assets" / "bericht.css").is_file()
    assert (tmp_path / "handbuch" / "vorlagen" / "alle.xlsx").is_file()


def test_jeder_befehl_erklaert_sich() -> None:
    assert set(BEFEHL) == {"vorlage", "zusammenfuehren", "handbuch"}
    assert all(_rufe(name, "--help").exit_code == 0 for name in BEFEHL)
