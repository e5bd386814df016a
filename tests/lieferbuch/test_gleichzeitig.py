"""Many writers at once, and one that is killed: nothing is lost, taken twice, or half done."""

import multiprocessing
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import SpawnContext
from pathlib import Path

import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.empfang import alle_belege, nimm_an
from assets.lieferbuch import kette
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen, gib_frei, ziehe_zurueck
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.tabellen import belege, fassungen
from assets.lieferbuch.verbindung import lies, oeffne, schreibe
from schemas.laender import lade_land
from tests.lieferbuch.faelle import SCHLUESSEL, angenommene, beleg, fassung, leute, urteil

LAND = lade_land("sachsen")
NAME = "beratung_14625_2025.csv"
JE_PROZESS, PROZESSE = 4, 3
KONTEXT: SpawnContext = multiprocessing.get_context("spawn")


def _liefere(ort: str, url: str, prozess: int, person: int) -> None:
    """What a portal does, in a process of its own: store, then book, several at once."""
    ablage, buch = Ablage(ort), oeffne(sa.make_url(url))

    def eine(nummer: int) -> None:
        empfang = nimm_an(ablage, LAND, NAME, f"{prozess}/{nummer}".encode(), weg="portal")
        with schreibe(buch) as v:
            buche_eingang(v, empfang.beleg, person)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(eine, range(JE_PROZESS)))


def _text(buch: sa.Engine) -> str:
    return buch.url.render_as_string(hide_password=False)


def _starte(ziel: object, *argumente: object) -> multiprocessing.process.BaseProcess:
    prozess = KONTEXT.Process(target=ziel, args=argumente)  # type: ignore[arg-type]
    prozess.start()
    return prozess


def test_gleichzeitige_lieferungen_gehen_nicht_verloren(buch: sa.Engine, tmp_path: Path) -> None:
    with schreibe(buch) as v:
        wer = leute(v)
    prozesse = [_starte(_liefere, str(tmp_path), _text(buch), nr, wer.anna) for nr in range(PROZESSE)]
    for prozess in prozesse:
        prozess.join(60)
    assert [p.exitcode for p in prozesse] == [0] * PROZESSE
    alle = JE_PROZESS * PROZESSE
    with lies(buch) as v:
        gebucht = v.execute(sa.select(fassungen.c.version, fassungen.c.sha256)).all()
        assert v.execute(sa.select(sa.func.count()).select_from(belege)).scalar_one() == alle
        assert pruefe_kette(v).ist_heil
    (vorhanden,) = alle_belege(Ablage(tmp_path), LAND).values()
    assert sorted(version for version, _ in gebucht) == list(range(1, alle + 1))
    assert set(gebucht) == {(b.version, b.sha256) for b in vorhanden}


def test_eine_freigabe_und_ein_rueckzug_zugleich_gehen_nicht_beide(buch: sa.Engine) -> None:
    wer = angenommene(buch)

    def versuche(tat: str) -> bool:
        try:
            with schreibe(buch) as v:
                if tat == "frei":
                    gib_frei(v, fassung(v), wer.bert)
                else:
                    ziehe_zurueck(v, fassung(v), "falsch", wer.anna)
        except LieferbuchError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(versuche, ["frei", "zurueck"] * 4)) == 1


def _stirb_beim(ereignis: int, url: str) -> None:
    """Books a check and what follows, and is killed at its so-manieth event, before anything is committed."""
    buch, echt, gezaehlt = oeffne(sa.make_url(url)), kette.haenge_an, iter(range(1, 99))

    def haenge_an_und_stirb(*argumente: object) -> None:
        echt(*argumente)  # type: ignore[arg-type]
        if next(gezaehlt) == ereignis:
            os.kill(os.getpid(), signal.SIGKILL)

    for modul in [m for name, m in sys.modules.items() if name.startswith("assets.lieferbuch.")]:
        if hasattr(modul, "haenge_an"):
            vars(modul)["haenge_an"] = haenge_an_und_stirb
    with schreibe(buch) as v:
        _was_geschieht(v)


def _was_geschieht(v: sa.Connection) -> None:
    buche_eingang(v, beleg(2, weg="korb"))
    buche_pruefungen(v, SCHLUESSEL, {2: urteil()})


def test_wer_mitten_in_einer_buchung_stirbt_hinterlaesst_nichts_halbes(buch: sa.Engine) -> None:
    """Of the four events (received, checked, old version replaced, new one accepted) three are written."""
    angenommene(buch)
    with lies(buch) as v:
        vorher = pruefe_kette(v)
    opfer = _starte(_stirb_beim, 3, _text(buch))
    opfer.join(60)
    assert opfer.exitcode == -signal.SIGKILL
    with lies(buch) as v:
        assert pruefe_kette(v) == vorher
        assert fassung(v).zustand == "angenommen"
    with schreibe(buch) as v:
        _was_geschieht(v)
        assert (fassung(v, 1).zustand, fassung(v, 2).zustand) == ("ersetzt", "angenommen")
    with lies(buch) as v:
        assert pruefe_kette(v).laenge == vorher.laenge + 4
