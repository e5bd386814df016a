"""Traps that a release can fall into, each with numbers of its own and the interval worked out by hand."""

from dataclasses import replace

import polars as pl
import pytest

from assets.angriff.laufen import Einstellung
from assets.angriff.lesen import Ableitung, Tabelle, Zerlegung
from assets.angriff.urteil import Grund, Urteil
from tests.angriff.ausgaben import GENAU, ausgabe, greife_an, kreuztabelle, quotient, spannen, tabelle, teilt

GESCHLECHT = teilt("geschlecht", "T", "M", "W")
KREISE = teilt("gebiet", "99", "99001", "99002", "99003")


def test_zwei_luecken_in_jeder_zeile_und_doch_genau() -> None:
    zellen = kreuztabelle(
        {
            "p": [".", ".", ".", 9, 26],
            "q": [".", 12, ".", 6, 34],
            "r": [7, ".", 5, ".", 28],
            "s": [3, ".", 4, ".", 23],
            "T": [23, 26, 26, 36, 111],
        },
        ["a", "b", "c", "d", "T"],
    )
    zerlegungen = [teilt("zeile", "T", "p", "q", "r", "s"), teilt("spalte", "T", "a", "b", "c", "d")]
    befund = greife_an(ausgabe([tabelle(["zeile", "spalte"], zellen)], zerlegungen))
    # Rows p and q hide 17 + 16, columns a and c hide 13 + 17 of them; the rest is p/b.
    assert spannen(befund, "zeile", "spalte")["p", "b"] == (3, 3)
    assert befund.urteil == "unsicher"


def test_null_und_eins_in_der_summe() -> None:
    null = ausgabe([tabelle(["teil"], {"T": 0, "a": ".", "b": ".", "c": 0})], [teilt("teil", "T", "a", "b", "c")])
    # A withheld cell is at least 1 where zeros are shown, so this release contradicts itself …
    assert "geht nicht auf: gezeigt ist 0, die Teile ergeben mindestens 2" in greife_an(null).widersprueche[0]
    # … and where they are not, both are 0.
    offen = replace(null, mindestens=0)
    assert set(spannen(greife_an(offen), "teil").values()) == {(0, 0)}
    zerlegung = teilt("teil", "T", "a", "b", "c", "d")
    eins = ausgabe([tabelle(["teil"], {"T": 15, "a": 10, "b": 3, "c": ".", "d": "."})], [zerlegung])
    befund = greife_an(eins)
    assert spannen(befund, "teil") == {("c",): (1, 1), ("d",): (1, 1)}
    assert {z.grund for z in befund.gesperrt} == {Grund.EXAKT}
    assert befund.urteil == "unsicher"


def _gruppierungen(*namen: str, n: object) -> tuple[Tabelle, ...]:
    """Six codes in two groupings; each grouping hides what it must for itself."""
    blaetter = {"a": ".", "b": ".", "c": 30, "d": ".", "e": ".", "f": n}
    gruppen = {"x": {"X1": 39, "X2": 45}, "y": {"Y1": 53, "Y2": 31}}
    return tuple(tabelle(["staat"], {"T": 84, **gruppen[name], **blaetter}, name) for name in namen)


ZWEI_GRUPPIERUNGEN = [
    teilt("staat", "T", "X1", "X2", satz="x"),
    teilt("staat", "X1", "a", "b", "c", satz="x"),
    teilt("staat", "X2", "d", "e", "f", satz="x"),
    teilt("staat", "T", "Y1", "Y2", satz="y"),
    teilt("staat", "Y1", "a", "b", "c", "d", satz="y"),
    teilt("staat", "Y2", "e", "f", satz="y"),
]


