"""What people see of one version, in every kind of database."""

import sqlalchemy as sa

from assets.lieferbuch.einblick import begruendungen, namen
from assets.lieferbuch.fuehren import kommentiere
from assets.lieferbuch.tabellen import SYSTEM
from assets.lieferbuch.verbindung import lies, schreibe
from tests.lieferbuch.faelle import WARNUNG, angenommene, fassung


def test_begruendungen_mit_namen_in_ihrer_reihenfolge(buch: sa.Engine) -> None:
    gruppe = angenommene(buch, warnungen=2)
    with schreibe(buch) as v:
        kommentiere(v, fassung(v), WARNUNG, "Erst so.", gruppe.anna)
        kommentiere(v, fassung(v), WARNUNG, "Dann so.", gruppe.bert)
    with lies(buch) as v:
        gesagt = begruendungen(v, fassung(v).id)
        leute = namen(v, [gruppe.anna, gruppe.anna, SYSTEM])
    assert [(b.gruppe, b.text, b.name) for b in gesagt] == [
        (WARNUNG, "Erst so.", "Anna"),
        (WARNUNG, "Dann so.", "Bert"),
    ]
    assert leute[gruppe.anna] == "Anna"
    assert set(leute) == {gruppe.anna, SYSTEM}
