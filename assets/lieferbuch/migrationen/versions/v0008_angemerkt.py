"""Step 8: the event of a remark beside a figure; remarks of before have none."""

from assets.lieferbuch.migrationen.codes import nimm_auf

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Allows the event."""
    nimm_auf("ereignisse", "art", ("angemerkt",))
