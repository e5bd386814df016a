"""The law's items judged by small deliveries: every state and every reason, over years and Berichtszeiträume."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.auswertung.berichtspunkte import berichtspunkte, fassung, jahre_von, zeitlagen
from assets.auswertung.datenbank import geprueft
from assets.auswertung.unterlagen import sammle
from assets.eingang.empfang import nimm_an
from assets.pruefung.lieferungen import datenstand, lieferstand, offene, pruefe_alle
from schemas.berichtsstand import FASSUNG, GRUND, PUNKTSTAND, SPALTEN, SPALTENTEXTE, Fassung, Grund, Punktstand
from schemas.codelisten_steuerung import ABSCHNITT
from schemas.indikatoren import alle_indikatoren
from schemas.modell import Berichtspunkt, Berichtszeitraum, Land, Zahlenangabe
from tests.auswertung.werkstatt import LAND, einwohner, ohne_amtliches, werte_aus
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, Zeile

KREIS = replace(LAND, meldeeinheiten=(replace(EINHEIT, nachbarn=()),))
"""The profile with one Kreis, so that a test checks few deliveries."""
SPAET = date(2031, 1, 1)
"""All deadlines have passed."""
Lieferungen = dict[str, list[Zeile]]
PUNKTE = {p.id: p for p in LAND.berichtspunkte}


def _beurteilt(
    ordner: Path,
    lieferungen: dict[int, Lieferungen],
    *,
    stand: date | None = SPAET,
    land: Land = KREIS,
    amtlich: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The states after these deliveries (year -> dataset -> rows) went through reception and checking."""
    ablage = Ablage(ordner)
    for jahr, datensaetze in lieferungen.items():
        for name, zeilen in datensaetze.items():
            inhalt = als_csv(name, [{**z, "berichtsjahr": jahr} for z in zeilen])
            nimm_an(ablage, land, f"{name}_{EINHEIT.id}_{jahr}.csv", inhalt, weg="test")
    list(pruefe_alle(ablage, land, offene(ablage, land)))
    gebraucht = [alle_indikatoren()[i] for p in land.berichtspunkte for i in p.indikatoren]
    katalog = list({i.id: i for i in gebraucht}.values())
    unterlagen = sammle(
        land,
        katalog,
        stand,
        werte=werte_aus(ordner, ohne_amtliches() if amtlich is None else amtlich, land, katalog),
        lieferstand=lieferstand(ablage, land),
        aufgaben=geprueft(ablage, "aufgaben"),
        meldung=geprueft(ablage, "meldung"),
    )
    return berichtspunkte(unterlagen)


def _mit(*punkte: str | Berichtspunkt) -> Land:
    """The profile with these items alone."""
    return replace(KREIS, berichtspunkte=tuple(PUNKTE[p] if isinstance(p, str) else p for p in punkte))


def _urteil(tabelle: pl.DataFrame, punkt: str, jahr: int | None = 2025) -> tuple[str, str]:
    """(State, reasons) in a year, or of the second Berichtszeitraum as a whole."""
    zeilen = tabelle.filter(pl.col("berichtsjahr").eq_missing(jahr), punkt=punkt)
    zeile = zeilen.sort("zeitraum_von").to_dicts()[-1]
    return zeile["stand"], zeile["gruende"]


def _satz(tabelle: pl.DataFrame, punkt: str, jahr: int | None = 2025) -> str:
    return str(tabelle.filter(pl.col("berichtsjahr").eq_missing(jahr), punkt=punkt)["begruendung"][-1])


def _aufgaben(**ruhend: str) -> list[Zeile]:
    """All tasks carried out, but for these, with why."""
    return [
        z | ({"wahrgenommen": "NICHT", "begruendung": ruhend[z["aufgabe"]]} if z["aufgabe"] in ruhend else {})
        for z in GUELTIG["aufgaben"]()
    ]


def _texte(*abschnitte: tuple[str, str]) -> list[Zeile]:
    vorlage = GUELTIG["meldung"]()[0]
    return [{**vorlage, "abschnitt": a, "berichtspunkt": p} for a, p in abschnitte]


