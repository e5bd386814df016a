"""The evaluation of an indicator in sentences, and the table of its changes the sentences take their numbers from.

What belongs here: which circumstances hold of a value, and the words for the gaps of `schemas/auswertungssaetze.py`.
Nothing is said of a value that is missing or withheld, and nothing is compared that is not comparable. Numbers are the
rounded ones of the tables; a difference is that of the two numbers shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from assets.auswertung.statistik.eingaben import Grenzen
from assets.auswertung.statistik.vergleich import vergleiche, werte, werte_am_ziel
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, Reihe
from assets.berichte.vergleich import Vergleich
from assets.berichte.worte import dativ, ort, zeitangabe
from assets.berichte.zahlen import menge, mit_einheit, runde, veraenderung, zahl
from schemas.auswertungssaetze import AUSWERTUNGSTEXTE, Aussage, Umstand, saetze
from schemas.einheiten import JE_MELDEEINHEIT
from schemas.modell import Kennzahlart
from schemas.statistik import TRENDS, Trend, Urteil
from schemas.statistik import Vergleich as Lage
from schemas.vergleichbarkeit import GRUND
from schemas.vergleichbarkeit import Urteil as Vergleichbarkeit
from schemas.vergleichbarkeit import Vergleich as Gegenueber

_LANGE_REIHE = 3
"""Years from which the change over the series says more than the change to the previous year."""
_LAGE = {
    Lage.HOEHER: Umstand.LAND_HOEHER,
    Lage.NIEDRIGER: Umstand.LAND_NIEDRIGER,
    Lage.AEHNLICH: Umstand.LAND_AEHNLICH,
    Lage.NICHT_VERGLICHEN: Umstand.LAND_OHNE_URTEIL,
}
_URTEIL = {Urteil.BESSER: Umstand.BESSER, Urteil.SCHLECHTER: Umstand.SCHLECHTER}
_VORJAHR = {
    Lage.HOEHER: Umstand.VORJAHR_MEHR_ALS_ZUFALL,
    Lage.NIEDRIGER: Umstand.VORJAHR_MEHR_ALS_ZUFALL,
    Lage.AEHNLICH: Umstand.VORJAHR_ZUFALL,
}
_TREND = {
    Trend.STEIGEND: Umstand.TREND_STEIGEND,
    Trend.FALLEND: Umstand.TREND_FALLEND,
    Trend.KEIN_TREND: Umstand.TREND_KEINER,
}
_ZUFALL = {
    Umstand.VORJAHR_MEHR_ALS_ZUFALL: "mehr als zufällige Schwankung",
    Umstand.VORJAHR_ZUFALL: "im Bereich zufälliger Schwankung",
}
_NICHT_BESTIMMT = "Zufall nicht bestimmt"


@dataclass(frozen=True, slots=True)
class Entwicklungszeile:
    """A comparable earlier year: its value, what became of it, and what chance has to do with it."""

    jahr: int
    wert: str
    veraenderung: str
    einordnung: str


@dataclass(frozen=True, slots=True)
class Auswertung:
    """Sentences with what each is about, and the changes they speak of; empty where there is no value to speak of."""

    jahr: int | None = None
    saetze: tuple[tuple[Aussage, str], ...] = ()
    entwicklung: tuple[Entwicklungszeile, ...] = ()

    @property
    def text(self) -> str:
        """All sentences as one paragraph."""
        return " ".join(satz for _, satz in self.saetze)


_Teil = tuple[frozenset[Umstand], dict[str, str]]
"""Circumstances that hold, and the words for the gaps that go with them."""


def auswertung(bestand: Bestand, blick: Blick, reihe: Reihe) -> Auswertung:
    """The evaluation of one variant for the area of a page, in the year in which all areas are compared."""
    vergleich = bestand.vergleich(reihe)
    eigene = reihe.angabe(blick.ags, vergleich.jahr) if vergleich else None
    if vergleich is None or eigene is None or eigene.wert is None:
        return Auswertung()
    ja_oder_nein = reihe.einheit == JE_MELDEEINHEIT and not blick.ist_land
    teile = [_stand(blick, reihe, eigene, mehrere=len(bestand.reihen[reihe.indikator.id]) > 1)]
    verlauf = None if ja_oder_nein else bestand.trend(reihe, blick.ags, eigene.jahr)
    if verlauf is not None:
        teile.append(_verlauf(reihe, verlauf))
    if not ja_oder_nein:
        teile.append(_land(blick, reihe, eigene))
    teile.append(_vergleichbarkeit(blick, reihe, eigene))
    teile.append(_abdeckung(blick, reihe, vergleich, teile))
    umstaende = frozenset[Umstand]().union(*(u for u, _ in teile))
    worte = {name: text for _, luecken in teile for name, text in luecken.items()}
    fertig = tuple((s.aussage, s.text.format_map(worte)) for s in saetze(umstaende))
    return Auswertung(eigene.jahr, fertig, _entwicklung(reihe, verlauf, umstaende) if verlauf else ())


def texttabelle(bestand: Bestand) -> pl.DataFrame:
    """The sentences of all areas, columns `AUSWERTUNGSTEXTE`, sorted by key."""
    land = bestand.daten.land
    blicke = [Blick(land), *(Blick(land, m) for m in land.meldeeinheiten)]
    zeilen = [
        (r.indikator.id, r.variante.id, blick.ags, a.jahr, nr, str(aussage), text)
        for blick in blicke
        for varianten in bestand.reihen.values()
        for r in varianten
        for a in [auswertung(bestand, blick, r)]
        for nr, (aussage, text) in enumerate(a.saetze, 1)
    ]
    tabelle = pl.DataFrame(zeilen, schema=AUSWERTUNGSTEXTE, orient="row")
    return tabelle.sort("indikator_id", "variante", "ags", "nr")


def _stand(blick: Blick, reihe: Reihe, eigene: Angabe, *, mehrere: bool) -> _Teil:
    assert eigene.wert is not None  # noqa: S101  # the caller has asked
    einheit = blick.meldeeinheit
    name = f"„{reihe.indikator.name}“" + (f" ({reihe.variante.label})" if mehrere else "")
    worte = {
        "zeit": zeitangabe(eigene.jahr, eigene.von, eigene.bis),
        "ort": ort(einheit.name, einheit.typ) if einheit else ort(blick.land.name, ""),
        "landort": ort(blick.land.name, ""),
        "land": blick.land.name,
        "andere": dativ(blick.mehrzahl),
        "name": name,
        "wert": mit_einheit(zahl(eigene.wert), reihe.einheit),
    }
    gilt = {Umstand.IST_LAND} if blick.ist_land else set[Umstand]()
    if reihe.einheit == JE_MELDEEINHEIT:
        gilt |= {Umstand.JA_ODER_NEIN} | ({Umstand.TRIFFT_ZU} if eigene.wert else set())
    if reihe.variante.nenner is not None and eigene.zaehler is not None and eigene.nenner is not None:
        worte |= {"zaehler": menge(eigene.zaehler), "nenner": menge(eigene.nenner)}
        ganzes = reihe.variante.art is Kennzahlart.ANTEIL and eigene.zaehler <= eigene.nenner
        gilt.add(Umstand.TEIL_DES_GANZEN if ganzes else Umstand.MIT_NENNER)
    return frozenset(gilt), worte


def _land(blick: Blick, reihe: Reihe, eigene: Angabe) -> _Teil:
    land = landesangabe(blick, reihe, eigene)
    if land is None or land.wert is None:
        return frozenset(), {}
    lage, urteil = lage_und_urteil(reihe, eigene, land)
    gilt = {_LAGE[lage]} | ({_URTEIL[urteil]} if urteil in _URTEIL else set())
    return frozenset(gilt), {"landeswert": mit_einheit(zahl(land.wert), reihe.einheit)}


def landesangabe(blick: Blick, reihe: Reihe, eigene: Angabe) -> Angabe | None:
    """The Land's value a rate is held against; None for counts, and where both must not be compared."""
    if blick.ist_land or not reihe.ist_verhaeltnis or eigene.vgl_land == NICHT_VERGLEICHBAR:
        return None
    land = reihe.angabe(blick.land.ags, eigene.jahr)
    return None if land is None or land.wert is None else land


