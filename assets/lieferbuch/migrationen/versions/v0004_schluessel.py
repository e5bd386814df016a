"""Step 4: events of keys with which programs hand in."""

from assets.lieferbuch.migrationen.codes import nimm_auf

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Allows two more kinds of events."""
    nimm_auf("ereignisse", "art", ("schluessel_ausgestellt", "schluessel_widerrufen"))
