"""No order of what people and checks do leads to a state the Lieferbuch must not have."""

import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, replace

import hypothesis.strategies as st
import sqlalchemy as sa
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.fuehren import (
    buche_eingang,
    buche_pruefungen,
    finde,
    gib_frei,
    kommentiere,
    offene_warnungen,
    ziehe_zurueck,
)
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.lesen import staende
from assets.lieferbuch.rechte import rollen_von
from assets.lieferbuch.tabellen import SYSTEM, fassungen
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.veroeffentlichen import schlage_vor, veroeffentliche
from assets.lieferbuch.zustand import ist
from schemas.lieferbuch import (
    EINGEGANGEN,
    MIT_HINWEISEN,
    OEFFENTLICHE,
    PROGRAMM,
    UEBERNOMMEN,
    URTEILE,
    ZURUECKGEZOGEN,
    uebergang,
)
from tests.lieferbuch.faelle import EINHEIT, WARNUNG, Leute, beleg, leute, urteil

_JAHRE = itertools.count(2000)
# Mostly people who may and versions that exist, or the interesting states are never reached; never those alone.
LIEFERNDE, AEMTER = st.sampled_from([0, 1, 0, 1, 2, 3]), st.sampled_from([3, 4, 3, 4, 0])
VERSIONEN = st.integers(1, 3)
_URTEILE = st.sampled_from([*UEBERNOMMEN, *UEBERNOMMEN, *URTEILE])


