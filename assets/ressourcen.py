"""The Ablage as a Dagster resource, so that assets never read the environment themselves."""

import os

import dagster as dg

from assets.ablage import STANDARD, Ablage
from schemas.pfade import PROJEKT


def standard_wurzel() -> str:
    """Root of the Ablage: `TEILHABE_ABLAGE` (a path or fsspec URL), else the default folder in the project."""
    return os.environ.get("TEILHABE_ABLAGE") or str(PROJEKT / STANDARD)


class AblageResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # the type parameter is Dagster's own business
    """Where everything created at run time lies."""

    wurzel: str

    def oeffne(self) -> Ablage:
        """The Ablage at this root."""
        return Ablage(self.wurzel)
