"""All deliveries of the Land: which there are, which are still to be checked, and the table of what stands.

What belongs here: the loop over deliveries and the two tables it keeps, `stand/pruefung` and `stand/lieferstand`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import product

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, alle_belege
from assets.eingang.entscheidungen import KEINE, Entscheidungen, alle_entscheidungen
from assets.fassung import fassung_pruefung
from assets.fortschritt import melde
from assets.pruefung import protokoll
from assets.pruefung.korrekturen import Korrektur, Korrekturergebnis, aus_daten, fingerabdruck, lade
from assets.pruefung.uebernehmen import Uebernahme, erklaerte_aufgaben, uebernimm, zeile_lieferstand
from schemas.datensaetze import alle_datensaetze
from schemas.erwartung import AUFGABEN
from schemas.lieferstand import SPALTEN
from schemas.modell import Land

STUFE = "pruefung"
_LIEFERSTAND = stand.pfad("lieferstand")


def alle_schluessel(land: Land) -> list[Lieferschluessel]:
    """Every delivery the Land could have, in the order of years, Meldeeinheiten and datasets."""
    return [
        Lieferschluessel(datensatz, jahr, einheit.id)
        for jahr, einheit, datensatz in product(land.berichtsjahre, land.meldeeinheiten, land.datensaetze)
    ]


def _aufgaben_von(schluessel: Lieferschluessel) -> Lieferschluessel:
    """The delivery in which the same Meldeeinheit says which tasks it carries out that year."""
    return replace(schluessel, datensatz=AUFGABEN)


def _als_text(schluessel: Lieferschluessel) -> str:
    return f"{schluessel.datensatz}|{schluessel.partition}"


@dataclass(frozen=True)
class _Bestand:
    """What all verdicts are made from, read once."""

    land: Land
    belege: dict[Lieferschluessel, tuple[Beleg, ...]]
    entscheidungen: dict[Lieferschluessel, Entscheidungen]
    korrekturen: dict[Lieferschluessel, tuple[Korrektur, ...]]

    def im_spiel(self, s: Lieferschluessel) -> tuple[Beleg, ...]:
        """The versions that were not withdrawn."""
        return self._entschieden(s).im_spiel(self.belege.get(s, ()))

    def zaehlt(self, beleg: Beleg) -> bool:
        """Whether a version may stand once it is accepted."""
        return self._entschieden(beleg.schluessel).zaehlt(beleg, self.land)

    def korrektur(self, s: Lieferschluessel) -> tuple[Korrektur, ...]:
        """The corrections of a delivery."""
        return self.korrekturen.get(s, ())

    def _entschieden(self, s: Lieferschluessel) -> Entscheidungen:
        return self.entscheidungen.get(s, KEINE)

    def eingaben(self) -> dict[str, str]:
        """Fingerprints per delivery: of its versions in order, those that cannot stand marked, and of corrections.

        Whether one that never came is missing depends on what the Meldeeinheit says about its tasks.
        """
        return {_als_text(s): " ".join(filter(None, self._teile(s))) for s in alle_schluessel(self.land)}

    def _teile(self, s: Lieferschluessel) -> list[str]:
        versionen = [b.sha256[:12] if self.zaehlt(b) else f"({b.sha256[:12]})" for b in self.im_spiel(s)]
        eigene = [*versionen, fingerabdruck(self.korrektur(s))]
        if versionen or not alle_datensaetze()[s.datensatz].erwartet_bei:
            return eigene
        return [*eigene, *self._teile(_aufgaben_von(s))]


def _bestand(ablage: Ablage, land: Land) -> _Bestand:
    return _Bestand(land, alle_belege(ablage, land), alle_entscheidungen(ablage), lade(land))


def offene(ablage: Ablage, land: Land) -> list[Lieferschluessel]:
    """Deliveries that were never checked, have a new version or decision, or were checked by other code or rules."""
    eingaben = _bestand(ablage, land).eingaben()
    offen = set(stand.offen(ablage, STUFE, eingaben, fassung_pruefung(land)))
    return [s for s in alle_schluessel(land) if _als_text(s) in offen]


def neue(ablage: Ablage, land: Land) -> dict[Lieferschluessel, str]:
    """Deliveries with a version or decision no check has seen, whatever the code, with their fingerprints."""
    bestand = _bestand(ablage, land)
    eingaben = bestand.eingaben()
    gesehen = dict(stand.lies(ablage, STUFE).select("schluessel", "input_sha").iter_rows())
    return {s: eingaben[_als_text(s)] for s in bestand.belege if gesehen.get(_als_text(s)) != eingaben[_als_text(s)]}


def pruefe_alle(ablage: Ablage, land: Land, schluessel: Iterable[Lieferschluessel]) -> Iterator[Uebernahme]:
    """Checks these deliveries one by one and records, at the end or when stopped, what stands.

    Yields each result as it is written, so that the caller can report it; records only what was yielded.
    """
    fassung = fassung_pruefung(land)
    bestand = _bestand(ablage, land)
    eingaben = bestand.eingaben()

    @cache
    def aufgaben(s: Lieferschluessel) -> Mapping[str, str] | None:
        zaehlende = [b for b in bestand.im_spiel(s) if bestand.zaehlt(b)]
        return erklaerte_aufgaben(ablage, land, zaehlende, bestand.korrektur(s))

    zeilen: list[dict[str, object]] = []
    erledigt: dict[str, str] = {}
    auftrag = list(schluessel)
    try:
        for nummer, einer in enumerate(auftrag, 1):
            uebernahme = uebernimm(
                ablage,
                land,
                einer,
                bestand.im_spiel(einer),
                fassung,
                korrekturen=bestand.korrektur(einer),
                zaehlt=bestand.zaehlt,
                aufgaben=partial(aufgaben, _aufgaben_von(einer)),
            )
            zeilen.append(zeile_lieferstand(uebernahme, land))
            erledigt[_als_text(einer)] = eingaben[_als_text(einer)]
            melde("Prüfung", nummer, len(auftrag))
            yield uebernahme
    finally:
        _schreibe_lieferstand(ablage, zeilen)
        stand.merke(ablage, STUFE, erledigt, fassung)


def _schreibe_lieferstand(ablage: Ablage, zeilen: list[dict[str, object]]) -> None:
    neu = pl.DataFrame(zeilen, schema=SPALTEN)
    schluessel = ["berichtsjahr", "meldeeinheit", "datensatz"]
    bisher = _lies(ablage).join(neu, on=schluessel, how="anti")
    ablage.schreibe_tabelle(_LIEFERSTAND, pl.concat([bisher, neu]).sort(schluessel))


def _lies(ablage: Ablage) -> pl.DataFrame:
    if not ablage.gibt_es(_LIEFERSTAND):
        return pl.DataFrame(schema=SPALTEN)
    # An Ablage made before a column was added has no such column; its deliveries are checked anew all the same.
    return pl.concat([pl.DataFrame(schema=SPALTEN), ablage.lies_tabelle(_LIEFERSTAND)], how="diagonal").select(
        SPALTEN.keys()
    )


def lieferstand(ablage: Ablage, land: Land) -> pl.DataFrame:
    """What has arrived and what stands: one row per possible delivery of the Land, columns of `schemas.lieferstand`.

    Deliveries no run has looked at yet count as missing.
    """
    alle = pl.DataFrame(
        [(s.berichtsjahr, s.meldeeinheit, s.datensatz) for s in alle_schluessel(land)],
        schema={"berichtsjahr": pl.Int64, "meldeeinheit": pl.String, "datensatz": pl.String},
        orient="row",
    )
    voll = alle.join(_lies(ablage), on=["berichtsjahr", "meldeeinheit", "datensatz"], how="left", maintain_order="left")
    null = pl.lit(0, pl.Int64)
    return voll.with_columns(
        pl.col("zustand").fill_null("fehlt"),
        pl.col("zeilen", "fehler", "warnungen", "hinweise", "korrekturen").fill_null(null),
        pl.col("korrekturen_sha").fill_null(""),
        pl.col("synthetisch", "verspaetet").fill_null(value=False),
    ).select(SPALTEN.keys())


def datenstand(lieferungen: pl.DataFrame) -> date | None:
    """The day a delivery last arrived; None before the first. Results that speak of "now" mean this day."""
    eingaenge = lieferungen["eingegangen_am"].drop_nulls()
    return date.fromisoformat(str(eingaenge.max())[:10]) if len(eingaenge) else None


def gilt_synthetisches(lieferungen: pl.DataFrame) -> bool:
    """Whether anything that stands is invented, to show what the system does."""
    return bool(lieferungen.select((pl.col("synthetisch") & pl.col("gueltige_version").is_not_null()).any()).item())


def gueltige_korrekturen(ablage: Ablage, land: Land) -> tuple[Korrekturergebnis, ...]:
    """All corrections of what stands, applied or not, in the order of `lieferstand`.

    They are read from the protocols of the versions that stand, so that nobody is told anything but the protocol says.
    """
    mit = lieferstand(ablage, land).filter(pl.col("korrekturen_sha") != "")
    ergebnisse: list[Korrekturergebnis] = []
    for datensatz, jahr, einheit, version in mit.select(
        "datensatz", "berichtsjahr", "meldeeinheit", "gueltige_version"
    ).iter_rows():
        schluessel = Lieferschluessel(datensatz, jahr, einheit)
        daten = json.loads(ablage.lies(protokoll.pfad(schluessel, version, "json")))
        ergebnisse += [aus_daten(schluessel, eintrag) for eintrag in daten["korrekturen"]]
    return tuple(ergebnisse)
