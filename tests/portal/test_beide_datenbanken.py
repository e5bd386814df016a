"""The portal's main way and its races, with the Lieferbuch in SQLite and in PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import belege_von
from assets.lieferbuch.fuehren import finde
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.lesen import verlauf
from assets.lieferbuch.rechte import entzieh, vergib
from assets.lieferbuch.tabellen import SYSTEM
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.portal import annahme
from schemas.lieferbuch import BEARBEITUNG, FREIGABE
from tests.eingang.mappen import mappe
from tests.lieferbuch.conftest import NeueAdresse
from tests.portal.welt import DATENSATZ, JAHR, KREIS, ORT, Welt, baue, beispiel, nummer, sende, server, tue, ueber_netz

MAPPENNAME = f"lieferung_{KREIS}_{JAHR}.xlsx"
SCHLUESSEL = Lieferschluessel(DATENSATZ, JAHR, KREIS)


@pytest.fixture
def welt(neue_adresse: NeueAdresse, tmp_path: Path) -> Iterator[Welt]:
    neue = baue(tmp_path, url=neue_adresse())
    yield neue
    neue.engine.dispose()


def nimm_recht(welt: Welt, kennung: str, rolle: str) -> None:
    with schreibe(welt.engine) as v:
        entzieh(v, nummer(welt, kennung), rolle, SYSTEM, KREIS)


def test_von_der_anmeldung_bis_zum_rueckzug(welt: Welt) -> None:
    ort = f"/kreis/{KREIS}/{JAHR}/rueckkehr"
    schluessel = Lieferschluessel("rueckkehr", JAHR, KREIS)

    def stand() -> str:
        with lies(welt.engine) as v:
            return finde(v, schluessel, 1).zustand

    bea, fred, stelle = welt.als("bea"), welt.als("fred"), welt.als("stelle")
    assert sende(bea, ort, beispiel(datensatz="rueckkehr")).headers["location"] == f"{ort}/1"
    assert stand() == "angenommen_mit_hinweisen"
    assert tue(fred, f"{ort}/1/freigeben").status_code == 409
    grund = {"code": "total_row", "spalte": "", "text": "Die Summe steht immer da."}
    assert tue(bea, f"{ort}/1/begruenden", **grund).status_code == 303
    assert tue(bea, f"{ort}/1/freigeben").status_code == 403
    assert tue(fred, f"{ort}/1/freigeben").status_code == 303
    assert stand() == "freigegeben"
    assert tue(bea, f"{ort}/1/zurueckziehen", grund="Zu früh").status_code == 403
    assert tue(stelle, f"{ort}/1/zurueckziehen", grund="Auf Wunsch des Kreises").status_code == 303
    assert stand() == "zurueckgezogen"
    assert "Auf Wunsch des Kreises" in fred.get(f"{ort}/1").text
    assert welt.als("fremd").get(f"{ort}/1").status_code == 404
    with lies(welt.engine) as v:
        assert pruefe_kette(v).ist_heil


def test_das_recht_fehlt_schon_beim_naechsten_aufruf(welt: Welt) -> None:
    bea, fred = welt.als("bea"), welt.als("fred")
    assert sende(bea, ORT, beispiel()).status_code == 303
    assert fred.get(f"{ORT}/1").status_code == 200
    nimm_recht(welt, "fred", FREIGABE)
    assert tue(fred, f"{ORT}/1/freigeben").status_code == 404
    assert fred.get(f"{ORT}/1").status_code == 404
    with schreibe(welt.engine) as v:
        vergib(v, nummer(welt, "fred"), FREIGABE, SYSTEM, KREIS)
    assert tue(fred, f"{ORT}/1/freigeben").status_code == 303


def als_mappe() -> bytes:
    zeilen = beispiel().decode("utf-8-sig").splitlines()
    return mappe({DATENSATZ: [zeile.split(";") for zeile in zeilen]})


@pytest.mark.parametrize(
    ("pfad", "name", "stelle"),
    [(ORT, "datei.csv", "ist_leere_vorlage"), (f"/kreis/{KREIS}/{JAHR}", MAPPENNAME, "teile_mappe")],
    ids=["datei", "mappe"],
)
def test_wem_mitten_in_der_abgabe_das_recht_entzogen_wird_der_hinterlaesst_nichts(
    welt: Welt, monkeypatch: pytest.MonkeyPatch, pfad: str, name: str, stelle: str
) -> None:
    bea = welt.als("bea")
    inhalt = als_mappe() if name == MAPPENNAME else beispiel()
    eigentlich: Callable[..., object] = getattr(annahme, stelle)

    def nimm_danach(*argumente: object) -> object:
        ergebnis = eigentlich(*argumente)
        nimm_recht(welt, "bea", BEARBEITUNG)
        return ergebnis

    monkeypatch.setattr(annahme, stelle, nimm_danach)
    assert sende(bea, pfad, inhalt, name=name).status_code == 403
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []
    monkeypatch.undo()
    with schreibe(welt.engine) as v:
        vergib(v, nummer(welt, "bea"), BEARBEITUNG, SYSTEM, KREIS)
    assert sende(bea, pfad, inhalt, name=name).status_code in {200, 303}
    assert len(belege_von(welt.umfeld.ablage, SCHLUESSEL)) == 1


def test_zwei_geben_ab_und_einer_verliert_dabei_das_recht(welt: Welt) -> None:
    """What was answered with a receipt is there, what was refused left nothing, and nothing got lost between."""
    inhalte = [beispiel() + b"\n" * n for n in range(12)]
    genommen = threading.Event()
    with (
        server(welt.app) as wurzel,
        ueber_netz(welt, wurzel, "bea") as eine,
        ueber_netz(welt, wurzel, "stelle") as andere,
        ThreadPoolExecutor(4) as faeden,
    ):

        def gib_ab(n: int) -> tuple[int, int]:
            if n == 5:
                nimm_recht(welt, "bea", BEARBEITUNG)
                genommen.set()
            schon = genommen.is_set()
            status = sende((eine, andere)[n % 2], ORT, inhalte[n]).status_code
            assert not (schon and n % 2 == 0 and status == 303), "nach dem Entzug noch angenommen"
            return n, status

        antworten = list(faeden.map(gib_ab, range(12)))
        assert sende(eine, ORT, beispiel() + b"\n" * 12).status_code == 404
    gut = [n for n, status in antworten if status == 303]
    assert {status for _, status in antworten} <= {303, 403, 404}
    assert {1, 3, 5, 7, 9, 11} <= set(gut)
    belege = belege_von(welt.umfeld.ablage, SCHLUESSEL)
    with lies(welt.engine) as v:
        gebucht = [(f.version, f.sha256) for f in verlauf(v, SCHLUESSEL)]
        assert pruefe_kette(v).ist_heil
    assert sorted(gebucht) == [(b.version, b.sha256) for b in belege]
    assert len(belege) == len(gut)


def test_zwei_geben_dieselbe_fassung_zugleich_frei(welt: Welt) -> None:
    bea = welt.als("bea")
    sende(bea, ORT, beispiel())
    with schreibe(welt.engine) as v:
        vergib(v, nummer(welt, "anna"), FREIGABE, SYSTEM, KREIS)
    leute = (welt.als("fred"), welt.als("anna"))
    with ThreadPoolExecutor(2) as faeden:
        stati = sorted(faeden.map(lambda p: tue(p, f"{ORT}/1/freigeben").status_code, leute))
    assert stati == [303, 409]
    with lies(welt.engine) as v:
        assert finde(v, SCHLUESSEL, 1).zustand == "freigegeben"
