"""The process's surroundings: which Land, which Ablage, which Dagster instance.

What belongs here: reading environment variables and filling in what the embedded set-up needs.
"""

import os
from pathlib import Path

from assets.ablage import STANDARD, Ablage
from assets.eingang.korb import korb_ordner
from schemas.pfade import PROJEKT


def standard_wurzel() -> str:
    """Root of the Ablage: `TEILHABE_ABLAGE` (a path or fsspec URL), else the default folder in the project."""
    return os.environ.get("TEILHABE_ABLAGE") or str(PROJEKT / STANDARD)


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
