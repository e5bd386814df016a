"""What happens to a delivery is booked as it may be, by whom it may be, and nothing else."""

import pytest
import sqlalchemy as sa

from assets.lieferbuch.fehler import (
    LieferbuchError,
    RechtError,
    UebergangError,
    UnbekanntError,
    WiderspruchError,
)
from assets.lieferbuch.fuehren import buche_eingang, buche_pruefungen, gib_frei, kommentiere, ziehe_zurueck
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.lesen import aufgaben, staende, verlauf
from assets.lieferbuch.rechte import entzieh, lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM, fassungen
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.veroeffentlichen import schlage_vor, veroeffentliche
from schemas.lieferbuch import FASSUNGSZUSTAND, FREIGABE, VERWALTUNG, was_nun
from tests.lieferbuch.faelle import (
    EINHEIT,
    JAHR,
    SCHLUESSEL,
    WARNUNG,
    angenommene,
    beleg,
    fassung,
    leute,
    urteil,
)


def _zustaende(buch: sa.Engine) -> list[str]:
    with lies(buch) as v:
        return list(v.execute(sa.select(fassungen.c.zustand).order_by(fassungen.c.version)).scalars())


def test_jeder_stand_sagt_was_zu_tun_ist() -> None:
    for stand in FASSUNGSZUSTAND.schluessel:
        assert was_nun(stand).endswith(".")


