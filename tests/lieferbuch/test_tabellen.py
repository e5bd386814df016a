"""The database itself refuses what must not be, whatever program writes to it."""

import pytest
import sqlalchemy as sa

from assets.lieferbuch.fuehren import buche_eingang, gib_frei
from assets.lieferbuch.tabellen import (
    SYSTEM,
    UNBEKANNT,
    anmeldeversuche,
    befundsummen,
    belege,
    ereignisse,
    fassungen,
    kommentare,
    lieferungen,
    mails,
    metadata,
    pruefungen,
    rechte,
    veroeffentlichungen,
    zugangsschluessel,
)
from assets.lieferbuch.verbindung import lies, schreibe
from tests.lieferbuch.faelle import EINHEIT, JAHR, Leute, angenommene, beleg, fassung, sha

ABGELEHNT = (sa.exc.IntegrityError, sa.exc.DatabaseError)
ZEIT = "2026-02-01T10:00:00+00:00"


def _abgelehnt(buch: sa.Engine, befehl: sa.Executable, warum: str) -> None:
    with pytest.raises(ABGELEHNT, match=warum), schreibe(buch) as v:
        v.execute(befehl)


@pytest.fixture
def wer(buch: sa.Engine) -> Leute:
    """A book in which Anna's delivery with warnings was accepted."""
    return angenommene(buch, warnungen=2)


def test_freigeben_kann_in_der_datenbank_nur_eine_andere_bekannte_person(buch: sa.Engine, wer: Leute) -> None:
    for person in (wer.anna, SYSTEM, UNBEKANNT):
        aenderung = sa.update(fassungen).values(zustand="freigegeben", freigegeben_von=person, freigegeben_am=ZEIT)
        _abgelehnt(buch, aenderung, "vier_augen")
    _abgelehnt(buch, sa.update(fassungen).values(zustand="freigegeben"), "ck_fassungen_freigabe")
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2))
    frei = sa.update(fassungen).where(fassungen.c.version == 2).values(freigegeben_von=wer.bert, freigegeben_am=ZEIT)
    _abgelehnt(buch, frei, "vier_augen")


def test_nach_der_freigabe_wird_niemand_anders_zum_absender(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), wer.bert)
    _abgelehnt(buch, sa.update(fassungen).values(eingereicht_von=wer.fremd), "stehen fest")


def test_ein_berichtsjahr_gibt_nur_eine_andere_person_frei_und_vorschlaege_gibt_es_einen(
    buch: sa.Engine, wer: Leute
) -> None:
    vorschlag = {"berichtsjahr": JAHR, "vorgeschlagen_von": wer.amt, "vorgeschlagen_am": ZEIT}
    with schreibe(buch) as v:
        v.execute(sa.insert(veroeffentlichungen).values(vorschlag))
    _abgelehnt(buch, sa.insert(veroeffentlichungen).values(vorschlag), "(?i)unique")
    selbst = sa.update(veroeffentlichungen).values(freigegeben_von=wer.amt, freigegeben_am=ZEIT)
    _abgelehnt(buch, selbst, "vier_augen")


@pytest.mark.parametrize("tabelle", [ereignisse, lieferungen, belege, pruefungen, befundsummen], ids=lambda t: t.name)
def test_tatsachen_werden_nur_fortgeschrieben(buch: sa.Engine, wer: Leute, tabelle: sa.Table) -> None:
    assert wer
    spalte = next(c for c in tabelle.c if isinstance(c.type, sa.Text))
    _abgelehnt(buch, sa.update(tabelle).values({spalte.name: "x" * 64}), "nur fortgeschrieben")
    _abgelehnt(buch, sa.delete(tabelle), "nur fortgeschrieben")
    if buch.dialect.name == "postgresql":
        _abgelehnt(buch, sa.text(f"TRUNCATE {tabelle.name} CASCADE"), "nur fortgeschrieben")


def test_fassungen_bleiben_und_behalten_ihre_bytes(buch: sa.Engine, wer: Leute) -> None:
    assert wer
    _abgelehnt(buch, sa.delete(fassungen), "(?i)nur fortgeschrieben|foreign key")
    _abgelehnt(buch, sa.update(fassungen).values(sha256=sha("x")), "stehen fest")
    _abgelehnt(buch, sa.update(fassungen).values(version=7), "stehen fest")


