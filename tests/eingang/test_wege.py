"""The native way and the careful way give the same table, wherever the native one answers at all."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.eingang.lesen.dialekt import finde_kopf
from assets.eingang.lesen.kopfzeile import Namensbuch
from assets.eingang.lesen.rohtabelle import schnell, sorgfaeltig
from schemas.befunde import Befundliste
from tests.eingang.muster import KOPF, SPALTEN, ZEILEN, als_csv, datei
from tests.haerte import FAKTOR

ZELLE = st.text(alphabet="ab1,.;\" \t\r\näß€\u00a0\u2028#'=\\", max_size=6)
BREITE = len(KOPF)


def _vergleiche(text: str, *, erwartet: bool | None = None) -> None:
    daten = text.encode()
    fund = finde_kopf(daten, Namensbuch(SPALTEN))
    if fund is None:
        assert not erwartet
        return
    nativ, liste = schnell(daten, fund), Befundliste()
    genau = sorgfaeltig(daten, fund, liste)
    if erwartet is not None:
        assert (nativ is not None) is erwartet
    if nativ is not None:
        assert liste.befunde == ()
        namen = nativ.namen
        ohne_raender = [
            f.zellen.with_columns(*(f.zellen[c].str.strip_chars().replace("", None) for c in namen))
            for f in (nativ, genau)
        ]
        assert ohne_raender[0].equals(ohne_raender[1])


@pytest.mark.haerte
@settings(max_examples=200 * FAKTOR, deadline=None)
@given(
    st.lists(st.lists(ZELLE, min_size=BREITE, max_size=BREITE), min_size=1, max_size=5),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_ordentlich_geschriebene_dateien(zeilen: list[list[str]], trennzeichen: str, ende: str, zitat: int) -> None:
    _vergleiche(als_csv([KOPF, *zeilen], trennzeichen=trennzeichen, ende=ende, zitat=zitat))


@pytest.mark.haerte
@settings(max_examples=200 * FAKTOR, deadline=None)
@given(st.lists(st.text(alphabet='ab1;" \r\nä', max_size=30), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_beliebige_zeilen(zeilen: list[str], ende: str) -> None:
    _vergleiche(";".join(KOPF) + ende + ende.join(zeilen))


def test_wann_der_schnelle_weg_gilt() -> None:
    ordentlich = datei()
    _vergleiche(ordentlich, erwartet=True)
    _vergleiche(ordentlich.rstrip(), erwartet=True)
    _vergleiche("Bericht\n\n" + ordentlich, erwartet=True)
    _vergleiche(als_csv([KOPF, *ZEILEN], zitat=csv.QUOTE_ALL), erwartet=True)
    _vergleiche(als_csv([[*KOPF[:7], "spra\nchen"], *ZEILEN]), erwartet=True)
    _vergleiche(ordentlich + "Quelle: Amt", erwartet=False)
    _vergleiche(ordentlich.replace("\r\n", "\r"), erwartet=False)
    _vergleiche(datei(["1", "2", "a\nb", "3", "4", "5", "6", "7"]), erwartet=False)
    _vergleiche(ordentlich.replace("Grünßee", '"Grün"see'), erwartet=False)
