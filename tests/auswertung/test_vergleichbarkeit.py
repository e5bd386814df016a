"""Which reasons apply to which value, what they mean for the verdicts, and what enters a sum of the Land."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.auswertung.matrix import fragen, matrix, urteile_ohne, wirkung
from schemas.indikatoren import alle_indikatoren, katalog
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.modell import Gebietsaenderung, Herkunft, Land
from schemas.vergleichbarkeit import ALLE_GRUENDE, GRUND, OHNE_LANDESWERT, Urteil, Vergleich
from tests.auswertung.werkstatt import LAND, einwohner, lege_ab, werte_aus
from tests.pruefung.faelle import GUELTIG, Zeile

A, B, C, D = (LAND.meldeeinheiten[i].id for i in (1, 2, 3, 6))
GROSS = einwohner({A: 500_000, B: 100_000, C: 90_000, D: 80_000})
ALLE_GLEICH = einwohner({m.id: 100_000 for m in LAND.meldeeinheiten})


def _beratung(anzahl: int | None = 10, **zaehlung: str) -> list[Zeile]:
    return [{**GUELTIG["beratung"]()[0], "quartal": "J", "beratungen": anzahl, **zaehlung}]


def _werte(ordner: Path, referenz: pl.DataFrame = GROSS, land: Land = LAND, kennung: str = "IBZ-03") -> pl.DataFrame:
    variante = {"IBZ-01": "STICHTAG", "IBZ-03": "ANZAHL", "BEV-01": "FORT", "IBZ-07": "EINWOHNER_JE_VZAE"}[kennung]
    werte = werte_aus(ordner, referenz, land, [alle_indikatoren()[kennung]])
    return werte.filter(variante=variante, geschlecht="T", gemeinde_ags="T")


def _von(werte: pl.DataFrame, ags: str, jahr: int = 2025) -> dict[str, Any]:
    (zeile,) = werte.filter(ags=ags, berichtsjahr=jahr).to_dicts()
    return {**zeile, "gruende": set(zeile["gruende"].split(";"))}


def test_die_zaehlweise_der_meisten_einwohner_gilt_und_andere_bleiben_aus_dem_landeswert(tmp_path: Path) -> None:
    lege_ab(tmp_path, "beratung", A, _beratung(70))
    lege_ab(tmp_path, "beratung", B, _beratung(20, zaehleinheit="KONTAKT"))
    lege_ab(tmp_path, "beratung", C, _beratung(30, zaehleinheit="KONTAKT"))
    werte = _werte(tmp_path)
    assert "ZAEHLWEISE" not in _von(werte, A)["gruende"]
    for ags in (B, C):
        assert "ZAEHLWEISE" in _von(werte, ags)["gruende"]
        assert _von(werte, ags)["vgl_land"] == _von(werte, ags)["vgl_kreise"] == "nicht_vergleichbar"
    land = _von(werte, LAND.ags)
    assert (land["wert"], land["abdeckung_kreise"]) == (70, 1)
    assert land["abdeckung_bevoelkerung"] == pytest.approx(500 / 770)


def test_gemischte_zaehlweise_in_einer_meldeeinheit(tmp_path: Path) -> None:
    gemischt = [*_beratung(5), *(z | {"stelle_id": "IBZ02"} for z in _beratung(5, gruppen_zaehlung="TEILNEHMENDE"))]
    lege_ab(tmp_path, "beratung", A, gemischt)
    lege_ab(tmp_path, "beratung", B, _beratung(20))
    werte = _werte(tmp_path)
    assert "ZAEHLWEISE_GEMISCHT" in _von(werte, A)["gruende"]
    assert _von(werte, LAND.ags)["wert"] == 20


def test_gewechselte_zaehlweise_trennt_die_jahre(tmp_path: Path) -> None:
    land = replace(LAND, berichtsjahre=(2025, 2026), lieferfristen=dict.fromkeys((2025, 2026), date(2027, 6, 30)))
    lege_ab(tmp_path, "beratung", A, _beratung(10), 2025)
    lege_ab(tmp_path, "beratung", A, _beratung(10, zaehleinheit="FALL"), 2026)
    lege_ab(tmp_path, "beratung", B, _beratung(10), 2025)
    lege_ab(tmp_path, "beratung", B, _beratung(12), 2026)
    werte = _werte(tmp_path, land=land)
    assert "ZAEHLWEISE_WECHSEL" in _von(werte, A, 2026)["gruende"]
    assert _von(werte, A, 2026)["vgl_vorjahr"] == "nicht_vergleichbar"
    assert _von(werte, B, 2026)["vgl_vorjahr"] == "vergleichbar"


def test_eine_variante_hat_ihren_eigenen_mindestnenner(tmp_path: Path) -> None:
    """Shares of topics need 20 Beratungen, Beratungen per Vollzeitäquivalent only one of these."""
    lege_ab(tmp_path, "beratung", A, _beratung(12, leistungsart="FSA"))
    lege_ab(tmp_path, "personal", A, [z | {"aufgabe": "FSA"} for z in GUELTIG["personal"]()])
    werte = werte_aus(tmp_path, GROSS, LAND, [alle_indikatoren()["FSA-04"]]).filter(ags=A, themenfeld="T")
    je_variante = {z["variante"]: "NENNER_KLEIN" in z["gruende"].split(";") for z in werte.to_dicts()}
    assert je_variante["HAUPTTHEMA"]
    assert not je_variante["JE_VZAE"]


def test_ein_ersatzkonzept_schraenkt_jeden_vergleich_ein_und_fragt_nach_dem_melderegister(tmp_path: Path) -> None:
    azr = {"konzept": "AUSL_AZR", "gruppe": "MIT", "gemeinde_ags": "T", "stichtag": date(2025, 12, 31)}
    zeilen = [azr | {"geschlecht": g, "altersgruppe": "T", "personen": n} for g, n in (("T", 900), ("W", 400))]
    for ags in (A, B):
        lege_ab(tmp_path, "bevoelkerung", ags, zeilen)
    lege_ab(tmp_path, "bevoelkerung", C, [*zeilen, *(z | {"konzept": "MH_MELDE"} for z in zeilen)])
    werte = werte_aus(tmp_path, ALLE_GLEICH, LAND, [alle_indikatoren()[k] for k in ("BEV-02", "BEV-07")])
    frauen = _von(werte.filter(indikator_id="BEV-07", variante="AZR_MIT", altersgruppe="T"), A)
    assert "ERSATZKONZEPT" in frauen["gruende"]
    assert frauen["vgl_kreise"] == "eingeschraenkt"
    auslaenderanteil = werte.filter(indikator_id="BEV-02", variante="AZR_LIEFERUNG", geschlecht="T")
    assert "ERSATZKONZEPT" not in _von(auslaenderanteil, A)["gruende"]
    ohne = pl.DataFrame(schema={"ags": pl.String, "berichtsjahr": pl.Int64, "aufgabe": pl.String})
    gestellt = fragen(matrix(werte, LAND, katalog(LAND), ohne), LAND, katalog(LAND)).filter(grund="ERSATZKONZEPT")
    assert set(gestellt["meldeeinheit"]) == {A, B}, "wer auch nach dem Melderegister liefert, wird nicht gefragt"
    assert all("MH_MELDE" in frage for frage in gestellt["frage"])


@pytest.mark.parametrize(("meldung", "grund", "im_land"), [("N", "TRAEGER_FEHLT", 7), ("T", "TRAEGER_TEILS", 17)])
def test_ein_traeger_der_nicht_meldet(tmp_path: Path, meldung: str, grund: str, im_land: int) -> None:
    lege_ab(tmp_path, "beratung", A, _beratung(10))
    lege_ab(tmp_path, "beratung", B, _beratung(7))
    lege_ab(tmp_path, "stellen", A, [{**GUELTIG["stellen"]()[0], "meldung_vollstaendig": meldung}])
    werte = _werte(tmp_path)
    assert grund in _von(werte, A)["gruende"]
    assert grund not in _von(werte, B)["gruende"]
    assert _von(werte, LAND.ags)["wert"] == im_land
    register = werte_aus(tmp_path, GROSS, LAND, [alle_indikatoren()["IBZ-01"]]).filter(ags=A)
    assert grund not in register["gruende"][0], "das Register selbst ist vollständig"


def test_wer_die_aufgabe_nicht_wahrnimmt_fehlt_nicht(tmp_path: Path) -> None:
    for m in LAND.meldeeinheiten[:-1]:
        lege_ab(tmp_path, "beratung", m.id, _beratung(10))
    ohne = [{**z, "wahrgenommen": "NICHT"} if z["aufgabe"] == "IBZ" else z for z in GUELTIG["aufgaben"]()]
    luecke = _von(_werte(tmp_path, ALLE_GLEICH), LAND.ags)
    lege_ab(tmp_path, "aufgaben", LAND.meldeeinheiten[-1].id, ohne)
    voll = _von(_werte(tmp_path, ALLE_GLEICH), LAND.ags)
    anzahl = len(LAND.meldeeinheiten)
    assert (luecke["erwartet_kreise"], "LUECKE" in luecke["gruende"]) == (anzahl, True)
    assert (voll["erwartet_kreise"], "LUECKE" in voll["gruende"]) == (anzahl - 1, False)
    assert voll["abdeckung_bevoelkerung"] == 1


def test_wer_trotzdem_liefert_wird_auch_erwartet(tmp_path: Path) -> None:
    """A register without any Stelle is a 0 that counts: no Land value may rest on more than all."""
    for m in LAND.meldeeinheiten:
        lege_ab(tmp_path, "beratung", m.id, _beratung(10))
    ohne = [{**z, "wahrgenommen": "NICHT"} if z["aufgabe"] == "IBZ" else z for z in GUELTIG["aufgaben"]()]
    lege_ab(tmp_path, "aufgaben", A, ohne)
    land = _von(_werte(tmp_path, ALLE_GLEICH), LAND.ags)
    assert land["erwartet_kreise"] == land["abdeckung_kreise"] == len(LAND.meldeeinheiten)
    assert land["abdeckung_bevoelkerung"] == 1


def test_ein_landeswert_aus_wenigen_taugt_nicht_zum_vergleich(tmp_path: Path) -> None:
    lege_ab(tmp_path, "beratung", B, _beratung(10))
    lege_ab(tmp_path, "beratung", C, _beratung(10))
    kreis = _von(_werte(tmp_path), B)
    assert "LAND_DUENN" in kreis["gruende"]
    assert (kreis["vgl_land"], kreis["vgl_kreise"]) == ("nicht_vergleichbar", "vergleichbar")
    lege_ab(tmp_path, "beratung", A, _beratung(10))
    kreis = _von(_werte(tmp_path), B)
    assert "LAND_LUECKE" in kreis["gruende"]
    assert kreis["vgl_land"] == "eingeschraenkt"


def test_allein_ohne_gegenueber(tmp_path: Path) -> None:
    lege_ab(tmp_path, "beratung", A, _beratung(10))
    assert "ALLEIN" in _von(_werte(tmp_path), A)["gruende"]
    lege_ab(tmp_path, "beratung", B, _beratung(10, zaehleinheit="FALL"))
    assert "ALLEIN" in _von(_werte(tmp_path), A)["gruende"], "der andere zählt anders"


@pytest.mark.parametrize(("status", "grund"), [("V", "VORLAEUFIG"), ("S", "GESCHAETZT"), ("E", "EINGESCHRAENKT")])
def test_der_status_eines_bestandteils_schraenkt_ein(tmp_path: Path, status: str, grund: str) -> None:
    lege_ab(tmp_path, "beratung", A, _beratung(10))
    lege_ab(tmp_path, "beratung", B, _beratung(10))
    pfad = tmp_path / "geprueft/beratung/2025" / f"{A}.parquet"
    pl.read_parquet(pfad).with_columns(beratungen_status=pl.lit(status)).write_parquet(pfad)
    werte = _werte(tmp_path)
    assert grund in _von(werte, A)["gruende"]
    assert grund in _von(werte, LAND.ags)["gruende"]
    assert grund not in _von(werte, B)["gruende"]


def test_geheimes_bleibt_geheim(tmp_path: Path) -> None:
    lege_ab(tmp_path, "beratung", A, _beratung(None))
    lege_ab(tmp_path, "beratung", B, _beratung(10))
    pfad = tmp_path / "geprueft/beratung/2025" / f"{A}.parquet"
    pl.read_parquet(pfad).with_columns(beratungen_status=pl.lit("G")).write_parquet(pfad)
    werte = _werte(tmp_path)
    assert _von(werte, A)["wertstatus"] == "G"
    assert _von(werte, A)["gruende"] == {"GEHEIM"}
    assert _von(werte, LAND.ags)["wert"] == 10


def test_ein_bruch_der_bezugsgroesse_bricht_die_rate(tmp_path: Path) -> None:
    raten = [(i, v) for i in katalog(LAND) for v in i.varianten if v.nenner and 2023 in v.nenner.brueche]
    assert raten
    assert all(2023 in v.brueche for _, v in raten)
    referenz = pl.concat([einwohner({A: 10, B: 10, LAND.ags: 20}, jahr) for jahr in (2022, 2023, 2024)])
    werte = _werte(tmp_path, referenz, kennung="BEV-01")
    assert _von(werte, A, 2023)["vgl_vorjahr"] == "nicht_vergleichbar"
    assert _von(werte, A, 2024)["vgl_vorjahr"] == "vergleichbar"


def test_ein_revidierter_wert_sagt_es(tmp_path: Path) -> None:
    alt = einwohner({A: 10, B: 20}).with_columns(stand=pl.lit("2025"))
    neu = einwohner({A: 11, B: 20})
    werte = _werte(tmp_path, pl.concat([alt, neu]), kennung="BEV-01")
    assert "REVIDIERT" in _von(werte, A, 2024)["gruende"]
    assert "REVIDIERT" not in _von(werte, B, 2024)["gruende"]


def test_eine_revision_zaehlt_in_dem_jahr_dessen_zahl_sie_aendert(tmp_path: Path) -> None:
    """Inhabitants at the end of 2024 stand behind a figure of 2025."""
    jahre = (2024, 2025)
    land = replace(LAND, berichtsjahre=jahre, lieferfristen=dict.fromkeys(jahre, date(2026, 6, 30)))
    for jahr in jahre:
        zeile = {**GUELTIG["personal"]()[0], "aufgabe": "KIK", "stichtag": date(jahr, 12, 31)}
        lege_ab(tmp_path, "personal", A, [zeile], jahr)
    alt = einwohner({A: 10}, 2024).with_columns(stand=pl.lit("2025"))
    referenz = pl.concat([einwohner({A: 9}, 2023), alt, einwohner({A: 11}, 2024)])
    werte = _werte(tmp_path, referenz, land, kennung="IBZ-07")
    assert "REVIDIERT" in _von(werte, A, 2025)["gruende"]
    assert "REVIDIERT" not in _von(werte, A, 2024)["gruende"]


def test_ein_geaendertes_gebiet_taugt_nicht(tmp_path: Path) -> None:
    land = replace(LAND, gebietsaenderungen=(Gebietsaenderung(2024, (A,), "Eingemeindung"),))
    werte = _werte(tmp_path, einwohner({A: 10, B: 20, C: 30}), land, kennung="BEV-01")
    assert "GEBIETSSTAND" in _von(werte, A, 2024)["gruende"]
    assert _von(werte, LAND.ags, 2024)["wert"] == 50


def test_ein_anders_zusammengesetzter_landeswert_ist_mit_dem_vorjahr_nicht_vergleichbar(tmp_path: Path) -> None:
    referenz = pl.concat([einwohner({A: 10, B: 10, C: 10}, 2021), einwohner({A: 10, B: 10}, 2022)])
    werte = _werte(tmp_path, referenz, kennung="BEV-01")
    assert "ABDECKUNG_WECHSEL" in _von(werte, LAND.ags, 2022)["gruende"]
    assert "VORJAHR_FEHLT" in _von(werte, LAND.ags, 2021)["gruende"]
    assert "ABDECKUNG_WECHSEL" not in _von(werte, A, 2022)["gruende"]


def test_gruppen_haben_eigene_werte(tmp_path: Path) -> None:
    for m in LAND.meldeeinheiten:
        lege_ab(tmp_path, "beratung", m.id, _beratung(10))
    werte = _werte(tmp_path, ALLE_GLEICH).filter(gebiet_typ="gruppe")
    je_gruppe = {g: sum(m.gruppe == g for m in LAND.meldeeinheiten) for g in LAND.gruppen}
    assert dict(werte.select("ags", "wert").iter_rows()) == {g: 10 * n for g, n in je_gruppe.items()}
    assert dict(werte.select("ags", "erwartet_kreise").iter_rows()) == je_gruppe


def test_ein_gemeinsames_zentrum_zaehlt_in_jeder_summe_einmal(tmp_path: Path) -> None:
    paar = [m for m in LAND.meldeeinheiten if m.gruppe == LAND.meldeeinheit(A).gruppe][:2]
    gemeinsam = {**GUELTIG["stellen"]()[0], "aktiv_bis": None, "fuehrende_meldeeinheit": paar[0].id}
    for m in paar:
        lege_ab(tmp_path, "stellen", m.id, [gemeinsam])
    werte = _werte(tmp_path, kennung="IBZ-01")
    assert {_von(werte, ags)["wert"] for ags in (paar[0].id, paar[1].id, paar[0].gruppe, LAND.ags)} == {1.0}


_SCHWEIGEND = {"T": "TRAEGER_TEILS", "N": "TRAEGER_FEHLT"}


@settings(max_examples=10, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([m.id for m in LAND.meldeeinheiten]),
        st.tuples(
            st.none() | st.integers(0, 500), st.sampled_from(["TERMIN", "KONTAKT", "FALL"]), st.sampled_from("JTN")
        ),
        min_size=1,
    ),
    st.randoms(),
)
def test_urteile_folgen_aus_den_gruenden_und_die_reihenfolge_ist_gleich(
    tmp_path_factory: pytest.TempPathFactory, lieferungen: dict[str, tuple[int | None, str, str]], zufall: Any
) -> None:
    def lauf(reihenfolge: list[str]) -> pl.DataFrame:
        ordner = tmp_path_factory.mktemp("folge")
        for ags in reihenfolge:
            anzahl, einheit, meldung = lieferungen[ags]
            lege_ab(ordner, "beratung", ags, _beratung(anzahl, zaehleinheit=einheit))
            lege_ab(ordner, "stellen", ags, [{**GUELTIG["stellen"]()[0], "meldung_vollstaendig": meldung}])
        return werte_aus(
            ordner, ALLE_GLEICH, indikatoren=[alle_indikatoren()[k] for k in ("IBZ-01", "IBZ-03", "IBZ-04")]
        )

    namen = list(lieferungen)
    werte = lauf(namen)
    zufall.shuffle(namen)
    assert werte.equals(lauf(namen))
    rang = list(Urteil)
    for zeile in werte.to_dicts():
        gruende = [GRUND[g] for g in zeile["gruende"].split(";") if g]
        urteile = [max([Urteil.VERGLEICHBAR, *(g.urteil(v) for g in gruende)], key=rang.index) for v in Vergleich]
        assert [zeile[v] for v in Vergleich] == urteile
        assert zeile["vergleichbarkeit"] == max(urteile, key=rang.index)
        assert (zeile["wert"] is None) == bool({"GEHEIM", "NENNER_FEHLT", "WERT_FEHLT"} & {g.code for g in gruende})
    anzahl = werte.filter(indikator_id="IBZ-03", variante="ANZAHL")
    land, kreise = (anzahl.filter(gebiet_typ=typ) for typ in ("land", "kreis"))
    taugt = [z for z in kreise.to_dicts() if not OHNE_LANDESWERT & set(z["gruende"].split(";"))]
    assert land["wert"].to_list() == ([sum(z["wert"] for z in taugt)] if taugt else [])


def test_jeder_grund_hat_text_und_wirkung() -> None:
    assert [str(u) for u in Urteil] == list(VERGLEICHBARKEIT.schluessel)
    for grund in ALLE_GRUENDE:
        assert grund.satz.endswith(".")
        assert {grund.urteil(v) for v in Vergleich} != {Urteil.VERGLEICHBAR}
        assert not grund.frage or grund.frage.endswith("?")
    assert {g for i in katalog(LAND) for v in i.varianten for g in v.gruende} <= GRUND.keys()


@pytest.fixture
def welt(tmp_path: Path) -> Callable[[], pl.DataFrame]:
    """Three that count alike, one that does not, one without the task."""
    for ags in (A, B, C):
        lege_ab(tmp_path, "beratung", ags, _beratung(10))
    lege_ab(tmp_path, "beratung", D, _beratung(10, zaehleinheit="KONTAKT"))
    werte = werte_aus(tmp_path, GROSS)
    ruht = pl.DataFrame({"ags": [LAND.meldeeinheiten[0].id], "berichtsjahr": [2025], "aufgabe": ["IBZ"]})
    return lambda: matrix(werte, LAND, katalog(LAND), ruht)


def test_die_matrix_hat_jede_meldeeinheit_und_sagt_warum_nicht(welt: Callable[[], pl.DataFrame]) -> None:
    anzahl = welt().filter(indikator_id="IBZ-03", variante="ANZAHL", berichtsjahr=2025)
    assert anzahl["meldeeinheit"].to_list() == [m.id for m in LAND.meldeeinheiten]
    zustand = dict(anzahl.select("meldeeinheit", "zustand").iter_rows())
    assert [zustand.pop(ags) for ags in (A, B, C, D, LAND.meldeeinheiten[0].id)] == ["wert"] * 4 + ["entfaellt"]
    assert set(zustand.values()) == {"fehlt"}


def test_fragen_nennen_was_sie_bringen(welt: Callable[[], pl.DataFrame]) -> None:
    offene = fragen(welt(), LAND, katalog(LAND))
    (frage,) = offene.filter(meldeeinheit=D, grund="ZAEHLWEISE").to_dicts()
    assert frage["frage"] == GRUND["ZAEHLWEISE"].frage
    assert "IBZ-03" in frage["kennzahlen"].split()
    assert 0 < frage["gewinn"] <= frage["anzahl"]
    assert (
        offene.filter(meldeeinheit=LAND.meldeeinheiten[0].id, grund="WERT_FEHLT")
        .filter(pl.col("kennzahlen").str.contains("IBZ-03"))
        .is_empty()
    )
    amtlich = {i.id for i in katalog(LAND) if all(v.herkunft is not Herkunft.LIEFERUNG for v in i.varianten)}
    assert not amtlich & {k for z in offene["kennzahlen"] for k in z.split()}


def test_was_eine_einheitliche_zaehlweise_aendern_wuerde(welt: Callable[[], pl.DataFrame]) -> None:
    tabelle = welt()
    vorher = wirkung(tabelle, set()).filter(indikator_id="IBZ-03", variante="ANZAHL").to_dicts()[0]
    nachher = wirkung(tabelle, {"ZAEHLWEISE"}).filter(indikator_id="IBZ-03", variante="ANZAHL").to_dicts()[0]
    assert (vorher["werte"], vorher["heute"], vorher["danach"]) == (4, 3, 3)
    assert (nachher["heute"], nachher["danach"]) == (3, 4)
    mit_wert = tabelle.filter(zustand="wert")
    assert urteile_ohne(mit_wert, set()).equals(mit_wert)
