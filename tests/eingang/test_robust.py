"""Whatever bytes come in, reading and converting end with a table or with findings, and within limits."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.eingang.lesen import grenzen, lies_mappe
from schemas.modell import Schwere
from tests.eingang.mappen import mappe
from tests.eingang.muster import KOPF, SPALTEN, ZEILEN, codes, datei, lies, wandle
from tests.haerte import FAKTOR

VORLAGEN = [
    datei().encode(),
    datei().encode("cp1252"),
    datei().encode("utf-16"),
    ("sep=;\r\n" + datei()).replace(";", '";"').encode(),
    mappe({"a": [KOPF, *ZEILEN]}),
]
BISSEN = st.sampled_from(
    [b'"', b";", b",", b"\n", b"\r", b"\0", b"\xff", b"\xe4", b"\xc3", b"=", b"'", b"\xef\xbb\xbf", b" "]
)
AENDERUNGEN = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 6), st.one_of(BISSEN, st.binary(max_size=6))), min_size=1, max_size=12
)


def _veraendert(inhalt: bytes, aenderungen: list[tuple[float, int, bytes]]) -> bytes:
    """Bytes with some of them cut out and others put in."""
    for ort, weg, neu in aenderungen:
        stelle = int(ort * len(inhalt))
        inhalt = inhalt[:stelle] + neu + inhalt[stelle + weg :]
    return inhalt


def _pruefe(inhalt: bytes, name: str) -> None:
    gelesen = lies(inhalt, name)
    ergebnis = wandle(inhalt, name)
    if gelesen.zellen is None:
        assert any(b.schwere is Schwere.FEHLER for b in gelesen.befunde)
    else:
        kopf = gelesen.dialekt.kopfzeile_nr or 0
        assert all(z > kopf for z in gelesen.zellen["zeile"])
        assert gelesen.zellen["zeile"].is_sorted()
        genannt = [a.zeile for a in gelesen.ausgelassen if a.zeile > kopf]
        assert not set(genannt) & set(gelesen.zellen["zeile"])
    assert ergebnis.tabelle.columns[0] == "berichtsjahr"


@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
@given(st.sampled_from(VORLAGEN), AENDERUNGEN, st.sampled_from(["x.csv", "x.xlsx"]))
def test_veraenderte_dateien(vorlage: bytes, aenderungen: list[tuple[float, int, bytes]], name: str) -> None:
    _pruefe(_veraendert(vorlage, aenderungen), name)


@pytest.mark.haerte
@settings(max_examples=60 * FAKTOR, deadline=None)
@given(st.binary(max_size=300))
def test_beliebige_bytes(inhalt: bytes) -> None:
    _pruefe(inhalt, "x.csv")
    _pruefe(";".join(KOPF).encode() + b"\n" + inhalt, "x.csv")
    lies_mappe(b"PK\x03\x04" + inhalt, "x.xlsx", {"a": SPALTEN})


@pytest.mark.haerte
@settings(max_examples=60 * FAKTOR, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=len(KOPF), max_size=len(KOPF)), max_size=6))
@example([["", "", "", "", "", "", "", "0\n;"]])
@example([["", "", "", "", "", "", "", '0\r;\r\n"']])
def test_beliebige_zellen(zeilen: list[list[str]]) -> None:
    _pruefe(datei(*zeilen).encode("utf-8", "replace"), "x.csv")


@pytest.mark.haerte
@settings(max_examples=40 * FAKTOR, deadline=None)
@given(st.text(alphabet='<>/="rct XFD0123456789sv', max_size=300), AENDERUNGEN)
def test_beliebiges_blatt_xml(xml: str, aenderungen: list[tuple[float, int, bytes]]) -> None:
    _pruefe(mappe({"a": xml}), "x.xlsx")
    inhalt = _veraendert(VORLAGEN[4], aenderungen)
    lies_mappe(inhalt, "x.xlsx", {"a": SPALTEN})


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (b"a" * (grenzen.HOECHSTE_ZEILENLAENGE + 5), "too_large"),
        (datei().encode() + b";" * (grenzen.HOECHSTE_ZEILENLAENGE + 5), "too_large"),
        (datei().encode() + b'"\n' * (grenzen.HOECHSTE_ZEILEN + 5), "too_large"),
        (b";".join([*map(str.encode, KOPF), *[b"x"] * 900]) + b"\n" * 60_000, "too_large"),
        (datei().encode() + b"\xc3\xa4 \xff\n" * 1_000_000, "encoding_mixed"),
        (b"\n" * 2_000_000, "empty_file"),
        (b"\x00" * 1_000_000, "nul_bytes"),
        (b'"' * 1_000_000, "empty_file"),
        (datei().encode() + b'"' + b"x\n" * 100_000, "unclosed_quote"),
        ((";".join(KOPF) + ";x" * 20_000).encode(), "too_large"),
        (datei([*ZEILEN[0][:2], "x" * 40_000, *ZEILEN[0][3:]]).encode(), "cell_too_long"),
        (b" " * 900_000 + b"1)", "missing_header"),
    ],
)
def test_grenzen(inhalt: bytes, code: str) -> None:
    assert code in codes(lies(inhalt).befunde)


def test_zu_grosse_datei(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.eingang.lesen.HOECHSTE_BYTES", 50)
    assert codes(lies(datei()).befunde) == ["too_large"]


@pytest.mark.parametrize("spalte_nr", range(len(KOPF)))
def test_beliebig_viele_falsche_werte_werden_begrenzt_geprueft(spalte_nr: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.pruefung.umwandeln._HOECHSTENS_FALSCHE", 30)
    falsch = [[*ZEILEN[0][:spalte_nr], f"=x{i}", *ZEILEN[0][spalte_nr + 1 :]] for i in range(200)]
    ergebnis = wandle(datei(*ZEILEN, *falsch))
    name = KOPF[spalte_nr]
    assert ergebnis.anzahl["too_many_wrong", name] == 1
    assert [(b.spalte, b.schwere) for b in ergebnis.befunde if b.code == "too_many_wrong"] == [(name, Schwere.FEHLER)]
    assert sum(ergebnis.anzahl.values()) == 31
    assert ergebnis.tabelle[name].to_list()[3:] == [None] * 200
    assert ergebnis.tabelle[name].head(3).equals(wandle(datei()).tabelle[name])


def test_tausend_zeilen_voller_fehler_bleiben_zaehlbar() -> None:
    from schemas.befunde import BEFUNDE_JE_ART, je_kennung

    anzahl = BEFUNDE_JE_ART + 500
    zeilen = [["2025", "1099", "-", "WAS", "31.13.2025", f"{i}o", f"1.{i}.5", "xx"] for i in range(anzahl)]
    ergebnis = wandle(datei(*zeilen))
    assert je_kennung(ergebnis.anzahl)["invalid_number"] == anzahl
    assert je_kennung(ergebnis.anzahl)["unknown_code"] == 2 * anzahl
    assert sum(b.code == "invalid_number" for b in ergebnis.befunde) == BEFUNDE_JE_ART
    assert ergebnis.tabelle.height == anzahl
    assert ergebnis.tabelle.drop("zeile", "berichtsjahr").null_count().sum_horizontal()[0] == 9 * anzahl
