"""Who gets what: which Meldeeinheit counts how, which delivery is odd, and in which dialect each file is written.

Everything follows from the order of the Land's Meldeeinheiten and the seed, never from a name or an id, so that any
Land gets a complete demonstration. What the figures are is the business of `plan.py` and `inhalt/`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import cycle, islice
from typing import NamedTuple, TypeVar

from pipeline.beispiele.dialekte import DIALEKTE, SCHLICHT, Dialekt
from pipeline.beispiele.stellenplan import hat_gemeinden
from pipeline.beispiele.zufall import zufall
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, nur_lesen

_Wert = TypeVar("_Wert")


class Lieferung(NamedTuple):
    """Key of a delivery."""

    datensatz: str
    meldeeinheit: str
    jahr: int

    @property
    def dateiname(self) -> str:
        """File name after the rule for deliveries."""
        return f"{self.datensatz}_{self.meldeeinheit}_{self.jahr}.csv"


class Besonderheit(StrEnum):
    """What is odd about a delivery; most have nothing odd."""

    FEHLT = "fehlt"
    ABGELEHNT = "abgelehnt"
    ERSETZT = "ersetzt"
    """Rejected at first, mended by a second version."""
    BERICHTIGT = "berichtigt"
    """Accepted, and some figures corrected by a second version."""
    OHNE_BEGRUENDUNG = "ohne_begruendung"
    OHNE_FUEHRUNG = "ohne_fuehrung"
    KLEINE_ANTEILE = "kleine_anteile"
    QUARTAL_FEHLT = "quartal_fehlt"
    MEHR_PERSONEN = "mehr_personen"
    UNGEKLAERTER_REST = "ungeklaerter_rest"
    UEBERBELEGT = "ueberbelegt"
    VERWALTUNG_HOCH = "verwaltung_hoch"
    RATE_SPAET = "rate_spaet"
    NICHT_VORGELEGT = "nicht_vorgelegt"
    KURZER_TEXT = "kurzer_text"
    OHNE_PERSONAL = "ohne_personal"
    """No staff of a Stelle the register lists."""
    ENDE_FEHLT = "ende_fehlt"
    """A Stelle that closed without the register saying so, and is gone the year after."""
    NICHT_AMTLICH = "nicht_amtlich"
    """More inhabitants than the official statistics count."""
    ANSTIEG = "anstieg"
    """A target group far larger at the end of the year than at its beginning."""
    KOPIERT = "kopiert"
    """The figures of the year before, delivered again."""


ZURUECKGEWIESEN = frozenset({Besonderheit.ABGELEHNT, Besonderheit.ERSETZT})
ZWEITE_FASSUNG = frozenset({Besonderheit.ERSETZT, Besonderheit.BERICHTIGT})
MIT_WARNUNG = frozenset(
    {
        Besonderheit.OHNE_BEGRUENDUNG,
        Besonderheit.OHNE_FUEHRUNG,
        Besonderheit.KLEINE_ANTEILE,
        Besonderheit.QUARTAL_FEHLT,
        Besonderheit.MEHR_PERSONEN,
        Besonderheit.UNGEKLAERTER_REST,
        Besonderheit.UEBERBELEGT,
        Besonderheit.VERWALTUNG_HOCH,
        Besonderheit.RATE_SPAET,
        Besonderheit.NICHT_VORGELEGT,
        Besonderheit.KURZER_TEXT,
    }
)

QUERBEFUND: Mapping[Besonderheit, str] = nur_lesen(
    {
        Besonderheit.OHNE_PERSONAL: "R17a",
        Besonderheit.NICHT_AMTLICH: "R30",
        Besonderheit.ANSTIEG: "R40a",
        Besonderheit.ENDE_FEHLT: "R42",
        Besonderheit.KOPIERT: "R43",
    }
)
"""What only a look at other files shows, and the rule that shows it. The file itself is accepted without a word."""


class Zaehlweise(NamedTuple):
    """How a Meldeeinheit counts counselling."""

    zaehlregel: str
    zaehleinheit: str
    gruppen: str


_UEBLICH = Zaehlweise("HAUPTTHEMA", "TERMIN", "SITZUNG")
# Most count alike, so that a comparison exists at all; the others are what real comparisons broke on.
_ZAEHLWEISEN = (
    _UEBLICH,
    Zaehlweise("MEHRFACH", "TERMIN", "SITZUNG"),
    _UEBLICH,
    Zaehlweise("HAUPTTHEMA", "KONTAKT", "TEILNEHMENDE"),
    _UEBLICH,
    _UEBLICH,
    Zaehlweise("HAUPTTHEMA", "FALL", "NICHT"),
    _UEBLICH,
    _UEBLICH,
    Zaehlweise("MEHRFACH", "KONTAKT", "TEILNEHMENDE"),
)
# Signs in cells: a dash for zero, or first talks one Stelle did not record.
_ZEICHEN = ("", "-", "", "k.A.", "", "", "-", ".", "")
_KONZEPTE = ("AUSL_AZR", "AUSL_FORT", "AUSL_AZR", "AUSL_AZR", "MH_MELDE", "AUSL_AZR", "AUSL_AZR")

_JEDE_WIEVIELTE = 3
"""One delivery in this many is written in a dialect; most offices send a plain file."""


@dataclass(frozen=True, slots=True)
class Rollen:
    """All assignments of one run."""

    konzept: Mapping[str, str]
    zaehlweise: Mapping[str, Zaehlweise]
    quartalsweise: frozenset[str]
    zeichen: Mapping[str, str]
    gemeinsam: tuple[str, str] | None
    """A joint centre: the leading Meldeeinheit and its neighbour."""
    schweigt: str | None
    """The Meldeeinheit with a Träger that does not report for the last year."""
    delegiert: str
    """The Meldeeinheit that has others do whatever others can do."""
    ohne_rueckkehr: str | None
    """The Meldeeinheit without Rückkehrberatung."""
    besonderheiten: Mapping[Lieferung, Besonderheit]
    dialekte: Mapping[Lieferung, Dialekt]

    def dialekt(self, lieferung: Lieferung) -> Dialekt:
        """How this delivery is written."""
        return self.dialekte.get(lieferung, SCHLICHT)


def alle_lieferungen(land: Land) -> list[Lieferung]:
    """Every delivery of a dataset that is collected in its year, in fixed order."""
    return [
        Lieferung(datensatz, meldeeinheit.id, jahr)
        for jahr in land.berichtsjahre
        for meldeeinheit in land.meldeeinheiten
        for datensatz in land.datensaetze
        if alle_datensaetze()[datensatz].gilt_ab <= land.zeitraum(jahr)[1]
    ]


def hat_nichts_zu_melden(land: Land, rollen: Rollen, lieferung: Lieferung) -> bool:
    """Whether the tasks of a Meldeeinheit leave nothing to put into this dataset."""
    if lieferung.datensatz == "rueckkehr":
        return lieferung.meldeeinheit == rollen.ohne_rueckkehr
    return lieferung.datensatz == "zustaendigkeit" and not hat_gemeinden(land.meldeeinheit(lieferung.meldeeinheit))


def wird_nicht_gesendet(land: Land, rollen: Rollen, lieferung: Lieferung) -> bool:
    """Nothing to report: in the first year no file at all, later one with a header and no rows. Both are right."""
    return lieferung.jahr == land.berichtsjahre[0] and hat_nichts_zu_melden(land, rollen, lieferung)


def verteile(land: Land, seed: int) -> Rollen:
    """All roles for this Land and seed; the same input gives the same roles."""
    quartalsweise = frozenset(islice(_gemischt(land, seed, "quartale"), (2 * len(land.meldeeinheiten) + 4) // 5))
    gemeinsam = _nachbarpaar(land, seed)
    konzept = _reihum(land, seed, "konzept", _KONZEPTE)
    delegiert, *andere = _delegierende_zuerst(land, seed)
    moeglich = {
        Besonderheit.OHNE_FUEHRUNG: frozenset(gemeinsam or ()),
        Besonderheit.QUARTAL_FEHLT: quartalsweise,
        # Who has others do everything does not leave a task undone.
        Besonderheit.OHNE_BEGRUENDUNG: frozenset(andere),
        Besonderheit.NICHT_AMTLICH: frozenset(k for k, was in konzept.items() if was == "AUSL_FORT"),
    }
    besonderheiten = _besonderheiten(land, seed, moeglich)
    schweigt = _schweigender(land, seed, besonderheiten)
    rollen = Rollen(
        konzept=konzept,
        zaehlweise=_reihum(land, seed, "zaehlweise", _ZAEHLWEISEN),
        quartalsweise=quartalsweise,
        zeichen=_reihum(land, seed, "zeichen", _ZEICHEN),
        gemeinsam=gemeinsam,
        schweigt=schweigt,
        delegiert=delegiert,
        ohne_rueckkehr=next((kennung for kennung in andere if kennung != schweigt), None),
        besonderheiten=nur_lesen(besonderheiten),
        dialekte={},
    )
    return replace(rollen, dialekte=nur_lesen(_dialekte(land, seed, rollen)))


def _gemischt(land: Land, seed: int, zweck: str) -> Iterator[str]:
    """The ids of all Meldeeinheiten in an order drawn for this purpose."""
    ids = [m.id for m in land.meldeeinheiten]
    zufall(seed, "rollen", zweck).shuffle(ids)
    return iter(ids)


def _delegierende_zuerst(land: Land, seed: int) -> list[str]:
    """All ids, first the one that has others do everything: one with Gemeinden, so that every task exists there."""
    ids = list(_gemischt(land, seed, "delegiert"))
    return sorted(ids, key=lambda kennung: not hat_gemeinden(land.meldeeinheit(kennung)))


def _reihum(land: Land, seed: int, zweck: str, werte: tuple[_Wert, ...]) -> Mapping[str, _Wert]:
    return nur_lesen(dict(zip(_gemischt(land, seed, zweck), cycle(werte), strict=False)))


def _nachbarpaar(land: Land, seed: int) -> tuple[str, str] | None:
    """A leading Meldeeinheit and one of its neighbours, or None where nobody has one."""
    for kennung in _gemischt(land, seed, "gemeinsam"):
        if nachbarn := land.meldeeinheit(kennung).nachbarn:
            return kennung, zufall(seed, "nachbar").choice(sorted(nachbarn))
    return None


def _wuensche(land: Land) -> tuple[tuple[Besonderheit, str, int], ...]:
    """Which oddities there are to be, and in which dataset and year each shows."""
    erstes, letztes = land.berichtsjahre[0], land.berichtsjahre[-1]
    return (
        (Besonderheit.OHNE_FUEHRUNG, "stellen", erstes),
        (Besonderheit.QUARTAL_FEHLT, "beratung", letztes),
        (Besonderheit.ABGELEHNT, "beratung", letztes),
        (Besonderheit.ERSETZT, "personal", letztes),
        (Besonderheit.BERICHTIGT, "beratung", letztes),
        (Besonderheit.FEHLT, "bevoelkerung", letztes),
        (Besonderheit.KLEINE_ANTEILE, "personal", erstes),
        (Besonderheit.OHNE_BEGRUENDUNG, "aufgaben", erstes),
        (Besonderheit.MEHR_PERSONEN, "beratung", erstes),
        (Besonderheit.UNGEKLAERTER_REST, "zielgruppe", letztes),
        (Besonderheit.UEBERBELEGT, "zielgruppe", erstes),
        (Besonderheit.VERWALTUNG_HOCH, "finanzen", letztes),
        (Besonderheit.RATE_SPAET, "finanzen", letztes),
        (Besonderheit.NICHT_VORGELEGT, "konzept", letztes),
        (Besonderheit.KURZER_TEXT, "meldung", erstes),
        (Besonderheit.OHNE_PERSONAL, "personal", letztes),
        (Besonderheit.NICHT_AMTLICH, "bevoelkerung", erstes),
        (Besonderheit.ANSTIEG, "zielgruppe", letztes),
        (Besonderheit.ENDE_FEHLT, "stellen", erstes),
        (Besonderheit.KOPIERT, "massnahmen", letztes),
    )


def _besonderheiten(
    land: Land, seed: int, moeglich: Mapping[Besonderheit, frozenset[str]]
) -> dict[Lieferung, Besonderheit]:
    """Go round the Meldeeinheiten and give each wish to the next one it fits; a wish nobody fits is dropped.

    `moeglich` names the only ones some wishes fit.
    """
    alle = frozenset(m.id for m in land.meldeeinheiten)
    runde = cycle(list(_gemischt(land, seed, "besonderheiten")))
    vergeben: dict[Lieferung, Besonderheit] = {}
    for besonderheit, datensatz, jahr in _wuensche(land):
        for kennung in islice(runde, len(alle)):
            lieferung = Lieferung(datensatz, kennung, jahr)
            passt = kennung in moeglich.get(besonderheit, alle)
            if datensatz in land.datensaetze and passt and lieferung not in vergeben:
                vergeben[lieferung] = besonderheit
                break
    return vergeben


def _schweigender(land: Land, seed: int, besonderheiten: Mapping[Lieferung, Besonderheit]) -> str | None:
    """A Meldeeinheit all of whose deliveries of the last year stand, so that the gap its Träger leaves is seen."""
    gestoert = {
        lieferung.meldeeinheit
        for lieferung, besonderheit in besonderheiten.items()
        if besonderheit in ZURUECKGEWIESEN or besonderheit is Besonderheit.FEHLT
    }
    return next((k for k in _gemischt(land, seed, "schweigt") if k not in gestoert), None)


def _dialekte(land: Land, seed: int, rollen: Rollen) -> dict[Lieferung, Dialekt]:
    """Every so many deliveries in a dialect, the dialects in turn.

    Rejected ones stay plain: one reason at a time. So do those without rows: there is nothing to write differently.
    """
    lieferungen = [
        x
        for x in alle_lieferungen(land)
        if rollen.besonderheiten.get(x) not in ZURUECKGEWIESEN and not hat_nichts_zu_melden(land, rollen, x)
    ]
    zufall(seed, "rollen", "dialekte").shuffle(lieferungen)
    return dict(zip(lieferungen[::_JEDE_WIEVIELTE], cycle(DIALEKTE.values()), strict=False))
