"""Pages made before are used again exactly where nothing they are made from has changed."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.berichte.ablegen import veroeffentliche
from assets.berichte.ausschnitt import fuer_kennzahl, fuer_meldeeinheit
from assets.berichte.bestand import baue_bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.seiten import UEBRIGE, erzeuge, seiten_aus
from assets.berichte.vorrat import lies_vorrat, merke_vorrat
from assets.fassung import Fassung
from schemas.revisionen import GEAENDERT, LIEFERUNG, REVISIONEN, WIRKUNGEN
from schemas.trends import TRENDS
from tests.berichte import welt
from tests.haerte import FAKTOR

EDITION = "intern_land"
FASSUNG = Fassung("code", "regel", "profil")


class Haus:
    """Editions published one after the other, each with what was left of the one before."""

    def __init__(self, ordner: Path) -> None:
        self.ablage, self.ordner, self.fassung = Ablage(ordner), ordner / "berichte", FASSUNG

    def veroeffentliche(self, daten: Berichtsdaten, eingabe: str) -> list[str]:
        """Publishes and returns the groups of pages that were made anew."""
        vorrat = lies_vorrat(self.ablage, self.ordner / EDITION, EDITION, self.fassung)
        dateien = list(seiten_aus(baue_bestand(daten), vorrat, eingabe))
        ordner = veroeffentliche(dateien, self.ordner, EDITION)
        merke_vorrat(self.ablage, ordner, EDITION, self.fassung, vorrat)
        return vorrat.gemacht

    def dateien(self) -> dict[str, bytes]:
        ordner = self.ordner / EDITION
        return {p.relative_to(ordner).as_posix(): p.read_bytes() for p in ordner.rglob("*") if p.is_file()}


@pytest.fixture
def haus(tmp_path: Path) -> Haus:
    return Haus(tmp_path)


def _daten(**anders: Any) -> Berichtsdaten:
    land = welt.land()
    lieferstand = welt.lieferungen(land).with_columns(
        eingegangen_am=pl.when(pl.col("gueltige_version").is_not_null()).then(pl.lit("2026-03-01T08:00:00+00:00"))
    )
    teile: dict[str, Any] = {
        "umrisse": welt.umrisse(land),
        "nachweise": pl.DataFrame({"tabelle": ["gebiet/umrisse"], "attribution": ["© Vermessung"], "lizenz": ["frei"]}),
        "trichter": welt.trichter("AZR", welt.JAHRE[-1]),
        "korrekturen": welt.korrekturen(),
        "lieferstand": lieferstand,
        "trends": _trends(),
        "revisionen": _revisionen(),
        "wirkungen": _wirkungen(),
    }
    return welt.berichtsdaten(**teile | anders)


def _trends() -> pl.DataFrame:
    leer: dict[str, Any] = dict.fromkeys(TRENDS)
    zeilen = [
        leer | {"indikator_id": "ARB-03", "variante": "BA", "ags": ags, "berichtsjahr": 2016} for ags in ("X1", "99")
    ]
    return pl.DataFrame(zeilen, schema=TRENDS)


def _revisionen() -> pl.DataFrame:
    zeile: dict[str, Any] = dict.fromkeys(REVISIONEN)
    zeile |= {
        "revision": "R1",
        "art": LIEFERUNG,
        "ereignis": GEAENDERT,
        "quelle": "beratung",
        "berichtsjahr": 2025,
        "alt_stand": "1",
        "neu_stand": "2",
        "datum": "2026-02-01",
        "ags": "X2",
        "schluessel": "IBZ01",
        "spalte": "beratungen",
        "alt": "7",
        "neu": "8",
        "alt_zahl": 7.0,
        "neu_zahl": 8.0,
    }
    return pl.DataFrame([zeile], schema=REVISIONEN)


def _wirkungen() -> pl.DataFrame:
    zeile: dict[str, Any] = dict.fromkeys(WIRKUNGEN)
    zeile |= {
        "revision": "R1",
        "indikator_id": "IBZ-03",
        "variante": "ANZAHL",
        "ags": "X2",
        "berichtsjahr": 2025,
        "alt": 7.0,
        "neu": 8.0,
    }
    return pl.DataFrame([zeile], schema=WIRKUNGEN)


def test_ein_ausschnitt_zeigt_dasselbe_wie_das_ganze() -> None:
    """What a report or page is denied makes no difference to it: shown by giving all of it to the same templates."""
    from assets.berichte import seiten

    bestand = baue_bestand(_daten())
    for m in bestand.daten.land.meldeeinheiten:
        ausschnitt = fuer_meldeeinheit(bestand, m)
        alles = replace(bestand, daten=replace(bestand.daten, stand=ausschnitt.daten.stand))
        seite = dict(seiten._kreisseite(ausschnitt, "k.html", m))
        assert seite == dict(seiten._kreisseite(alles, "k.html", m)), m.id
    for indikator in bestand.daten.katalog:
        ausschnitt = fuer_kennzahl(bestand, indikator)
        alles = replace(bestand, daten=replace(bestand.daten, stand=ausschnitt.daten.stand))
        seite = dict(seiten._kennzahlseite(ausschnitt, "k.html", indikator))
        assert seite == dict(seiten._kennzahlseite(alles, "k.html", indikator)), indikator.id


def test_aus_gleichem_wird_nichts_neu_gemacht(haus: Haus) -> None:
    alle = haus.veroeffentliche(_daten(), "a")
    assert {"kreis_X1.html", "kennzahl_BEV-01.html", UEBRIGE} <= set(alle)
    vorher = haus.dateien()
    assert haus.veroeffentliche(_daten(), "a") == []
    assert haus.dateien() == vorher == dict(erzeuge(_daten()))


def test_ein_text_betrifft_nur_den_eigenen_bericht(haus: Haus) -> None:
    haus.veroeffentliche(_daten(), "a")
    texte = welt.texte().with_columns(
        text=pl.when(pl.col("meldeeinheit") == "X3").then(pl.lit("Anders.")).otherwise("text")
    )
    assert haus.veroeffentliche(_daten(texte=texte), "b") == ["kreis_X3.html", UEBRIGE]
    assert "Anders." in haus.dateien()["kreis_X3.html"].decode()


def test_eine_zahl_betrifft_alle_berichte_und_ihre_kennzahl(haus: Haus) -> None:
    """A report shows where the others stand, so no report stays as it was; of the indicators only one changes."""
    haus.veroeffentliche(_daten(), "a")
    eine = (pl.col("indikator_id") == "ARB-03") & (pl.col("ags") == "X2") & (pl.col("berichtsjahr") == 2016)
    werte = welt.werte().with_columns(wert=pl.when(eine).then(pl.col("wert") + 1).otherwise("wert"))
    gemacht = haus.veroeffentliche(_daten(werte=werte), "b")
    assert gemacht == [*(f"kreis_X{n}.html" for n in range(1, 7)), "kennzahl_ARB-03.html", UEBRIGE]
    assert haus.dateien() == dict(erzeuge(_daten(werte=werte)))


@pytest.mark.haerte
@pytest.mark.parametrize("seed", range(2 * FAKTOR))
def test_was_vom_vorrat_kommt_ist_wie_neu_gemacht(haus: Haus, seed: int) -> None:
    """Whatever changes in whatever table: what is taken over is what would be made now."""
    zufall = random.Random(seed)  # noqa: S311  # no secret
    daten = _daten()
    haus.veroeffentliche(daten, "0")
    for runde in range(1, 4):
        name = zufall.choice(
            ["werte", "lieferstand", "stellen", "punkte", "texte", "trichter", "trends", "revisionen", "wirkungen"]
        )
        geaendert: dict[str, Any] = {name: _geaendert(getattr(daten, name), zufall)}
        daten = replace(daten, **geaendert)
        haus.veroeffentliche(daten, str(runde))
        assert haus.dateien() == dict(erzeuge(daten)), f"nach Änderung an {name}"


def _geaendert(tabelle: pl.DataFrame, zufall: random.Random) -> pl.DataFrame:
    """Without one row, or with one number or text changed, or with a row's day of arrival moved."""
    nummer = zufall.randrange(tabelle.height)
    spalten = [s for s in ("wert", "text", "begruendung", "traeger_name", "eingegangen_am", "neu") if s in tabelle]
    # Of the checklist no item is ever missing.
    if not spalten or ("begruendung" not in spalten and zufall.random() < 0.5):
        return tabelle.with_row_index("_nr").filter(pl.col("_nr") != nummer).drop("_nr")
    spalte = zufall.choice(spalten)
    neu: Any = "2026-04-05T08:00:00+00:00" if spalte == "eingegangen_am" else "Neues"
    wert = pl.lit(neu) if tabelle.schema[spalte] == pl.String else pl.col(spalte) + 1.5
    hier = pl.int_range(pl.len()) == nummer
    return tabelle.with_columns(pl.when(hier).then(wert).otherwise(spalte).alias(spalte))