def _bevoelkerung(konzept: str) -> list[Zeile]:
    """Two Stichtage a year apart of one Konzept, by sex and age."""
    heute = [z for z in GUELTIG["bevoelkerung"]() if konzept == "MH_MELDE" or z["gruppe"] == "MIT"]
    vorher = [{**z, "stichtag": date(2024, 12, 31)} for z in heute]
    return [{**z, "konzept": konzept} for z in (*vorher, *heute)]


# Figures


def test_zahlen_der_lieferung_erfuellen_einen_punkt(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {2025: {"beratung": GUELTIG["beratung"]()}}, land=_mit("14-2c", "14-2d"))
    assert _urteil(tabelle, "14-2c") == ("erfuellt", "LIEGT_VOR")
    assert _urteil(tabelle, "14-2d") == ("erfuellt", "LIEGT_VOR")
    assert _satz(tabelle, "14-2c") == "Es liegt vor: Zahlen."


def test_ohne_lieferung_fehlt_er_erst_nach_der_frist(tmp_path: Path) -> None:
    frist = LAND.lieferfristen[2025]
    for stand, erwartet in (
        (frist + timedelta(days=1), ("fehlt", "Nicht geliefert: „Beratung“.")),
        (frist, ("offen", "Fällig am 30.06.2026.")),
        (None, ("offen", "Fällig am 30.06.2026.")),
    ):
        tabelle = _beurteilt(tmp_path / f"{stand}", {}, land=_mit("14-2c"), stand=stand)
        assert (_urteil(tabelle, "14-2c")[0], _satz(tabelle, "14-2c")) == erwartet


def test_eine_zurueckgewiesene_lieferung_wird_genannt(tmp_path: Path) -> None:
    falsch = [{**z, "entgeltgruppe": "E99"} for z in GUELTIG["personal"]()]
    tabelle = _beurteilt(tmp_path, {2025: {"personal": falsch}}, land=_mit("14-2b"))
    assert _urteil(tabelle, "14-2b") == ("fehlt", "ZURUECKGEWIESEN")
    assert _satz(tabelle, "14-2b") == "Zurückgewiesen und nicht neu geliefert: „Personal“."


def test_unbekannt_gemeldet_ist_keine_zahl(tmp_path: Path) -> None:
    unbekannt = [{**z, "einsaetze": "."} if z["massnahmeart"] == "SKM" else z for z in GUELTIG["massnahmen"]()]
    tabelle = _beurteilt(tmp_path, {2025: {"massnahmen": unbekannt}}, land=_mit("14-2f-aa", "14-2f-bb", "14-2f-cc"))
    assert _urteil(tabelle, "14-2f-aa") == ("erfuellt", "LIEGT_VOR")
    assert _urteil(tabelle, "14-2f-bb") == ("fehlt", "UNBEKANNT")
    assert _urteil(tabelle, "14-2f-cc") == ("fehlt", "ZAHL_FEHLT")


def test_ein_teil_der_zahlen_erfuellt_teilweise(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {2025: {"bevoelkerung": GUELTIG["bevoelkerung"]()}}, land=_mit("14-1a"))
    assert _urteil(tabelle, "14-1a") == ("teilweise", "ZAHL_FEHLT")
    assert "Veränderung der Zahl" in _satz(tabelle, "14-1a")


@pytest.mark.parametrize("konzept", ["AUSL_AZR", "AUSL_FORT"])
def test_staatsangehoerigkeit_ist_nur_ein_ersatz(tmp_path: Path, konzept: str) -> None:
    herkunft = [{**z, "konzept": konzept} for z in GUELTIG["herkunft"]()]
    lieferung = {2025: {"bevoelkerung": _bevoelkerung(konzept), "herkunft": herkunft}}
    tabelle = _beurteilt(tmp_path, lieferung, land=_mit("14-1a", "14-1c"))
    for punkt in ("14-1a", "14-1c"):
        assert _urteil(tabelle, punkt) == ("teilweise", "ERSATZKONZEPT"), _satz(tabelle, punkt)
        assert _satz(tabelle, punkt).startswith("Ersatzkonzept: Gezählt ist „Ausländerinnen und Ausländer nach")


