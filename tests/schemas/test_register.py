"""Walks the registers: every definition is used, labelled, readable and cannot be damaged by a spreadsheet."""

import re
import string
from dataclasses import replace
from datetime import date
from itertools import groupby

import polars as pl
import pytest

from assets.referenz.bestand import lade_bestand
from schemas import codelisten, codelisten_steuerung, felder
from schemas.berichtsinhalt import meldecode, meldepunkte, punkte_zu
from schemas.codelisten_steuerung import ABSCHNITT
from schemas.datensaetze import alle_datensaetze, alle_regeln
from schemas.indikatoren import alle_indikatoren, katalog
from schemas.indikatorwerte import GLIEDERUNGEN, GLIEDERUNGSLISTEN
from schemas.laender import lade_land
from schemas.modell import (
    Berichtspunkt,
    Codeliste,
    Datensatz,
    Feld,
    Groesse,
    Herkunft,
    Indikator,
    Kennzahlart,
    Land,
    Regel,
    Richtung,
    Typ,
    Variante,
    Zahlenangabe,
)
from schemas.sprachen import SPRACHE
from schemas.staaten import DEUTSCHLAND, KEIN_STAAT, STAAT
from schemas.standardisierung import ALTERSGRUPPEN
from schemas.statistik import regel_fuer
from schemas.vergleichbarkeit import GRUENDE
from schemas.vertragsfehler import Vertragsfehler

