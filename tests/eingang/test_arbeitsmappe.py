"""Workbooks: the same table as from a text file, sheets by name, and packages that must not be opened."""

import io
import struct
import tracemalloc
import zipfile
from datetime import date

import pytest

from assets.eingang.lesen import Grund, lies_mappe
from assets.eingang.lesen.grenzen import HOECHSTE_BYTES, MAPPE_BYTES
from assets.pruefung.umwandeln import wandle_um
from tests.eingang.mappen import Zelle, blatt, mappe
from tests.eingang.muster import KOPF, SPALTEN, codes, datei, lies, stellen, wandle

TAG = date(2025, 12, 31)
WERTE: list[list[Zelle]] = [
    [2025, "01099", "Bad Möhlau, Stadt", "FEST", TAG, 19415, 25.05, "ar uk"],
    [2025.0, "01099", "Grünßee", "MOBIL", TAG, 0, -0.2, None],
    ["2025", "01098", "Älmen (Übung)", "FEST", date(2025, 6, 30), 7, 1033.19, "de"],
]
MAPPE = mappe({"Tabelle1": [KOPF, *WERTE]})


def test_mappe_und_text_ergeben_dasselbe() -> None:
    ergebnis = wandle(MAPPE, "x.XLSX")
    assert ergebnis.befunde == ()
    assert ergebnis.tabelle.equals(wandle(datei()).tabelle)
    gelesen = lies(MAPPE, "x.xlsx")
    assert (gelesen.dialekt.art, gelesen.dialekt.blatt, gelesen.dialekt.kopfzeile_nr) == ("xlsx", "Tabelle1", 1)


@pytest.mark.parametrize("wert", [1.234, 12.345, 0.5, 0.1 + 0.2, 1e-7, 123456789.125, 1234.0, 12.3456, -1.234])
def test_zahlen_der_mappe_sind_nie_mehrdeutig(wert: float) -> None:
    ergebnis = wandle(mappe({"a": [KOPF, [*WERTE[0][:6], wert, None]]}), "x.xlsx")
    assert ergebnis.befunde == ()
    assert ergebnis.tabelle["betrag_eur"][0] == pytest.approx(wert, rel=1e-14)


def test_zeilennummern_vorspann_leerzeilen_und_fehlerwerte() -> None:
    inhalt = mappe({"a": [["Bericht"], [], KOPF, WERTE[0], [], [*WERTE[1][:6], "#FEHLER", None], ["Quelle: Amt"]]})
    inhalt = _ersetzt(
        inhalt,
        '<c r="G6" t="inlineStr"><is><t xml:space="preserve">#FEHLER</t></is></c>',
        '<c r="G6" t="e"><v>#DIV/0!</v></c>',
    )
    ergebnis = wandle(inhalt, "x.xlsx")
    assert stellen(ergebnis.befunde) == [
        ("preamble_skipped", 1, None),
        ("blank_row", 5, None),
        ("footer_skipped", 7, None),
        ("excel_error", 6, "betrag_eur"),
    ]
    assert ergebnis.befunde[-1].buchstabe == "G"


def test_datum_in_zahlenspalte_und_zahl_in_datumsspalte() -> None:
    ergebnis = wandle(mappe({"a": [KOPF, [*WERTE[0][:4], 45657, date(2025, 6, 17), 1, None]]}), "x.xlsx")
    assert stellen(ergebnis.befunde) == [("excel_serial_date", 2, "stichtag"), ("excel_date_damage", 2, "personen")]
    assert ergebnis.befunde[0].vorschlag == "31.12.2024"
    assert ergebnis.befunde[1].vorschlag == "17,6"


def test_schluessel_als_zahl_verliert_seine_null() -> None:
    ergebnis = wandle(mappe({"a": [KOPF, [2025, 1099, *WERTE[0][2:]]]}), "x.xlsx")
    assert stellen(ergebnis.befunde) == [("lost_leading_zero", 2, "meldeeinheit")]
    assert ergebnis.befunde[0].vorschlag == "01099"


