"""A person's own account: rights, last sign-ins, and the password only those change who know the old one."""

from pathlib import Path

import pytest

from assets.lieferbuch.anmeldung import FEHLVERSUCHE_JE_KONTO
from assets.lieferbuch.konten import geschehen
from assets.lieferbuch.verbindung import lies
from pipeline.portal.sitzung import COOKIE
from tests.portal.welt import KREIS, PASSWORT, Welt, baue, melde_an, nummer, tue

NEU = "ein anderes langes passwort"


@pytest.fixture
def welt(tmp_path: Path) -> Welt:
    return baue(tmp_path)


def wechsel(alt: str = PASSWORT, neu: str = NEU, noch_einmal: str | None = None) -> dict[str, str]:
    return {"passwort": alt, "neu": neu, "noch_einmal": neu if noch_einmal is None else noch_einmal}


def test_jede_person_sieht_ihre_rechte_und_anmeldungen(welt: Welt) -> None:
    bea = welt.als("bea")
    welt.als("bea")
    seite = bea.get("/konto").text
    assert "Gibt Dateien ab" in seite
    assert welt.umfeld.land.meldeeinheit(KREIS).name in seite
    assert seite.count(" Uhr</li>") == 2
    assert "Anmelden über" not in seite


def test_ein_neues_passwort_wirft_alle_anderen_hinaus_auch_mit_kopiertem_cookie(welt: Welt) -> None:
    bea, anderswo, kopie = welt.als("bea"), welt.als("bea"), welt.gast()
    kopie.headers["Cookie"] = f"{COOKIE}={bea.cookies[COOKIE]}"
    assert kopie.get("/konto").status_code == 200
    assert tue(bea, "/konto/passwort", **wechsel()).headers["location"] == "/konto?geaendert"
    assert "Das Passwort ist geändert" in bea.get("/konto?geaendert").text
    assert anderswo.get("/konto").status_code == 303
    assert kopie.get("/konto").status_code == 303
    assert melde_an(welt.gast(), "bea").status_code == 401
    assert melde_an(welt.gast(), "bea", NEU).status_code == 303
    with lies(welt.engine) as v:
        letztes = geschehen(v, nummer(welt, "bea"))[0]
    assert (letztes.art, letztes.akteur) == ("passwort_gesetzt", nummer(welt, "bea"))


@pytest.mark.parametrize(
    ("felder", "status", "text"),
    [
        (wechsel(alt="falsch falsch falsch"), 401, "bisherige Passwort stimmt nicht"),
        (wechsel(alt=""), 401, "bisherige Passwort stimmt nicht"),
        (wechsel(neu="kurz"), 422, "12 bis 200 Zeichen"),
        (wechsel(neu="mein name ist bea"), 422, "Kennung nicht enthalten"),
        (wechsel(noch_einmal="tippfehler"), 422, "nicht gleich"),
        ({}, 401, "bisherige Passwort stimmt nicht"),
    ],
)
def test_sonst_bleibt_das_alte(welt: Welt, felder: dict[str, str], status: int, text: str) -> None:
    bea, andere = welt.als("bea"), welt.als("bea")
    antwort = tue(bea, "/konto/passwort", **felder)
    assert antwort.status_code == status
    assert text in antwort.text
    assert andere.get("/konto").status_code == 200
    assert melde_an(welt.gast(), "bea").status_code == 303


def test_wer_eine_offene_sitzung_findet_raet_nicht_unbegrenzt(welt: Welt) -> None:
    bea = welt.als("bea")
    for _ in range(FEHLVERSUCHE_JE_KONTO):
        assert tue(bea, "/konto/passwort", **wechsel(alt="falsch falsch falsch")).status_code == 401
    assert tue(bea, "/konto/passwort", **wechsel()).status_code == 429
    assert melde_an(welt.gast(), "bea", NEU).status_code == 429


def test_richtige_eingaben_zaehlen_nicht_als_fehler(welt: Welt) -> None:
    bea = welt.als("bea")
    for nummer_ in range(FEHLVERSUCHE_JE_KONTO + 1):
        alt, neu = (PASSWORT, NEU) if nummer_ % 2 == 0 else (NEU, PASSWORT)
        assert tue(bea, "/konto/passwort", **wechsel(alt, neu)).status_code == 303