def test_migrationshintergrund_aus_dem_register_ist_kein_ersatz(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {2025: {"bevoelkerung": _bevoelkerung("MH_MELDE")}}, land=_mit("14-1a"))
    assert _urteil(tabelle, "14-1a") == ("erfuellt", "LIEGT_VOR"), _satz(tabelle, "14-1a")


def test_amtliche_zahlen_ersetzen_keine_lieferung(tmp_path: Path) -> None:
    lieferung = {2025: {"meldung": _texte(("EINWANDERUNG", "P26-1"))}}
    amtlich = einwohner({EINHEIT.id: 300_000.0}, 2025)
    tabelle = _beurteilt(tmp_path, lieferung, land=_mit("26-1"), amtlich=amtlich)
    assert _urteil(tabelle, "26-1") == ("teilweise", "LIEFERUNG_FEHLT;OHNE_LIEFERUNG")


def test_ohne_quelle_fehlt_der_punkt_mit_diesem_grund(tmp_path: Path) -> None:
    ohne = Berichtspunkt("1", "§ 1", "Wanderung", ("BEV-05",), verlangt=(Zahlenangabe("BEV-05"),))
    tabelle = _beurteilt(tmp_path, {}, land=_mit(ohne))
    assert _urteil(tabelle, "1") == ("fehlt", "KEINE_QUELLE")


def test_eine_verlangte_gliederung_muss_da_sein(tmp_path: Path) -> None:
    ziel = ("zielgruppe",)
    punkte = [
        Berichtspunkt(n, "§ 1", n, ("BEV-09",), ziel, (Zahlenangabe("BEV-09", ("BESTAND",), gliederung=n),))
        for n in ("rechtsgrund", "altersgruppe")
    ]
    tabelle = _beurteilt(tmp_path, {2025: {"zielgruppe": GUELTIG["zielgruppe"]()}}, land=_mit(*punkte))
    assert _urteil(tabelle, "rechtsgrund") == ("erfuellt", "LIEGT_VOR")
    assert _urteil(tabelle, "altersgruppe") == ("teilweise", "OHNE_GLIEDERUNG")


def test_wo_das_recht_keine_zahl_nennt_reicht_irgendeine(tmp_path: Path) -> None:
    texte = _texte(("ZIELE", "P26-2"), ("MASSNAHMEN", "P26-2"))
    mit = {2025: {"meldung": texte, "konzept": GUELTIG["konzept"]()}}
    assert _urteil(_beurteilt(tmp_path / "mit", mit, land=_mit("26-2")), "26-2") == ("erfuellt", "LIEGT_VOR")
    ohne = _beurteilt(tmp_path / "ohne", {2025: {"meldung": texte}}, land=_mit("26-2"))
    assert _urteil(ohne, "26-2") == ("teilweise", "LIEFERUNG_FEHLT")


# Tasks and expectations


def test_eine_nicht_wahrgenommene_aufgabe_entfaellt_mit_ihrer_begruendung(tmp_path: Path) -> None:
    aufgaben = _aufgaben(RKB="Ein Träger wird gesucht.", BERICHT="Noch kein Beschluss.")
    tabelle = _beurteilt(tmp_path, {2025: {"aufgaben": aufgaben}})
    for punkt in ("14-2j-aa", "14-2j-bb", "14-2j-cc", "14-2j-dd", "14-3", "26-3", "26-4"):
        assert _urteil(tabelle, punkt) == ("entfaellt", "AUFGABE_RUHT")
    satz = "Die Aufgabe „Rückkehrberatung“ wird nicht wahrgenommen (Ein Träger wird gesucht)."
    assert _satz(tabelle, "14-2j-dd") == satz
    assert _urteil(tabelle, "14-2i-cc") == ("fehlt", "LIEFERUNG_FEHLT")


