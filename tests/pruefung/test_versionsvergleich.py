"""Two versions side by side: nothing is called a change that is none, and every change is counted once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.pruefung.pruefen import lies
from assets.pruefung.versionsvergleich import (
    HOECHSTENS,
    Fassungstabelle,
    Schwelle,
    Vergleich,
    fassungstabelle,
    vergleiche,
)
from schemas.datensaetze import alle_datensaetze
from schemas.pfade import BEISPIELE
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG

SCHWELLE = Schwelle(0.3, 20)
BEISPIEL = (BEISPIELE / "v1" / f"beratung_{EINHEIT.id}_2025.csv").read_text(encoding="utf-8-sig").splitlines()


def lies_texte(datensatz: str, inhalt: bytes) -> Fassungstabelle:
    d = alle_datensaetze()[datensatz]
    return fassungstabelle(lies(inhalt, "x.csv", d), d)


def hole(alt: bytes, neu: bytes, datensatz: str = "beratung") -> Vergleich:
    return vergleiche(alle_datensaetze()[datensatz], lies_texte(datensatz, alt), lies_texte(datensatz, neu), SCHWELLE)


def datei(zeilen: list[str]) -> bytes:
    return "\r\n".join(zeilen).encode()


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_dieselben_zeilen_in_anderer_folge_sind_kein_unterschied(datensatz: str) -> None:
    zeilen = GUELTIG[datensatz]()
    v = hole(als_csv(datensatz, zeilen), als_csv(datensatz, zeilen[::-1]), datensatz)
    assert v.hat_zeilen
    assert v.anzahl == {"neu": 0, "entfallen": 0, "geaendert": 0}
    assert all(s.alt == s.neu for s in v.summen)


def test_andere_schreibweise_ist_kein_unterschied_und_ein_anderer_wert_ist_einer() -> None:
    kopf, erste = BEISPIEL[0], "2025;14511;J;KREIS;IBZ;T;PERSON;{};.;1;0;HAUPTTHEMA;TERMIN;NICHT;"
    v = hole(datei([kopf, erste.format("1.234")]), datei([kopf, erste.format("1234").replace("IBZ", "ibz")]))
    assert v.anzahl == {"neu": 0, "entfallen": 0, "geaendert": 0}
    v = hole(datei([kopf, erste.format("1.234")]), datei([kopf, erste.format("1.900")]))
    assert [(c.spalte, c.alt, c.neu, c.gross) for z in v.geaendert for c in z.zellen] == [
        ("beratungen", "1234", "1900", True)
    ]
    assert (v.summen[0].spalte, v.summen[0].alt, v.summen[0].neu, v.summen[0].gross) == ("beratungen", 1234, 1900, True)
    unbekannt = hole(datei([kopf, erste.format("12")]), datei([kopf, erste.format(".")]))
    assert [(c.alt, c.neu, c.gross) for z in unbekannt.geaendert for c in z.zellen] == [("12", ".", False)]


@given(st.randoms(use_true_random=False), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_jede_aenderung_zaehlt_genau_einmal(zufall: random.Random, weg: int, neu: int, anders: int) -> None:
    kopf, *rumpf = BEISPIEL[:80]
    zeilen = zufall.sample(rumpf, len(rumpf))
    alte = zeilen[: len(zeilen) - neu]
    neue = zeilen[weg:]
    gemeinsame = zeilen[weg : len(zeilen) - neu]
    geaendert = set(zufall.sample(gemeinsame, anders))
    neue = [_anders(z) if z in geaendert else z for z in zufall.sample(neue, len(neue))]
    v = hole(datei([kopf, *alte]), datei([kopf, *neue]))
    assert v.anzahl == {"neu": neu, "entfallen": weg, "geaendert": anders}
    assert all([c.spalte for c in z.zellen] == ["beratungen"] for z in v.geaendert)
    assert {alte[(z.alte_zeile or 0) - 2] for z in v.geaendert} == geaendert
    assert all((neue[(z.neue_zeile or 0) - 2] in zeilen[len(zeilen) - neu :]) for z in v.neu)


def _anders(zeile: str) -> str:
    teile = zeile.split(";")
    return ";".join([*teile[:7], "98765", *teile[8:]])


def test_auch_was_sich_nicht_lesen_laesst_wird_als_text_verglichen() -> None:
    schlecht = [z.replace("2025;", "20x5;", 1) if n else z for n, z in enumerate(BEISPIEL[:4])]
    schlecht[1] = schlecht[1].replace(";Q1;", ";1. Quartl;")
    v = hole(datei(schlecht), datei(BEISPIEL[:4]))
    assert v.anzahl == {"neu": 1, "entfallen": 1, "geaendert": 2}
    assert v.entfallen[0].schluessel["quartal"] == "1. Quartl"
    assert {(c.spalte, c.alt, c.neu) for z in v.geaendert for c in z.zellen} == {("berichtsjahr", "20x5", "2025")}


def test_doppelte_schluessel_werden_durchgezaehlt() -> None:
    v = hole(datei(BEISPIEL[:3]), datei([*BEISPIEL[:3], BEISPIEL[2]]))
    assert v.anzahl == {"neu": 1, "entfallen": 0, "geaendert": 0}
    assert v.neu[0].neue_zeile == 4


def test_was_fehlt_wird_genannt_und_nicht_verglichen() -> None:
    def ohne(spalte: str) -> bytes:
        nr = BEISPIEL[0].split(";").index(spalte)
        return datei([";".join(t for n, t in enumerate(z.split(";")) if n != nr) for z in BEISPIEL[:5]])

    alles = datei(BEISPIEL[:5])
    v = hole(ohne("zaehlregel"), alles)
    assert (v.unvergleichbar, v.hat_zeilen, sum(v.anzahl.values())) == (("zaehlregel",), True, 0)
    v = hole(alles, ohne("stelle_id"))
    assert (v.unvergleichbar, v.hat_zeilen, v.geaendert) == (("stelle_id",), False, ())
    assert v.summen
    v = hole(alles, b"kein;Kopf\n1;2\n")
    assert (v.hat_zeilen, v.summen) == (False, ())


def test_gezeigt_wird_hoechstens_eine_seite_gezaehlt_wird_alles() -> None:
    kopf = BEISPIEL[0]
    viele = [f"2025;14511;J;FSA{n:03};FSA;T;PERSON;1;;;;HAUPTTHEMA;TERMIN;NICHT;" for n in range(HOECHSTENS + 5)]
    v = hole(datei([kopf, viele[0]]), datei([kopf, *viele]))
    assert v.anzahl["neu"] == HOECHSTENS + 4
    assert len(v.neu) == HOECHSTENS
