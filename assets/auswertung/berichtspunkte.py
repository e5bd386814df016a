"""Judges each item of the law's checklist, per Meldeeinheit, Berichtszeitraum and calendar year.

What belongs here: which state an item has and why. What does not: looking things up (`unterlagen.py`), the wording
(`schemas/berichtsstand.py`), and showing it.

An item is made of parts: figures, deliveries they come from, texts. All there: erfüllt; none: fehlt; else teilweise.
Figures without any source in the Land are not held against a Meldeeinheit unless there is nothing else. Until its
deadline nothing is missing. Items asked for by calendar year are for a period what they are in its years, leaving out
those not yet due; items asked for once are judged by all its years together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from assets.auswertung.unterlagen import Unterlagen, Zahl
from schemas.berichtsinhalt import AUSWERTUNG, meldecode, punkte_zu
from schemas.berichtsstand import PUNKTSTAND, SPALTEN, Fassung, Grund, Punktstand, Zeitlage, satz
from schemas.codelisten import AUFGABE, GESAMT, KONZEPT
from schemas.codelisten_steuerung import ABSCHNITT
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Berichtspunkt, Berichtszeitraum, Herkunft, Land, Zahlenangabe

_TEXTE = "meldung"
_Gruende = tuple[tuple[Grund, str], ...]
"""Reasons, each with what it is about."""
_Frist = Callable[[Berichtspunkt], date]
"""Says until when an item is not missing."""


@dataclass(frozen=True, slots=True)
class Urteil:
    """The state of an item and its reasons."""

    stand: Punktstand
    gruende: _Gruende = ()

    @property
    def begruendung(self) -> str:
        """The reasons in sentences."""
        return " ".join(satz(grund, was) for grund, was in self.gruende)


@dataclass(frozen=True, slots=True)
class _Teil:
    """A part of an item: what share of it is there, what it is called, and what is wrong."""

    name: str
    stand: Punktstand
    gruende: _Gruende = ()


def berichtspunkte(unterlagen: Unterlagen) -> pl.DataFrame:
    """The states of all items, columns of `schemas.berichtsstand.SPALTEN`, in the order of the Land and of the law."""
    land = unterlagen.land
    zeilen = (
        (m.id, z.von, z.bis, jahr, punkt, urteil.stand, ";".join(g for g, _ in urteil.gruende), urteil.begruendung)
        for m in land.meldeeinheiten
        for z in land.berichtszeitraeume
        for jahr, urteile in _zeitraum(unterlagen, m.id, z)
        for punkt, urteil in urteile.items()
    )
    return pl.DataFrame(list(zeilen), schema=SPALTEN, orient="row")


def zeitlagen(land: Land, stand: date | None) -> dict[date, Zeitlage]:
    """First day of each Berichtszeitraum -> where it stands on the day deliveries last changed (None: none yet)."""
    return {z.von: _zeitlage(z, stand) for z in land.berichtszeitraeume}


def _zeitlage(zeitraum: Berichtszeitraum, stand: date | None) -> Zeitlage:
    if stand is None or stand <= zeitraum.bis:
        return Zeitlage.LAEUFT
    return Zeitlage.FAELLIG if stand > zeitraum.faellig else Zeitlage.VORBEI


def fassung(lage: Zeitlage, staende: Iterable[str]) -> Fassung:
    """What the report of a period may call itself; `staende` is the state of each item for the period as a whole."""
    if lage is Zeitlage.LAEUFT:
        return Fassung.ZWISCHENSTAND
    if not {Punktstand.FEHLT, Punktstand.OFFEN} & set(staende):
        return Fassung.BERICHT
    return Fassung.UNVOLLSTAENDIG if lage is Zeitlage.FAELLIG else Fassung.ZWISCHENSTAND


def jahre_von(zeitraum: Berichtszeitraum) -> tuple[int, ...]:
    """The calendar years a period covers, in whole or in part."""
    return tuple(range(zeitraum.von.year, zeitraum.bis.year + 1))


def _zeitraum(
    u: Unterlagen, einheit: str, zeitraum: Berichtszeitraum
) -> Iterator[tuple[int | None, dict[str, Urteil]]]:
    """All items by year, then (None) for the period as a whole."""
    jahre = jahre_von(zeitraum)
    je_jahr = {jahr: _urteile(u, einheit, (jahr,), partial(_frist, u.land, zeitraum, jahr)) for jahr in jahre}
    yield from je_jahr.items()
    im_ganzen = _urteile(u, einheit, jahre, lambda _: zeitraum.faellig)
    for punkt in u.land.berichtspunkte:
        if punkt.je_jahr:
            im_ganzen[punkt.id] = _aus_jahren({jahr: urteile[punkt.id] for jahr, urteile in je_jahr.items()})
    yield None, im_ganzen


def _frist(land: Land, zeitraum: Berichtszeitraum, jahr: int, punkt: Berichtspunkt) -> date:
    """The last day before an item is missing: that of the year's deliveries, or of the report."""
    return land.lieferfristen.get(jahr, zeitraum.faellig) if punkt.je_jahr else zeitraum.faellig


