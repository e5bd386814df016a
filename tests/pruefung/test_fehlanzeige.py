"""Nothing to report: an empty file is accepted for itself; what is missing depends on tasks, not on the order."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import nimm_an
from assets.pruefung.lieferungen import lieferstand, offene, pruefe_alle
from assets.pruefung.pruefen import Pruefung, pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Schwere
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, UMGEBUNG, Zeile

MOEGLICH = sorted(d.name for d in alle_datensaetze().values() if d.fehlanzeige)


def _pruefe(datensatz: str, inhalt: bytes) -> Pruefung:
    return pruefe(inhalt, f"{datensatz}.csv", alle_datensaetze()[datensatz], UMGEBUNG)


def _kopf(datensatz: str) -> bytes:
    return als_csv(datensatz, [])


@pytest.mark.parametrize("datensatz", MOEGLICH)
@pytest.mark.parametrize("rest", [b"", b"\r\n\r\n", b";;;;;;\r\n", b"\r\nQuelle: eigene Erhebung\r\n"])
def test_nur_eine_kopfzeile_ist_eine_fehlanzeige(datensatz: str, rest: bytes) -> None:
    pruefung = _pruefe(datensatz, _kopf(datensatz) + rest)
    assert pruefung.tabelle is not None
    assert pruefung.tabelle.is_empty()
    assert pruefung.zustand == "angenommen_mit_hinweisen"
    assert pruefung.je_regel["fehlanzeige"] == 1
    assert pruefung.anzahl[Schwere.FEHLER] == 0


@pytest.mark.parametrize("datensatz", sorted(set(alle_datensaetze()) - set(MOEGLICH)))
def test_wo_es_immer_etwas_gibt_ist_sie_ein_fehler(datensatz: str) -> None:
    pruefung = _pruefe(datensatz, _kopf(datensatz).replace(b"berichtsjahr", b"Berichtsjahr"))
    assert pruefung.tabelle is None
    assert pruefung.je_regel == {"no_data": 1}


@pytest.mark.parametrize("datensatz", MOEGLICH)
def test_fehlt_ausser_den_zeilen_noch_etwas_ist_es_keine(datensatz: str) -> None:
    ohne_spalte = _kopf(datensatz).replace(b"meldeeinheit", b"unbekannt")
    assert _pruefe(datensatz, ohne_spalte).tabelle is None
    if alle_datensaetze()[datensatz].masse:
        summenzeile = (
            _kopf(datensatz) + b"Summe;" + b";" * (len(alle_datensaetze()[datensatz].spalten) - 3) + b";12\r\n"
        )
        assert _pruefe(datensatz, summenzeile).tabelle is None


Ankunft = Callable[[Ablage], None]


def _nimm(datensatz: str, zeilen: list[Zeile]) -> Ankunft:
    def ankunft(ablage: Ablage) -> None:
        nimm_an(ablage, LAND, f"{datensatz}_{EINHEIT.id}_2025.csv", als_csv(datensatz, zeilen), weg="test")

    return ankunft


def _aufgaben(**anders: str) -> list[Zeile]:
    return [
        z | {"wahrgenommen": anders.get(z["aufgabe"], "SELBST"), "begruendung": "Es gibt keinen Bedarf."}
        for z in GUELTIG["aufgaben"]()
    ]


def _zustaende(ablage: Ablage) -> dict[str, str]:
    stand = lieferstand(ablage, LAND).filter(meldeeinheit=EINHEIT.id, berichtsjahr=2025)
    return dict(stand.select("datensatz", "zustand").iter_rows())


ANKUENFTE: dict[str, Ankunft] = {
    "aufgaben": _nimm("aufgaben", _aufgaben(RKB="NICHT", KIK="ENTFAELLT")),
    "leer": _nimm("zustaendigkeit", []),
    "stellen": _nimm("stellen", GUELTIG["stellen"]()),
}


@pytest.mark.parametrize("folge", list(permutations(ANKUENFTE)))
def test_die_reihenfolge_der_ankunft_aendert_nichts(tmp_path: Path, folge: tuple[str, ...]) -> None:
    ablage = Ablage(tmp_path)
    for name in folge:
        ANKUENFTE[name](ablage)
        list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    zustaende = _zustaende(ablage)
    assert zustaende["rueckkehr"] == "nicht_erwartet"
    assert zustaende["zustaendigkeit"] == "angenommen_mit_hinweisen"
    assert zustaende["personal"] == "fehlt"
    assert not offene(ablage, LAND)


def test_auch_ein_lauf_ohne_die_aufgaben_kennt_sie(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    ANKUENFTE["aufgaben"](ablage)
    list(pruefe_alle(ablage, LAND, [Lieferschluessel("rueckkehr", 2025, EINHEIT.id)]))
    assert _zustaende(ablage)["rueckkehr"] == "nicht_erwartet"


def test_eine_spaetere_angabe_gilt_und_eine_zurueckgewiesene_nicht(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    ANKUENFTE["aufgaben"](ablage)
    list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    _nimm("aufgaben", _aufgaben()[:-1])(ablage)
    list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    assert _zustaende(ablage)["rueckkehr"] == "nicht_erwartet", "die letzte angenommene Fassung gilt"
    _nimm("aufgaben", _aufgaben())(ablage)
    offen = {s.datensatz for s in offene(ablage, LAND)}
    assert {"aufgaben", "rueckkehr"} <= offen
    assert "zielgruppe" not in offen
    list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    assert _zustaende(ablage)["rueckkehr"] == "fehlt"
