"""Where a value comes from: definition, numerator and denominator, sources with their state, earlier states.

What belongs here: what a reader needs to check a number. What does not: the numbers themselves.
"""

from collections.abc import Sequence

from assets.berichte.bestand import Blick
from assets.berichte.reihen import Angabe, Reihe
from assets.berichte.worte import jahre, stand, zeitraum
from assets.berichte.zahlen import menge, zahl
from schemas.modell import Land
from schemas.statistik import regel_fuer


def definition(land: Land, reihe: Reihe) -> tuple[tuple[str, str], ...]:
    """Terms and texts of the definition list; parts the catalogue leaves empty are left out."""
    indikator, variante = reihe.indikator, reihe.variante
    rechnung = "Zähler"
    if variante.nenner is not None:
        faktor = "" if variante.faktor == 1 else f"{menge(variante.faktor)} × "
        rechnung = f"{faktor}Zähler ÷ Nenner"
    if land.standardbevoelkerung is not None and variante.standardisierung:
        rechnung += f" je Altersgruppe, gewichtet mit: {land.standardbevoelkerung.label}"
    teile = (
        ("Definition", indikator.definition),
        ("Zähler", variante.zaehler.quelle if variante.zaehler else ""),
        ("Nenner", variante.nenner.quelle if variante.nenner else ""),
        ("Berechnung", rechnung),
        ("Vergleich", regel_fuer(variante)),
        ("Lesehilfe", indikator.lesehilfe),
        ("Berichtspunkt", ", ".join(p.id for p in land.berichtspunkte if indikator.id in p.indikatoren)),
        ("Fassung der Definition", indikator.version),
    )
    return tuple((begriff, text) for begriff, text in teile if text)


def quellen(blick: Blick, reihe: Reihe) -> tuple[tuple[str, str], ...]:
    """(Source, its states with their years) of every value shown for the area and the Land, newest state first.

    Where the area has no row, the source the variant would use is named.
    """
    return _quellen(reihe, (blick.ags, blick.land.ags))


def quellen_aller(reihe: Reihe) -> tuple[tuple[str, str], ...]:
    """The same for all areas."""
    gebiete = (reihe.werte, *(g for codes in reihe.teile.values() for g in codes.values()))
    return _quellen(reihe, tuple(dict.fromkeys(ags for gebiet in gebiete for ags in gebiet)))


def _quellen(reihe: Reihe, gezeigt: Sequence[str]) -> tuple[tuple[str, str], ...]:
    je_quelle: dict[str, dict[str, set[int]]] = {}
    gebiete = [reihe.werte, *(g for codes in reihe.teile.values() for g in codes.values())]
    for gebiet in gebiete:
        for ags in gezeigt:
            for jahr, angabe in gebiet.get(ags, {}).items():
                je_quelle.setdefault(angabe.quelle, {}).setdefault(angabe.stand, set()).add(jahr)
    if not je_quelle and reihe.variante.zaehler is not None:
        return ((reihe.variante.zaehler.quelle, "ohne Werte"),)
    return tuple(
        (quelle or "Quelle nicht angegeben", "; ".join(_stand(tag, staende[tag]) for tag in sorted(staende)[::-1]))
        for quelle, staende in sorted(je_quelle.items())
    )


def _stand(tag: str, gezeigt: set[int]) -> str:
    return f"Stand {stand(tag)} für {jahre(gezeigt)}" if tag else jahre(gezeigt)


def fruehere_staende(blick: Blick, reihe: Reihe) -> tuple[str, ...]:
    """Earlier states of a figure of the area or the Land, each with the value that replaced it."""
    saetze = []
    for ags, name in dict.fromkeys(((blick.ags, blick.name), (blick.land.ags, blick.land.name))):
        for alt in sorted(reihe.fruehere.get(ags, ()), key=lambda a: (a.jahr, a.stand)):
            neu = reihe.werte[ags][alt.jahr]
            tag = zeitraum(alt.jahr, alt.von, alt.bis)
            saetze.append(f"{name}, {tag}: {_mit_stand(alt)}, ersetzt durch {_mit_stand(neu)}")
    return tuple(saetze)


def _mit_stand(angabe: Angabe) -> str:
    wert = "keine Zahl" if angabe.wert is None else zahl(angabe.wert)
    return f"{wert} (Stand {stand(angabe.stand)})"
