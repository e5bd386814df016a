"""The attack with the knowledge of one Gebiet: the office knows all its own cells and learns about its neighbours."""

from assets.angriff.laufen import Angriff, Einstellung
from assets.angriff.urteil import Grund
from tests.angriff.ausgaben import ausgabe, spannen, tabelle, teilt

KREISE = teilt("gebiet", "99", "99001", "99002", "99003")
GEMEINDEN = teilt("gebiet", "99001", "g1", "g2")
WAHR = {"99": 60, "99001": 14, "99002": 2, "99003": 44, "g1": 9, "g2": 5}
GEZEIGT = {**WAHR, "99001": ".", "99002": ".", "g1": ".", "g2": "."}


def _angriff() -> Angriff:
    return Angriff.auf([ausgabe([tabelle(["gebiet"], GEZEIGT)], [KREISE, GEMEINDEN])], Einstellung(alle_genau=True))


def test_wer_die_eigenen_zahlen_kennt_kennt_den_nachbarn() -> None:
    angriff = _angriff()
    assert angriff.von_fremden().urteil == "sicher"
    eigen = ausgabe([tabelle(["gebiet"], WAHR)], [KREISE, GEMEINDEN], "intern")
    sicht = angriff.von_gebiet(eigen, "99001")
    # 60 - 44 - 14
    assert spannen(sicht, "gebiet") == {("99002",): (2, 2)}
    assert [z.grund for z in sicht.unsichere] == [Grund.EXAKT]
    # The other way round the neighbour's total is known but not small, and its Gemeinden share 14.
    sicht = angriff.von_gebiet(eigen, "99002")
    assert spannen(sicht, "gebiet") == {("99001",): (14, 14), ("g1",): (1, 13), ("g2",): (1, 13)}
    assert sicht.urteil == "sicher"


def test_es_zaehlen_nur_die_eigenen_zahlen() -> None:
    eigen = ausgabe([tabelle(["gebiet"], {**WAHR, "99001": 99999})], [KREISE, GEMEINDEN], "intern")
    assert _angriff().von_gebiet(eigen, "99003").urteil == "sicher"


def test_eigene_zahlen_die_nicht_passen_sind_ein_widerspruch() -> None:
    eigen = ausgabe([tabelle(["gebiet"], {**WAHR, "99001": 999})], [KREISE, GEMEINDEN], "intern")
    assert _angriff().von_gebiet(eigen, "99001").urteil == "widerspruch"
