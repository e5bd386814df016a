"""Documented corrections: reading them, and applying them to a converted table before it is tested.

What belongs here: the form of a correction, its guard and its result. What does not: the corrections themselves
(`data/korrekturen/*.toml`, form in its LIESMICH.md) and the German texts (`schemas/korrekturbefunde.py`).

Values stand in a correction as they would in a delivery, so one grammar reads both. A correction names the value it
replaces; once a delivery has another one there, it is not applied and says so, instead of spoiling what was put right.
Whether a correction may stand under the rules is decided in `berichtigung.py`.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.lesen import Dialekt, GeleseneTabelle
from assets.pruefung.schreibweise import als_zelle
from assets.pruefung.umwandeln import wandle_um
from schemas.befunde import Art, Befund, Befundliste, Ort
from schemas.datensaetze import alle_datensaetze
from schemas.korrekturbefunde import KORREKTUR_ANGEWANDT, KORREKTUR_REGELWIDRIG, KORREKTUR_VERALTET
from schemas.modell import Datensatz, Land, Schwere, status_von
from schemas.pfade import PROJEKT

ORDNER = PROJEKT / "data" / "korrekturen"
_IMPLIZIT = ("berichtsjahr", "meldeeinheit")
"""Key columns every table has; the delivery itself says what stands in them."""
_TEXTFELDER = ("kennung", "datensatz", "meldeeinheit", "spalte", "alt", "neu", "grund", "urheber")
_FELDER = {*_TEXTFELDER, "berichtsjahr", "schluessel", "datum"}
_LEER_ERLAUBT = {"alt", "neu"}


class KorrekturError(ValueError):
    """A correction is not written as it must be; the text says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Korrektur:
    """One cell to be replaced. `schluessel`, `alt` and `neu` are texts as in a delivery, an empty text a blank cell."""

    kennung: str
    datensatz: str
    meldeeinheit: str
    berichtsjahr: int
    schluessel: Mapping[str, str]
    spalte: str
    alt: str
    neu: str
    grund: str
    urheber: str
    datum: date

    @property
    def lieferung(self) -> Lieferschluessel:
        """Which delivery it is for."""
        return Lieferschluessel(self.datensatz, self.berichtsjahr, self.meldeeinheit)


@dataclass(frozen=True, slots=True)
class Korrekturergebnis:
    """What became of a correction: applied in `zeile` (Excel row), or not, and then why.

    `regelwidrig`: it fits the delivery, but the corrected table would break a rule that rejects.
    """

    korrektur: Korrektur
    angewandt: bool
    zeile: int | None
    lage: str
    regelwidrig: bool = False


@dataclass(frozen=True, slots=True)
class Berichtigt:
    """The table after its corrections, each with its result and its finding."""

    tabelle: pl.DataFrame
    ergebnisse: tuple[Korrekturergebnis, ...]
    befunde: tuple[Befund, ...]
    anzahl: Mapping[Art, int]


def lade(land: Land, ordner: Path | None = None) -> dict[Lieferschluessel, tuple[Korrektur, ...]]:
    """All corrections of a Land by delivery, in the order of files and entries.

    Args:
        land: whose deliveries.
        ordner: holds the TOML files; without it the project's own.

    Raises:
        KorrekturError: a file is no TOML, or an entry is incomplete or names something the contract does not know.
    """
    gefunden: dict[Lieferschluessel, list[Korrektur]] = {}
    kennungen: set[str] = set()
    for datei in sorted((ordner or ORDNER).glob("*.toml")):
        for nummer, eintrag in enumerate(_eintraege(datei), 1):
            korrektur = _lies(eintrag, land, f"{datei.name}, Eintrag {nummer}")
            if korrektur.kennung in kennungen:
                raise KorrekturError(f"{datei.name}: Die Kennung „{korrektur.kennung}“ ist schon vergeben.")
            kennungen.add(korrektur.kennung)
            gefunden.setdefault(korrektur.lieferung, []).append(korrektur)
    return {lieferung: tuple(liste) for lieferung, liste in gefunden.items()}


