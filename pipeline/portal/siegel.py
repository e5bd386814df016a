"""The seal on receipts: a signature that shows that this portal issued what stands in it.

What belongs here: the key and signing with it. What does not: what a receipt says (`quittung.py`).

The key is made when it is first needed and lies in the Ablage for its owner alone; `TEILHABE_QUITTUNGSSCHLUESSEL` names
another, so that several servers share one. With a new key, receipts issued before can no longer be verified.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from assets.ablage import Ablage
from assets.lieferbuch.fehler import VerbindungError

DATEI = "lieferbuch/quittungsschluessel"
_UMGEBUNG = "TEILHABE_QUITTUNGSSCHLUESSEL"
_MINDESTENS = 32
"""Characters of a key."""


class SiegelError(ValueError):
    """The text is no seal of this portal, or it was changed."""


class Siegel:
    """Signs plain data and gives it back from the signed text."""

    def __init__(self, schluessel: str) -> None:
        self._schreiber = URLSafeSerializer(
            schluessel, salt="quittung", signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )

    def setze(self, daten: Mapping[str, Any]) -> str:
        """The data and their signature as a text without blanks."""
        return str(self._schreiber.dumps(dict(daten)))

    def lies(self, text: str) -> dict[str, Any]:
        """The data of a signed text; blanks and line breaks from copying do not matter.

        Raises:
            SiegelError: it was not signed with this key.
        """
        try:
            return dict(self._schreiber.loads("".join(text.split())))
        except BadData as fehler:
            raise SiegelError("Dieses Siegel stammt nicht von diesem Portal, oder es wurde verändert.") from fehler


def lade_siegel(ablage: Ablage) -> Siegel:
    """The seal of this portal; makes its key if there is none.

    Raises:
        VerbindungError: nobody says which key, and the Ablage is not on this machine; or the key is too short.
    """
    schluessel = os.environ.get(_UMGEBUNG, "")
    if not schluessel:
        if ablage.lokal is None:
            raise VerbindungError(f"Die Ablage liegt nicht auf diesem Rechner. Bitte {_UMGEBUNG} setzen.")
        schluessel = _aus_datei(ablage.lokal / DATEI)
    if len(schluessel) < _MINDESTENS:
        raise VerbindungError(f"Der Schlüssel für Quittungen braucht mindestens {_MINDESTENS} Zeichen.")
    return Siegel(schluessel)


def _aus_datei(datei: Path) -> str:
    if not datei.exists():
        datei.parent.mkdir(parents=True, exist_ok=True)
        # Made whole, for its owner alone, and then given its name: of two who make one, both use the first.
        nummer, zwischen = tempfile.mkstemp(dir=datei.parent)
        with os.fdopen(nummer, "w", encoding="ascii") as neu:
            neu.write(secrets.token_hex(32))
        try:
            os.link(zwischen, datei)
        except FileExistsError:
            pass
        finally:
            Path(zwischen).unlink()
    return datei.read_text(encoding="ascii").strip()
