"""State of deliveries: the matrix of all Meldeeinheiten, the list of one, and how many have delivered.

What belongs here: `lieferstand` put into words and tables. What does not: what was wrong with a delivery; the
Prüfprotokoll says that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assets.berichte.berichtigungen import korrekturen_in_zahlen
from assets.berichte.daten import Berichtsdaten
from assets.berichte.worte import aufzaehlung, dativ
from assets.eingang.dateiname import Lieferschluessel
from schemas.datensaetze import alle_datensaetze
from schemas.lieferstand import ZUSTAND

_NICHT_ERWARTET = "nicht_erwartet"


@dataclass(frozen=True, slots=True)
class Lieferung:
    """One dataset of one Meldeeinheit and year: state, what is valid, and marks worth seeing."""

    datensatz: str
    zustand: str
    label: str
    zusaetze: tuple[str, ...]
    gueltig: bool


@dataclass(frozen=True, slots=True)
class Lieferzeile:
    """A Meldeeinheit, or a year on the page of one Meldeeinheit, with one cell per dataset."""

    name: str
    kennung: str
    lieferungen: tuple[Lieferung, ...]


@dataclass(frozen=True, slots=True)
class Lieferjahr:
    """Everything about the deliveries of one year."""

    jahr: int
    abdeckung: str
    korrekturen: str
    zeilen: tuple[Lieferzeile, ...]


def datensatznamen(daten: Berichtsdaten) -> tuple[str, ...]:
    """Labels of the datasets of the Land, in its order."""
    return tuple(alle_datensaetze()[name].label for name in daten.land.datensaetze)


def lieferjahre(daten: Berichtsdaten) -> tuple[Lieferjahr, ...]:
    """The matrix by year, newest first."""
    zeilen = _nach_schluessel(daten)
    return tuple(
        Lieferjahr(
            jahr,
            _abdeckung(daten, zeilen, jahr),
            korrekturen_in_zahlen(e for e in daten.korrekturen if e.korrektur.berichtsjahr == jahr),
            tuple(Lieferzeile(m.name, m.id, _zellen(daten, zeilen, m.id, jahr)) for m in daten.land.meldeeinheiten),
        )
        for jahr in sorted(daten.land.berichtsjahre, reverse=True)
    )


def lieferungen_von(daten: Berichtsdaten, meldeeinheit: str) -> tuple[Lieferzeile, ...]:
    """The deliveries of one Meldeeinheit by year, newest first."""
    zeilen = _nach_schluessel(daten)
    jahre = sorted(daten.land.berichtsjahre, reverse=True)
    return tuple(Lieferzeile(str(j), meldeeinheit, _zellen(daten, zeilen, meldeeinheit, j)) for j in jahre)


_Zeilen = dict[tuple[int, str, str], dict[str, Any]]


def _nach_schluessel(daten: Berichtsdaten) -> _Zeilen:
    alle = daten.lieferstand.iter_rows(named=True)
    return {(z["berichtsjahr"], z["meldeeinheit"], z["datensatz"]): z for z in alle}


def _zellen(daten: Berichtsdaten, zeilen: _Zeilen, meldeeinheit: str, jahr: int) -> tuple[Lieferung, ...]:
    namen = zip(daten.land.datensaetze, datensatznamen(daten), strict=True)
    korrekturen = daten.korrekturen_je_lieferung
    return tuple(
        _zelle(
            label,
            zeilen.get((jahr, meldeeinheit, name)),
            korrekturen_in_zahlen(korrekturen.get(Lieferschluessel(name, jahr, meldeeinheit), ())),
        )
        for name, label in namen
    )


def _zelle(datensatz: str, zeile: dict[str, Any] | None, korrekturen: str) -> Lieferung:
    if zeile is None:
        return Lieferung(datensatz, "fehlt", ZUSTAND.label_von("fehlt"), (), gueltig=False)
    gueltige, neueste = zeile["gueltige_version"], zeile["neueste_version"]
    zusaetze = []
    if gueltige is not None:
        zusaetze.append(f"Version {gueltige}" if gueltige == neueste else f"es gilt Version {gueltige}")
    zusaetze += ["Demodaten"] if zeile["synthetisch"] else []
    zusaetze += ["verspätet"] if zeile["verspaetet"] else []
    zusaetze += [korrekturen] if korrekturen else []
    label = ZUSTAND.label_von(zeile["zustand"])
    return Lieferung(datensatz, zeile["zustand"], label, tuple(zusaetze), gueltig=gueltige is not None)


def _abdeckung(daten: Berichtsdaten, zeilen: _Zeilen, jahr: int) -> str:
    """How many Meldeeinheiten have at least one valid delivery, how many all expected ones, and who lacks some."""
    land = daten.land
    je_einheit = {m.id: _zellen(daten, zeilen, m.id, jahr) for m in land.meldeeinheiten}
    mit = [m for m in land.meldeeinheiten if any(z.gueltig for z in je_einheit[m.id])]
    teils = [m.name for m in mit if not _vollstaendig(je_einheit[m.id])]
    ohne = [m.name for m in land.meldeeinheiten if m not in mit]
    anteil = f"{len(mit)} von {len(land.meldeeinheiten)} {dativ(land.namen['meldeeinheiten'])}"
    if not mit:
        return f"Für {jahr} liegen noch keine gültigen Lieferungen vor ({anteil})."
    saetze = [f"Für {jahr} liegen gültige Lieferungen von {anteil} vor, {len(mit) - len(teils)} davon vollständig."]
    saetze += [f"Unvollständig: {aufzaehlung(teils)}."] if teils else []
    saetze += [f"Noch ohne Lieferung: {aufzaehlung(ohne)}."] if ohne else []
    return " ".join(saetze)


def _vollstaendig(zellen: Iterable[Lieferung]) -> bool:
    return all(z.gueltig or z.zustand == _NICHT_ERWARTET for z in zellen)
