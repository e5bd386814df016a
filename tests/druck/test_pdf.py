"""The printed files: what reading machines need, how many pages, nothing withheld, nothing of the machine."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assets.druck.bilden import Druck
from tests.berichte.seitenleser import Element, lies
from tests.druck import vollewelt
from tests.druck.conftest import BERICHT, LAND, LEER, TAG, VOLL

ALLE = [BERICHT, LAND, VOLL, LEER]
A4 = (595, 842)


def _text(datei: Path) -> str:
    """The text as it is copied from the pages; lines of print are joined."""
    pdf = pypdfium2.PdfDocument(datei)
    return " ".join(" ".join(seite.get_textpage().get_text_range() for seite in pdf).split())


def _struktur(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    def unter(element: pikepdf.Object) -> list[pikepdf.Object]:
        kinder = element.get("/K", pikepdf.Array())
        liste = list(kinder) if isinstance(kinder, pikepdf.Array) else [kinder]
        echte = [k for k in liste if isinstance(k, pikepdf.Dictionary) and "/S" in k]
        return [e for k in echte for e in (k, *unter(k))]

    return unter(pdf.Root.StructTreeRoot)


def _ueberschriften(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as lesezeichen:
        offen, titel = list(lesezeichen.root), []
        while offen:
            eintrag = offen.pop(0)
            titel.append(" ".join(eintrag.title.split()))
            offen = [*eintrag.children, *offen]
    return titel


@pytest.mark.parametrize("name", ALLE)
class TestJedesPdf:
    def test_nennt_titel_und_sprache_der_seite(self, gedruckt: Druck, seiten: dict[str, bytes], name: str) -> None:
        baum = lies(seiten[f"{name}.html"])
        titel = next(baum.alle("title")).text
        with pikepdf.open(gedruckt.ordner / f"{name}.pdf") as pdf:
            assert str(pdf.Root.Lang) == next(baum.alle("html")).attribute["lang"] == "de"
            assert str(pdf.docinfo.Title) == titel
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as angaben:
                assert angaben["dc:title"] == titel
                assert set(angaben["dc:language"]) == {"de"}
                assert angaben.get("xmp:ModifyDate", "")[:10] == ("" if name == LEER else TAG)
                assert not [k for k in angaben if "pdfuaid" in k], "geprüft hat es niemand"

    def test_ist_ausgezeichnet(self, gedruckt: Druck, name: str) -> None:
        with pikepdf.open(gedruckt.ordner / f"{name}.pdf") as pdf:
            assert pdf.Root.MarkInfo.Marked
            teile = _struktur(pdf)
            koepfe = [t.A if isinstance(t.A, pikepdf.Array) else [t.A] for t in teile if t.S == "/TH"]
            assert bool(koepfe) == any(t.S == "/Table" for t in teile)
            assert all(any("/Scope" in angabe for angabe in angaben) for angaben in koepfe)
            bilder = [t for t in teile if t.S == "/Figure"]
            assert bool(bilder) == (name in (BERICHT, LAND))
            assert all(str(b.get("/Alt", "")).strip() for b in bilder)
            assert {str(s.get("/Tabs")) for s in pdf.pages} == {"/S"}

    def test_hat_die_ueberschriften_als_lesezeichen(self, gedruckt: Druck, seiten: dict[str, bytes], name: str) -> None:
        haupt = next(lies(seiten[f"{name}.html"]).alle("main"))
        erwartet = [" ".join(h.text.split()) for h in haupt.alle("h1", "h2") if not _im_inhalt(h)]
        with pikepdf.open(gedruckt.ordner / f"{name}.pdf") as pdf:
            gefunden = iter(_ueberschriften(pdf))
        assert [t for t in erwartet if t not in gefunden] == [], "alle, in der Reihenfolge der Seite"

    def test_sagt_bei_jedem_verweis_wohin_er_fuehrt(self, gedruckt: Druck, name: str) -> None:
        with pikepdf.open(gedruckt.ordner / f"{name}.pdf") as pdf:
            verweise = [a for s in pdf.pages for a in s.get("/Annots", []) if a.Subtype == "/Link"]
            assert verweise
            assert all(str(a.get("/Contents", "")).strip() for a in verweise)
            adressen = {str(a.A.URI) for a in verweise if "/A" in a}
        assert "../oeffentlich/methodik.html" in adressen or name == LAND
        assert all(a.startswith("../oeffentlich/") for a in adressen), (
            "Ordner dieses Rechners haben darin nichts verloren"
        )

    def test_ist_auf_a4_gedruckt_und_nirgends_verkleinert(self, gedruckt: Druck, name: str) -> None:
        pdf = pypdfium2.PdfDocument(gedruckt.ordner / f"{name}.pdf")
        groessen = {tuple(sorted(round(x) for x in seite.get_size())) for seite in pdf}
        assert groessen == {A4}


def test_ein_sprung_im_bericht_heisst_wie_auf_der_seite(gedruckt: Druck) -> None:
    with pikepdf.open(gedruckt.ordner / f"{BERICHT}.pdf") as pdf:
        spruenge = {str(a.Dest): str(a.Contents) for s in pdf.pages for a in s.get("/Annots", []) if "/Dest" in a}
    assert spruenge["/berichtspunkte"] == "Stand der Berichtspunkte"
    assert not [ziel for ziel, name in spruenge.items() if name == ziel.removeprefix("/")]


def _im_inhalt(kopf: Element) -> bool:
    return kopf.attribute.get("id") == "inhalt-titel"


@pytest.mark.parametrize("name", [VOLL, LEER])
def test_eine_kurzfassung_hat_genau_zwei_seiten(gedruckt: Druck, name: str) -> None:
    eintrag = next(e for e in gedruckt.eintraege if e.datei == f"{name}.pdf")
    assert eintrag.seiten == 2
    assert len(pypdfium2.PdfDocument(gedruckt.ordner / eintrag.datei)) == 2


def test_die_volle_kurzfassung_zeigt_viel_und_sagt_was_fehlt(gedruckt: Druck) -> None:
    text = _text(gedruckt.ordner / f"{VOLL}.pdf")
    assert text.count("Vorschlag Nummer") > 3
    assert "weitere Vorschläge im Bericht." in text
    assert "weitere Kennzahlen mit vergleichbarem Vorjahr im Bericht." in text
    assert "weitere Unterschiede im Bericht." in text


def test_geheimes_steht_in_keinem_pdf(gedruckt: Druck) -> None:
    for name in ALLE:
        text = _text(gedruckt.ordner / f"{name}.pdf").replace(".", "").replace(" ", "")
        assert ("01032026" in text) == (name != LEER), "Zahlen lassen sich so finden"
        assert f"{vollewelt.GEHEIM:.0f}" not in text


def test_was_eingeklappt_ist_wird_gedruckt(gedruckt: Druck) -> None:
    """The text of a line chart says its values stand in the table, so the table must be there."""
    assert "Bevölkerung nach Jahren, Ober- und" in _text(gedruckt.ordner / f"{BERICHT}.pdf")


def test_jede_seite_sagt_wessen_sie_ist_und_die_wievielte(gedruckt: Druck) -> None:
    for name in (VOLL, BERICHT):
        pdf = pypdfium2.PdfDocument(gedruckt.ordner / f"{name}.pdf")
        for nummer, seite in enumerate(pdf, 1):
            text = seite.get_textpage().get_text_range()
            assert f"Seite {nummer} von {len(pdf)}" in text
            assert "öffentliche Fassung" in text


def test_das_verzeichnis_nennt_jede_datei_mit_umfang(gedruckt: Druck) -> None:
    seite = lies((gedruckt.ordner / "index.html").read_bytes())
    zeilen = {next(z.alle("a")).attribute["href"]: z.text for z in next(seite.alle("tbody")).alle("tr")}
    assert sorted(zeilen) == sorted(f"{n}.pdf" for n in ALLE)
    for eintrag in gedruckt.eintraege:
        assert (gedruckt.ordner / eintrag.datei).stat().st_size == eintrag.bytes
        assert eintrag.titel in zeilen[eintrag.datei]
        tag = "noch ohne Lieferung" if eintrag.datei.startswith(LEER) else "01.03.2026"
        assert tag in zeilen[eintrag.datei]
    assert "nicht geprüft" in seite.text