def lage_und_urteil(reihe: Reihe, eigene: Angabe, land: Angabe) -> tuple[Lage, Urteil]:
    """By the published rules; an indicator without direction is not judged."""
    if eigene.grenzen is None or eigene.genau is None or land.genau is None:
        return Lage.NICHT_VERGLICHEN, Urteil.NICHT_VERGLICHEN
    unten, oben = (np.array([grenze]) for grenze in eigene.grenzen)
    lagen = vergleiche([eigene.genau], Grenzen(unten, oben), land.genau)
    if (ziel := reihe.indikator.zielwert) is not None:
        urteile = werte_am_ziel([eigene.genau], Grenzen(unten, oben), land.genau, ziel)
    else:
        urteile = werte(lagen, reihe.indikator.richtung)
    return Lage(lagen[0]), Urteil(urteile[0])


def _verlauf(reihe: Reihe, verlauf: Mapping[str, Any]) -> _Teil:
    """Change to the previous year and over the series; a series of one year has none."""
    if verlauf["vorjahr_wert"] is None:
        return frozenset(), {}
    jetzt, davor, anfang = (runde(verlauf[s], reihe.stellen) for s in ("wert", "vorjahr_wert", "reihe_wert"))
    gilt = {Umstand.VORJAHR_DA} | ({Umstand.VORJAHR_GLEICH} if jetzt == davor else set())
    zufall = _VORJAHR.get(Lage(verlauf["vorjahr_vergleich"]))
    gilt |= {zufall} if zufall else set()
    if verlauf["reihe_anzahl"] >= _LANGE_REIHE:
        trend = _TREND.get(Trend(verlauf["trend"]))
        gilt |= {Umstand.LANGE_REIHE} | ({trend} if trend else set())
    return frozenset(gilt), {
        "vorjahr": str(verlauf["berichtsjahr"] - 1),
        "vorjahreswert": mit_einheit(zahl(davor), reihe.einheit),
        "vorjahr_veraenderung": veraenderung(jetzt - davor, reihe.einheit),
        "reihe_von": str(verlauf["reihe_von"]),
        "reihe_wert": mit_einheit(zahl(anfang), reihe.einheit),
        "reihe_veraenderung": veraenderung(jetzt - anfang, reihe.einheit),
    }


