"""Who is told what, as a rule of the state and the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import BITTE_FREIGEBEN
from assets.lieferbuch.neuigkeiten import Fassungslage, Meldelage, Nachricht, Offen, Person, ist_frisch, nachrichten
from assets.lieferbuch.tabellen import SYSTEM, UNBEKANNT
from schemas.lieferbuch import (
    ANGENOMMEN,
    ANSICHT,
    BEARBEITUNG,
    EINGEGANGEN,
    ERSETZT,
    FACHSTELLE,
    FREIGABE,
    FREIGEGEBEN,
    MIT_HINWEISEN,
    ZURUECKGEWIESEN,
    ZURUECKGEZOGEN,
    was_nun,
)

SCHLUESSEL = Lieferschluessel("beratung", 2025, "14625")
FRUEHER = datetime(2026, 1, 1, tzinfo=UTC)
JETZT = datetime(2026, 2, 1, 12, tzinfo=UTC)
BEA, BEN, FRED, GRETE, ANNA, FREMD, STELLE = range(3, 10)


def person(nummer: int, *rollen: str, einheit: str | None = "14625", seit: datetime = FRUEHER) -> Person:
    return Person(nummer, f"P{nummer}", f"p{nummer}@example.org", {(rolle, einheit): seit for rolle in rollen})


LEUTE = (
    person(BEA, BEARBEITUNG),
    person(BEN, BEARBEITUNG),
    person(FRED, FREIGABE),
    person(GRETE, BEARBEITUNG, FREIGABE),
    person(ANNA, ANSICHT),
    person(FREMD, BEARBEITUNG, FREIGABE, einheit="14511"),
    person(STELLE, FACHSTELLE, einheit=None),
)


def fassung(zustand: str, *, version: int = 1, von: int = BEA, offen: bool = False) -> Fassungslage:
    return Fassungslage(
        id=version,
        schluessel=SCHLUESSEL,
        version=version,
        zustand=zustand,
        eingereicht_von=von,
        zurueckgezogen_von=None,
        schluesselaussteller=frozenset(),
        warnungen_offen=offen,
        begruendet_am=None,
        ereignis=10 * version,
        seit=JETZT,
    )


def melde(*fassungen: Fassungslage, leute: tuple[Person, ...] = LEUTE) -> list[Nachricht]:
    return nachrichten(Meldelage(fassungen, leute, [], {}, ()), JETZT)


def wer(gemeldet: list[Nachricht]) -> set[tuple[int, str, int | None]]:
    return {(n.person, n.anlass, n.version) for n in gemeldet}


@pytest.mark.parametrize(
    ("lage", "erwartet"),
    [
        ([fassung(EINGEGANGEN)], {(BEA, EINGEGANGEN, 1)}),
        ([fassung(ZURUECKGEWIESEN)], {(BEA, ZURUECKGEWIESEN, 1)}),
        ([fassung("nicht_ausgefuellt")], {(BEA, ZURUECKGEWIESEN, 1)}),
        ([fassung(ANGENOMMEN)], {(BEA, ANGENOMMEN, 1), (FRED, ANGENOMMEN, 1), (GRETE, ANGENOMMEN, 1)}),
        ([fassung(ANGENOMMEN, von=GRETE)], {(GRETE, ANGENOMMEN, 1), (FRED, ANGENOMMEN, 1)}),
        # Before the warnings are explained nobody can release it.
        ([fassung(MIT_HINWEISEN, offen=True)], {(BEA, ANGENOMMEN, 1)}),
        ([fassung(MIT_HINWEISEN)], {(BEA, ANGENOMMEN, 1), (FRED, ANGENOMMEN, 1), (GRETE, ANGENOMMEN, 1)}),
        # Whoever released it knows.
        ([fassung(FREIGEGEBEN)], {(BEA, ANGENOMMEN, 1)}),
        ([fassung(ZURUECKGEZOGEN)], set()),
        # Nobody signed in, somebody unknown, or the Fachstelle: those who work on the deliveries have to know.
        ([fassung(EINGEGANGEN, von=SYSTEM)], {(p, EINGEGANGEN, 1) for p in (BEA, BEN, GRETE)}),
        ([fassung(EINGEGANGEN, von=STELLE)], {(p, EINGEGANGEN, 1) for p in (BEA, BEN, GRETE, STELLE)}),
        # Nobody can release what nobody is known to have sent.
        ([fassung(ANGENOMMEN, von=UNBEKANNT)], {(p, ANGENOMMEN, 1) for p in (BEA, BEN, GRETE)}),
        # Of two versions of the same person the newer is the news.
        ([fassung(EINGEGANGEN), fassung(EINGEGANGEN, version=2)], {(BEA, EINGEGANGEN, 2)}),
        ([fassung(ZURUECKGEWIESEN), fassung(EINGEGANGEN, version=2)], {(BEA, EINGEGANGEN, 2)}),
        (
            [fassung(EINGEGANGEN), fassung(EINGEGANGEN, version=2, von=BEN)],
            {(BEA, EINGEGANGEN, 1), (BEN, EINGEGANGEN, 2)},
        ),
        # A colleague has put things right: no advice to do it again.
        ([fassung(ZURUECKGEWIESEN), fassung(EINGEGANGEN, version=2, von=BEN)], {(BEN, EINGEGANGEN, 2)}),
        # What stands and waits is told although a newer one was refused.
        (
            [fassung(ANGENOMMEN), fassung(ZURUECKGEWIESEN, version=2)],
            {(BEA, ANGENOMMEN, 1), (FRED, ANGENOMMEN, 1), (GRETE, ANGENOMMEN, 1), (BEA, ZURUECKGEWIESEN, 2)},
        ),
        # Replaced: said to whoever sent it, unless it was their own doing or they hear of the newer one.
        ([fassung(ERSETZT), fassung(FREIGEGEBEN, version=2)], {(BEA, ANGENOMMEN, 2)}),
        ([fassung(ERSETZT), fassung(FREIGEGEBEN, version=2, von=BEN)], {(BEA, ERSETZT, 1), (BEN, ANGENOMMEN, 2)}),
        ([fassung(ERSETZT, von=GRETE), fassung(FREIGEGEBEN, version=2, von=BEN)], {(BEN, ANGENOMMEN, 2)}),
    ],
)
def test_wer_was_erfaehrt(lage: list[Fassungslage], erwartet: set[tuple[int, str, int]]) -> None:
    assert wer(melde(*lage)) == erwartet


def test_wer_zurueckzieht_erfaehrt_nicht_dass_die_vorige_wieder_gilt() -> None:
    zweite = replace(fassung(ZURUECKGEZOGEN, version=2), zurueckgezogen_von=BEA)
    assert wer(melde(fassung(ANGENOMMEN), zweite)) == {(FRED, ANGENOMMEN, 1), (GRETE, ANGENOMMEN, 1)}


def test_wer_den_schluessel_gemacht_hat_wird_nicht_um_die_freigabe_gebeten() -> None:
    lage = replace(fassung(ANGENOMMEN), schluesselaussteller=frozenset({FRED}))
    assert wer(melde(lage)) == {(BEA, ANGENOMMEN, 1), (GRETE, ANGENOMMEN, 1)}


def test_jeder_liest_was_er_tun_kann() -> None:
    texte = {n.person: n.was_nun for n in melde(fassung(MIT_HINWEISEN))}
    assert texte == {BEA: was_nun(ANGENOMMEN), FRED: BITTE_FREIGEBEN, GRETE: BITTE_FREIGEBEN}
    (bea,) = melde(fassung(MIT_HINWEISEN, offen=True))
    assert bea.was_nun == was_nun(MIT_HINWEISEN)


def test_wer_nicht_mehr_zustaendig_ist_erfaehrt_nichts_und_neue_nicht_was_vorher_war() -> None:
    umgezogen = (replace(LEUTE[0], rechte={(BEARBEITUNG, "14511"): FRUEHER}), *LEUTE[1:])
    assert wer(melde(fassung(EINGEGANGEN), leute=umgezogen)) == {(BEN, EINGEGANGEN, 1), (GRETE, EINGEGANGEN, 1)}
    neu = (person(20, BEARBEITUNG, FREIGABE, seit=JETZT + timedelta(seconds=1)),)
    assert not melde(fassung(ANGENOMMEN, von=SYSTEM), leute=neu)
    # But whoever sent it may have been given the right a moment later than the program saw the file.
    assert melde(fassung(ANGENOMMEN, von=20), leute=neu)


def test_die_freigabe_zaehlt_ab_der_letzten_begruendung() -> None:
    spaet = JETZT + timedelta(days=30)
    je_person = {n.person: n.seit for n in melde(replace(fassung(MIT_HINWEISEN), begruendet_am=spaet))}
    assert je_person == {BEA: JETZT, FRED: spaet, GRETE: spaet}


FRIST = date(2026, 6, 30)


def erinnere(tag: str, tage: tuple[int, ...] = (-28, -7, 1, 14)) -> list[Nachricht]:
    # Late in the evening in the zone deliverers live in, still the day before in UTC or the same: theirs counts.
    jetzt = datetime.fromisoformat(f"{tag}T00:30:00+02:00").astimezone(UTC)
    lage = Meldelage([], LEUTE, [Offen(SCHLUESSEL, "fehlt", "Bitte abgeben.")], {2025: FRIST}, tage)
    return [n for n in nachrichten(lage, jetzt) if ist_frisch(n, jetzt)]


@pytest.mark.parametrize(
    ("tag", "stufe"),
    [
        ("2026-06-01", None),
        ("2026-06-02", "2026-06-02"),
        ("2026-06-04", "2026-06-02"),
        # Three days later it would only surprise.
        ("2026-06-06", None),
        ("2026-06-23", "2026-06-23"),
        ("2026-06-30", None),
        ("2026-07-01", "2026-07-01"),
        ("2026-07-14", "2026-07-14"),
        ("2027-01-01", None),
    ],
)
def test_erinnert_wird_an_den_tagen_des_landes(tag: str, stufe: str | None) -> None:
    erwartet = {(p, f"beratung-14625-2025@{stufe}") for p in (BEA, BEN, GRETE)} if stufe else set()
    assert {(n.person, n.betrifft) for n in erinnere(tag)} == erwartet


def test_ohne_tage_wird_nicht_erinnert() -> None:
    assert not erinnere("2026-06-23", ())
