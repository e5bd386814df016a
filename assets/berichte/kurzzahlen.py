"""Figures of a Kurzfassung: the newest with their change, those apart from the Land's, and what rules comparisons out.

What belongs here: choosing among what the overview of the report shows. Values, verdicts and words come from there;
what is withheld there is not here. What does not: texts and deliveries (`kurzfassung.py`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from assets.berichte.auswertungstexte import auswertung, lage_und_urteil, landesangabe
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.grundlage import Grundlage
from assets.berichte.kuerzen import passende, zeilenzahl
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, Reihe
from assets.berichte.ueberblick import NAEHERUNG, Themenblock
from assets.berichte.vergleich import vorbehalt
from assets.berichte.worte import aufzaehlung, dativ
from assets.berichte.zahlen import abstand, mit_einheit, zahl
from schemas.statistik import Urteil, Vergleich
from schemas.vergleichbarkeit import GRUND
from schemas.vergleichbarkeit import Urteil as Vergleichbarkeit
from schemas.vergleichbarkeit import Vergleich as Gegenueber
from schemas.wertstatus import Wertstatus
from schemas.zahlwort import in_zahlen

T = TypeVar("T")

PLATZ = {"neues": 19, "unterschiede": 18, "hindernisse": 22}
"""Lines of print for each part. With what always stands there they fill their page, with some to spare."""
_SPALTE = {"kennzahl": 31, "veraenderung": 30, "abstand": 22, "satz": 34, "betrifft": 42}
"""Characters in a line of a column, counted in a wide font: what fits there fits in every other."""
_RAND = 0.4
"""Space around a row, in lines."""
_NAMEN = 4
"""Names listed before „und n weitere“."""
_JUNG = 1
"""Years by which a figure may be older than the newest one and still be news."""
_UNGLEICH = (Vergleich.HOEHER, Vergleich.NIEDRIGER)
_BEWERTET = {Urteil.BESSER: " und damit besser", Urteil.SCHLECHTER: " und damit schlechter"}
_WOMIT = {Gegenueber.LAND: "{land}", Gegenueber.KREISE: "anderen {andere}", Gegenueber.VORJAHR: "dem Vorjahr"}


class Zahl(NamedTuple):
    """The value of an indicator for the area, in the year all areas are compared.

    `variante` is how it is computed, empty where there is one way only; `demo`: it rests on demo data.
    """

    thema: str
    name: str
    variante: str
    zeitraum: str
    demo: bool
    reihe: Reihe
    eigene: Angabe
    wert: Decimal

    @property
    def ist_naeherung(self) -> bool:
        """Whether it stands in for the indicator; a short table has no room to say how."""
        return NAEHERUNG in self.reihe.variante.gruende

    def mit_einheit(self, wert: Decimal) -> str:
        """A value of this indicator with its unit."""
        return mit_einheit(zahl(wert), self.reihe.einheit)


@dataclass(frozen=True, slots=True)
class Neues:
    """A figure and what became of it since the previous year."""

    kennzahl: str
    variante: str
    zeitraum: str
    wert: str
    veraenderung: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Unterschied:
    """A rate that differs from the Land's by more than chance explains."""

    kennzahl: str
    variante: str
    zeitraum: str
    wert: str
    landeswert: str
    abstand: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Hindernis:
    """A reason that rules a comparison out: with whom, and for which indicators."""

    grund: str
    satz: str
    womit: str
    kennzahlen: str


def zahlen_von(bloecke: Sequence[Themenblock]) -> tuple[Zahl, ...]:
    """Every indicator that has a value for the area of the overview, in the order of the catalogue."""
    return tuple(
        Zahl(
            thema=block.id,
            name=zeile.indikator.name,
            variante=zeile.variante,
            zeitraum=zeile.stand.vergleich.zeitraum,
            demo=zeile.grundlage is Grundlage.DEMO,
            reihe=zeile.stand.reihe,
            eigene=zeile.stand.eigene,
            wert=zeile.stand.eigene.wert,
        )
        for block in bloecke
        for zeile in block.zeilen
        if zeile.stand and zeile.stand.eigene and zeile.stand.eigene.wert is not None
    )


