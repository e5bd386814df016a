"""The indicators of deliveries: each form against the same figure computed another way from the demo rows."""

from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import berechne
from assets.referenz.bestand import lade_bestand
from pipeline.beispiele.erzeugen import STANDARD_SEED
from pipeline.beispiele.rollen import verteile
from schemas.datensaetze.bevoelkerung import LIEFERBARE_KONZEPTE
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.laender import lade_land
from schemas.modell import Herkunft
from schemas.zuweisung import GILT, geltendes, zuweisung
from tests.beispiele.vorfuehrung import beispiele
from tests.pruefung.faelle import GUELTIG, Zeile, tabelle
from tests.querpruefung.zustand import lege_ab

LAND = lade_land("sachsen")
TEILE = [g for g in GLIEDERUNGEN if g != "konzept"]
JAHR = 2025
Zeilen = dict[str, pl.DataFrame]
_K = TypeVar("_K")


@pytest.fixture(scope="module")
def zeilen() -> Zeilen:
    """The demo rows of all Kreise by dataset."""
    gesammelt: dict[str, list[Zeile]] = {}
    for lieferung, inhalt in beispiele(verteile(LAND, STANDARD_SEED), STANDARD_SEED, lade_bestand()).items():
        kopf = {"berichtsjahr": lieferung.berichtsjahr, "meldeeinheit": lieferung.meldeeinheit}
        gesammelt.setdefault(lieferung.datensatz, []).extend({**kopf, **z} for z in inhalt)
    return {name: tabelle(name, inhalt) for name, inhalt in gesammelt.items()}


