"""Rows of `massnahmen`: what the tasks of the Meldeeinheit imply, in invented numbers that fit its size."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from pipeline.beispiele.inhalt import Auftrag, Wert, Zeile
from pipeline.beispiele.inhalt.aufgaben import wahrgenommen
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import hat_gemeinden
from pipeline.beispiele.zufall import aufteilen, hundertstel, streuung
from schemas.codelisten import GESAMT, THEMENFELD
from schemas.datensaetze.massnahmen import GEZAEHLT
from schemas.erwartung import NICHT_WAHRGENOMMEN

_THEMEN = tuple(c for c in THEMENFELD.schluessel if c != GESAMT)
_THEMEN_GEWICHT = (12, 22, 14, 34, 4, 14)
"""Interpreters are called to doctors and schools most of all."""
_JE_ZIELPERSON = {"SKM": 0.7, "GDD": 0.25}
_JE_HUNDERTTAUSEND = {"ORIENTIERUNG": 5.0, "AGH": 3.0, "NIEDRIGSCHWELLIG": 6.0}
_CENT_JE = {"SKM": 4500, "GDD": 3800, "ORIENTIERUNG": 650_000, "AGH": 420_000, "NIEDRIGSCHWELLIG": 380_000}
_UNBEKANNT = (".", "k.A.")


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """The kinds of measure § 14 asks for, as far as the task is carried out, and networking where there is a KIM."""
    if auftrag.besonderheit is Besonderheit.KOPIERT:
        vorjahr = auftrag.lieferung._replace(jahr=auftrag.jahr - 1)
        return zeilen(replace(auftrag, lieferung=vorjahr, besonderheit=None))
    ergebnis: list[Zeile] = []
    for art in GEZAEHLT:
        wie = wahrgenommen(auftrag, art)
        if wie not in NICHT_WAHRGENOMMEN:
            ergebnis += _zeilen_der_art(auftrag, art, wie)
    if any(s.art == "KIM" for s in auftrag.plan.stellen):
        ergebnis.append(
            _zeile("NETZWERK", "KR", anzahl=auftrag.strom("massnahmen", "netz", auftrag.jahr).randint(2, 6))
        )
    if auftrag.plan.zeichen in _UNBEKANNT and ergebnis:
        ergebnis[0]["ehrenamtliche"] = auftrag.plan.zeichen
    return ergebnis


def _zeilen_der_art(auftrag: Auftrag, art: str, wie: str) -> Iterator[Zeile]:
    strom = auftrag.strom("massnahmen", art)
    traeger = _traeger(auftrag, wie, strom)
    menge = _menge(auftrag, art)
    jahr = auftrag.strom("massnahmen", art, auftrag.jahr)
    for kennung, anzahl in zip(traeger, aufteilen(menge, [strom.uniform(1, 2) for _ in traeger]), strict=True):
        if GEZAEHLT[art] == "einsaetze":
            yield _zeile(art, kennung, einsaetze=anzahl, ausgaben_eur=_ausgaben(art, anzahl, jahr))
            if art == "SKM":
                yield from _themen(art, kennung, anzahl, jahr)
        else:
            yield from _orte(auftrag, art, kennung, anzahl, jahr)


def _menge(auftrag: Auftrag, art: str) -> int:
    """How many of a kind in the year, more or less the same each year."""
    anker = auftrag.plan.anker
    if art in _JE_ZIELPERSON:
        im_jahr = anker.zielgruppe * _JE_ZIELPERSON[art]
    else:
        im_jahr = anker.einwohner[auftrag.jahr] / 100_000 * _JE_HUNDERTTAUSEND[art]
    eigenart = streuung(auftrag.strom("massnahmen", "niveau", art), 0.3)
    jahr = streuung(auftrag.strom("massnahmen", "jahr", art, auftrag.jahr), 0.07)
    return max(1, round(im_jahr * eigenart * jahr * auftrag.umgebung.jahresanteil))


def _traeger(auftrag: Auftrag, wie: str, strom: Random) -> list[str]:
    freie = sorted({s.traeger_id for s in auftrag.plan.stellen if s.traegerschaft == "FREI"}) or ["TR1"]
    if wie == "SELBST":
        return ["KR"]
    fremde = strom.sample(freie, min(len(freie), strom.choice((1, 1, 2))))
    return ["KR", fremde[0]] if wie == "TEILS" else fremde


def _themen(art: str, traeger: str, anzahl: int, strom: Random) -> Iterator[Zeile]:
    gewichte = [g * streuung(strom, 0.2) for g in _THEMEN_GEWICHT]
    for thema, teil in zip(_THEMEN, aufteilen(anzahl, gewichte), strict=True):
        yield _zeile(art, traeger, themenfeld=thema, einsaetze=teil)


def _orte(auftrag: Auftrag, art: str, traeger: str, anzahl: int, strom: Random) -> Iterator[Zeile]:
    """Low-threshold offers stand in their Gemeinden, everything else belongs to no single one."""
    orte = [GESAMT]
    if art == "NIEDRIGSCHWELLIG" and hat_gemeinden(auftrag.plan.meldeeinheit):
        gemeinden = auftrag.plan.meldeeinheit.gemeinden
        orte = [g.ags for g in auftrag.strom("massnahmen", "orte", traeger).sample(gemeinden, min(3, len(gemeinden)))]
    for ort, teil in zip(orte, aufteilen(anzahl, [strom.uniform(1, 2) for _ in orte]), strict=True):
        yield _zeile(
            art,
            traeger,
            gemeinde_ags=ort,
            anzahl=teil,
            teilnehmende=teil * strom.randint(8, 16),
            ehrenamtliche=teil * strom.randint(1, 4) if art == "NIEDRIGSCHWELLIG" else None,
            ausgaben_eur=_ausgaben(art, teil, strom),
        )


def _ausgaben(art: str, anzahl: int, strom: Random) -> Wert:
    return hundertstel(round(anzahl * _CENT_JE[art] * streuung(strom, 0.15)))


def _zeile(art: str, traeger: str, **werte: Wert) -> Zeile:
    leer: Zeile = dict.fromkeys(("anzahl", "einsaetze", "teilnehmende", "ehrenamtliche", "ausgaben_eur"))
    kopf: Zeile = {"massnahmeart": art, "traeger_id": traeger, "gemeinde_ags": GESAMT, "themenfeld": GESAMT}
    return kopf | leer | werte