def test_was_doch_geliefert_ist_entfaellt_nicht(tmp_path: Path) -> None:
    aufgaben = _aufgaben(RKB="Ein Träger wird gesucht.", BERICHT="Noch kein Beschluss.")
    lieferung = {"aufgaben": aufgaben, "rueckkehr": GUELTIG["rueckkehr"](), "meldung": GUELTIG["meldung"]()}
    tabelle = _beurteilt(tmp_path, {2025: lieferung})
    assert _urteil(tabelle, "14-2j-dd") == ("erfuellt", "LIEGT_VOR")
    assert _urteil(tabelle, "14-3") == ("erfuellt", "LIEGT_VOR")


def test_was_noch_nicht_erhoben_wird_entfaellt(tmp_path: Path) -> None:
    konzept = Berichtspunkt("1", "§ 1", "Konzept", ("VER-02",), ("konzept",), (Zahlenangabe("VER-02"),))
    tabelle = _beurteilt(tmp_path, {}, land=_mit(konzept))
    assert _urteil(tabelle, "1", 2024) == ("entfaellt", "NICHT_ERWARTET")
    assert _urteil(tabelle, "1", 2025) == ("fehlt", "LIEFERUNG_FEHLT")


# Texts and sentence 2


@pytest.mark.parametrize(
    ("abschnitte", "erwartet"),
    [
        ((), "fehlt"),
        (("VORSCHLAG_WEITERFUEHRUNG",), "teilweise"),
        (("VORSCHLAG_INTENSIVIERUNG", "VORSCHLAG_NEUORIENTIERUNG"), "teilweise"),
        (("VORSCHLAG_WEITERFUEHRUNG", "VORSCHLAG_NEUORIENTIERUNG"), "erfuellt"),
    ],
    ids=["nichts", "nur weiter", "nur anders", "weiter und anders"],
)
def test_vorschlaege_zum_weiterfuehren_und_zum_aendern(
    tmp_path: Path, abschnitte: Sequence[str], erwartet: str
) -> None:
    zeilen = _texte(("ANMERKUNG", "T"), *((a, "T") for a in abschnitte))
    tabelle = _beurteilt(tmp_path, {2025: {"meldung": zeilen}}, land=_mit("26-3"))
    stand, gruende = _urteil(tabelle, "26-3")
    assert (stand, gruende) == (erwartet, "LIEGT_VOR" if erwartet == "erfuellt" else "TEXT_FEHLT")


def test_die_bewertung_nennt_die_fehlenden_bereiche(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {2025: {"meldung": _texte(("WIRKUNG_SOZIAL", "P14-3"))}}, land=_mit("14-3"))
    assert _urteil(tabelle, "14-3") == ("teilweise", "TEXT_FEHLT")
    fehlend = [ABSCHNITT.label_von(f"WIRKUNG_{b}") for b in ("STRUKTURELL", "KULTURELL", "IDENTIFIKATORISCH")]
    assert all(f"„{label}“" in _satz(tabelle, "14-3") for label in fehlend)


def _satz_2(
    tmp_path: Path, *texte: tuple[str, str], ruhend: str = "IBZ", lieferung: Lieferungen | None = None
) -> tuple[str, str, str]:
    """Sentence 2 over two items, of counselling and of the target group, with these texts."""
    zwei = replace(PUNKTE["14-S2"], umfasst=("14-1b", "14-2i-cc"))
    daten = {"beratung": GUELTIG["beratung"](), "zielgruppe": GUELTIG["zielgruppe"]()}
    meldung = {"meldung": _texte(("ANMERKUNG", "T"), *texte)}
    geliefert = (daten if lieferung is None else lieferung) | meldung | {"aufgaben": _aufgaben(**{ruhend: "Grund."})}
    tabelle = _beurteilt(tmp_path, {2025: geliefert}, land=_mit("14-1b", "14-2i-cc", zwei))
    return (*_urteil(tabelle, "14-S2"), _satz(tabelle, "14-S2"))


