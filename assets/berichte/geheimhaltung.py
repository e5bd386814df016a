"""What the methods page says about confidentiality: the policy of the Land in words, and what its choices cost.

What belongs here: policy and price table in words. What does not: protecting anything (`assets/geheimhaltung/`).
"""

from dataclasses import dataclass

from assets.berichte.daten import Berichtsdaten
from assets.berichte.worte import aufzaehlung
from assets.berichte.zahlen import mit_einheit, runde, zahl
from schemas.datensaetze import alle_datensaetze
from schemas.felder import FELDER
from schemas.geheimhaltung import Geheimhaltung, Schutz, Schutzart
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGSLISTEN
from schemas.modell import Land


@dataclass(frozen=True, slots=True)
class Artregel:
    """One kind of protection: name, what is done, and what it is about."""

    label: str
    text: str
    groessen: str


@dataclass(frozen=True, slots=True)
class Schutzregeln:
    """The policy in words."""

    absaetze: tuple[str, ...]
    arten: tuple[Artregel, ...]


@dataclass(frozen=True, slots=True)
class Preis:
    """A row of the price table, ready to be shown."""

    regel: str
    zellen: str
    gesperrt: str
    anteil: str
    inhalt: str
    bemerkung: str


_LABEL = {
    Schutzart.ZELLSPERRUNG: "Kleine Zahlen werden gesperrt",
    Schutzart.DOMINANZ: "Summen, hinter denen wenige stehen, werden gesperrt",
    Schutzart.RUNDEN: "Zahlen werden gerundet",
    Schutzart.OFFEN: "Offen",
}


def schutzregeln(land: Land) -> Schutzregeln:
    """What is protected in which way, generated from the policy."""
    politik = land.geheimhaltung
    gruppen: dict[tuple[Schutzart, str], list[str]] = {}
    for mass in _masse(land):
        schutz = politik.schutz_von(mass)
        namen = gruppen.setdefault((schutz.art, _regel(schutz)), [])
        if (name := _name(mass)) not in namen:
            namen.append(name)
    ordnung = sorted(gruppen.items(), key=lambda g: list(_LABEL).index(g[0][0]))
    arten = tuple(Artregel(_LABEL[art], text, aufzaehlung(namen)) for (art, text), namen in ordnung)
    return Schutzregeln((*_GRUNDSAETZE, *_zusaetze(politik)), arten)


_GRUNDSAETZE = (
    "Die öffentliche Fassung zeigt keine Zahl, aus der sich etwas über einzelne Menschen erfahren ließe. Ein "
    "gesperrter Wert trägt immer dasselbe Zeichen, gleich aus welchem Grund er gesperrt ist; mit ihm fehlen auch "
    "Anteile, Veränderungen, Farben und Sätze, die auf ihm beruhen.",
    "Gesperrt wird über alle Tabellen, Jahre und früheren Veröffentlichungen zusammen: so viele weitere Zahlen, dass "
    "sich aus Summen, Teilen und Anteilen keine gesperrte auf weniger Werte eingrenzen lässt, als die Regel verlangt. "
    "Nullen werden gezeigt. Vor jeder Veröffentlichung versucht ein eigenes Programm, das mit dem Sperren nichts "
    "gemeinsam hat, die gesperrten Zahlen zu erschließen; gelingt das bei einer einzigen, wird nicht veröffentlicht.",
    "Der Beweis gilt für das, was hier veröffentlicht ist. Zahlen anderer Stellen über dieselben Menschen und eigenes "
    "Wissen von Beteiligten kennt er nicht. Texte der Meldeeinheiten werden gezeigt, wie sie geliefert sind.",
)


def _zusaetze(politik: Geheimhaltung) -> tuple[str, ...]:
    saetze = [
        f"Anteile an weniger als {politik.anteil_genau_ab} werden als ganze Zahl mit dem Zeichen für eingeschränkten "
        f"Aussagewert gezeigt, Anteile an weniger als {politik.anteil_ab} nicht."
    ]
    for v in politik.vergroeberungen:
        liste = next(k for k in GLIEDERUNGSLISTEN[v.merkmal] if set(v.klassen.values()) <= set(k.schluessel))
        klassen = "; ".join(c.label for c in liste.codes)
        saetze.append(f"„{FELDER[v.merkmal].label}“ wird in Klassen veröffentlicht: {klassen}.")
    return tuple(saetze)


def _regel(schutz: Schutz) -> str:
    if schutz.art is Schutzart.OFFEN:
        return "Einrichtungen, Angebote, öffentliche Haushalte und Organisation werden gezeigt, wie sie sind."
    if schutz.art is Schutzart.RUNDEN:
        return f"Jede Zahl wird für sich auf Vielfache von {schutz.basis} gerundet; Summen gehen deshalb nicht auf."
    if schutz.art is Schutzart.ZELLSPERRUNG:
        gruppe = (
            f" Gehören alle einer Gruppe von weniger als {schutz.gruppe} Menschen zum selben Teil einer Gliederung, "
            "wird die Gruppe danach nicht gegliedert."
        )
        return (
            f"Zahlen von 1 bis {schutz.k - 1} werden nicht gezeigt, und für keine gesperrte lassen sich weniger als "
            f"{schutz.k} mögliche Werte erschließen.{gruppe if schutz.gruppe else ''}"
        )
    gruende = [f"{_name(m)} unter {n} oder selbst gesperrt" for m, n in schutz.einheiten.items()]
    if schutz.klein_unter:
        gruende.append(f"ein Betrag unter {zahl(runde(schutz.klein_unter, 0))} Euro")
    return (
        f"Gesperrt wird bei: {aufzaehlung(gruende)}. Jede gesperrte Summe bleibt um mindestens "
        f"{zahl(runde(schutz.p_prozent, 0))} Prozent nach oben und unten ungewiss."
    )


def _katalogmasse(land: Land) -> tuple[str, ...]:
    masse: dict[str, None] = {}
    for indikator in katalog(land):
        for variante in indikator.varianten:
            for groesse in (variante.zaehler, variante.nenner):
                if groesse is not None and groesse.ist_geliefert:
                    masse |= dict.fromkeys([z.mass for z in groesse.zellen] or [groesse.datensatz])
    return tuple(sorted(masse))


def _masse(land: Land) -> tuple[str, ...]:
    return tuple(m for m in _katalogmasse(land) if m.split(".")[0] in land.datensaetze)


def _name(mass: str) -> str:
    """A measure in words: its column where it is one, with its dataset."""
    datensatz, *rest = mass.split(".")
    label = alle_datensaetze()[datensatz].label
    feld = FELDER.get(rest[0]) if rest else None
    return f"{label}: {feld.label}" if feld else label


def preise(daten: Berichtsdaten) -> tuple[Preis, ...]:
    """The price table; empty where it was not computed or may not be seen."""
    return tuple(
        Preis(
            regel=z["regel"],
            zellen=zahl(runde(z["zellen"], 0)),
            gesperrt=zahl(runde(z["gesperrt"], 0)),
            anteil=_prozent(z["gesperrt"] / max(z["zellen"], 1)),
            inhalt=_prozent(z["anteil_inhalt"]),
            bemerkung=""
            if z["summen_offen"] is None
            else f"{_prozent(z['summen_offen'])} der Summen gehen nicht mehr auf",
        )
        for z in daten.preise.iter_rows(named=True)
    )


def _prozent(anteil: float) -> str:
    return mit_einheit(zahl(runde(100 * anteil, 1)), "Prozent")
