"""Real exports: all of them are read, the books balance, and known figures come out."""

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from assets.referenz.lesen import SPALTEN, Referenzdatei, als_csv, lies_referenz
from assets.referenz.rohwerte import merkmale_json
from assets.referenz.zeilen import Zeilenart, physische_zeilen

WURZEL = Path(__file__).parents[2] / ".." / "shared" / "data"
ABRUFE = sorted(p for o in ("genesis-ffcsv", "genesis-tabelle", "regionaldatenbank") for p in (WURZEL / o).glob("*"))
pytestmark = pytest.mark.skipif(not ABRUFE, reason="die echten Abrufe liegen nicht neben dem Projekt")


@cache
def lies(name: str) -> Referenzdatei:
    return lies_referenz(next(p for p in ABRUFE if p.name == name))


def wert(name: str, **wo: str) -> tuple[float | None, str]:
    treffer = lies(name).tabelle.filter(pl.col(k) == v for k, v in wo.items())
    assert treffer.height == 1, treffer
    zeile: tuple[float | None, str] = treffer.select("wert", "wertstatus").row(0)
    return zeile


@pytest.mark.parametrize("pfad", ABRUFE, ids=lambda p: p.name)
def test_jeder_abruf_wird_vollstaendig_gelesen(pfad: Path) -> None:
    datei = lies(pfad.name)
    frame, bericht = datei.tabelle, datei.bericht
    assert list(frame.schema.items()) == [(n, t()) for n, t in SPALTEN.items()]
    assert frame.equals(frame.sort(list(SPALTEN)))
    assert bericht.doppelte_schluessel == 0
    assert set(frame["tabelle"]) == {pfad.name.split("_")[0].removesuffix(".csv")}
    assert frame["zeit"].str.contains(r"^\d{4}(-\d\d-\d\d|/\d\d)?$").all()
    assert frame["ags"].str.contains(r"^(DG|\d{2}|\d{3}|\d{5}|\d{8})$").all()
    assert not frame["region"].str.contains(r"^\s|\s$|^$").any()
    assert frame.filter(pl.col("wert").is_null() == pl.col("wertstatus").is_in(list("NVRSE"))).is_empty()


@pytest.mark.parametrize("pfad", [p for p in ABRUFE if p.suffix == ".csv"], ids=lambda p: p.name)
def test_jede_wertzelle_steht_genau_so_in_der_datei(pfad: Path) -> None:
    """Independent count: number-like or sign cells behind the leading columns, line by line."""
    datei = lies(pfad.name)
    kodierung = "cp1252" if datei.bericht.kodierung == "cp1252" else "utf-8-sig"
    zeilen = physische_zeilen(pfad.read_bytes().decode(kodierung))
    assert len(datei.bericht.zeilenarten) == len(zeilen)
    je_zeile = dict(datei.tabelle.group_by("datei_zeile").agg(pl.col("wert").drop_nulls()).iter_rows())
    for nummer, (zeile, art) in enumerate(zip(zeilen, datei.bericht.zeilenarten, strict=True), start=1):
        if art is not Zeilenart.DATEN:
            assert nummer not in je_zeile
            continue
        zellen = zeile.split(";")
        zahlen = [float(z.replace(",", ".")) for z in zellen if re.fullmatch(r"-?\d+(,\d+)?", z)]
        for gelesen in je_zeile[nummer]:
            assert gelesen in zahlen or (gelesen == 0 and "-" in zellen)


def test_alle_abrufe_sind_dabei() -> None:
    assert len(ABRUFE) >= 30


def test_zwei_staende_desselben_stichtags() -> None:
    for name, erwartet in (("OLDFORMAT", 250681.0), ("retrieved2025-04", 245150.0)):
        datei = f"12411-01-01-4_2023-12-31_de_flat_{name}.csv"
        assert wert(datei, ags="14511", merkmale='{"GES":"T"}') == (erwartet, "N")


def test_zip_und_csv_sind_gleich() -> None:
    ausgepackt = als_csv(lies("12411-01-01-4_2024-12-31_de_flat.csv").tabelle)
    assert als_csv(lies("12411-01-01-4_retrieved2026-03-10_flat.zip").tabelle) == ausgepackt
    assert ausgepackt.count("\n") == 1 + 1467


def test_aufgeloeste_kreise_sind_keine_null() -> None:
    assert wert("12411-01-01-4_2024-12-31_de_flat.csv", ags="14263", merkmale='{"GES":"GESW"}') == (None, "U")
    frame = lies("12521-0041_auslaender_kreise_2025-12-31_SACHSEN-EXCERPT.csv").tabelle
    assert set(frame.filter(pl.col("ags") == "14389")["wertstatus"]) == {"U"}


