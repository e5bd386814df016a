"""Accounts as the Verwaltung keeps them, in every kind of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from assets.lieferbuch.anmeldung import (
    angemeldet,
    beginne_sitzung,
    erneuere_sitzung,
    finde_konto,
    letzte_anmeldungen,
    setze_passwort,
)
from assets.lieferbuch.fehler import LieferbuchError, RechtError, UnbekanntError
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.konten import (
    entsperre,
    gehoert_zu,
    geschehen,
    loese_link_ein,
    nummer_von,
    person,
    personen,
    sperre,
    stelle_link_aus,
)
from assets.lieferbuch.rechte import entzieh, lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM, UNBEKANNT, passwortlinks
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.verknuepfung import Subjekt, loese, mit_mail, subjekt_von, verknuepfe, verknuepfte
from schemas.lieferbuch import ANSICHT, VERWALTUNG
from tests.lieferbuch.faelle import EINHEIT

ANDERSWO = "https://anderswo.example"


@pytest.fixture
def chefs(buch: sa.Engine) -> tuple[int, int]:
    """Two of the Verwaltung who can sign in."""
    with schreibe(buch) as v:
        nummern = [lege_person_an(v, k, k.title(), SYSTEM, mail=f"{k}@amt.example") for k in ("eva", "ina")]
        for nummer, kennung in zip(nummern, ("eva", "ina"), strict=True):
            vergib(v, nummer, VERWALTUNG, SYSTEM)
            setze_passwort(v, kennung, "hash")
    return nummern[0], nummern[1]


def arten(v: sa.Connection) -> list[str]:
    return [e.art for e in lies_ereignisse(v)]


def test_sperren_wirkt_sofort_und_entsperren_stellt_wieder_her(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, ina = chefs
    with schreibe(buch) as v:
        beginne_sitzung(v, ina, "ina", "geheim")
        sperre(v, ina, eva)
        sperre(v, ina, eva)
        assert angemeldet(v, "geheim") is None
        assert finde_konto(v, "ina") is None
        with pytest.raises(RechtError):
            lege_person_an(v, "neue", "Neue", ina)
        entsperre(v, ina, eva)
        entsperre(v, ina, eva)
        assert finde_konto(v, "ina") is not None
        # A session that was ended does not come back.
        assert angemeldet(v, "geheim") is None
        assert [e.art for e in geschehen(v, ina)][:2] == ["person_entsperrt", "person_gesperrt"]
        assert [e.akteur for e in geschehen(v, ina)][:2] == [eva, eva]
        assert pruefe_kette(v).ist_heil
        assert arten(v).count("person_gesperrt") == arten(v).count("person_entsperrt") == 1


@pytest.mark.parametrize("nummer", [SYSTEM, UNBEKANNT, 4711])
def test_niemanden_kann_man_nicht_sperren(buch: sa.Engine, chefs: tuple[int, int], nummer: int) -> None:
    for tue in (sperre, entsperre):
        with pytest.raises(UnbekanntError), schreibe(buch) as v:
            tue(v, nummer, chefs[0])
    with pytest.raises(UnbekanntError), schreibe(buch) as v:
        stelle_link_aus(v, nummer, chefs[0], "geheim")


def test_niemand_sperrt_sich_selbst_aus(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, _ = chefs
    with schreibe(buch) as v:
        with pytest.raises(RechtError, match="andere Person"):
            sperre(v, eva, eva)
        with pytest.raises(RechtError, match="andere Person"):
            entzieh(v, eva, VERWALTUNG, eva)
        with pytest.raises(RechtError, match="sich selbst"):
            vergib(v, eva, ANSICHT, eva, EINHEIT)
        with pytest.raises(LieferbuchError, match="Mein Konto"):
            stelle_link_aus(v, eva, eva, "geheim")


def test_die_letzte_der_verwaltung_bleibt(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    """The command line could otherwise; somebody who cannot sign in does not count."""
    eva, ina = chefs
    with schreibe(buch) as v:
        wartet = lege_person_an(v, "wartet", "Wartet", SYSTEM)
        vergib(v, wartet, VERWALTUNG, SYSTEM)
        sperre(v, ina, SYSTEM)
        with pytest.raises(RechtError, match="letzte Person der Verwaltung"):
            sperre(v, eva, SYSTEM)
        with pytest.raises(RechtError, match="letzte Person der Verwaltung"):
            entzieh(v, eva, VERWALTUNG, SYSTEM)
        verknuepfe(v, wartet, Subjekt(ANDERSWO, "w"), SYSTEM)
        sperre(v, eva, SYSTEM)


def test_zwei_die_einander_gleichzeitig_das_recht_nehmen(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    """One of them is left, whoever came first."""

    def nimm(paar: tuple[int, int]) -> bool:
        wer, wem = paar
        try:
            with schreibe(buch) as v:
                entzieh(v, wem, VERWALTUNG, wer)
        except RechtError:
            return False
        return True

    with ThreadPoolExecutor(2) as faeden:
        gelungen = list(faeden.map(nimm, (chefs, chefs[::-1])))
    assert sorted(gelungen) == [False, True]
    with lies(buch) as v:
        assert [bool(p.rechte) for p in personen(v)].count(True) == 1


def test_ein_link_setzt_einmal_ein_passwort(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, ina = chefs
    with schreibe(buch) as v:
        beginne_sitzung(v, ina, "ina", "sitzung")
        stelle_link_aus(v, ina, eva, "erster")
        stelle_link_aus(v, ina, eva, "zweiter")
        assert gehoert_zu(v, "erster") is None
        gemeint = gehoert_zu(v, "zweiter")
        assert gemeint is not None
        assert (gemeint.kennung, gemeint.link_bis is not None) == ("ina", True)
        assert "zweiter" not in v.execute(sa.select(passwortlinks.c.sha256)).scalars().all()
        loese_link_ein(v, "zweiter", "neuer hash")
        konto = finde_konto(v, "ina")
        assert konto is not None
        assert konto.passwort_hash == "neuer hash"
        assert angemeldet(v, "sitzung") is None
        with pytest.raises(UnbekanntError):
            loese_link_ein(v, "zweiter", "noch einer")
        assert [(e.art, e.akteur) for e in geschehen(v, ina)][:2] == [("passwort_gesetzt", ina), ("passwortlink", eva)]


def test_zwei_die_denselben_link_zugleich_benutzen(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    with schreibe(buch) as v:
        stelle_link_aus(v, chefs[1], chefs[0], "link")

    def benutze(gemerkt: str) -> bool:
        try:
            with schreibe(buch) as v:
                loese_link_ein(v, "link", gemerkt)
        except UnbekanntError:
            return False
        return True

    with ThreadPoolExecutor(4) as faeden:
        assert sum(faeden.map(benutze, "abcd")) == 1


def test_alte_links_und_solche_gesperrter_gelten_nicht(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, ina = chefs
    with schreibe(buch) as v:
        stelle_link_aus(v, ina, eva, "alt")
        v.execute(sa.update(passwortlinks).values(gueltig_bis="2026-01-01T00:00:00+00:00"))
        assert gehoert_zu(v, "alt") is None
        assert person(v, ina).link_bis is None
        stelle_link_aus(v, ina, eva, "link")
        sperre(v, ina, eva)
        assert gehoert_zu(v, "link") is None
        with pytest.raises(LieferbuchError, match="entsperren"):
            stelle_link_aus(v, ina, eva, "neuer")


def test_nur_die_verwaltung_tut_das(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, _ = chefs
    with schreibe(buch) as v:
        otto = lege_person_an(v, "otto", "Otto", SYSTEM)
        for tue in (sperre, entsperre):
            with pytest.raises(RechtError):
                tue(v, eva, otto)
        with pytest.raises(RechtError):
            stelle_link_aus(v, eva, otto, "geheim")
        with pytest.raises(RechtError):
            verknuepfe(v, eva, Subjekt(ANDERSWO, "otto"), otto)


def test_wer_das_eigene_passwort_aendert_bleibt_mit_neuem_geheimnis(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    _, ina = chefs
    with schreibe(buch) as v:
        for marke in ("eigene", "andere"):
            beginne_sitzung(v, ina, "ina", marke)
        setze_passwort(v, "ina", "neu", ina, behalte="eigene")
        erneuere_sitzung(v, "eigene", "erneuert")
        assert [angemeldet(v, m) is not None for m in ("eigene", "andere", "erneuert")] == [False, False, True]


def test_nur_die_letzten_anmeldungen_werden_gemerkt(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, ina = chefs
    with schreibe(buch) as v:
        beginne_sitzung(v, eva, "eva", "eva")
        for nummer in range(13):
            beginne_sitzung(v, ina, "ina", f"ina{nummer}")
        assert [len(letzte_anmeldungen(v, n)) for n in (eva, ina)] == [1, 10]
        assert person(v, ina).zuletzt_am == letzte_anmeldungen(v, ina)[0]


@pytest.mark.parametrize(
    ("kennung", "name", "mail"),
    [
        ("Ab", "Ab", None),
        ("-ab", "Ab", None),
        ("a b c", "Ab", None),
        ("abc", " ", None),
        ("abc", "A\nb", None),
        ("abc", "x" * 121, None),
        ("abc", "Ab", "ohne"),
        ("abc", "Ab", "a@b c"),
    ],
)
def test_wie_ein_konto_nicht_heissen_kann(buch: sa.Engine, kennung: str, name: str, mail: str | None) -> None:
    with schreibe(buch) as v:
        with pytest.raises(LieferbuchError):
            lege_person_an(v, kennung, name, SYSTEM, mail=mail)
        assert nummer_von(v, kennung) is None


def test_eine_anmeldung_anderswo_gehoert_zu_einem_konto(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, ina = chefs
    dort = Subjekt(ANDERSWO, "ina-7")
    with schreibe(buch) as v:
        assert verknuepfte(v, dort) is None
        verknuepfe(v, ina, dort, ina)
        verknuepfe(v, ina, dort, ina)
        assert verknuepfte(v, dort) == (ina, "ina")
        assert verknuepfte(v, Subjekt("https://woanders.example", "ina-7")) is None
        with pytest.raises(LieferbuchError, match="anderen Konto"):
            verknuepfe(v, eva, dort, eva)
        for leer in ("", "x" * 256):
            with pytest.raises(LieferbuchError, match="255"):
                verknuepfe(v, eva, Subjekt(ANDERSWO, leer), eva)
        verknuepfe(v, ina, Subjekt(ANDERSWO, "ina-8"), eva)
        assert subjekt_von(v, ina, ANDERSWO) == "ina-8"
        assert verknuepfte(v, dort) is None
        sperre(v, ina, eva)
        assert verknuepfte(v, Subjekt(ANDERSWO, "ina-8")) is None
        entsperre(v, ina, eva)
        loese(v, ina, ANDERSWO, eva)
        assert verknuepfte(v, Subjekt(ANDERSWO, "ina-8")) is None
        with pytest.raises(UnbekanntError):
            loese(v, ina, ANDERSWO, eva)
        assert arten(v).count("verknuepft") == 2
        assert arten(v).count("verknuepfung_geloest") == 1


def test_wer_nur_so_hineinkommt_loest_es_nicht_selbst(buch: sa.Engine, chefs: tuple[int, int]) -> None:
    eva, _ = chefs
    with schreibe(buch) as v:
        otto = lege_person_an(v, "otto", "Otto", SYSTEM)
        verknuepfe(v, otto, Subjekt(ANDERSWO, "o"), eva)
        with pytest.raises(RechtError):
            loese(v, otto, ANDERSWO, otto)
        loese(v, otto, ANDERSWO, eva)


def test_eine_adresse_nennt_nur_ein_konto_das_noch_nicht_verknuepft_ist(
    buch: sa.Engine, chefs: tuple[int, int]
) -> None:
    eva, ina = chefs
    with schreibe(buch) as v:
        assert mit_mail(v, ANDERSWO, "INA@amt.example") == ina
        assert mit_mail(v, ANDERSWO, "niemand@amt.example") is None
        lege_person_an(v, "inazwei", "Ina Zwei", SYSTEM, mail="eva@amt.example")
        assert mit_mail(v, ANDERSWO, "eva@amt.example") is None
        verknuepfe(v, ina, Subjekt(ANDERSWO, "ina-7"), ina)
        assert mit_mail(v, ANDERSWO, "ina@amt.example") is None
        loese(v, ina, ANDERSWO, eva)
        sperre(v, ina, eva)
        assert mit_mail(v, ANDERSWO, "ina@amt.example") is None
