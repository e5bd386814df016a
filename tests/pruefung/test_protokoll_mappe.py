"""The deliverer's table back: the same rows in the same places, marked, and nothing in it runs."""

import io
import zipfile

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from assets.eingang.lesen import lies_tabelle
from assets.pruefung import mappe, protokoll
from assets.pruefung.ausgabe import als_dateien, braucht_mappe
from assets.pruefung.mappe import BEFUNDE, CODES, als_mappe
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import GUELTIG, LAND
from tests.pruefung.protokolle import BUNT, Geprueft, geprueft, mit_fehlern


def _bytes(g: Geprueft) -> bytes:
    return als_mappe(g.pruefung, g.daten, g.datensatz)


def _blatt(inhalt: bytes, name: str) -> list[list[object]]:
    mappe = CalamineWorkbook.from_filelike(io.BytesIO(inhalt))
    return [list(z) for z in mappe.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _teil(inhalt: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        return paket.read(name).decode()


def test_jede_zeile_steht_in_ihrer_zeile_und_spalte() -> None:
    g = geprueft("personal", BUNT)
    blatt = _blatt(_bytes(g), "personal")
    assert blatt[0][:2] == ["Personal", "<b>Lieferung</b>"]
    assert blatt[1][:3] == ["Jahr", "Kreis", "Stichtag"]
    assert blatt[1][16] == "Bemerkung"
    assert blatt[2][3] == "IBZ01"
    assert blatt[4][3] == "=HYPERLINK(1)"
    assert blatt[6][3] == "IBZ04"
    assert (blatt[7][0], blatt[7][10]) == ("Summe", "9")
    assert [wert for wert in blatt[7] if wert] == ["Summe", "9"]
    zellen = g.pruefung.gelesen.zellen
    assert zellen is not None
    for zeile in zellen.iter_rows(named=True):
        for spalte in g.pruefung.gelesen.spalten:
            erwartet = zeile[spalte.name] or ""
            assert blatt[zeile["zeile"] - 1]["ABCDEFGHIJKLMNOPQ".index(spalte.buchstabe)] == erwartet


def test_ausgelassene_zeilen_kommen_zelle_fuer_zelle_zurueck_und_sind_markiert() -> None:
    zeilen = als_csv("personal", GUELTIG["personal"]()).decode().splitlines()
    summe = "Summe" + ";" * 9 + ";12;10,0;8,0;;;"
    g = geprueft("personal", "\n".join([*zeilen[:2], summe, *zeilen[2:], "Quelle: Amt;;;;;Stand März"]).encode())
    inhalt = _bytes(g)
    blatt = _blatt(inhalt, "personal")
    assert blatt[2][:16] == summe.split(";")
    assert (blatt[-1][0], blatt[-1][5]) == ("Quelle: Amt", "Stand März")
    kommentare = _teil(inhalt, "xl/comments1.xml")
    assert "sieht wie eine Summenzeile aus und wird nicht übernommen" in kommentare
    assert "unter der Tabelle wurde übergangen" in kommentare


def test_nichts_ist_eine_formel_oder_ein_fremder_verweis() -> None:
    inhalt = _bytes(geprueft("personal", BUNT))
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        for name in paket.namelist():
            text = paket.read(name).decode()
            if name.startswith("xl/worksheets/"):
                assert "<f>" not in text
                assert "<f " not in text
            assert 'TargetMode="External"' not in text


def test_jede_stelle_mit_befund_hat_genau_einen_kommentar() -> None:
    g = geprueft("personal", BUNT)
    kommentare = _teil(_bytes(g), "xl/comments1.xml")
    stellen = {(b.zeile, b.buchstabe or "A") for b in g.pruefung.befunde if b.zeile}
    ausgelassen = {(a.zeile, "A") for a in g.pruefung.gelesen.ausgelassen}
    assert kommentare.count("<comment ") == len(stellen | ausgelassen)
    assert 'ref="M3"' in kommentare
    assert "2,75 Vollzeitäquivalente sind besetzt" in kommentare


def test_das_blatt_befunde_hat_alle_mit_filter_und_festem_kopf() -> None:
    g = geprueft("personal", BUNT)
    inhalt = _bytes(g)
    zeilen = _blatt(inhalt, BEFUNDE)
    assert zeilen[0][0] == f"{protokoll.in_worten(g.daten['anzahl'])}."
    assert zeilen[1][:3] == ["Art", "Zeile", "Spalte"]
    assert [z[8] for z in zeilen[2:]] == [b.code for b in g.pruefung.befunde]
    assert [z[5] for z in zeilen[2:]] == [b.meldung for b in g.pruefung.befunde]
    xml = _teil(inhalt, "xl/worksheets/sheet2.xml")
    assert f'<autoFilter ref="A2:I{len(g.pruefung.befunde) + 2}"/>' in xml
    assert 'ySplit="2"' in xml
    assert "location=\"'personal'!M3\"" in xml


def test_die_kappung_steht_ueber_den_befunden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.pruefung.pruefen.HOECHSTZAHL_BEFUNDE", 10)
    zeilen = _blatt(_bytes(geprueft("personal", mit_fehlern(30))), BEFUNDE)
    assert len(zeilen) == 12
    assert "10 von 30 Befunden" in str(zeilen[0][0])


def test_lange_lieferungen_zeigen_nur_zeilen_mit_befunden_an_ihrem_platz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mappe, "HOECHSTZAHL_ZEILEN", 10)
    inhalt = _bytes(geprueft("personal", als_csv("personal", _mit_fehler_in(25))))
    blatt = _blatt(inhalt, "personal")
    assert {nr for nr, z in enumerate(blatt, 1) if z[3]} == {1, 25}
    assert "nur die Zeilen mit Befunden" in str(_blatt(inhalt, BEFUNDE)[0][0])


def _mit_fehler_in(zeile: int) -> list[dict[str, object]]:
    basis = GUELTIG["personal"]()[0]
    return [{**basis, "stelle_id": f"S{i}", "vzae_besetzt": 2.6 if i == zeile else 2.0} for i in range(2, 40)]


def test_die_berichtigte_mappe_laesst_sich_wieder_abgeben() -> None:
    g = geprueft("personal", BUNT)
    wieder = lies_tabelle(_bytes(g), "zurueck.xlsx", g.datensatz.spalten)
    assert wieder.zellen is not None
    assert g.pruefung.gelesen.zellen is not None
    namen = [s.name for s in g.datensatz.spalten] + ["zeile"]
    daten = pl.col("stelle_id").is_not_null()
    assert wieder.zellen.filter(daten).select(namen).equals(g.pruefung.gelesen.zellen.filter(daten).select(namen))


def test_unlesbares_ergibt_eine_mappe_mit_dem_grund() -> None:
    zeilen = _blatt(_bytes(geprueft("personal", b"%PDF-1.7")), BEFUNDE)
    assert [z[8] for z in zeilen[2:]] == ["not_csv"]


def test_gleiche_lieferung_gleiche_bytes() -> None:
    g = geprueft("personal", BUNT)
    assert _bytes(g) == _bytes(g)


def test_die_mappe_entsteht_nur_wo_etwas_zu_tun_ist() -> None:
    gut = geprueft("personal", als_csv("personal", GUELTIG["personal"]()))
    assert not braucht_mappe(gut.pruefung)
    bunt = geprueft("personal", BUNT)
    assert braucht_mappe(bunt.pruefung)
    formen = dict(als_dateien(bunt.pruefung, bunt.daten, LAND, bunt.datensatz, mappe=True))
    assert list(formen) == ["json", "html", "xlsx"]


def test_alle_codes_einer_falsch_ausgefuellten_spalte_stehen_auf_einem_blatt() -> None:
    g = geprueft("personal", BUNT.replace(b"FACHKRAFT", b"HANDWERK"))
    zeilen = _blatt(_bytes(g), CODES)
    assert {z[0] for z in zeilen[1:]} == {"taetigkeit"}
    assert [z[1] for z in zeilen[1:]] == list(g.datensatz.spalte("taetigkeit").codes or ())
    gut = geprueft("personal", als_csv("personal", GUELTIG["personal"]()))
    assert CODES not in CalamineWorkbook.from_filelike(io.BytesIO(_bytes(gut))).sheet_names