def _eintraege(datei: Path) -> list[dict[str, Any]]:
    try:
        inhalt = tomllib.loads(datei.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fehler:
        raise KorrekturError(f"{datei.name} lässt sich nicht als TOML lesen: {fehler}") from fehler
    eintraege: list[dict[str, Any]] = inhalt.get("korrektur", [])
    liste = isinstance(eintraege, list) and all(isinstance(e, dict) for e in eintraege)
    if set(inhalt) != {"korrektur"} or not liste:
        raise KorrekturError(f"{datei.name}: Erwartet werden nur Einträge [[korrektur]].")
    return eintraege


def _lies(eintrag: dict[str, Any], land: Land, ort: str) -> Korrektur:
    if set(eintrag) != _FELDER:
        fehlend, fremd = _FELDER - set(eintrag), set(eintrag) - _FELDER
        raise KorrekturError(f"{ort}: Es fehlt {sorted(fehlend)}, unbekannt ist {sorted(fremd)}.")
    for name in _TEXTFELDER:
        if not isinstance(eintrag[name], str) or not (eintrag[name].strip() or name in _LEER_ERLAUBT):
            raise KorrekturError(f"{ort}: „{name}“ muss ein Text in Anführungszeichen sein und etwas sagen.")
    if type(eintrag["datum"]) is not date or type(eintrag["berichtsjahr"]) is not int:
        raise KorrekturError(f"{ort}: „datum“ ist ein Tag wie 2026-03-04, „berichtsjahr“ eine Zahl, beide ohne „“.")
    schluessel = eintrag["schluessel"]
    if not isinstance(schluessel, dict) or not all(isinstance(w, str) for w in schluessel.values()):
        raise KorrekturError(f"{ort}: „schluessel“ ist eine Tabelle aus Spaltennamen und Texten.")
    korrektur = Korrektur(**eintrag)
    _pruefe_ziel(korrektur, land, ort)
    return korrektur


def _pruefe_ziel(korrektur: Korrektur, land: Land, ort: str) -> None:
    """The target must exist in the contract; whether it does in the delivery is only known when it is there."""
    bekannt = korrektur.datensatz in land.datensaetze and korrektur.berichtsjahr in land.berichtsjahre
    if not bekannt or korrektur.meldeeinheit not in {m.id for m in land.meldeeinheiten}:
        raise KorrekturError(f"{ort}: Datensatz, Berichtsjahr oder Meldeeinheit gibt es in {land.name} nicht.")
    datensatz = alle_datensaetze()[korrektur.datensatz]
    erwartet = [s for s in datensatz.schluessel if s not in _IMPLIZIT]
    if sorted(korrektur.schluessel) != sorted(erwartet):
        raise KorrekturError(f"{ort}: Der Schlüssel der Zeile muss genau aus {', '.join(erwartet)} bestehen.")
    if korrektur.spalte in _IMPLIZIT or korrektur.spalte not in {s.name for s in datensatz.spalten}:
        raise KorrekturError(f"{ort}: Die Spalte „{korrektur.spalte}“ lässt sich nicht berichtigen.")
    if korrektur.alt == korrektur.neu:
        raise KorrekturError(f"{ort}: „alt“ und „neu“ sind gleich.")


def fingerabdruck(korrekturen: Sequence[Korrektur]) -> str:
    """Changes whenever a correction of the delivery does; empty without any."""
    if not korrekturen:
        return ""
    text = json.dumps([asdict(k) for k in korrekturen], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def wende_an(
    tabelle: pl.DataFrame,
    datensatz: Datensatz,
    korrekturen: Sequence[Korrektur],
    regelwidrig: Mapping[str, str] = MappingProxyType({}),
) -> Berichtigt:
    """The converted table with the corrections that fit it; all of them look at the table as it was delivered.

    Args:
        tabelle: the table as it was delivered.
        datensatz: its dataset.
        korrekturen: all corrections of the delivery.
        regelwidrig: Kennung -> rules it would break; these are reported and not applied.

    Raises:
        KorrekturError: a value or key of a correction cannot be read as the delivery's would be.
    """
    liste = Befundliste()
    ergebnisse = []
    neu = tabelle
    for korrektur in korrekturen:
        stelle, lage = _suche(tabelle, datensatz, korrektur)
        verletzt = "" if lage else regelwidrig.get(korrektur.kennung, "")
        lage = f"die Tabelle würde damit gegen {verletzt} verstoßen" if verletzt else lage
        if stelle is not None and not lage:
            neu = _ersetze(neu, stelle, _werte(datensatz, korrektur, korrektur.neu))
        zeile = None if stelle is None else int(tabelle["zeile"][stelle])
        ergebnisse.append(Korrekturergebnis(korrektur, not lage, zeile, lage, regelwidrig=bool(verletzt)))
        _melde(ergebnisse[-1], liste)
    return Berichtigt(neu, tuple(ergebnisse), liste.befunde, liste.anzahl)


def _suche(tabelle: pl.DataFrame, datensatz: Datensatz, korrektur: Korrektur) -> tuple[int | None, str]:
    """(index of the row, why the correction does not fit it; empty if it does)."""
    schluessel = _wandle(datensatz, korrektur, korrektur.schluessel)
    gleich = [pl.col(name) == pl.lit(schluessel[name][0]) for name in korrektur.schluessel]
    treffer = tabelle.select(pl.all_horizontal(pl.lit(value=True), *gleich).fill_null(value=False).arg_true())
    if treffer.height != 1:
        return None, "zu diesem Schlüssel gibt es keine Zeile" if treffer.is_empty() else "der Schlüssel ist mehrdeutig"
    stelle = int(treffer.item())
    steht = tabelle[stelle]
    if _gleich(steht, _werte(datensatz, korrektur, korrektur.alt)):
        return stelle, ""
    if _gleich(steht, _werte(datensatz, korrektur, korrektur.neu)):
        return stelle, "der berichtigte Wert steht schon in der Lieferung"
    status = steht[status_von(korrektur.spalte)][0] if korrektur.spalte in datensatz.masse else None
    return stelle, f"in der Lieferung steht „{als_zelle(steht[korrektur.spalte][0], status)}“"


def _werte(datensatz: Datensatz, korrektur: Korrektur, text: str) -> pl.DataFrame:
    """The corrected column, with its status if it is a measure, as one row of the types of the checked table."""
    return _wandle(datensatz, korrektur, {korrektur.spalte: text})


def _wandle(datensatz: Datensatz, korrektur: Korrektur, texte: Mapping[str, str]) -> pl.DataFrame:
    zellen = pl.DataFrame(
        {name: [text or None] for name, text in texte.items()}, schema=dict.fromkeys(texte, pl.String)
    )
    nummern = {"zeile": pl.lit(0, pl.Int64), "physische_zeile": pl.lit(0, pl.Int64)}
    gelesen = GeleseneTabelle(zellen.with_columns(**nummern), Dialekt())
    ergebnis = wandle_um(gelesen, [datensatz.spalte(name) for name in texte])
    if fehler := [b.meldung for b in ergebnis.befunde if b.schwere is Schwere.FEHLER]:
        raise KorrekturError(f"Die Korrektur {korrektur.kennung} lässt sich nicht lesen: {' '.join(fehler)}")
    return ergebnis.tabelle.drop("zeile")


def _gleich(zeile: pl.DataFrame, werte: pl.DataFrame) -> bool:
    return zeile.select(werte.columns).equals(werte)


def _ersetze(tabelle: pl.DataFrame, stelle: int, werte: pl.DataFrame) -> pl.DataFrame:
    hier = pl.int_range(pl.len()) == stelle
    return tabelle.with_columns(
        pl.when(hier).then(pl.lit(werte[name][0], dtype=werte.schema[name])).otherwise(pl.col(name)).alias(name)
        for name in werte.columns
    )


def _melde(ergebnis: Korrekturergebnis, liste: Befundliste) -> None:
    k = ergebnis.korrektur
    ort = Ort(ergebnis.zeile, None, k.spalte)
    gemeinsam = {
        "alt": f"„{k.alt}“" if k.alt else "der leeren Zelle",
        "neu": f"„{k.neu}“" if k.neu else "eine leere Zelle",
        "kennung": k.kennung,
        "datum": k.datum.strftime("%d.%m.%Y"),
        "urheber": k.urheber,
    }
    if ergebnis.angewandt:
        liste.neu(KORREKTUR_ANGEWANDT, ort, wert=k.alt, grund=k.grund, **gemeinsam)
    else:
        regel = KORREKTUR_REGELWIDRIG if ergebnis.regelwidrig else KORREKTUR_VERALTET
        liste.neu(regel, ort, lage=ergebnis.lage, **gemeinsam)


def als_daten(ergebnis: Korrekturergebnis) -> dict[str, Any]:
    """A correction and its result as plain data, for the protocol."""
    k = ergebnis.korrektur
    return {
        "kennung": k.kennung,
        "schluessel": dict(k.schluessel),
        "spalte": k.spalte,
        "alt": k.alt,
        "neu": k.neu,
        "grund": k.grund,
        "urheber": k.urheber,
        "datum": k.datum.isoformat(),
        "angewandt": ergebnis.angewandt,
        "zeile": ergebnis.zeile,
        "lage": ergebnis.lage,
        "regelwidrig": ergebnis.regelwidrig,
    }


def aus_daten(lieferung: Lieferschluessel, daten: Mapping[str, Any]) -> Korrekturergebnis:
    """A correction of a delivery and its result, as its protocol tells them (the reverse of `als_daten`)."""
    texte = {name: daten[name] for name in ("kennung", "schluessel", "spalte", "alt", "neu", "grund", "urheber")}
    korrektur = Korrektur(**asdict(lieferung), **texte, datum=date.fromisoformat(daten["datum"]))
    ergebnis = {name: daten[name] for name in ("angewandt", "zeile", "lage", "regelwidrig")}
    return Korrekturergebnis(korrektur, **ergebnis)
