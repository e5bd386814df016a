"""The figures the project carries, their sources, the extract that makes them, and the guard against overlaps."""

import csv
import itertools
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from assets.referenz.auszug import auszug
from assets.referenz.bestand import AMTLICH, lade_bestand, lies_quellen, pruefe_bestand
from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import SCHLUESSEL, SPALTEN, als_csv, lies_referenz
from assets.referenz.ueberlappung import lies_ueberlappungen, summierbar, ueberlappende_merkmale
from schemas.laender import lade_land
from schemas.pfade import REFERENZ

DATEN = Path(__file__).parent / "daten"
GEBIET = REFERENZ / "gebiet"
ECHT = Path(__file__).parents[2] / ".." / "shared" / "data"
LAND = lade_land("sachsen")


@pytest.fixture(scope="module")
def bestand() -> pl.DataFrame:
    return lade_bestand()


def test_bestand_ist_geprueft_sortiert_und_nur_vom_land(bestand: pl.DataFrame) -> None:
    assert bestand.columns == list(SPALTEN)
    assert bestand.equals(bestand.sort(list(SPALTEN)))
    assert bestand.select(SCHLUESSEL).n_unique() == bestand.height > 20_000
    assert set(bestand["ags"]) == {LAND.ags, *(m.id for m in LAND.meldeeinheiten)}
    assert bestand["quelle"].str.contains("^©.*dl-de/by-2-0").all()


def test_beide_staende_bleiben_und_der_neuere_ist_erkennbar(bestand: pl.DataFrame) -> None:
    chemnitz = bestand.filter(
        pl.col("tabelle").str.starts_with("12411-01"),
        pl.col("zeit") == "2023-12-31",
        pl.col("ags") == "14511",
        pl.col("merkmale") == '{"GES":"T"}',
    ).sort("stand")
    assert chemnitz["wert"].to_list() == [250681.0, 245150.0]


def test_jede_quelle_hat_zahlen_und_jede_zahl_eine_quelle(bestand: pl.DataFrame) -> None:
    quellen = lies_quellen().filter(pl.col("stichtag_von") != "")
    zeiten = bestand.group_by("tabelle", "stand").agg(von=pl.col("zeit").min(), bis=pl.col("zeit").max())
    gegenueber = (
        quellen.group_by("tabelle", "stand")
        .agg(von=pl.col("stichtag_von").min(), bis=pl.col("stichtag_bis").max())
        .sort("tabelle", "stand")
    )
    assert gegenueber.rows() == zeiten.sort("tabelle", "stand").rows()


@pytest.mark.parametrize(
    ("spalte", "wert", "worueber"),
    [
        ("zeit", "31.12.2020", "zeit"),
        ("wertstatus", "Q", "wertstatus"),
        ("wertstatus", "G", "widersprechen"),
        ("merkmale", "GES", "merkmale"),
        ("stand", "gestern", "stand"),
        ("ags", "Chemnitz", "ags"),
    ],
)
def test_pruefung_findet_fehler(bestand: pl.DataFrame, spalte: str, wert: str, worueber: str) -> None:
    probe = bestand.head(3).with_columns(
        pl.when(pl.int_range(pl.len()) == 1).then(pl.lit(wert)).otherwise(spalte).alias(spalte)
    )
    with pytest.raises(ReferenzFehler, match=worueber):
        pruefe_bestand(probe, "probe")


def test_pruefung_findet_doppelte_schluessel(bestand: pl.DataFrame) -> None:
    doppelt = pl.concat([bestand.head(2), bestand.head(1).with_columns(wert=pl.lit(1.0))])
    with pytest.raises(ReferenzFehler, match="unique"):
        pruefe_bestand(doppelt, "probe")


def test_lade_bestand_ohne_zahlen_oder_ohne_quelle(tmp_path: Path, bestand: pl.DataFrame) -> None:
    with pytest.raises(ReferenzFehler, match="keine Zahlen"):
        lade_bestand(tmp_path / "amtlich")
    (tmp_path / "amtlich").mkdir()
    (tmp_path / "amtlich" / "x.csv").write_text(als_csv(bestand.head(2).drop("quelle")), encoding="utf-8")
    (tmp_path / "quellen.csv").write_text("tabelle,stand,attribution\nandere,2020,©\n", encoding="utf-8")
    with pytest.raises(ReferenzFehler, match="quelle"):
        lade_bestand(tmp_path / "amtlich")


