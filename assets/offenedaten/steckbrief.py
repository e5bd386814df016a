"""What an edition is as a dataset: title, publisher, state, licence, sources, addresses, and how to cite it.

What belongs here: facts and sentences that all metadata files and the page about the data share. What does not: their
formats.
"""

from dataclasses import dataclass
from datetime import date

from assets.berichte.daten import Berichtsdaten
from assets.berichte.nachweise import der_statistiken
from assets.berichte.worte import satzanfang
from assets.berichte.worte import stand as als_datum
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import Herausgeber
from schemas.offene_daten import LIZENZ, Lizenz

SCHLAGWORTE = ("Integration", "Teilhabe", "Migration", "Kennzahlen", "Kommunen", "Statistik")
SEITE = "daten.html"
"""The page about the data."""


@dataclass(frozen=True, slots=True)
class Steckbrief:
    """The dataset; `von` and `bis` are None without values, `lizenz` is None where nothing may be passed on."""

    kennung: str
    titel: str
    beschreibung: str
    land: str
    land_ags: str
    edition: str
    fassung: str
    herausgeber: Herausgeber
    stand: str
    von: date | None
    bis: date | None
    lizenz: Lizenz | None
    quellen: tuple[tuple[str, str], ...]
    demo: bool

    @property
    def oeffentlich(self) -> bool:
        """Whether everybody may have it."""
        return self.lizenz is not None

    @property
    def nutzung(self) -> str:
        """Under which terms a file may be used, in words."""
        if self.lizenz is None:
            return "keine offene Lizenz; nicht zur Veröffentlichung"
        return f"{self.lizenz.name} ({self.lizenz.zeichen})"

    @property
    def zeitraum(self) -> str:
        """ISO 8601 interval; empty without values."""
        return f"{self.von}/{self.bis}" if self.von and self.bis else ""

    def url(self, pfad: str) -> str:
        """Address of a file. What is not published has none to go to, only a name."""
        if self.oeffentlich:
            return f"{self.herausgeber.basis_url}{pfad}"
        return f"urn:teilhabe:{self.kennung}:{pfad}"

    def quellenangabe(self, was: str = "", pfad: str = SEITE) -> str:
        """The line those who use the data have to print: the licence asks for publisher, licence and address."""
        if self.lizenz is None:
            return f"{self._zitat(was, pfad)} {satzanfang(self.nutzung)}."
        return f"{self._zitat(was, pfad)} {self.lizenz.name}, {self.lizenz.text_url}"

    def _zitat(self, was: str, pfad: str) -> str:
        """The dataset or, with `was`, a part of it: publisher, year, title, state, edition, address."""
        jahr = f" ({self.stand[:4]})" if self.stand else ""
        teil = f"{was}. In: " if was else ""
        wann = f"Datenstand {als_datum(self.stand)}, " if self.stand else ""
        adresse = f" {self.url(pfad)}." if self.oeffentlich else ""
        return f"{self.herausgeber.name}{jahr}: {teil}{self.titel}. {wann}{self.fassung}.{adresse}"


def steckbrief(daten: Berichtsdaten) -> Steckbrief:
    """The dataset an edition is; its period is that of all its rows."""
    land = daten.land
    oeffentlich = daten.edition == OEFFENTLICH
    demo = (
        " Enthält Demodaten: erfundene Beispieldaten, in jeder Zeile gekennzeichnet."
        if daten.enthaelt_demodaten
        else ""
    )
    mit_demo = " (mit Demodaten)" if daten.enthaelt_demodaten else ""
    von, bis = daten.werte["zeitraum_von"].min(), daten.werte["zeitraum_bis"].max()
    return Steckbrief(
        kennung=f"{land.id}-{daten.edition}".replace("_", "-").lower(),
        titel=f"Kennzahlen zu Integration und Teilhabe, {land.name}{mit_demo}",
        beschreibung=f"Kennzahlen zu Integration und Teilhabe für {land.name} und die {land.namen['alle']}, aus "
        "amtlicher Statistik und aus Lieferungen, mit Zähler, Nenner, Quelle und Vergleichbarkeit. "
        f"{satzanfang(daten.fassung)}.{demo}",
        land=land.name,
        land_ags=land.ags,
        edition=daten.edition,
        fassung=daten.fassung,
        herausgeber=daten.herausgeber,
        stand=daten.stand,
        von=von if isinstance(von, date) else None,
        bis=bis if isinstance(bis, date) else None,
        lizenz=LIZENZ if oeffentlich else None,
        quellen=der_statistiken(daten),
        demo=daten.enthaelt_demodaten,
    )