def _urteile(u: Unterlagen, einheit: str, jahre: tuple[int, ...], frist: _Frist) -> dict[str, Urteil]:
    """The items in some years together, in the order of the law; those made of others come last to be judged."""
    urteile: dict[str, Urteil] = {}
    for punkt in u.land.berichtspunkte:
        if not punkt.umfasst:
            urteile[punkt.id] = _mit_frist(u, _urteil(u, punkt, einheit, jahre), frist(punkt))
    for punkt in u.land.berichtspunkte:
        if punkt.umfasst:
            urteile[punkt.id] = _mit_frist(u, _umfassend(u, punkt, einheit, jahre, urteile), frist(punkt))
    return {punkt.id: urteile[punkt.id] for punkt in u.land.berichtspunkte}


def _mit_frist(u: Unterlagen, urteil: Urteil, frist: date) -> Urteil:
    """What is missing is not due until the deadline has passed; before the first delivery no day is known to ask at."""
    if urteil.stand is not Punktstand.FEHLT or (u.stand is not None and u.stand > frist):
        return urteil
    return Urteil(Punktstand.OFFEN, ((Grund.NOCH_NICHT_FAELLIG, frist.strftime("%d.%m.%Y")),))


def _aus_jahren(urteile: Mapping[int, Urteil]) -> Urteil:
    """An item asked for by year, for the whole period."""
    faellige = {jahr: u for jahr, u in urteile.items() if u.stand is not Punktstand.OFFEN}
    if not faellige:
        return next(iter(urteile.values()))
    if len(faellige) == 1:
        return next(iter(faellige.values()))
    arten = {u.stand for u in faellige.values()} - {Punktstand.ENTFAELLT} or {Punktstand.ENTFAELLT}
    stand = arten.pop() if len(arten) == 1 else Punktstand.TEILWEISE
    text = ", ".join(f"{jahr} {PUNKTSTAND.label_von(u.stand)}" for jahr, u in faellige.items())
    return Urteil(stand, ((Grund.JE_JAHR, text),))


def _urteil(u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int]) -> Urteil:
    """An item with figures or texts of its own."""
    teile = [t for t in (_zahlenteil(u, punkt, einheit, jahre), _textteil(u, punkt, einheit, jahre)) if t is not None]
    if punkt.aufgabe and not _widerspricht(u, punkt, einheit, jahre, teile):
        warum = u.warum_ruht(einheit, jahre, punkt.aufgabe)
        if warum is not None:
            was = f"„{AUFGABE.label_von(punkt.aufgabe)}“ {warum}"
            return Urteil(Punktstand.ENTFAELLT, ((Grund.AUFGABE_RUHT, was),))
    return _zusammen(teile)


def _widerspricht(
    u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int], teile: Iterable[_Teil]
) -> bool:
    """Whether something was handed in although nobody is said to carry the task out; a 0 says nothing against it."""
    if any(t.name == "Text" and t.stand is not Punktstand.FEHLT for t in teile):
        return True
    zahlen = (z for a in punkt.verlangt for z in _passende(u, a, einheit, jahre))
    return any(z.ueber_null for z in zahlen)


