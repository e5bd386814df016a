"""What the indicators rest on: official figures, deliveries, demo data, or nothing yet.

What belongs here: the classification and its counts for the first page. An indicator counts once, by the variant that
leads in overviews; demo data in any of its values make it rest on demo data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assets.berichte.reihen import Reihe, fuehrende
from schemas.modell import Herkunft, Indikator


class Grundlage(StrEnum):
    """On what an indicator rests; the value is the German label."""

    AMTLICH = "amtliche Zahlen"
    LIEFERUNG = "Lieferungen"
    DEMO = "Demodaten"
    NICHTS = "noch keine Zahlen"


ERKLAERUNG: dict[Grundlage, str] = {
    Grundlage.AMTLICH: "Statistiken der Statistischen Ämter und der Bundesbehörden",
    Grundlage.LIEFERUNG: "geprüfte Meldungen der Meldeeinheiten",
    Grundlage.DEMO: "ganz oder teilweise erfundene Beispieldaten, bis echte Lieferungen vorliegen",
    Grundlage.NICHTS: "es gibt noch keine Quelle, aus ihr liegt noch nichts vor, oder alle Werte sind geheim",
}


@dataclass(frozen=True, slots=True)
class Grundlagen:
    """All indicators of the catalogue, each in exactly one group; groups in the order of `Grundlage`."""

    gruppen: Mapping[Grundlage, tuple[Indikator, ...]]

    @property
    def gesamt(self) -> int:
        """Number of indicators."""
        return sum(len(g) for g in self.gruppen.values())

    @property
    def satz(self) -> str:
        """The counts as a sentence."""
        amtlich, lieferung, demo, nichts = (len(self.gruppen[g]) for g in Grundlage)
        return (
            f"Von {self.gesamt} Kennzahlen beruhen {amtlich} auf amtlichen Zahlen, {lieferung} auf Lieferungen und "
            f"{demo} auf Demodaten; für {nichts} liegen noch keine Zahlen vor."
        )


def grundlage(reihe: Reihe | None) -> Grundlage:
    """On what a series rests; `None` stands for no series with values."""
    if reihe is None:
        return Grundlage.NICHTS
    if reihe.demo:
        return Grundlage.DEMO
    return Grundlage.AMTLICH if reihe.variante.herkunft is Herkunft.AMTLICH else Grundlage.LIEFERUNG


def grundlagen(reihen: Mapping[str, tuple[Reihe, ...]]) -> Grundlagen:
    """The indicators sorted by what they rest on."""
    urteile = [(varianten[0].indikator, grundlage(fuehrende(varianten))) for varianten in reihen.values()]
    return Grundlagen({g: tuple(i for i, urteil in urteile if urteil is g) for g in Grundlage})


def warum_leer(reihe: Reihe) -> str:
    """Why a variant shows no values."""
    if reihe.ist_geheim:
        return "alle Werte geheim"
    return {
        Herkunft.KEINE: "keine Quelle",
        Herkunft.AMTLICH: "noch keine amtlichen Zahlen eingelesen",
        Herkunft.LIEFERUNG: "noch keine Lieferung",
    }[reihe.variante.herkunft]