def test_jede_tabelle_fuer_sich_sicher_und_zusammen_nicht() -> None:
    (x,) = _gruppierungen("x", n=20)
    allein = greife_an(ausgabe([x], ZWEI_GRUPPIERUNGEN), einstellung=replace(GENAU, nebenbei=False))
    # a + b = 9, and d + e = 25: nothing is narrow.
    assert allein.urteil == "sicher"
    assert spannen(allein, "staat")["d",] == (1, 24)
    zusammen = greife_an(ausgabe(_gruppierungen("x", "y", n=20), ZWEI_GRUPPIERUNGEN))
    # Y1 - X1 = d
    assert spannen(zusammen, "staat")["d",] == (14, 14)
    assert {z.urteil for z in zusammen.gesperrt if z.zelle["staat"] == "d"} == {Urteil.NICHT_KLEIN}
    assert spannen(zusammen, "staat")["e",] == (11, 11)


def test_diese_ausgabe_und_die_vorige() -> None:
    frueher = ausgabe([tabelle(["teil"], {"T": 40, "a": ".", "b": ".", "c": 22})], [teilt("teil", "T", "a", "b", "c")])
    spaeter = ausgabe(
        [tabelle(["teil"], {"T": 40, "a": ".", "b": 15, "c": "."})], [teilt("teil", "T", "a", "b", "c")], "r2"
    )
    assert greife_an(frueher).urteil == greife_an(spaeter).urteil == "sicher"
    zusammen = greife_an(frueher, spaeter)
    assert spannen(zusammen, "teil") == {("a",): (3, 3), ("b",): (15, 15), ("c",): (22, 22)}
    assert zusammen.urteil == "unsicher"


def test_veraenderung_zum_vorjahr_verraet_das_vorjahr() -> None:
    zerlegung = teilt("teil", "T", "a", "b", "c")
    alt = tabelle(["teil"], {"T": 60, "a": ".", "b": ".", "c": 40}, "alt", jahr="2024")
    neu = tabelle(["teil"], {"T": 70, "a": 12, "b": 13, "c": 45}, "neu")
    assert greife_an(ausgabe([alt, neu], [zerlegung])).urteil == "sicher"
    zeilen = tabelle(["teil"], {"a": 9}).zeilen.drop("mass")
    differenz = Ableitung("differenz", "d.csv", {"mass": "m"}, {"mass": "m"}, zeilen, jahre=1)
    befund = greife_an(ausgabe([alt, neu], [zerlegung], ableitungen=(differenz,)))
    assert spannen(befund, "teil") == {("a",): (3, 3), ("b",): (17, 17)}
    # 12 / a - 1 rounded to whole percent is 300 for a = 3 alone.
    prozent = replace(differenz, art="veraenderung", faktor=100.0, zeilen=zeilen.with_columns(wert=pl.lit("300")))
    assert spannen(greife_an(ausgabe([alt, neu], [zerlegung], ableitungen=(prozent,))), "teil") == spannen(
        befund, "teil"
    )


def _mit_stand(t: Tabelle, stand: str) -> Tabelle:
    return replace(t, zeilen=t.zeilen.with_columns(stand=pl.lit(stand)))


def test_zwei_fassungen_einer_ausgabe() -> None:
    zerlegung = teilt("teil", "T", "a", "b", "c")
    erste = tabelle(["teil"], {"T": 40, "a": ".", "b": ".", "c": 22})
    zweite = tabelle(["teil"], {"T": 42, "a": ".", "b": 15, "c": "."})
    # Without a vintage the same cell has two values, which is said with both places.
    ohne = greife_an(ausgabe([erste], [zerlegung]), ausgabe([zweite], [zerlegung], "r2"))
    assert "40 in „r1/t“, 42 in „r2/t“" in ohne.widersprueche[0]
    # Corrected cells have a vintage of their own and are not the cells of before.
    mit = greife_an(
        ausgabe([_mit_stand(erste, "1")], [zerlegung]), ausgabe([_mit_stand(zweite, "2")], [zerlegung], "r2")
    )
    assert mit.urteil == "sicher"
    # Cells that kept their vintage are the same in both: a + b = 18 and b = 15.
    gleich = {"T": "1", "a": "1", "b": "1", "c": "2"}
    teils = replace(
        zweite, zeilen=zweite.zeilen.with_columns(stand=pl.col("teil").replace_strict(gleich)).filter(teil="b")
    )
    befund = greife_an(ausgabe([_mit_stand(erste, "1")], [zerlegung]), ausgabe([teils], [zerlegung], "r2"))
    assert spannen(befund, "teil")["a",] == (3, 3)