def neues(bestand: Bestand, blick: Blick, zahlen: Sequence[Zahl]) -> tuple[tuple[Neues, ...], str]:
    """The newest figures with a comparable previous year, and what is left over.

    Those that changed by more than chance come first, then every Themenfeld has its turn.
    """
    ab = max((z.eigene.jahr for z in zahlen), default=0) - _JUNG
    kandidaten = [
        (z, n) for z in zahlen if z.eigene.jahr >= ab and not z.ist_naeherung and (n := _neues(bestand, blick, z))
    ]

    def ist_sicher(z: Zahl) -> bool:
        trend = bestand.trend(z.reihe, blick.ags, z.eigene.jahr)
        return trend is not None and trend["vorjahr_vergleich"] in _UNGLEICH

    def hoehe(n: Neues) -> float:
        return max(_namenszeilen(n), zeilenzahl(n.veraenderung, _SPALTE["veraenderung"])) + _RAND

    gezeigt = _auswahl(kandidaten, hoehe, PLATZ["neues"], ist_sicher)
    rest = len(kandidaten) - len(gezeigt)
    satz = f"… {in_zahlen(rest, 'weitere Kennzahl', 'weitere Kennzahlen')} mit vergleichbarem Vorjahr im Bericht."
    return gezeigt, satz if rest else ""


def _neues(bestand: Bestand, blick: Blick, z: Zahl) -> Neues | None:
    entwicklung = auswertung(bestand, blick, z.reihe).entwicklung
    if not entwicklung:
        return None
    vorjahr, zusatz = entwicklung[0], vorbehalt(z.eigene.vgl_vorjahr, ())
    veraenderung = f"{vorjahr.veraenderung}, {vorjahr.einordnung}" + (f"; {zusatz}" if zusatz else "")
    return Neues(z.name, z.variante, z.zeitraum, z.mit_einheit(z.wert), veraenderung, z.demo)


def unterschiede(blick: Blick, zahlen: Sequence[Zahl]) -> tuple[tuple[Unterschied, ...], str]:
    """Rates that lie apart from the Land's by the published rule, and how many others do or do not."""
    kandidaten: list[tuple[Zahl, Unterschied]] = []
    lagen: Counter[Vergleich] = Counter()
    for z in zahlen:
        land = landesangabe(blick, z.reihe, z.eigene)
        if land is None or land.wert is None or z.ist_naeherung:
            continue
        lage, urteil = lage_und_urteil(z.reihe, z.eigene, land)
        lagen[lage] += 1
        if lage in _UNGLEICH:
            zusatz = vorbehalt(z.eigene.vgl_land, ())
            worte = f"{abstand(z.wert - land.wert, z.reihe.einheit)}{_BEWERTET.get(urteil, '')}"
            worte += f"; {zusatz}" if zusatz else ""
            werte = (z.mit_einheit(z.wert), z.mit_einheit(land.wert))
            kandidaten.append((z, Unterschied(z.name, z.variante, z.zeitraum, *werte, worte, z.demo)))

    def hoehe(u: Unterschied) -> float:
        return max(_namenszeilen(u), zeilenzahl(u.abstand, _SPALTE["abstand"])) + _RAND

    gezeigt = _auswahl(kandidaten, hoehe, PLATZ["unterschiede"])
    rest, gleich, offen = (
        len(kandidaten) - len(gezeigt),
        lagen[Vergleich.AEHNLICH],
        lagen[Vergleich.NICHT_VERGLICHEN],
    )
    saetze = (
        (rest, f"… {in_zahlen(rest, 'weiterer Unterschied', 'weitere Unterschiede')} im Bericht."),
        (gleich, f"Ähnlich wie {blick.land.name}: {in_zahlen(gleich, 'Kennzahl', 'Kennzahlen')}."),
        (offen, f"Zufällige Schwankung nicht bestimmt: {in_zahlen(offen, 'Kennzahl', 'Kennzahlen')}."),
    )
    return gezeigt, " ".join(satz for anzahl, satz in saetze if anzahl)


def _namenszeilen(zeile: Neues | Unterschied) -> int:
    """Lines of the first column; variant and mark of demo data stand below the name."""
    variante = zeilenzahl(zeile.variante, _SPALTE["kennzahl"]) if zeile.variante else 0
    return zeilenzahl(zeile.kennzahl, _SPALTE["kennzahl"]) + variante + zeile.demo


