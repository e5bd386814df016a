"""What people decided about versions of a delivery, as far as the stages have to know it: withdrawn, released.

What belongs here: one small file beside the receipts of a delivery, and which versions count by it. What does not: who
may decide, when and why; that is the Lieferbuch's business, which writes this file so that no stage has to ask it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg
from schemas.lieferbuch import WEGE_MIT_ANMELDUNG
from schemas.lieferpolitik import ZaehltAb
from schemas.modell import Land

_NAME = ".entscheidungen"


@dataclass(frozen=True, slots=True)
class Entscheidungen:
    """Withdrawn versions of a delivery with the reason given, and the version that is released, if one is."""

    zurueckgezogen: Mapping[int, str] = field(default_factory=dict)
    freigegeben: int | None = None

    def im_spiel(self, belege: Iterable[Beleg]) -> tuple[Beleg, ...]:
        """The versions that were not withdrawn."""
        return tuple(b for b in belege if b.version not in self.zurueckgezogen)

    def ist_freigegeben(self, beleg: Beleg) -> bool:
        """Whether a version may be published: it was released, or came where nobody signs in who could release it."""
        return beleg.weg not in WEGE_MIT_ANMELDUNG or beleg.version == self.freigegeben

    def zaehlt(self, beleg: Beleg, land: Land) -> bool:
        """Whether a version, once accepted, enters indicators and internal reports."""
        return beleg.version not in self.zurueckgezogen and (
            land.zaehlt_ab is ZaehltAb.ABGABE or self.ist_freigegeben(beleg)
        )


KEINE = Entscheidungen()


def _pfad(schluessel: Lieferschluessel) -> str:
    return f"eingang/{schluessel.ordner}/{_NAME}"


def schreibe_entscheidungen(ablage: Ablage, schluessel: Lieferschluessel, entscheidungen: Entscheidungen) -> None:
    """Keeps them for the stages; the same ones again write nothing."""
    if lies_entscheidungen(ablage, schluessel) != entscheidungen:
        ablage.schreibe(_pfad(schluessel), json.dumps(asdict(entscheidungen), ensure_ascii=False, indent=1).encode())


def lies_entscheidungen(ablage: Ablage, schluessel: Lieferschluessel) -> Entscheidungen:
    """Those about one delivery."""
    try:
        daten = json.loads(ablage.lies(_pfad(schluessel)))
    except FileNotFoundError:
        return KEINE
    return Entscheidungen({int(v): grund for v, grund in daten["zurueckgezogen"].items()}, daten["freigegeben"])


def alle_entscheidungen(ablage: Ablage) -> dict[Lieferschluessel, Entscheidungen]:
    """Those about every delivery about which there is one."""
    gefunden = {}
    for pfad in ablage.liste("eingang", f"*/*/*/{_NAME}"):
        _, einheit, jahr, datensatz, _ = pfad.split("/")
        schluessel = Lieferschluessel(datensatz, int(jahr), einheit)
        gefunden[schluessel] = lies_entscheidungen(ablage, schluessel)
    return gefunden
