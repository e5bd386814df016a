"""The Ablage as a Dagster resource, so that assets never read the environment themselves."""

import dagster as dg

from assets.ablage import Ablage


class AblageResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # the type parameter is Dagster's own business
    """Where everything created at run time lies."""

    wurzel: str

    def oeffne(self) -> Ablage:
        """The Ablage at this root."""
        return Ablage(self.wurzel)
