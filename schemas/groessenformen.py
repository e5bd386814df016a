"""The forms in which a figure can be computed, and the SQL of each: a SELECT, a sum over rows, or other figures.

What belongs here: saying what a figure is made from, so that figures over the same rows can be computed in one pass.
What does not: which figures there are (`schemas/groessen.py`), and running them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GESAMT = "T"
"""Code of the total in every breakdown column."""


@dataclass(frozen=True, slots=True)
class Summe:
    """The sum of an amount by area and year over the rows that meet a condition, in total and by each breakdown alone.

    All but the breakdowns are SQL expressions on one row. A row without an amount makes the sum missing, the worst
    status of the rows is that of the sum; nothing is filled in.
    """

    zeilen: str
    """SELECT of rows with `ags, jahr, von, bis`, the breakdown columns and what the expressions name."""
    betrag: str
    bedingung: str = "true"
    status: str = "'N'"
    stand: str = "''"
    """State of revision; that of a sum is the newest."""
    zaehlweise: str = "NULL"
    """How was counted; the ways that occur are joined by `;`."""
    von: str = "von"
    bis: str = "bis"
    gegeben: tuple[str, ...] = ()
    """Breakdown columns of which the rows hold the total themselves."""
    summiert: tuple[str, ...] = ()
    """Breakdown columns whose total is the sum over all rows."""
    ganzzahlig: bool = False
    """Whether amounts are whole, so that they add up exactly as they are."""

    @property
    def gliederungen(self) -> tuple[str, ...]:
        """Breakdown columns it yields."""
        return (*self.gegeben, *self.summiert)

    @property
    def gruppierung(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Sums that have this in common can be computed together."""
        return self.zeilen, self.gegeben, self.summiert

    @property
    def sql(self) -> str:
        """SELECT of this sum alone."""
        return f"SELECT * EXCLUDE (groesse) FROM ({gemeinsam({0: self})})"


@dataclass(frozen=True, slots=True)
class Ableitung:
    """A figure made from others: a SELECT with `{0}`, `{1}` where theirs stand."""

    vorlage: str
    teile: tuple["Rechnung", ...]

    def sql_aus(self, teile: Sequence[str]) -> str:
        """The SELECT, made from those of the parts."""
        return self.vorlage.format(*(f"({teil})" for teil in teile))


Rechnung = str | Summe | Ableitung
"""A `str` is the SELECT itself."""


def sql_von(rechnung: Rechnung) -> str:
    """The SELECT that computes a figure from nothing but the tables of the database."""
    if isinstance(rechnung, Ableitung):
        return rechnung.sql_aus([sql_von(teil) for teil in rechnung.teile])
    return rechnung if isinstance(rechnung, str) else rechnung.sql


def gemeinsam(summen: Mapping[int, Summe]) -> str:
    """SELECT of sums of the same `gruppierung` in one pass; `groesse` is the number each has here."""
    eine = next(iter(summen.values()))
    betraege = " UNION ALL ".join(_betraege(nummer, summe) for nummer, summe in summen.items())
    addiert = "CAST(sum(betrag) AS DOUBLE)" if all(s.ganzzahlig for s in summen.values()) else "feste_summe(betrag)"
    weisen = "array_to_string(list_sort(list_distinct(list(zaehlweise))), ';')"
    ohne_weise = all(s.zaehlweise == "NULL" for s in summen.values())
    stand = "''" if all(s.stand == "''" for s in summen.values()) else "max(stand)"
    fest = ["groesse", "ags", "jahr", *eine.gegeben]
    gruppen = ", ".join(f"({', '.join([*fest, *zusatz])})" for zusatz in [[], *([g] for g in eine.summiert)])
    namen = "".join(
        [*(f", {g}" for g in eine.gegeben), *(f", coalesce({g}, '{GESAMT}') AS {g}" for g in eine.summiert)]
    )
    # A row under T in a column that is summed belongs to no part; it must not pose as a second total.
    teile = [f"(grouping({g}) = 1 OR {g} <> '{GESAMT}')" for g in eine.summiert]
    einzeln = " + ".join(
        [
            *(f"CAST({g} <> '{GESAMT}' AS INTEGER)" for g in eine.gegeben),
            *(f"1 - CAST(grouping({g}) AS INTEGER)" for g in eine.summiert),
        ]
    )
    return f"""
        WITH zeilen AS ({eine.zeilen})
        SELECT groesse, ags, jahr AS berichtsjahr, any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CASE WHEN count(*) = count(betrag) THEN {addiert} END AS wert,
            schlechtester_aller(status) AS wertstatus, {stand} AS stand,
            {"CAST(NULL AS VARCHAR)" if ohne_weise else weisen} AS zaehlweise{namen}
        FROM ({betraege}) GROUP BY GROUPING SETS ({gruppen})
        HAVING {" AND ".join([*teile, f"{einzeln or 0} <= 1"])}"""


def _betraege(nummer: int, summe: Summe) -> str:
    """SELECT of what each row adds to a sum."""
    spalten = ", ".join(["ags", "jahr", *summe.gliederungen])
    return f"""
            SELECT {nummer} AS groesse, {spalten}, {summe.von} AS von, {summe.bis} AS bis, {summe.betrag} AS betrag,
                {summe.status} AS status, {summe.stand} AS stand, {summe.zaehlweise} AS zaehlweise
            FROM zeilen WHERE {summe.bedingung}"""
