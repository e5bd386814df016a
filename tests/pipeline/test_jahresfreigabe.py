"""From the release of a year in the Lieferbuch to the public release: one run each, its result noted, nothing lost."""

from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fuehren import finde, gib_frei
from assets.lieferbuch.jahresfreigaben import Jahresfreigabe, jahresfreigaben
from assets.lieferbuch.migration import migriere
from assets.lieferbuch.nachtrag import trage_nach
from assets.lieferbuch.rechte import lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM
from assets.lieferbuch.verbindung import DATEI, adresse, lies, oeffne, schreibe
from assets.lieferbuch.veroeffentlichen import schlage_vor, veroeffentliche
from assets.pruefung.lieferungen import pruefe_alle
from assets.ressourcen import AblageResource
from assets.veroeffentlichung import assets as veroeffentlichung_assets
from assets.veroeffentlichung.bauen import Release
from assets.veroeffentlichung.regal import ReleaseError
from assets.veroeffentlichung.veroeffentlichen import Ergebnis, NichtVeroeffentlichtError
from pipeline.automatisierung import VEROEFFENTLICHUNG
from pipeline.buchfuehrung import RueckstandError
from pipeline.definitions import build_defs
from pipeline.jahresfreigabe import sensor_veroeffentlichung
from schemas.lieferbuch import FACHSTELLE, FREIGABE
from schemas.modell import Land
from tests.pipeline.conftest import Liefere
from tests.pruefung.faelle import EINHEIT

JAHR = 2025
SCHLUESSEL = Lieferschluessel("personal", JAHR, EINHEIT.id)


@pytest.fixture
def buch(ablage: Ablage, land: Land, liefere: Liefere) -> sa.Engine:
    """A Lieferbuch with a released delivery."""
    engine = oeffne(adresse(ablage))
    migriere(engine)
    liefere("personal")
    list(pruefe_alle(ablage, land, [SCHLUESSEL]))
    trage_nach(engine, ablage, land)
    with schreibe(engine) as v:
        for name, rolle, einheit in (
            ("fred", FREIGABE, EINHEIT.id),
            ("amt", FACHSTELLE, None),
            ("amtzwei", FACHSTELLE, None),
        ):
            vergib(v, lege_person_an(v, name, name.title(), SYSTEM), rolle, SYSTEM, einheit)
        fassung = finde(v, SCHLUESSEL, 1)
        gib_frei(v, fassung, 3)
    return engine


def gib_jahr_frei(buch: sa.Engine) -> int:
    with schreibe(buch) as v:
        nummer = schlage_vor(v, JAHR, 4)
        veroeffentliche(v, nummer, 5)
    return nummer


def blick(ablage: Ablage, instanz: dg.DagsterInstance) -> list[dg.RunRequest]:
    """What a tick asks for."""
    ressource = AblageResource(wurzel=str(ablage.wurzel))
    with dg.build_sensor_context(instance=instanz, resources={"ablage": ressource}) as kontext:
        ergebnis = sensor_veroeffentlichung()(kontext)
    assert isinstance(ergebnis, list | dg.SkipReason)
    return ergebnis if isinstance(ergebnis, list) else []


def fuehre_lauf_aus(ablage: Ablage, land: Land, instanz: dg.DagsterInstance, anfrage: dg.RunRequest) -> bool:
    job = build_defs(land, str(ablage.wurzel)).resolve_job_def(VEROEFFENTLICHUNG)
    tags = {**anfrage.tags, "dagster/run_key": str(anfrage.run_key)}
    return job.execute_in_process(instance=instanz, raise_on_error=False, tags=tags).success


def letzte(buch: sa.Engine) -> Jahresfreigabe:
    with lies(buch) as v:
        return jahresfreigaben(v)[0]


def test_ohne_lieferbuch_und_ohne_freigabe_geschieht_nichts(ablage: Ablage, instanz: dg.DagsterInstance) -> None:
    assert blick(ablage, instanz) == []
    assert not ablage.gibt_es(DATEI)
    engine = oeffne(adresse(ablage))
    migriere(engine)
    assert blick(ablage, instanz) == []


