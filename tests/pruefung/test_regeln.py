"""Each rule: a table that keeps it, one that breaks it, at the right row; and the traps of running them."""

import os
from unittest import mock

import pytest

from assets.pruefung.regelpruefung import FormError, pruefe_regeln
from schemas.befunde import BEFUNDE_JE_ART, je_kennung
from schemas.datensaetze import alle_datensaetze, alle_regeln
from schemas.modell import Pruefumgebung
from tests.pruefung.faelle import GUELTIG, NUR_IM_STUMMEL, STUMMEL, UMGEBUNG, VERSTOSS, WEITERE, Fall, tabelle


def _umgebung(regel: str) -> Pruefumgebung:
    return STUMMEL if regel in NUR_IM_STUMMEL else UMGEBUNG


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_gueltige_zeilen_halten_alle_regeln(datensatz: str) -> None:
    ergebnis = pruefe_regeln(tabelle(datensatz, GUELTIG[datensatz]()), alle_datensaetze()[datensatz], UMGEBUNG)
    assert ergebnis.befunde == ()


def test_jeder_datensatz_und_jede_regel_haben_einen_fall() -> None:
    assert set(GUELTIG) == set(alle_datensaetze())
    assert set(VERSTOSS) == set(alle_regeln())


@pytest.mark.parametrize(("regel", "fall"), [*VERSTOSS.items(), *WEITERE])
def test_ein_verstoss_wird_an_seiner_zeile_gefunden_wie_auch_immer_sie_geordnet_sind(regel: str, fall: Fall) -> None:
    name, aendere, spalte, stelle = fall
    zeilen = aendere(GUELTIG[name]())
    if regel in NUR_IM_STUMMEL:
        zeilen = [z | {"berichtsjahr": STUMMEL.berichtsjahr} for z in zeilen]
    ergebnis, umgekehrt = (
        pruefe_regeln(tabelle(name, z), alle_datensaetze()[name], _umgebung(regel)) for z in (zeilen, zeilen[::-1])
    )
    gefunden = [b for b in ergebnis.befunde if b.code == regel]
    assert (spalte, stelle + 2) in {(b.spalte, b.zeile) for b in gefunden}
    assert je_kennung(ergebnis.anzahl)[regel] == len(gefunden)
    assert all("{" not in b.meldung + b.abhilfe and "None" not in b.meldung for b in gefunden)
    assert umgekehrt.anzahl == ergebnis.anzahl


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_eine_tabelle_ohne_zeilen_bricht_keine_regel(datensatz: str) -> None:
    assert pruefe_regeln(tabelle(datensatz, []), alle_datensaetze()[datensatz], UMGEBUNG).befunde == ()


def test_fehlende_werte_brechen_keine_regel() -> None:
    for name, zeilen in GUELTIG.items():
        datensatz = alle_datensaetze()[name]
        ohne_masse = [{**z, **dict.fromkeys(datensatz.masse)} for z in zeilen()]
        assert pruefe_regeln(tabelle(name, ohne_masse), datensatz, UMGEBUNG).befunde == ()


def test_ein_unbekannter_betrag_macht_eine_summe_unbekannt_und_bricht_nichts() -> None:
    zeilen = [z | {"betrag_eur": None} if z["buchungsart"] == "ZUW_FESTGESETZT" else z for z in GUELTIG["finanzen"]()]
    zeilen[2]["betrag_eur"] = 10e9
    assert pruefe_regeln(tabelle("finanzen", zeilen), alle_datensaetze()["finanzen"], UMGEBUNG).befunde == ()


def test_alle_zeilen_werden_in_einem_durchgang_gefunden_und_gezaehlt() -> None:
    zahl = BEFUNDE_JE_ART + 7
    zeilen = [{**GUELTIG["personal"]()[0], "stelle_id": f"S{i}", "vzae_besetzt": 2.6} for i in range(zahl)]
    ergebnis = pruefe_regeln(tabelle("personal", zeilen), alle_datensaetze()["personal"], UMGEBUNG)
    assert ergebnis.anzahl == {("R15c", "vzae_besetzt"): zahl}
    assert len(ergebnis.befunde) == BEFUNDE_JE_ART


def test_die_umgebung_kann_pruefungen_nicht_abschalten() -> None:
    frame = tabelle("personal", [{**GUELTIG["personal"]()[0], "vzae_besetzt": 2.6}])
    with mock.patch.dict(os.environ, {"PANDERA_VALIDATION_ENABLED": "False"}):
        ergebnis = pruefe_regeln(frame, alle_datensaetze()["personal"], UMGEBUNG)
    assert ergebnis.anzahl == {("R15c", "vzae_besetzt"): 1}


def test_eine_falsche_form_ist_unser_fehler_und_nie_eine_annahme() -> None:
    frame = tabelle("personal", GUELTIG["personal"]()).drop("zeile")
    with pytest.raises(FormError):
        pruefe_regeln(frame, alle_datensaetze()["personal"], UMGEBUNG)


def test_werte_stehen_deutsch_in_der_meldung() -> None:
    frame = tabelle("personal", [{**GUELTIG["personal"]()[0], "vzae_besetzt": 2.75}])
    (befund,) = pruefe_regeln(frame, alle_datensaetze()["personal"], UMGEBUNG).befunde
    assert befund.meldung == "2,75 Vollzeitäquivalente sind besetzt, es gibt aber nur 2,5 Stellen."


def test_wo_nur_eine_zeile_erlaubt_ist_sagt_die_doppelte_es() -> None:
    (einzeilig,) = pruefe_regeln(
        tabelle("konzept", GUELTIG["konzept"]() * 2), alle_datensaetze()["konzept"], UMGEBUNG
    ).befunde
    assert "nur eine Zeile erlaubt" in einzeilig.meldung
    zeilen = GUELTIG["personal"]()
    (doppelt,) = pruefe_regeln(
        tabelle("personal", [*zeilen, zeilen[0]]), alle_datensaetze()["personal"], UMGEBUNG
    ).befunde
    assert doppelt.meldung == "Zu diesem Schlüssel gibt es schon Zeile 2."


def test_eins_steht_in_der_einzahl() -> None:
    person = tabelle("personal", [{**GUELTIG["personal"]()[0], "personen": 1}])
    (befund,) = pruefe_regeln(person, alle_datensaetze()["personal"], UMGEBUNG).befunde
    assert "bei 1 Person: Eine" in befund.meldung
    staat = tabelle("herkunft", GUELTIG["herkunft"]()[:1])
    befunde = pruefe_regeln(staat, alle_datensaetze()["herkunft"], UMGEBUNG).befunde
    assert "nur zu 1 Staat vor;" in next(b.meldung for b in befunde if b.code == "R25b")