class Leben(RuleBasedStateMachine):
    """One delivery, five people, and everything they may try."""

    def __init__(self, buch: sa.Engine, wer: Leute) -> None:
        super().__init__()
        self.buch, self.wer = buch, astuple(wer)
        self.schluessel = Lieferschluessel("beratung", next(_JAHRE), EINHEIT)
        self.urteile: dict[int, str | None] = {}
        self.zurueckgezogen: set[int] = set()
        self.vorschlag: int | None = None

    def _versuche(self, tat: Callable[[sa.Connection], object]) -> bool:
        """Whether the Lieferbuch allowed it; only its own refusals are none of the test's business."""
        with suppress(LieferbuchError), schreibe(self.buch) as v:
            tat(v)
            return True
        return False

    @initialize(zustand=st.sampled_from(UEBERNOMMEN))
    def beginne_angenommen(self, zustand: str) -> None:
        self.reiche_ein(0)
        self.pruefe({1: zustand}, "1")

    @precondition(lambda self: len(self.urteile) < 3)
    @rule(person=LIEFERNDE)
    def reiche_ein(self, person: int) -> None:
        nummer = len(self.urteile) + 1
        neuer = replace(beleg(nummer), berichtsjahr=self.schluessel.berichtsjahr)
        if self._versuche(lambda v: buche_eingang(v, neuer, self.wer[person])):
            self.urteile[nummer] = None

    @rule(urteile=st.dictionaries(VERSIONEN, _URTEILE, min_size=1, max_size=2), regeln=st.sampled_from("12"))
    def pruefe(self, urteile: dict[int, str], regeln: str) -> None:
        neu = {nr: u for nr, u in urteile.items() if nr in self.urteile}
        gebucht = {nr: urteil(u, warnungen=int(u == MIT_HINWEISEN), regeln=regeln) for nr, u in neu.items()}
        assert self._versuche(lambda v: buche_pruefungen(v, self.schluessel, gebucht))
        self.urteile.update(neu)

    @precondition(lambda self: MIT_HINWEISEN in self.urteile.values())
    @rule(nr=VERSIONEN, person=LIEFERNDE)
    def begruende(self, nr: int, person: int) -> None:
        self._versuche(lambda v: kommentiere(v, finde(v, self.schluessel, nr), WARNUNG, "Grund", self.wer[person]))

    @precondition(lambda self: not set(UEBERNOMMEN).isdisjoint(self.urteile.values()))
    @rule(nr=VERSIONEN, person=LIEFERNDE)
    def gib_frei(self, nr: int, person: int) -> None:
        def tat(v: sa.Connection) -> None:
            fassung = finde(v, self.schluessel, nr)
            offen = offene_warnungen(v, fassung.id)
            gib_frei(v, fassung, self.wer[person])
            assert fassung.zustand in UEBERNOMMEN
            assert fassung.eingereicht_von != self.wer[person]
            assert not offen

        self._versuche(tat)

    @precondition(lambda self: len(self.urteile) > 1)
    @rule(nr=VERSIONEN, person=LIEFERNDE, grund=st.sampled_from(["falsch", ""]))
    def ziehe_zurueck(self, nr: int, person: int, grund: str) -> None:
        if self._versuche(lambda v: ziehe_zurueck(v, finde(v, self.schluessel, nr), grund, self.wer[person])):
            assert grund
            self.zurueckgezogen.add(nr)

    @precondition(lambda self: not set(UEBERNOMMEN).isdisjoint(self.urteile.values()))
    @rule(person=AEMTER)
    def schlage_vor(self, person: int) -> None:
        def tat(v: sa.Connection) -> None:
            self.vorschlag = schlage_vor(v, self.schluessel.berichtsjahr, self.wer[person])

        self._versuche(tat)

    @precondition(lambda self: self.vorschlag is not None)
    @rule(person=AEMTER)
    def veroeffentliche(self, person: int) -> None:
        nummer = self.vorschlag or 0
        self._versuche(lambda v: veroeffentliche(v, nummer, self.wer[person]))

    @invariant()
    def es_gilt_die_neueste_angenommene(self) -> None:
        gelten = [nr for nr, u in self.urteile.items() if u in UEBERNOMMEN and nr not in self.zurueckgezogen]
        with lies(self.buch) as v:
            stand = {s.schluessel: s.gueltige_version for s in staende(v)}.get(self.schluessel)
            zeilen = v.execute(sa.select(fassungen).where(ist(self.schluessel))).all()
        assert stand == max(gelten, default=None)
        for zeile in zeilen:
            assert (zeile.zustand == ZURUECKGEZOGEN) == (zeile.version in self.zurueckgezogen)
            if zeile.zustand in OEFFENTLICHE:
                assert zeile.freigegeben_von not in (None, SYSTEM, zeile.eingereicht_von)
            if self.urteile[zeile.version] is None:
                assert zeile.zustand not in (*URTEILE, *OEFFENTLICHE)
            if zeile.version < (stand or 0):
                assert zeile.zustand not in (EINGEGANGEN, *UEBERNOMMEN)

    def teardown(self) -> None:
        """Each state was reached by allowed steps, taken by people who may."""
        with lies(self.buch) as v:
            assert pruefe_kette(v).ist_heil
            for zeile in v.execute(sa.select(fassungen).where(ist(self.schluessel))).all():
                stand: str | None = None
                for e in lies_ereignisse(v, zeile.id):
                    if e.art != "zustand":
                        continue
                    daten = json.loads(e.daten)
                    assert daten["von"] == stand
                    schritt = uebergang(stand, daten["nach"])
                    assert schritt is not None
                    darf = {PROGRAMM} if e.akteur == SYSTEM else {rolle for rolle, _ in rollen_von(v, e.akteur)}
                    assert darf & set(schritt.rollen)
                    stand = daten["nach"]
                assert stand == zeile.zustand


def test_kein_weg_bricht_eine_regel(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        wer = leute(v)

    class DiesesLeben(Leben):
        def __init__(self) -> None:
            super().__init__(buch, wer)

    run_state_machine_as_test(DiesesLeben, settings=settings(max_examples=20, stateful_step_count=30, deadline=None))


def test_der_automat_kommt_bis_zum_ende(buch: sa.Engine) -> None:
    """What the machine above may try does lead through all states; else it would show nothing."""
    with schreibe(buch) as v:
        wer = leute(v)
    leben = Leben(buch, wer)
    leben.beginne_angenommen(MIT_HINWEISEN)
    leben.gib_frei(1, 1)
    leben.begruende(1, 0)
    leben.gib_frei(1, 1)
    leben.schlage_vor(3)
    leben.veroeffentliche(4)
    leben.es_gilt_die_neueste_angenommene()
    with lies(buch) as v:
        erreicht = [json.loads(e.daten)["nach"] for e in lies_ereignisse(v) if e.art == "zustand"]
    assert erreicht == [EINGEGANGEN, MIT_HINWEISEN, "freigegeben", "veroeffentlicht"]
    leben.teardown()
