"""From a file in the portal to a mail: who gets which, what is in it, and what if the server does not want it."""

import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.lieferbuch.fuehren import buche_eingang
from assets.lieferbuch.neuigkeiten import Person
from assets.lieferbuch.postausgang import PAUSEN, Sendung, eintraege
from assets.lieferbuch.rechte import lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM, benutzer, mails
from assets.lieferbuch.verbindung import lies, schreibe
from assets.ortszeit import ORTSZEIT
from pipeline.mail import ablauf
from pipeline.mail.ablauf import Ergebnis, sende_alles
from pipeline.mail.einstellung import lies_einstellung
from pipeline.mail.text import schreibe_mail
from pipeline.portal.quellen import Quellen
from schemas.lieferbuch import ANGENOMMEN, ANLASS_JE_ZUSTAND, BEARBEITUNG, ZURUECKGEWIESEN, was_nun
from tests.lieferbuch.faelle import EINHEIT, beleg
from tests.lieferbuch.test_neuigkeiten import JETZT, fassung, melde
from tests.mail.conftest import PORTAL, richte_ein
from tests.mail.postamt import Postamt, postamt
from tests.portal.welt import JAHR, KREIS, LAND, ORT, Welt, beispiel, sende, tue

SENTINEL = "Geheimnis4711"
SCHLECHT = beispiel().replace(b"2025;", b"20x5;", 1)


class Absturz(BaseException):
    """Nothing in the program catches it."""


def lauf(welt: Welt) -> Ergebnis:
    einstellung = lies_einstellung()
    assert einstellung is not None
    return sende_alles(welt.umfeld, einstellung)