def test_eine_rate_mal_ihr_nenner_ist_die_zahl() -> None:
    zellen = {("99", "T"): 90, ("99001", "T"): ".", ("99002", "T"): ".", ("99003", "T"): 60}
    faelle = tabelle(["gebiet", "geschlecht"], zellen, "faelle", mass="faelle")
    volk = tabelle(["gebiet"], {"99001": 1804, "99002": 9000}, "volk", mass="volk", schutz="offen")
    assert greife_an(ausgabe([faelle, volk], [KREISE])).urteil == "sicher"
    rate = quotient(["gebiet"], {"99001": 1.7}, "faelle", "volk", faktor=1000.0, nachkommastellen=1)
    befund = greife_an(ausgabe([faelle, volk], [KREISE], ableitungen=(rate,)))
    assert spannen(befund, "gebiet") == {("99001",): (3, 3), ("99002",): (27, 27)}
    # With an unknown denominator the numerator stays open, and so does it with a withheld rate.
    ohne_volk = greife_an(ausgabe([faelle], [KREISE], ableitungen=(rate,)))
    assert spannen(ohne_volk, "gebiet")["99001",] == (1, 29)
    gesperrt = replace(rate, zeilen=rate.zeilen.with_columns(wert=pl.lit(".")))
    assert greife_an(ausgabe([faelle, volk], [KREISE], ableitungen=(gesperrt,))).urteil == "sicher"


def test_raten_runden_kaufmaennisch() -> None:
    # 12.5 % of 8 is 1; shown as 13 the value must be rounded up, and 12 would be another numerator.
    zeile = {("99", "T"): 8}
    nenner = tabelle(["gebiet", "geschlecht"], zeile, "n", mass="n", schutz="offen")
    zaehler = tabelle(["gebiet", "geschlecht"], {("99", "T"): "."}, "z", mass="z")
    rate = quotient(["gebiet"], {"99": 13}, "z", "n", faktor=100.0)
    assert spannen(greife_an(ausgabe([nenner, zaehler], [], ableitungen=(rate,))), "gebiet")["99",] == (1, 1)
    falsch = quotient(["gebiet"], {"99": 12}, "z", "n", faktor=100.0)
    befund = greife_an(ausgabe([nenner, zaehler], [], ableitungen=(falsch,)))
    assert "raten.csv" in befund.widersprueche[0]


def test_alterskreise_die_sich_ueberschneiden() -> None:
    """Nothing is withheld at all: the bands 0-17 and 0-19 differ by the 18 and 19 year olds."""
    zerlegungen = [
        teilt("alter", "0-19", "0-17", "18-19", satz="fein"),
        teilt("alter", "T", "0-17", "18+", satz="a"),
        teilt("alter", "T", "0-19", "20+", satz="b"),
    ]
    a = tabelle(["alter"], {"T": 100, "0-17": 31, "18+": 69}, "a")
    b = tabelle(["alter"], {"T": 100, "0-19": 34, "20+": 66}, "b")
    befund = greife_an(ausgabe([a, b], zerlegungen), einstellung=Einstellung())
    assert spannen(befund, "alter", nebenbei=True) == {("18-19",): (3, 3)}
    assert befund.urteil == "unsicher"
    assert greife_an(ausgabe([a], zerlegungen), einstellung=Einstellung()).urteil == "sicher"


def test_gruppe_in_der_alle_dasselbe_sind() -> None:
    zellen = {("x", "T"): 7, ("x", "M"): 7, ("x", "W"): 0, ("y", "T"): 12, ("y", "M"): 12, ("y", "W"): 0}
    r = ausgabe([tabelle(["staat", "geschlecht"], zellen)], [GESCHLECHT, teilt("staat", "T", "x", "y")])
    (gruppe,) = greife_an(r).gruppen
    assert (gruppe.zelle["staat"], gruppe.dim, gruppe.code, gruppe.hi) == ("x", "geschlecht", "M", 7)
    assert len(greife_an(r, einstellung=replace(GENAU, mindestgruppe=13)).gruppen) == 2
    assert greife_an(r, einstellung=replace(GENAU, mindestgruppe=7)).gruppen == []


