"""The clock deliverers live by. Stored times are UTC; what people read and what deadlines mean is local time."""

from datetime import datetime
from zoneinfo import ZoneInfo

ORTSZEIT = ZoneInfo("Europe/Berlin")


def ortszeit(zeitpunkt: str) -> datetime:
    """A stored time (ISO 8601 with its offset) as local time."""
    return datetime.fromisoformat(zeitpunkt).astimezone(ORTSZEIT)


def zeit(zeitpunkt: str) -> str:
    """A stored time as people read it."""
    return ortszeit(zeitpunkt).strftime("%d.%m.%Y, %H:%M Uhr")