def text(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


def je_person(amt: Postamt) -> dict[str, EmailMessage]:
    assert len(set(amt.an())) == len(amt.an())
    return {an.split("@")[0]: mail for an, mail in zip(amt.an(), amt.mails, strict=True)}


@pytest.mark.usefixtures("eingerichtet")
def test_von_der_abgabe_bis_zur_mail(welt: Welt, amt: Postamt) -> None:
    assert sende(welt.als("bea"), ORT, beispiel()).status_code == 303
    assert lauf(welt) == Ergebnis(eingestellt=2, versandt=2)
    bekommen = je_person(amt)
    # Nobody of another Meldeeinheit, nobody who only looks, nobody of the Land.
    assert set(bekommen) == {"bea", "fred"}
    bea = bekommen["bea"]
    name = LAND.meldeeinheit(KREIS).name
    assert f"{PORTAL}{ORT}/1\n" in text(bea)
    assert text(bea).startswith("Guten Tag Bea,\n")
    assert was_nun(ANGENOMMEN) in text(bea)
    for wort in (name, str(JAHR), "Version 1", "angenommen"):
        assert wort in bea["Subject"]
    assert "Bitte prüfen und freigeben." in text(bekommen["fred"])
    assert lauf(welt) == Ergebnis()
    assert len(amt.mails) == 2
    assert tue(welt.als("fred"), f"{ORT}/1/freigeben").status_code == 303
    assert lauf(welt) == Ergebnis()


@pytest.mark.usefixtures("eingerichtet")
def test_zurueckgewiesen_und_ersetzt(welt: Welt, amt: Postamt) -> None:
    bea = welt.als("bea")
    sende(bea, ORT, SCHLECHT)
    lauf(welt)
    (mail,) = amt.mails
    assert was_nun(ZURUECKGEWIESEN) in text(mail)
    sende(bea, ORT, SCHLECHT + b"\n")
    sende(bea, ORT, beispiel())
    lauf(welt)
    # Three files in a row are one mail about the last.
    assert [f"{ORT}/{nr}\n" in text(amt.mails[-2]) for nr in (1, 2, 3)] == [False, False, True]
    assert amt.an() == ["bea@example.org", "bea@example.org", "fred@example.org"]


@pytest.mark.usefixtures("eingerichtet")
def test_keine_mail_enthaelt_etwas_aus_einer_lieferung(welt: Welt, amt: Postamt) -> None:
    bea = welt.als("bea")
    gut = beispiel(datensatz="stellen")
    zeile = gut.splitlines()[1].split(b";")
    angenommen = gut.replace(zeile[4], f"{SENTINEL} e. V.".encode())
    assert angenommen != gut
    sende(bea, f"/kreis/{KREIS}/{JAHR}/stellen", angenommen, name=f"{SENTINEL}.csv")
    sende(bea, ORT, beispiel().replace(b"2025;", f"{SENTINEL};".encode(), 1), name=f"{SENTINEL}.csv")
    seite = bea.get(f"{ORT}/1").text
    assert SENTINEL in seite, "sonst zeigte der Test nichts"
    lauf(welt)
    assert {"bea", "fred"} == set(je_person(amt))
    assert "2 Lieferungen" in je_person(amt)["bea"]["Subject"]
    werte = {z for datei in (beispiel(), angenommen) for z in re.findall(rb"\d{4,}", datei)} - {str(JAHR).encode()}
    assert len(werte) > 10
    for roh, mail in zip(amt.roh, amt.mails, strict=True):
        assert SENTINEL.encode() not in roh
        assert SENTINEL not in text(mail)
        worte = set(re.findall(r"\d{4,}", text(mail) + mail["Subject"]))
        assert not worte & {w.decode() for w in werte - {KREIS.encode()}}


def _setze(welt: Welt, **spalten: str) -> None:
    """Changes Bea's account behind the program's back."""
    with schreibe(welt.engine) as v:
        v.execute(sa.update(benutzer).where(benutzer.c.kennung == "bea").values(**spalten))


@pytest.mark.usefixtures("eingerichtet")
def test_wer_gesperrt_ist_bekommt_nichts(welt: Welt, amt: Postamt) -> None:
    sende(welt.als("bea"), ORT, beispiel())
    _setze(welt, gesperrt_am="2026-01-01T00:00:00+00:00")
    lauf(welt)
    assert amt.an() == ["fred@example.org"]


@pytest.mark.usefixtures("eingerichtet")
def test_die_kopfzeilen(welt: Welt, amt: Postamt) -> None:
    sende(welt.als("bea"), ORT, beispiel())
    lauf(welt)
    mail = je_person(amt)["bea"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"
    assert str(mail["From"]) == "Teilhabeberichte <noreply@land.example>"
    assert str(mail["To"]) == "Bea <bea@example.org>"
    assert abs(datetime.now(UTC) - mail["Date"].datetime) < timedelta(minutes=10)
    assert re.fullmatch(r"<[0-9a-f]{32}@land\.example>", mail["Message-ID"])
    assert mail.get_content_type() == "text/plain"
    assert max(map(len, amt.roh[0].split(b"\r\n"))) <= 998
    assert amt.roh[0].isascii()


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize(
    "name",
    ["Bea\r\nBcc: alle@example.org", "Bea\nSubject: x", 'B., "Bea" <x@example.org>', "Müller & Söhne\x00", "B" * 3000],
)
def test_namen_schleusen_nichts_ein(welt: Welt, amt: Postamt, name: str) -> None:
    _setze(welt, name=name)
    sende(welt.als("bea"), ORT, SCHLECHT)
    lauf(welt)
    (mail,) = amt.mails
    assert amt.an() == ["bea@example.org"]
    assert [a.addr_spec for a in mail["To"].addresses] == ["bea@example.org"]
    assert (mail["Bcc"], len(mail.get_all("Subject", []))) == (None, 1)
    erwartet = " ".join(name.replace("\x00", "").split())[:120]
    assert text(mail).splitlines()[0] == f"Guten Tag {erwartet},"


@pytest.mark.usefixtures("eingerichtet")
def test_ohne_neues_wird_der_server_nicht_gefragt(welt: Welt, amt: Postamt) -> None:
    assert lauf(welt) == Ergebnis()
    assert amt.verbindungen == 0


def test_ein_server_der_nicht_da_ist(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as frei:
        frei.bind(("127.0.0.1", 0))
        port = frei.getsockname()[1]
    richte_ein(monkeypatch, f"smtp://amt:Passw0rt@127.0.0.1:{port}")
    sende(welt.als("bea"), ORT, beispiel())
    assert lauf(welt) == Ergebnis(eingestellt=2, stoerung="Der Mailserver ist nicht erreichbar.")
    with lies(welt.engine) as v:
        assert {(e.zustand, e.versuche, e.fehler) for e in eintraege(v)} == {
            ("wartet", 0, "Der Mailserver ist nicht erreichbar.")
        }
    with postamt(Postamt()) as amt:
        richte_ein(monkeypatch, f"smtp://127.0.0.1:{amt.port}")
        assert lauf(welt).versandt == 2


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize(
    "antwort", ["550 5.1.1 <bea@example.org> unknown here", "451 greylisted, ask noreply@land.example"]
)
def test_ein_empfaenger_den_der_server_nicht_will(welt: Welt, amt: Postamt, antwort: str) -> None:
    amt.ablehnen["bea@example.org"] = antwort
    sende(welt.als("bea"), ORT, beispiel())
    assert lauf(welt) == Ergebnis(eingestellt=2, versandt=1, abgelehnt=1)
    assert amt.an() == ["fred@example.org"]
    with lies(welt.engine) as v:
        (bea,) = [e for e in eintraege(v) if e.kennung == "bea"]
    assert (bea.zustand, bea.versuche) == ("wartet", 1)
    assert bea.fehler == f"Der Mailserver nimmt die Adresse des Kontos nicht an ({antwort[:3]})."
    assert lauf(welt) == Ergebnis(), "nicht gleich noch einmal"
    amt.ablehnen.clear()
    _warte(welt)
    assert lauf(welt).versandt == 1
    assert amt.an() == ["fred@example.org", "bea@example.org"]


def _warte(welt: Welt) -> None:
    """As if the first pause were over."""
    frueher = (datetime.now(UTC) - PAUSEN[0]).isoformat(timespec="seconds")
    with schreibe(welt.engine) as v:
        v.execute(sa.update(mails).where(mails.c.versandt_am.is_(None)).values(naechster_versuch=frueher))


@pytest.mark.usefixtures("eingerichtet")
def test_legt_der_server_auf_kommt_die_mail_noch_einmal_und_ist_zu_erkennen(welt: Welt, amt: Postamt) -> None:
    amt.auflegen = True
    sende(welt.als("bea"), ORT, SCHLECHT)
    ergebnis = lauf(welt)
    assert (ergebnis.versandt, ergebnis.abgelehnt, ergebnis.stoerung) == (0, 1, "Der Mailserver ist nicht erreichbar.")
    amt.auflegen = False
    _warte(welt)
    assert lauf(welt).versandt == 1
    eine, andere = amt.mails
    assert eine["Message-ID"] == andere["Message-ID"]
    assert text(eine) == text(andere)


@pytest.mark.usefixtures("eingerichtet")
def test_ein_absturz_nach_dem_senden_verliert_nichts(welt: Welt, amt: Postamt, monkeypatch: pytest.MonkeyPatch) -> None:
    sende(welt.als("bea"), ORT, SCHLECHT)

    def stirb(*_: object) -> None:
        raise Absturz

    with monkeypatch.context() as m:
        m.setattr(ablauf, "vermerke_versand", stirb)
        with pytest.raises(Absturz):
            lauf(welt)
    assert lauf(welt) == Ergebnis()
    _warte(welt)
    assert lauf(welt).versandt == 1
    assert len({m["Message-ID"] for m in amt.mails}) == 1
    assert len(amt.mails) == 2


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize(
    ("antwort", "grund", "geht_weiter"),
    [
        ("554 5.7.1 spam from noreply@land.example", "Der Mailserver nimmt die Nachricht nicht an (554).", True),
        ("421 4.3.2 shutting down", "Der Mailserver nimmt die Nachricht nicht an (421).", False),
    ],
)
def test_eine_nachricht_die_der_server_nicht_will(
    welt: Welt, amt: Postamt, antwort: str, grund: str, *, geht_weiter: bool
) -> None:
    amt.antwort = antwort
    sende(welt.als("bea"), ORT, beispiel())
    ergebnis = lauf(welt)
    assert (ergebnis.abgelehnt, ergebnis.stoerung) == ((2, None) if geht_weiter else (1, grund))
    with lies(welt.engine) as v:
        assert {e.fehler for e in eintraege(v) if e.versuche} == {grund}


def test_ein_stummer_server_haelt_nur_diesen_lauf_auf(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    """He lets people in and says nothing; meanwhile the portal takes files."""
    monkeypatch.setattr("pipeline.mail.versand._SEKUNDEN", 2)
    with socket.create_server(("127.0.0.1", 0)) as stumm:
        richte_ein(monkeypatch, f"smtp://127.0.0.1:{stumm.getsockname()[1]}")
        bea = welt.als("bea")
        sende(bea, ORT, beispiel())
        ergebnisse: list[Ergebnis] = []
        faden = threading.Thread(target=lambda: ergebnisse.append(lauf(welt)))
        faden.start()
        while not _eingestellt(welt):
            time.sleep(0.01)
        assert sende(bea, f"/kreis/{KREIS}/{JAHR}/stellen", beispiel(datensatz="stellen")).status_code == 303
        assert faden.is_alive()
        faden.join()
    assert ergebnisse == [Ergebnis(eingestellt=2, stoerung="Der Mailserver antwortet nicht rechtzeitig.")]


def _eingestellt(welt: Welt) -> bool:
    with lies(welt.engine) as v:
        return bool(eintraege(v))


@pytest.mark.usefixtures("eingerichtet")
def test_wer_gleichzeitig_sendet_sendet_nicht_doppelt(buch: sa.Engine, tmp_path: Path, amt: Postamt) -> None:
    """The sensor and a command started by hand, in both kinds of database."""
    umfeld, einstellung = Quellen(Ablage(tmp_path), LAND, buch), lies_einstellung()
    assert einstellung is not None
    with schreibe(buch) as v:
        for nummer in range(12):
            person = lege_person_an(v, f"per{nummer}", "P", SYSTEM, mail=f"p{nummer}@example.org")
            vergib(v, person, BEARBEITUNG, SYSTEM, EINHEIT)
        buche_eingang(v, beleg(1, weg="korb"))
    with ThreadPoolExecutor(3) as pool:
        ergebnisse = list(pool.map(lambda _: sende_alles(umfeld, einstellung), range(3)))
    assert sorted(amt.an()) == sorted(f"p{nummer}@example.org" for nummer in range(12))
    assert (sum(e.versandt for e in ergebnisse), sum(e.eingestellt for e in ergebnisse)) == (12, 12)


@pytest.mark.usefixtures("eingerichtet")
def test_ein_lauf_faengt_nach_seiner_zeit_nichts_mehr_an(welt: Welt, amt: Postamt) -> None:
    sende(welt.als("bea"), ORT, beispiel())
    einstellung = lies_einstellung()
    assert einstellung is not None
    assert sende_alles(welt.umfeld, einstellung, sekunden=0) == Ergebnis(eingestellt=2)
    assert not amt.mails
    assert lauf(welt).versandt == 2


@pytest.mark.usefixtures("eingerichtet")
def test_eine_adresse_mit_der_nichts_anzufangen_ist(welt: Welt, amt: Postamt) -> None:
    _setze(welt, mail="bea@example.org\r\nX: y")
    sende(welt.als("bea"), ORT, beispiel())
    assert lauf(welt) == Ergebnis(eingestellt=2, versandt=1, abgelehnt=1)
    assert amt.an() == ["fred@example.org"]


def _mit_frist(welt: Welt, tage: int) -> Welt:
    """The same portal on the day so many days after the deadline of the last year; the one before is over for long."""
    heute = datetime.now(UTC).astimezone(ORTSZEIT).date()
    fristen = {jahr: heute - timedelta(days=3000) for jahr in LAND.berichtsjahre} | {JAHR: heute - timedelta(days=tage)}
    land = replace(LAND, lieferfristen=fristen, erinnerungstage=(-7, 1))
    return replace(welt, umfeld=replace(welt.umfeld, land=land))


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize(
    ("tage", "betreff", "satz"),
    [
        (-7, "Erinnerung: Lieferungen", f"Berichtsjahr {JAHR} ist der "),
        (2, "Frist abgelaufen: Lieferungen", " war der "),
    ],
)
def test_erinnert_wird_wer_noch_etwas_schuldet(welt: Welt, amt: Postamt, tage: int, betreff: str, satz: str) -> None:
    sende(welt.als("bea"), ORT, beispiel())
    sende(welt.als("bea"), f"/kreis/{KREIS}/{JAHR}/stellen", b"kaputt")
    lauf(welt)
    amt.mails.clear()
    amt.umschlaege.clear()
    spaeter = _mit_frist(welt, tage)
    assert lauf(spaeter).versandt == 2
    assert lauf(spaeter) == Ergebnis()
    bekommen = je_person(amt)
    assert set(bekommen) == {"bea", "fremd"}
    bea = text(bekommen["bea"])
    assert "Stellen (Stand: zurückgewiesen). Bitte die Fehler" in bea
    assert "Personal (Stand: fehlt). Bitte abgeben." in bea
    assert "Beratung" not in bea
    assert f"{PORTAL}/kreis/{KREIS}/{JAHR}\n" in bea
    assert satz in bea
    assert bekommen["bea"]["Subject"].startswith(betreff)


@pytest.mark.usefixtures("eingerichtet")
def test_was_auf_seine_pruefung_wartet_schuldet_niemand(welt: Welt, amt: Postamt) -> None:
    with schreibe(welt.engine) as v:
        buche_eingang(v, replace(beleg(1, weg="korb"), meldeeinheit=KREIS))
    lauf(_mit_frist(welt, 1))
    (erinnerung,) = [m for m in amt.mails if m["Subject"].startswith("Frist") and "Bea" in text(m)]
    assert "Personal" in text(erinnerung)
    assert "Beratung" not in text(erinnerung)


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize("tage", [-8, 0, 30])
def test_an_anderen_tagen_wird_nicht_erinnert(welt: Welt, amt: Postamt, tage: int) -> None:
    # On the eighth day before and on the day itself it is not yet, or no longer, the day.
    assert lauf(_mit_frist(welt, tage)) == Ergebnis()
    assert not amt.mails


@pytest.mark.usefixtures("eingerichtet")
def test_wer_inzwischen_geliefert_hat_wird_nicht_erinnert(welt: Welt, amt: Postamt) -> None:
    amt.ablehnen = {"bea@example.org": "451 later"}
    vorher = _mit_frist(welt, -7)
    lauf(vorher)
    amt.ablehnen.clear()
    sende(welt.als("bea"), ORT, beispiel())
    _warte(welt)
    amt.mails.clear()
    lauf(vorher)
    (erinnerung,) = [m for m in amt.mails if m["Subject"].startswith("Erinnerung") and "Bea" in text(m)]
    assert "Beratung" not in text(erinnerung)


@pytest.mark.usefixtures("eingerichtet")
@pytest.mark.parametrize("zustand", sorted(ANLASS_JE_ZUSTAND))
def test_jeder_stand_laesst_sich_schreiben(zustand: str) -> None:
    einstellung = lies_einstellung()
    assert einstellung is not None
    person = Person(3, "Erika", "erika@example.org", {})
    for nachricht in melde(fassung(zustand)):
        mail = schreibe_mail(Sendung("0" * 32, 3, (1,), (nachricht,)), person, LAND, einstellung, JETZT)
        assert nachricht.stand in mail["Subject"]
        assert nachricht.was_nun in text(mail)
