"""Real runs on an ephemeral instance: good, bad and missing deliveries, one partition, a Kreis, everything."""

import collections
from collections.abc import Iterable, Mapping

import dagster as dg
import polars as pl
import pytest

from assets.ablage import Ablage
from assets.pruefung.ereignisse import FORM, PLAUSIBILITAET, schluessel_geprueft
from pipeline.automatisierung import ALLES
from pipeline.definitions import build_defs
from pipeline.ebenen import LANDESEBENE, lieferungsebene
from pipeline.lauf import LaufError, fuehre_aus
from pipeline.plan import plane
from schemas.modell import Land
from tests.pipeline.conftest import ANDERE, FEHLT, ErsterLauf, Liefere
from tests.pruefung.faelle import EINHEIT, GUELTIG

PARTITION = f"2025|{EINHEIT.id}"
LANDESPRUEFUNGEN = {
    ("lieferstand", "vollstaendig"),
    ("befunde", "querpruefung"),
    ("befunde", "landespruefung"),
    ("amtliche_probe", "amtliche_kennzahlen"),
    ("oeffentlich", "geheimhaltung"),
}


def _pruefe(ablage: Ablage, land: Land, instanz: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    """The level of deliveries alone: what is made of all of them costs seconds and is not looked at."""
    job = build_defs(land, str(ablage.wurzel)).resolve_job_def(ALLES)
    return job.execute_in_process(instance=instanz, partition_key=PARTITION, asset_selection=lieferungsebene(land))


def _pruefungen(ereignisse: Iterable[dg.DagsterEvent]) -> Mapping[tuple[str, str], dg.AssetCheckEvaluation]:
    return {
        (
            e.asset_check_evaluation_data.asset_key.path[-1],
            e.asset_check_evaluation_data.check_name,
        ): e.asset_check_evaluation_data
        for e in ereignisse
        if e.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
    }


def test_eine_gute_lieferung_wird_uebernommen_und_gruen(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere
) -> None:
    liefere("personal")
    ergebnis = _pruefe(ablage, land, instanz)
    assert ergebnis.success
    frame = ablage.lies_tabelle(f"geprueft/personal/2025/{EINHEIT.id}.parquet")
    assert frame["vzae_besetzt"].to_list() == [2.0] * 4
    assert instanz.get_materialized_partitions(schluessel_geprueft("personal")) == {PARTITION}
    pruefungen = _pruefungen(ergebnis.all_events)
    assert pruefungen["personal", FORM].passed
    assert pruefungen["personal", FORM].partition == PARTITION
    assert pruefungen["personal", PLAUSIBILITAET].passed


def test_eine_schlechte_lieferung_schreibt_nichts_und_der_lauf_gelingt(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere
) -> None:
    # So long that no time and no random name in the log contains it.
    geheim = "7391846205"
    zeilen = [{**z, "vzae_besetzt": float(geheim)} for z in GUELTIG["personal"]()]
    liefere("personal", zeilen=zeilen)
    ergebnis = _pruefe(ablage, land, instanz)
    assert ergebnis.success
    assert not ablage.gibt_es(f"geprueft/personal/2025/{EINHEIT.id}.parquet")
    assert instanz.get_materialized_partitions(schluessel_geprueft("personal")) == set()
    pruefung = _pruefungen(ergebnis.all_events)["personal", FORM]
    assert not pruefung.passed
    assert pruefung.severity is dg.AssetCheckSeverity.ERROR
    assert pruefung.metadata["Je Regel"].value == {"R15c": 4}
    assert pruefung.metadata["Zeilen"].value == {"R15c": [2, 3, 4, 5]}
    protokolle = ablage.liste("pruefprotokolle", "*/*/*.json")
    assert len(protokolle) == 1
    assert geheim in ablage.lies(protokolle[0]).decode()
    alles = " ".join(str(e) for e in instanz.all_logs(ergebnis.run_id))
    assert geheim not in alles, "Werte einer Lieferung stehen im Ereignisprotokoll"


def test_die_letzte_gute_version_bleibt_und_die_korrektur_gilt(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere
) -> None:
    liefere("personal")
    _pruefe(ablage, land, instanz)
    gut = ablage.lies(f"geprueft/personal/2025/{EINHEIT.id}.parquet")
    liefere("personal", zeilen=[{**z, "vzae_besetzt": 99.0} for z in GUELTIG["personal"]()])
    _pruefe(ablage, land, instanz)
    assert ablage.lies(f"geprueft/personal/2025/{EINHEIT.id}.parquet") == gut
    liefere("personal", zeilen=[{**z, "vzae_besetzt": 1.5} for z in GUELTIG["personal"]()])
    ergebnis = _pruefe(ablage, land, instanz)
    assert _pruefungen(ergebnis.all_events)["personal", FORM].passed
    assert ablage.lies_tabelle(f"geprueft/personal/2025/{EINHEIT.id}.parquet")["vzae_besetzt"].sum() == 6.0


def test_warnungen_nehmen_an_und_faerben_gelb(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere
) -> None:
    liefere("personal", zeilen=[{**z, "vzae_besetzt": 0.1} for z in GUELTIG["personal"]()])
    pruefungen = _pruefungen(_pruefe(ablage, land, instanz).all_events)
    assert pruefungen["personal", FORM].passed
    assert not pruefungen["personal", PLAUSIBILITAET].passed
    assert pruefungen["personal", PLAUSIBILITAET].severity is dg.AssetCheckSeverity.WARN
    assert ablage.gibt_es(f"geprueft/personal/2025/{EINHEIT.id}.parquet")


def test_der_erste_lauf_ist_einer_und_der_zweite_tut_nichts(erster_lauf: ErsterLauf, land: Land) -> None:
    ablage = erster_lauf.ablage
    assert len(erster_lauf.plan.bereiche) == 1
    assert ablage.gibt_es("berichte/intern_land/index.html")
    assert plane(ablage, land).ist_leer
    werte = ablage.lies_tabelle("auswertung/indikatorwerte.parquet")
    ibz = werte.filter(indikator_id="IBZ-01", variante="STICHTAG", berichtsjahr=2025, gebiet_typ="land")
    assert ibz.select("abdeckung_kreise", "erwartet_kreise").rows() == [(1, len(land.meldeeinheiten))]
    assert f"1 von {len(land.meldeeinheiten)}" in ablage.lies("berichte/intern_land/sachsen.html").decode()


def test_die_oberflaeche_zeigt_jede_partition_mit_ihrem_ergebnis(erster_lauf: ErsterLauf) -> None:
    """A passed check that points to no materialization would be shown as missing."""
    check = dg.AssetCheckKey(schluessel_geprueft("personal"), FORM)
    infos = erster_lauf.instanz.event_log_storage.get_asset_check_partition_info([check])
    stand = {i.partition_key: (i.latest_execution_status.value, i.is_current) for i in infos}
    assert stand[PARTITION] == ("SUCCEEDED", True)
    assert stand[f"2025|{ANDERE}"] == ("FAILED", True)


def test_jede_angekuendigte_pruefung_wird_berichtet(erster_lauf: ErsterLauf, land: Land) -> None:
    ereignisse = [e.dagster_event for e in erster_lauf.instanz.all_logs(erster_lauf.lauf) if e.dagster_event]
    berichtet = _pruefungen(ereignisse)
    erwartet = {(d, c) for d in land.datensaetze for c in (FORM, PLAUSIBILITAET)} | LANDESPRUEFUNGEN
    assert set(berichtet) == erwartet
    fehlend = berichtet[FEHLT, FORM]
    assert not fehlend.passed
    assert fehlend.severity is dg.AssetCheckSeverity.WARN


def test_ereignisse_sind_wenige(erster_lauf: ErsterLauf, land: Land) -> None:
    arten = collections.Counter(
        e.dagster_event.event_type_value for e in erster_lauf.instanz.all_logs(erster_lauf.lauf) if e.dagster_event
    )
    moegliche = len(land.berichtsjahre) * len(land.meldeeinheiten) * len(land.datensaetze)
    zurueckgewiesen = 1
    assert arten["ASSET_CHECK_EVALUATION"] == 2 * moegliche + len(LANDESPRUEFUNGEN)
    assert arten["ASSET_MATERIALIZATION"] == 2 * erster_lauf.angenommen + zurueckgewiesen + len(LANDESEBENE)
    assert arten["STEP_START"] == len(LANDESEBENE), "alle Lieferungen und der Lieferstand sind ein Schritt"


def test_lieferstand_nennt_was_fehlt(erster_lauf: ErsterLauf, land: Land) -> None:
    stand = erster_lauf.ablage.lies_tabelle("stand/lieferstand.parquet")
    assert stand.filter(pl.col("zustand").str.starts_with("angenommen")).height == erster_lauf.angenommen
    assert stand.filter(datensatz="personal", meldeeinheit=ANDERE, berichtsjahr=2025)["zustand"].item() == (
        "zurueckgewiesen"
    )
    assert set(stand.filter(datensatz=FEHLT, berichtsjahr=2025)["zustand"]) == {"fehlt"}
    assert stand.height == len(land.berichtsjahre) * len(land.meldeeinheiten) * len(land.datensaetze)


def test_die_reihenfolge_der_ankunft_aendert_nichts(danach: Ablage, land: Land, instanz: dg.DagsterInstance) -> None:
    erst = danach.lies_tabelle("auswertung/indikatorwerte.parquet")
    danach.loesche("stand/pruefung.parquet")
    danach.loesche("stand/lieferstand.parquet")
    fuehre_aus(plane(danach, land, meldeeinheit=EINHEIT.id), danach, land, instanz)
    zweit = danach.lies_tabelle("auswertung/indikatorwerte.parquet")
    assert erst.equals(zweit)


def test_nach_einer_korrektur_ist_nur_das_betroffene_offen_und_ein_fehler_laesst_den_letzten_guten_stand(
    danach: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere, monkeypatch: pytest.MonkeyPatch
) -> None:
    vorher = danach.lies("berichte/intern_land/index.html")
    liefere("stellen", zeilen=[{**z, "name": "Neu"} for z in GUELTIG["stellen"]()])
    plan = plane(danach, land)
    assert [(s.datensatz, s.berichtsjahr, s.meldeeinheit) for s in plan.lieferungen] == [("stellen", 2025, EINHEIT.id)]

    def bricht(*_: object) -> None:
        raise OSError("kein Platz")

    with monkeypatch.context() as stoerung:
        stoerung.setattr("assets.berichte.rendern.veroeffentliche", bricht)
        with pytest.raises(LaufError, match="kein Platz"):
            fuehre_aus(plan, danach, land, instanz)
    assert danach.lies("berichte/intern_land/index.html") == vorher
    offen = plane(danach, land)
    assert offen.landesebene
    assert not offen.lieferungen
    fuehre_aus(offen, danach, land, instanz)
    assert plane(danach, land).ist_leer
