"""The closed column list of `indikatorwerte`, the table every report and open-data file is made from.

One row per value. Breakdown columns hold a code or `T` for total; `wert` is unrounded.
"""

from collections.abc import Mapping

import polars as pl

from schemas import codelisten as cl
from schemas.entgeltklassen import ENTGELTKLASSE
from schemas.modell import Code, Codeliste
from schemas.staaten import STAAT

GLIEDERUNGEN: tuple[str, ...] = (
    "konzept",
    "geschlecht",
    "altersgruppe",
    "themenfeld",
    "rechtsgrund",
    "entgeltgruppe",
    "foerdergegenstand",
    "staat",
    "gemeinde_ags",
)
"""Breakdown columns, in the order of the table."""

SCHUTZSTATUS = Codeliste(
    "schutzstatus",
    "Schutzstatus",
    (
        Code("SCHUTZST-AK-1", "anerkannt"),
        Code("SCHUTZST-OF", "offen"),
        Code("SCHUTZST-X", "abgelehnt"),
    ),
    quelle="Statistik über Schutzsuchende (12531); nur Gruppen, die sich nicht überschneiden",
)

GLIEDERUNGSLISTEN: Mapping[str, tuple[Codeliste, ...]] = {
    "konzept": (cl.KONZEPT,),
    "geschlecht": (cl.GESCHLECHT,),
    "altersgruppe": (cl.ALTERSGRUPPE,),
    "themenfeld": (cl.THEMENFELD,),
    "rechtsgrund": (cl.RECHTSGRUND, SCHUTZSTATUS),
    "entgeltgruppe": (cl.ENTGELTGRUPPE, ENTGELTKLASSE),
    "foerdergegenstand": (cl.FINANZIERUNG,),
    "staat": (STAAT,),
}
"""The lists the codes of a breakdown column come from, each indicator using one of them. Gemeinden are of the Land."""

SPALTEN: dict[str, type[pl.DataType]] = {
    "indikator_id": pl.String,
    "variante": pl.String,
    "land": pl.String,
    "ags": pl.String,
    "gebiet_typ": pl.String,
    "berichtsjahr": pl.Int64,
    "zeitraum_von": pl.Date,
    "zeitraum_bis": pl.Date,
    **dict.fromkeys(GLIEDERUNGEN, pl.String),
    "zaehler": pl.Float64,
    "nenner": pl.Float64,
    "wert": pl.Float64,
    "einheit": pl.String,
    "ki_unten": pl.Float64,
    "ki_oben": pl.Float64,
    "wertstatus": pl.String,
    "vergleichbarkeit": pl.String,
    "vgl_land": pl.String,
    "vgl_kreise": pl.String,
    "vgl_vorjahr": pl.String,
    "gruende": pl.String,
    "abdeckung_kreise": pl.Int64,
    "erwartet_kreise": pl.Int64,
    "abdeckung_bevoelkerung": pl.Float64,
    "quelle": pl.String,
    "stand": pl.String,
    "definition_version": pl.String,
}

SCHLUESSEL: tuple[str, ...] = ("indikator_id", "variante", "ags", "berichtsjahr", "stand", *GLIEDERUNGEN)
"""A value is identified by these; `stand` keeps two states of revision apart."""

VERGLEICHBARKEIT = Codeliste(
    "vergleichbarkeit",
    "Vergleichbarkeit",
    (
        Code("vergleichbar", "vergleichbar"),
        Code("eingeschraenkt", "eingeschränkt vergleichbar"),
        Code("nicht_vergleichbar", "nicht vergleichbar"),
    ),
    quelle="§ 11 Abs. 3 SächsIntG (landesweit vergleichbare Daten)",
)
"""From harmless to decisive: a value made of several verdicts takes the last that occurs."""
