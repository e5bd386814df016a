"""The life of a delivery through the forms: checked, handed in, explained, released by somebody else, withdrawn."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.requests import Request

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.entscheidungen import Entscheidungen, lies_entscheidungen
from assets.lieferbuch.fuehren import finde
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.nachtrag import trage_nach
from assets.lieferbuch.verbindung import lies
from assets.pruefung.lieferungen import pruefe_alle
from pipeline.portal import seiten_fassung
from pipeline.portal.grenzen import Grenzen
from tests.portal.welt import (
    DATENSATZ,
    JAHR,
    KREIS,
    ORT,
    Welt,
    baue,
    beispiel,
    eigene_marke,
    leere_vorlage,
    sende,
    server,
    tue,
    ueber_netz,
    warnungen,
)

SCHLECHT = beispiel().replace(b"2025;", b"20x5;", 1)
SCHLUESSEL = Lieferschluessel(DATENSATZ, JAHR, KREIS)


@pytest.fixture
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    """A new one for each test: here it matters what came before."""
    return baue(tmp_path_factory.mktemp("portal"))


def zustand(welt: Welt, version: int = 1) -> str:
    with lies(welt.engine) as v:
        return finde(v, SCHLUESSEL, version).zustand


def gib_ab(person: httpx.Client, inhalt: bytes) -> str:
    antwort = sende(person, ORT, inhalt)
    assert antwort.status_code == 303
    return antwort.headers["location"]


def test_nur_pruefen_sagt_alles_und_speichert_nichts(welt: Welt) -> None:
    bea = welt.als("bea")
    seite = sende(bea, ORT, SCHLECHT, aktion="pruefen").text
    for erwartet in ("zurückgewiesen", "Zeile 2", "„20x5“", "So wurde die Tabelle verstanden", "Semikolon", "utf-8"):
        assert erwartet in seite
    for erwartet in (
        "Zeichensatz: utf-8.",
        "Trennzeichen: Semikolon.",
        "Kopfzeile: Zeile 1.",
        "Ausgelassene Zeilen: keine.",
    ):
        assert erwartet in seite
    gut = sende(bea, ORT, b"Beratung im Jahr\n" + beispiel(), aktion="pruefen").text
    assert "Kopfzeile: Zeile 2." in gut
    assert 'href="#d1-t-ausgelassen">1</a>' in gut
    assert 'id="d1-t-ausgelassen"' in gut
    assert "Summe der Spalte Beratungen" in gut
    mappe = sende(bea, ORT, SCHLECHT, aktion="markieren")
    assert mappe.content.startswith(b"PK")
    assert "attachment" in mappe.headers["content-disposition"]
    assert welt.umfeld.ablage.liste("", "**/*") == []


def test_schlechte_datei_dann_gute_dann_freigabe_durch_eine_zweite_person(welt: Welt) -> None:
    bea, fred = welt.als("bea"), welt.als("fred")
    assert gib_ab(bea, SCHLECHT) == f"{ORT}/1"
    assert zustand(welt) == "zurueckgewiesen"
    assert gib_ab(bea, beispiel()) == f"{ORT}/2"
    assert zustand(welt, 2) == "angenommen_mit_hinweisen"
    assert gib_ab(bea, beispiel()) == f"{ORT}/2?bekannt"
    assert tue(bea, f"{ORT}/2/freigeben").status_code == 403
    assert tue(fred, f"{ORT}/1/freigeben").status_code == 409
    assert tue(fred, f"{ORT}/2/freigeben").status_code == 303
    assert zustand(welt, 2) == "freigegeben"
    assert "freigegeben" in fred.get(ORT).text
    quittung = bea.get(f"{ORT}/2/quittung").text
    with lies(welt.engine) as v:
        assert finde(v, SCHLUESSEL, 2).sha256 in quittung
        assert pruefe_kette(v).ist_heil
    assert f"{DATENSATZ}-{KREIS}-{JAHR}-2" in quittung
    assert bea.get(f"{ORT}/2/datei").content == beispiel()


def test_wer_abgegeben_hat_gibt_auch_mit_beiden_rollen_nicht_frei(welt: Welt) -> None:
    from assets.lieferbuch.rechte import vergib
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import schreibe

    bea = welt.als("bea")
    gib_ab(bea, beispiel())
    with lies(welt.engine) as v:
        person = finde(v, SCHLUESSEL, 1).eingereicht_von
    with schreibe(welt.engine) as v:
        vergib(v, person, "freigabe", SYSTEM, KREIS)
    assert "Bitte eine zweite Person" in bea.get(f"{ORT}/1").text
    antwort = tue(bea, f"{ORT}/1/freigeben")
    assert antwort.status_code == 403
    assert "zweite Person" in antwort.text
    assert zustand(welt) == "angenommen_mit_hinweisen"


def test_zurueckziehen_braucht_einen_grund_und_laesst_die_fruehere_gelten(welt: Welt) -> None:
    bea = welt.als("bea")
    gib_ab(bea, beispiel())
    gib_ab(bea, beispiel() + b"\n")
    assert tue(bea, f"{ORT}/2/zurueckziehen", grund="  ").status_code == 409
    assert tue(bea, f"{ORT}/2/zurueckziehen", grund="Falsche Datei <b>").status_code == 303
    assert (zustand(welt, 1), zustand(welt, 2)) == ("angenommen_mit_hinweisen", "zurueckgezogen")
    assert "Falsche Datei &lt;b&gt;" in bea.get(ORT).text


def test_was_zurueckgezogen_oder_freigegeben_ist_erfaehrt_auch_der_naechste_lauf(welt: Welt) -> None:
    bea, ablage = welt.als("bea"), welt.umfeld.ablage
    gib_ab(bea, beispiel())
    gib_ab(bea, beispiel() + b"\n")
    tue(bea, f"{ORT}/2/zurueckziehen", grund="Falsche Datei")
    (steht,) = pruefe_alle(ablage, welt.umfeld.land, [SCHLUESSEL])
    assert steht.gueltig is not None
    assert steht.gueltig.version == 1
    for code, spalte in warnungen(bea.get(f"{ORT}/1").text):
        tue(bea, f"{ORT}/1/begruenden", code=code, spalte=spalte, text="So ist es.")
    assert tue(welt.als("fred"), f"{ORT}/1/freigeben").status_code == 303
    assert lies_entscheidungen(ablage, SCHLUESSEL) == Entscheidungen({2: "Falsche Datei"}, 1)


def test_mehrere_dateien_zugleich(welt: Welt) -> None:
    bea = welt.als("bea")
    namen = [f"{d}_{KREIS}_{JAHR}.csv" for d in ("personal", "stellen")] + ["irgendwas.csv", "beratung_14521_2025.csv"]
    inhalte = [beispiel(datensatz="personal"), beispiel(datensatz="stellen"), b"a;b\n", b"a;b\n"]
    antwort = bea.post(
        f"/kreis/{KREIS}/{JAHR}",
        data={"marke": eigene_marke(bea), "aktion": "abgeben"},
        files=[("datei", (n, BytesIO(i))) for n, i in zip(namen, inhalte, strict=True)],
    )
    assert antwort.text.count("Eingegangen.") == 2
    assert antwort.text.count("Nicht angenommen.") == 2
    assert bea.get(f"/kreis/{KREIS}/{JAHR}/personal/1").status_code == 200


def test_die_arbeitsmappe_fuer_alle_wird_geteilt(welt: Welt) -> None:
    bea = welt.als("bea")
    mappe = bea.get(f"/kreis/{KREIS}/{JAHR}/vorlage.xlsx")
    name = f"lieferung_{KREIS}_{JAHR}.xlsx"
    assert name in mappe.headers["content-disposition"]
    antwort = sende(bea, f"/kreis/{KREIS}/{JAHR}", mappe.content, name=name, aktion="pruefen")
    assert "kein ausgefülltes Blatt" in antwort.text


def test_leere_vorlage_keine_datei_und_falsche_aktion(welt: Welt) -> None:
    bea = welt.als("bea")
    leer = sende(bea, ORT, leere_vorlage())
    assert leer.status_code == 422
    assert "in der noch nichts steht" in leer.text
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []
    keine = bea.post(ORT, data={"marke": eigene_marke(bea), "aktion": "abgeben"})
    assert keine.status_code == 422
    assert "keine Datei gewählt" in keine.text
    assert sende(bea, ORT, beispiel(), aktion="loeschen").status_code == 400


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "C:\\x\\y.csv", "<script>.csv", "ä" * 300 + ".csv", "\r\nX: y"]
)
def test_namen_von_dateien_richten_nichts_an(welt: Welt, name: str) -> None:
    bea = welt.als("bea")
    antwort = sende(bea, ORT, beispiel(), name=name)
    seite = bea.get(antwort.headers["location"]).text
    assert "<script" not in seite
    pfade = welt.umfeld.ablage.liste("eingang", "**/*.csv")
    assert [p.startswith(f"eingang/{KREIS}/{JAHR}/{DATENSATZ}/1_") for p in pfade] == [True]


def test_nichts_aus_einer_lieferung_steht_im_protokoll_des_servers(
    welt: Welt, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bricht(*_: object) -> None:
        raise ValueError(f"Wert aus der Lieferung: {4700 + 11}")

    monkeypatch.setattr(seiten_fassung, "finde", bricht)
    bea = welt.als("bea")
    gib_ab(bea, beispiel())
    with caplog.at_level(logging.DEBUG):
        antwort = bea.get(f"{ORT}/1")
    assert antwort.status_code == 500
    assert "ValueError" in caplog.text
    assert "4711" not in caplog.text + antwort.text


def test_vorlagen_und_handbuch(welt: Welt) -> None:
    anna = welt.als("anna")
    csv = anna.get(f"{ORT}/vorlage.csv")
    assert f"{DATENSATZ}_{KREIS}_{JAHR}.csv" in csv.headers["content-disposition"]
    assert anna.get(f"{ORT}/vorlage.exe").status_code == 404
    assert "Erhebungshandbuch" in anna.get("/handbuch/index.html").text
    assert anna.get("/handbuch/../app.py").status_code == 404


def test_beispiele_zum_laden(welt: Welt) -> None:
    bea = welt.als("bea")
    assert f"{ORT}/beispiel.csv" in bea.get(ORT).text
    gut, schlecht = (bea.get(f"{ORT}/beispiel{art}.csv") for art in ("", "-mit-fehlern"))
    assert f'filename="beispiel_{DATENSATZ}_mit_fehlern.csv"' in schlecht.headers["content-disposition"]
    assert bea.get(f"{ORT}/beispiel-mit-fehlern.xlsx").content.startswith(b"PK")
    befund = sende(bea, ORT, gut.content, aktion="pruefen").text
    assert "Fremde Meldeeinheit" in befund
    erstes = f"/kreis/{KREIS}/{welt.umfeld.land.berichtsjahre[0]}/finanzen"
    assert "/beispiel.csv" not in bea.get(erstes).text
    assert bea.get(f"{erstes}/beispiel.csv").status_code == 404


def test_der_eigene_bericht_und_kein_anderer(welt: Welt) -> None:
    anna, ablage = welt.als("anna"), welt.umfeld.ablage
    for edition in (f"intern_{KREIS}", "intern_14521", "intern_land", "oeffentlich"):
        ablage.schreibe(f"berichte/{edition}/index.html", b"<p>Bericht</p>")
    ort = f"/kreis/{KREIS}/bericht"
    assert f"{ort}/intern_{KREIS}/index.html" in anna.get(f"/kreis/{KREIS}").text
    assert anna.get(f"{ort}/intern_{KREIS}/index.html").status_code == 200
    assert anna.get(f"{ort}/oeffentlich/index.html").status_code == 200
    for pfad in ("intern_14521/index.html", "intern_land/index.html", f"intern_{KREIS}/%2e%2e/intern_land/index.html"):
        assert anna.get(f"{ort}/{pfad}").status_code == 404


def test_warnungen_werden_begruendet_bevor_jemand_freigibt(welt: Welt) -> None:
    bea, fred = welt.als("bea"), welt.als("fred")
    ort = f"/kreis/{KREIS}/{JAHR}/rueckkehr"
    assert sende(bea, ort, beispiel(datensatz="rueckkehr")).headers["location"] == f"{ort}/1"
    assert tue(fred, f"{ort}/1/freigeben").status_code == 409
    gruppe = {"code": "total_row", "spalte": ""}
    assert tue(fred, f"{ort}/1/begruenden", text="Ich darf das nicht.", **gruppe).status_code == 403
    assert tue(bea, f"{ort}/1/begruenden", text=" ", **gruppe).status_code == 409
    assert tue(bea, f"{ort}/1/begruenden", text="Gibt es nicht", code="R01", spalte="").status_code == 404
    assert tue(bea, f"{ort}/1/begruenden", text="Die Summe steht <i>immer</i> da.", **gruppe).status_code == 303
    assert "Die Summe steht &lt;i&gt;immer&lt;/i&gt; da." in fred.get(f"{ort}/1").text
    assert tue(fred, f"{ort}/1/freigeben").status_code == 303


def test_gleichzeitige_abgaben_gehen_nicht_verloren(welt: Welt) -> None:
    """Ten files at once by two people: ten versions, each with the bytes and the person that belong to it."""
    inhalte = [beispiel() + b"\n" * n for n in range(10)]
    with (
        server(welt.app) as wurzel,
        ueber_netz(welt, wurzel, "bea") as eine,
        ueber_netz(welt, wurzel, "stelle") as andere,
        ThreadPoolExecutor(5) as faeden,
    ):
        personen = (eine, andere)
        orte = list(faeden.map(lambda n: gib_ab(personen[n % 2], inhalte[n]), range(10)))
    assert sorted(orte) == sorted(f"{ORT}/{n}" for n in range(1, 11))
    bea = welt.als("bea")
    assert [bea.get(f"{ort}/datei").content for ort in orte] == inhalte
    with lies(welt.engine) as v:
        von = [finde(v, SCHLUESSEL, int(ort.rpartition("/")[2])).eingereicht_von for ort in orte]
        assert len(set(von[::2])) == len(set(von[1::2])) == 1
        assert von[0] != von[1]
        assert pruefe_kette(v).ist_heil


def test_langsames_senden_wird_abgebrochen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    welt = baue(tmp_path, grenzen=Grenzen(formular=0.01))

    async def wartet(*_: object, **__: object) -> None:
        await asyncio.sleep(30)

    bea = welt.als("bea")
    monkeypatch.setattr(Request, "form", wartet)
    antwort = bea.post(ORT, data={"marke": "x"})
    assert antwort.status_code == 408
    assert "zu lange gedauert" in antwort.text


def test_der_lauf_findet_dasselbe_wie_das_portal(welt: Welt) -> None:
    bea, ablage = welt.als("bea"), welt.umfeld.ablage
    gib_ab(bea, SCHLECHT)
    gib_ab(bea, beispiel())
    pfade = ablage.liste("pruefprotokolle", "**/*.json")
    vorher = [ablage.lies(p) for p in pfade]
    assert len(vorher) == 2
    (uebernahme,) = pruefe_alle(ablage, welt.umfeld.land, [SCHLUESSEL])
    assert uebernahme.gueltig is not None
    assert uebernahme.gueltig.version == 2
    assert [ablage.lies(p) for p in pfade] == vorher
    assert trage_nach(welt.engine, ablage, welt.umfeld.land).nachgetragen == 0