def _entwicklung(
    reihe: Reihe, verlauf: Mapping[str, Any], umstaende: frozenset[Umstand]
) -> tuple[Entwicklungszeile, ...]:
    """The changes of `_verlauf` as rows of a table, the previous year first."""
    if Umstand.VORJAHR_DA not in umstaende:
        return ()
    zufall = next((text for umstand, text in _ZUFALL.items() if umstand in umstaende), _NICHT_BESTIMMT)
    zeilen = [_zeile(reihe, verlauf, verlauf["berichtsjahr"] - 1, verlauf["vorjahr_wert"], zufall)]
    if Umstand.LANGE_REIHE in umstaende:
        trend = "Trend nicht bestimmt"
        if verlauf["trend"] != Trend.NICHT_BERECHENBAR:
            trend = f"Trend: {TRENDS.label_von(verlauf['trend'])}"
        zeilen.append(_zeile(reihe, verlauf, verlauf["reihe_von"], verlauf["reihe_wert"], trend))
    return tuple(zeilen)


def _zeile(reihe: Reihe, verlauf: Mapping[str, Any], jahr: int, wert: float, einordnung: str) -> Entwicklungszeile:
    jetzt, damals = (runde(w, reihe.stellen) for w in (verlauf["wert"], wert))
    return Entwicklungszeile(jahr, zahl(damals), veraenderung(jetzt - damals, reihe.einheit), einordnung)


_VERGLEICHBARKEIT: tuple[tuple[Gegenueber, str, Umstand, Umstand], ...] = (
    (Gegenueber.LAND, "gruende_land", Umstand.LAND_NICHT_VERGLEICHBAR, Umstand.LAND_EINGESCHRAENKT),
    (Gegenueber.KREISE, "gruende_kreise", Umstand.KREISE_NICHT_VERGLEICHBAR, Umstand.KREISE_EINGESCHRAENKT),
    (Gegenueber.VORJAHR, "gruende_vorjahr", Umstand.VORJAHR_NICHT_VERGLEICHBAR, Umstand.VORJAHR_EINGESCHRAENKT),
)


def _vergleichbarkeit(blick: Blick, reihe: Reihe, eigene: Angabe) -> _Teil:
    """Where a comparison is limited or ruled out, and by which reasons.

    A rate is held against the Land and a count against the other Meldeeinheiten; the Land has only its previous year.
    """
    urteil = {
        Gegenueber.LAND: eigene.vgl_land if reihe.ist_verhaeltnis and not blick.ist_land else "",
        Gegenueber.KREISE: eigene.vgl_kreise if not reihe.ist_verhaeltnis and not blick.ist_land else "",
        Gegenueber.VORJAHR: eigene.vgl_vorjahr,
    }
    gilt: set[Umstand] = set()
    worte: dict[str, str] = {}
    for gegenueber, luecke, nicht, etwas in _VERGLEICHBARKEIT:
        faelle = {Vergleichbarkeit.NICHT: nicht, Vergleichbarkeit.EINGESCHRAENKT: etwas}
        gefunden = next((v for v in faelle if v == urteil[gegenueber]), None)
        if gefunden and (gruende := ", ".join(_gruende(eigene.gruende, gegenueber, gefunden))):
            gilt.add(faelle[gefunden])
            worte[luecke] = gruende
    return frozenset(gilt), worte


def _gruende(codes: Sequence[str], gegenueber: Gegenueber, urteil: Vergleichbarkeit) -> Iterator[str]:
    """Labels of the reasons that lead to the verdict."""
    return (GRUND[c].label for c in codes if c in GRUND and GRUND[c].urteil(gegenueber) is urteil)


def _abdeckung(blick: Blick, reihe: Reihe, vergleich: Vergleich, teile: Sequence[_Teil]) -> _Teil:
    """On the Land's page always; elsewhere where the Land's value is named and rests on some only."""
    land = reihe.angabe(blick.land.ags, vergleich.jahr)
    if land is None or land.wert is None:
        return frozenset(), {}
    luecke = land.abdeckung is not None and land.abdeckung[0] < land.abdeckung[1]
    genannt = any("landeswert" in worte for _, worte in teile)
    if blick.ist_land or (luecke and genannt):
        return frozenset({Umstand.ABDECKUNG_NENNEN}), {"abdeckung": vergleich.abdeckung}
    return frozenset(), {}
