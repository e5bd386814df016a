"""Receiving: bytes are kept unchanged, numbered, found again, and nothing is lost."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.eingang.dateiname import DateinameError, beispielname, deute
from assets.eingang.empfang import (
    EmpfangError,
    alle_belege,
    alle_unzugeordneten,
    lies_beleg,
    nimm_an,
)
from assets.eingang.korb import blick, nimm_dateien_an, unveraendert
from assets.eingang.lesen.grenzen import HOECHSTE_BYTES
from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.modell import Pruefumgebung
from tests.eingang.mappen import mappe
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG

LAND = lade_land("sachsen")
NAME = beispielname(LAND)


def test_bytes_und_beleg_liegen_wie_gesendet_in_der_ablage(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    inhalt = b"berichtsjahr;\xff\x00 kein Text"
    beleg = nimm_an(ablage, LAND, NAME, inhalt, weg="test").beleg
    assert ablage.lies(beleg.pfad) == inhalt
    assert lies_beleg(ablage, beleg.pfad_beleg) == beleg
    assert beleg.version == 1
    assert beleg.groesse == len(inhalt)


def test_neue_bytes_sind_die_naechste_version_und_gleiche_die_alte(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    erste = nimm_an(ablage, LAND, NAME, b"a", weg="test")
    zweite = nimm_an(ablage, LAND, NAME, b"b", weg="test")
    nochmal = nimm_an(ablage, LAND, NAME.upper().replace(".CSV", ".csv"), b"a", weg="korb")
    assert [erste.beleg.version, zweite.beleg.version, nochmal.beleg.version] == [1, 2, 1]
    assert nochmal.war_bekannt
    assert nochmal.beleg == erste.beleg
    (versionen,) = alle_belege(ablage, LAND).values()
    assert [b.version for b in versionen] == [1, 2]


def test_gleichzeitige_lieferungen_bekommen_verschiedene_nummern(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    inhalte = [str(i).encode() for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        empfaenge = list(pool.map(lambda i: nimm_an(ablage, LAND, NAME, i, weg="test"), inhalte))
    assert sorted(e.beleg.version for e in empfaenge) == list(range(1, 25))
    assert sorted(ablage.lies(e.beleg.pfad) for e in empfaenge) == sorted(inhalte)


def test_nach_einem_absturz_vollenden_dieselben_bytes_die_version(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    beleg = nimm_an(ablage, LAND, NAME, b"a", weg="test").beleg
    ablage.loesche(beleg.pfad)
    ablage.loesche(beleg.pfad_beleg)
    wieder = nimm_an(ablage, LAND, NAME, b"a", weg="test")
    assert wieder.beleg.version == 1
    assert ablage.lies(wieder.beleg.pfad) == b"a"


def test_eine_nummer_deren_datei_nie_ankam_wird_wieder_vergeben(tmp_path: Path) -> None:
    """Somebody was killed before the receipt: whoever comes next leaves no gap."""
    ablage = Ablage(tmp_path)
    abgebrochen = nimm_an(ablage, LAND, NAME, b"a", weg="test").beleg
    ablage.loesche(abgebrochen.pfad_beleg)
    assert nimm_an(ablage, LAND, NAME, b"b", weg="test").beleg.version == 1
    assert nimm_an(ablage, LAND, NAME, b"c", weg="test").beleg.version == 2
    assert nimm_an(ablage, LAND, NAME, b"a", weg="test").beleg.version == 3
    (versionen,) = alle_belege(ablage, LAND).values()
    assert [ablage.lies(b.pfad) for b in versionen] == [b"b", b"c", b"a"]


def test_wer_schon_eine_nummer_hat_bekommt_keine_freie(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    erste, zweite = (nimm_an(ablage, LAND, NAME, inhalt, weg="test").beleg for inhalt in (b"a", b"b"))
    ablage.loesche(erste.pfad_beleg)
    wieder = nimm_an(ablage, LAND, NAME, b"b", weg="test")
    assert (wieder.beleg, wieder.war_bekannt) == (zweite, True)


def test_reste_getoeteter_schreiber_verschwinden_frische_nicht(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    alt, frisch = (tmp_path / "eingang" / f".x.csv.{n}.teil" for n in (1, 2))
    alt.parent.mkdir()
    for rest in (alt, frisch):
        rest.write_bytes(b"halb")
    os.utime(alt, (0, 0))
    ablage.raeume_auf()
    assert (alt.exists(), frisch.exists()) == (False, True)


@pytest.mark.parametrize(
    ("name", "hinweis"),
    [
        ("liste.csv", "hat nicht die Form"),
        ("aufgaben_14511_2025.pdf", "hat nicht die Form"),
        ("unsinn_14511_2025.csv", "gibt es nicht"),
        ("aufgaben_99999_2025.csv", "Meldeeinheit „99999“"),
        ("aufgaben_14511_1999.csv", "Jahr 1999"),
        ("../../etc/passwd", "hat nicht die Form"),
        ("", "hat nicht die Form"),
    ],
)
def test_was_keine_lieferung_ist_wird_aufgehoben_und_erklaert(tmp_path: Path, name: str, hinweis: str) -> None:
    ablage = Ablage(tmp_path)
    with pytest.raises(EmpfangError, match=hinweis):
        nimm_an(ablage, LAND, name, b"inhalt", weg="test")
    (eintrag,) = alle_unzugeordneten(ablage)
    assert hinweis in eintrag.grund
    dateien = [p for p in tmp_path.rglob("*") if p.is_file() and p.read_bytes() == b"inhalt"]
    assert len(dateien) == 1
    assert dateien[0].is_relative_to(tmp_path / "eingang" / "unzugeordnet")


def test_zu_grosse_dateien_werden_gar_nicht_erst_gelesen(tmp_path: Path) -> None:
    gross = tmp_path / "korb" / NAME
    gross.parent.mkdir()
    with gross.open("wb") as datei:
        datei.truncate(HOECHSTE_BYTES + 1)
    ablage = Ablage(tmp_path / "ablage")
    (ergebnis,) = nimm_dateien_an(ablage, LAND, [gross], weg="korb")
    assert ergebnis.grund is not None
    assert "zu groß" in ergebnis.grund
    assert gross.exists()
    assert [u.dateiname for u in alle_unzugeordneten(ablage)] == [NAME]


@given(st.text(max_size=40))
def test_jeder_name_wird_gedeutet_oder_erklaert(name: str) -> None:
    try:
        gedeutet = deute(name, LAND)
    except DateinameError as fehler:
        gedeutet, grund = None, str(fehler)
    assert grund.endswith(".") if gedeutet is None else gedeutet.schluessel.datensatz in LAND.datensaetze


def test_der_korb_wartet_bis_eine_datei_ruht(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"halb")
    erster = blick(tmp_path)
    (tmp_path / NAME).write_bytes(b"halb und ganz")
    zweiter = blick(tmp_path)
    assert unveraendert(erster, zweiter) == []
    assert unveraendert(zweiter, blick(tmp_path)) == [NAME]


def test_die_marke_erfundener_daten_wandert_in_den_beleg(tmp_path: Path) -> None:
    datei = tmp_path / NAME
    datei.write_bytes(b"erfunden")
    import hashlib

    marke = {"dateien": {NAME: hashlib.sha256(b"erfunden").hexdigest()}}
    (tmp_path / "herkunft.json").write_text(json.dumps(marke), encoding="utf-8")
    assert list(blick(tmp_path)) == [NAME]
    ablage = Ablage(tmp_path / "ablage")
    (ergebnis,) = nimm_dateien_an(ablage, LAND, [datei], weg="test")
    assert ergebnis.empfang is not None
    assert ergebnis.empfang.beleg.synthetisch


def test_eine_mappe_ist_eine_lieferung_je_ausgefuelltem_blatt(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path / "ablage")
    datei = tmp_path / f"Lieferung_{EINHEIT.id}_2025.xlsx"
    zeilen = {d: [z.split(";") for z in als_csv(d, GUELTIG[d]()).decode().splitlines()] for d in GUELTIG}
    blaetter = {"Personal": zeilen["personal"], "stellen": zeilen["stellen"], "aufgaben": zeilen["aufgaben"][:1]}
    datei.write_bytes(mappe(blaetter))
    ergebnisse = nimm_dateien_an(ablage, LAND, [datei], weg="test")
    assert {e.empfang.beleg.datensatz for e in ergebnisse if e.empfang} == {"personal", "stellen"}
    for beleg in (e.empfang.beleg for e in ergebnisse if e.empfang):
        assert ablage.lies(beleg.pfad) == datei.read_bytes()
        umgebung = Pruefumgebung(LAND, EINHEIT, 2025)
        pruefung = pruefe(ablage.lies(beleg.pfad), beleg.dateiname, alle_datensaetze()[beleg.datensatz], umgebung)
        assert pruefung.tabelle is not None, [b.meldung for b in pruefung.befunde]
        assert pruefung.zeilen == len(GUELTIG[beleg.datensatz]())
    assert all(e.empfang and e.empfang.war_bekannt for e in nimm_dateien_an(ablage, LAND, [datei], weg="test"))


@pytest.mark.parametrize(
    ("jahr", "blatt", "hinweis"), [(1999, "personal", "Jahr 1999"), (2025, "Notizen", "kein ausgefülltes Blatt")]
)
def test_eine_mappe_ohne_lieferung_wird_erklaert(tmp_path: Path, jahr: int, blatt: str, hinweis: str) -> None:
    ablage = Ablage(tmp_path / "ablage")
    datei = tmp_path / f"lieferung_{EINHEIT.id}_{jahr}.xlsx"
    datei.write_bytes(mappe({blatt: [["a", "b"], ["1", "2"]]}))
    (ergebnis,) = nimm_dateien_an(ablage, LAND, [datei], weg="test")
    assert ergebnis.grund is not None
    assert hinweis in ergebnis.grund
    assert datei.name in ergebnis.grund
    assert len(alle_unzugeordneten(ablage)) == 1
