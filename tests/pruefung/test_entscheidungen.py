"""What people decided about versions of a delivery changes what stands, and nothing else does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import nimm_an
from assets.eingang.entscheidungen import (
    KEINE,
    Entscheidungen,
    alle_entscheidungen,
    lies_entscheidungen,
    schreibe_entscheidungen,
)
from assets.pruefung import protokoll
from assets.pruefung.lieferungen import lieferstand, neue, offene, pruefe_alle
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.veroeffentlichung.hindernisse import hindernisse
from schemas.laender import lade_land
from schemas.lieferpolitik import ZaehltAb
from schemas.modell import Land
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG

LAND = replace(lade_land("sachsen"), datensaetze=("aufgaben", "personal"))
ERST_FREIGEBEN = replace(LAND, zaehlt_ab=ZaehltAb.FREIGABE)
SCHLUESSEL = Lieferschluessel("personal", 2025, EINHEIT.id)


def _liefere(ablage: Ablage, mehr: int, weg: str = "portal") -> None:
    zeilen = [z | {"personen": z["personen"] + mehr} for z in GUELTIG["personal"]()]
    nimm_an(ablage, LAND, f"personal_{EINHEIT.id}_2025.csv", als_csv("personal", zeilen), weg=weg)


def _entscheide(ablage: Ablage, *zurueck: int, frei: int | None = None) -> None:
    schreibe_entscheidungen(ablage, SCHLUESSEL, Entscheidungen(dict.fromkeys(zurueck, "Zahlendreher"), frei))


def _pruefe(ablage: Ablage, land: Land = LAND) -> tuple[str, int | None]:
    """State of the delivery and the version that stands, after everything open was checked."""
    for _ in pruefe_alle(ablage, land, offene(ablage, land)):
        pass
    assert not offene(ablage, land)
    assert not neue(ablage, land)
    unsere = [pl.col(n) == getattr(SCHLUESSEL, n) for n in ("datensatz", "berichtsjahr", "meldeeinheit")]
    zustand, version = lieferstand(ablage, land).filter(*unsere).select("zustand", "gueltige_version").row(0)
    assert (version is not None) == ablage.gibt_es(pfad_geprueft(SCHLUESSEL))
    return zustand, version


def _personen(ablage: Ablage) -> int:
    return int(ablage.lies_tabelle(pfad_geprueft(SCHLUESSEL))["personen"].sum())


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(tmp_path)


def test_nach_einem_rueckzug_gilt_die_version_davor_und_nach_dem_letzten_keine(ablage: Ablage) -> None:
    _liefere(ablage, 0)
    assert _pruefe(ablage) == ("angenommen", 1)
    vorher = _personen(ablage)
    _liefere(ablage, 7)
    assert _pruefe(ablage) == ("angenommen", 2)
    assert _personen(ablage) > vorher
    _entscheide(ablage, 2)
    assert list(neue(ablage, LAND)) == [SCHLUESSEL], "der Sensor sieht den Rückzug"
    assert _pruefe(ablage) == ("angenommen", 1)
    assert _personen(ablage) == vorher
    _entscheide(ablage, 1, 2)
    zustand, version = _pruefe(ablage)
    assert version is None
    assert zustand in ("fehlt", "nicht_erwartet")
    assert ablage.gibt_es(protokoll.pfad(SCHLUESSEL, 2, "json")), "was geprüft wurde, bleibt nachlesbar"
    _liefere(ablage, 14)
    assert _pruefe(ablage)[1] == 3


def test_zurueckgezogene_aufgaben_erklaeren_nichts_mehr(ablage: Ablage) -> None:
    name = f"aufgaben_{EINHEIT.id}_2025.csv"
    nimm_an(ablage, LAND, name, als_csv("aufgaben", GUELTIG["aufgaben"]()), weg="portal")
    aufgaben = replace(SCHLUESSEL, datensatz="aufgaben")
    _pruefe(ablage)
    davor = lieferstand(ablage, LAND)
    schreibe_entscheidungen(ablage, aufgaben, Entscheidungen({1: "Falsches Jahr"}))
    _pruefe(ablage)
    geaendert = lieferstand(ablage, LAND).filter(pl.col("zustand") != davor["zustand"])
    assert "aufgaben" in geaendert["datensatz"].to_list()


def test_wo_erst_die_freigabe_zaehlt_steht_vorher_die_freigegebene_version(ablage: Ablage) -> None:
    _liefere(ablage, 0)
    assert _pruefe(ablage, ERST_FREIGEBEN) == ("angenommen", None)
    assert ablage.gibt_es(protokoll.pfad(SCHLUESSEL, 1, "json")), "geprüft wird gleich"
    _entscheide(ablage, frei=1)
    assert _pruefe(ablage, ERST_FREIGEBEN) == ("angenommen", 1)
    _liefere(ablage, 7)
    assert _pruefe(ablage, ERST_FREIGEBEN) == ("angenommen", 1)
    _entscheide(ablage, frei=2)
    assert _pruefe(ablage, ERST_FREIGEBEN) == ("angenommen", 2)


def test_aus_dem_eingangskorb_zaehlt_es_ohne_freigabe(ablage: Ablage) -> None:
    _liefere(ablage, 0, weg="korb")
    assert _pruefe(ablage, ERST_FREIGEBEN) == ("angenommen", 1)


def _fehlt_freigabe(ablage: Ablage) -> list[str]:
    return [g for g in hindernisse(ablage, LAND) if "nicht freigegeben" in g]


def test_veroeffentlicht_wird_nur_was_freigegeben_ist(ablage: Ablage) -> None:
    _liefere(ablage, 0)
    _pruefe(ablage)
    (grund,) = _fehlt_freigabe(ablage)
    assert EINHEIT.name in grund
    assert "2025: Version 1" in grund
    _entscheide(ablage, frei=1)
    assert not _fehlt_freigabe(ablage)
    _liefere(ablage, 7)
    _pruefe(ablage)
    assert "Version 2" in _fehlt_freigabe(ablage)[0]
    _entscheide(ablage, 2, frei=1)
    _pruefe(ablage)
    assert not _fehlt_freigabe(ablage)


def test_was_ohne_anmeldung_kommt_braucht_keine_freigabe(ablage: Ablage) -> None:
    _liefere(ablage, 0, weg="korb")
    _pruefe(ablage)
    assert not _fehlt_freigabe(ablage)


@pytest.fixture(scope="module")
def ordner() -> Iterator[Ablage]:
    with TemporaryDirectory() as ort:
        yield Ablage(ort)


ENTSCHEIDUNGEN = st.builds(
    Entscheidungen,
    st.dictionaries(st.integers(1, 10**6), st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"]))),
    st.none() | st.integers(1, 10**6),
)


@settings(max_examples=50)
@given(ENTSCHEIDUNGEN)
def test_geschriebenes_wird_so_gelesen(ordner: Ablage, entscheidungen: Entscheidungen) -> None:
    schreibe_entscheidungen(ordner, SCHLUESSEL, entscheidungen)
    assert lies_entscheidungen(ordner, SCHLUESSEL) == entscheidungen
    assert alle_entscheidungen(ordner).get(SCHLUESSEL, KEINE) == entscheidungen
    assert lies_entscheidungen(ordner, replace(SCHLUESSEL, berichtsjahr=2024)) == KEINE
