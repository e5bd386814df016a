"""The audit trail shows what was done to it, even by somebody the database obeys."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.lieferbuch.abgleich import widersprueche
from assets.lieferbuch.kette import ANFANG, pruefe_kette
from assets.lieferbuch.tabellen import ereignisse, fassungen
from assets.lieferbuch.verbindung import lies, schreibe
from schemas.laender import lade_land
from tests.lieferbuch.faelle import angenommene, sha


def _entwaffne(v: sa.Connection) -> None:
    """What somebody does who owns the database: takes the triggers away."""
    if v.dialect.name == "postgresql":
        v.exec_driver_sql("ALTER TABLE ereignisse DISABLE TRIGGER ALL")
        return
    for name in v.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        v.exec_driver_sql(f"DROP TRIGGER {name}")


def test_eine_leere_kette_ist_heil(buch: sa.Engine) -> None:
    with lies(buch) as v:
        befund = pruefe_kette(v)
    assert (befund.laenge, befund.kopf, befund.ist_heil) == (0, ANFANG, True)


@pytest.mark.parametrize(
    ("spalte", "wert"),
    [
        ("daten", "{}"),
        ("akteur", 1),
        ("zeitpunkt", "2020-01-01T00:00:00+00:00"),
        ("art", "verworfen"),
        ("fassung_id", 1),
        ("hash", sha("anders")),
        ("vorher", sha("anders")),
    ],
)
def test_jede_aenderung_wird_am_ersten_falschen_ereignis_erkannt(buch: sa.Engine, spalte: str, wert: str | int) -> None:
    wer = angenommene(buch)
    # The second right somebody got: an event in the middle, about a person and no version.
    nummer = 7
    with schreibe(buch) as v:
        _entwaffne(v)
        anders = {"akteur": wer.bert}.get(spalte, wert)
        v.execute(sa.update(ereignisse).where(ereignisse.c.nummer == nummer).values({spalte: anders}))
    with lies(buch) as v:
        befund = pruefe_kette(v)
    assert befund.bruch is not None
    assert f"Ereignis {nummer} " in befund.bruch
    assert befund.laenge == nummer - 1


def test_ein_fehlendes_ereignis_wird_genannt(buch: sa.Engine) -> None:
    angenommene(buch)
    with schreibe(buch) as v:
        _entwaffne(v)
        v.execute(sa.delete(ereignisse).where(ereignisse.c.nummer == 5))
    with lies(buch) as v:
        assert "Ereignis 5 fehlt" in (pruefe_kette(v).bruch or "")


def test_ein_von_hand_geaenderter_stand_faellt_auf(buch: sa.Engine, tmp_path: Path) -> None:
    angenommene(buch)
    with schreibe(buch) as v:
        v.execute(sa.update(fassungen).values(zustand="zurueckgewiesen"))
    with lies(buch) as v:
        gefunden = list(widersprueche(v, Ablage(tmp_path), lade_land("sachsen")))
    assert any("Der Stand ist nicht der" in satz for satz in gefunden)
