"""The public edition in a real run: made, attacked, stored; and not stored if the attack finds anything."""

import json
from dataclasses import replace

import dagster as dg
import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.geheimhaltung import angriffsprobe, bilden
from assets.geheimhaltung.assets import ANGRIFF, OEFFENTLICHE_ERGEBNISSE
from assets.geheimhaltung.merkbuch import lies_merkbuch
from assets.partitionen import BEREICH_BIS, BEREICH_VON
from pipeline.automatisierung import EDITIONEN
from pipeline.cli import gruppe
from pipeline.definitions import build_defs
from pipeline.lauf import LaufError, fuehre_aus
from pipeline.plan import plane
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.modell import Land
from tests.pipeline.conftest import ErsterLauf, Liefere
from tests.pruefung.faelle import EINHEIT, GUELTIG


def _urteil(instanz: dg.DagsterInstance, lauf: str) -> bool:
    (ergebnis,) = [
        e.asset_check_evaluation_data
        for e in (r.dagster_event for r in instanz.all_logs(lauf))
        if e is not None
        and e.event_type_value == "ASSET_CHECK_EVALUATION"
        and e.asset_check_evaluation_data.check_name == ANGRIFF
    ]
    assert ergebnis.asset_key == OEFFENTLICHE_ERGEBNISSE
    return bool(ergebnis.passed)


def _editionen_in_einem_lauf(ablage: Ablage, land: Land, instanz: dg.DagsterInstance) -> None:
    """One run for some Meldeeinheiten; each has a materialization of its own with a link to its report."""
    erste, zweite = (m.id for m in land.meldeeinheiten[:2])
    job = build_defs(land, str(ablage.wurzel)).resolve_job_def(EDITIONEN)
    for erwartet in ("kreis_", "nichts"):
        lauf = job.execute_in_process(instance=instanz, tags={BEREICH_VON: erste, BEREICH_BIS: zweite})
        ereignisse = {m.partition: m for m in lauf.asset_materializations_for_node("editionen_schreiben")}
        assert set(ereignisse) == {erste, zweite}
        for kennung in (erste, zweite):
            angaben = ereignisse[kennung].metadata
            seite = angaben[land.meldeeinheit(kennung).name].value
            assert str(seite).endswith(f"{fuer(kennung)}/kreis_{kennung}.html")
            assert str(angaben["Neu gemacht"].value).startswith(erwartet)


def test_veroeffentlicht_wird_nur_was_sicher_ist(erster_lauf: ErsterLauf) -> None:
    ablage = erster_lauf.ablage
    assert _urteil(erster_lauf.instanz, erster_lauf.lauf)
    start = f"berichte/{OEFFENTLICH}/index.html"
    assert "Öffentliche Fassung" in ablage.lies(start).decode()
    assert json.loads(ablage.lies(f"berichte/{OEFFENTLICH}/daten/angriff.json"))["urteil"] == "sicher"
    for nur_oeffentlich in ("tabellen", "manifest.json", "angriff.json"):
        assert not ablage.gibt_es(f"berichte/{INTERN_LAND}/daten/{nur_oeffentlich}")
    assert "daten/tabellen/personal.csv" in ablage.lies(f"berichte/{OEFFENTLICH}/daten.html").decode()
    assert "  tabellen/personal.csv\n" in ablage.lies(f"berichte/{OEFFENTLICH}/daten/SHA256SUMS").decode()
    assert len(lies_merkbuch(ablage)) == 1


def test_was_unsicher_ist_laesst_den_letzten_guten_stand(
    danach: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schemas.laender.gewaehltes_land", lambda: land)
    vorher = danach.lies(f"berichte/{OEFFENTLICH}/daten/tabellen/personal.csv")
    _editionen_in_einem_lauf(danach, land, instanz)
    ergebnis = CliRunner().invoke(gruppe, ["editionen", "--meldeeinheit", EINHEIT.id])
    assert ergebnis.exit_code == 0, ergebnis.output
    eigene = danach.lies(f"berichte/{fuer(EINHEIT.id)}/kreis_{EINHEIT.id}.html").decode()
    assert f"Interne Fassung für {EINHEIT.name}" in eigene
    assert not list(danach.liste(f"berichte/{fuer(EINHEIT.id)}", f"{land.id}.html"))

    echt = angriffsprobe.greife_an
    monkeypatch.setattr(bilden, "greife_an", lambda *a: replace(echt(*a), urteil="unsicher"))
    liefere("personal", zeilen=[z | {"personen": z["personen"] + 1} for z in GUELTIG["personal"]()])
    with pytest.raises(LaufError, match="nicht abgelegt"):
        fuehre_aus(plane(danach, land), danach, land, instanz)
    assert danach.lies(f"berichte/{OEFFENTLICH}/daten/tabellen/personal.csv") == vorher
    assert len(lies_merkbuch(danach)) == 1
    assert CliRunner().invoke(gruppe, ["editionen"]).exit_code == 1
