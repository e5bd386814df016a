"""Cells that official statistics publish as well, exactly or rounded: withholding them would protect nothing.

What belongs here: finding them. What does not: which official series are compared with deliveries
(`schemas/querreihen.py`). They are shown, so nothing has to be reckoned with that readers know from elsewhere.
"""

import polars as pl

from schemas.codelisten import GESAMT
from schemas.modell import Land
from schemas.querreihen import AMTSVERGLEICHE
from schemas.zellen import GEBIET, MASS, MERKMALE, SCHLUESSEL, WERT


def amtlich_bekannte(zellen: pl.DataFrame, land: Land) -> pl.DataFrame:
    """The keys of the totals of Meldeeinheiten for which there is an official series of the same Konzept.

    Smaller ones than any share may be published of are left out: no office publishes them without protecting them.

    Args:
        zellen: `SCHLUESSEL`, `wert`.
        land: whose.
    """
    einheiten = [m.id for m in land.meldeeinheiten]
    funde = []
    for vergleich in AMTSVERGLEICHE:
        ort = dict.fromkeys(MERKMALE, GESAMT)
        ort["gruppe"] = GESAMT if vergleich.gruppe == "INSGESAMT" else vergleich.gruppe
        am_ort = [pl.col(merkmal) == code for merkmal, code in ort.items()]
        mass = f"bevoelkerung.personen.{vergleich.konzept}"
        funde.append(zellen.filter(*am_ort, pl.col(MASS) == mass, pl.col(GEBIET).is_in(einheiten)))
    return pl.concat(funde).filter(pl.col(WERT) >= land.geheimhaltung.anteil_ab).select(SCHLUESSEL)
