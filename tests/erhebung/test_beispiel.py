"""Examples do what they are for: the good one passes, the bad one does not, and neither can be handed in by mistake."""

import pytest

from assets.erhebung.beispiel import beispiel, gibt_es, mit_fehlern
from assets.pruefung.pruefen import Pruefung, pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.lesebefunde import FOOTER_SKIPPED
from schemas.modell import Meldeeinheit, Pruefumgebung, Schwere
from schemas.zellbefunde import MISSING_VALUE

LAND = lade_land("sachsen")
LESER = LAND.meldeeinheiten[0]
FAELLE = [
    (d, jahr)
    for jahr in LAND.berichtsjahre
    for d in LAND.datensaetze
    if alle_datensaetze()[d].gilt_ab <= LAND.zeitraum(jahr)[1]
]


def _pruefe(name: str, jahr: int, einheit: Meldeeinheit, inhalt: bytes) -> Pruefung:
    return pruefe(inhalt, "beispiel.csv", alle_datensaetze()[name].fuer(LAND), Pruefumgebung(LAND, einheit, jahr))


@pytest.mark.parametrize(("name", "jahr"), FAELLE)
def test_das_gute_besteht_das_schlechte_nicht_und_beim_leser_keines(name: str, jahr: int) -> None:
    datensatz = alle_datensaetze()[name].fuer(LAND)
    assert gibt_es(datensatz, LAND, jahr, LESER.id)
    gefunden = beispiel(datensatz, LAND, jahr, LESER.id)
    assert gefunden is not None
    einheit, gut = gefunden
    assert "erfundenen Zahlen" in gut.decode()
    bestanden = _pruefe(name, jahr, einheit, gut)
    assert bestanden.zustand == "angenommen_mit_hinweisen"
    assert bestanden.zeilen > 0
    assert bestanden.anzahl[Schwere.WARNUNG] == 0
    assert FOOTER_SKIPPED.id in bestanden.je_regel
    schlecht = _pruefe(name, jahr, einheit, mit_fehlern(datensatz, gut))
    assert schlecht.zustand == "zurueckgewiesen"
    assert schlecht.je_regel[MISSING_VALUE.id] == 1
    assert schlecht.anzahl[Schwere.FEHLER] >= 2
    assert _pruefe(name, jahr, LESER, gut).zustand == "zurueckgewiesen"


def test_wo_es_keine_gibt_gibt_es_keine() -> None:
    finanzen, erstes = alle_datensaetze()["finanzen"].fuer(LAND), LAND.berichtsjahre[0]
    assert not gibt_es(finanzen, LAND, erstes, LESER.id)
    assert beispiel(finanzen, LAND, erstes, LESER.id) is None