def test_nicht_freigegebene_ebene_ist_keine_null() -> None:
    name = "13111-01-03-4_2025-06-30_de_flat_KREISE-EMPTY.csv"
    assert wert(name, ags="14", merkmale='{"GES":"T","NAT":"NATA"}') == (151021.0, "N")
    kreise = lies(name).tabelle.filter(pl.col("ags").str.len_bytes() == 5)
    assert kreise.filter(pl.col("wertstatus") == "N").is_empty()
    assert kreise["wert"].null_count() == kreise.height > 2000
    assert lies(name).bericht.striche.null == 0


def test_gesperrte_zellen() -> None:
    frame = lies("22221-01-01-4_00.csv").tabelle
    gesperrt = frame.filter(pl.col("datei_zeile").is_in([988, 990, 993]), pl.col("wertstatus") == "G")
    assert set(gesperrt["zeit"]) == {"2014-12-31"}
    assert set(gesperrt["ags"]) == {"14626", "14628", "14729"}
    assert gesperrt["wert"].null_count() == gesperrt.height == 6
    gesamt = frame.filter(pl.col("merkmale") == '{"kopf_2":"T"}', pl.col("zeit") == "2015-12-31")
    assert gesamt.filter(pl.col("ags") == "14")["wert"].to_list() == [45749.0]
    assert gesamt.filter(pl.col("ags").str.contains("^14...$"))["wert"].sum() == 37452


def test_unsichere_und_sinnlose_werte() -> None:
    assert lies("AI-Z1-2011_00.csv").tabelle.filter(pl.col("wertstatus") == "L").height == 17
    fachhochschulreife = '{"kopf_1":"Schulabschluss","kopf_2":"mit Fachhochschulreife","kopf_3":"Insgesamt"}'
    assert wert("21111-02-06-4.csv", zeit="2015", ags="14511", merkmale=fachhochschulreife) == (None, "X")


def test_echte_nullen_und_scheinbare() -> None:
    merkmale = merkmale_json({"kopf_2": "Kontinente (einschl. staatenlos etc.)", "kopf_3": "Australien und Ozeanien"})
    assert wert("12511-01-01-4.csv", zeit="2016", ags="14729", merkmale=merkmale) == (0.0, "N")
    quote = {"kennzahl": "Arbeitslosenquote bez. auf alle zivile Erwerbsp.", "merkmale": '{"kopf_2":"Ausländer"}'}
    assert wert("13211-02-05-4_00.csv", zeit="2008", ags="14", **quote) == (None, "U")
    assert wert("13211-02-05-4_00.csv", zeit="2016", ags="14", **quote) == (25.7, "N")
    # Between a reform and its figures one measure came by old Kreise, the other by new ones.
    arbeitslose = {"kennzahl": "Arbeitslose", "merkmale": '{"kopf_2":"T"}'}
    assert wert("13211-02-05-4_00.csv", zeit="2010", ags="13001", **arbeitslose) == (None, "U")


def test_qualitaetsspalten_und_stand() -> None:
    datei = lies("12521-0041_auslaender_kreise_2025-12-31_SACHSEN-EXCERPT.csv")
    assert datei.bericht.qualitaetszellen == datei.bericht.wertzellen == 1626
    assert datei.bericht.stand == "2026-09-25T11:47:11"
    merkmale = '{"kopf_1":"Insgesamt","vorspalte_4":"Insgesamt"}'
    assert wert(datei.bericht.datei, ags="14511", merkmale=merkmale) == (38730.0, "N")


def test_zeit_im_kopf_quer_und_in_der_spalte() -> None:
    assert set(lies("21111-01-03-4_00.csv").tabelle["zeit"]) == {"2015"}
    assert lies("12411-01-01-4_00.csv").tabelle["zeit"].n_unique() == 21
    assert wert("12411-01-01-4_00.csv", zeit="2007-12-31", ags="14511", merkmale='{"kopf_2":"Insgesamt"}')[1] == "N"
    assert set(lies("12111-03-01-4_00.csv").tabelle["zeit"]) == {"2011-05-09"}


def test_gleiche_werte_in_anderer_kodierung() -> None:
    inhalt = next(p for p in ABRUFE if p.name == "21111-01-03-4_00.csv").read_bytes()
    umkodiert = lies_referenz(inhalt.decode("utf-8").encode("iso-8859-1"), "21111-01-03-4.csv")
    assert umkodiert.tabelle.equals(lies("21111-01-03-4_00.csv").tabelle)


def test_anmerkungen_bleiben_erhalten() -> None:
    bericht = lies("13211-02-05-4_2025.csv").bericht
    assert "Ausländerar-\nbeitslosenquote auf Kreisebene nicht ausgewiesen" in bericht.anmerkungen
    assert "Stand:" not in bericht.anmerkungen
    assert "©" not in bericht.anmerkungen
