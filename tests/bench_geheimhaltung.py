"""How long it takes to protect a release and to attack it: the embedded data, and one large table.

What belongs here: the pieces and the large table. What does not: running them in processes of their own
(`bench_stufe.py`).
"""

import time
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from assets.ablage import Ablage
from assets.auswertung import bilden
from assets.geheimhaltung.angriffsprobe import greife_an
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.fassungen import zellen_von
from assets.geheimhaltung.merkbuch import mit_stand
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.reste import HIERARCHIE, Tabellenwerk
from assets.geheimhaltung.schuetzen import schuetze
from schemas.codelisten import ALTERSGRUPPE, GESAMT
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL, WERT

_MASS = "bevoelkerung.personen.MH_MELDE"
_GESCHLECHTER = ("M", "W", "D")


def demo(ablage: Ablage, land: Land) -> dict[str, Any]:
    """All cells of the stored values."""
    return _messe(zellen_von(ablage.lies_tabelle(bilden.PFAD), katalog(land), land)[2], land)


def gross(land: Land) -> dict[str, Any]:
    """Gemeinden by age and sex with few people each, as one table with all its sums."""
    return _messe(_werk(land), land)


def _messe(werk: Tabellenwerk, land: Land) -> dict[str, Any]:
    beginn = time.perf_counter()
    muster = schuetze(werk, land.geheimhaltung)
    geschuetzt = time.perf_counter()
    probe = greife_an(offene_tabellen(mit_stand(muster, ()), land, "messung"))
    fertig = time.perf_counter()
    return {
        "zellen": muster.zellen.height,
        "gesperrt": int(muster.zellen[GESPERRT].sum()),
        "schuetzen_s": round(geschuetzt - beginn, 2),
        "angreifen_s": round(fertig - geschuetzt, 2),
        "urteil": probe.urteil,
    }


def _werk(land: Land) -> Tabellenwerk:
    kreise = {m.id: [g.ags for g in m.gemeinden] for m in land.meldeeinheiten if len(m.gemeinden) > 1}
    alter = [c for c in ALTERSGRUPPE.schluessel if c != GESAMT][:8]
    orte = [ags for gemeinden in kreise.values() for ags in gemeinden]
    zufall = np.random.default_rng(7)
    innen = zufall.poisson(zufall.lognormal(1.2, 1.4, (len(orte), len(alter), len(_GESCHLECHTER))))
    je_ort = {ort: innen[nummer] for nummer, ort in enumerate(orte)}
    je_gebiet = je_ort | {k: sum(je_ort[o] for o in teile) for k, teile in kreise.items()}
    je_gebiet[land.ags] = sum(je_gebiet[k] for k in kreise)
    zeilen = []
    for gebiet, a, g in product(je_gebiet, (GESAMT, *alter), (GESAMT, *_GESCHLECHTER)):
        feld = je_gebiet[gebiet]
        teil = feld if a == GESAMT else feld[[alter.index(a)]]
        teil = teil if g == GESAMT else teil[:, [_GESCHLECHTER.index(g)]]
        zeilen.append({GEBIET: gebiet, "altersgruppe": a, "geschlecht": g, WERT: float(teil.sum())})
    fest = {MASS: pl.lit(_MASS), JAHR: pl.lit(2025, pl.Int64)}
    fest |= {m: pl.lit(GESAMT) for m in MERKMALE if m not in ("altersgruppe", "geschlecht")}
    zellen = pl.DataFrame(zeilen).with_columns(**fest).select(*SCHLUESSEL, WERT)
    teilungen = [(GEBIET, land.ags, k, "") for k in kreise]
    teilungen += [(GEBIET, k, ort, "") for k, teile in kreise.items() for ort in teile]
    teilungen += [("altersgruppe", GESAMT, a, "") for a in alter]
    teilungen += [("geschlecht", GESAMT, g, "") for g in _GESCHLECHTER]
    return Tabellenwerk(zellen, pl.DataFrame(teilungen, schema=list(HIERARCHIE), orient="row"))