class TestSatz2:
    beide = (("AUSWERTUNG", "P14-1b"), ("AUSWERTUNG", "P14-2i-cc"))

    def test_zahlen_und_auswertung_zu_jedem_punkt_erfuellen_ihn(self, tmp_path: Path) -> None:
        assert _satz_2(tmp_path, *self.beide) == ("erfuellt", "LIEGT_VOR", "Es liegt vor: Zahlen und Auswertung.")

    def test_jede_fehlende_auswertung_zaehlt(self, tmp_path: Path) -> None:
        assert _satz_2(tmp_path, self.beide[0]) == (
            "teilweise",
            "AUSWERTUNG_FEHLT",
            "Keine Auswertung zu 1 von 2 Punkten.",
        )

    def test_im_ganzen_ausgewertet_ist_nur_ein_teil(self, tmp_path: Path) -> None:
        stand, gruende, _ = _satz_2(tmp_path, ("AUSWERTUNG", "P14-S2"))
        assert (stand, gruende) == ("teilweise", "AUSWERTUNG_FEHLT;AUSWERTUNG_IM_GANZEN")

    def test_ohne_zahlen_hilft_die_auswertung_nur_zum_teil(self, tmp_path: Path) -> None:
        stand, gruende, satz = _satz_2(tmp_path, *self.beide, lieferung={"zielgruppe": GUELTIG["zielgruppe"]()})
        assert (stand, gruende, satz) == ("teilweise", "PUNKTE_OHNE_ZAHLEN", "Keine Zahlen zu 1 von 2 Punkten.")

    def test_ohne_beides_fehlt_er(self, tmp_path: Path) -> None:
        assert _satz_2(tmp_path, lieferung={})[:2] == ("fehlt", "PUNKTE_OHNE_ZAHLEN;AUSWERTUNG_FEHLT")

    def test_was_entfaellt_wird_nicht_verlangt(self, tmp_path: Path) -> None:
        ergebnis = _satz_2(tmp_path, self.beide[0], ruhend="FSA", lieferung={"zielgruppe": GUELTIG["zielgruppe"]()})
        assert ergebnis[:2] == ("erfuellt", "LIEGT_VOR")


# Berichtszeitraum as a whole

ZWEI_JAHRE = Berichtszeitraum(date(2024, 9, 18), date(2025, 12, 31), date(2026, 6, 30), "Probe", "Test")


def test_ein_punkt_je_kalenderjahr_ist_im_ganzen_was_seine_jahre_sind(tmp_path: Path) -> None:
    land = replace(_mit("14-2c"), berichtszeitraeume=(ZWEI_JAHRE,))
    tabelle = _beurteilt(tmp_path, {2025: {"beratung": GUELTIG["beratung"]()}}, land=land)
    assert [_urteil(tabelle, "14-2c", j)[0] for j in (2024, 2025)] == ["fehlt", "erfuellt"]
    assert _urteil(tabelle, "14-2c", None) == ("teilweise", "JE_JAHR")
    assert _satz(tabelle, "14-2c", None) == "Nach Jahren: 2024 fehlt, 2025 erfüllt."


def test_ein_punkt_je_zeitraum_ist_erfuellt_wenn_ein_jahr_ihn_hat(tmp_path: Path) -> None:
    land = replace(_mit("14-3"), berichtszeitraeume=(ZWEI_JAHRE,))
    bewertung = _texte(*((a, "P14-3") for gruppe in PUNKTE["14-3"].abschnitte for a in gruppe))
    tabelle = _beurteilt(tmp_path, {2025: {"meldung": bewertung}}, land=land)
    assert [_urteil(tabelle, "14-3", j)[0] for j in (2024, 2025)] == ["fehlt", "erfuellt"]
    assert _urteil(tabelle, "14-3", None) == ("erfuellt", "LIEGT_VOR")


