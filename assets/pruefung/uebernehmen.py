"""Takes a delivery over: checks its versions from newest to oldest, writes protocols, and the first accepted table.

What belongs here: what is written for one (Datensatz, Berichtsjahr, Meldeeinheit). The result depends on the stored
versions and the code alone, never on the order in which runs happened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg
from assets.fassung import Fassung
from assets.ortszeit import ortszeit
from assets.pruefung import protokoll
from assets.pruefung.ausgabe import als_dateien, braucht_mappe
from assets.pruefung.korrekturen import Korrektur, fingerabdruck
from assets.pruefung.pruefen import Pruefung, pruefe
from schemas import erwartung
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Pruefumgebung, Schwere


@dataclass(frozen=True, slots=True)
class Uebernahme:
    """What stands for one delivery after this step.

    `neueste` is the verdict on the newest version, None without any; `gueltig` the receipt of the version whose table
    stands in `geprueft/`, None if no version was accepted.
    """

    schluessel: Lieferschluessel
    belege: tuple[Beleg, ...]
    neueste: Pruefung | None
    gueltig: Beleg | None
    gueltige_pruefung: Pruefung | None
    erwartet: bool

    @property
    def zustand(self) -> str:
        """State of the delivery (codes of `schemas.lieferstand.ZUSTAND`)."""
        if self.neueste is not None:
            return self.neueste.zustand
        return "fehlt" if self.erwartet else "nicht_erwartet"


def pfad_geprueft(schluessel: Lieferschluessel) -> str:
    """Where the accepted table lies in the Ablage."""
    return f"geprueft/{schluessel.datensatz}/{schluessel.berichtsjahr}/{schluessel.meldeeinheit}.parquet"


def erwartet(land: Land, schluessel: Lieferschluessel, aufgaben: Mapping[str, str] | None = None) -> bool:
    """Whether the Meldeeinheit has to deliver this dataset for this year, given what it says about its tasks."""
    bis = land.zeitraum(schluessel.berichtsjahr)[1]
    return erwartung.ist_erwartet(alle_datensaetze()[schluessel.datensatz], bis, aufgaben)


def erklaerte_aufgaben(
    ablage: Ablage, land: Land, belege: Sequence[Beleg], korrekturen: Sequence[Korrektur]
) -> Mapping[str, str] | None:
    """What the newest acceptable one of these versions of `aufgaben` says of each task; None without one.

    Found out from the bytes, not from `geprueft/`, so that it is the same whether or not they were taken over before.
    """
    for beleg in reversed(belege):
        tabelle = pruefe_version(ablage, land, beleg, korrekturen).tabelle
        if tabelle is not None:
            return erwartung.wahrnehmung(tabelle)
    return None


def uebernimm(
    ablage: Ablage,
    land: Land,
    schluessel: Lieferschluessel,
    belege: Sequence[Beleg],
    fassung: Fassung,
    *,
    korrekturen: Sequence[Korrektur],
    zaehlt: Callable[[Beleg], bool],
    aufgaben: Callable[[], Mapping[str, str] | None],
) -> Uebernahme:
    """Checks the delivery and writes what follows: a protocol per checked version, and the table of the accepted one.

    A rejected version writes no table and leaves the last good one; nothing is written before it was checked.
    `belege` are its versions that were not withdrawn. `korrekturen` are those of this delivery; every version checked
    is asked whether they fit it. `zaehlt` says whether a version may stand once it is accepted. `aufgaben` is asked
    only where nothing came, to tell a missing delivery from one that is not expected.
    """
    neueste: Pruefung | None = None
    for beleg in reversed(belege):
        pruefung = pruefe_version(ablage, land, beleg, korrekturen)
        schreibe_protokoll(ablage, land, beleg, fassung, pruefung)
        neueste = neueste or pruefung
        if pruefung.tabelle is not None and zaehlt(beleg):
            ablage.schreibe_tabelle(pfad_geprueft(schluessel), pruefung.tabelle)
            return Uebernahme(schluessel, tuple(belege), neueste, beleg, pruefung, erwartet=True)
    # Under changed rules nothing may stand that they would not accept; the bytes and protocols stay.
    ablage.loesche(pfad_geprueft(schluessel))
    ist_erwartet = bool(belege) or erwartet(land, schluessel, aufgaben())
    return Uebernahme(schluessel, tuple(belege), neueste, None, None, ist_erwartet)


def pruefe_version(ablage: Ablage, land: Land, beleg: Beleg, korrekturen: Sequence[Korrektur]) -> Pruefung:
    """The verdict on a stored version; writes nothing."""
    umgebung = Pruefumgebung(land, land.meldeeinheit(beleg.meldeeinheit), beleg.berichtsjahr)
    datensatz = alle_datensaetze()[beleg.datensatz].fuer(land)
    return pruefe(ablage.lies(beleg.pfad), beleg.dateiname, datensatz, umgebung, korrekturen)


def schreibe_protokoll(ablage: Ablage, land: Land, beleg: Beleg, fassung: Fassung, pruefung: Pruefung) -> None:
    """Writes the protocol of a version in all its forms; the same verdict gives the same bytes."""
    datensatz = alle_datensaetze()[beleg.datensatz].fuer(land)
    daten = protokoll.als_daten(pruefung, beleg, fassung, land)
    mappe = braucht_mappe(pruefung)
    for endung, inhalt in als_dateien(pruefung, daten, land, datensatz, mappe=mappe):
        ablage.schreibe(protokoll.pfad(beleg.schluessel, beleg.version, endung), inhalt)
    if not mappe:
        # Under other rules there may have been something to mark.
        ablage.loesche(protokoll.pfad(beleg.schluessel, beleg.version, "xlsx"))


def zeile_lieferstand(uebernahme: Uebernahme, land: Land) -> dict[str, object]:
    """One row of `lieferstand`."""
    beleg = uebernahme.belege[-1] if uebernahme.belege else None
    anzahl = uebernahme.neueste.anzahl if uebernahme.neueste else dict.fromkeys(Schwere, 0)
    gueltig = uebernahme.gueltige_pruefung
    return {
        "berichtsjahr": uebernahme.schluessel.berichtsjahr,
        "meldeeinheit": uebernahme.schluessel.meldeeinheit,
        "datensatz": uebernahme.schluessel.datensatz,
        "zustand": uebernahme.zustand,
        "neueste_version": beleg.version if beleg else None,
        "gueltige_version": uebernahme.gueltig.version if uebernahme.gueltig else None,
        "dateiname": beleg.dateiname if beleg else None,
        "eingegangen_am": beleg.eingegangen_am if beleg else None,
        "zeilen": gueltig.zeilen if gueltig else 0,
        "fehler": anzahl[Schwere.FEHLER],
        "warnungen": anzahl[Schwere.WARNUNG],
        "hinweise": anzahl[Schwere.HINWEIS],
        "synthetisch": any(b.synthetisch for b in uebernahme.belege),
        "verspaetet": _verspaetet(uebernahme, land.lieferfristen[uebernahme.schluessel.berichtsjahr]),
        "korrekturen": sum(e.angewandt for e in gueltig.korrekturen) if gueltig else 0,
        "korrekturen_sha": fingerabdruck([e.korrektur for e in gueltig.korrekturen]) if gueltig else "",
    }


def _verspaetet(uebernahme: Uebernahme, frist: date) -> bool:
    """Whether the first version came after the deadline; invented deliveries have no date that means anything."""
    if not uebernahme.belege or uebernahme.belege[0].synthetisch:
        return False
    return ortszeit(uebernahme.belege[0].eingegangen_am).date() > frist