def quellen(**aenderung: str) -> pl.DataFrame:
    zeile = {"tabelle": "98765-03-01-4", "stand": "2020", "datei": "tabelle_zeit_quer.csv", "attribution": "© Probe"}
    return pl.DataFrame({**zeile, "stichtag_von": "2008-12-31", "stichtag_bis": "2008-12-31"} | aenderung)


def test_auszug_waehlt_gebiete_und_zeiten_und_laesst_leere_weg() -> None:
    frames = auszug(DATEN, ["01001", "01003"], quellen())
    assert list(frames) == ["98765-03-01-4"]
    frame = frames["98765-03-01-4"]
    assert frame.select("zeit", "ags", "wert", "stand", "quelle").unique().sort("wert").rows() == [
        ("2008-12-31", "01003", 0.0, "2020", "© Probe"),
        ("2008-12-31", "01003", 7.0, "2020", "© Probe"),
    ]


@pytest.mark.parametrize("aenderung", [{"datei": "fehlt.csv"}, {"tabelle": "98765-99"}])
def test_auszug_bemerkt_falsche_angaben(aenderung: dict[str, str]) -> None:
    with pytest.raises(ReferenzFehler):
        auszug(DATEN, ["01001"], quellen(**aenderung))


def test_auszug_bemerkt_einen_anderen_stand() -> None:
    falsch = quellen(datei="tabelle_qualitaet.csv", tabelle="98765-0041", stand="2024-01-01")
    with pytest.raises(ReferenzFehler, match=r"quellen\.csv"):
        auszug(DATEN, ["01001"], falsch)


@pytest.mark.skipif(not ECHT.exists(), reason="die echten Abrufe liegen nicht neben dem Projekt")
def test_bestand_ist_der_auszug_aus_den_echten_abrufen() -> None:
    frames = auszug(ECHT, [LAND.ags, *(m.id for m in LAND.meldeeinheiten)], lies_quellen())
    assert {f"{t}.csv" for t in frames} == {p.name for p in AMTLICH.glob("*.csv")}
    for tabelle, frame in frames.items():
        assert als_csv(frame.drop("quelle")) == (AMTLICH / f"{tabelle}.csv").read_text(encoding="utf-8")


def test_als_csv_ist_maschinenlesbar() -> None:
    frame = lies_referenz(DATEN / "flach_neu.csv").tabelle
    zeilen = list(csv.DictReader(als_csv(frame).splitlines()))
    assert [z["wert"] for z in zeilen] == ["30", "12.5", "120", "1240", "", "0", "7", ""]
    assert zeilen[0]["merkmale"] == '{"GES":"GESM"}'
    assert list(zeilen[0]) == list(SPALTEN)


def probe(tabelle: str, merkmal: str, *kategorien: str) -> pl.DataFrame:
    return pl.DataFrame({"tabelle": tabelle, "merkmale": [f'{{"{merkmal}":"{k}"}}' for k in kategorien]})


def test_ueberlappungen_werden_gefunden_auch_ueber_stufen() -> None:
    paare = ueberlappende_merkmale(probe("12531-0043", "SCHST2", "SCHUTZST-AK-3", "SCHUTZST-AK-1", "SCHUTZST-OF"))
    assert paare.rows() == [("12531-0043", "SCHST2", "SCHUTZST-AK-3", "SCHUTZST-AK-1")]


@pytest.mark.parametrize(
    ("tabelle", "merkmal", "kategorien"),
    [
        ("12531-0043", "SCHST2", ("SCHUTZST-X", "AUSRPFL-G")),
        ("12521-0041", "vorspalte_4", ("Europa", "EU-27 (seit 01.02.2020)")),
        ("12521-0041", "vorspalte_4", ("Asien", "Vorderasien")),
        ("98765-0001", "GES", ("T", "GESM")),
        ("98765-0001", "kopf_1", ("Insgesamt", "weiblich")),
        ("13211-02-05-4", "kopf_2", ("ausländisch", "langzeitarbeitslos")),
    ],
)
def test_summe_ueber_ueberlappendes_ist_verboten(tabelle: str, merkmal: str, kategorien: tuple[str, ...]) -> None:
    frame = probe(tabelle, merkmal, *kategorien)
    with pytest.raises(ReferenzFehler, match="darf nicht summiert werden"):
        summierbar(frame, merkmal)
    assert summierbar(frame, "anderes") is frame