LAND = lade_land("sachsen")
EIGENE = [*vars(codelisten).values(), *vars(codelisten_steuerung).values()]
CODELISTEN = {c.name: c for c in [*EIGENE, SPRACHE, STAAT, meldepunkte(LAND)] if isinstance(c, Codeliste)}
SCHLUESSELLISTEN = {SPRACHE.name: r"[a-z]{2}", STAAT.name: r"[0-9]{3}"}
"""Lists of keys that others gave out; whoever writes them into a spreadsheet has to format the column as text."""
MONATE = ["jan", "feb", "mrz", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"]


@pytest.mark.parametrize("feld", felder.FELDER.values(), ids=lambda f: f.name)
def test_jedes_feld_wird_benutzt_und_ist_beschrieben(feld: Feld) -> None:
    benutzt = {s.name for d in alle_datensaetze().values() for s in d.spalten}
    assert feld.name in benutzt
    assert feld.beschreibung.endswith(".")
    assert feld.beispiel or feld.typ is Typ.TEXT


@pytest.mark.parametrize("liste", CODELISTEN.values(), ids=lambda c: c.name)
def test_kein_code_sieht_fuer_eine_tabellenkalkulation_wie_etwas_anderes_aus(liste: Codeliste) -> None:
    for code in liste.schluessel:
        if liste.name in SCHLUESSELLISTEN:
            assert re.fullmatch(SCHLUESSELLISTEN[liste.name], code)
            continue
        if code == codelisten_steuerung.OHNE_BEREICH:
            # A lone dash stays a dash in every spreadsheet.
            continue
        assert not re.fullmatch(r"[\d.,:/+-]+%?", code), f"{code} ist eine Zahl oder ein Datum"
        assert not re.fullmatch(r"\d+[eE]\d+", code), f"{code} ist eine Zahl mit Exponent"
        assert not re.fullmatch(r"\d{1,2}[-. ]?\d{1,2}", code)
        assert code.lower() not in {"wahr", "falsch", "true", "false"}
        assert not any(re.fullmatch(rf"\d*[-. ]?{m}[a-z]*[-. ]?\d*", code.lower()) for m in MONATE), code
        assert not code.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("datensatz", alle_datensaetze().values(), ids=lambda d: d.name)
def test_jeder_datensatz_ist_vollstaendig(datensatz: Datensatz) -> None:
    assert datensatz.name in LAND.datensaetze
    assert datensatz.gilt_ab <= date(2026, 1, 1)
    assert set(datensatz.erwartet_bei) <= set(codelisten.AUFGABE.schluessel)
    assert datensatz.nutzungshinweise
    assert all(hinweis.endswith(".") for hinweis in datensatz.nutzungshinweise)
    assert "§" in datensatz.rechtsgrundlage
    assert len(set(datensatz.polars_schema)) == len(datensatz.spalten) + len(datensatz.masse) + 1


def test_jede_codeliste_eines_feldes_ist_bekannt_und_jede_bekannte_wird_benutzt() -> None:
    spalten = [s for d in alle_datensaetze().values() for s in d.fuer(LAND).spalten]
    benutzt = {s.feld.codeliste.name for s in spalten if s.feld.codeliste is not None}
    assert benutzt == set(CODELISTEN)


def test_staaten_haben_deutsche_namen_und_fuehrende_nullen() -> None:
    assert STAAT.label_von(DEUTSCHLAND) == "Deutschland"
    assert STAAT.label_von("166") == "Ukraine"
    assert set(KEIN_STAAT) <= set(STAAT.schluessel)
    assert len(STAAT.codes) == 211


def test_jeder_berichtspunkt_laesst_sich_melden() -> None:
    codes = alle_datensaetze()["meldung"].fuer(LAND).spalte("berichtspunkt").codes
    assert codes == meldepunkte(LAND).schluessel == (*(meldecode(p.id) for p in LAND.berichtspunkte), "T")


def test_jeder_abschnitt_eines_berichtspunkts_ist_ein_abschnitt_der_meldung() -> None:
    abschnitte = {a for p in LAND.berichtspunkte for gruppe in p.abschnitte for a in gruppe}
    assert abschnitte | {"AUSWERTUNG", "ANMERKUNG"} == set(ABSCHNITT.schluessel)
    assert punkte_zu(LAND, "ANMERKUNG") == ()
    assert len(punkte_zu(LAND, "AUSWERTUNG")) == len([p for p in LAND.berichtspunkte if p.je_jahr])


@pytest.mark.parametrize("regel", alle_regeln().values(), ids=lambda r: r.id)
def test_jede_regel_hat_text_und_rat(regel: Regel) -> None:
    assert re.fullmatch(r"R\d{2}[a-z]?", regel.id)
    assert regel.text.meldung.endswith(".")
    assert regel.text.abhilfe.startswith("Bitte")
    assert regel.text.abhilfe.endswith(".")


@pytest.mark.parametrize("indikator", alle_indikatoren().values(), ids=lambda i: i.id)
def test_jeder_indikator_wird_gerechnet_oder_sagt_dass_er_keine_quelle_hat(indikator: Indikator) -> None:
    assert indikator.id in LAND.indikatoren
    for variante in indikator.varianten:
        assert (variante.zaehler is None) == (variante.herkunft is Herkunft.KEINE)
        if variante.zaehler is None:
            assert variante.hinweis.endswith("."), "warum es keine Quelle gibt"
        else:
            assert variante.zaehler.quelle
            assert (
                variante.zaehler.ist_geliefert or variante.herkunft is Herkunft.AMTLICH or variante.nenner is not None
            )


@pytest.mark.parametrize("indikator", alle_indikatoren().values(), ids=lambda i: i.id)
def test_jeder_indikator_erklaert_sich(indikator: Indikator) -> None:
    assert indikator.definition.endswith(".")
    assert indikator.lesehilfe.endswith(".")
    assert indikator.name
    assert indikator.einheit
    assert indikator.geheimhaltung in {"offen", "zellsperrung"}
    assert set(indikator.gliederungen) <= set(GLIEDERUNGEN)
    for variante in indikator.varianten:
        assert variante.label
        assert not variante.hinweis or variante.hinweis.endswith(".")
        assert set(variante.gruende) <= set(GRUENDE.schluessel)
        assert variante.konzept == "T" or variante.konzept in codelisten.KONZEPT.schluessel
    for variante in indikator.varianten:
        if variante.nenner is not None and variante.faktor in {100, 1000}:
            assert variante.mindestnenner or indikator.mindestnenner or indikator.id in OHNE_MINDESTNENNER


OHNE_MINDESTNENNER = {"IBZ-01", "FSA-01", "TEI-01"}
"""Shares of a handful of Stellen or seats: they are small by nature, and each count is shown beside them."""

KATALOG = {
    "BEV": 10,
    "REC": 5,
    "SPR": 3,
    "KIT": 2,
    "SCH": 4,
    "AUS": 1,
    "ARB": 4,
    "SOZ": 3,
    "WOH": 3,
    "GES": 1,
    "TEI": 3,
    "VER": 4,
    "IBZ": 7,
    "FSA": 5,
    "RKB": 3,
    "FIN": 5,
}
"""Indicators of each field."""


def test_der_katalog_ist_vollstaendig() -> None:
    erwartet = [f"{feld}-{nummer:02d}" for feld, anzahl in KATALOG.items() for nummer in range(1, anzahl + 1)]
    assert list(LAND.indikatoren) == erwartet
    assert len(erwartet) == 63


def test_themenfelder_stehen_im_katalog_beieinander() -> None:
    """Reports make one block of each field, in the order of the Land."""
    folge = [i.themenfeld for i in katalog(LAND)]
    assert len([feld for feld, _ in groupby(folge)]) == len(set(folge))


RICHTUNGEN = {
    Richtung.HOEHER_BESSER: {
        *("REC-04", "REC-05", "SPR-02", "SCH-03", "AUS-01", "ARB-01", "WOH-01"),
        *("TEI-01", "TEI-03", "VER-03", "VER-04", "FSA-05"),
    },
    Richtung.NIEDRIGER_BESSER: {
        *("SPR-03", "SCH-01", "SCH-02", "ARB-02", "ARB-03", "SOZ-01", "SOZ-03", "WOH-03"),
    },
    Richtung.ZIELWERT: {"FSA-03", "FIN-02", "FIN-04"},
}
"""Judged indicators; all others are neutral and never coloured."""


def test_bewertet_wird_nur_was_bewertet_werden_soll() -> None:
    je_richtung: dict[Richtung, set[str]] = {}
    for indikator in katalog(LAND):
        if indikator.richtung is not Richtung.NEUTRAL:
            je_richtung.setdefault(indikator.richtung, set()).add(indikator.id)
    assert je_richtung == RICHTUNGEN


def test_jeder_zahlenpunkt_des_gesetzes_hat_kennzahlen() -> None:
    ohne = {p.id for p in LAND.berichtspunkte if not p.indikatoren}
    assert ohne == {"14-3", "14-S2", "26-3", "26-4"}, "nur Punkte, die Texte verlangen"


def test_jede_gliederung_hat_bezeichnungen() -> None:
    assert {*GLIEDERUNGSLISTEN, "gemeinde_ags"} == set(GLIEDERUNGEN)


def test_brueche_von_zaehler_und_nenner_erreichen_die_variante() -> None:
    zaehler = Groesse("SELECT 1", "Zähler", {2011: "neuer Zensus", 2020: "neue Zählweise"})
    nenner = Groesse("SELECT 1", "Nenner", {2011: "neuer Zensus", 2015: "neues Gebiet"})
    variante = Variante("A", "A", Herkunft.AMTLICH, zaehler, nenner, eigene_brueche={2020: "neues Gesetz"})
    assert variante.brueche == {
        2011: "neuer Zensus",
        2015: "neues Gebiet",
        2020: "neues Gesetz; neue Zählweise",
    }
    assert list(variante.brueche) == sorted(variante.brueche)


def test_naeherungen_sind_gekennzeichnet() -> None:
    for indikator in katalog(LAND):
        for variante in indikator.varianten:
            assert ("NAEHERUNG" in variante.gruende) == ("äherung" in variante.label), (indikator.id, variante.id)


@pytest.mark.parametrize("indikator", alle_indikatoren().values(), ids=lambda i: i.id)
def test_jede_variante_sagt_wie_verglichen_wird(indikator: Indikator) -> None:
    for variante in indikator.varianten:
        regel = regel_fuer(variante)
        assert regel.endswith(".")
        assert ("Vertrauensbereich von 95 Prozent" in regel) == (variante.art is not Kennzahlart.BESTAND)


def test_die_standardbevoelkerung_passt_zu_jedem_altersband_und_ist_die_amtliche() -> None:
    standard = LAND.standardbevoelkerung
    assert standard is not None
    assert set(ALTERSGRUPPEN) == {*codelisten.ALTERSGRUPPE.schluessel} - {"T"}
    for variante in (v for i in alle_indikatoren().values() for v in i.varianten if v.standardisierung):
        assert sum(standard.gewichte(variante.standardisierung)) == sum(standard.personen.values()), variante.id
    merkmale = pl.col("merkmale")
    amtlich = lade_bestand().filter(
        merkmale.str.contains('"kopf_1":"Insgesamt","kopf_2":"Insgesamt"', literal=True),
        tabelle="12411-03-03-4",
        ags=LAND.ags,
    )
    alter = merkmale.str.json_path_match("$.vorspalte_4")
    je_alter = dict(amtlich.select(alter, "wert").iter_rows())
    assert sum(standard.personen.values()) == je_alter.pop("Insgesamt")
    unten = {text: 0 if text.startswith("unter") else int(text.split()[0]) for text in je_alter}
    assert {unten[text]: n for text, n in je_alter.items()} == standard.personen


def test_ein_altersband_das_die_standardbevoelkerung_zerschneidet_faellt_auf() -> None:
    assert LAND.standardbevoelkerung is not None
    with pytest.raises(Vertragsfehler, match="passen nicht"):
        LAND.standardbevoelkerung.gewichte({"A": (0, 7), "B": (7, None)})
    variante = next(v for i in alle_indikatoren().values() for v in i.varianten if v.standardisierung)
    with pytest.raises(Vertragsfehler, match="Lücken"):
        replace(variante, standardisierung={"A": (0, 6), "B": (10, None)})
    with pytest.raises(Vertragsfehler, match="Altersbänder"):
        replace(variante, art=Kennzahlart.ANTEIL)


def test_wo_das_gesetz_nach_migrationshintergrund_fragt_ist_staatsangehoerigkeit_ein_ersatz() -> None:
    for indikator in katalog(LAND):
        gefragt = any(indikator.id in p.indikatoren for p in LAND.berichtspunkte if p.id in {"14-1a", "14-1c"})
        for variante in indikator.varianten:
            ersatz = gefragt and variante.konzept.startswith("AUSL_")
            assert ("ERSATZKONZEPT" in variante.gruende) == ersatz, (indikator.id, variante.id)


def test_profil_ist_in_sich_stimmig() -> None:
    assert len({m.kachel for m in LAND.meldeeinheiten}) == len(LAND.meldeeinheiten)
    assert len({m.kuerzel for m in LAND.meldeeinheiten}) == len(LAND.meldeeinheiten)
    assert all(m.gemeinden for m in LAND.meldeeinheiten)
    assert all(set(m.id) <= set(string.digits) for m in LAND.meldeeinheiten)
    assert sum(len(m.gemeinden) for m in LAND.meldeeinheiten) == 418
    assert [m.name for m in LAND.meldeeinheiten if "Leipzig" in m.name] == ["Leipzig (Stadt)", "Leipzig (Landkreis)"]


def test_der_rumpfzeitraum_beginnt_mit_der_verordnung() -> None:
    assert LAND.zeitraum(2024) == (date(2024, 9, 18), date(2024, 12, 31))
    assert LAND.zeitraum(2025) == (date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(KeyError):
        LAND.zeitraum(2023)


def test_ein_widerspruch_faellt_beim_laden_auf() -> None:
    zwei = (*LAND.meldeeinheiten, LAND.meldeeinheiten[0])
    with pytest.raises(Vertragsfehler, match="doppelt"):
        _land_mit(zwei)
    for tage in ((7, -7), (1, 1)):
        with pytest.raises(Vertragsfehler, match="Erinnerungstage"):
            replace(LAND, erinnerungstage=tage)


def _land_mit(meldeeinheiten: tuple) -> Land:  # type: ignore[type-arg]  # any tuple will do to provoke the error
    return replace(LAND, meldeeinheiten=meldeeinheiten)


def test_jeder_berichtspunkt_nennt_nur_bekanntes() -> None:
    for punkt in LAND.berichtspunkte:
        assert set(punkt.indikatoren) <= set(alle_indikatoren()), punkt.id
        assert set(punkt.datensaetze) <= set(alle_datensaetze()), punkt.id
        assert set(punkt.konzepte) <= set(codelisten.KONZEPT.schluessel), punkt.id
        assert punkt.aufgabe in ("", *codelisten.AUFGABE.schluessel), punkt.id
        for angabe in punkt.verlangt:
            indikator = alle_indikatoren()[angabe.indikator]
            assert set(angabe.varianten) <= {v.id for v in indikator.varianten}, punkt.id
            assert angabe.gliederung in ("", *indikator.gliederungen), punkt.id


def test_ein_falscher_berichtspunkt_faellt_beim_laden_auf() -> None:
    with pytest.raises(Vertragsfehler, match="nicht zeigt"):
        Berichtspunkt("1", "§ 1", "Probe", verlangt=(Zahlenangabe("BEV-01"),))
    for falsch in (LAND.berichtspunkte[0], Berichtspunkt("1", "§ 1", "Probe", umfasst=("2",))):
        with pytest.raises(Vertragsfehler, match="Berichtspunkt"):
            replace(LAND, berichtspunkte=(*LAND.berichtspunkte, falsch))
