"""Sends mail regularly while Dagster runs; without it `teilhabe mail senden` does the same.

What belongs here: when, and what a tick says. What does not: the pass (`ablauf.py`).
"""

import dagster as dg

from assets.lieferbuch.verbindung import ist_angelegt
from assets.ressourcen import AblageResource
from pipeline.buchfuehrung import geoeffnet
from pipeline.mail.ablauf import sende_alles
from pipeline.mail.einstellung import AUS, lies_einstellung
from pipeline.mail.fehler import MailError
from pipeline.portal.quellen import Quellen
from schemas.modell import Land

_SEKUNDEN = 20
"""A tick is given a minute by Dagster, and other sensors wait meanwhile."""


def sensor_mail(land: Land) -> dg.SensorDefinition:
    """A pass every five minutes, if mail is set up. While the server is away ticks are red, and each tries again."""

    @dg.sensor(
        name="mail_versand",
        minimum_interval_seconds=300,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Schreibt Mails zu Eingang, Prüfung und Fristen, sofern Mail eingerichtet ist.",
    )
    def mail_versand(ablage: AblageResource) -> dg.SkipReason:
        einstellung = lies_einstellung()
        if einstellung is None:
            return dg.SkipReason(AUS)
        ort = ablage.oeffne()
        if not ist_angelegt(ort):
            return dg.SkipReason("Es wird kein Lieferbuch geführt.")
        with geoeffnet(ort) as engine:
            ergebnis = sende_alles(Quellen(ort, land, engine), einstellung, sekunden=_SEKUNDEN)
        if ergebnis.stoerung is not None:
            raise MailError(f"{ergebnis.stoerung} {ergebnis.als_text()}")
        return dg.SkipReason(ergebnis.als_text())

    return mail_versand
