"""For each rule across files a change to the good state that breaks it, and the finding it must lead to.

A change takes the state, alters it in place and returns the keys of the findings: Meldeeinheit, year, dataset, key.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from assets.eingang.dateiname import Lieferschluessel
from tests.querpruefung.zustand import EINHEITEN, ERSTE, Zeile, Zustand

Fund = tuple[str, int, str, str]
JAHR = 2026


def zeilen(zustand: Zustand, datensatz: str, *, jahr: int = JAHR, einheit: str = ERSTE, **wo: Any) -> list[Zeile]:
    """The rows of a delivery in which these columns have these values, to be changed in place."""
    alle = zustand[Lieferschluessel(datensatz, jahr, einheit)]
    return [z for z in alle if all(z.get(spalte) == wert for spalte, wert in wo.items())]


def setze(zustand: Zustand, datensatz: str, neu: Zeile, *, jahr: int = JAHR, einheit: str = ERSTE, **wo: Any) -> None:
    """Gives rows other values; there must be at least one."""
    gefunden = zeilen(zustand, datensatz, jahr=jahr, einheit=einheit, **wo)
    assert gefunden, (datensatz, jahr, einheit, wo)
    for zeile in gefunden:
        zeile.update(neu)


def streiche(zustand: Zustand, datensatz: str, **wo: Any) -> None:
    """Removes rows of the first Meldeeinheit in the last year."""
    schluessel = Lieferschluessel(datensatz, JAHR, ERSTE)
    weg = zeilen(zustand, datensatz, **wo)
    assert weg
    zustand[schluessel] = [z for z in zustand[schluessel] if z not in weg]


def _ohne_beratung(z: Zustand) -> set[Fund]:
    streiche(z, "beratung", stelle_id="FSA01")
    return {(ERSTE, JAHR, "beratung", "stelle_id=FSA01; art=FSA")}


def _ohne_personal(z: Zustand) -> set[Fund]:
    streiche(z, "personal", stelle_id="KIK01")
    return {(ERSTE, JAHR, "personal", "stelle_id=KIK01; art=KIK")}


def _unbekannte_stelle(z: Zustand) -> set[Fund]:
    setze(z, "personal", {"stelle_id": "XX9"}, stelle_id="IBZ01")
    return {(ERSTE, JAHR, "personal", "stelle_id=XX9")}


def _leer(z: Zustand) -> set[Fund]:
    streiche(z, "rueckkehr")
    return {(ERSTE, JAHR, "rueckkehr", "")}


def _nie_geliefert(z: Zustand) -> set[Fund]:
    del z[Lieferschluessel("zustaendigkeit", JAHR, ERSTE)]
    return {(ERSTE, JAHR, "zustaendigkeit", "aufgabe=KIK")}


def _zu_einer_aufgabe_nichts(z: Zustand) -> set[Fund]:
    streiche(z, "massnahmen", massnahmeart="AGH")
    return {(ERSTE, JAHR, "massnahmen", "aufgabe=AGH")}


def _trotz_fehlanzeige(z: Zustand) -> set[Fund]:
    setze(z, "aufgaben", {"wahrgenommen": "NICHT"}, aufgabe="RKB")
    return {(ERSTE, JAHR, d, "aufgabe=RKB") for d in ("stellen", "personal", "beratung", "rueckkehr")}


def _leer_ohne_aufgaben(z: Zustand) -> set[Fund]:
    streiche(z, "beratung")
    del z[Lieferschluessel("aufgaben", JAHR, ERSTE)]
    return {(ERSTE, JAHR, "beratung", "")}


def _bericht_ohne_texte(z: Zustand) -> set[Fund]:
    del z[Lieferschluessel("meldung", JAHR, ERSTE)]
    return {(ERSTE, JAHR, "meldung", "aufgabe=BERICHT")}


def _amtlich(z: Zustand) -> set[Fund]:
    neu = {"personen": zeilen(z, "bevoelkerung", gruppe="INSGESAMT")[0]["personen"] + 6}
    setze(z, "bevoelkerung", neu, gruppe="INSGESAMT", stichtag=date(2025, 12, 31))
    return {(ERSTE, JAHR, "bevoelkerung", "stichtag=2025-12-31; konzept=AUSL_FORT; gruppe=INSGESAMT")}


def _herkunft(z: Zustand) -> set[Fund]:
    setze(z, "herkunft", {"personen": 1001}, staat="423")
    return {(ERSTE, JAHR, "herkunft", "stichtag=2026-12-31; konzept=AUSL_FORT")}


def _betreuung(z: Zustand) -> set[Fund]:
    setze(z, "zielgruppe", {"bestand_anfang": 1200, "bestand_ende": 1210})
    return {(ERSTE, JAHR, "zielgruppe", "")}


def _ausreisen(z: Zustand) -> set[Fund]:
    setze(z, "rueckkehr", {"ausreisen_aufgrund_beratung": 1500})
    return {(ERSTE, JAHR, "rueckkehr", "")}


def _formel(z: Zustand) -> set[Fund]:
    alt = zeilen(z, "finanzen", buchungsart="ZUW_FESTGESETZT")[0]["betrag_eur"]
    setze(z, "finanzen", {"betrag_eur": alt + 0.02}, buchungsart="ZUW_FESTGESETZT")
    return {(ERSTE, JAHR, "finanzen", "haushaltsjahr=2026; fg=FG5")}


def _je_vzae(z: Zustand) -> set[Fund]:
    setze(z, "beratung", {"beratungen": 600}, stelle_id="RKB01")
    return {(ERSTE, JAHR, "beratung", "leistungsart=RKB")}


def _ueber_mitteln(z: Zustand) -> set[Fund]:
    alt = zeilen(z, "finanzen", buchungsart="AUSGABE_PERSONAL")[0]["betrag_eur"]
    setze(z, "finanzen", {"betrag_eur": alt + 20}, buchungsart="AUSGABE_PERSONAL")
    return {(ERSTE, JAHR, "finanzen", "haushaltsjahr=2026; fg=FG5")}


def _sprung(z: Zustand) -> set[Fund]:
    setze(z, "beratung", {"beratungen": 1400}, stelle_id="FSA01")
    return {(ERSTE, JAHR, "beratung", "reihe=beratung.beratungen.FSA")}


def _gegen_den_strom(z: Zustand) -> set[Fund]:
    for einheit in EINHEITEN[1:]:
        setze(z, "massnahmen", {"einsaetze": 300}, einheit=einheit, massnahmeart="SKM")
    return {(ERSTE, JAHR, "massnahmen", "reihe=massnahmen.einsaetze.SKM")}


def _konzept(z: Zustand) -> set[Fund]:
    setze(z, "herkunft", {"konzept": "MH_MELDE"})
    return {(ERSTE, JAHR, "herkunft", "konzept")}


def _zaehlweise(z: Zustand) -> set[Fund]:
    setze(z, "beratung", {"zaehleinheit": "KONTAKT"}, leistungsart="FSA")
    return {(ERSTE, JAHR, "beratung", "leistungsart=FSA")}


def _verschwunden(z: Zustand) -> set[Fund]:
    streiche(z, "stellen", stelle_id="KIK01")
    return {(ERSTE, JAHR, "stellen", "stelle_id=KIK01; art=KIK")}


def _kopiert(z: Zustand) -> set[Fund]:
    neu = {"berichtsjahr": JAHR, "stichtag": date(JAHR, 12, 31)}
    z[Lieferschluessel("personal", JAHR, ERSTE)] = [zeile | neu for zeile in zeilen(z, "personal", jahr=JAHR - 1)]
    return {(ERSTE, JAHR, "personal", "")}


def _ausreisser(z: Zustand) -> set[Fund]:
    setze(z, "beratung", {"beratungen": 6000}, stelle_id="IBZ01")
    return {(ERSTE, JAHR, "", "indikator_id=IBZ-03; variante=JE_VZAE")}


def _null(z: Zustand) -> set[Fund]:
    setze(z, "massnahmen", {"einsaetze": 0}, massnahmeart="GDD")
    return {(ERSTE, JAHR, "massnahmen", "reihe=massnahmen.einsaetze.GDD")}


VERSTOSS: dict[str, tuple[Callable[[Zustand], set[Fund]], ...]] = {
    "R17a": (_ohne_beratung, _ohne_personal),
    "R17b": (_unbekannte_stelle,),
    "R23a": (_leer,),
    "R23b": (_nie_geliefert, _zu_einer_aufgabe_nichts, _bericht_ohne_texte),
    "R23c": (_trotz_fehlanzeige,),
    "R23e": (_leer_ohne_aufgaben,),
    "R30": (_amtlich,),
    "R31": (_herkunft,),
    "R32": (_betreuung,),
    "R33": (_ausreisen,),
    "R34": (_formel,),
    "R35": (_je_vzae,),
    "R36": (_ueber_mitteln,),
    "R40a": (_sprung,),
    "R40b": (_gegen_den_strom,),
    "R41a": (_konzept,),
    "R41b": (_zaehlweise,),
    "R42": (_verschwunden,),
    "R43": (_kopiert,),
    "R50a": (_ausreisser,),
    "R50b": (_null,),
}
"""R23d and R44 need received files and R51 a wrong indicator: they have tests of their own."""
