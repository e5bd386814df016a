"""The outbox: everything is told, once, and no more than that; attempts are few, and nothing is lost in a crash."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen, gib_frei, kommentiere, ziehe_zurueck
from assets.lieferbuch.lesen import BITTE_FREIGEBEN, aufgaben
from assets.lieferbuch.mailadresse import pruefe_adresse, setze_mail
from assets.lieferbuch.meldelage import lies_fassungen, lies_personen
from assets.lieferbuch.neuigkeiten import FRISCH, Meldelage, Nachricht, nachrichten
from assets.lieferbuch.postausgang import (
    HOECHSTE_VERSUCHE,
    PAUSEN,
    Abgleich,
    Eintrag,
    Sendung,
    eintraege,
    gibt_faellige,
    nimm_sendung,
    stelle_ein,
    vermerke_fehler,
    vermerke_stoerung,
    vermerke_versand,
)
from assets.lieferbuch.rechte import entzieh
from assets.lieferbuch.tabellen import SYSTEM, benutzer, fassungen, mails
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.zustand import ist
from schemas.lieferbuch import ANGENOMMEN, ANLASS_JE_ZUSTAND, FREIGABE, ZURUECKGEWIESEN, ZURUECKGEZOGEN
from tests.lieferbuch.faelle import EINHEIT, SCHLUESSEL, WARNUNG, Leute, beleg, fassung, leute, urteil
from tests.lieferbuch.test_eigenschaften import Leben

KENNUNGEN = ("anna", "bert", "fremd", "amt", "amtzwei")


def mit_adressen(v: sa.Connection) -> Leute:
    gruppe = leute(v)
    for kennung in KENNUNGEN:
        setze_mail(v, kennung, f"{kennung}@example.org")
    return gruppe


def wunsch(v: sa.Connection, jetzt: datetime) -> dict[tuple[int, str, str], Nachricht]:
    lage = Meldelage(lies_fassungen(v, jetzt - FRISCH), lies_personen(v), [], {}, ())
    return {n.kennung: n for n in nachrichten(lage, jetzt)}


@dataclass
class Post:
    """A ledger and a clock that can be moved on."""

    buch: sa.Engine
    jetzt: datetime

    def stelle_ein(self) -> Abgleich:
        with schreibe(self.buch) as v:
            return stelle_ein(v, list(wunsch(v, self.jetzt).values()), self.jetzt)

    def nimm(self) -> Sendung | None:
        with schreibe(self.buch) as v:
            return nimm_sendung(v, wunsch(v, self.jetzt), self.jetzt)

    def versende(self) -> list[Sendung]:
        gesandt = []
        while sendung := self.nimm():
            with schreibe(self.buch) as v:
                vermerke_versand(v, sendung, self.jetzt)
            gesandt.append(sendung)
        return gesandt

    def liste(self) -> list[Eintrag]:
        with lies(self.buch) as v:
            return eintraege(v)

    def zustaende(self, kennung: str = "anna") -> list[tuple[str, str]]:
        return [(e.anlass, e.zustand) for e in reversed(self.liste()) if e.kennung == kennung]

    def tue(self, tat: Callable[[sa.Connection], object]) -> None:
        with schreibe(self.buch) as v:
            tat(v)


@pytest.fixture
def post(buch: sa.Engine) -> Post:
    return Post(buch, datetime.now(UTC))


@pytest.fixture
def wer(post: Post) -> Leute:
    with schreibe(post.buch) as v:
        return mit_adressen(v)


def liefere(post: Post, person: int, version: int = 1, zustand: str | None = ANGENOMMEN, warnungen: int = 0) -> None:
    def tat(v: sa.Connection) -> None:
        buche_eingang(v, beleg(version), person)
        if zustand:
            buche_pruefungen(v, SCHLUESSEL, {version: urteil(zustand, warnungen=warnungen)})

    post.tue(tat)


class Postleben(Leben):
    """The life of a delivery, looked at now and then by somebody who writes mails."""

    def __init__(self, buch: sa.Engine, wer: Leute) -> None:
        super().__init__(buch, wer)
        self.post = Post(buch, datetime.now(UTC))

    @rule(senden=st.booleans())
    def schau(self, senden: bool) -> None:
        self.post.jetzt = datetime.now(UTC)
        neu = [n for n in self.post.stelle_ein().neu if n.schluessel == self.schluessel]
        assert len({(n.person, n.version) for n in neu}) == len(neu), "zwei Mails zu einer Fassung auf einmal"
        assert self.post.stelle_ein().ist_leer
        self._ist_vollstaendig()
        if senden:
            self.post.versende()
            assert self.post.stelle_ein().ist_leer

    def _ist_vollstaendig(self) -> None:
        with lies(self.buch) as v:
            alle = v.execute(sa.select(fassungen).where(ist(self.schluessel)).order_by(fassungen.c.version)).all()
            zeilen = v.execute(
                sa.select(mails).where(mails.c.fassung_id.in_([z.id for z in alle]), mails.c.hinfaellig_am.is_(None))
            ).all()
            gesagt = {(z.benutzer_id, z.anlass, z.fassung_id) for z in zeilen}
            zustand = {z.id: z.zustand for z in alle}
            for z in zeilen:
                assert z.versandt_am or ANLASS_JE_ZUSTAND.get(zustand[z.fassung_id]) == z.anlass, "nicht mehr wahr"
            if alle and alle[-1].zustand != ZURUECKGEZOGEN:
                neueste = alle[-1]
                anlass = ANLASS_JE_ZUSTAND[neueste.zustand]
                assert (neueste.eingereicht_von, anlass, neueste.id) in gesagt, "wer abgibt, weiß den Stand"
            je_version = {z.version: z for z in alle}
            for person in self.wer:
                for a in aufgaben(v, person):
                    if a.schluessel != self.schluessel or a.text != BITTE_FREIGEBEN or a.version is None:
                        continue
                    selbst = {z.zurueckgezogen_von for z in alle if z.version > a.version}
                    bekannt = (person, ANGENOMMEN, je_version[a.version].id) in gesagt
                    assert bekannt or person in selbst, "wer freigeben kann, weiß davon"

    @invariant()
    def nur_wen_es_angeht(self) -> None:
        with lies(self.buch) as v:
            abfrage = sa.select(mails.c.benutzer_id).join(fassungen, fassungen.c.id == mails.c.fassung_id)
            empfaenger = set(v.execute(abfrage.where(fassungen.c.meldeeinheit == EINHEIT)).scalars())
        assert self.wer[2] not in empfaenger


def test_jede_neuigkeit_wird_gemeldet_und_keine_zweimal(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        wer = mit_adressen(v)

    class DiesesLeben(Postleben):
        def __init__(self) -> None:
            super().__init__(buch, wer)

    run_state_machine_as_test(DiesesLeben, settings=settings(max_examples=15, stateful_step_count=25, deadline=None))


def test_eingang_und_annahme_auf_einmal_sind_eine_mail(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    assert len(post.stelle_ein().neu) == 2
    assert post.zustaende() == [("angenommen", "wartet")]
    assert {s.person: len(s.nachrichten) for s in post.versende()} == {wer.anna: 1, wer.bert: 1}
    assert post.stelle_ein().ist_leer
    assert not post.versende()


def test_was_vor_dem_versand_vorbei_ist_wird_nicht_mehr_gesagt(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand=None)
    post.stelle_ein()
    liefere(post, wer.anna)
    post.stelle_ein()
    assert post.zustaende() == [("eingegangen", "hinfällig"), ("angenommen", "wartet")]


def test_viele_lieferungen_sind_eine_mail(post: Post, wer: Leute) -> None:
    for datensatz in ("beratung", "personal", "stellen"):
        schluessel = Lieferschluessel(datensatz, 2025, EINHEIT)

        def tat(v: sa.Connection, schluessel: Lieferschluessel = schluessel) -> None:
            buche_eingang(v, replace(beleg(1), datensatz=schluessel.datensatz), wer.anna)
            buche_pruefungen(v, schluessel, {1: urteil()})

        post.tue(tat)
    post.stelle_ein()
    assert {s.person: len(s.nachrichten) for s in post.versende()} == {wer.anna: 3, wer.bert: 3}


def test_wer_gesperrt_ist_oder_keine_adresse_hat_bekommt_nichts(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    post.stelle_ein()
    post.tue(lambda v: v.execute(sa.update(benutzer).where(benutzer.c.id == wer.anna).values(gesperrt_am="2026-01-01")))
    post.tue(lambda v: setze_mail(v, "bert", None))
    post.stelle_ein()
    assert post.zustaende("anna") == post.zustaende("bert") == [("angenommen", "hinfällig")]
    assert not post.versende()
    post.tue(lambda v: setze_mail(v, "bert", "bert@example.org"))
    post.stelle_ein()
    assert [s.person for s in post.versende()] == [wer.bert]


def test_wem_das_recht_genommen_wird_erfaehrt_nichts_mehr(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    post.stelle_ein()
    post.tue(lambda v: entzieh(v, wer.bert, FREIGABE, SYSTEM, EINHEIT))
    post.stelle_ein()
    assert post.zustaende("bert") == [("angenommen", "hinfällig")]


def test_wer_freigeben_soll_erfaehrt_es_wenn_alles_begruendet_ist(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand="angenommen_mit_hinweisen", warnungen=2)
    post.stelle_ein()
    assert (post.zustaende("anna"), post.zustaende("bert")) == ([("angenommen", "wartet")], [])
    post.versende()
    with schreibe(post.buch) as v:
        kommentiere(v, fassung(v), WARNUNG, "so ist es", wer.anna)
    post.stelle_ein()
    (sendung,) = post.versende()
    assert (sendung.person, sendung.nachrichten[0].was_nun) == (wer.bert, BITTE_FREIGEBEN)
    with schreibe(post.buch) as v:
        gib_frei(v, fassung(v), wer.bert)
    assert post.stelle_ein().ist_leer


def test_ein_anderes_urteil_ist_eine_neuigkeit_und_das_alte_danach_wieder(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    for nummer, zustand in enumerate((ZURUECKGEWIESEN, ANGENOMMEN, "angenommen_mit_hinweisen")):
        post.stelle_ein()
        post.versende()
        neu = urteil(zustand, regeln=str(nummer))
        post.tue(lambda v, neu=neu: buche_pruefungen(v, SCHLUESSEL, {1: neu}))  # type: ignore[misc]
    # The last one only got hints: still accepted.
    assert post.stelle_ein().ist_leer
    assert [a for a, _ in post.zustaende()] == ["angenommen", "zurueckgewiesen", "angenommen"]


def test_wieder_gueltiges_erfahren_die_anderen(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    liefere(post, wer.bert, version=2)
    post.stelle_ein()
    post.versende()
    with schreibe(post.buch) as v:
        ziehe_zurueck(v, fassung(v, 2), "falsche Datei", wer.bert)
    post.stelle_ein()
    assert [(s.person, s.nachrichten[0].version) for s in post.versende()] == [(wer.anna, 1)]


def test_was_lange_her_ist_wird_beim_einschalten_nicht_gemeldet(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    post.jetzt += FRISCH + timedelta(minutes=1)
    assert post.stelle_ein().ist_leer


def test_was_ein_spaeter_angelegtes_buch_nachholt_wird_nicht_gemeldet(post: Post, wer: Leute) -> None:
    alt = replace(beleg(1, weg="korb"), eingegangen_am="2026-01-01T10:00:00+00:00")

    def tat(v: sa.Connection) -> None:
        buche_eingang(v, alt)
        buche_pruefungen(v, SCHLUESSEL, {1: urteil()})

    post.tue(tat)
    assert post.stelle_ein().ist_leer
    # But a new version of it is.
    liefere(post, wer.anna, version=2)
    assert {n.version for n in post.stelle_ein().neu} == {2}


def test_was_wartet_bleibt_auch_wenn_es_lange_her_ist(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna)
    post.stelle_ein()
    for _ in range(20):
        post.jetzt += timedelta(days=1)
        with schreibe(post.buch) as v:
            vermerke_stoerung(v, "Der Mailserver ist nicht erreichbar.", post.jetzt)
        assert post.stelle_ein().ist_leer
    (eine, _) = post.liste()
    assert (eine.zustand, eine.versuche, eine.fehler) == ("wartet", 0, "Der Mailserver ist nicht erreichbar.")
    assert len(post.versende()) == 2


def test_nach_einem_absturz_kommt_dieselbe_mail_noch_einmal(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand=None)
    post.stelle_ein()
    erste = post.nimm()
    assert erste is not None
    # Here the program is killed: nobody knows whether the server had it.
    assert post.nimm() is None, "solange vielleicht noch jemand sendet"
    post.jetzt += PAUSEN[0]
    zweite = post.nimm()
    assert zweite is not None
    assert (zweite.kennung, zweite.nachrichten) == (erste.kennung, erste.nachrichten)


def test_was_waehrend_des_versands_vorbei_ist_gilt_als_versandt(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand=None)
    post.stelle_ein()
    sendung = post.nimm()
    assert sendung is not None
    liefere(post, wer.anna)
    post.stelle_ein()
    with schreibe(post.buch) as v:
        vermerke_versand(v, sendung, post.jetzt)
    assert post.zustaende() == [("eingegangen", "versandt"), ("angenommen", "wartet")]


def test_was_beim_zweiten_versuch_dazukommt_ist_eine_eigene_mail(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand=ZURUECKGEWIESEN)
    post.stelle_ein()
    erste = post.nimm()
    andere = Lieferschluessel("personal", 2025, EINHEIT)
    post.tue(lambda v: buche_eingang(v, replace(beleg(1), datensatz=andere.datensatz), wer.anna))
    post.jetzt += PAUSEN[0]
    post.stelle_ein()
    gesandt = post.versende()
    assert sorted(len(s.nachrichten) for s in gesandt) == [1, 1]
    assert erste is not None
    assert erste.kennung in {s.kennung for s in gesandt}


def test_irgendwann_wird_aufgegeben_und_es_steht_da_warum(post: Post, wer: Leute) -> None:
    liefere(post, wer.anna, zustand=None)
    post.stelle_ein()
    for pause in (*PAUSEN, timedelta(days=365)):
        sendung = post.nimm()
        assert sendung is not None
        with schreibe(post.buch) as v:
            vermerke_fehler(v, sendung, "Der Mailserver nimmt die Adresse des Kontos nicht an (550).")
        post.jetzt += pause - timedelta(seconds=1)
        assert post.nimm() is None
        post.jetzt += timedelta(seconds=1)
    (eintrag,) = post.liste()
    assert (eintrag.zustand, eintrag.versuche) == ("aufgegeben", HOECHSTE_VERSUCHE)
    assert eintrag.fehler == "Der Mailserver nimmt die Adresse des Kontos nicht an (550)."
    assert post.stelle_ein().ist_leer
    with lies(post.buch) as v:
        assert not gibt_faellige(v, post.jetzt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "erika",
        "erika@",
        "@example.org",
        "erika@example.org\r\nBcc: alle@example.org",
        "erika@example.org, jo@example.org",
        '"erika muster"@example.org',
        "Erika <erika@example.org>",
        "erika@büro.example",
        "erika..m@example.org",
        f"{'e' * 300}@example.org",
    ],
)
def test_was_keine_adresse_ist_wird_keinem_konto_gegeben(buch: sa.Engine, text: str) -> None:
    with schreibe(buch) as v:
        leute(v)
        with pytest.raises(LieferbuchError, match="Mailadresse"):
            setze_mail(v, "anna", text)
    with lies(buch) as v:
        assert not lies_personen(v)


def test_eine_adresse_gehoert_zu_einem_konto(buch: sa.Engine) -> None:
    assert str(pruefe_adresse("erika.muster+x@amt-nord.example")) == "erika.muster+x@amt-nord.example"
    with schreibe(buch) as v, pytest.raises(UnbekanntError):
        setze_mail(v, "programm", "programm@example.org")