@pytest.mark.parametrize(
    ("tabelle", "merkmal", "kategorien"),
    [
        ("12531-0043", "SCHST2", ("SCHUTZST-AK-1", "SCHUTZST-OF", "SCHUTZST-X")),
        ("12531-0043", "SCHST2", ("SCHUTZST-AK-3", "SCHUTZST-AK-4", "AUSRPFL-G")),
        ("12521-0041", "vorspalte_4", ("Afrika", "Amerika", "Asien", "Europa")),
        ("98765-0001", "GES", ("GESM", "GESW")),
        ("98765-0001", "GES", ("T",)),
    ],
)
def test_summe_ueber_teile_ist_erlaubt(tabelle: str, merkmal: str, kategorien: tuple[str, ...]) -> None:
    frame = probe(tabelle, merkmal, *kategorien)
    assert summierbar(frame, merkmal) is frame


def test_summe_der_schutzsuchenden_zaehlt_niemanden_doppelt(bestand: pl.DataFrame) -> None:
    """Each cell is rounded to 5 on its own, so parts and their parent agree only nearly."""
    status = pl.col("merkmale").str.json_path_match("$.SCHST2")
    je_status = dict(
        bestand.filter(pl.col("tabelle") == "12531-0043", pl.col("zeit") == "2024-12-31")
        .group_by(status.alias("status"))
        .agg(pl.col("wert").sum())
        .iter_rows()
    )
    liste = lies_ueberlappungen().filter(pl.col("statistik") == "12531")
    for ober in liste["oberkategorie"].unique():
        teile = liste.filter(pl.col("oberkategorie") == ober)["kategorie"]
        assert sum(je_status[t] for t in teile) == pytest.approx(je_status[ober], rel=0.05)


def test_liste_der_ueberlappungen_ist_eindeutig_und_trifft_etwas(bestand: pl.DataFrame) -> None:
    liste = lies_ueberlappungen()
    assert liste.is_unique().all()
    kategorien = "".join(bestand["merkmale"].unique())
    eigene = liste.filter(pl.col("statistik").is_in(["12521", "12531", "13211", "22221", "22811"]))
    assert all(f'"{k}"' in kategorien for k in eigene["kategorie"])


def lies_gebiet(name: str) -> list[dict[str, str]]:
    with (GEBIET / name).open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei))


def test_kreise_und_gemeinden_passen_zusammen() -> None:
    kreise = {k["ags"]: k for k in lies_gebiet("kreise.csv")}
    gemeinden = lies_gebiet("gemeinden.csv")
    assert set(kreise) == {m.id for m in LAND.meldeeinheiten} == {g["kreis_ags"] for g in gemeinden}
    assert {m.id: m.typ for m in LAND.meldeeinheiten} == {k: v["typ"] for k, v in kreise.items()}
    assert len({k["name"] for k in kreise.values()}) == len(kreise)
    assert all(g["ags"].startswith(g["kreis_ags"]) and float(g["flaeche_km2"]) > 0 for g in gemeinden)
    assert len({g["ags"] for g in gemeinden}) == len(gemeinden)


def umrisse() -> dict[str, list[tuple[int, int]]]:
    ringe: dict[str, list[tuple[int, int]]] = {}
    for punkt in lies_gebiet("umrisse.csv"):
        assert punkt["ring"] == "0"
        assert int(punkt["punkt"]) == len(ringe.setdefault(punkt["ags"], []))
        ringe[punkt["ags"]].append((int(punkt["x"]), int(punkt["y"])))
    return ringe


def test_umrisse_haben_die_flaeche_der_kreise() -> None:
    flaechen: defaultdict[str, float] = defaultdict(float)
    for gemeinde in lies_gebiet("gemeinden.csv"):
        flaechen[gemeinde["kreis_ags"]] += float(gemeinde["flaeche_km2"])
    for ags, ring in umrisse().items():
        assert ring[0] == ring[-1]
        doppelt = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
        assert abs(doppelt) / 2e6 == pytest.approx(flaechen[ags], rel=0.01)


def test_nachbarn_teilen_sich_grenzstrecken_ohne_luecken() -> None:
    nachbarn = {(n["ags"], n["nachbar_ags"]) for n in lies_gebiet("nachbarn.csv")}
    strecken: dict[frozenset[tuple[int, int]], set[str]] = {}
    for ags, ring in umrisse().items():
        for strecke in itertools.pairwise(ring):
            strecken.setdefault(frozenset(strecke), set()).add(ags)
    gemeinsam = {paar for s in strecken.values() for paar in itertools.permutations(s, 2)}
    assert gemeinsam == nachbarn
    assert all(len(s) <= 2 for s in strecken.values())