def _zusammen(teile: Sequence[_Teil]) -> Urteil:
    if not teile:
        return Urteil(Punktstand.ENTFAELLT, ((Grund.NICHT_ERWARTET, ""),))
    staende, gruende = {t.stand for t in teile}, tuple(g for t in teile for g in t.gruende)
    if staende == {Punktstand.ERFUELLT}:
        return Urteil(Punktstand.ERFUELLT, ((Grund.LIEGT_VOR, " und ".join(t.name for t in teile)),))
    return Urteil(Punktstand.FEHLT if staende == {Punktstand.FEHLT} else Punktstand.TEILWEISE, gruende)


# Figures ----------------------------------------------------------------------------------------------------------


def _zahlenteil(u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int]) -> _Teil | None:
    """The figures of an item and the deliveries they come from; None where it has none or none are expected."""
    if not punkt.indikatoren:
        return None
    namen = [n for n in punkt.datensaetze if n != _TEXTE and n in u.land.datensaetze]
    lagen = {n: u.lieferung(einheit, jahre, n) for n in namen}
    vorhanden, gruende = _angaben(u, punkt, einheit, jahre)
    fehlend = [n for n, lage in lagen.items() if lage.erwartet and not lage.gilt]
    if not vorhanden and lagen and not any(lage.erwartet or lage.gilt for lage in lagen.values()):
        return None
    if fehlend:
        abgelehnt = [n for n in fehlend if lagen[n].zurueckgewiesen]
        ausstehend = [n for n in fehlend if n not in abgelehnt]
        lieferung = [(Grund.ZURUECKGEWIESEN, _labels(abgelehnt)), (Grund.LIEFERUNG_FEHLT, _labels(ausstehend))]
        ohne = ((Grund.OHNE_LIEFERUNG, ""),) if vorhanden else ()
        gruende = (*((g, was) for g, was in lieferung if was), *ohne, *(gruende if vorhanden else ()))
    if not gruende:
        return _Teil("Zahlen", Punktstand.ERFUELLT)
    return _Teil("Zahlen", Punktstand.TEILWEISE if vorhanden else Punktstand.FEHLT, gruende)


def _labels(datensaetze: Iterable[str]) -> str:
    return ", ".join(f"„{alle_datensaetze()[n].label}“" for n in datensaetze)


def _angaben(u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int]) -> tuple[bool, _Gruende]:
    """Whether any figure of an item is there, and what is wrong with those it asks for."""
    if not punkt.verlangt:
        hat = any(z.hat_wert for i in punkt.indikatoren for z in u.zahlen_zu(einheit, jahre, i))
        alle = _namen(u, [Zahlenangabe(i) for i in punkt.indikatoren[:3]])
        return hat, () if hat else ((Grund.ZAHL_FEHLT, f"{alle} und weitere"),)
    lage = {a: _mangel(u, a, _passende(u, a, einheit, jahre)) for a in punkt.verlangt}
    da = [a for a, mangel in lage.items() if mangel in (None, Grund.OHNE_GLIEDERUNG)]
    gruende = [
        (grund, _namen(u, betroffene))
        for grund in Grund
        if (betroffene := [a for a, mangel in lage.items() if mangel is grund])
        and not (grund is Grund.KEINE_QUELLE and da)
    ]
    if punkt.konzepte:
        genutzt = [{z.konzept for z in _passende(u, a, einheit, jahre) if z.hat_wert} for a in da]
        ersatz = sorted({k for konzepte in genutzt if not konzepte & set(punkt.konzepte) for k in konzepte})
        labels = [f"„{KONZEPT.label_von(k) if k in KONZEPT.schluessel else k}“" for k in ersatz]
        gruende += [(Grund.ERSATZKONZEPT, " und ".join(labels))] if labels else []
    return bool(da), tuple(gruende)


def _passende(u: Unterlagen, angabe: Zahlenangabe, einheit: str, jahre: Sequence[int]) -> list[Zahl]:
    """What there is of the variants that count."""
    alle = u.zahlen_zu(einheit, jahre, angabe.indikator)
    return [z for z in alle if not angabe.varianten or z.variante in angabe.varianten]