def test_kommende_jahre_des_zeitraums_fehlen_nicht(tmp_path: Path) -> None:
    lieferung = {2025: {"beratung": GUELTIG["beratung"]()}}
    tabelle = _beurteilt(tmp_path, lieferung, land=_mit("14-2c", "14-3"), stand=date(2026, 7, 1))
    jahre = [_urteil(tabelle, "14-2c", j)[0] for j in range(2025, 2030)]
    assert jahre == ["erfuellt", *["offen"] * 4]
    assert _urteil(tabelle, "14-2c", None) == ("erfuellt", "LIEGT_VOR")
    assert _urteil(tabelle, "14-3", None) == ("offen", "NOCH_NICHT_FAELLIG")
    assert _satz(tabelle, "14-3", None) == "Fällig am 29.06.2030."


@pytest.mark.parametrize(
    ("stand", "staende", "erwartet"),
    [
        (None, ["erfuellt"], Fassung.ZWISCHENSTAND),
        (date(2025, 12, 31), ["erfuellt"], Fassung.ZWISCHENSTAND),
        (date(2026, 1, 1), ["erfuellt", "teilweise", "entfaellt"], Fassung.BERICHT),
        (date(2026, 1, 1), ["erfuellt", "offen"], Fassung.ZWISCHENSTAND),
        (date(2026, 6, 30), ["fehlt"], Fassung.ZWISCHENSTAND),
        (date(2026, 7, 1), ["erfuellt", "fehlt"], Fassung.UNVOLLSTAENDIG),
        (date(2026, 7, 1), ["erfuellt"], Fassung.BERICHT),
    ],
)
def test_wie_ein_bericht_heissen_darf(stand: date | None, staende: list[str], erwartet: Fassung) -> None:
    lage = zeitlagen(replace(LAND, berichtszeitraeume=(ZWEI_JAHRE,)), stand)[ZWEI_JAHRE.von]
    assert fassung(lage, staende) is erwartet


def test_die_tabelle_ist_vollstaendig_und_beschrieben(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {})
    assert tabelle.schema == pl.Schema(SPALTEN)
    jahre = sum(len(jahre_von(z)) + 1 for z in LAND.berichtszeitraeume)
    assert tabelle.height == jahre * len(LAND.berichtspunkte)
    assert not tabelle.select("meldeeinheit", "zeitraum_von", "berichtsjahr", "punkt").is_duplicated().any()
    assert set(tabelle["stand"]) <= set(PUNKTSTAND.schluessel)
    assert list(SPALTENTEXTE) == list(SPALTEN)
    assert tabelle["begruendung"].str.ends_with(".").all()


def test_jeder_stand_und_jeder_grund_hat_worte() -> None:
    assert [list(PUNKTSTAND.schluessel), list(GRUND.schluessel)] == [list(Punktstand), list(Grund)]
    assert list(FASSUNG.schluessel) == list(Fassung)
    for liste in (PUNKTSTAND, GRUND, FASSUNG):
        assert all(c.beschreibung.endswith(".") for c in liste.codes)


def test_ein_punkt_den_das_land_nicht_kennt_wird_zurueckgewiesen(tmp_path: Path) -> None:
    tabelle = _beurteilt(tmp_path, {2025: {"meldung": _texte(("ZIELE", "P26-2"))}}, land=_mit("14-3"))
    assert _urteil(tabelle, "14-3") == ("fehlt", "TEXT_FEHLT")
    assert not Ablage(tmp_path).liste("geprueft/meldung", "*/*.parquet")


@pytest.mark.parametrize(
    ("eingaenge", "erwartet"),
    [(["2026-03-01T23:59:00+00:00", None, "2026-02-27T08:00:00+00:00"], date(2026, 3, 1)), ([None], None), ([], None)],
)
def test_der_stand_ist_der_tag_der_letzten_lieferung(eingaenge: list[str | None], erwartet: date | None) -> None:
    assert datenstand(pl.DataFrame({"eingegangen_am": eingaenge}, {"eingegangen_am": pl.String})) == erwartet
