"""The command `teilhabe` as a person uses it: words, sentences, exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.ablage import Ablage
from pipeline.cli import main
from schemas.pfade import PROJEKT
from tests.eingang.mappen import mappe
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, VERSTOSS

Teilhabe = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def teilhabe(ablage: Ablage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Teilhabe:
    """The command as the entry point runs it, in this process: starting one takes longer than most commands do."""
    monkeypatch.setenv("TEILHABE_DAGSTER", str(Path(str(ablage.wurzel)) / "dagster"))
    monkeypatch.setenv("DAGSTER_HOME", str(PROJEKT / "data" / "dagster_home"))

    def _teilhabe(*woerter: str | Path) -> subprocess.CompletedProcess[str]:
        befehl = ["teilhabe", *map(str, woerter)]
        monkeypatch.setattr(sys, "argv", befehl)
        code: int | str | None = 0
        try:
            main()
        except SystemExit as ende:
            code = ende.code
        assert isinstance(code, int)
        gesagt = capsys.readouterr()
        return subprocess.CompletedProcess(befehl, code, gesagt.out, gesagt.err)

    return _teilhabe


def _in_eigenem_prozess(ablage: Ablage, *woerter: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, for the small Land."""
    umgebung = {**os.environ, "TEILHABE_DAGSTER": str(Path(str(ablage.wurzel)) / "dagster")}
    programm = """
import schemas.laender
from tests.pipeline.kleinesland import KLEINES_LAND
schemas.laender.gewaehltes_land = lambda: KLEINES_LAND
from pipeline.cli import main
main()
"""
    befehl = [sys.executable, "-c", programm, *map(str, woerter)]
    return subprocess.run(befehl, env=umgebung, cwd=PROJEKT, capture_output=True, text=True, check=False)


def _datei(ordner: Path, name: str, inhalt: bytes) -> Path:
    ordner.mkdir(exist_ok=True)
    pfad = ordner / name
    pfad.write_bytes(inhalt)
    return pfad


def test_vom_einreichen_bis_zum_bericht(ablage: Ablage, tmp_path: Path) -> None:
    ordner = tmp_path / "lieferung"
    for name in ("personal", "stellen"):
        _datei(ordner, f"{name}_{EINHEIT.id}_2025.csv", als_csv(name, GUELTIG[name]()))
    _datei(ordner, f"beratung_{EINHEIT.id}_2025.csv", b"\x00\x01 das ist keine Tabelle")
    _datei(ordner, f"aufgaben_{EINHEIT.id}_2025.csv", b"")
    _datei(ordner, f"bevoelkerung_{EINHEIT.id}_2025.csv", b"%PDF-1.7 Bericht")
    assert _in_eigenem_prozess(ablage, "einreichen", ordner).returncode == 0
    _datei(tmp_path / "korb", "Zahlen 2025 neu.csv", b"a;b")
    lauf = _in_eigenem_prozess(ablage, "lauf")
    assert lauf.returncode == 0, lauf.stderr
    assert "5 gelesen, 2 angenommen" in lauf.stdout
    assert "3 zurückgewiesen" in lauf.stdout
    assert "Zahlen 2025 neu.csv" in lauf.stdout
    intern, oeffentlich = (Path(z.split(": ", 1)[1]) for z in lauf.stdout.strip().splitlines()[-2:])
    assert intern.is_file()
    assert oeffentlich.is_file()
    meldungen = {}
    for pfad in ablage.liste("pruefprotokolle", "*/*/*.json"):
        protokoll = json.loads(ablage.lies(pfad))
        meldungen[protokoll["beleg"]["datensatz"]] = [b["meldung"] + b["abhilfe"] for b in protokoll["befunde"]]
    assert "PDF" in meldungen["bevoelkerung"][0]
    assert all(meldungen[d] for d in ("beratung", "aufgaben", "bevoelkerung"))
    nochmal = _in_eigenem_prozess(ablage, "lauf")
    assert "es war nichts zu tun" in nochmal.stdout
    assert "Zahlen 2025 neu.csv" in nochmal.stdout, "was offen ist, bleibt sichtbar"


def test_pruefen_nennt_regel_zeile_spalte_und_rat_und_speichert_nichts(
    ablage: Ablage, teilhabe: Teilhabe, tmp_path: Path
) -> None:
    datensatz, aendere, spalte, stelle = VERSTOSS["R15c"]
    datei = _datei(
        tmp_path / "l", f"{datensatz}_{EINHEIT.id}_2025.csv", als_csv(datensatz, aendere(GUELTIG[datensatz]()))
    )
    ergebnis = teilhabe("pruefen", datei, "--nach", tmp_path / "protokoll")
    assert ergebnis.returncode == 1
    assert f"FEHLER: Mehr besetzt als vorhanden [R15c] (Zeile {stelle + 2}, Spalte {spalte})" in ergebnis.stdout
    assert "Bitte beide Zahlen prüfen" in ergebnis.stdout
    assert {p.suffix for p in (tmp_path / "protokoll").iterdir()} >= {".json", ".html"}
    assert not ablage.gibt_es("eingang")