@pytest.fixture(scope="module")
def werte(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """All indicator values of the demo deliveries and the carried official figures."""
    referenz = lade_bestand()
    ablage = Ablage(tmp_path_factory.mktemp("beispiele"))
    lege_ab(ablage, beispiele(verteile(LAND, STANDARD_SEED), STANDARD_SEED, referenz))
    with datenbank(ablage, LAND, referenz) as con:
        return berechne(con, LAND, katalog(LAND))


def _je_kreis(werte: pl.DataFrame, kennung: str, variante: str) -> dict[str, float]:
    """Totals of the year by Kreis."""
    auswahl = werte.filter(indikator_id=kennung, variante=variante, berichtsjahr=JAHR, gebiet_typ="kreis")
    return dict(auswahl.filter(pl.all_horizontal(pl.col(TEILE) == "T")).select("ags", "wert").iter_rows())


def _je_teil(werte: pl.DataFrame, kennung: str, variante: str, spalte: str) -> dict[tuple[str, str], float]:
    """Parts of a breakdown in the year by Kreis and code."""
    auswahl = werte.filter(indikator_id=kennung, variante=variante, berichtsjahr=JAHR)
    auswahl = auswahl.filter(pl.col("gebiet_typ").is_in(["kreis", "gemeinde"]))
    andere = pl.all_horizontal(pl.col([g for g in TEILE if g != spalte]) == "T")
    teile = auswahl.filter(andere, pl.col(spalte) != "T").select("ags", spalte, "wert")
    return {(ags, code): wert for ags, code, wert in teile.iter_rows()}


def _summe(tafel: pl.DataFrame, mass: str) -> dict[str, float]:
    """Sums by Kreis."""
    return dict(tafel.group_by("meldeeinheit").agg(pl.col(mass).sum().cast(pl.Float64)).iter_rows())


def _summe_je(tafel: pl.DataFrame, mass: str, spalte: str) -> dict[tuple[str, str], float]:
    """Sums by Kreis and another column."""
    summen = tafel.group_by("meldeeinheit", spalte).agg(pl.col(mass).sum().cast(pl.Float64))
    return {(kreis, code): wert for kreis, code, wert in summen.iter_rows()}


def _je_kreis_zusammen(teile: dict[tuple[str, str], float]) -> dict[str, float]:
    zusammen: dict[str, float] = {}
    for (kreis, _), wert in teile.items():
        zusammen[kreis] = zusammen.get(kreis, 0) + wert
    return zusammen


def _im_jahr(zeilen: Zeilen, name: str) -> pl.DataFrame:
    return zeilen[name].filter(berichtsjahr=JAHR)


def _quote(zaehler: dict[_K, float], nenner: dict[_K, float], faktor: float = 100) -> dict[_K, float]:
    return {k: faktor * zaehler.get(k, 0) / wert for k, wert in nenner.items()}


def test_jede_kennzahl_wird_gerechnet_oder_hat_keine_quelle(werte: pl.DataFrame) -> None:
    mit_wert = set(werte.filter(pl.col("wert").is_not_null()).select("indikator_id", "variante").unique().iter_rows())
    ohne = {(i.id, v.id) for i in katalog(LAND) for v in i.varianten if v.herkunft is not Herkunft.KEINE} - mit_wert
    # Konzepte nobody delivers, a kind of Maßnahme nobody splits by topic, and inhabitants not published yet.
    nicht_geliefert = {k.removeprefix("AUSL_") for k in LIEFERBARE_KONZEPTE} - {"AZR", "FORT", "MH_MELDE"}
    uebrig = {x for x in ohne if not x[1].startswith(tuple(nicht_geliefert))}
    assert uebrig == {("BEV-02", "AZR_AMTLICH"), ("GES-01", "GDD")}
    keine = {i.id for i in katalog(LAND) if all(v.herkunft is Herkunft.KEINE for v in i.varianten)}
    assert keine == {
        *("BEV-05", "REC-01", "REC-05", "SPR-01", "SPR-02", "SPR-03", "KIT-02"),
        *("SCH-01", "SCH-02", "SCH-03", "SCH-04", "AUS-01", "SOZ-03", "WOH-03"),
    }


def test_stellen_und_ihre_traeger(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    stellen = _im_jahr(zeilen, "stellen")
    ende = date(JAHR, 12, 31)
    bis = pl.col("aktiv_bis")
    aktiv = stellen.filter(pl.col("aktiv_von") <= ende, bis.is_null() | (bis >= ende), art="FSA")
    anzahl = dict(aktiv.group_by("meldeeinheit").len().iter_rows())
    freie = dict(aktiv.filter(traegerschaft="FREI").group_by("meldeeinheit").len().iter_rows())
    assert _je_kreis(werte, "FSA-01", "STICHTAG") == anzahl
    assert _je_kreis(werte, "FSA-01", "FREIE_TRAEGER") == pytest.approx(_quote(freie, anzahl))
    je_ort = aktiv.filter(pl.col("gemeinde_ags") != "T").group_by("meldeeinheit", "gemeinde_ags").len()
    assert _je_teil(werte, "FSA-01", "STICHTAG", "gemeinde_ags") == {(m, g): n for m, g, n in je_ort.iter_rows()}


@pytest.mark.parametrize("jahr", LAND.berichtsjahre)
def test_gemeinsame_stellen_zaehlen_im_land_einmal(werte: pl.DataFrame, jahr: int) -> None:
    """Also in 2024, when the partner's register leaves the leading Meldeeinheit out."""
    gesamt = werte.filter(indikator_id="IBZ-01", variante="STICHTAG", berichtsjahr=jahr, gemeinde_ags="T")
    (land,) = gesamt.filter(gebiet_typ="land")["wert"]
    assert land == gesamt.filter(gebiet_typ="kreis")["wert"].sum() - 1


def test_personal_nach_entgeltgruppe_und_qualifikation(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    personal = _im_jahr(zeilen, "personal")
    fsa = personal.filter(aufgabe="FSA")
    erwartet = _summe_je(fsa, "vzae_besetzt", "entgeltgruppe")
    assert _je_teil(werte, "FSA-02", "BESETZT", "entgeltgruppe") == pytest.approx(erwartet)
    fach = fsa.filter(taetigkeit="FACH")
    satz_1 = fach.filter(pl.col("qualifikation").is_in(["ABSCHLUSS", "VERGLEICHBAR"]))
    quote = _quote(_summe(satz_1, "vzae_besetzt"), _summe(fach, "vzae_besetzt"))
    assert _je_kreis(werte, "FSA-05", "SATZ_1") == pytest.approx(quote)
    kik = personal.filter(aufgabe="KIK")
    assert _je_kreis(werte, "IBZ-06", "PERSONEN") == _summe(kik, "personen")
    tage = personal.filter(pl.col("aufgabe").is_in(["IBZ", "FSA"]))
    je_vzae = _quote(_summe(tage, "fortbildungstage"), _summe(tage, "vzae_jahresmittel"), 1)
    assert _je_kreis(werte, "VER-03", "IBZ_FSA") == pytest.approx(je_vzae)
    ibz = personal.filter(aufgabe="IBZ")
    mehrsprachig = _quote(_summe(ibz, "mehrsprachig_personen"), _summe(ibz, "personen"))
    assert _je_kreis(werte, "VER-04", "MEHRSPRACHIG") == pytest.approx(mehrsprachig)


def test_bestaende_haben_einen_stichtag_auch_im_rumpfzeitraum(werte: pl.DataFrame) -> None:
    bestand = werte.filter(indikator_id="FSA-02", variante="BESETZT", berichtsjahr=2024, gebiet_typ="kreis")
    assert set(bestand["zeitraum_von"]) == set(bestand["zeitraum_bis"]) == {date(2024, 12, 31)}
    assert not bestand["gruende"].str.contains("RUMPF").any()
    mittel = werte.filter(indikator_id="FSA-02", variante="JAHRESMITTEL", berichtsjahr=2024, gebiet_typ="kreis")
    assert mittel["gruende"].str.contains("RUMPF").all()


def test_personal_zaehlt_je_stelle_am_letzten_stichtag(tmp_path: Path) -> None:
    (vorlage, *_) = GUELTIG["personal"]()
    frueher = {**vorlage, "stichtag": date(2025, 6, 30), "vzae_besetzt": 9.0}
    andere = {**frueher, "stelle_id": "IBZ02", "vzae_besetzt": 0.5}
    ablage = Ablage(tmp_path)
    pfad = f"geprueft/personal/{JAHR}/{vorlage['meldeeinheit']}.parquet"
    ablage.schreibe_tabelle(pfad, tabelle("personal", [vorlage, frueher, andere]))
    with datenbank(ablage, LAND, lade_bestand().clear()) as con:
        werte = berechne(con, LAND, tuple(i for i in katalog(LAND) if i.id == "IBZ-02"))
    (zeile,) = werte.filter(variante="BESETZT", entgeltgruppe="T", gebiet_typ="kreis").to_dicts()
    assert zeile["wert"] == vorlage["vzae_besetzt"] + 0.5
    assert zeile["zeitraum_von"] == zeile["zeitraum_bis"] == date(2025, 12, 31)


def test_beratene_personen_kommen_nur_aus_der_zeile_der_meldeeinheit(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    beratung = _im_jahr(zeilen, "beratung").filter(leistungsart="RKB")
    einmal = _summe(beratung.filter(stelle_id="KREIS"), "beratene_personen")
    assert 0 < len(einmal) < len(LAND.meldeeinheiten)
    assert _je_kreis(werte, "RKB-02", "PERSONEN") == einmal
    beratungen = _summe(beratung.filter(pl.col("stelle_id") != "KREIS"), "beratungen")
    je_beratung = {k: v / beratungen[k] for k, v in einmal.items()}
    assert _je_kreis(werte, "RKB-02", "PERSONEN_JE_BERATUNG") == pytest.approx(je_beratung)


@pytest.mark.parametrize("regel", ["HAUPTTHEMA", "MEHRFACH"])
def test_themenfelder_je_zaehlregel(zeilen: Zeilen, werte: pl.DataFrame, regel: str) -> None:
    beratung = _im_jahr(zeilen, "beratung").filter(pl.col("stelle_id") != "KREIS", leistungsart="IBZ", zaehlregel=regel)
    alle = _summe(beratung.filter(themenfeld="T"), "beratungen")
    je_thema = _summe_je(beratung.filter(pl.col("themenfeld") != "T"), "beratungen", "themenfeld")
    erwartet = {k: 100 * v / alle[k[0]] for k, v in je_thema.items()}
    gerechnet = _je_teil(werte, "IBZ-04", regel, "themenfeld")
    assert gerechnet == pytest.approx(erwartet)
    hundert = _je_kreis_zusammen(gerechnet)
    assert all((v == pytest.approx(100)) == (regel == "HAUPTTHEMA") for v in hundert.values())


def test_zielgruppe_als_bestand_und_bewegung(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    andere = ["wohnform", "geschlecht", "altersgruppe", "gemeinde_ags"]
    nur_grund = _im_jahr(zeilen, "zielgruppe").filter(pl.all_horizontal(pl.col(andere) == "T"))
    gesamt = nur_grund.filter(rechtsgrund="T")
    letzte, erste = pl.col("quartal").is_in(["J", "Q4"]), pl.col("quartal").is_in(["J", "Q1"])
    ende, anfang = _summe(gesamt.filter(letzte), "bestand_ende"), _summe(gesamt.filter(erste), "bestand_anfang")
    assert _je_kreis(werte, "BEV-09", "BESTAND") == ende
    assert _je_kreis(werte, "BEV-09", "SALDO") == {k: ende[k] - anfang[k] for k in ende}
    assert _je_kreis(werte, "BEV-09", "ZUGAENGE") == _summe(gesamt, "zugaenge")
    geduldete = _summe(nur_grund.filter(letzte, rechtsgrund="DULDUNG"), "bestand_ende")
    je_grund = _je_teil(werte, "BEV-09", "BESTAND", "rechtsgrund")
    assert {k[0]: v for k, v in je_grund.items() if k[1] == "DULDUNG"} == geduldete
    assert _je_kreis(werte, "REC-02", "ZIELGRUPPE") == pytest.approx(_quote(geduldete, ende))
    nach_wohnform = _im_jahr(zeilen, "zielgruppe").filter(letzte, rechtsgrund="T", geschlecht="T", altersgruppe="T")
    wohnungen = _summe(nach_wohnform.filter(wohnform="WOHNUNG"), "bestand_ende")
    assert _je_kreis(werte, "WOH-01", "WOHNUNG") == pytest.approx(_quote(wohnungen, ende))
    unterkunft = nach_wohnform.filter(wohnform="GU")
    auslastung = _quote(_summe(unterkunft, "bestand_ende"), _summe(unterkunft, "kapazitaet"))
    assert _je_kreis(werte, "WOH-02", "KAPAZITAET") == pytest.approx(auslastung)


def test_niemand_der_zielgruppe_wird_auf_auslaender_bezogen() -> None:
    """1b counts persons of the FSA target group; the number of foreigners is no denominator of theirs."""
    for indikator in katalog(LAND):
        for variante in indikator.varianten:
            if variante.nenner is not None and "Zielgruppe" in getattr(variante.zaehler, "quelle", ""):
                assert "Ausländer" not in variante.nenner.quelle, (indikator.id, variante.id)


def test_eine_bezugsgroesse_fuer_alles_je_1000_auslaender() -> None:
    je_1000 = [v for i in katalog(LAND) for v in i.varianten if i.id in {"IBZ-03", "TEI-03", "GES-01"} and v.nenner]
    quellen = {v.nenner.quelle for v in je_1000 if v.nenner and v.faktor == 1000}
    assert len(quellen) == 1
    assert "12521-0041" in quellen.pop()


def test_zehn_haeufigste_herkunftslaender(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    staaten = zeilen["herkunft"].filter(konzept="AUSL_AZR", stichtag=date(JAHR, 12, 31))
    alle = _summe(staaten, "personen")
    echte = staaten.filter(~pl.col("staat").is_in(["000", "910", "997", "998", "999"]))
    zehn = (
        echte.sort("personen", "staat", descending=[True, False]).group_by("meldeeinheit", maintain_order=True).head(10)
    )
    assert _je_kreis(werte, "BEV-08", "AZR_LIEFERUNG") == pytest.approx(_quote(_summe(zehn, "personen"), alle))
    je_staat = {(m, s): 100 * n / alle[m] for m, s, n in zehn.select("meldeeinheit", "staat", "personen").iter_rows()}
    assert _je_teil(werte, "BEV-08", "AZR_LIEFERUNG", "staat") == pytest.approx(je_staat)
    im_land = echte.group_by("staat").agg(pl.col("personen").sum()).sort("personen", descending=True).head(10)
    (land,) = werte.filter(
        indikator_id="BEV-08", variante="AZR_LIEFERUNG", gebiet_typ="land", berichtsjahr=JAHR, staat="T"
    ).to_dicts()
    assert land["zaehler"] == im_land["personen"].sum()
    assert land["nenner"] == staaten["personen"].sum()


def test_veraenderung_nur_innerhalb_eines_konzepts(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    gesamt = zeilen["bevoelkerung"].filter(
        konzept="MH_MELDE", gruppe="MIT", geschlecht="T", altersgruppe="T", gemeinde_ags="T"
    )
    jetzt = _summe(gesamt.filter(stichtag=date(2025, 12, 31)), "personen")
    vorher = _summe(gesamt.filter(pl.col("stichtag") == date(2024, 12, 31), berichtsjahr=2024), "personen")
    erwartet = {k: 100 * (v - vorher[k]) / vorher[k] for k, v in jetzt.items()}
    assert _je_kreis(werte, "BEV-04", "MELDE_LIEFERUNG") == pytest.approx(erwartet)
    zeitraum = werte.filter(indikator_id="BEV-04", berichtsjahr=JAHR)
    assert set(zeitraum["zeitraum_von"]) == {date(2025, 12, 31)}


def test_altersstruktur_ergibt_hundert_und_frauenanteil_nach_alter(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    alter = _je_teil(werte, "BEV-06", "MELDE_OHNE", "altersgruppe")
    je_kreis = _je_kreis_zusammen(alter)
    assert list(je_kreis.values()) == pytest.approx([100] * len(je_kreis))
    personen = zeilen["bevoelkerung"].filter(
        pl.col("altersgruppe") != "T", konzept="MH_MELDE", gruppe="MIT", gemeinde_ags="T", stichtag=date(JAHR, 12, 31)
    )
    frauen = _summe_je(personen.filter(geschlecht="W"), "personen", "altersgruppe")
    alle = _summe_je(personen.filter(geschlecht="T"), "personen", "altersgruppe")
    assert _je_teil(werte, "BEV-07", "MELDE_MIT", "altersgruppe") == pytest.approx(_quote(frauen, alle))


def test_massnahmen_addieren_gemeinden_und_angebote_ohne_gemeinde(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    angebote = _im_jahr(zeilen, "massnahmen").filter(massnahmeart="NIEDRIGSCHWELLIG", themenfeld="T")
    assert _je_kreis(werte, "TEI-02", "ANZAHL") == _summe(angebote, "anzahl")
    orte = _summe_je(angebote.filter(pl.col("gemeinde_ags") != "T"), "anzahl", "gemeinde_ags")
    assert _je_teil(werte, "TEI-02", "ANZAHL", "gemeinde_ags") == orte
    mittlung = _im_jahr(zeilen, "massnahmen").filter(massnahmeart="SKM")
    themen = _summe_je(mittlung.filter(pl.col("themenfeld") != "T"), "einsaetze", "themenfeld")
    assert _je_teil(werte, "IBZ-05", "SKM", "themenfeld") == themen


def test_wer_nichts_dokumentiert_hat_null_dokumentierte(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    rueckkehr = _im_jahr(zeilen, "rueckkehr")
    alle = _summe(rueckkehr, "ausreisen_aufgrund_beratung")
    dokumentiert = _summe(rueckkehr.filter(nachweis="DOKUMENTIERT"), "ausreisen_aufgrund_beratung")
    assert _je_kreis(werte, "RKB-03", "ANZAHL") == alle
    assert _je_kreis(werte, "RKB-03", "DOKUMENTIERT") == {k: dokumentiert.get(k, 0) for k in alle}
    assert len(dokumentiert) < len(alle)


def test_angaben_zum_konzept(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    konzept = _im_jahr(zeilen, "konzept")
    beschlossen = {
        m: float(s in {"BESCHLOSSEN", "IN_FORTSCHREIBUNG"})
        for m, s in konzept.select("meldeeinheit", "status").iter_rows()
    }
    assert _je_kreis(werte, "VER-02", "BESCHLOSSEN") == beschlossen
    (land,) = werte.filter(indikator_id="VER-02", variante="BESCHLOSSEN", berichtsjahr=JAHR, gebiet_typ="land")["wert"]
    assert land == sum(beschlossen.values())
    mit_beirat = konzept.filter(beirat="J", beirat_sitze_mh_status="N")
    quote = _quote(_summe(mit_beirat, "beirat_sitze_mh"), _summe(mit_beirat, "beirat_sitze"))
    gerechnet = {k: v for k, v in _je_kreis(werte, "TEI-01", "ANTEIL_MH").items() if v is not None}
    assert gerechnet == pytest.approx(quote)


def test_reichweite_der_koordination(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    alle = {m.id: len(m.gemeinden) for m in LAND.meldeeinheiten}
    ende = date(JAHR, 12, 31)
    zustaendig = _im_jahr(zeilen, "zustaendigkeit").filter(pl.col("bis").is_null() | (pl.col("bis") >= ende))
    je_kreis = zustaendig.group_by("meldeeinheit").agg(pl.col("gemeinde_ags").unique())
    erwartet = {m: 100.0 if "T" in orte else 100 * len(orte) / alle[m] for m, orte in je_kreis.iter_rows()}
    assert 0 < min(erwartet.values()) < 100
    assert _je_kreis(werte, "IBZ-07", "GEMEINDEN") == pytest.approx(erwartet)


def test_zuweisungen_gelten_wie_in_den_regeln(zeilen: Zeilen, werte: pl.DataFrame) -> None:
    """The SQL picks the notices that `schemas.zuweisung` picks in one file."""
    teile = [
        datei.with_columns(**geltendes()).with_columns(gilt=GILT, zugewiesen=zuweisung())
        for datei in _im_jahr(zeilen, "finanzen").partition_by("meldeeinheit")
    ]
    finanzen = pl.concat(teile)
    assert (finanzen["buchungsart"].is_in(["ZUW_VORAUSSICHTLICH"]) & ~finanzen["gilt"]).any()
    je_fg = finanzen.group_by("meldeeinheit", "fg").agg(pl.col("zugewiesen").first())
    erwartet = {(m, fg): betrag for m, fg, betrag in je_fg.iter_rows()}
    assert _je_teil(werte, "FIN-01", "BETRAG", "foerdergegenstand") == pytest.approx(erwartet)
    zugewiesen = _je_kreis_zusammen(erwartet)
    aus_zuweisung = finanzen.filter(mittel="ZUWEISUNG")
    ausgaben = aus_zuweisung.filter(pl.col("buchungsart").is_in(["AUSGABE_PERSONAL", "AUSGABE_SACH"]))
    eigene = _summe(ausgaben.filter(empfaengerart="KREIS"), "betrag_eur")
    hin = _summe(aus_zuweisung.filter(buchungsart="WEITERLEITUNG"), "betrag_eur")
    zurueck = _summe(
        aus_zuweisung.filter(buchungsart="WEITERLEITUNG_RUECKFLUSS").with_columns(pl.col("betrag_eur").abs()),
        "betrag_eur",
    )
    weiter = {m: hin.get(m, 0) - zurueck.get(m, 0) for m in zugewiesen}
    verwendet = {m: eigene.get(m, 0) + weiter[m] for m in zugewiesen}
    assert _je_kreis(werte, "FIN-02", "ZUWEISUNG") == pytest.approx(
        {m: 100 * verwendet[m] / v for m, v in zugewiesen.items()}
    )
    assert _je_kreis(werte, "FIN-03", "GESAMT") == pytest.approx(
        {m: 100 * weiter[m] / v for m, v in zugewiesen.items()}
    )
    verwaltung = _summe(ausgaben.filter(bereich="FSA", zweck="VERWALTUNG"), "betrag_eur")
    fg5 = {m: erwartet[m, "FG5"] for m in zugewiesen}
    assert _je_kreis(werte, "FIN-04", "FSA") == pytest.approx(_quote(verwaltung, fg5))
    sachlich = _quote(_summe(ausgaben.filter(buchungsart="AUSGABE_SACH"), "betrag_eur"), _summe(ausgaben, "betrag_eur"))
    assert _je_kreis(werte, "FIN-05", "ZUWEISUNG") == pytest.approx(sachlich)


def test_ein_spaeterer_bescheid_in_einer_neuen_datei_gilt(tmp_path: Path) -> None:
    kreis = LAND.meldeeinheiten[6].id
    bescheid: Zeile = {"meldeeinheit": kreis, "haushaltsjahr": 2025, "fg": "FG5", "zweck": "-", "mittel": "ZUWEISUNG"}
    bescheid |= {"empfaengerart": "KREIS", "empfaenger_id": "KREIS", "lfd_nr": 1, "buchungsart": "ZUW_FESTGESETZT"}
    erste: Zeile = {**bescheid, "berichtsjahr": 2025, "bescheid_datum": date(2025, 2, 1)}
    zweite: Zeile = {**bescheid, "berichtsjahr": 2026, "bereich": "-", "bescheid_datum": date(2026, 2, 1)}
    dateien = {
        2025: [
            {**erste, "bereich": "FSA", "betrag_eur": 70.0},
            {**erste, "bereich": "RKB", "betrag_eur": 30.0},
            {**erste, "bereich": "FSA", "betrag_eur": 60.0, "bescheid_datum": date(2025, 1, 1), "lfd_nr": 2},
        ],
        2026: [{**zweite, "betrag_eur": 110.0}, {**zweite, "betrag_eur": 5.0, "buchungsart": "AUFHEBUNG"}],
    }
    ablage = Ablage(tmp_path)
    ablage.schreibe_tabelle(f"geprueft/finanzen/2025/{kreis}.parquet", tabelle("finanzen", dateien[2025]))
    assert _zugewiesen(ablage) == {"FG5": 100.0, "T": 100.0}
    ablage.schreibe_tabelle(f"geprueft/finanzen/2026/{kreis}.parquet", tabelle("finanzen", dateien[2026]))
    assert _zugewiesen(ablage) == {"FG5": 105.0, "T": 105.0}


def _zugewiesen(ablage: Ablage) -> dict[str, float]:
    with datenbank(ablage, LAND, lade_bestand().clear()) as con:
        werte = berechne(con, LAND, tuple(i for i in katalog(LAND) if i.id == "FIN-01"))
    betrag = werte.filter(variante="BETRAG", gebiet_typ="kreis", berichtsjahr=2025)
    return dict(betrag.select("foerdergegenstand", "wert").iter_rows())