def test_kein_ereignis_kommt_dazwischen_oder_an_die_stelle_eines_anderen(buch: sa.Engine, wer: Leute) -> None:
    with lies(buch) as v:
        erstes, *_, letztes = v.execute(sa.select(ereignisse).order_by(ereignisse.c.nummer)).mappings().all()
    neues = {**letztes, "nummer": letztes["nummer"] + 1, "vorher": letztes["hash"], "hash": sha("neu")}
    for falsch in ({"nummer": neues["nummer"] + 1}, {"vorher": erstes["hash"]}, {"nummer": 1}):
        _abgelehnt(buch, sa.insert(ereignisse).values({**neues, **falsch}), "schließt nicht")
    if buch.dialect.name == "sqlite":
        for falsch in ({"nummer": 1}, {"hash": erstes["hash"]}):
            ersatz = sa.insert(ereignisse).prefix_with("OR REPLACE").values({**neues, **falsch})
            _abgelehnt(buch, ersatz, "schließt nicht")
    assert wer


def test_jede_regel_der_tabellen_wird_durchgesetzt(buch: sa.Engine, wer: Leute) -> None:
    recht = {"benutzer_id": wer.anna, "vergeben_von": SYSTEM, "vergeben_am": ZEIT}
    zugang = {
        "meldeeinheit": EINHEIT,
        "bezeichnung": "Fachverfahren",
        "sha256": sha("geheim"),
        "verantwortlich": wer.anna,
        "ausgestellt_von": wer.amt,
        "ausgestellt_am": ZEIT,
        "gueltig_bis": ZEIT,
    }
    mail = {"benutzer_id": wer.anna, "anlass": "erinnerung", "betrifft": "beratung-14625-2025", "erstellt_am": ZEIT}
    kommentar = {"fassung_id": 1, "code": "R", "spalte": "", "verfasst_von": wer.anna, "verfasst_am": ZEIT}
    with schreibe(buch) as v:
        v.execute(sa.insert(zugangsschluessel).values(zugang))
        v.execute(sa.insert(mails).values(mail))
    for befehl, warum in (
        (sa.insert(rechte).values({**recht, "rolle": "freigabe"}), "ck_rechte_rolle"),
        (sa.insert(rechte).values({**recht, "rolle": "fachstelle", "meldeeinheit": EINHEIT}), "ck_rechte_rolle"),
        (sa.insert(rechte).values({**recht, "rolle": "chef", "meldeeinheit": EINHEIT}), "ck_rechte_rolle"),
        (sa.insert(rechte).values({**recht, "rolle": "fachstelle", "benutzer_id": wer.amt}), "(?i)unique"),
        (sa.insert(zugangsschluessel).values(zugang), "(?i)unique"),
        (sa.insert(zugangsschluessel).values({**zugang, "sha256": "geheim"}), "sha256"),
        (sa.update(zugangsschluessel).values(widerrufen_am=ZEIT), "widerruf"),
        (sa.insert(anmeldeversuche).values(sha256="anna", zeitpunkt=ZEIT, erfolgreich=False), "sha256"),
        (sa.insert(mails).values(mail), "(?i)unique"),
        (sa.insert(mails).values({**mail, "anlass": "gruss"}), "anlass"),
        (sa.insert(kommentare).values({**kommentar, "text": " "}), "ck_kommentare_text"),
        (sa.insert(kommentare).values({**kommentar, "text": "x", "fassung_id": 99}), "(?i)foreign key"),
        (sa.update(fassungen).values(zustand="verloren"), "zustand"),
        (sa.update(fassungen).values(zustand="zurueckgezogen"), "rueckzug"),
    ):
        _abgelehnt(buch, befehl, warum)


def test_von_einer_lieferung_steht_hoechstens_eine_fassung(buch: sa.Engine, wer: Leute) -> None:
    assert wer
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
    _abgelehnt(buch, sa.update(fassungen).values(zustand="angenommen"), "(?i)unique")


def test_keine_spalte_ist_fuer_werte_von_zellen(buch: sa.Engine) -> None:
    assert buch
    namen = {c.name for t in metadata.tables.values() for c in t.c}
    assert not namen & {"wert", "meldung", "vorschlag", "zellen"}