def test_das_passende_blatt_wird_gelesen_andere_werden_genannt() -> None:
    inhalt = mappe(
        {"Hinweise": [["Bitte lesen"]], "Leer": [], "Daten": [KOPF, *WERTE], "Alt": [["x"]]}, versteckt=["Alt"]
    )
    gelesen = lies(inhalt, "x.xlsx")
    assert codes(gelesen.befunde) == ["sheet_ignored"]
    assert [(a.grund, a.text) for a in gelesen.ausgelassen] == [(Grund.BLATT, "Hinweise")]
    assert gelesen.dialekt.blatt == "Daten"
    doppelt = lies(mappe({"A": [KOPF, *WERTE], "B": [KOPF, *WERTE]}), "x.xlsx")
    assert codes(doppelt.befunde) == ["several_sheets"]
    assert doppelt.zellen is None


def test_mappe_mit_einem_blatt_je_datensatz() -> None:
    inhalt = mappe({"Beratung": [KOPF, *WERTE], "PERSONAL": [KOPF, WERTE[0]], "Beratungn": [["x"]], "Info": [["x"]]})
    tabellen = lies_mappe(inhalt, "lieferung.xlsx", {"beratung": SPALTEN, "personal": SPALTEN, "finanzen": SPALTEN})
    assert list(tabellen) == ["beratung", "personal", "Beratungn", "Info"]
    assert wandle_um(tabellen["beratung"], SPALTEN).tabelle.height == 3
    assert tabellen["personal"].dialekt.blatt == "PERSONAL"
    assert codes(tabellen["Beratungn"].befunde) == ["sheet_unknown"]
    assert tabellen["Beratungn"].befunde[0].vorschlag == "beratung"
    assert codes(tabellen["Info"].befunde) == ["sheet_ignored"]
    assert tabellen["Info"].zellen is None