def _auswahl(
    kandidaten: Sequence[tuple[Zahl, T]],
    hoehe: Callable[[T], float],
    platz: float,
    vorrang: Callable[[Zahl], bool] = lambda _: True,
) -> tuple[T, ...]:
    """What fits, chosen from each Themenfeld in turn, `vorrang` first; shown in the order of the catalogue."""
    nummern: Counter[tuple[str, bool]] = Counter()
    raenge = []
    for platznummer, (z, _) in enumerate(kandidaten):
        gruppe = (z.thema, vorrang(z))
        raenge.append((not gruppe[1], nummern[gruppe], platznummer))
        nummern[gruppe] += 1
    gewaehlt = passende(sorted(raenge), lambda rang: hoehe(kandidaten[rang[2]][1]), platz)
    return tuple(kandidaten[nummer][1] for nummer in sorted(rang[2] for rang in gewaehlt))


def hindernisse(blick: Blick, zahlen: Sequence[Zahl]) -> tuple[tuple[Hindernis, ...], str]:
    """Reasons that rule a comparison out, those that concern most indicators first, and what is left over."""
    je_grund: dict[str, list[tuple[Gegenueber, str]]] = {}
    for z in zahlen:
        for gegenueber, grund in _gruende(z):
            je_grund.setdefault(grund, []).append((gegenueber, z.name))
    alle = [_hindernis(blick, grund, faelle) for grund, faelle in sorted(je_grund.items())]
    alle.sort(key=lambda h: -h[0])

    def hoehe(h: Hindernis) -> float:
        texte = (zeilenzahl(h.satz, _SPALTE["satz"]) + 1, zeilenzahl(h.kennzahlen, _SPALTE["betrifft"]))
        return max(texte) + _RAND

    gezeigt = tuple(passende([h for _, h in alle], hoehe, PLATZ["hindernisse"]))
    rest = len(alle) - len(gezeigt)
    return gezeigt, f"… {in_zahlen(rest, 'weiterer Grund', 'weitere Gründe')} im Bericht." if rest else ""


def _gruende(z: Zahl) -> Iterator[tuple[Gegenueber, str]]:
    """What rules out which comparison: a rate is held against the Land, a count against others, both against before."""
    urteile = {Gegenueber.VORJAHR: z.eigene.vgl_vorjahr}
    urteile |= (
        {Gegenueber.LAND: z.eigene.vgl_land} if z.reihe.ist_verhaeltnis else {Gegenueber.KREISE: z.eigene.vgl_kreise}
    )
    for gegenueber, urteil in urteile.items():
        for grund in z.eigene.gruende if urteil == NICHT_VERGLEICHBAR else ():
            if grund in GRUND and GRUND[grund].urteil(gegenueber) is Vergleichbarkeit.NICHT:
                yield gegenueber, grund


def _hindernis(blick: Blick, grund: str, faelle: Sequence[tuple[Gegenueber, str]]) -> tuple[int, Hindernis]:
    """How many indicators a reason concerns, and the reason."""
    worte = {"land": blick.land.name, "andere": dativ(blick.mehrzahl)}
    namen = list(dict.fromkeys(name for _, name in faelle))
    womit = [_WOMIT[g].format_map(worte) for g in Gegenueber if any(f[0] is g for f in faelle)]
    return len(namen), Hindernis(GRUND[grund].label, GRUND[grund].satz, aufzaehlung(womit), einige(namen))


def einige(namen: Sequence[str]) -> str:
    """The first names of a list and how many others there are."""
    if len(namen) <= _NAMEN + 1:
        return aufzaehlung(namen)
    return f"{', '.join(namen[:_NAMEN])} und {len(namen) - _NAMEN} weitere"


def ohne_zahl(blick: Blick, bloecke: Sequence[Themenblock]) -> str:
    """How many indicators have no number for the area, by cause; empty if none."""
    ursachen: Counter[str] = Counter()
    for zeile in (z for b in bloecke for z in b.zeilen):
        if zeile.grundlage is Grundlage.NICHTS:
            ursachen[f"in {blick.land.name} noch ohne Zahlen"] += 1
        elif zeile.stand and (zeile.stand.eigene is None or zeile.stand.eigene.wert is None):
            geheim = zeile.stand.eigene is not None and zeile.stand.eigene.status is Wertstatus.GEHEIM
            ursachen["geheim gehalten" if geheim else "nicht geliefert oder nicht in der Quelle"] += 1
    if not ursachen:
        return ""
    teile = [f"{anzahl} {ursache}" for ursache, anzahl in sorted(ursachen.items(), key=lambda u: (-u[1], u[0]))]
    return f"{in_zahlen(ursachen.total(), 'Kennzahl', 'Kennzahlen')} ohne Zahl: {aufzaehlung(teile)}."
