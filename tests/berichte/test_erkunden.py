"""Data of the page for exploring: what is in a piece is what pages show, and nothing that is withheld."""

import gzip
import re
from typing import Any

import polars as pl
import pytest

from assets.berichte.bestand import baue_bestand
from assets.berichte.erkunden import ANSICHTEN, ORDNER, erkundendaten
from assets.berichte.erkundenstuecke import INSGESAMT, teile
from assets.berichte.farben import KLASSEN, PALETTE, REIHEN
from assets.berichte.seiten import erzeuge
from assets.berichte.skripte import BERICHT, ERKUNDEN, datenskript, skript
from assets.offenedaten.steckbrief import steckbrief
from schemas.editionen import OEFFENTLICH, fuer
from tests.berichte import welt
from tests.berichte.seitenleser import lies_daten
from tests.berichte.welt import zeile

ANFANG_HOECHSTENS = 300_000
"""Bytes, compressed, that the page may load before anything is chosen."""
GEHEIM = 48_731.0


def _stuecke(**anders: Any) -> dict[str, bytes]:
    daten = welt.berichtsdaten(umrisse=welt.umrisse(welt.land()), **anders)
    return dict(erkundendaten(baue_bestand(daten), steckbrief(daten)))


@pytest.fixture(scope="module")
def stuecke() -> dict[str, Any]:
    alle = _stuecke(trichter=welt.trichter("AZR", 2025))
    return {p.removeprefix(f"{ORDNER}/").removesuffix(".js"): lies_daten(i) for p, i in alle.items()}


def test_jede_kennzahl_mit_werten_hat_ein_stueck_und_steht_im_verzeichnis(stuecke: dict[str, Any]) -> None:
    mit_werten = ["BEV-01", "BEV-02", "ARB-03", "IBZ-01", "IBZ-03", "IBZ-04"]
    angeboten = [k["id"] for t in stuecke["index"]["themenfelder"] for k in t["kennzahlen"]]
    assert angeboten == mit_werten
    assert set(stuecke) == {"index", *mit_werten}


def test_stuecke_haben_genau_die_gerundeten_werte_der_seiten(stuecke: dict[str, Any]) -> None:
    bestand = baue_bestand(welt.berichtsdaten())
    verglichen = 0
    for reihen in bestand.reihen.values():
        for reihe in reihen:
            for teil, gebiete in teile(reihe):
                for ags, jahre in gebiete.items():
                    zeilen = stuecke[reihe.indikator.id][reihe.variante.id]["teile"][teil][ags]
                    texte = {jahr: wert for jahr, _, _, wert, *_ in zeilen}
                    werte = {jahr: "" if a.wert is None else f"{a.wert:f}" for jahr, a in jahre.items()}
                    assert texte == werte
                    verglichen += len(werte)
    assert verglichen > len(welt.MESSREIHE) * len(welt.NAMEN)


def test_was_fehlt_ist_ein_zeichen_ohne_zahl(stuecke: dict[str, Any]) -> None:
    gebiete = stuecke["IBZ-01"]["STICHTAG"]["teile"][INSGESAMT]
    werte = {ags: z[3:7] for ags, (z,) in gebiete.items()}
    assert werte["X2"] == ["4", "V", "", ""]
    assert werte["X3"] == ["", "G", "", ""]
    assert welt.STUMM not in werte


def _mit_einem(wert: float | None, status: str) -> pl.DataFrame:
    eine = zeile("IBZ-03", "ANZAHL", "X6", 2025, wert, wertstatus=status)
    return pl.concat([welt.werte(), welt.tabelle([eine])])


def test_geheimes_steht_in_keiner_datei_der_seite() -> None:
    """The values of the public edition alone decide: with the number it is found, without it nowhere."""
    gesucht = re.compile(rb"48\.?731")
    offen = _stuecke(werte=_mit_einem(GEHEIM, "N"), edition=OEFFENTLICH)
    assert [p for p, i in offen.items() if gesucht.search(i)] == [f"{ORDNER}/IBZ-03.js"]
    geheim = _stuecke(werte=_mit_einem(None, "G"), edition=OEFFENTLICH)
    assert not [p for p, i in geheim.items() if gesucht.search(i)]
    zeilen = lies_daten(geheim[f"{ORDNER}/IBZ-03.js"])["ANZAHL"]["teile"][INSGESAMT]["X6"]
    assert [z[3:7] for z in zeilen] == [["", "G", "", ""]]


