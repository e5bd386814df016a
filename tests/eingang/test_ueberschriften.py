"""Headings of the real datasets: every column is found under its own name, label and template heading."""

import pytest

from assets.eingang.lesen.kopfzeile import Namensbuch
from schemas.datensaetze import alle_datensaetze
from schemas.einheiten import gleiche_einheit, ist_einheit
from schemas.modell import Datensatz, Rolle, status_von


@pytest.mark.parametrize("datensatz", alle_datensaetze().values(), ids=lambda d: d.name)
def test_jede_spalte_wird_unter_namen_und_bezeichnung_gefunden(datensatz: Datensatz) -> None:
    buch = Namensbuch(datensatz.spalten)
    for spalte in datensatz.spalten:
        assert buch.suche(spalte.name) == (0, spalte.name)
        assert buch.suche(spalte.name.replace("_", " ").upper() + " 1)") == (0, spalte.name)
        fund = buch.suche(spalte.feld.label)
        assert fund is not None
        assert fund[1] == spalte.name
        if spalte.rolle is Rolle.MASS:
            assert buch.suche(status_von(spalte.name)) == (0, status_von(spalte.name))
            mit_einheit = buch.suche(f"{spalte.name} ({spalte.feld.einheit})")
            assert mit_einheit is not None
            assert mit_einheit[1] == spalte.name
    kopf = buch.deute([s.name for s in datensatz.spalten])
    assert kopf.treffer == len(datensatz.spalten)
    assert kopf.doppelt == {}


@pytest.mark.parametrize(
    ("text", "einheit", "gleich"),
    [
        ("€", "EUR", True),
        ("in Euro", "EUR", True),
        ("Std.", "Stunden je Woche", True),
        ("Pers.", "Personen", True),
        ("Anzahl", "Beratungen", True),
        ("Beratungen", "Beratungen", True),
        ("Anzahl", "EUR", False),
        ("%", "Personen", False),
        ("T€", "EUR", False),
        ("Personen", "Beratungen", False),
        ("Personen", None, False),
    ],
)
def test_einheiten(text: str, einheit: str | None, *, gleich: bool) -> None:
    assert gleiche_einheit(text, einheit) is gleich


def test_was_eine_einheit_ist() -> None:
    assert all(ist_einheit(t) for t in ("km²", "(in %)", "in 1000", "Mio.", "[VZÄ]"))
    assert not any(ist_einheit(t) for t in ("", "12", "Bad Möhlau", "x", "T"))
