"""What a Meldeeinheit has handed in for its report, looked up by Meldeeinheit and calendar year.

What belongs here: finding figures, deliveries, tasks and texts. What does not: what they are worth
(`berichtspunkte.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.codelisten import GESAMT, WAHRGENOMMEN
from schemas.erwartung import NICHT_WAHRGENOMMEN
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Indikator, Land

_NICHT_ERWARTET = "nicht_erwartet"
_WO = ["meldeeinheit", "berichtsjahr"]


@dataclass(frozen=True, slots=True)
class Zahl:
    """What there is of a variant: rows with and without a value, by which columns they are divided, and not only 0."""

    variante: str
    konzept: str
    hat_wert: bool
    gliederungen: frozenset[str]
    ueber_null: bool


@dataclass(frozen=True, slots=True)
class Lieferlage:
    """State of a delivery: whether it is expected, whether one stands, and whether the newest was rejected."""

    erwartet: bool
    gilt: bool
    zurueckgewiesen: bool


_FEHLT = Lieferlage(erwartet=True, gilt=False, zurueckgewiesen=False)


@dataclass(frozen=True, eq=False)
class Unterlagen:
    """Everything the items of a checklist are judged by.

    `zahlen` is by (Meldeeinheit, year, indicator), `lieferungen` by (Meldeeinheit, year, dataset); `ruhend` holds why
    tasks are not carried out and `texte` (section, item as written), both by (Meldeeinheit, year). `aufgaben` holds
    the years for which tasks are declared. `stand` is the day deliveries last changed.
    """

    land: Land
    katalog: Mapping[str, Indikator]
    stand: date | None
    zahlen: Mapping[tuple[str, int, str], Sequence[Zahl]]
    lieferungen: Mapping[tuple[str, int, str], Lieferlage]
    aufgaben: frozenset[tuple[str, int]]
    ruhend: Mapping[tuple[str, int], Mapping[str, str]]
    texte: Mapping[tuple[str, int], frozenset[tuple[str, str]]]

    def zahlen_zu(self, einheit: str, jahre: Iterable[int], indikator: str) -> list[Zahl]:
        """What there is of an indicator in these years."""
        return [z for jahr in jahre for z in self.zahlen.get((einheit, jahr, indikator), ())]

    def lieferung(self, einheit: str, jahre: Iterable[int], datensatz: str) -> Lieferlage:
        """The state of a dataset in these years together: one that stands in any of them is there."""
        lagen = [self.lieferungen.get((einheit, jahr, datensatz), _FEHLT) for jahr in jahre]
        return Lieferlage(
            erwartet=any(lage.erwartet for lage in lagen),
            gilt=any(lage.gilt for lage in lagen),
            zurueckgewiesen=any(lage.zurueckgewiesen for lage in lagen),
        )

    def warum_ruht(self, einheit: str, jahre: Iterable[int], aufgabe: str) -> str | None:
        """Why a task is not carried out in any year it is declared for; None where it is or nothing is declared."""
        erklaert = [jahr for jahr in jahre if (einheit, jahr) in self.aufgaben]
        gruende = [self.ruhend.get((einheit, jahr), {}).get(aufgabe) for jahr in erklaert]
        return gruende[-1] if gruende and all(gruende) else None

    def texte_in(self, einheit: str, jahre: Iterable[int]) -> set[tuple[str, str]]:
        """(Section, item as written) of all texts of these years."""
        return {text for jahr in jahre for text in self.texte.get((einheit, jahr), ())}


def sammle(
    land: Land,
    katalog: Iterable[Indikator],
    stand: date | None,
    *,
    werte: pl.DataFrame,
    lieferstand: pl.DataFrame,
    aufgaben: pl.DataFrame,
    meldung: pl.DataFrame,
) -> Unterlagen:
    """Looks up tables once.

    Args:
        land: whose checklist.
        katalog: the indicators in use.
        stand: day deliveries last changed; None before the first.
        werte: `indikatorwerte`.
        lieferstand: state of all deliveries.
        aufgaben: accepted tasks.
        meldung: accepted texts.
    """
    return Unterlagen(
        land=land,
        katalog={i.id: i for i in katalog},
        stand=stand,
        zahlen=_zahlen(werte),
        lieferungen={
            (z["meldeeinheit"], z["berichtsjahr"], z["datensatz"]): Lieferlage(
                erwartet=z["zustand"] != _NICHT_ERWARTET,
                gilt=z["gueltige_version"] is not None,
                zurueckgewiesen=z["zustand"] == "zurueckgewiesen",
            )
            for z in lieferstand.iter_rows(named=True)
        },
        aufgaben=frozenset(aufgaben.select(_WO).unique().iter_rows()),
        ruhend=_ruhend(aufgaben),
        texte=_texte(meldung),
    )


def _zahlen(werte: pl.DataFrame) -> dict[tuple[str, int, str], list[Zahl]]:
    """Figures of the Meldeeinheiten by variant and Konzept; a figure divided by a column has another code than T."""
    teile = [g for g in GLIEDERUNGEN if g != "konzept"]
    wert = pl.col("wert")
    gruppen = (
        werte.filter(pl.col("gebiet_typ") == "kreis")
        .group_by("ags", "berichtsjahr", "indikator_id", "variante", "konzept")
        .agg(
            hat_wert=wert.is_not_null().any(),
            ueber_null=(wert != 0).fill_null(value=False).any(),
            **{g: (wert.is_not_null() & (pl.col(g) != GESAMT)).any() for g in teile},
        )
        .sort(pl.all())
    )
    ergebnis: dict[tuple[str, int, str], list[Zahl]] = {}
    for z in gruppen.iter_rows(named=True):
        gegliedert = frozenset(g for g in teile if z[g])
        zahl = Zahl(z["variante"], z["konzept"], z["hat_wert"], gegliedert, z["ueber_null"])
        ergebnis.setdefault((z["ags"], z["berichtsjahr"], z["indikator_id"]), []).append(zahl)
    return ergebnis


def _ruhend(aufgaben: pl.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    ergebnis: dict[tuple[str, int], dict[str, str]] = {}
    for z in aufgaben.filter(pl.col("wahrgenommen").is_in(NICHT_WAHRGENOMMEN)).iter_rows(named=True):
        warum = WAHRGENOMMEN.label_von(z["wahrgenommen"])
        grund = f"{warum} ({z['begruendung'].strip().rstrip('.')})" if z["begruendung"] else warum
        ergebnis.setdefault((z["meldeeinheit"], z["berichtsjahr"]), {})[z["aufgabe"]] = grund
    return ergebnis


def _texte(meldung: pl.DataFrame) -> dict[tuple[str, int], frozenset[tuple[str, str]]]:
    volle = meldung.filter(pl.col("text").str.strip_chars() != "")
    return {
        (einheit, jahr): frozenset(teil.select("abschnitt", "berichtspunkt").iter_rows())
        for (einheit, jahr), teil in volle.group_by(_WO)
    }
