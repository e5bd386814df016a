"""What the Fachstelle sees and does: the board, a Meldeeinheit with its questions, releasing a year by two people."""

import json
import re
from datetime import date

import httpx2 as httpx
import polars as pl
import pytest

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.jahresfreigaben import vermerke
from assets.lieferbuch.lesen import Stand
from assets.lieferbuch.verbindung import schreibe
from assets.pruefung.lieferungen import pruefe_alle
from assets.querpruefung.bilden import PFAD as QUERBEFUNDE
from assets.veroeffentlichung.bauen import Release
from assets.veroeffentlichung.regal import Regal
from pipeline.portal import felder
from schemas.querbefunde import SPALTEN
from schemas.release import UNTERSCHIEDE
from tests.portal.welt import (
    DATENSATZ,
    FREMDER,
    JAHR,
    KREIS,
    LAND,
    ORT,
    Welt,
    baue,
    beispiel,
    sende,
    tue,
    warnungen,
)

SEITE, FREIGABE = f"/land/kreis/{KREIS}/{JAHR}", f"/land/veroeffentlichen/{JAHR}"
NACH_DER_FRIST = date(LAND.lieferfristen[JAHR].year + 1, 1, 1)


@pytest.fixture
def welt(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Welt:
    """A new one for each test, some day after the deadline."""
    monkeypatch.setattr(felder, "heute", lambda: NACH_DER_FRIST)
    return baue(tmp_path_factory.mktemp("portal"))


def text(antwort: httpx.Response) -> str:
    """What is read on a page."""
    assert antwort.status_code == 200, antwort.text
    return " ".join(re.sub(r"<[^>]+>", " ", antwort.text).split())


def gib_frei(welt: Welt, datensatz: str = DATENSATZ) -> None:
    """Hands in a delivery, explains its warnings, and has it released by the second person."""
    bea, ort = welt.als("bea"), f"/kreis/{KREIS}/{JAHR}/{datensatz}"
    assert sende(bea, ort, beispiel(datensatz=datensatz)).status_code == 303
    for code, spalte in warnungen(bea.get(f"{ort}/1").text):
        tue(bea, f"{ort}/1/begruenden", code=code, spalte=spalte, text="So ist es.")
    assert tue(welt.als("fred"), f"{ort}/1/freigeben").status_code == 303


def zaehlungen(seite: str) -> dict[str, dict[str, str]]:
    """The table of years: column -> text, by year."""
    tabelle = seite.partition("Alle Jahre</h2>")[2].partition("</table>")[0].replace("&shy;", "")
    zeilen = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", z) for z in tabelle.split("<tr>")[1:]]
    kopf, *rest = [[re.sub("<[^>]+>", "", zelle) for zelle in zeile] for zeile in zeilen]
    return {zeile[0]: dict(zip(kopf, zeile, strict=True)) for zeile in rest}


def test_die_tafel_zaehlt_und_nennt_was_fehlt(welt: Welt) -> None:
    stelle, bea = welt.als("stelle"), welt.als("bea")
    sende(bea, ORT, beispiel())
    sende(bea, f"/kreis/{KREIS}/{JAHR}/rueckkehr", beispiel(datensatz="rueckkehr"))
    sende(bea, f"/kreis/{KREIS}/{JAHR}/personal", b"berichtsjahr;meldeeinheit\nkeine;Zahl\n")
    antwort = stelle.get("/land")
    moegliche = len(LAND.meldeeinheiten) * len(LAND.datensaetze)
    jahr = zaehlungen(antwort.text)[str(JAHR)]
    assert {k: int(v) for k, v in jahr.items() if k not in ("Jahr", "Frist", "verspätet")} == {
        "erwartet": moegliche,
        "angenommen": 2,
        "offen": moegliche - 2,
        "davon fehlt": moegliche - 3,
        "überfällig": moegliche - 2,
        "zurückgewiesen": 1,
        "wartet auf Freigabe": 2,
        "freigegeben": 0,
        "Warnungen ohne Begründung": len(warnungen(bea.get(f"{ORT}/1").text))
        + len(warnungen(bea.get(f"/kreis/{KREIS}/{JAHR}/rueckkehr/1").text)),
        "offene Rückfragen": 0,
    }
    assert list(zaehlungen(antwort.text)) == [str(j) for j in reversed(LAND.berichtsjahre)]
    assert f'href="/kreis/{KREIS}/{JAHR}/personal/1"' in antwort.text
    assert f'href="/kreis/{FREMDER}/{JAHR}/personal"' in antwort.text
    frueher = stelle.get(f"/land/{LAND.berichtsjahre[0]}")
    assert f"Alle Lieferungen {LAND.berichtsjahre[0]}" in frueher.text
    assert f'href="/kreis/{KREIS}/{JAHR}/personal"' not in frueher.text
    assert stelle.get("/land/1999").status_code == 404


@pytest.mark.parametrize(
    ("eingang", "verspaetet"),
    [("2026-06-30T21:59:00+00:00", False), ("2026-06-30T22:01:00+00:00", True), (None, False)],
)
def test_verspaetet_ist_was_zuerst_nach_der_frist_kam(eingang: str | None, verspaetet: bool) -> None:
    """By the clock deliverers live by; the time of an invented delivery (None) means nothing."""
    schluessel = Lieferschluessel(DATENSATZ, JAHR, KREIS)
    stand = Stand(schluessel, 2, "angenommen", "", 2, None, eingang)
    assert felder._feld(stand, "fehlt", date(2026, 6, 30)).verspaetet == verspaetet


def querbefund(
    welt: Welt,
    einheit: str = KREIS,
    anzahl: int = 1,
    schwere: str = "warnung",
    umfang: str = "zeit",
    datensatz: str = DATENSATZ,
) -> None:
    zeile = {"regel": "R40a", "schwere": schwere, "umfang": umfang, "meldeeinheit": einheit, "berichtsjahr": JAHR}
    zeilen = [
        zeile | {"datensatz": datensatz, "meldung": f"Sprung {n}.", "abhilfe": "Bitte ansehen."} for n in range(anzahl)
    ]
    tabelle = pl.DataFrame(zeilen, schema=SPALTEN)
    welt.umfeld.ablage.schreibe_tabelle(QUERBEFUNDE, tabelle)


def test_ein_befund_zu_einer_kennzahl_gehoert_zu_keinem_datensatz(welt: Welt) -> None:
    querbefund(welt, umfang="kreise", datensatz="")
    stelle = welt.als("stelle")
    seite = stelle.get(SEITE)
    assert seite.status_code == 200
    assert f"Berichtsjahr {JAHR}: Sprung 0. Bitte ansehen." in seite.text
    gewaehlt = re.search(r'value="([0-9a-f]+)"> <span><span class="zusatz">Querprüfung', seite.text)
    assert gewaehlt
    tue(stelle, f"{SEITE}/rueckfragen", frage=gewaehlt[1])
    assert "Sprung 0. Bitte ansehen." in welt.als("bea").get(f"/kreis/{KREIS}").text


@pytest.mark.parametrize(
    ("einheit", "umfang", "sichtbar"),
    [(KREIS, "zeit", True), (KREIS, "amtlich", True), (KREIS, "kreise", False), (FREMDER, "zeit", False)],
)
def test_die_meldeeinheit_sieht_was_zwischen_ihren_dateien_nicht_passt(
    welt: Welt, einheit: str, umfang: str, sichtbar: bool
) -> None:
    querbefund(welt, einheit, umfang=umfang)
    seite = welt.als("bea").get(f"/kreis/{KREIS}/{JAHR}").text
    assert ("Sprung 0." in seite) == sichtbar
    assert ("keinen Widerspruch gefunden" in seite) != sichtbar
    assert "Sprung 0." in welt.als("stelle").get(f"/land/kreis/{einheit}/{JAHR}").text


def test_eine_meldeeinheit_mit_allem_was_bekannt_ist(welt: Welt) -> None:
    stelle, bea = welt.als("stelle"), welt.als("bea")
    for jahr in (JAHR - 1, JAHR):
        ort = f"/kreis/{KREIS}/{jahr}/herkunft"
        assert sende(bea, ort, beispiel(jahr=jahr, datensatz="herkunft")).status_code == 303
        # In the portal nothing is taken over; the next run does that.
        uebernimm(welt, Lieferschluessel("herkunft", jahr, KREIS))
    querbefund(welt)
    seite = text(stelle.get(SEITE))
    assert "Herkunftsstaaten: Zeilen" in seite
    assert re.search(r"Personen Personen [\d.]+ [\d.]+ [+−][\d.]+ [+−]?[\d,]+ %", seite), seite
    assert "Sprung 0. Bitte ansehen." in seite
    assert "Beratung“ " + str(JAHR) + ": Die Lieferung fehlt" in seite
    assert "es gibt kein Vorjahr" in text(stelle.get(f"/land/kreis/{KREIS}/{LAND.berichtsjahre[0]}"))
    assert "Sprung" not in text(stelle.get(f"/land/kreis/{FREMDER}/{JAHR}"))


def uebernimm(welt: Welt, schluessel: Lieferschluessel) -> None:
    list(pruefe_alle(welt.umfeld.ablage, welt.umfeld.land, [schluessel]))


def kennungen(seite: str) -> dict[str, str]:
    """The prepared questions: text -> what the form calls it."""
    paare = re.findall(r'name="frage" value="(\w+)"> <span><span class="zusatz">[^<]*</span> (.*?)</span>', seite)
    return {frage: kennung for kennung, frage in paare}


def test_rueckfragen_sieht_nur_die_gefragte_einheit_und_antwortet(welt: Welt) -> None:
    stelle, bea, anna = welt.als("stelle"), welt.als("bea"), welt.als("anna")
    sende(bea, f"/kreis/{KREIS}/{JAHR}/rueckkehr", beispiel(datensatz="rueckkehr"))
    querbefund(welt, anzahl=7)
    vorbereitet = kennungen(stelle.get(SEITE).text)
    (warnung,) = [f for f in vorbereitet if "Warum stimmen die Angaben" in f]
    assert "Version 1" in warnung
    assert re.search(r"Zeilen? \d+", warnung), warnung
    (quer,) = [f for f in vorbereitet if "Sprung 4." in f]
    assert "Weitere Stellen: 2." in quer
    assert "Sprung 5." not in quer
    gewaehlt = {"frage": vorbereitet[warnung], f"zusatz-{vorbereitet[warnung]}": "Bitte <b>bald</b>."}
    assert tue(stelle, f"{SEITE}/rueckfragen", **gewaehlt, eigene="Wer hilft?", datensatz="personal").status_code == 303
    assert tue(stelle, f"{SEITE}/notizen", text="Nur für uns: Frau Muster.").status_code == 303

    seite = bea.get(f"/kreis/{KREIS}").text
    assert f"{warnung} Bitte &lt;b&gt;bald&lt;/b&gt;." in seite
    assert "Personal:</strong> Wer hilft?" in seite
    assert "Sprung" not in seite
    for pfad in (f"/kreis/{KREIS}", f"/kreis/{KREIS}/rueckfragen", f"/kreis/{KREIS}/{JAHR}"):
        assert "Frau Muster" not in bea.get(pfad).text
    assert "Wer hilft?" not in welt.als("fremd").get(f"/kreis/{FREMDER}").text
    erste, _ = re.findall(rf'action="(/kreis/{KREIS}/rueckfragen/\d+)"', seite)
    assert "<form" not in anna.get(f"/kreis/{KREIS}").text.partition("Rückfragen der")[2]
    assert tue(anna, erste, antwort="Ich darf nicht.").status_code == 403
    assert tue(welt.als("fremd"), erste, antwort="Fremd.").status_code == 404
    assert tue(bea, erste.replace(KREIS, FREMDER), antwort="Fremd.").status_code == 404
    assert tue(bea, erste, antwort=" ").status_code == 409
    assert tue(bea, erste, antwort="Es <i>stimmt</i>.").status_code == 303
    assert tue(bea, erste, antwort="Doch nicht.").status_code == 409
    assert bea.get(f"/kreis/{KREIS}").text.count("<form") == seite.count("<form") - 1
    for person, pfad in (
        (stelle, SEITE),
        (bea, f"/kreis/{KREIS}/rueckfragen"),
        (stelle, f"/kreis/{KREIS}/rueckfragen"),
    ):
        antwort = person.get(pfad).text
        assert "Es &lt;i&gt;stimmt&lt;/i&gt;." in antwort
        assert "Noch ohne Antwort" in antwort
    assert "Frau Muster" in stelle.get(SEITE).text
    assert zaehlungen(stelle.get("/land").text)[str(JAHR)]["offene Rückfragen"] == "1"


def test_was_nicht_gefragt_werden_kann(welt: Welt) -> None:
    stelle = welt.als("stelle")
    assert tue(stelle, f"{SEITE}/rueckfragen").status_code == 409
    veraltet = tue(stelle, f"{SEITE}/rueckfragen", frage="0" * 16)
    assert veraltet.status_code == 409
    assert "neu auswählen" in veraltet.text
    assert tue(stelle, f"{SEITE}/notizen", text=" ").status_code == 409
    (fehlt, *_) = kennungen(stelle.get(SEITE).text).items()
    tue(stelle, f"{SEITE}/rueckfragen", frage=fehlt[1])
    seite = stelle.get(SEITE).text
    assert fehlt[0] not in kennungen(seite)
    assert "Schon gestellt, wartet auf Antwort." in seite


def test_hinweise_werden_gezeigt_und_nicht_gefragt(welt: Welt) -> None:
    querbefund(welt, schwere="hinweis")
    seite = welt.als("stelle").get(SEITE).text
    assert "Sprung 0." in seite
    assert not [f for f in kennungen(seite) if "Sprung" in f]


def nummer(seite: str) -> str:
    treffer = re.search(r'name="nummer" value="(\d+)"', seite)
    assert treffer
    return treffer[1]


def test_ein_jahr_geben_zwei_personen_frei(welt: Welt) -> None:
    stelle, zweite = welt.als("stelle"), welt.als("zweite")
    assert "noch nichts freigegeben" in stelle.get(FREIGABE).text
    assert tue(stelle, f"{FREIGABE}/vorschlagen").status_code == 409
    gib_frei(welt)
    assert "Bitte vorschlagen" in stelle.get("/land").text
    seite = text(stelle.get(FREIGABE))
    assert "Was hineinkäme" in seite
    assert f"aus 1 von {len(LAND.meldeeinheiten)} Meldeeinheiten" in seite
    assert "Was der öffentlichen Ausgabe im Weg steht" in seite
    assert tue(stelle, f"{FREIGABE}/vorschlagen").status_code == 303
    eigene = stelle.get(FREIGABE).text
    assert "nur eine zweite Person" in eigene
    assert f'action="{FREIGABE}/freigeben"' not in eigene
    assert tue(stelle, f"{FREIGABE}/freigeben", nummer=nummer(eigene)).status_code == 403
    assert "Bitte den Vorschlag prüfen" in zweite.get("/land").text

    fremde = zweite.get(FREIGABE).text
    assert f'href="{ORT}/1"' in fremde
    for falsch in ("", "x", "9" * 30, "²"):
        assert tue(zweite, f"{FREIGABE}/freigeben", nummer=falsch).status_code == 400
    assert tue(zweite, f"{FREIGABE}/verwerfen", nummer=nummer(fremde)).status_code == 303
    assert tue(zweite, f"{FREIGABE}/freigeben", nummer=nummer(fremde)).status_code == 404
    tue(stelle, f"{FREIGABE}/vorschlagen")
    vorher = zweite.get(FREIGABE).text
    gib_frei(welt, "personal")
    assert "Seit dem Vorschlag hinzugekommen" in zweite.get(FREIGABE).text
    assert tue(zweite, f"{FREIGABE}/freigeben", nummer=nummer(vorher)).status_code == 303
    entschieden = text(zweite.get(FREIGABE))
    assert "freigegeben von Zweite" in entschieden
    assert "Die Ausgabe wird erstellt." in entschieden
    assert "veröffentlicht" in text(stelle.get(ORT))
    assert "freigegeben" in text(stelle.get(f"/kreis/{KREIS}/{JAHR}/personal")), "kam nach dem Vorschlag"


def test_was_seit_dem_vorschlag_zurueckgezogen_ist_haelt_ihn_auf(welt: Welt) -> None:
    stelle, zweite = welt.als("stelle"), welt.als("zweite")
    gib_frei(welt)
    gib_frei(welt, "personal")
    tue(stelle, f"{FREIGABE}/vorschlagen")
    tue(stelle, f"{ORT}/1/zurueckziehen", grund="Fehler")
    seite = zweite.get(FREIGABE).text
    assert "Seit dem Vorschlag geändert" in seite
    assert f'action="{FREIGABE}/freigeben"' not in seite
    assert tue(zweite, f"{FREIGABE}/freigeben", nummer=nummer(seite)).status_code == 409
    assert tue(zweite, f"{FREIGABE}/vorschlagen").status_code == 303
    assert tue(stelle, f"{FREIGABE}/freigeben", nummer=nummer(stelle.get(FREIGABE).text)).status_code == 303


def test_was_aus_der_freigabe_wurde_ist_zu_sehen(welt: Welt) -> None:
    stelle, zweite = welt.als("stelle"), welt.als("zweite")
    gib_frei(welt)
    for ergebnis in ({"grund": "Im Impressum fehlt <Straße>."}, {"ausgabe": "2026-07-01-abc"}):
        tue(stelle, f"{FREIGABE}/vorschlagen")
        tue(zweite, f"{FREIGABE}/freigeben", nummer=nummer(zweite.get(FREIGABE).text))
        with schreibe(welt.engine) as v:
            vermerke(v, {"grund": 1, "ausgabe": 2}[next(iter(ergebnis))], **ergebnis)
        if "grund" in ergebnis:
            assert "Im Impressum fehlt &lt;Straße&gt;." in stelle.get(FREIGABE).text
            assert "Aus der Freigabe wurde keine Ausgabe." in stelle.get("/land").text
    for pfad in (FREIGABE, "/land/veroeffentlichungen"):
        assert 'href="/land/veroeffentlichungen/2026-07-01-abc"' in stelle.get(pfad).text
    assert f'action="{FREIGABE}/vorschlagen"' not in stelle.get(FREIGABE).text, "es ist veröffentlicht"
    assert tue(stelle, f"{FREIGABE}/vorschlagen").status_code == 409


def ausgabe(welt: Welt, kennung: str, vorige: str | None, *ereignisse: str) -> None:
    """Puts a release on the shelf, with a list of differences."""
    zeilen = [{"ereignis": e, "indikator_id": "FSA-03"} for e in ereignisse]
    liste = pl.DataFrame([dict.fromkeys(UNTERSCHIEDE) | z for z in zeilen], schema=UNTERSCHIEDE)
    zahlen = {art: ereignisse.count(art.upper()) for art in ("geaendert", "neu", "entfallen")}
    beschreibung = json.dumps({"vorige": vorige, "unterschiede": zahlen}).encode()
    dateien = {"release.json": beschreibung, "unterschiede.csv": liste.write_csv().encode()}
    Regal(welt.umfeld.ablage).nimm_auf(Release(kennung, dateien, {}, {}))


def test_die_veroeffentlichungen_und_was_sich_geaendert_hat(welt: Welt) -> None:
    stelle = welt.als("stelle")
    assert "noch nichts veröffentlicht" in stelle.get("/land/veroeffentlichungen").text
    ausgabe(welt, "2026-01-01-aaa", None, "NEU", "NEU")
    ausgabe(welt, "2026-02-01-bbb", "2026-01-01-aaa", "GEAENDERT", "GEAENDERT", "ENTFALLEN")
    Regal(welt.umfeld.ablage).ziehe_zurueck("2026-02-01-bbb", "Zahlendreher <x>")
    liste = stelle.get("/land/veroeffentlichungen")
    assert re.findall(r"<th scope=\"row\"><a href=\"[^\"]*/(20[^\"]*)\"", liste.text) == [
        "2026-02-01-bbb",
        "2026-01-01-aaa",
    ]
    assert "zurückgezogen (Zahlendreher &lt;x&gt;)" in liste.text
    worte = text(liste)
    assert "2026-01-01-aaa gilt jetzt" in worte
    assert "2 geändert, 0 neu, 1 entfallen" in worte
    assert "erste Ausgabe, 2 Werte" in worte
    eine = text(stelle.get("/land/veroeffentlichungen/2026-02-01-bbb"))
    assert "FSA-03 2 0 1" in eine
    assert "Ausgabe davor 2026-01-01-aaa" in eine
    datei = stelle.get("/land/veroeffentlichungen/2026-02-01-bbb/unterschiede.csv")
    assert "attachment" in datei.headers["content-disposition"]
    assert datei.text.count("GEAENDERT") == 2
    for fremd in ("2026-03-01-ccc", "..", "%2e%2e"):
        assert stelle.get(f"/land/veroeffentlichungen/{fremd}/unterschiede.csv").status_code == 404
