"""Accepted tables beside those of the year before: what is summed, what is not comparable, what is large."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.auswertung.vorjahr import (
    ANDERS_GEZAEHLT,
    JAHR_FEHLT,
    NICHT_ERHOBEN,
    OHNE_ZAHL,
    TEILJAHR,
    VORJAHR_FEHLT,
    Massvergleich,
    jahresvergleiche,
    vergleiche,
)
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from schemas.codelisten import GESAMT
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.modell import Datensatz

LAND = lade_land("sachsen")
KREIS, JAHR = LAND.meldeeinheiten[0].id, LAND.berichtsjahre[-1]
HERKUNFT, BERATUNG = alle_datensaetze()["herkunft"], alle_datensaetze()["beratung"]


def tabelle(datensatz: Datensatz, *zeilen: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(datensatz.polars_schema) | z for z in zeilen], schema=datensatz.polars_schema)


def herkunft(jahr: int, *personen: int | None, status: str = "N") -> pl.DataFrame:
    return tabelle(
        HERKUNFT,
        *(
            {
                "stichtag": date(jahr, 12, 31),
                "konzept": "AZR",
                "staat": str(100 + n),
                "personen": anzahl,
                "personen_status": "N" if anzahl is not None else status,
            }
            for n, anzahl in enumerate(personen)
        ),
    )


def personen(neu: pl.DataFrame | None, alt: pl.DataFrame | None) -> Massvergleich:
    (mass,) = vergleiche(HERKUNFT, neu, alt, LAND, JAHR).masse
    return mass


def test_summen_unterschied_und_anteil() -> None:
    mass = personen(herkunft(JAHR, 30, 40), herkunft(JAHR - 1, 50))
    assert (mass.neu, mass.alt, mass.differenz, mass.anteil, mass.grund) == (70, 50, 20, 0.4, "")
    assert mass.gross


@pytest.mark.parametrize(
    ("neu", "alt", "gross"), [(130, 100, False), (131, 100, True), (69, 100, True), (19, 1, False), (20, 0, True)]
)
def test_gross_sagen_die_schwellen_des_landes(neu: int, alt: int, gross: bool) -> None:
    mass = personen(herkunft(JAHR, neu), herkunft(JAHR - 1, alt))
    assert (LAND.schwellen["veraenderung"], LAND.schwellen["veraenderung_mindestens"]) == (0.3, 20)
    assert mass.gross == gross


def test_von_null_an_gibt_es_keinen_anteil() -> None:
    mass = personen(herkunft(JAHR, 25), herkunft(JAHR - 1, 0))
    assert (mass.differenz, mass.anteil) == (25, None)


@pytest.mark.parametrize("status", ["G", "U", "L"])
def test_wo_etwas_keine_zahl_ist_wird_nicht_verglichen(status: str) -> None:
    mass = personen(herkunft(JAHR, 30, None, status=status), herkunft(JAHR - 1, 5))
    assert (mass.grund, mass.differenz, mass.gross) == (OHNE_ZAHL, None, False)


def test_wo_eine_zahl_nicht_sinnvoll_ist_fehlt_keine() -> None:
    assert personen(herkunft(JAHR, 30, None, status="X"), herkunft(JAHR - 1, 5)).neu == 30


def test_fehlende_jahre_und_leere_spalten() -> None:
    assert personen(None, herkunft(JAHR - 1, 5)).grund == JAHR_FEHLT
    assert personen(herkunft(JAHR, 5), None).grund == VORJAHR_FEHLT
    assert personen(herkunft(JAHR), herkunft(JAHR - 1, 5)).grund == NICHT_ERHOBEN


def test_der_bestand_des_vorjahrs_zaehlt_nicht_noch_einmal() -> None:
    doppelt = pl.concat([herkunft(JAHR, 30), herkunft(JAHR - 1, 50)])
    vergleich = vergleiche(HERKUNFT, doppelt, herkunft(JAHR - 1, 50), LAND, JAHR)
    assert (vergleich.zeilen_neu, vergleich.masse[0].neu, vergleich.masse[0].alt) == (2, 30, 50)


def beratung(anzahl: int, zaehlregel: str = "A") -> pl.DataFrame:
    werte = {"quartal": "Q1", "stelle_id": "S", "leistungsart": "IBZ", "themenfeld": GESAMT, "adressat": "E"}
    return tabelle(
        BERATUNG,
        werte | {"beratungen": anzahl, "beratungen_status": "N", "zaehlregel": zaehlregel},
    )


def test_anders_gezaehltes_und_teiljahre_werden_nicht_verglichen() -> None:
    assert vergleiche(BERATUNG, beratung(40), beratung(90), LAND, JAHR + 1).masse[0].differenz == -50, (
        "zwei volle Jahre"
    )
    assert vergleiche(BERATUNG, beratung(40), beratung(90), LAND, JAHR).grund == TEILJAHR
    assert vergleiche(BERATUNG, beratung(40), beratung(90, "B"), LAND, JAHR).grund == ANDERS_GEZAEHLT


_gliederung = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ"), st.integers(0, 50)), min_size=1, unique_by=lambda z: z[:2]
)


@given(_gliederung, st.booleans(), st.booleans())
def test_teile_zaehlen_neben_ihrer_gesamtzeile_nicht_mit(
    zellen: list[tuple[str, str, int]], mit_summe_je_a: bool, mit_gesamt: bool
) -> None:
    """Totals of one breakdown or of both: the sum is that of the cells."""
    zeilen = list(zellen)
    if mit_summe_je_a:
        zeilen += [(a, GESAMT, sum(n for x, _, n in zellen if x == a)) for a in {a for a, _, _ in zellen}]
        if mit_gesamt:
            zeilen += [(GESAMT, GESAMT, sum(n for *_, n in zellen))]
    fest = {"quartal": "Q1", "stelle_id": "S", "leistungsart": "IBZ"}
    neu = tabelle(
        BERATUNG,
        *(
            fest | {"themenfeld": a, "adressat": b, "beratungen": n, "beratungen_status": "N", "zaehlregel": "A"}
            for a, b, n in zeilen
        ),
    )
    assert vergleiche(BERATUNG, neu, None, LAND, JAHR).masse[0].neu == sum(n for *_, n in zellen)


def test_alle_angenommenen_tabellen_einer_meldeeinheit(tmp_path: Any) -> None:
    ablage = Ablage(tmp_path)
    ablage.schreibe_tabelle(pfad_geprueft(Lieferschluessel("herkunft", JAHR, KREIS)), herkunft(JAHR, 5))
    ablage.schreibe_tabelle(pfad_geprueft(Lieferschluessel("beratung", JAHR - 1, KREIS)), beratung(5))
    gefunden = {v.datensatz.name: v.grund for v in jahresvergleiche(ablage, LAND, KREIS, JAHR)}
    assert gefunden == {"herkunft": VORJAHR_FEHLT, "beratung": JAHR_FEHLT}
