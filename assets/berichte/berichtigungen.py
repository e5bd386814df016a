"""Documented corrections of deliveries, as a report shows them: what was changed, by whom, why, and whether it counts.

What belongs here: putting the results of the check into words and counting them. What does not: applying corrections.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assets.berichte.daten import Berichtsdaten
from assets.berichte.worte import datum
from assets.pruefung.korrekturen import Korrekturergebnis
from schemas.datensaetze import alle_datensaetze


@dataclass(frozen=True, slots=True)
class Berichtigung:
    """One correction in words. `stelle` is the key of the row; `urteil` says whether it counts, else why not."""

    kennung: str
    jahr: int
    datensatz: str
    feld: str
    stelle: str
    alt: str
    neu: str
    grund: str
    urheber: str
    datum: str
    urteil: str


def berichtigungen_von(daten: Berichtsdaten, meldeeinheit: str) -> tuple[Berichtigung, ...]:
    """The corrections of one Meldeeinheit, newest year first, in the order of the datasets."""
    eigene = [e for e in daten.korrekturen if e.korrektur.meldeeinheit == meldeeinheit]
    eigene.sort(key=lambda e: (-e.korrektur.berichtsjahr, daten.land.datensaetze.index(e.korrektur.datensatz)))
    return tuple(map(_in_worten, eigene))


def _in_worten(ergebnis: Korrekturergebnis) -> Berichtigung:
    k = ergebnis.korrektur
    datensatz = alle_datensaetze()[k.datensatz]
    return Berichtigung(
        kennung=k.kennung,
        jahr=k.berichtsjahr,
        datensatz=datensatz.label,
        feld=datensatz.spalte(k.spalte).feld.label,
        stelle=", ".join(f"{datensatz.spalte(n).feld.label} {wert}" for n, wert in k.schluessel.items()),
        alt=k.alt or "leer",
        neu=k.neu or "leer",
        grund=k.grund,
        urheber=k.urheber,
        datum=datum(k.datum),
        urteil="gilt" if ergebnis.angewandt else f"gilt nicht: {ergebnis.lage}",
    )


def korrekturen_in_zahlen(ergebnisse: Iterable[Korrekturergebnis]) -> str:
    """How many corrections there are and how many count: „3 Korrekturen, 1 davon gilt nicht“; empty without any."""
    angewandt = [e.angewandt for e in ergebnisse]
    if not angewandt:
        return ""
    ohne = angewandt.count(False)
    anzahl = "1 Korrektur" if len(angewandt) == 1 else f"{len(angewandt)} Korrekturen"
    if not ohne:
        return anzahl
    if len(angewandt) == 1:
        return f"{anzahl}, die nicht gilt"
    return f"{anzahl}, {ohne} davon {'gilt' if ohne == 1 else 'gelten'} nicht"
