"""Lets the Lieferbuch follow what was taken in and checked, wherever somebody keeps one.

What belongs here: when it follows, and what happens if its database cannot be reached: nothing, but that it is said.
What does not: the bookings (`assets/lieferbuch/`). No stage knows of the Lieferbuch, so none can fail because of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.empfang import pruefsumme
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.kette import letzte_nummer
from assets.lieferbuch.migration import verlange_stand
from assets.lieferbuch.nachtrag import Nachtrag, trage_nach
from assets.lieferbuch.verbindung import adresse, ist_angelegt, lies, oeffne
from assets.pruefung.lieferungen import STUFE
from assets.ressourcen import AblageResource
from assets.stand import fingerabdruck, pfad
from schemas.modell import Land
from schemas.zahlwort import in_zahlen


class RueckstandError(RuntimeError):
    """The Lieferbuch is behind; receipts and protocols keep what it has to catch up with."""


def folge(ablage: Ablage, land: Land) -> Nachtrag | None:
    """Books what is new; None where nobody keeps a Lieferbuch.

    Raises:
        RueckstandError: it could not be done now. The next time does it.
    """
    if not ist_angelegt(ablage):
        return None
    with geoeffnet(ablage) as engine:
        return trage_nach(engine, ablage, land)


@contextmanager
def geoeffnet(ablage: Ablage) -> Iterator[sa.Engine]:
    """The Lieferbuch of a process that only looks in.

    Raises:
        RueckstandError: it cannot be reached or is of another version. The next time does it.
    """
    try:
        engine = oeffne(adresse(ablage))
        try:
            verlange_stand(engine)
            yield engine
        finally:
            engine.dispose()
    except (LieferbuchError, sa.exc.SQLAlchemyError) as fehler:
        raise RueckstandError(
            f"Das Lieferbuch ist nicht auf dem Stand; der nächste Lauf holt es nach. {fehler}"
        ) from fehler


def _gebucht(ablage: Ablage) -> str:
    """Changes with every booking; empty where nobody keeps a Lieferbuch."""
    if not ist_angelegt(ablage):
        return ""
    with geoeffnet(ablage) as engine, lies(engine) as v:
        return str(letzte_nummer(v))


def sensor_lieferbuch(land: Land) -> dg.SensorDefinition:
    """Follows receipts, checks and decisions. If it cannot, its tick is red, and the next one tries again."""

    @dg.sensor(
        name="lieferbuch_folgt",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Trägt im Lieferbuch nach, was eingegangen ist und geprüft wurde, sofern es geführt wird.",
    )
    def lieferbuch_folgt(context: dg.SensorEvaluationContext, ablage: AblageResource) -> dg.SensorResult:
        ort = ablage.oeffne()
        belege = ort.liste("eingang", "*/*/*/*.json")
        gesehen = pruefsumme("\n".join([*belege, fingerabdruck(ort, [pfad(STUFE)])]).encode())
        if f"{gesehen} {_gebucht(ort)}" == context.cursor:
            return dg.SensorResult(skip_reason="Nichts Neues.", cursor=context.cursor)
        ergebnis = folge(ort, land)
        if ergebnis is None:
            return dg.SensorResult(skip_reason="Es wird kein Lieferbuch geführt.")
        zahl = in_zahlen(ergebnis.nachgetragen, "Lieferung", "Lieferungen")
        return dg.SensorResult(skip_reason=f"{zahl} nachgetragen.", cursor=f"{gesehen} {_gebucht(ort)}")

    return lieferbuch_folgt
