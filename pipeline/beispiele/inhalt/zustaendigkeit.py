"""Rows of `zustaendigkeit`: the coordinators of the plan and the Gemeinden they serve."""

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.stellenplan import hat_gemeinden
from schemas.codelisten import GESAMT


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """Most serve each Gemeinde or nearly each, some say so with one row; nothing where no Gemeinde belongs to it."""
    if not hat_gemeinden(auftrag.plan.meldeeinheit):
        return []
    strom = auftrag.strom("zustaendigkeit")
    gemeinden = [g.ags for g in auftrag.plan.meldeeinheit.gemeinden]
    anteil = strom.choice((1.0, 1.0, 0.9, 0.8))
    bedient = sorted(strom.sample(gemeinden, max(1, round(anteil * len(gemeinden)))))
    if anteil == 1 and strom.random() < 0.4:
        bedient = [GESAMT]
    von, bis = auftrag.zeitraum
    stellen = [s for s in auftrag.plan.stellen if s.art == "KIK" and s.tage(von, bis)]
    return [
        {"stelle_id": s.id, "gemeinde_ags": ags, "von": s.aktiv_von, "bis": None}
        for nummer, s in enumerate(stellen)
        for ags in (bedient if bedient == [GESAMT] else bedient[nummer :: len(stellen)])
    ]
