"""What is expected follows from what a Meldeeinheit says about its tasks; saying nothing excuses nothing."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from schemas.codelisten import AUFGABE, WAHRGENOMMEN
from schemas.datensaetze import alle_datensaetze
from schemas.erwartung import NICHT_WAHRGENOMMEN, ist_erwartet, wahrnehmung

ENDE = date(2025, 12, 31)
DATENSAETZE = alle_datensaetze()
AUFGABEN = st.dictionaries(st.sampled_from(AUFGABE.schluessel), st.sampled_from(WAHRGENOMMEN.schluessel))


@given(AUFGABEN, st.sampled_from(AUFGABE.schluessel))
def test_wer_mehr_wahrnimmt_hat_nicht_weniger_zu_liefern(aufgaben: dict[str, str], aufgabe: str) -> None:
    for wie in set(WAHRGENOMMEN.schluessel) - NICHT_WAHRGENOMMEN:
        for datensatz in DATENSAETZE.values():
            vorher, nachher = (ist_erwartet(datensatz, ENDE, a) for a in (aufgaben, aufgaben | {aufgabe: wie}))
            assert nachher >= vorher


def test_ohne_angabe_ist_alles_faellig_was_gilt() -> None:
    assert all(ist_erwartet(d, ENDE, None) and ist_erwartet(d, ENDE, {}) for d in DATENSAETZE.values())
    spaeter = {d.name for d in DATENSAETZE.values() if not ist_erwartet(d, date(2024, 12, 31), None)}
    assert spaeter == {"finanzen", "konzept"}


def test_abgegebene_aufgaben_bleiben_zu_berichten_und_entfallene_nicht() -> None:
    abgegeben = dict.fromkeys(AUFGABE.schluessel, "DELEGIERT")
    assert all(ist_erwartet(d, ENDE, abgegeben) for d in DATENSAETZE.values())
    assert not ist_erwartet(DATENSAETZE["rueckkehr"], ENDE, abgegeben | {"RKB": "NICHT"})
    assert not ist_erwartet(DATENSAETZE["zustaendigkeit"], ENDE, abgegeben | {"KIK": "ENTFAELLT"})
    assert ist_erwartet(DATENSAETZE["beratung"], ENDE, abgegeben | {"RKB": "NICHT", "IBZ": "NICHT"})
    ohne_alles = dict.fromkeys(AUFGABE.schluessel, "NICHT")
    bleibt = {d.name for d in DATENSAETZE.values() if ist_erwartet(d, ENDE, ohne_alles)}
    assert bleibt == {"aufgaben", "bevoelkerung", "zielgruppe", "herkunft", "finanzen", "konzept"}


def test_wahrnehmung_aus_der_tabelle() -> None:
    tabelle = pl.DataFrame({"aufgabe": ["KIK", "RKB"], "wahrgenommen": ["ENTFAELLT", "SELBST"]})
    assert wahrnehmung(tabelle) == {"KIK": "ENTFAELLT", "RKB": "SELBST"}
