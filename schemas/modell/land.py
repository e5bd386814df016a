"""The shape of a Land profile: everything that differs between Länder.

What belongs here: the Land, its Meldeeinheiten and periods. What does not: any Land (`schemas/laender/`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.geheimhaltung import Geheimhaltung
from schemas.lieferpolitik import ZaehltAb
from schemas.modell.berichtspunkt import Berichtspunkt
from schemas.modell.indikator import Altersbaender
from schemas.modell.verteilung import Verteilschluessel, Verteilungsmasse
from schemas.veroeffentlichung import Veroeffentlichung
from schemas.vertragsfehler import Vertragsfehler


@dataclass(frozen=True, slots=True)
class Gemeinde:
    """A municipality: 8-digit AGS and name."""

    ags: str
    name: str


@dataclass(frozen=True, slots=True)
class Meldeeinheit:
    """Who reports. `name` is unique in its Land, `typ` is how the Land calls this kind, `kachel` is (column, row).

    `nachbarn` are ids of Meldeeinheiten of the same Land; `gemeinden` those it answers for.
    """

    id: str
    name: str
    typ: str
    gruppe: str
    kuerzel: str
    kachel: tuple[int, int]
    nachbarn: tuple[str, ...]
    gemeinden: tuple[Gemeinde, ...]


@dataclass(frozen=True, slots=True)
class Berichtszeitraum:
    """A legal reporting period (inclusive dates) and when its report is due."""

    von: date
    bis: date
    faellig: date
    bezeichnung: str
    quelle: str

    def teil_von(self, jahr: int) -> tuple[date, date] | None:
        """First and last day of `jahr` inside the period, or None."""
        von, bis = max(self.von, date(jahr, 1, 1)), min(self.bis, date(jahr, 12, 31))
        return (von, bis) if von <= bis else None


@dataclass(frozen=True, slots=True)
class Standardbevoelkerung:
    """The population whose age structure standardised rates assume for every area: `personen` by lowest age.

    The last entry has no upper end. `grund` says to readers why it is this one.
    """

    label: str
    quelle: str
    grund: str
    personen: Mapping[int, int]

    def gewichte(self, baender: Altersbaender) -> tuple[int, ...]:
        """Persons in each band; raises Vertragsfehler where a band cuts through a known age group."""
        grenzen = {g for band in baender.values() for g in band if g is not None}
        if not grenzen <= set(self.personen):
            raise Vertragsfehler(f"Standardbevölkerung {self.label}: Altersbänder {sorted(grenzen)} passen nicht")
        return tuple(
            sum(n for alter, n in self.personen.items() if von <= alter and (bis is None or alter < bis))
            for von, bis in baender.values()
        )


@dataclass(frozen=True, slots=True)
class Gebietsaenderung:
    """A change of territory: from `jahr` on, figures of these Meldeeinheiten are about another area than before."""

    jahr: int
    meldeeinheiten: tuple[str, ...]
    bezeichnung: str


@dataclass(frozen=True, slots=True)
class Land:
    """Everything that differs between Länder: who reports, when, under which law, with which thresholds."""

    id: str
    name: str
    ags: str
    meldeeinheiten: tuple[Meldeeinheit, ...]
    gruppen: Mapping[str, str]
    """Group code -> label, in display order."""
    berichtsjahre: tuple[int, ...]
    berichtszeitraeume: tuple[Berichtszeitraum, ...]
    lieferfristen: Mapping[int, date]
    datensaetze: tuple[str, ...]
    indikatoren: tuple[str, ...]
    rechtsgrundlagen: Mapping[str, str]
    schwellen: Mapping[str, float]
    gebietsstand: date
    gebietsstand_quelle: str
    namen: Mapping[str, str]
    """Short wordings for pages, e.g. what the reporters are called in plural."""
    erinnerungstage: tuple[int, ...] = ()
    """Days from the Lieferfrist, negative before it, on which people are reminded of what is missing; ascending."""
    zahlungsfristen: tuple[tuple[int, int], ...] = ()
    """(month, day) by which each instalment of the allocation is to be paid, in order; empty where no law says so."""
    gebietsaenderungen: tuple[Gebietsaenderung, ...] = ()
    """Changes that official series do not carry back."""
    verteilschluessel: Verteilschluessel | None = None
    """How allocations are shared out; None where the Land has none."""
    standardbevoelkerung: Standardbevoelkerung | None = None
    """What age-standardised rates are weighted by; None: there are none."""
    verteilungsmassen: tuple[Verteilungsmasse, ...] = ()
    """The sums the ministry has entered (`data/verteilungsmassen/`)."""
    berichtspunkte: tuple[Berichtspunkt, ...] = ()
    """What the law of the Land wants a report to hold, in its order."""
    geheimhaltung: Geheimhaltung = field(default_factory=Geheimhaltung)
    """What may be published of what was delivered."""
    veroeffentlichung: Veroeffentlichung = field(default_factory=Veroeffentlichung)
    """What pages for everybody say about the Land besides figures."""
    zaehlt_ab: ZaehltAb = ZaehltAb.ABGABE
    """From when what the portal takes in enters internal reports."""

    def __post_init__(self) -> None:
        ids = [m.id for m in self.meldeeinheiten]
        namen = [m.name for m in self.meldeeinheiten]
        if len(set(ids)) != len(ids) or len(set(namen)) != len(namen):
            raise Vertragsfehler(f"Land {self.id}: Kennung oder Name einer Meldeeinheit doppelt")
        for m in self.meldeeinheiten:
            if m.gruppe not in self.gruppen or not set(m.nachbarn) <= set(ids) - {m.id}:
                raise Vertragsfehler(f"Land {self.id}: Gruppe oder Nachbarn von {m.id} unbekannt")
            if any(m.id not in self.meldeeinheit(n).nachbarn for n in m.nachbarn):
                raise Vertragsfehler(f"Land {self.id}: Nachbarschaft von {m.id} ist nicht beidseitig")
        gemeinden = [g.ags for m in self.meldeeinheiten for g in m.gemeinden]
        if len(set(gemeinden)) != len(gemeinden):
            raise Vertragsfehler(f"Land {self.id}: eine Gemeinde gehört zu zwei Meldeeinheiten")
        if set(self.lieferfristen) != set(self.berichtsjahre):
            raise Vertragsfehler(f"Land {self.id}: Lieferfristen und Berichtsjahre passen nicht zusammen")
        if list(self.erinnerungstage) != sorted(set(self.erinnerungstage)):
            raise Vertragsfehler(f"Land {self.id}: Erinnerungstage sind doppelt oder ungeordnet")
        punkte = [p.id for p in self.berichtspunkte]
        if len(set(punkte)) != len(punkte) or any(not set(p.umfasst) <= set(punkte) for p in self.berichtspunkte):
            raise Vertragsfehler(f"Land {self.id}: ein Berichtspunkt ist doppelt oder umfasst unbekannte")
        self._pruefe_massen()

    def _pruefe_massen(self) -> None:
        schluessel = [m.schluessel for m in self.verteilungsmassen]
        if len(set(schluessel)) != len(schluessel):
            raise Vertragsfehler(f"Land {self.id}: eine Verteilungsmasse ist zweimal hinterlegt")
        if self.verteilungsmassen and self.verteilschluessel is None:
            raise Vertragsfehler(f"Land {self.id}: Verteilungsmassen ohne Verteilschlüssel")
        for masse in self.verteilungsmassen:
            if masse.cent < 0 or (self.verteilschluessel and masse.cent % self.verteilschluessel.kleinster_betrag):
                raise Vertragsfehler(f"Land {self.id}: Verteilungsmasse {masse.schluessel} lässt sich nicht aufteilen")

    def meldeeinheit(self, kennung: str) -> Meldeeinheit:
        """The Meldeeinheit with this id; raises KeyError if there is none."""
        for m in self.meldeeinheiten:
            if m.id == kennung:
                return m
        raise KeyError(f"{self.name} kennt keine Meldeeinheit {kennung}")

    @property
    def gebietsnamen(self) -> dict[str, str]:
        """Key of the Land, of each group and of each Meldeeinheit -> name, in official order."""
        return {self.ags: self.name} | dict(self.gruppen) | {m.id: m.name for m in self.meldeeinheiten}

    def zeitraum(self, jahr: int) -> tuple[date, date]:
        """First and last day of the reporting year that fall into a reporting period."""
        for z in self.berichtszeitraeume:
            if teil := z.teil_von(jahr):
                return teil
        raise KeyError(f"{jahr} liegt in keinem Berichtszeitraum")


@dataclass(frozen=True, slots=True)
class Pruefumgebung:
    """What single-file rules may know besides the table: the Land and whose delivery for which year it is."""

    land: Land
    meldeeinheit: Meldeeinheit
    berichtsjahr: int

    @property
    def jahresanteil(self) -> float:
        """Share of the calendar year that the reporting year covers; 1 except for a stub."""
        von, bis = self.land.zeitraum(self.berichtsjahr)
        tage = (date(self.berichtsjahr + 1, 1, 1) - date(self.berichtsjahr, 1, 1)).days
        return ((bis - von).days + 1) / tage