def test_schnitte_stehen_am_bruch_und_wo_sich_ein_jahr_nicht_vergleichen_laesst(stuecke: dict[str, Any]) -> None:
    kreis = stuecke["BEV-01"]["FORT"]["teile"][INSGESAMT]["X1"]
    assert [jahr for jahr, *_, schnitt in kreis if schnitt] == [2011]
    quote = stuecke["ARB-03"]["BA"]["teile"][INSGESAMT]["X1"]
    assert not [jahr for jahr, *_, schnitt in quote if schnitt]


def test_klassen_gibt_es_fuer_verhaeltnisse_und_nicht_fuer_anzahlen(stuecke: dict[str, Any]) -> None:
    def klassen(kennzahl: str, variante: str) -> set[int]:
        gebiete = stuecke[kennzahl][variante]["teile"][INSGESAMT]
        return {z[7] for ags, zeilen in gebiete.items() if ags != "99" for z in zeilen}

    assert klassen("BEV-01", "FORT") == {0}
    assert klassen("ARB-03", "BA") == set(range(1, len(KLASSEN) + 1))


def test_trichter_hat_die_lagen_und_laesst_weg_was_keine_hat(stuecke: dict[str, Any]) -> None:
    trichter = stuecke["BEV-02"]["AZR"]["trichter"]
    assert list(trichter) == ["2025"]
    bezug = {ags: z[5] for ags, z in trichter["2025"]["zeilen"].items()}
    assert bezug == {"X1": 1000, "X2": 2000, "X3": 3000, "X4": 4000, "X5": None, "X6": None}
    for _, werte in trichter["2025"]["linien"]:
        assert len(werte) == len(trichter["2025"]["stuetzen"])


def test_farben_kommen_aus_der_einen_palette(stuecke: dict[str, Any]) -> None:
    stil = stuecke["index"]["stil"]
    assert stil["farben"] == PALETTE
    assert stil["klassen"] == list(KLASSEN)
    assert stil["reihen"] == [list(r) for r in REIHEN]
    for pfad in (ERKUNDEN, BERICHT):
        assert not re.findall(r"#[0-9a-f]{6}\b", skript(pfad)[1].decode())


def test_am_anfang_wird_wenig_geladen() -> None:
    anfang = _stuecke()[f"{ORDNER}/index.js"] + skript(ERKUNDEN)[1]
    assert len(gzip.compress(anfang)) < ANFANG_HOECHSTENS


def test_gleiche_daten_geben_gleiche_stuecke_bei_anderer_ordnung_der_zeilen() -> None:
    gemischt = welt.werte().sample(fraction=1, shuffle=True, seed=3)
    assert _stuecke(werte=gemischt) == _stuecke()


def test_ausgabe_fuer_einen_kreis_fuehrt_zur_oeffentlichen_und_hat_selbst_keine() -> None:
    seiten = dict(erzeuge(welt.berichtsdaten(edition=fuer("X1"))))
    assert not [p for p in seiten if p.startswith(ORDNER) or p in (ERKUNDEN, "erkunden.html")]
    assert f'href="../{OEFFENTLICH}/erkunden.html"' in seiten["kreis_X1.html"].decode()


def test_ansichten_stehen_im_formular_wie_im_verzeichnis(stuecke: dict[str, Any]) -> None:
    assert stuecke["index"]["ansichten"] == [list(a) for a in ANSICHTEN]


def test_datenskript_haelt_jeden_text_aus() -> None:
    boese = {"a": "</script>\u2028\"'\\"}
    assert lies_daten(datenskript("x", boese)) == boese
    with pytest.raises(ValueError, match="JSON"):
        datenskript("x", {"a": float("nan")})