def test_fremde_haende_und_andere_laeufe_werden_bemerkt(haus: Haus) -> None:
    haus.veroeffentliche(_daten(), "a")
    seite = haus.ordner / EDITION / "kreis_X2.html"
    seite.write_bytes(seite.read_bytes() + b"<!-- von Hand -->")
    texte = welt.texte("Ein anderer Text.")
    gemacht = haus.veroeffentliche(_daten(texte=texte), "b")
    assert gemacht == [*(f"kreis_X{n}.html" for n in (1, 2, 3)), UEBRIGE], "was von Hand ist, bleibt nicht"
    assert haus.dateien() == dict(erzeuge(_daten(texte=texte)))

    haus.fassung = replace(FASSUNG, code_version="anderer")
    assert len(haus.veroeffentliche(_daten(texte=texte), "b")) > 6, "anderer Code macht alles neu"

    # Published, but the run ended before it could write down from what.
    gemerkt = haus.ablage.lies(f"stand/seiten_{EDITION}.json")
    haus.veroeffentliche(_daten(), "a")
    haus.ablage.schreibe(f"stand/seiten_{EDITION}.json", gemerkt)
    assert len(haus.veroeffentliche(_daten(texte=texte), "b")) > 6
    assert haus.dateien() == dict(erzeuge(_daten(texte=texte)))
