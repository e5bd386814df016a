"""`teilhabe einreichen --portal` and `teilhabe schluessel` as a person or a scheduled program uses them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import gruppe
from pipeline.fernabgabe import SCHLUESSEL, AdresseError, Portal
from pipeline.portal.grenzen import ABGABE
from schemas.pfade import BEISPIELE
from tests.eingang.mappen import mappe
from tests.portal.test_schnittstelle import LIEFERUNG, SCHLECHT
from tests.portal.welt import DATENSATZ, FREMDER, JAHR, KREIS, ORT, Welt, baue, beispiel, server, tue

NAME = f"{DATENSATZ}_{KREIS}_{JAHR}.csv"


@pytest.fixture
def welt(umgebung: Path, monkeypatch: pytest.MonkeyPatch) -> Welt:
    welt = baue(umgebung)
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", f"sqlite:///{welt.engine.url.database}")
    return welt


@pytest.fixture
def wurzel(welt: Welt) -> Iterator[str]:
    with server(welt.app) as wurzel:
        yield wurzel


def rufe(*woerter: str) -> Result:
    return CliRunner().invoke(gruppe, [*woerter])


def stelle_aus(kennung: str = "bea", einheit: str = KREIS) -> str:
    """A key, as the Verwaltung gets it on the command line."""
    ergebnis = rufe("schluessel", "anlegen", kennung, "--meldeeinheit", einheit, "--zweck", "Fachverfahren")
    assert ergebnis.exit_code == 0, ergebnis.output
    return ergebnis.stdout.splitlines()[-1]


def datei(ordner: Path, inhalt: bytes, name: str = NAME) -> str:
    (ordner / name).write_bytes(inhalt)
    return str(ordner / name)


def test_erst_schlecht_dann_gut_dann_noch_einmal(
    welt: Welt, wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHLUESSEL, stelle_aus())
    schlecht = rufe("einreichen", datei(tmp_path, SCHLECHT), "--portal", wurzel)
    assert schlecht.exit_code == 1
    assert "zurückgewiesen" in schlecht.stdout
    assert "„20x5“" in schlecht.stdout
    assert "zählt nicht" in schlecht.stderr
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []
    gut = rufe("einreichen", datei(tmp_path, beispiel()), "--portal", f"{wurzel}/")
    assert (gut.exit_code, gut.stderr) == (0, "")
    assert f"Eingereicht: {DATENSATZ}-{KREIS}-{JAHR}-1" in gut.stdout
    nochmal = rufe("einreichen", str(tmp_path / NAME), "--portal", wurzel, "--json")
    assert nochmal.exit_code == 0
    (eintrag,) = json.loads(nochmal.stdout)
    assert (eintrag["version"], eintrag["war_bekannt"], eintrag["grund"]) == (1, True, None)
    assert eintrag["protokoll"]["zustand"] == "angenommen_mit_hinweisen"
    assert welt.programm("bea").get(LIEFERUNG).json()["fassungen"][0]["dateiname"] == NAME


def test_zurueckgezogenes_zaehlt_auch_beim_zweiten_mal_nicht(
    welt: Welt, wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHLUESSEL, stelle_aus())
    ruf = ("einreichen", datei(tmp_path, beispiel()), "--portal", wurzel)
    assert rufe(*ruf).exit_code == 0
    assert tue(welt.als("bea"), f"{ORT}/1/zurueckziehen", grund="Falsche Datei").status_code == 303
    nochmal = rufe(*ruf)
    assert nochmal.exit_code == 1
    assert "zurückgezogen" in nochmal.stdout
    assert "Bitte eine neue Datei abgeben" in nochmal.stderr


def test_mehrere_dateien_und_jede_fuer_sich(
    welt: Welt, wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordner = tmp_path / "abgabe"
    ordner.mkdir()
    for name in (NAME, f"personal_{KREIS}_{JAHR}.csv"):
        shutil.copy(BEISPIELE / "v1" / name, ordner)
    datei(ordner, beispiel(FREMDER), f"{DATENSATZ}_{FREMDER}_{JAHR}.csv")
    datei(ordner, b"a;b\n", "Meldung neu.csv")
    monkeypatch.setenv(SCHLUESSEL, stelle_aus())
    ergebnis = rufe("einreichen", str(ordner), "--portal", wurzel)
    assert ergebnis.exit_code == 1
    assert ergebnis.stdout.count("Eingereicht: ") == 2
    assert "Diese Adresse gibt es nicht, oder sie gehört zu einer anderen Stelle" in ergebnis.stderr
    assert "„Meldung neu.csv“ hat nicht die Form" in ergebnis.stderr
    assert welt.programm("fremd", FREMDER).get(LIEFERUNG.replace(KREIS, FREMDER)).json()["fassungen"] == []


def test_eine_arbeitsmappe_ist_mehrere_lieferungen(
    welt: Welt, wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHLUESSEL, stelle_aus())
    name = f"lieferung_{KREIS}_{JAHR}.xlsx"
    leer = welt.als("bea").get(f"/kreis/{KREIS}/{JAHR}/vorlage.xlsx").content
    ergebnis = rufe("einreichen", datei(tmp_path, leer, name), "--portal", wurzel)
    assert ergebnis.exit_code == 1
    assert "kein ausgefülltes Blatt" in ergebnis.stderr
    blaetter = {d: [z.split(";") for z in beispiel(datensatz=d).decode().splitlines()] for d in (DATENSATZ, "stellen")}
    ergebnis = rufe("einreichen", datei(tmp_path, mappe({**blaetter, "Notizen": [["x"]]}), name), "--portal", wurzel)
    assert ergebnis.stdout.count("Eingereicht: ") == 2
    assert "Notizen" in ergebnis.stderr
    assert ergebnis.exit_code == 1


@pytest.mark.usefixtures("welt")
def test_ein_gesperrter_schluessel_und_die_liste(wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "noch keinen" in rufe("schluessel", "liste").stdout
    geheimnis = stelle_aus()
    monkeypatch.setenv(SCHLUESSEL, geheimnis)
    liste = rufe("schluessel", "liste").stdout
    assert f"1: {KREIS}, Fachverfahren, für Bea, ausgestellt von Programm" in liste
    assert "gilt bis" in liste
    assert geheimnis not in liste
    assert rufe("schluessel", "sperren", "1").exit_code == 0
    assert "gesperrt seit" in rufe("schluessel", "liste").stdout
    ergebnis = rufe("einreichen", datei(tmp_path, beispiel()), "--portal", wurzel)
    assert ergebnis.exit_code == 1
    assert "gesperrt" in ergebnis.stderr
    assert rufe("schluessel", "sperren", "2").exit_code != 0
    assert rufe("schluessel", "anlegen", "stelle", "--meldeeinheit", "99999", "--zweck", "x").exit_code == 2
    fred = rufe("schluessel", "anlegen", "fred", "--meldeeinheit", KREIS, "--zweck", "x")
    assert "Bearbeitung" in str(fred.exception)
    assert "gibt es nicht" in str(rufe("schluessel", "anlegen", "x", "--meldeeinheit", KREIS, "--zweck", "x").exception)


@pytest.mark.parametrize(
    "adresse", ["http://portal.example.org", "ftp://x", "https://", "portal", "https://a:b@c", "https://x:y"]
)
def test_der_schluessel_geht_nur_verschluesselt_durchs_netz(
    adresse: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AdresseError):
        Portal(adresse, "x")
    monkeypatch.setenv(SCHLUESSEL, "x")
    assert rufe("einreichen", datei(tmp_path, beispiel()), "--portal", adresse).exit_code == 2


@pytest.mark.parametrize("schluessel", ["", "mit blank", "zeile\nzwei", "ä"])
def test_ohne_schluessel_ist_es_falsch_gerufen(
    schluessel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHLUESSEL, schluessel)
    ergebnis = rufe("einreichen", datei(tmp_path, beispiel()), "--portal", "https://portal.example.org")
    assert ergebnis.exit_code == 2
    assert SCHLUESSEL in ergebnis.stderr
    assert not any("schluessel" in teil for p in gruppe.commands["einreichen"].params for teil in p.opts)


def test_ohne_portal_ist_es_kein_fehler_der_datei(
    welt: Welt, wurzel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SCHLUESSEL, stelle_aus())
    ruf = ["einreichen", datei(tmp_path, beispiel()), "--portal"]
    niemand = rufe(*ruf, "http://127.0.0.1:9")
    assert (niemand.exit_code, niemand.stdout) == (3, "")
    assert "nicht erreichbar" in niemand.stderr
    gross = tmp_path / "gross" / NAME
    gross.parent.mkdir()
    with gross.open("wb") as f:
        f.truncate(ABGABE + 1)
    zu_gross = rufe("einreichen", str(gross), "--portal", wurzel)
    assert (zu_gross.exit_code, "64 MB" in zu_gross.stderr) == (1, True)
    andere = rufe(*ruf, f"{wurzel}/kreis")
    assert andere.exit_code == 3
    assert "kein Portal" in andere.stderr
    Path(str(welt.engine.url.database)).rename(tmp_path / "weg")
    welt.engine.dispose()
    ausgefallen = rufe(*ruf, wurzel)
    assert ausgefallen.exit_code == 3
    assert "in einigen Minuten" in ausgefallen.stderr
