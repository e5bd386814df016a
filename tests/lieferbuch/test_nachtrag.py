"""The Lieferbuch says what receipts and protocols say, however it was made, and keeps what only people know."""

import json
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, alle_belege, nimm_an
from assets.eingang.entscheidungen import KEINE, Entscheidungen, lies_entscheidungen, schreibe_entscheidungen
from assets.lieferbuch.abgleich import widersprueche
from assets.lieferbuch.fehler import WiderspruchError
from assets.lieferbuch.fuehren import buche_eingang, finde, gib_frei, kommentiere, offene_warnungen, ziehe_zurueck
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.lesen import staende, verlauf
from assets.lieferbuch.nachtrag import Nachtrag, trage_nach, urteil_aus
from assets.lieferbuch.tabellen import befundsummen, belege, fassungen, metadata, pruefungen
from assets.lieferbuch.verbindung import lies, oeffne, schreibe
from assets.pruefung import protokoll
from assets.pruefung.lieferungen import lieferstand, pruefe_alle
from assets.ressourcen import AblageResource
from pipeline.buchfuehrung import RueckstandError, folge, sensor_lieferbuch
from schemas.laender import lade_land
from schemas.modell import Schwere
from tests.lieferbuch.conftest import NeueAdresse
from tests.lieferbuch.faelle import Leute, leute
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, VERSTOSS

LAND = lade_land("sachsen")
GEHEIM = "4711geheim"


def _schluessel(datensatz: str) -> Lieferschluessel:
    return Lieferschluessel(datensatz, 2025, EINHEIT.id)


def _liefere(ablage: Ablage, datensatz: str, inhalt: bytes, weg: str = "portal") -> Beleg:
    return nimm_an(ablage, LAND, f"{datensatz}_{EINHEIT.id}_2025.csv", inhalt, weg=weg).beleg


def _pruefe(ablage: Ablage, *datensaetze: str) -> None:
    for _ in pruefe_alle(ablage, LAND, [_schluessel(d) for d in datensaetze]):
        pass


def _gut(datensatz: str) -> bytes:
    return als_csv(datensatz, GUELTIG[datensatz]())


def _auffaellig() -> bytes:
    """Accepted, with a warning: the fourth quarter is not there."""
    return als_csv("beratung", VERSTOSS["R08b"][1](GUELTIG["beratung"]()))


def _falsch() -> bytes:
    """Rejected, with a cell the protocol quotes."""
    erste, *uebrige = GUELTIG["personal"]()
    return als_csv("personal", [{**erste, "entgeltgruppe": GEHEIM}, *uebrige])


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    """Of three deliveries one was corrected, one has a warning, one replaced a good version by a bad one."""
    ablage = Ablage(tmp_path_factory.mktemp("ablage"))
    _liefere(ablage, "personal", _gut("personal"))
    _liefere(ablage, "stellen", b"keine Tabelle")
    _pruefe(ablage, "personal", "stellen")
    _liefere(ablage, "personal", _falsch())
    _liefere(ablage, "stellen", _gut("stellen"))
    _liefere(ablage, "beratung", _auffaellig(), weg="korb")
    _pruefe(ablage, "personal", "stellen", "beratung")
    return ablage


