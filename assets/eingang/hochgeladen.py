"""Files a program has sent to be checked and has not handed in yet: kept beside the Eingang, and only for a while.

What belongs here: keeping, finding, forgetting them. What does not: versions and receipts (`empfang.py`). Nothing here
is a delivery: no run looks at it, and it can be sent again.
"""

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import pruefsumme

FRIST = timedelta(days=7)
"""How long a file may wait to be handed in."""
HOECHSTENS = 5
"""Files that wait of one delivery; the oldest makes room."""
_ORDNER = "hochgeladen"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Hochgeladen:
    """A file that waits: its name as it was first sent, and when that was (UTC, ISO 8601, to the second)."""

    dateiname: str
    sha256: str
    hochgeladen_am: str

    @property
    def verfaellt_am(self) -> str:
        """When it will be forgotten."""
        return (datetime.fromisoformat(self.hochgeladen_am) + FRIST).isoformat(timespec="seconds")


def lege_ab(ablage: Ablage, schluessel: Lieferschluessel, name: str, inhalt: bytes) -> tuple[Hochgeladen, bool]:
    """Keeps a file and says whether it is new; the same bytes again change nothing. Forgets what waited too long."""
    raeume_auf(ablage)
    eintrag = Hochgeladen(name, pruefsumme(inhalt), datetime.now(UTC).isoformat(timespec="seconds"))
    vermerk = _vermerk(schluessel, eintrag.sha256)
    # Bytes first: what is noted can be handed in.
    ablage.lege_an(_datei(schluessel, eintrag.sha256), inhalt)
    neu = ablage.lege_an(vermerk, json.dumps(asdict(eintrag), ensure_ascii=False).encode())
    andere = [w for w in _vermerke(ablage, f"{schluessel.ordner}/*.json") if w[0] != vermerk]
    for pfad, _ in sorted(andere, key=lambda w: w[1].hochgeladen_am)[: 1 - HOECHSTENS]:
        _vergiss(ablage, pfad)
    return eintrag if neu else _lies(ablage, vermerk), neu


def finde(ablage: Ablage, schluessel: Lieferschluessel, sha256: str) -> tuple[Hochgeladen, bytes] | None:
    """A file that waits; None if it does not (any more)."""
    if not _SHA256.fullmatch(sha256):
        return None
    try:
        return _lies(ablage, _vermerk(schluessel, sha256)), ablage.lies(_datei(schluessel, sha256))
    except FileNotFoundError:
        return None


def vergiss(ablage: Ablage, schluessel: Lieferschluessel, sha256: str) -> None:
    """Forgets a file that waits no more."""
    _vergiss(ablage, _vermerk(schluessel, sha256))


def raeume_auf(ablage: Ablage) -> None:
    """Forgets what waited too long, of all deliveries."""
    zu_alt = (datetime.now(UTC) - FRIST).isoformat(timespec="seconds")
    for pfad, eintrag in _vermerke(ablage, "*/*/*/*.json"):
        if eintrag.hochgeladen_am < zu_alt:
            _vergiss(ablage, pfad)


def _vermerke(ablage: Ablage, muster: str) -> list[tuple[str, Hochgeladen]]:
    gefunden = []
    for pfad in ablage.liste(_ORDNER, muster):
        # Somebody else may be forgetting it.
        with suppress(FileNotFoundError):
            gefunden.append((pfad, _lies(ablage, pfad)))
    return gefunden


def _lies(ablage: Ablage, pfad: str) -> Hochgeladen:
    return Hochgeladen(**json.loads(ablage.lies(pfad)))


def _vergiss(ablage: Ablage, vermerk: str) -> None:
    ablage.loesche(vermerk)
    ablage.loesche(vermerk.removesuffix("json") + "datei")


def _vermerk(schluessel: Lieferschluessel, sha256: str) -> str:
    return f"{_ORDNER}/{schluessel.ordner}/{sha256}.json"


def _datei(schluessel: Lieferschluessel, sha256: str) -> str:
    return f"{_ORDNER}/{schluessel.ordner}/{sha256}.datei"
