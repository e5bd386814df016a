"""The process's surroundings: which Land, which Ablage, which Dagster instance.

What belongs here: reading environment variables and filling in what the embedded set-up needs.
"""

import os
from pathlib import Path

from assets.ablage import Ablage
from assets.eingang.korb import korb_ordner
from assets.ressourcen import standard_wurzel
from schemas.pfade import PROJEKT


def richte_ein() -> Ablage:
    """Sets what Dagster needs unless it is set, and returns the Ablage.

    Without `DAGSTER_HOME` the instance is the project's own, with its storage beside the data.
    """
    ablage = Ablage(standard_wurzel())
    ort = ablage.lokal or PROJEKT / "data" / "arbeit"
    os.environ.setdefault("DAGSTER_HOME", str(PROJEKT / "data" / "dagster_home"))
    speicher = Path(os.environ.setdefault("TEILHABE_DAGSTER", str(ort.resolve() / "dagster")))
    speicher.mkdir(parents=True, exist_ok=True)
    korb_ordner().mkdir(parents=True, exist_ok=True)
    return ablage