def test_derselbe_beleg_zweimal_ist_eine_fassung(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        assert buche_eingang(v, beleg(1)) == buche_eingang(v, beleg(1))
        assert len(list(lies_ereignisse(v))) == 1


def test_eine_andere_datei_unter_derselben_nummer_wird_nicht_gebucht(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        buche_eingang(v, beleg(1))
        with pytest.raises(WiderspruchError, match="beratung-14625-2025-1"):
            buche_eingang(v, beleg(1, inhalt="anders"))


def test_wer_abgegeben_hat_kann_nachgetragen_aber_nicht_geaendert_werden(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        wer = leute(v)
        buche_eingang(v, beleg(1))
        buche_eingang(v, beleg(1), wer.anna)
        buche_eingang(v, beleg(1), wer.bert)
        assert fassung(v).eingereicht_von == wer.anna


def test_vier_augen(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v, pytest.raises(RechtError, match="zweite Person"):
        gib_frei(v, fassung(v), wer.anna)
    with schreibe(buch) as v, pytest.raises(RechtError, match="Freigabe"):
        gib_frei(v, fassung(v), wer.fremd)
    with schreibe(buch) as v, pytest.raises(RechtError, match="Freigabe"):
        gib_frei(v, fassung(v), wer.amt)
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), wer.bert)
    assert _zustaende(buch) == ["freigegeben"]


def test_ohne_abgebende_person_gibt_nur_frei_wo_es_keine_gab(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        wer = leute(v)
        buche_eingang(v, beleg(1, weg="portal"))
        buche_pruefungen(v, SCHLUESSEL, {1: urteil()})
        assert aufgaben(v, wer.bert) == []
        with pytest.raises(RechtError, match="nicht mehr bekannt"):
            gib_frei(v, fassung(v), wer.bert)
        buche_eingang(v, beleg(2, weg="korb"))
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
        gib_frei(v, fassung(v, 2), wer.bert)
    assert _zustaende(buch) == ["ersetzt", "freigegeben"]


def test_jede_warnung_braucht_eine_begruendung(buch: sa.Engine) -> None:
    wer = angenommene(buch, warnungen=3)
    with schreibe(buch) as v:
        assert [a.text for a in aufgaben(v, wer.anna)] == ["Bitte die Warnungen begründen."]
        with pytest.raises(UebergangError, match="R-W"):
            gib_frei(v, fassung(v), wer.bert)
        with pytest.raises(UnbekanntError):
            kommentiere(v, fassung(v), ("R-W", "andere"), "Text", wer.anna)
        with pytest.raises(LieferbuchError, match="Begründung"):
            kommentiere(v, fassung(v), WARNUNG, "  ", wer.anna)
        kommentiere(v, fassung(v), WARNUNG, "Neue Stelle im März.", wer.anna)
        gib_frei(v, fassung(v), wer.bert)
        # People's words can be taken out one day; the trail cannot, so it has none.
        assert not [e for e in lies_ereignisse(v) if "März" in e.daten]


def test_eine_neue_fassung_verdraengt_die_freigegebene_erst_mit_ihrer_freigabe(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), wer.bert)
        buche_eingang(v, beleg(2), wer.bert)
        assert [s.gueltige_version for s in staende(v)] == [1]
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
        (stand,) = staende(v)
        assert (stand.gueltige_version, stand.freigegebene_version) == (2, 1)
        gib_frei(v, fassung(v, 2), wer.anna)
        (stand,) = staende(v)
        assert (stand.gueltige_version, stand.freigegebene_version) == (2, 2)
    assert _zustaende(buch) == ["ersetzt", "freigegeben"]


def test_zurueckgewiesenes_laesst_stehen_was_gilt(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil("zurueckgewiesen")})
        (stand,) = staende(v)
        assert (stand.neueste_version, stand.zustand, stand.gueltige_version) == (2, "zurueckgewiesen", 1)
        assert "Bitte die Fehler laut Prüfprotokoll beheben und die Datei neu abgeben." in [
            a.text for a in aufgaben(v, wer.anna)
        ]


def test_wer_nie_geprueft_wurde_ist_ersetzt_wenn_eine_neuere_gilt(buch: sa.Engine) -> None:
    with schreibe(buch) as v:
        for version in (1, 2):
            buche_eingang(v, beleg(version))
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
    assert _zustaende(buch) == ["ersetzt", "angenommen"]


def test_unter_anderen_regeln_steht_die_vorige_fassung_wieder(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
    assert _zustaende(buch) == ["ersetzt", "angenommen"]
    with schreibe(buch) as v:
        buche_pruefungen(v, SCHLUESSEL, {2: urteil("zurueckgewiesen", regeln="2"), 1: urteil(regeln="2")})
    assert _zustaende(buch) == ["angenommen", "zurueckgewiesen"]


def test_unter_anderen_regeln_erlischt_die_freigabe_und_die_vorige_fassung_steht_wieder(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
        gib_frei(v, fassung(v, 2), wer.bert)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil("zurueckgewiesen", regeln="2"), 1: urteil(regeln="2")})
    assert _zustaende(buch) == ["angenommen", "zurueckgewiesen"]


def test_zurueckziehen_mit_grund_und_dann_gilt_die_vorige(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        buche_eingang(v, beleg(2), wer.anna)
        buche_pruefungen(v, SCHLUESSEL, {2: urteil()})
        with pytest.raises(LieferbuchError, match="Grund"):
            ziehe_zurueck(v, fassung(v, 2), " ", wer.anna)
        ziehe_zurueck(v, fassung(v, 2), "falsche Datei", wer.anna)
        assert verlauf(v, SCHLUESSEL)[0].rueckzugsgrund == "falsche Datei"
        gib_frei(v, fassung(v), wer.bert)
        with pytest.raises(RechtError, match="Fachstelle"):
            ziehe_zurueck(v, fassung(v), "doch nicht", wer.anna)
        ziehe_zurueck(v, fassung(v), "doch nicht", wer.amt)
        with pytest.raises(UebergangError, match="zurückgezogen"):
            gib_frei(v, fassung(v), wer.bert)
    assert _zustaende(buch) == ["zurueckgezogen", "zurueckgezogen"]


def test_ein_berichtsjahr_veroeffentlichen_zwei_personen(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        with pytest.raises(UebergangError, match="nichts freigegeben"):
            schlage_vor(v, JAHR, wer.amt)
        gib_frei(v, fassung(v), wer.bert)
        assert [a.text for a in aufgaben(v, wer.amt)] == ["Bitte vorschlagen, das Berichtsjahr zu veröffentlichen."]
        verworfen = schlage_vor(v, JAHR, wer.amt)
        nummer = schlage_vor(v, JAHR, wer.amt)
        with pytest.raises(UnbekanntError):
            veroeffentliche(v, verworfen, wer.amtzwei)
        with pytest.raises(RechtError, match="zweite Person"):
            veroeffentliche(v, nummer, wer.amt)
        with pytest.raises(RechtError):
            veroeffentliche(v, nummer, wer.bert)
        assert [len(aufgaben(v, p)) for p in (wer.amt, wer.amtzwei)] == [0, 1]
        veroeffentliche(v, nummer, wer.amtzwei)
    assert _zustaende(buch) == ["veroeffentlicht"]


def test_was_sich_seit_dem_vorschlag_geaendert_hat_muss_neu_vorgeschlagen_werden(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        gib_frei(v, fassung(v), wer.bert)
        nummer = schlage_vor(v, JAHR, wer.amt)
        ziehe_zurueck(v, fassung(v), "Fehler", wer.amt)
        with pytest.raises(UebergangError, match="neu vorschlagen"):
            veroeffentliche(v, nummer, wer.amtzwei)


def test_rechte_vergibt_nur_die_verwaltung_und_entzogenes_gilt_nicht_mehr(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with schreibe(buch) as v:
        chef = lege_person_an(v, "chef", "Chefin", SYSTEM)
        vergib(v, chef, VERWALTUNG, SYSTEM)
        with pytest.raises(RechtError, match="Verwaltung"):
            vergib(v, wer.fremd, FREIGABE, wer.anna, EINHEIT)
        with pytest.raises(LieferbuchError, match="Rolle"):
            vergib(v, wer.fremd, FREIGABE, chef)
        with pytest.raises(LieferbuchError, match="schon vergeben"):
            lege_person_an(v, "anna", "Anna Zwei", chef)
        entzieh(v, wer.bert, FREIGABE, chef, EINHEIT)
        with pytest.raises(RechtError, match="Freigabe"):
            gib_frei(v, fassung(v), wer.bert)


def test_was_scheitert_hinterlaesst_nichts(buch: sa.Engine) -> None:
    wer = angenommene(buch)
    with lies(buch) as v:
        vorher = pruefe_kette(v)

    def scheitere() -> None:
        with schreibe(buch) as v:
            gib_frei(v, fassung(v), wer.bert)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # the one raised above
        scheitere()
    with lies(buch) as v:
        assert pruefe_kette(v) == vorher
        assert fassung(v).zustand == "angenommen"
