"""The values in all formats: the same everywhere, the same as on the pages, and none where there must be none."""

import io
import re
from collections import Counter
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from assets.berichte.zahlen import MINUS
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.offene_daten import DIMENSIONEN, WERTE, Datentyp
from tests.berichte import welt
from tests.berichte.seitenleser import Element, lies
from tests.berichte.welt import zeile
from tests.offenedaten.ausgabe import ZAHLEN, baue, lies_csv

ZAHLTYPEN = (Datentyp.ZAHL, Datentyp.GANZZAHL)


@pytest.fixture(scope="module")
def werte(dateien: dict[str, bytes]) -> pl.DataFrame:
    return lies_csv(dateien["daten/kennzahlen.csv"])


def test_jeder_wert_hat_eine_zeile_und_jede_spalte_ihren_platz(werte: pl.DataFrame) -> None:
    assert werte.columns == [s.name for s in WERTE.spalten]
    assert werte.height == welt.werte().height
    genau = werte["wert"].drop_nulls().cast(pl.Float64)
    assert sorted(genau) == sorted(welt.werte()["wert"].drop_nulls())


def test_excel_liest_dieselben_zahlen(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    roh = dateien["daten/kennzahlen_excel.csv"]
    assert roh.startswith(b"\xef\xbb\xbf")
    excel = lies_csv(roh, separator=";")
    assert excel.columns == werte.columns
    for spalte in WERTE.spalten:
        eigene = excel[spalte.name]
        if spalte.typ is Datentyp.ZAHL:
            assert not eigene.drop_nulls().str.contains(r"\.").any()
            eigene = eigene.str.replace(",", ".", literal=True)
        assert eigene.to_list() == werte[spalte.name].to_list()


def test_die_mappe_haelt_dieselben_zellen(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    mappe = CalamineWorkbook.from_filelike(io.BytesIO(dateien["daten/kennzahlen.xlsx"]))
    namen = [t.name.capitalize() for t in (WERTE, *DIMENSIONEN)]
    assert mappe.sheet_names == ["Lesehilfe", "Spalten", *namen]
    for tabelle, name in zip((WERTE, *DIMENSIONEN), namen, strict=True):
        kopf, *zeilen = mappe.get_sheet_by_name(name).to_python()
        assert kopf == [s.name for s in tabelle.spalten]
        csv = werte if tabelle is WERTE else lies_csv(dateien[f"daten/{tabelle.name}.csv"])
        assert len(zeilen) == csv.height
        for nr, spalte in enumerate(tabelle.spalten):
            erwartet = [_zahl(z) if spalte.typ in ZAHLTYPEN else z or "" for z in csv[spalte.name]]
            assert [z[nr] for z in zeilen] == erwartet


def _zahl(text: str | None) -> float | str:
    """A number as a workbook holds it: with 16 digits, one more than Excel itself works with."""
    return "" if text is None else float(f"{float(text):.16g}")


def test_parquet_haelt_dieselben_werte_mit_typen(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    parquet = pl.read_parquet(io.BytesIO(dateien["daten/kennzahlen.parquet"]))
    assert dict(parquet.schema) == WERTE.polars_schema
    for spalte in ZAHLEN:
        assert parquet[spalte].to_list() == werte[spalte].cast(pl.Float64).to_list()
    assert parquet["demodaten"].to_list() == (werte["demodaten"] == "ja").to_list()


def test_auszuege_sind_zusammen_das_ganze(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    je_kennzahl = pl.concat([lies_csv(dateien[f"daten/kennzahl_{i.id}.csv"]) for i in welt.KATALOG])
    assert je_kennzahl.equals(werte)
    for m in welt.land().meldeeinheiten:
        auszug = lies_csv(dateien[f"daten/kreis_{m.id}_excel.csv"], separator=";")
        assert auszug["ags"].to_list() == werte.filter(pl.col("ags") == m.id)["ags"].to_list()


def test_geheimes_hat_keine_zahl_auch_wenn_die_tabelle_eine_haette() -> None:
    hier = pl.col("ags") == "X1"
    geheim = welt.werte().with_columns(
        wertstatus=pl.when(hier).then(pl.lit("G")).otherwise("wertstatus"),
        ki_unten=pl.when(hier).then(pl.col("wert") - 1),
        ki_oben=pl.when(hier).then(pl.col("wert") + 1),
    )
    anders = geheim.with_columns(
        pl.when(hier).then(pl.col(n) * 3 + 7).otherwise(n).alias(n)
        for n in ("zaehler", "nenner", "wert", "ki_unten", "ki_oben")
    )
    dateien, andere = baue(werte=geheim), baue(werte=anders)
    gesperrt = lies_csv(dateien["daten/kennzahlen.csv"]).filter(pl.col("ags") == "X1", pl.col("wertzeichen") == "G")
    assert gesperrt.height > 20
    assert gesperrt.select(ZAHLEN).null_count().row(0) == (gesperrt.height,) * len(ZAHLEN)
    daten = [p for p in dateien if p.startswith("daten/")]
    assert [p for p in daten if dateien[p] != andere[p]] == []


def test_eine_null_hat_kein_vorzeichen() -> None:
    null = [zeile("FIN-01", "PLAN", "X1", 2025, -0.0, zaehler=-0.0, nenner=-0.0)]
    werte = lies_csv(baue(werte=welt.tabelle(null))["daten/kennzahlen.csv"])
    assert werte.select("zaehler", "nenner", "wert", "wert_gerundet").row(0) == ("0.0", "0.0", "0.0", "0")


def test_jede_zahl_einer_kreisseite_steht_in_den_daten(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    gefunden = Counter[str]()
    for m in welt.land().meldeeinheiten:
        seite = lies(dateien[f"kreis_{m.id}.html"])
        teile = {e.attribute.get("id"): e for e in seite.alle("div")}
        for indikator, variante in ((i, v) for i in welt.KATALOG for v in i.varianten):
            teil = teile.get(f"k-{indikator.id.lower()}-{variante.id.lower().replace('_', '-')}")
            if teil is not None:
                eigene = werte.filter(indikator_id=indikator.id, variante=variante.id, neuester_stand="ja")
                gefunden += _pruefe(teil, eigene, m.name)
    assert gefunden["jahre"] > 100
    assert gefunden["vergleich"] > 60
    assert gefunden["gliederung"] > 40


def _pruefe(teil: Element, werte: pl.DataFrame, name: str) -> Counter[str]:
    """Looks up every number of an area in the tables of a variant; returns how many there were of each kind."""
    je_ort: dict[tuple[str, str, str], str] = {}
    for z in werte.iter_rows(named=True):
        je_ort[z["gebiet"], z["berichtsjahr"], z["gliederung"].rpartition(": ")[2]] = z["wert_gerundet"]
    # A variant that is defined by its Konzept has that instead of a total.
    je_ort |= {(g, j, "insgesamt"): w for (g, j, _), w in je_ort.items() if set(werte["konzept"]) == {"AUSL_AZR"}}
    gezaehlt = Counter[str]()
    for tabelle in teil.alle("table"):
        art, stellen = _stellen(tabelle, name)
        for ort, jahr, gliederung, zahl in stellen:
            if zahl is not None:
                assert je_ort.get((ort, jahr, gliederung)) == zahl, (art, ort, jahr, gliederung)
                gezaehlt[art] += 1
    return gezaehlt


def _stellen(tabelle: Element, name: str) -> tuple[str, list[tuple[str, str, str, str | None]]]:
    """Kind of a table, and (area, year, part, number) of its cells that hold values of areas."""
    titel = next(tabelle.alle("caption")).text
    koepfe = [th.text for th in next(tabelle.alle("thead")).alle("th")]
    zeilen = [(next(tr.alle("th")).text, [_zahl_in(td) for td in tr.alle("td")]) for tr in _rumpf(tabelle)]
    jahr = next(iter(re.findall(r"(?:19|20)\d\d(?=, |$)", titel.split(", in ")[0].split(", je ")[0] + ", ")), "")
    orte = [(nr, kopf) for nr, kopf in enumerate(koepfe[1:]) if kopf in (name, "Musterland")]
    if "nach Jahren" in titel:
        return "jahre", [(ort, kopf[-4:], "insgesamt", z[nr]) for kopf, z in zeilen for nr, ort in orte]
    if "vergleich" in tabelle.klassen:
        namen = (*welt.NAMEN, "Musterland")
        return "vergleich", [
            (next(n for n in namen if kopf.startswith(n)), jahr, "insgesamt", z[0]) for kopf, z in zeilen
        ]
    if "gliederung" in tabelle.klassen:
        return "gliederung", [(ort, jahr, kopf, z[nr]) for kopf, z in zeilen for nr, ort in orte]
    return "", []


def _rumpf(tabelle: Element) -> list[Element]:
    return [tr for rumpf in tabelle.alle("tbody") for tr in rumpf.alle("tr")]


def _zahl_in(td: Element) -> str | None:
    """The number of a cell as data write it, without the sign beside it."""
    text = "".join(k for k in td.kinder if isinstance(k, str)).strip()
    return text.replace(".", "").replace(",", ".").replace(MINUS, "-") or None


def test_demodaten_sind_je_zeile_gekennzeichnet(werte: pl.DataFrame) -> None:
    demo = {tuple(z) for z in werte.filter(pl.col("demodaten") == "ja").select("indikator_id", "variante").iter_rows()}
    geliefert = {(i.id, v.id) for i in welt.KATALOG for v in i.varianten if v.herkunft.value == "lieferung"}
    assert demo
    assert demo <= geliefert


def test_nur_der_neueste_stand_gilt(werte: pl.DataFrame) -> None:
    alt = werte.filter(pl.col("neuester_stand") == "nein")
    assert set(alt["stand"]) == {"2024-06-20"}
    assert set(alt["berichtsjahr"]) == {"2023"}


def test_erklaerende_tabellen_kennen_jeden_code(dateien: dict[str, bytes], werte: pl.DataFrame) -> None:
    codes = lies_csv(dateien["daten/codes.csv"])
    for spalte in GLIEDERUNGEN:
        bekannt = set(codes.filter(pl.col("spalte") == spalte)["code"])
        assert set(werte[spalte]) <= bekannt
    thema = werte.filter(pl.col("themenfeld") != "T")
    assert thema["gliederung"].str.starts_with("Themenfeld der Beratung: ").all()
    assert set(werte.filter(pl.all_horizontal(pl.col(g) == "T" for g in GLIEDERUNGEN))["gliederung"]) == {"insgesamt"}


@pytest.mark.parametrize(("edition", "kreise"), [(OEFFENTLICH, 6), (INTERN_LAND, 6), (fuer("X2"), 1)])
def test_jede_ausgabe_hat_die_auszuege_ihrer_seiten(edition: str, kreise: int) -> None:
    dateien = baue(edition)
    assert sum(p.startswith("daten/kreis_") and p.endswith(".csv") for p in dateien) == kreise
    assert sum(p.startswith("kreis_") for p in dateien) == kreise


def test_ohne_werte_entstehen_leere_dateien() -> None:
    leer: dict[str, Any] = {"werte": welt.werte().clear()}
    dateien = baue(**leer)
    assert lies_csv(dateien["daten/kennzahlen.csv"]).is_empty()
    assert lies_csv(dateien["daten/kennzahl_BEV-01.csv"]).columns == [s.name for s in WERTE.spalten]