def test_summen_die_nicht_aufgehen_nennen_die_gleichung() -> None:
    direkt = ausgabe([tabelle(["geschlecht"], {"T": 10, "M": 4, "W": 7})], [GESCHLECHT])
    (satz,) = greife_an(direkt).widersprueche
    assert "Ausgabe „r1“" in satz
    assert "geschlecht = M + W" in satz
    assert "gezeigt ist 10, die Teile ergeben 11" in satz


def test_tabellen_ohne_gemeinsame_loesung_sind_ein_widerspruch() -> None:
    zellen = kreuztabelle({"a": [".", ".", 9], "b": [".", ".", 9], "T": [9, 10, 19]}, ["x", "y", "T"])
    zerlegungen = [teilt("z", "T", "a", "b"), teilt("s", "T", "x", "y")]
    befund = greife_an(ausgabe([tabelle(["z", "s"], zellen)], zerlegungen))
    assert befund.urteil == "widerspruch"


def _ueberlappend(paare: dict[str, tuple[str, ...]]) -> list[Zerlegung]:
    return [teilt("teil", eltern, *kinder, satz=eltern) for eltern, kinder in paare.items()]


def test_ganze_zahlen_sind_enger_als_gebrochene() -> None:
    """Each two of three parts are at most 3 together: 4.5 in all by fractions, 4 by whole numbers."""
    zerlegungen = _ueberlappend(
        {"ab": ("a", "b", "x"), "bc": ("b", "c", "y"), "ac": ("a", "c", "z"), "abc": ("a", "b", "c")}
    )
    zellen = {"ab": 3, "bc": 3, "ac": 3, **dict.fromkeys(("abc", "a", "b", "c"), ".")}
    befund = greife_an(ausgabe([tabelle(["teil"], zellen)], zerlegungen))
    assert spannen(befund, "teil") == {("abc",): (3, 4), ("a",): (1, 2), ("b",): (1, 2), ("c",): (1, 2)}


def test_was_nur_gebrochen_aufgeht_ist_ein_widerspruch() -> None:
    zerlegungen = _ueberlappend({"ab": ("a", "b"), "bc": ("b", "c"), "ac": ("a", "c")})
    zellen = {"ab": 21, "bc": 21, "ac": 21, **dict.fromkeys("abc", ".")}
    befund = greife_an(ausgabe([tabelle(["teil"], zellen)], zerlegungen))
    assert len(befund.widersprueche) == 3
    assert all("zusammen mit den anderen gezeigten Zahlen nicht" in s for s in befund.widersprueche)


def test_drei_zweiertabellen_wissen_mehr_als_ihre_summen() -> None:
    """AxB, BxC and AxC stand on one AxBxC: all of b1 are in a2, and a2 has no c1, so b1 x c1 is empty."""
    zerlegungen = [teilt(d, "T", f"{d}1", f"{d}2") for d in "abc"]
    ab = tabelle(["a", "b"], {("a1", "b1"): 0, ("a1", "b2"): 6, ("a2", "b1"): 8, ("a2", "b2"): 9}, "ab")
    ac = tabelle(["a", "c"], {("a1", "c1"): 6, ("a1", "c2"): 0, ("a2", "c1"): 0, ("a2", "c2"): 17}, "ac")
    bc = tabelle(["b", "c"], {("b1", "c1"): ".", ("b1", "c2"): ".", ("b2", "c1"): ".", ("b2", "c2"): "."}, "bc")
    r = ausgabe([ab, ac, bc], zerlegungen, mindestens=0)
    gesucht = {
        gemeinsam: spannen(greife_an(r, einstellung=replace(GENAU, nebenbei=False, gemeinsam=gemeinsam)), "b", "c")
        for gemeinsam in (False, True)
    }
    assert {g: s["b1", "c1"] for g, s in gesucht.items()} == {False: (0, 6), True: (0, 0)}


