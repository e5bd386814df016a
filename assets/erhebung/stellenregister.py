"""The Stellen of a Meldeeinheit as far as they are known for a year: its own register, or last year's.

What belongs here: which register counts, and which of its Stellen and Träger a dataset is about.
"""

from dataclasses import dataclass

import polars as pl

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from schemas import felder as f
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz, Land, Rolle

REGISTER = "stellen"


@dataclass(frozen=True, slots=True)
class Stellenregister:
    """The Stellen active in `jahr`, columns of the checked register, and the year they were delivered for."""

    jahr: int
    geliefert_fuer: int
    stellen: pl.DataFrame


def lies_register(ablage: Ablage, land: Land, meldeeinheit: str, jahr: int) -> Stellenregister | None:
    """The newest register known for a year: its own, else that of the year before; None without either.

    Stellen that ended before the year are left out.
    """
    for lieferjahr in (jahr, jahr - 1):
        pfad = pfad_geprueft(Lieferschluessel(REGISTER, lieferjahr, meldeeinheit))
        if ablage.gibt_es(pfad):
            von, _ = land.zeitraum(jahr)
            laeuft = pl.col("aktiv_bis").is_null() | (pl.col("aktiv_bis") >= pl.lit(von))
            return Stellenregister(jahr, lieferjahr, ablage.lies_tabelle(pfad).filter(laeuft))
    return None


def spalte_der_art(datensatz: Datensatz) -> str | None:
    """The key column that says for which task a row stands, as `art` does in the register; None without one."""
    for spalte in datensatz.spalten:
        if spalte.rolle is Rolle.SCHLUESSEL and spalte.feld.codeliste is f.ART.codeliste:
            return spalte.name
    return None


def stellen_fuer(datensatz: Datensatz, stellen: pl.DataFrame) -> pl.DataFrame:
    """The Stellen a dataset is about: those whose task it has a code for, or is expected from."""
    name = spalte_der_art(datensatz)
    arten = (datensatz.spalte(name).codes if name else datensatz.erwartet_bei) or ()
    # Measures are no work of one kind of Stelle: there any Träger may have some.
    bekannt = set(alle_datensaetze()[REGISTER].spalte("art").codes or ()) & set(arten)
    return stellen.filter(pl.col("art").is_in(sorted(bekannt))) if bekannt else stellen


def liefern_traeger(datensatz: Datensatz) -> bool:
    """Whether the rows of a dataset belong to a Träger each, so that every Träger can fill in its own."""
    return datensatz.name != REGISTER and bool({"stelle_id", "traeger_id"} & set(datensatz.schluessel))