def test_was_im_weg_steht_wird_vermerkt_und_nach_einem_neuen_vorschlag_geht_es(
    buch: sa.Engine,
    ablage: Ablage,
    land: Land,
    instanz: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    erste = gib_jahr_frei(buch)
    (anfrage,) = blick(ablage, instanz)
    assert anfrage.run_key == str(erste)
    (noch_einmal,) = blick(ablage, instanz)
    assert noch_einmal.run_key == anfrage.run_key, "solange es keinen Lauf gibt, wird derselbe verlangt"
    assert not fuehre_lauf_aus(ablage, land, instanz, anfrage)
    assert blick(ablage, instanz) == []
    assert "fehlen Angaben" in (letzte(buch).grund or "")
    assert letzte(buch).ausgabe is None
    assert blick(ablage, instanz) == [], "was gescheitert ist, wird nicht von selbst noch einmal versucht"

    zweite = gib_jahr_frei(buch)
    (anfrage,) = blick(ablage, instanz)
    assert anfrage.run_key == str(zweite) != str(erste)
    gelungen = Ergebnis(Release("2026-07-01-abc", {}, {}, {}), Path("nirgends"), neu=True)
    monkeypatch.setattr(veroeffentlichung_assets, "veroeffentliche", lambda *_: gelungen)
    assert fuehre_lauf_aus(ablage, land, instanz, anfrage)
    assert letzte(buch).ausgabe is None, "vermerkt wird es beim nächsten Blick"
    assert blick(ablage, instanz) == blick(ablage, instanz) == []
    assert (letzte(buch).nummer, letzte(buch).ausgabe, letzte(buch).grund) == (zweite, "2026-07-01-abc", None)


@pytest.mark.parametrize(
    ("fehler", "grund"),
    [
        (NichtVeroeffentlichtError(("Erstens.", "Zweitens.")), "Erstens.\nZweitens."),
        (ReleaseError("Genau diese Ausgabe wurde zurückgezogen."), "Genau diese Ausgabe wurde zurückgezogen."),
        (OSError("Platte voll: /geheim"), "ist nicht zu Ende gekommen"),
    ],
)
def test_jeder_fehlschlag_nennt_seinen_grund(
    buch: sa.Engine,
    ablage: Ablage,
    land: Land,
    instanz: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
    fehler: Exception,
    grund: str,
) -> None:
    gib_jahr_frei(buch)
    (anfrage,) = blick(ablage, instanz)

    def scheitere(*_: object) -> None:
        raise fehler

    monkeypatch.setattr(veroeffentlichung_assets, "veroeffentliche", scheitere)
    assert not fuehre_lauf_aus(ablage, land, instanz, anfrage)
    assert blick(ablage, instanz) == []
    assert grund in (letzte(buch).grund or "")
    assert "geheim" not in (letzte(buch).grund or "")


def test_auf_einen_laufenden_und_einen_den_dagster_wiederholt_wird_gewartet(
    buch: sa.Engine, ablage: Ablage, land: Land, instanz: dg.DagsterInstance
) -> None:
    nummer = gib_jahr_frei(buch)
    (anfrage,) = blick(ablage, instanz)
    job = build_defs(land, str(ablage.wurzel)).resolve_job_def(VEROEFFENTLICHUNG)
    lauf = instanz.create_run_for_job(job, tags=dict(anfrage.tags))
    assert blick(ablage, instanz) == []
    instanz.report_run_failed(lauf)
    instanz.add_run_tags(lauf.run_id, {"dagster/will_retry": "true"})
    assert blick(ablage, instanz) == []
    assert letzte(buch).grund is None
    instanz.add_run_tags(lauf.run_id, {"dagster/will_retry": "false"})
    assert blick(ablage, instanz) == []
    assert lauf.run_id in (letzte(buch).grund or "")
    assert letzte(buch).nummer == nummer


def test_ein_unerreichbares_lieferbuch_macht_den_blick_rot(
    ablage: Ablage, instanz: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", "postgresql://amt@/buch?host=/nirgends")
    with pytest.raises(RueckstandError):
        blick(ablage, instanz)
