"""Handing in without a file: what is possible is what the check accepts, and it is a delivery like any other."""

import pytest

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import belege_von
from assets.lieferbuch.fuehren import finde
from assets.lieferbuch.verbindung import lies
from assets.pruefung.lieferungen import pruefe_alle
from assets.pruefung.uebernehmen import pfad_geprueft
from pipeline.portal import ohne_angaben
from schemas.datensaetze import alle_datensaetze
from schemas.modell import status_von
from tests.portal.welt import JAHR, KREIS, LAND, Welt, baue, beispiel, sende, tue

ERSTES = LAND.berichtsjahre[0]


@pytest.fixture
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    """A new one for each test: here it matters what came before."""
    return baue(tmp_path_factory.mktemp("portal"))


def ort(datensatz: str, jahr: int = JAHR) -> str:
    return f"/kreis/{KREIS}/{jahr}/{datensatz}"


def schluessel(datensatz: str) -> Lieferschluessel:
    return Lieferschluessel(datensatz, JAHR, KREIS)


def zustand(welt: Welt, datensatz: str, version: int) -> str:
    with lies(welt.engine) as v:
        return finde(v, schluessel(datensatz), version).zustand


def uebernimm(welt: Welt, datensatz: str) -> None:
    list(pruefe_alle(welt.umfeld.ablage, LAND, [schluessel(datensatz)]))


def test_die_fehlanzeige_gibt_es_genau_wo_der_vertrag_sie_kennt(welt: Welt) -> None:
    bea = welt.als("bea")
    for name in LAND.datensaetze:
        seite = bea.get(f"{ort(name)}/ohne-angaben").text
        antwort = tue(bea, f"{ort(name)}/ohne-angaben", art="fehlanzeige")
        if alle_datensaetze()[name].fehlanzeige:
            assert f"Fehlanzeige für {JAHR} abgeben" in seite
            assert antwort.headers["location"] == f"{ort(name)}/1"
            assert zustand(welt, name, 1) == "angenommen_mit_hinweisen"
            assert "Fehlanzeige" in bea.get(f"{ort(name)}/1").text
            assert "Prüfsumme" in bea.get(f"{ort(name)}/1/quittung").text
            uebernimm(welt, name)
            assert welt.umfeld.ablage.lies_tabelle(pfad_geprueft(schluessel(name))).is_empty()
        else:
            assert f"Fehlanzeige für {JAHR} abgeben" not in seite
            assert "immer etwas zu melden" in seite
            assert antwort.status_code == 409
            assert belege_von(welt.umfeld.ablage, schluessel(name)) == ()


def test_nicht_erhoben_gibt_es_genau_wo_die_pruefung_es_annimmt(welt: Welt) -> None:
    bea = welt.als("bea")
    assert sende(bea, ort("stellen"), beispiel(datensatz="stellen")).status_code == 303
    uebernimm(welt, "stellen")
    moegliche = []
    for name in LAND.datensaetze:
        if name == "stellen":
            continue
        seite = bea.get(f"{ort(name)}/ohne-angaben").text
        antwort = tue(bea, f"{ort(name)}/ohne-angaben", art="nicht_erhoben")
        if antwort.status_code == 409:
            assert "„Nicht erhoben“ für" not in seite
            assert belege_von(welt.umfeld.ablage, schluessel(name)) == ()
            continue
        moegliche.append(name)
        assert "„Nicht erhoben“ für" in seite
        assert zustand(welt, name, 1).startswith("angenommen")
        uebernimm(welt, name)
        tabelle = welt.umfeld.ablage.lies_tabelle(pfad_geprueft(schluessel(name)))
        masse = alle_datensaetze()[name].masse
        assert tabelle.height > 0
        assert all(tabelle[status_von(m)].unique().to_list() == ["U"] for m in masse)
        assert all(tabelle[m].null_count() == tabelle.height for m in masse)
    # Persons by legal ground are rows the contract lists; measures need the Träger of the register.
    assert moegliche == ["zielgruppe", "massnahmen"]


def test_wo_es_nicht_geht_steht_warum_und_eine_vorlage_hilft(welt: Welt) -> None:
    bea = welt.als("bea")
    seite = bea.get(f"{ort('beratung')}/ohne-angaben").text
    assert f"„{alle_datensaetze()['beratung'].spalte('zaehlregel').feld.label}“" in seite
    vorlage = bea.get(f"{ort('beratung')}/ohne-angaben/vorlage.csv")
    assert f"beratung_{KREIS}_{JAHR}.csv" in vorlage.headers["content-disposition"]
    assert ";.;.;.;.;" in vorlage.text
    assert "enthält keine Zahlen" in bea.get(f"{ort('meldung')}/ohne-angaben").text
    assert bea.get(f"{ort('meldung')}/ohne-angaben/vorlage.csv").status_code == 404
    noch_nicht = f"{ort('finanzen', ERSTES)}/ohne-angaben"
    assert "noch nicht erhoben" in bea.get(noch_nicht).text
    assert tue(bea, noch_nicht, art="fehlanzeige").status_code == 409
    assert tue(bea, f"{ort('beratung')}/ohne-angaben", art="loeschen").status_code == 400


def test_was_die_aufgaben_dazu_sagen_steht_dabei(welt: Welt) -> None:
    bea = welt.als("bea")
    seite = f"{ort('rueckkehr')}/ohne-angaben"
    assert f"liegt für {JAHR} noch nicht vor" in bea.get(seite).text
    aufgaben = beispiel(datensatz="aufgaben")
    assert sende(bea, ort("aufgaben"), aufgaben).status_code == 303
    assert "Dem widerspricht die Fehlanzeige" in bea.get(seite).text
    zeilen = [z.replace(";RKB;SELBST;", ";RKB;NICHT;") for z in aufgaben.decode("utf-8-sig").splitlines()]
    anders = "\r\n".join(z + "Es gibt keinen Bedarf." if ";RKB;NICHT;" in z else z for z in zeilen)
    assert sende(bea, ort("aufgaben"), anders.encode()).headers["location"].endswith("/2")
    assert zustand(welt, "aufgaben", 2).startswith("angenommen")
    ohne_bedenken = bea.get(seite).text
    assert "Dem widerspricht" not in ohne_bedenken
    assert "noch nicht vor" not in ohne_bedenken


def test_noch_einmal_geht_auch_nach_einer_anderen_datei(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    bea = welt.als("bea")
    seite = f"{ort('rueckkehr')}/ohne-angaben"
    monkeypatch.setattr(ohne_angaben, "_jetzt", lambda: "01.03.2026, 10:00 Uhr")
    assert tue(bea, seite, art="fehlanzeige").headers["location"].endswith("/1")
    assert tue(bea, seite, art="fehlanzeige").headers["location"].endswith("/1"), "zweimal gedrückt ist einmal"
    assert tue(bea, f"{ort('rueckkehr')}/1/zurueckziehen", grund="Versehen").status_code == 303
    monkeypatch.setattr(ohne_angaben, "_jetzt", lambda: "01.03.2026, 10:01 Uhr")
    assert "Sie tritt an die Stelle" not in bea.get(seite).text
    assert tue(bea, seite, art="fehlanzeige").headers["location"].endswith("/2")
    assert zustand(welt, "rueckkehr", 2) == "angenommen_mit_hinweisen"
    assert "Sie tritt an die Stelle von Version 2" in bea.get(seite).text
