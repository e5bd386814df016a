"""The stage as a whole: any order of arrival, gaps, corrections, and what Dagster is told; nothing accepted changes."""

import hashlib
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.pruefung.assets import LIEFERSTAND
from assets.pruefung.lieferungen import offene, pruefe_alle
from assets.querpruefung.assets import QUERBEFUNDE, ergebnis, querpruefung_assets
from assets.querpruefung.bilden import PFAD, bilde_querbefunde, ist_offen
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import pruefe_quer
from assets.referenz.assets import AMTLICH
from assets.referenz.assets import PFAD as AMTLICH_PFAD
from assets.ressourcen import AblageResource
from schemas.modell import Schwere, Umfang
from schemas.querbefunde import SCHLUESSEL, SPALTEN
from schemas.regeln_quer import anwendbare
from tests.pipeline.conftest import als_csv
from tests.querpruefung.verstoesse import VERSTOSS
from tests.querpruefung.zustand import EINHEITEN, ERSTE, JAHRE, LAND, Zustand, gut, lege_ab, referenz

_NUR = replace(LAND, datensaetze=("stellen", "rueckkehr"))


def _fingerabdruecke(ablage: Ablage, ordner: str) -> dict[str, str]:
    return {p: hashlib.sha256(ablage.lies(p)).hexdigest() for p in ablage.liste(ordner, "**/*.*")}


def _dateien() -> list[tuple[str, bytes]]:
    """Deliveries of two Meldeeinheiten for three years, with a leap in the last."""
    zustand = gut()
    dateien = []
    for schluessel, zeilen in zustand.items():
        if schluessel.datensatz == "rueckkehr" and schluessel.meldeeinheit in EINHEITEN[:2]:
            name = f"{schluessel.datensatz}_{schluessel.meldeeinheit}_{schluessel.berichtsjahr}.csv"
            faktor = 5 if schluessel.berichtsjahr == JAHRE[-1] else 1
            neu = [z | {"ausreisen_aufgrund_beratung": z["ausreisen_aufgrund_beratung"] * faktor} for z in zeilen]
            dateien.append((name, als_csv(schluessel.datensatz, neu)))
    return dateien


def _befunde_nach(dateien: list[tuple[str, bytes]], pause: int) -> pl.DataFrame:
    """Findings after these files came in this order, with a run of its own after the `pause`-th."""
    with TemporaryDirectory() as ordner:
        ablage = Ablage(Path(ordner))
        for nummer, (name, inhalt) in enumerate(dateien, 1):
            nimm_an(ablage, _NUR, name, inhalt, weg="test")
            if nummer in (pause, len(dateien)):
                list(pruefe_alle(ablage, _NUR, offene(ablage, _NUR)))
                befunde = bilde_querbefunde(ablage, _NUR, referenz())
        return befunde


@pytest.fixture(scope="module")
def in_einem_zug() -> pl.DataFrame:
    return _befunde_nach(_dateien(), 0)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reihenfolge=st.permutations(_dateien()), pause=st.integers(1, 5))
def test_die_reihenfolge_der_ankunft_aendert_nichts(
    in_einem_zug: pl.DataFrame, reihenfolge: list[tuple[str, bytes]], pause: int
) -> None:
    assert set(in_einem_zug["regel"]) == {"R40a"}
    assert _befunde_nach(reihenfolge, pause).equals(in_einem_zug)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(daten=st.data())
def test_jede_luecke_ist_ertraeglich(daten: st.DataObject) -> None:
    """Any datasets of any years missing, in any Land: rules run, stay silent or ask, and only those that apply."""
    datensaetze = daten.draw(st.lists(st.sampled_from(LAND.datensaetze), unique=True, min_size=1))
    jahre = daten.draw(st.sampled_from([JAHRE[:1], JAHRE[1:2], JAHRE[1:], JAHRE[::2], JAHRE]))
    fristen = {j: LAND.lieferfristen[j] for j in jahre}
    land = replace(LAND, datensaetze=tuple(datensaetze), berichtsjahre=jahre, lieferfristen=fristen)
    weg = set(daten.draw(st.lists(st.sampled_from(sorted(gut())), max_size=20)))
    with TemporaryDirectory() as ordner:
        ablage = Ablage(Path(ordner))
        lege_ab(ablage, {s: z for s, z in gut().items() if s not in weg and s.berichtsjahr in jahre})
        with oeffne(ablage, land, referenz()) as lage:
            befunde = pruefe_quer(lage)
    assert set(befunde["regel"]) <= set(anwendbare(land)) & {"R17a", "R17b", "R23b", "R42"}
    assert set(befunde["berichtsjahr"]) <= set(jahre)


def test_ohne_lieferungen_gibt_es_keine_befunde(tmp_path: Path) -> None:
    assert bilde_querbefunde(Ablage(tmp_path), LAND, referenz()).is_empty()


def _falsch() -> Zustand:
    zustand = deepcopy(gut())
    for regel in ("R17b", "R23c", "R30", "R33"):
        VERSTOSS[regel][0](zustand)
    return zustand