def _mangel(u: Unterlagen, angabe: Zahlenangabe, zahlen: Sequence[Zahl]) -> Grund | None:
    """What keeps a figure from satisfying; None if it does. Nothing can be divided no further."""
    mit_wert = [z for z in zahlen if z.hat_wert]
    if mit_wert:
        reicht = not angabe.gliederung or any(angabe.gliederung in z.gliederungen for z in mit_wert)
        return None if reicht or not any(z.ueber_null for z in mit_wert) else Grund.OHNE_GLIEDERUNG
    indikator = u.katalog.get(angabe.indikator)
    herkunft = {v.id: v.herkunft for v in indikator.varianten} if indikator else {}
    if any(herkunft.get(z.variante) is Herkunft.LIEFERUNG for z in zahlen):
        return Grund.UNBEKANNT
    return Grund.KEINE_QUELLE if set(herkunft.values()) <= {Herkunft.KEINE} else Grund.ZAHL_FEHLT


def _namen(u: Unterlagen, angaben: Iterable[Zahlenangabe]) -> str:
    """What is asked for, by name: the variant where only one will do, else the indicator."""
    namen = []
    for angabe in angaben:
        indikator = u.katalog.get(angabe.indikator)
        if indikator is None:
            namen.append(angabe.indikator)
            continue
        varianten = [v.label for v in indikator.varianten if v.id in angabe.varianten]
        namen.append(f"{indikator.name} ({varianten[0]})" if len(varianten) == 1 else indikator.name)
    return ", ".join(namen)


# Texts ------------------------------------------------------------------------------------------------------------


def _textteil(u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int]) -> _Teil | None:
    """The texts of an item; None where it wants none or none are expected."""
    texte = u.texte_in(einheit, jahre)
    if not punkt.abschnitte or not (texte or u.lieferung(einheit, jahre, _TEXTE).erwartet):
        return None
    fehlend = [gruppe for gruppe in punkt.abschnitte if not any(_hat_text(u, punkt, a, texte) for a in gruppe)]
    if not fehlend:
        return _Teil("Text", Punktstand.ERFUELLT)
    was = ", ".join(" oder ".join(f"„{ABSCHNITT.label_von(a)}“" for a in gruppe) for gruppe in fehlend)
    stand = Punktstand.FEHLT if len(fehlend) == len(punkt.abschnitte) else Punktstand.TEILWEISE
    return _Teil("Text", stand, ((Grund.TEXT_FEHLT, was),))


def _hat_text(u: Unterlagen, punkt: Berichtspunkt, abschnitt: str, texte: set[tuple[str, str]]) -> bool:
    """A section about one item alone belongs to it whatever its row says."""
    if punkte_zu(u.land, abschnitt) == (punkt.id,):
        return any(a == abschnitt for a, _ in texte)
    return (abschnitt, meldecode(punkt.id)) in texte


def _umfassend(
    u: Unterlagen, punkt: Berichtspunkt, einheit: str, jahre: Sequence[int], urteile: Mapping[str, Urteil]
) -> Urteil:
    """An item that wants figures and an evaluation of others: of each that does not fall away."""
    verlangt = [i for i in punkt.umfasst if urteile[i].stand is not Punktstand.ENTFAELLT]
    texte = u.texte_in(einheit, jahre)
    ohne_zahlen = [i for i in verlangt if urteile[i].stand in (Punktstand.FEHLT, Punktstand.OFFEN)]
    teile = [_anteil("Zahlen", verlangt, ohne_zahlen, Grund.PUNKTE_OHNE_ZAHLEN)]
    if texte or u.lieferung(einheit, jahre, _TEXTE).erwartet:
        ohne_text = [i for i in verlangt if (AUSWERTUNG, meldecode(i)) not in texte]
        auswertung = _anteil("Auswertung", verlangt, ohne_text, Grund.AUSWERTUNG_FEHLT)
        if ohne_text and {(AUSWERTUNG, meldecode(punkt.id)), (AUSWERTUNG, GESAMT)} & texte:
            gruende = (*auswertung.gruende, (Grund.AUSWERTUNG_IM_GANZEN, ""))
            auswertung = _Teil("Auswertung", Punktstand.TEILWEISE, gruende)
        teile.append(auswertung)
    return _zusammen(teile if verlangt else ())


def _anteil(name: str, verlangt: Sequence[str], ohne: Sequence[str], grund: Grund) -> _Teil:
    if not ohne:
        return _Teil(name, Punktstand.ERFUELLT)
    stand = Punktstand.FEHLT if len(ohne) == len(verlangt) else Punktstand.TEILWEISE
    return _Teil(name, stand, ((grund, f"{len(ohne)} von {len(verlangt)} Punkten"),))
