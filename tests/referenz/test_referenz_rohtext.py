"""What is refused before the first line, and encodings."""

import io
import zipfile
from pathlib import Path

import pytest

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import als_csv, lies_referenz

DATEN = Path(__file__).parent / "daten"


def verpackt(**dateien: bytes) -> bytes:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w") as archiv:
        for name, inhalt in dateien.items():
            archiv.writestr(name.replace("__", "."), inhalt)
    return puffer.getvalue()


@pytest.mark.parametrize(
    ("inhalt", "meldung"),
    [
        (b"", "leer"),
        (b"\xef\xbb\xbf \r\n", "leer"),
        (b"<!DOCTYPE html><html></html>", "Webseite"),
        (b'{"Status":{"Code":104,"Content":"Es gibt keine Objekte"}}', "Status 104: Es gibt keine Objekte"),
        (b'{"Status":"Anmeldung fehlgeschlagen"}', "Anmeldung fehlgeschlagen"),
        (b"[kein json", "JSON-Antwort"),
        (b"[" * 100_000, "JSON-Antwort"),
        (b"Jahr,Kreis,Wert\n2020,01001,5\n", "gehört zu keinem bekannten Abruf"),
        (b"%PDF-1.7\n\x00\x01", "kein Text"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"\xef\xbb\xbfTabelle: \xff\xfe", "beschädigt"),
        (verpackt(a__csv=b"Tabelle: 1" * 99)[:8] + verpackt(a__csv=b"Tabelle: 1" * 99)[60:], "entpacken|beschädigt"),
        (verpackt(), "enthält 0 CSV-Dateien"),
        (verpackt(a__txt=b"x"), "enthält 0 CSV-Dateien"),
        (verpackt(a__csv=b"x", b__csv=b"y"), "enthält 2 CSV-Dateien"),
        (verpackt(**{"[Content_Types]__xml": b"<x/>"}), "Excel-Arbeitsmappe"),
        (b"Tabelle: 98765-0001\nNur ein Titel;;\n", "fehlt der mehrzeilige Tabellenkopf"),
        (b"Tabelle: 98765-0001\nTitel;;\n;;A\n;;Anzahl\n", "keine Daten"),
        (b"Statistik_Code;Statistik_Label\n98765;x\n", "Spalte 3"),
        (b'Tabelle: 98765-0001\n"Titel ohne Ende;;\n' + b"a;b;c\n" * 40, "Anführungszeichen"),
    ],
)
def test_fremdes_ist_ein_klarer_fehler(inhalt: bytes, meldung: str) -> None:
    with pytest.raises(ReferenzFehler, match=meldung) as fehler:
        lies_referenz(inhalt, "abruf.csv")
    assert "abruf.csv" in str(fehler.value)
    assert str(fehler.value).endswith(".")


def test_zip_mit_einer_csv_gibt_dasselbe_wie_die_csv() -> None:
    inhalt = (DATEN / "flach_alt_en.csv").read_bytes()
    aus_zip = lies_referenz(verpackt(**{"98765-0007_123_en_flat__csv": inhalt}), "98765-0007.zip")
    assert aus_zip.tabelle.equals(lies_referenz(inhalt, "98765-0007_x.csv").tabelle)
    assert aus_zip.bericht.datei == "98765-0007_123_en_flat.csv in 98765-0007.zip"


@pytest.mark.parametrize("name", ["tabelle_kopf.csv", "tabelle_qualitaet.csv", "inkar.csv", "flach_neu.csv"])
@pytest.mark.parametrize("kodierung", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("zeilenende", ["\n", "\r\n", "\r"])
def test_kodierung_und_zeilenende_aendern_nichts(name: str, kodierung: str, zeilenende: str) -> None:
    inhalt = (DATEN / name).read_bytes()
    text = inhalt.decode("utf-8-sig").replace("\r\n", "\n").replace("\n", zeilenende)
    umkodiert = lies_referenz(text.encode(kodierung), name)
    assert als_csv(umkodiert.tabelle) == als_csv(lies_referenz(inhalt, name).tabelle)


def test_iso_8859_1_mit_steuerzeichen_wird_gelesen() -> None:
    inhalt = (DATEN / "tabelle_zeit_quer.csv").read_text(encoding="utf-8").replace("Altstadt", "Alt\x81städt")
    gelesen = lies_referenz(inhalt.encode("iso-8859-1"), "x.csv")
    assert gelesen.bericht.kodierung == "ISO-8859-1"
    assert "Alt\x81städt" in gelesen.tabelle["region"].to_list()