def _inhalt(buch: sa.Engine, *, ohne: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """What the book says of deliveries, without numbers and times of the booking."""
    zeit = {"id", "fassung_id", "pruefung_id", "gebucht_am", *ohne}
    inhalt = {}
    with lies(buch) as v:
        for tabelle in (fassungen, belege, pruefungen, befundsummen):
            von = tabelle if tabelle is not befundsummen else befundsummen.join(pruefungen)
            von = von if tabelle is fassungen else von.join(fassungen)
            spalten = [*(c for c in tabelle.c if c.name not in zeit), fassungen.c.datensatz, fassungen.c.version]
            inhalt[tabelle.name] = sorted(tuple(z) for z in v.execute(sa.select(*spalten).select_from(von)))
    return inhalt


def test_der_aufbau_sagt_dasselbe_wie_das_gefuehrte_buch(
    buch: sa.Engine, neue_adresse: NeueAdresse, tmp_path: Path
) -> None:
    ablage = Ablage(tmp_path)
    with schreibe(buch) as v:
        wer = leute(v)
    for datensatz, inhalt in (
        ("personal", _gut("personal")),
        ("stellen", b"keine Tabelle"),
        ("personal", _falsch()),
        ("beratung", _auffaellig()),
    ):
        beleg = _liefere(ablage, datensatz, inhalt)
        with schreibe(buch) as v:
            buche_eingang(v, beleg, wer.anna)
        _pruefe(ablage, datensatz)
        assert trage_nach(buch, ablage, LAND).nachgetragen == 1
    zweites = oeffne(neue_adresse())
    assert trage_nach(zweites, ablage, LAND) == Nachtrag(3, 3)
    # Who sent a file stands in no receipt.
    assert _inhalt(zweites, ohne=("eingereicht_von",)) == _inhalt(buch, ohne=("eingereicht_von",))
    for engine in (buch, zweites):
        with lies(engine) as v:
            assert list(widersprueche(v, ablage, LAND)) == []
    zweites.dispose()


def test_was_gilt_ist_in_buch_und_lieferstand_dasselbe(buch: sa.Engine, vorlage: Ablage) -> None:
    trage_nach(buch, vorlage, LAND)
    stand = lieferstand(vorlage, LAND).filter(lieferstand(vorlage, LAND)["neueste_version"].is_not_null())
    soll = {
        Lieferschluessel(z["datensatz"], z["berichtsjahr"], z["meldeeinheit"]): (z["neueste_version"], z["zustand"])
        for z in stand.iter_rows(named=True)
    }
    gueltig = dict(zip(soll, stand["gueltige_version"], strict=True))
    with lies(buch) as v:
        gebucht = staende(v)
    assert {s.schluessel: (s.neueste_version, s.zustand) for s in gebucht} == soll
    assert {s.schluessel: s.gueltige_version for s in gebucht} == gueltig
    assert sorted(z for _, z in soll.values()) == ["angenommen", "angenommen_mit_hinweisen", "zurueckgewiesen"]


def test_ein_zweites_mal_aendert_nichts(buch: sa.Engine, vorlage: Ablage) -> None:
    assert trage_nach(buch, vorlage, LAND) == Nachtrag(3, 3)
    vorher = _inhalt(buch)
    with lies(buch) as v:
        kopf = pruefe_kette(v)
    assert trage_nach(buch, vorlage, LAND) == Nachtrag(3, 0)
    with lies(buch) as v:
        assert pruefe_kette(v) == kopf
    assert _inhalt(buch) == vorher


def test_alle_befunde_sind_gezaehlt_und_kein_wert_ist_im_buch(buch: sa.Engine, vorlage: Ablage) -> None:
    trage_nach(buch, vorlage, LAND)
    abgewiesen = vorlage.lies(protokoll.pfad(_schluessel("personal"), 2, "json"))
    assert GEHEIM in abgewiesen.decode()
    urteil = urteil_aus(abgewiesen)
    assert sum(n for _, n in urteil.summen.values()) == json.loads(abgewiesen)["befunde_gesamt"] > 0
    assert {spalte for _, spalte in urteil.summen} >= {"entgeltgruppe"}
    with lies(buch) as v:
        alles = [str(zeile) for t in metadata.tables.values() for zeile in v.execute(sa.select(t))]
        zeilen = v.execute(sa.select(befundsummen.c.code, befundsummen.c.schwere, befundsummen.c.anzahl)).all()
    assert len(alles) > 20
    assert not [zeile for zeile in alles if GEHEIM in zeile]
    assert ("R08b", Schwere.WARNUNG.value) in {(code, schwere) for code, schwere, _ in zeilen}


def test_auch_nur_gezaehlte_befunde_sind_gezaehlt() -> None:
    arten = [{"code": "R08b", "spalte": "quartal", "anzahl": 7}, {"code": "R08a", "spalte": "fremd", "anzahl": 2}]
    daten = {
        "beleg": {"datensatz": "beratung"},
        "zustand": "zurueckgewiesen",
        "zeilen": 9,
        "regel_version": "1",
        "gruppen": [{"code": "R08b", "spalte": "quartal", "anzahl": 10}],
        "nicht_einzeln": arten,
    }
    summen = urteil_aus(json.dumps(daten).encode()).summen
    assert {gruppe: anzahl for gruppe, (_, anzahl) in summen.items()} == {("R08b", "quartal"): 10, ("R08a", ""): 2}


def test_was_nur_menschen_wissen_bleibt(buch: sa.Engine, vorlage: Ablage) -> None:
    trage_nach(buch, vorlage, LAND)
    with schreibe(buch) as v:
        wer = leute(v)
        fassung = finde(v, _schluessel("beratung"), 1)
        for gruppe in offene_warnungen(v, fassung.id):
            kommentiere(v, fassung, gruppe, "Stelle war nicht besetzt.", wer.anna)
        gib_frei(v, fassung, wer.bert)
    assert trage_nach(buch, vorlage, LAND).nachgetragen == 0
    with lies(buch) as v:
        assert finde(v, _schluessel("beratung"), 1).zustand == "freigegeben"
        assert offene_warnungen(v, fassung.id) == []


def test_wer_nachtraegt_nimmt_dem_portal_den_absender_nicht_weg(buch: sa.Engine, vorlage: Ablage) -> None:
    trage_nach(buch, vorlage, LAND)
    with schreibe(buch) as v:
        wer: Leute = leute(v)
        (beleg, *_) = alle_belege(vorlage, LAND)[_schluessel("stellen")]
        buche_eingang(v, beleg, wer.anna)
        assert finde(v, _schluessel("stellen"), 1).eingereicht_von == wer.anna


def test_rueckzuege_stehen_auch_in_einem_neu_aufgebauten_buch(neue_adresse: NeueAdresse, tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    _liefere(ablage, "stellen", _gut("stellen"))
    _liefere(ablage, "stellen", _gut("stellen") + b"\n")
    _pruefe(ablage, "stellen")
    alt = oeffne(neue_adresse())
    trage_nach(alt, ablage, LAND)
    with schreibe(alt) as v:
        ziehe_zurueck(v, finde(v, _schluessel("stellen"), 2), "Falsches Blatt", leute(v).amt)
    assert lies_entscheidungen(ablage, _schluessel("stellen")) == KEINE, "wie nach einem Absturz vor dem Mitteilen"
    assert trage_nach(alt, ablage, LAND).nachgetragen == 0, "am Buch ändert das nichts"
    assert lies_entscheidungen(ablage, _schluessel("stellen")).zurueckgezogen == {2: "Falsches Blatt"}
    _pruefe(ablage, "stellen")
    for buch in (alt, oeffne(neue_adresse())):
        trage_nach(buch, ablage, LAND)
        with lies(buch) as v:
            fassung, davor = verlauf(v, _schluessel("stellen"))
            assert (fassung.zustand, fassung.rueckzugsgrund) == ("zurueckgezogen", "Falsches Blatt")
            assert davor.zustand.startswith("angenommen")
            assert not list(widersprueche(v, ablage, LAND))
        buch.dispose()


@pytest.mark.parametrize("inhalte", [(b"keine Tabelle",), (_gut("stellen"), _gut("stellen") + b"\n")])
def test_ein_aelterer_stand_des_buchs_lernt_den_rueckzug_nach(
    buch: sa.Engine, tmp_path: Path, inhalte: tuple[bytes, ...]
) -> None:
    ablage = Ablage(tmp_path)
    for inhalt in inhalte:
        _liefere(ablage, "stellen", inhalt)
    _pruefe(ablage, "stellen")
    trage_nach(buch, ablage, LAND)
    schreibe_entscheidungen(ablage, _schluessel("stellen"), Entscheidungen({1: "Zahlendreher"}))
    _liefere(ablage, "stellen", _gut("stellen") + b"\n\n")
    trage_nach(buch, ablage, LAND)
    with lies(buch) as v:
        assert finde(v, _schluessel("stellen"), 1).zustand == "zurueckgezogen"
        assert not list(widersprueche(v, ablage, LAND))


@pytest.fixture
def gestoert(buch: sa.Engine, tmp_path: Path) -> tuple[sa.Engine, Ablage]:
    """A booked delivery in an Ablage a test may spoil."""
    ablage = Ablage(tmp_path)
    _liefere(ablage, "stellen", _gut("stellen"))
    trage_nach(buch, ablage, LAND)
    return buch, ablage


def _gefunden(buch: sa.Engine, ablage: Ablage) -> str:
    with lies(buch) as v:
        return " ".join(widersprueche(v, ablage, LAND))


def test_der_abgleich_nennt_was_fehlt_oder_anders_ist(gestoert: tuple[sa.Engine, Ablage]) -> None:
    buch, ablage = gestoert
    assert _gefunden(buch, ablage) == ""
    (beleg,) = alle_belege(ablage, LAND)[_schluessel("stellen")]
    ablage.schreibe(beleg.pfad, b"anders")
    assert "nicht mehr die" in _gefunden(buch, ablage)
    ablage.loesche(beleg.pfad)
    assert "fehlt in der Ablage" in _gefunden(buch, ablage)
    _liefere(ablage, "personal", _gut("personal"))
    assert f"personal-{EINHEIT.id}-2025-1: Der Beleg ist nicht gebucht" in _gefunden(buch, ablage)
    geaendert = json.loads(ablage.lies(beleg.pfad_beleg)) | {"sha256": "0" * 64}
    ablage.schreibe(beleg.pfad_beleg, json.dumps(geaendert).encode())
    assert "verschiedene Prüfsummen" in _gefunden(buch, ablage)
    with pytest.raises(WiderspruchError):
        trage_nach(buch, ablage, LAND)


def test_ohne_datenbank_geht_alles_weiter_und_danach_ist_nichts_verloren(
    adresse: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path / "arbeit")
    if adresse.get_backend_name() == "sqlite":
        fern = adresse.set(database="/proc/gibt/es/nicht.sqlite")
    else:
        fern = adresse.set(query={"host": "/nirgends"})
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", fern.render_as_string(hide_password=False))
    _liefere(ablage, "stellen", _gut("stellen"))
    _pruefe(ablage, "stellen")
    with pytest.raises(RueckstandError, match="holt es nach"):
        folge(ablage, LAND)
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", adresse.render_as_string(hide_password=False))
    assert folge(ablage, LAND) == Nachtrag(1, 1)


def test_der_sensor_folgt_nur_wo_ein_buch_gefuehrt_wird_und_nur_neuem(
    adresse: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path / "arbeit")

    def blicke(merker: str | None) -> dg.SensorResult:
        ressource = AblageResource(wurzel=str(ablage.wurzel))
        with dg.build_sensor_context(cursor=merker, resources={"ablage": ressource}) as kontext:
            ergebnis = sensor_lieferbuch(LAND)(kontext)
        assert isinstance(ergebnis, dg.SensorResult)
        return ergebnis

    _liefere(ablage, "stellen", _gut("stellen"))
    monkeypatch.delenv("TEILHABE_LIEFERBUCH", raising=False)
    ohne = blicke(None)
    assert "kein Lieferbuch" in str(ohne.skip_reason)
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", adresse.render_as_string(hide_password=False))
    mit = blicke(ohne.cursor)
    assert "1 Lieferung nachgetragen" in str(mit.skip_reason)
    assert "Nichts Neues" in str(blicke(mit.cursor).skip_reason)
    _pruefe(ablage, "stellen")
    assert "1 Lieferung nachgetragen" in str(blicke(mit.cursor).skip_reason)