def test_angenommenes_bleibt_unberuehrt_und_die_stufe_weiss_was_steht(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    lege_ab(ablage, _falsch())
    vorher = _fingerabdruecke(ablage, "geprueft")
    assert ist_offen(ablage, LAND)
    befunde = bilde_querbefunde(ablage, LAND, referenz())
    # Whoever reports more departures than persons advised (R33) stands out among the others, too (R50a).
    assert set(befunde["regel"]) == {"R17a", "R17b", "R23c", "R30", "R33", "R40a", "R50a"}
    assert ablage.lies_tabelle(PFAD).equals(befunde)
    assert befunde.sort(SCHLUESSEL).equals(befunde)
    assert not ist_offen(ablage, LAND)
    assert _fingerabdruecke(ablage, "geprueft") == vorher
    lege_ab(ablage, {s: z for s, z in gut().items() if s.berichtsjahr == JAHRE[0]})
    assert ist_offen(ablage, LAND), "andere Lieferungen, also neu zu prüfen"


def _liefere(ablage: Ablage, zahlen: list[int]) -> None:
    kopf = {"berichtsjahr": JAHRE[-1], "meldeeinheit": ERSTE, "zielregion": "EUROPA", "nachweis": "DOKUMENTIERT"}
    programme = ("REAG_GARP", "LAND", "KOMMUNAL")
    zeilen = [
        {**kopf, "programm": p, "ausreisen_aufgrund_beratung": n} for p, n in zip(programme, zahlen, strict=False)
    ]
    nimm_an(ablage, _NUR, f"rueckkehr_{ERSTE}_{JAHRE[-1]}.csv", als_csv("rueckkehr", zeilen), weg="test")
    list(pruefe_alle(ablage, _NUR, offene(ablage, _NUR)))


def test_eine_berichtigung_wird_aufgelistet(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    _liefere(ablage, [10, 20])
    assert bilde_querbefunde(ablage, _NUR, referenz()).is_empty()
    _liefere(ablage, [-1])
    assert bilde_querbefunde(ablage, _NUR, referenz()).is_empty(), "eine zurückgewiesene Fassung ersetzt nichts"
    _liefere(ablage, [10, 21, 30])
    (befund,) = bilde_querbefunde(ablage, _NUR, referenz()).iter_rows(named=True)
    assert (befund["regel"], befund["schluessel"], befund["datensatz"]) == ("R44", "version=3", "rueckkehr")
    assert befund["meldung"] == (
        "Version 3 ersetzt Version 1: 1 Zeilen neu, 0 entfallen, 1 geändert (1 Zellen in: ausreisen_aufgrund_beratung)."
    )
    assert befund["wert"] is None
    _liefere(ablage, [10])
    (befund,) = bilde_querbefunde(ablage, _NUR, referenz()).iter_rows(named=True)
    assert befund["meldung"].startswith("Version 4 ersetzt Version 3: 0 Zeilen neu, 2 entfallen, 0 geändert")


def test_eine_leere_datei_ersetzt_nichts_stillschweigend(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    _liefere(ablage, [10, 20])
    _liefere(ablage, [])
    leer, liste = bilde_querbefunde(ablage, _NUR, referenz()).iter_rows(named=True)
    assert (leer["regel"], leer["schwere"], leer["schluessel"]) == ("R23d", Schwere.WARNUNG, "version=2")
    assert leer["meldung"] == "Version 2 des Datensatzes „Freiwillige Ausreisen“ hat keine Zeile; Version 1 hatte 2."
    assert liste["regel"] == "R44"


@pytest.fixture
def gelaufen(tmp_path: Path) -> dg.ExecuteInProcessResult:
    ablage = Ablage(tmp_path)
    lege_ab(ablage, _falsch())
    ablage.schreibe_tabelle(AMTLICH_PFAD, referenz())
    vorher = [dg.AssetSpec(k) for k in (LIEFERSTAND, AMTLICH)]
    return dg.materialize(
        [*querpruefung_assets(LAND, dg.AutomationCondition.eager()), *vorher],
        resources={"ablage": AblageResource(wurzel=str(tmp_path))},
        selection=[QUERBEFUNDE],
    )


def test_dagster_erfaehrt_zahlen_und_keine_werte(gelaufen: dg.ExecuteInProcessResult) -> None:
    assert gelaufen.success
    pruefungen = {e.check_name: e for e in gelaufen.get_asset_check_evaluations()}
    quer, landes = pruefungen["querpruefung"], pruefungen["landespruefung"]
    assert (quer.passed, quer.severity) == (False, dg.AssetCheckSeverity.ERROR), "R17b sperrt die Freigabe"
    assert (landes.passed, landes.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert landes.metadata["Je Regel"].value == {"R30": 1, "R50a": 1}
    assert landes.metadata["Je Kreis"].value == {ERSTE: 2}
    assert quer.metadata["Nicht anwendbar"].value == {}
    alles = str([e.event_specific_data for e in gelaufen.all_events])
    assert "100006" not in alles
    assert "XX9" not in alles


def test_ohne_befunde_und_mit_hinweisen_sind_beide_pruefungen_gruen() -> None:
    keine = pl.DataFrame(schema=SPALTEN)
    hinweis = {"regel": "R44", "umfang": Umfang.ZEIT.value, "schwere": Schwere.HINWEIS.value, "meldeeinheit": ERSTE}
    for befunde in (keine, pl.DataFrame([hinweis], schema=SPALTEN)):
        assert all(ergebnis(befunde, name, LAND).passed for name in ("querpruefung", "landespruefung"))