def test_gerundete_und_offene_tabellen_sind_wissen() -> None:
    zerlegung = teilt("teil", "T", "a", "b")
    eigene = tabelle(["teil"], {"T": 31, "a": ".", "b": "."}, "eigene")
    amtlich = tabelle(["teil"], {"a": 5}, "amtlich", schutz="offen", runden=5)
    befund = greife_an(ausgabe([eigene], [zerlegung]), ausgabe([amtlich], [zerlegung], "amt"))
    assert spannen(befund, "teil") == {("a",): (3, 7), ("b",): (24, 28)}
    assert befund.urteil == "sicher"
    # Rounded to 5 and one part known, the other is narrower than its own rounding.
    rund = tabelle(["teil"], {"T": 5, "a": 0, "b": 5}, "rund", schutz="runden", runden=5)
    genau = tabelle(["teil"], {"T": 3}, "genau", schutz="offen")
    # T = 3, a is 0 to 2 and b at least 3: all are exact, and 0 is no small number.
    befund = greife_an(ausgabe([rund, genau], [zerlegung]))
    assert {z.zelle.get("teil", "T") for z in befund.unsichere} == {"T", "b"}


def test_fehlende_zwischensummen_verbinden_gemeinden_und_land() -> None:
    kreise = teilt("gebiet", "99", "99001", "99002")
    gemeinden = [teilt("gebiet", "99001", "g1", "g2"), teilt("gebiet", "99002", "g3", "g4")]
    zellen = {"99": 30, "g1": 9, "g2": 8, "g3": 9, "g4": "."}
    befund = greife_an(ausgabe([tabelle(["gebiet"], zellen)], [kreise, *gemeinden]))
    assert spannen(befund, "gebiet") == {("g4",): (4, 4)}


def test_schluesselspalten_addieren_sich_nicht() -> None:
    zellen = {"T": 10, "M": ".", "W": 7}
    t = tabelle(["geschlecht"], zellen, schluessel=("mass", "berichtsjahr", "geschlecht"))
    assert greife_an(ausgabe([t], [GESCHLECHT])).urteil == "sicher"
    assert greife_an(ausgabe([replace(t, schluessel=())], [GESCHLECHT])).urteil == "unsicher"


@pytest.mark.parametrize(("prozent", "urteil"), [(10.0, Urteil.SICHER), (50.0, Urteil.UNSICHER)])
def test_summen_brauchen_eine_anteilige_breite(prozent: float, urteil: Urteil) -> None:
    """100 = a + b + 60.5, a between 10 and 15 by an official table rounded to 5: a third of 15 wide."""
    zerlegung = teilt("traeger", "T", "a", "b", "c")
    stellen = {"T": 100, "a": ".", "b": ".", "c": 60.5}
    t = tabelle(["traeger"], stellen, "vzae", art="summe", schutz="dominanz", p_prozent=prozent)
    amtlich = tabelle(["traeger"], {"a": 12.5}, "amtlich", art="summe", schutz="offen", runden=5.0)
    befund = greife_an(ausgabe([t, amtlich], [zerlegung]))
    assert spannen(befund, "traeger")["a",] == pytest.approx((10, 15))
    assert {z.zelle["traeger"]: z.urteil for z in befund.gesperrt}["a"] is urteil


def test_kleine_zahlen_die_offen_stehen_werden_genannt() -> None:
    befund = greife_an(ausgabe([tabelle(["geschlecht"], {"T": 12, "M": 3, "W": 9})], [GESCHLECHT]))
    assert [z.zelle["geschlecht"] for z in befund.gezeigt_klein] == ["M"]
    offen = tabelle(["geschlecht"], {"T": 12, "M": 3, "W": 9}, schutz="offen")
    assert greife_an(ausgabe([offen], [GESCHLECHT])).gezeigt_klein == []