def test_pruefen_gibt_json(teilhabe: Teilhabe, tmp_path: Path) -> None:
    datei = _datei(tmp_path / "l", "meine Datei.csv", als_csv("personal", GUELTIG["personal"]()))
    woerter = ("--datensatz", "personal", "--meldeeinheit", EINHEIT.id, "--jahr", "2025", "--json")
    ergebnis = teilhabe("pruefen", datei, *woerter)
    assert ergebnis.returncode == 0, ergebnis.stderr
    assert json.loads(ergebnis.stdout)["zustand"] == "angenommen"


@pytest.mark.parametrize(
    ("woerter", "code", "text"),
    [
        (("lauf", "--jahr", "1990"), 2, "1990 ist kein Berichtsjahr"),
        (("lauf", "--meldeeinheit", "99999"), 2, "99999 ist keine Meldeeinheit"),
        (("pruefen", "gibtesnicht.csv"), 2, "gibtesnicht.csv"),
        (("unsinn",), 2, "unsinn"),
    ],
)
def test_falscher_gebrauch_ist_zwei(teilhabe: Teilhabe, woerter: tuple[str, ...], code: int, text: str) -> None:
    ergebnis = teilhabe(*woerter)
    assert ergebnis.returncode == code
    assert text in ergebnis.stderr


def test_eine_datei_ohne_guten_namen_wird_erklaert(teilhabe: Teilhabe, tmp_path: Path) -> None:
    datei = _datei(tmp_path / "l", "Personal.csv", b"a")
    for befehl in ("pruefen", "einreichen", "lesen"):
        ergebnis = teilhabe(befehl, datei)
        assert ergebnis.returncode == 1
        assert "umbenennen" in ergebnis.stderr


def test_lesen_zeigt_die_tabelle_und_was_ausgelassen_wurde(teilhabe: Teilhabe, tmp_path: Path) -> None:
    inhalt = b"Meldung des Kreises;;\n" + als_csv("personal", GUELTIG["personal"]())
    ergebnis = teilhabe("lesen", _datei(tmp_path / "l", f"personal_{EINHEIT.id}_2025.csv", inhalt))
    assert ergebnis.returncode == 0, ergebnis.stderr
    assert ergebnis.stdout.startswith("berichtsjahr,meldeeinheit,stichtag")
    assert "Meldung des Kreises" in ergebnis.stderr


def test_ohne_guten_namen_nennt_pruefen_seine_angaben(teilhabe: Teilhabe, tmp_path: Path) -> None:
    ergebnis = teilhabe("pruefen", _datei(tmp_path / "l", "foo.csv", b"a"))
    assert ergebnis.returncode == 1
    assert "--datensatz, --meldeeinheit und --jahr" in ergebnis.stderr


def test_jedes_blatt_einer_mappe_wird_geprueft_und_eine_leere_vorlage_besteht(
    teilhabe: Teilhabe, tmp_path: Path
) -> None:
    zeilen = [z.split(";") for z in als_csv("personal", GUELTIG["personal"]()).decode().splitlines()]
    falsch = [zeilen[0], [*zeilen[1][:12], "9", *zeilen[1][13:]]]
    datei = _datei(tmp_path / "l", f"lieferung_{EINHEIT.id}_2025.xlsx", mappe({"personal": falsch}))
    ergebnis = teilhabe("pruefen", datei, "--json")
    assert ergebnis.returncode == 1
    (protokoll,) = json.loads(ergebnis.stdout)["protokolle"]
    assert "R15c" in protokoll["je_regel"]
    vorlage = tmp_path / f"personal_{EINHEIT.id}_2025.csv"
    teilhabe("vorlage", "personal", "--meldeeinheit", EINHEIT.id, "--jahr", "2025", "--nach", vorlage)
    leer = teilhabe("pruefen", vorlage)
    assert leer.returncode == 0, leer.stdout + leer.stderr
    assert "noch nicht ausgefüllt" in leer.stdout
    mappe_abgegeben = teilhabe("einreichen", datei)
    assert "1 Datei gelesen: 1 Lieferung neu eingegangen, 0 lagen schon vor" in mappe_abgegeben.stdout
    abgegeben = teilhabe("einreichen", vorlage)
    assert abgegeben.returncode == 1
    assert "noch nichts steht" in abgegeben.stderr


def test_ein_blatt_einer_mappe_laesst_sich_einzeln_pruefen(teilhabe: Teilhabe, tmp_path: Path) -> None:
    zeilen = [z.split(";") for z in als_csv("personal", GUELTIG["personal"]()).decode().splitlines()]
    datei = _datei(tmp_path / "l", f"lieferung_{EINHEIT.id}_2025.xlsx", mappe({"personal": zeilen, "Notiz": [["a"]]}))
    ohne = teilhabe("lesen", datei)
    assert ohne.returncode == 1
    assert "--datensatz" in ohne.stderr
    mit = teilhabe("pruefen", datei, "--datensatz", "personal")
    assert mit.returncode == 0, mit.stdout + mit.stderr
