"""The section about money in the reports: without anything, with gaps, with hostile names, always well formed."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from assets.auswertung.mittel import Mittel
from assets.berichte.seiten import erzeuge
from schemas.laender import lade_land
from schemas.mittel import ABWEICHUNG, GRENZE, RATEN, RATENSTAND, VERWENDUNG, ZUWEISUNGEN
from tests.berichte import welt
from tests.berichte.seitenleser import Element, ausfuehrbar, lies

LAND = replace(
    welt.land(),
    datensaetze=(*welt.land().datensaetze, "finanzen"),
    verteilschluessel=lade_land("sachsen").verteilschluessel,
    schwellen={"fsa_verwaltung_max": 0.2},
)
TOPF = {"meldeeinheit": "X1", "haushaltsjahr": 2025, "fg": "FG5"}


def _zeile(schema: dict[str, Any], **werte: Any) -> dict[str, Any]:
    return dict.fromkeys(schema) | TOPF | werte


def _mitteilung(**werte: Any) -> dict[str, Any]:
    return _zeile(ZUWEISUNGEN, fassung="ZUW_FESTGESETZT", grund="STIMMT", gilt=True) | werte


def _seiten(*mitteilungen: dict[str, Any], verwendung: Any = (), raten: Any = (), land: Any = LAND) -> dict[str, str]:
    mittel = Mittel(
        pl.DataFrame(list(mitteilungen), schema=ZUWEISUNGEN),
        pl.DataFrame(list(verwendung), schema=VERWENDUNG),
        pl.DataFrame(list(raten), schema=RATEN),
    )
    dateien = dict(erzeuge(welt.berichtsdaten(land=land, mittel=mittel)))
    return {pfad: inhalt.decode() for pfad, inhalt in dateien.items() if pfad.endswith(".html")}


def _abschnitt(html: str) -> Element:
    return next(e for e in lies(html.encode()).alle("section") if e.attribute.get("aria-labelledby") == "mittel")


def _zellen(abschnitt: Element) -> list[list[str]]:
    return [[z.text for z in zeile.alle("th", "td")] for zeile in abschnitt.alle("tr")]


def test_ein_land_ohne_finanzen_hat_keinen_abschnitt() -> None:
    seiten = _seiten(land=welt.land())
    assert not any('id="mittel"' in html for html in seiten.values())


def test_ohne_alles_steht_da_was_fehlt() -> None:
    seiten = _seiten()
    for seite in ("kreis_X1.html", "musterland.html"):
        assert "Verteilungsmasse nicht hinterlegt" in _abschnitt(seiten[seite]).text


def test_jeder_grund_und_jeder_stand_laesst_sich_zeigen() -> None:
    mitteilungen = [
        _mitteilung(fg=f"FG{1 + n % 5}", grund=code, gebucht_cent=n, bescheid_datum=date(2025, 6, 1 + n))
        for n, code in enumerate(ABWEICHUNG.schluessel)
    ]
    raten = [_zeile(RATEN, bereich="FSA", rate=n, ratenstand=c) for n, c in enumerate(RATENSTAND.schluessel, 1)]
    for grenze in GRENZE.schluessel:
        verwendung = [_zeile(VERWENDUNG, fsa_grenze=grenze), _zeile(VERWENDUNG, fg="FG1", verwendet_cent=5)]
        text = _abschnitt(_seiten(*mitteilungen, verwendung=verwendung, raten=raten)["kreis_X1.html"]).text
        assert all(c.label in text for c in (*ABWEICHUNG.codes, *RATENSTAND.codes))
        assert "ist nicht bekannt" in text


def test_betraege_raten_und_saetze_in_worten() -> None:
    mitteilung = _mitteilung(
        masse_cent=100_000_00,
        masse_datum=date(2025, 6, 1),
        masse_quelle="Haushaltsplan",
        stichtag=date(2024, 12, 31),
        stand="2025-04",
        grundlage="Zensus 2022",
        schluesselwerte=[12_345.0],
        schluesselsummen=[100_000.0],
        formel_cent=12_345_00,
        gebucht_cent=12_300_00,
        ew_stichtag=date(2023, 12, 31),
        differenz_cent=-45_00,
        grund="ANDERER_STICHTAG",
        passender_stichtag=date(2023, 12, 31),
        passender_stand="2024",
    )
    verwendung = _zeile(
        VERWENDUNG,
        zuweisung_cent=12_300_00,
        fsa_zuweisung_cent=12_300_00,
        fsa_verwaltung_cent=3_000_00,
        fsa_ohne_zweck_cent=1_00,
        fsa_verwaltungsanteil=24.39,
        fsa_grenze="UEBERSCHRITTEN",
    )
    raten = [
        _zeile(RATEN, bereich="-", rate=1, frist=date(2025, 3, 1), datum=date(2025, 3, 2), tage=1)
        | {"ratenstand": "VERSPAETET", "betrag_cent": 6_150_00}
    ]
    abschnitt = _abschnitt(_seiten(mitteilung, verwendung=[verwendung], raten=raten)["kreis_X1.html"])
    zellen = {zelle for zeile in _zellen(abschnitt) for zelle in zeile}
    assert {"100.000,00", "12.345,00", "\u221245,00", "6.150,00"} <= zellen
    assert {"entspricht einem anderen Stichtag: 31.12.2023, Stand 2024"} <= zellen
    text = abschnitt.text.replace("\u00a0", " ")
    for satz in (
        "12.345 von 100.000 31.12.2024, Stand 04/2025, Zensus 2022",
        "1 Tag nach der Frist",
        "24,4 % der dafür zugewiesenen 12.300,00 Euro; erlaubt sind 20 % (§ 12 Abs. 3 Nr. 3 KomIntAVO): über der "
        "Grenze.",
        "Bei weiteren 1,00 Euro ist der Zweck nicht angegeben.",
        "Quelle der Verteilungsmasse: durch Bescheid festgesetzte Zuweisung, 01.06.2025: Haushaltsplan.",
    ):
        assert satz in text


def test_landessummen_sagen_wie_viele_in_ihnen_stecken() -> None:
    voll = {s: 100 for s in VERWENDUNG if s.endswith("_cent")} | {"verwendungsquote": 100.0, "sachanteil": 50.0}
    verwendung = [
        _zeile(VERWENDUNG, **voll),
        _zeile(VERWENDUNG, **voll | {"meldeeinheit": "X2", "verwendet_cent": None}),
    ]
    mitteilungen = [_mitteilung(gebucht_cent=100), _mitteilung(meldeeinheit="X2", grund="BETRAG_UNBEKANNT")]
    abschnitt = _abschnitt(_seiten(*mitteilungen, verwendung=verwendung)["musterland.html"])
    text = abschnitt.text
    assert "1 von 6 Kreisen" in text
    assert "1 × stimmt auf den Cent; 1 × Betrag nicht bekannt" in text


def test_fremder_text_wird_maskiert() -> None:
    boese = _mitteilung(masse_cent=1, masse_datum=date(2025, 1, 1), masse_quelle="<script>alert(1)</script>")
    for html in _seiten(boese).values():
        assert "<script" not in ausfuehrbar(html)


@pytest.mark.parametrize("seite", ["kreis_X1.html", "kreis_X2.html", "musterland.html"])
def test_tabellen_sind_wohlgeformt(seite: str) -> None:
    verwendung = [_zeile(VERWENDUNG), _zeile(VERWENDUNG, fg="FG2")]
    raten = [_zeile(RATEN, bereich="-", rate=1, ratenstand="NICHT_GEBUCHT")]
    html = _seiten(_mitteilung(), verwendung=verwendung, raten=raten)[seite]
    baum = lies(html.encode())
    kennungen = [e.attribute["id"] for e in baum.alle() if "id" in e.attribute]
    assert len(kennungen) == len(set(kennungen))
    for tabelle in _abschnitt(html).alle("table"):
        assert next(tabelle.alle("caption")).text
        assert all(th.attribute.get("scope") for th in tabelle.alle("th"))
        assert tabelle.eltern is not None
        assert (tabelle.eltern.attribute["role"], tabelle.eltern.attribute["tabindex"]) == ("region", "0")
        breiten = {sum(int(z.attribute.get("colspan", 1)) for z in r.alle("th", "td")) for r in tabelle.alle("tr")}
        assert len(breiten) == 1
        assert all(z.text for z in tabelle.alle("td"))
    text = _abschnitt(html).text
    assert not re.search(r"\bNone\b|\bnan\b|\(\)|, ,| ,| ;|\.\.(?!\.)", text)
