"""A file of another dataset is called that, and nothing else is; a file that only lacks a column is not."""

from itertools import permutations

import pytest

from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import GUELTIG, UMGEBUNG

PAARE = list(permutations(sorted(GUELTIG), 2))


@pytest.mark.parametrize(("datensatz", "geliefert_als"), PAARE)
def test_eine_fremde_vorlage_wird_beim_namen_genannt(datensatz: str, geliefert_als: str) -> None:
    inhalt = als_csv(datensatz, GUELTIG[datensatz]())
    pruefung = pruefe(inhalt, "x.csv", alle_datensaetze()[geliefert_als], UMGEBUNG)
    assert pruefung.zustand == "zurueckgewiesen"
    assert [b.code for b in pruefung.befunde] == ["wrong_template"]
    assert f"sieht nach dem Datensatz „{datensatz}“ aus" in pruefung.befunde[0].meldung


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_wer_nur_eine_spalte_vergisst_hoert_von_der_spalte(datensatz: str) -> None:
    definition = alle_datensaetze()[datensatz]
    for spalte in definition.spalten:
        zeilen = als_csv(datensatz, GUELTIG[datensatz]()).decode().splitlines()
        stelle = zeilen[0].split(";").index(spalte.name)
        ohne = "\n".join(";".join(t for i, t in enumerate(z.split(";")) if i != stelle) for z in zeilen)
        pruefung = pruefe(ohne.encode(), "x.csv", definition, UMGEBUNG)
        assert "wrong_template" not in pruefung.je_regel, spalte.name
