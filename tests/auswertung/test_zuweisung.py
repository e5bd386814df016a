"""Allocations by formula beside booked notices: what agrees, and what explains a difference."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets import stand
from assets.ablage import Ablage
from assets.auswertung.bilden_mittel import bilde_mittel
from assets.auswertung.buchungen import buchungen
from assets.auswertung.datenbank import datenbank
from assets.auswertung.schluesselzahlen import Schluesselstand, lies_schluesselstaende, waehle
from assets.auswertung.zuweisung import zuweisungen
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.querpruefung.geld import zuweisung_nach_formel
from assets.querpruefung.lage import oeffne
from assets.referenz.bestand import lade_bestand, lies_quellen
from schemas.laender import lade_land
from schemas.lieferstand import SPALTEN as LIEFERSTAND
from schemas.mittel import ZUWEISUNGEN
from schemas.modell import Land
from tests.auswertung import geldwelt
from tests.auswertung.geldwelt import buchung, finanzen, masse

SACHSEN = lade_land("sachsen")
ENDE_2023 = date(2023, 12, 31)


def _staende(ordner: Path, land: Land, referenz: pl.DataFrame) -> tuple[Schluesselstand, ...]:
    with datenbank(Ablage(ordner), replace(land, datensaetze=()), referenz) as con:
        return lies_schluesselstaende(con, land)


@pytest.fixture(scope="module")
def amtlich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Schluesselstand, ...]:
    return _staende(tmp_path_factory.mktemp("leer"), SACHSEN, lade_bestand())


def _vergleiche(
    land: Land, staende: tuple[Schluesselstand, ...], *zeilen: dict[str, Any], geliefert: bool = True
) -> pl.DataFrame:
    wer = pl.DataFrame(
        [(m.id, 2025) for m in land.meldeeinheiten] if geliefert else [],
        schema={"meldeeinheit": pl.String, "haushaltsjahr": pl.Int64},
        orient="row",
    )
    quellen = lies_quellen().select("tabelle", "stand", "fassung")
    ergebnis = zuweisungen(land, staende, buchungen(finanzen(*zeilen)), wer, quellen)
    assert ergebnis.schema == pl.Schema(ZUWEISUNGEN)
    return ergebnis


def _saechsisch(amtlich: tuple[Schluesselstand, ...], euro: float, **anders: Any) -> dict[str, Any]:
    """How a notice over this amount compares with a million for FG1, for the first Kreis."""
    land = replace(SACHSEN, verteilungsmassen=(masse(100_000_000, fg="FG1", **anders),))
    zeile = buchung(anders.get("fassung", "ZUW_FESTGESETZT"), euro, fg="FG1", meldeeinheit="14511")
    (ergebnis,) = _vergleiche(land, amtlich, zeile).filter(meldeeinheit="14511").to_dicts()
    return ergebnis


def test_zwei_staende_eines_stichtags_bleiben_auseinander(amtlich: tuple[Schluesselstand, ...]) -> None:
    staende = [s for s in amtlich if s.stichtag == ENDE_2023]
    assert [s.staende for s in staende] == [("2024",), ("2025-04",)]
    assert [int(s.werte[0]["14511"]) for s in staende] == [250_681, 245_150]
    assert waehle(amtlich, ENDE_2023, None) == staende[1]
    assert waehle(amtlich, ENDE_2023, "2024-10-28") == staende[0]
    assert waehle(amtlich, ENDE_2023, "2023") is None
    assert waehle(amtlich, date(2030, 12, 31), None) is None


def test_die_mitteilung_nennt_worauf_sie_beruht(amtlich: tuple[Schluesselstand, ...]) -> None:
    # 1,000,000 euros × 250,681 ÷ 4,089,467 and × 245,150 ÷ 4,054,689
    for tag, euro, grundlage in (("2024-10-28", 61_299.19, "Zensus 2011"), ("2025-04", 60_460.86, "Zensus 2022")):
        z = _saechsisch(amtlich, euro, fassung="ZUW_VORAUSSICHTLICH", stichtag=ENDE_2023, stand=tag)
        assert (z["grund"], z["differenz_cent"], z["stichtag"]) == ("STIMMT", 0, ENDE_2023)
        assert z["grundlage"] == grundlage


@pytest.mark.parametrize(
    ("euro", "grund", "passend"),
    [
        (60_760.11, "STIMMT", None),
        (60_760.12, "RUNDUNG", None),
        (61_299.19, "ANDERER_STICHTAG", (ENDE_2023, "2024")),
        (60_460.86, "ANDERER_STICHTAG", (ENDE_2023, "2025-04")),
        (60_000.00, "ABWEICHUNG", None),
        (None, "BETRAG_UNBEKANNT", None),
    ],
)
def test_ein_unterschied_hat_einen_grund(
    amtlich: tuple[Schluesselstand, ...], euro: float, grund: str, passend: tuple[date, str] | None
) -> None:
    z = _saechsisch(amtlich, euro)
    assert z["stichtag"] == date(2024, 12, 31)
    assert z["grund"] == grund
    assert (z["passender_stichtag"], z["passender_stand"]) == (passend or (None, None))


def test_ein_anderer_stand_desselben_stichtags_erklaert_zuerst(amtlich: tuple[Schluesselstand, ...]) -> None:
    z = _saechsisch(amtlich, 61_299.19, stichtag=ENDE_2023)
    assert (z["grund"], z["passender_stand"]) == ("ANDERER_STAND", "2024")


def test_was_fehlt_wird_gesagt(amtlich: tuple[Schluesselstand, ...]) -> None:
    land = replace(SACHSEN, verteilungsmassen=(masse(fg="FG1"), masse(fg="FG2", stichtag=date(2031, 12, 31))))
    zeilen = [buchung("ZUW_FESTGESETZT", 5.0, fg=fg, meldeeinheit="14511") for fg in ("FG2", "FG3")]
    gruende = _vergleiche(land, amtlich, *zeilen).filter(meldeeinheit="14511")
    assert dict(gruende.select("fg", "grund").iter_rows()) == {
        "FG1": "NICHT_GEBUCHT",
        "FG2": "ZAHLEN_FEHLEN",
        "FG3": "MASSE_FEHLT",
    }
    ohne = _vergleiche(land, amtlich, geliefert=False)
    assert set(ohne["grund"]) == {"KEINE_LIEFERUNG"}


def test_ohne_verteilungsmassen_bleibt_was_gebucht_ist() -> None:
    land = replace(SACHSEN, verteilungsmassen=(), verteilschluessel=None)
    (z,) = _vergleiche(land, (), buchung("ZUW_AKTUALISIERT", 7.25, meldeeinheit="14511")).to_dicts()
    assert (z["grund"], z["gebucht_cent"], z["formel_cent"]) == ("MASSE_FEHLT", 725, None)
    assert _vergleiche(land, ()).is_empty()


def test_es_zaehlt_der_letzte_bescheid_auch_ueber_dateien() -> None:
    erste = buchung("ZUW_FESTGESETZT", 10.0, bescheid_datum=date(2025, 6, 1), ew_stand=date(2025, 5, 1))
    wiederholt = {**erste, "berichtsjahr": 2026}
    neue = {**erste, "berichtsjahr": 2026, "betrag_eur": 12.0, "bescheid_datum": date(2026, 2, 1)}
    vorlaeufig = buchung("ZUW_VORAUSSICHTLICH", 9.0)
    (z, v) = _vergleiche(geldwelt.LAND, (), erste, wiederholt, neue, vorlaeufig).drop_nulls("gebucht_cent").to_dicts()
    assert (z["gebucht_cent"], z["bescheid_datum"], z["gilt"]) == (1200, date(2026, 2, 1), True)
    assert (v["gebucht_cent"], v["gilt"]) == (900, False)


class TestEinAnderesLand:
    """Two quantities, weighted; another Stichtag; whole euros; a joint body the statistics know by its Gemeinden."""

    def test_der_schluessel_des_profils_gilt(self, tmp_path: Path) -> None:
        staende = _staende(tmp_path, geldwelt.LAND, geldwelt.referenz())
        assert [s.stichtag for s in staende] == [date(2023, 6, 30)]
        # Shares: 0.7 × (500, 300, 200) ÷ 1000 + 0.3 × (10, 10.5, 20) ÷ 40.5, of 1,000 euros
        ergebnis = _vergleiche(geldwelt.LAND, staende)
        assert dict(ergebnis.select("meldeeinheit", "formel_cent").iter_rows()) == {
            "99100": 42_400,
            "99200": 28_800,
            "V1": 28_800,
        }
        assert ergebnis["schluesselwerte"].to_list()[2] == [200.0, 20.0]
        assert ergebnis["schluesselsummen"].to_list()[0] == [1000.0, 40.5]

    def test_jede_groesse_zaehlt_wie_sie_damals_bekannt_war(self, tmp_path: Path) -> None:
        neuer = geldwelt.statistik(
            "EINW", {"99100": 500.0, "99200": 500.0, **{g.ags: 0.0 for g in geldwelt.GEMEINDEN}}, "2025"
        )
        staende = _staende(tmp_path, geldwelt.LAND, pl.concat([geldwelt.referenz(), neuer]))
        assert [s.staende for s in staende] == [("2024", "2024"), ("2025", "2024")]
        land = replace(geldwelt.LAND, verteilungsmassen=(masse(stand="2024-12"),))
        assert set(_vergleiche(land, staende)["stand"]) == {"2024; 2024"}

    def test_vom_bestand_bis_zum_nachweis_und_zum_befund(self, tmp_path: Path) -> None:
        ablage, land = Ablage(tmp_path), geldwelt.LAND
        zeilen = {"99100": 424.0, "99200": 288.0, "V1": 290.5}
        lieferungen = []
        for kennung, euro in zeilen.items():
            schluessel = Lieferschluessel("finanzen", 2025, kennung)
            zeile = buchung("ZUW_FESTGESETZT", euro, meldeeinheit=kennung, bescheid_datum=date(2025, 6, 1))
            ablage.schreibe_tabelle(pfad_geprueft(schluessel), finanzen(zeile))
            lieferungen.append({**asdict(schluessel), "gueltige_version": 1, "neueste_version": 1})
        ablage.schreibe_tabelle(stand.pfad("lieferstand"), pl.DataFrame(lieferungen, schema=LIEFERSTAND))
        mittel = bilde_mittel(ablage, land, geldwelt.referenz())
        gruende = dict(mittel.zuweisungen.select("meldeeinheit", "grund").iter_rows())
        assert gruende == {"99100": "STIMMT", "99200": "STIMMT", "V1": "ABWEICHUNG"}
        assert ablage.gibt_es("auswertung/verwendungsnachweise/verwendungsnachweis_V1_2025.csv")
        with oeffne(ablage, land, geldwelt.referenz()) as lage:
            befunde = zuweisung_nach_formel(lage)
        assert befunde.select("meldeeinheit", "wert", "vergleichswert").rows() == [("V1", 290.5, 288.0)]

    def test_eine_gemeinde_ohne_zahl_laesst_den_stand_unvollstaendig(self, tmp_path: Path) -> None:
        ohne = geldwelt.referenz().filter(pl.col("ags") != geldwelt.GEMEINDEN[0].ags)
        assert _staende(tmp_path, geldwelt.LAND, ohne) == ()
