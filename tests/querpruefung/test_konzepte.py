"""R51: the catalogue mixes no Konzepte, and the experiment that shows it notices when an indicator does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assets.ablage import Ablage
from assets.querpruefung.konzepte import vermischt
from assets.querpruefung.lage import Lage, oeffne
from schemas.groessen import bestand, neueste_bestaende, summe_der_lieferung
from schemas.indikatoren import alle_indikatoren
from schemas.modell import Herkunft, Indikator, Variante
from tests.querpruefung.conftest import Aendere
from tests.querpruefung.verstoesse import zeilen
from tests.querpruefung.zustand import EINHEITEN, JAHRE, LAND, Zustand, referenz


def _zwei_konzepte(zustand: Zustand) -> None:
    """Every second Meldeeinheit delivers by another Konzept."""
    for jahr in JAHRE:
        for einheit in EINHEITEN[::2]:
            for zeile in zeilen(zustand, "bevoelkerung", jahr=jahr, einheit=einheit):
                zeile["konzept"] = "MH_MELDE"


def _indikator(bedingung: str, konzept: str) -> tuple[Indikator, ...]:
    groesse = bestand("bevoelkerung", "personen", bedingung, "Probe")
    variante = Variante("PROBE", "Probe", Herkunft.LIEFERUNG, groesse, konzept=konzept)
    return (replace(alle_indikatoren()["BEV-02"], varianten=(variante,)),)


@pytest.mark.parametrize(
    ("bedingung", "konzept", "jahre"),
    [
        ("gruppe = 'MIT' AND konzept = 'AUSL_FORT'", "AUSL_FORT", []),
        ("gruppe = 'MIT'", "AUSL_FORT", [2023, *JAHRE]),
        ("gruppe = 'INSGESAMT'", "T", [2023, *JAHRE]),
        ("gruppe = 'MIT' AND konzept = 'MH_MELDE'", "AUSL_FORT", [2023, *JAHRE]),
    ],
)
def test_der_versuch_findet_fremde_konzepte(
    geaendert: Callable[[Aendere], Ablage], bedingung: str, konzept: str, jahre: list[int]
) -> None:
    with oeffne(geaendert(_zwei_konzepte), LAND, referenz()) as lage:
        funde = vermischt(lage, _indikator(bedingung, konzept))
        assert funde["berichtsjahr"].to_list() == jahre
        assert set(funde["meldeeinheit"]) <= {LAND.ags}
        _unversehrt(lage)


def _unversehrt(lage: Lage) -> None:
    assert set(lage.tabelle("bevoelkerung")["konzept"]) == {"AUSL_FORT", "MH_MELDE"}


def test_keine_kennzahl_des_katalogs_vermischt_konzepte(geaendert: Callable[[Aendere], Ablage]) -> None:
    alle = tuple(alle_indikatoren().values())
    with oeffne(geaendert(_zwei_konzepte), LAND, referenz()) as lage:
        assert vermischt(lage, alle).rows() == []


@pytest.mark.parametrize(("auswahl", "jahre"), [("konzept <> 'T'", []), ("true", [2023, *JAHRE])])
def test_nach_konzept_gegliedert_ist_keine_mischung_ihre_summe_schon(
    vorlage: Path, auswahl: str, jahre: list[int]
) -> None:
    zeilen = neueste_bestaende("bevoelkerung")
    gegliedert = summe_der_lieferung(
        "bevoelkerung", zeilen, "personen", "Probe", nur="gruppe = 'MIT'", summiert=("konzept",)
    )
    groesse = replace(gegliedert, rechnung=f"FROM ({gegliedert.sql}) WHERE {auswahl}")
    variante = Variante("PROBE", "Probe", Herkunft.LIEFERUNG, groesse)
    with oeffne(Ablage(vorlage), LAND, referenz()) as lage:
        funde = vermischt(lage, (replace(alle_indikatoren()["BEV-02"], varianten=(variante,)),))
    assert funde["berichtsjahr"].to_list() == jahre
