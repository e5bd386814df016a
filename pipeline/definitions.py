"""The code location: everything Dagster loads, built by one function from a Land profile.

Tests and the command line build it the same way, with another Land or another Ablage.
"""

import dagster as dg

from assets.auswertung.assets import auswertung_assets
from assets.berichte.assets import berichte_assets
from assets.druck.assets import druck_assets
from assets.geheimhaltung.assets import geheimhaltung_assets
from assets.pruefung.assets import pruefung_assets
from assets.querpruefung.assets import querpruefung_assets
from assets.referenz.assets import referenz_assets
from assets.ressourcen import AblageResource
from assets.veroeffentlichung.assets import veroeffentlichung_assets
from pipeline import automatisierung, buchfuehrung, jahresfreigabe
from pipeline.mail.sensor import sensor_mail
from pipeline.umgebung import standard_wurzel
from schemas.laender import gewaehltes_land
from schemas.modell import Land


def build_defs(land: Land, wurzel: str) -> dg.Definitions:
    """All assets, checks, jobs, schedules and sensors of a Land, storing under `wurzel` (path or fsspec URL)."""
    folgt = automatisierung.landesebene_folgt()
    return dg.Definitions(
        assets=[
            *pruefung_assets(land),
            *referenz_assets(land),
            *querpruefung_assets(land, folgt),
            *auswertung_assets(land, folgt),
            *geheimhaltung_assets(land, folgt),
            *berichte_assets(land, folgt),
            *veroeffentlichung_assets(land),
            *druck_assets(land),
        ],
        jobs=automatisierung.jobs(land),
        schedules=[automatisierung.zeitplan_naechtlich(land)],
        sensors=[
            automatisierung.sensor_eingangskorb(land),
            automatisierung.sensor_landesebene(),
            buchfuehrung.sensor_lieferbuch(land),
            jahresfreigabe.sensor_veroeffentlichung(),
            sensor_mail(land),
        ],
        resources={"ablage": AblageResource(wurzel=wurzel)},
        # A step in a process of its own costs two seconds; the steps here are few and short.
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` and `dg` load: the Land and the Ablage named by the environment."""
    return build_defs(gewaehltes_land(), standard_wurzel())