def test_unlesbare_mappe_nennt_den_grund_unter_dem_dateinamen() -> None:
    for inhalt in (
        b"",
        b"PK\x03\x04kaputt",
        MAPPE[:-40],
        b"a;b\n1;2\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    ):
        tabellen = lies_mappe(inhalt, "l.xlsx", {"beratung": SPALTEN})
        assert list(tabellen) == ["l.xlsx"]
        assert tabellen["l.xlsx"].zellen is None
        assert codes(tabellen["l.xlsx"].befunde)[0] in ("not_xlsx", "empty_file")


@pytest.mark.parametrize(
    ("inhalt", "name", "code", "wort"),
    [
        (MAPPE, "x.csv", "not_csv", "Arbeitsmappe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.csv", "not_csv", "altem Format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.xlsx", "not_xlsx", "Kennwort"),
        (b"<html><table>", "x.csv", "not_csv", "HTML"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "x.csv", "not_csv", "HTML"),
        (b"<style>td {}</style><table>", "x.csv", "not_csv", "HTML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "x.csv", "not_csv", "MHTML"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "x.csv", "not_csv", "XML"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1", "x.csv", "not_csv", "SYLK"),
        (b"%PDF-1.7", "x.csv", "not_csv", "PDF"),
        (b'[{"a": 1}]', "x.csv", "not_csv", "JSON"),
        (datei().encode(), "x.xlsx", "not_xlsx", "Textdatei"),
        (mappe({"a": [KOPF]}, extra={"xl/vbaProject.bin": b"x"}), "x.xlsx", "macros", "Makros"),
    ],
)
def test_verkleidete_dateien(inhalt: bytes, name: str, code: str, wort: str) -> None:
    befunde = lies(inhalt, name).befunde
    assert codes(befunde) == [code]
    assert wort in befunde[0].meldung


def test_zip_bombe_und_riesiges_rechteck() -> None:
    bombe = io.BytesIO()
    with zipfile.ZipFile(bombe, "w", zipfile.ZIP_DEFLATED) as paket:
        paket.writestr("xl/workbook.xml", "<workbook/>")
        with paket.open("xl/worksheets/sheet1.xml", "w") as teil:
            for _ in range(MAPPE_BYTES // 1_000_000 + 1):
                teil.write(b" " * 1_000_000)
    assert len(bombe.getvalue()) < 1_000_000
    assert codes(lies(bombe.getvalue(), "x.xlsx").befunde) == ["too_large"]
    weit = blatt([KOPF]) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert codes(lies(mappe({"a": weit}), "x.xlsx").befunde) == ["too_large"]
    getarnt = blatt([KOPF]) + '<row r="1048576"><c s=">" r="XFD1048576"><v>1</v></c></row>'
    assert codes(lies(mappe({"a": getarnt}), "x.xlsx").befunde) == ["too_large"]
    ohne_adressen = '<row r="1"><c/><c><v>1</v></c></row>' + '<row r="1048576">' + "<c><v>1</v></c>" * 100 + "</row>"
    assert codes(lies(mappe({"a": ohne_adressen}), "x.xlsx").befunde) == ["too_large"]


def test_ein_teil_packt_nie_mehr_aus_als_er_angibt() -> None:
    riesig = blatt([KOPF, *WERTE]) + " " * 50_000_000
    inhalt = bytearray(mappe({"a": riesig}))
    groesse = struct.pack("<I", len(zipfile.ZipFile(io.BytesIO(inhalt)).read("xl/worksheets/sheet1.xml")))
    stelle = inhalt.rindex(groesse)
    inhalt[stelle : stelle + 4] = struct.pack("<I", 1000)
    tracemalloc.start()
    befunde = lies(bytes(inhalt), "x.xlsx").befunde
    hoechststand = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(befunde) == ["not_xlsx"]
    assert hoechststand < 10_000_000


@pytest.mark.parametrize(
    "zelle", ['<c t="s"><v>0</v></c>', "<c r='A2' t = 's'>\n<v> 0 </v></c>", '<c t="s"><!----><v>0</v></c>']
)
def test_ein_text_den_viele_zellen_nennen_fuellt_nicht_den_speicher(zelle: str) -> None:
    zahl = HOECHSTE_BYTES // 30_000 + 5
    texte = f"<sst><si><t>{'a' * 30_000}</t></si></sst>".encode()
    inhalt = mappe({"a": f"<row>{zelle}</row>" * zahl}, extra={"xl/sharedStrings.xml": texte})
    assert codes(lies(inhalt, "x.xlsx").befunde) == ["too_large"]


def test_kurze_geteilte_texte_duerfen_oft_vorkommen() -> None:
    zahl = 20_000
    namen = [*KOPF, "x" * 30_000]
    texte = ("<sst>" + "".join(f"<si><t>{n}</t></si>" for n in namen) + "</sst>").encode()
    kopf = "".join(f'<c t="s"><v>{i}</v></c>' for i in range(len(KOPF)))
    inhalt = mappe({"a": f"<row>{kopf}</row>" * zahl}, extra={"xl/sharedStrings.xml": texte})
    assert "multiple_tables" in codes(lies(inhalt, "x.xlsx").befunde)


def test_die_rechtecke_aller_blaetter_zaehlen_zusammen() -> None:
    ecke = '<row r="1"><c r="A1"><v>1</v></c></row><row r="600000"><c r="L600000"><v>1</v></c></row>'
    assert codes(lies(mappe({"a": ecke, "b": ecke}), "x.xlsx").befunde) == ["too_large"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zwei_teile_eines_namens_werden_abgelehnt() -> None:
    ziel = io.BytesIO(MAPPE)
    with zipfile.ZipFile(ziel, "a") as paket:
        paket.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert codes(lies(ziel.getvalue(), "x.xlsx").befunde) == ["not_xlsx"]


def test_nur_formatierte_zellen_zaehlen_nicht() -> None:
    inhalt = mappe({"a": blatt([KOPF, *WERTE]) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'})
    assert wandle(inhalt, "x.xlsx").tabelle.height == 3


def test_formel_ohne_ergebnis_wird_nicht_als_leer_gelesen() -> None:
    inhalt = mappe({"a": [KOPF, [*WERTE[0][:6], 1.5, None]]})
    mit_formel = _ersetzt(inhalt, '<c r="G2"><v>1.5</v></c>', '<c r="G2"><f>A2*2</f></c>')
    befunde = lies(mit_formel, "x.xlsx").befunde
    assert codes(befunde) == ["formula_without_value"]
    assert befunde[0].wert == "G2"
    mit_ergebnis = _ersetzt(inhalt, '<c r="G2"><v>1.5</v></c>', '<c r="G2"><f>A2*2</f><v>3.5</v></c>')
    assert wandle(mit_ergebnis, "x.xlsx").tabelle["betrag_eur"].to_list() == [3.5]


def _ersetzt(inhalt: bytes, alt: str, neu: str) -> bytes:
    """The workbook with a piece of its first sheet replaced."""
    ziel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhalt)) as quelle, zipfile.ZipFile(ziel, "w") as paket:
        for name in quelle.namelist():
            daten = quelle.read(name)
            if name.endswith("sheet1.xml"):
                assert alt.encode() in daten
                daten = daten.replace(alt.encode(), neu.encode())
            paket.writestr(name, daten)
    return ziel.getvalue()
