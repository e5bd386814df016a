"""What the editions show: the policy of the Land, followed to the last figure."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.geheimhaltung.angriffsprobe import SICHER, greife_an
from assets.geheimhaltung.aufbau import ENTFERNT, GESPERRT
from assets.geheimhaltung.fassungen import (
    Ergebnisse,
    Oeffentlich,
    fuer_meldeeinheit,
    nach_muster,
    oeffentlich,
    zellen_von,
)
from assets.geheimhaltung.freigabe import mit_nennergrenzen
from assets.geheimhaltung.merkbuch import mit_stand
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.preise import preise
from assets.geheimhaltung.schuetzen import GEZEIGT, ohne_zusatz, ungeschuetzt
from schemas.codelisten import GESAMT
from schemas.geheimhaltung import OFFEN, Geheimhaltung, Schutz, Schutzart
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Herkunft
from schemas.querreihen import AMTSVERGLEICHE
from schemas.vertragsfehler import Vertragsfehler
from schemas.zellen import GEBIET, MASS, SCHLUESSEL, WERT
from tests.geheimhaltung.welt import KATALOG, LAND, kleine_welt
from tests.haerte import FAKTOR

EINHEIT = LAND.meldeeinheiten[0].id
PERSONEN = "personal.personen"


def _dateien(o: Oeffentlich) -> dict[str, bytes]:
    return dict(offene_tabellen(mit_stand(o.muster, ()), LAND, "probe"))


def test_niemand_erschliesst_etwas(offen: Oeffentlich) -> None:
    probe = greife_an(_dateien(offen).items())
    assert probe.urteil == SICHER, probe.text
    gezaehlt = offen.muster.zellen.filter(GESPERRT, ~pl.col(ENTFERNT)).height
    assert probe.bericht["zaehlung"]["gesperrt"] == gezaehlt > 500


@pytest.mark.haerte
@pytest.mark.parametrize("seed", range(1, 1 + FAKTOR))
def test_niemand_erschliesst_etwas_bei_anderen_zahlen(tmp_path: Path, seed: int) -> None:
    probe = greife_an(_dateien(oeffentlich(kleine_welt(tmp_path, seed), KATALOG, LAND)).items())
    assert probe.urteil == SICHER, probe.text


def test_der_angriff_faende_eine_undichte_stelle(offen: Oeffentlich) -> None:
    """One withheld cell shown: then others can be worked out, and the attack says so."""
    gesperrt = offen.muster.zellen.with_row_index("nr").filter(GESPERRT, mass=PERSONEN)
    verdicts = set()
    for nr in gesperrt["nr"].head(2):
        zellen = offen.muster.zellen.with_row_index("nr")
        diese = pl.col("nr") == nr
        zellen = zellen.with_columns(
            pl.when(diese).then(False).otherwise(GESPERRT).alias(GESPERRT),  # a value of a column
            pl.when(diese).then(WERT).otherwise(GEZEIGT).alias(GEZEIGT),
        ).drop("nr")
        undicht = replace(offen, muster=replace(offen.muster, zellen=zellen))
        verdicts.add(greife_an(_dateien(undicht).items()).urteil)
    assert "unsicher" in verdicts


def test_kleine_zahlen_sind_gesperrt_nullen_nicht(offen: Oeffentlich) -> None:
    politik = LAND.geheimhaltung
    for (mass,), zellen in offen.muster.zellen.group_by(MASS):
        schutz = politik.schutz_von(str(mass))
        if schutz.art is Schutzart.ZELLSPERRUNG:
            assert zellen.filter(pl.col(WERT).is_between(1, schutz.k - 1))[GESPERRT].all()
            assert not zellen.filter(~pl.col(ENTFERNT), pl.col(WERT) == 0)[GESPERRT].any()
        if schutz.art is Schutzart.OFFEN:
            assert not zellen[GESPERRT].any()


def test_was_die_amtliche_statistik_zeigt_wird_gezeigt(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    """Whoever knows it from there could work out what was withheld for its sake."""
    amtlich = zellen_von(wahr.werte, KATALOG, LAND)[2].amtlich
    gezeigt = offen.muster.zellen.join(amtlich, on=SCHLUESSEL, how="semi")
    assert gezeigt.height == amtlich.height > 10
    assert not gezeigt[GESPERRT].any()
    assert (gezeigt[WERT] >= LAND.geheimhaltung.anteil_ab).all()
    assert {m.rsplit(".", 1)[1] for m in gezeigt[MASS]} <= {v.konzept for v in AMTSVERGLEICHE}


def test_vollzeitstellen_folgen_den_personen(offen: Oeffentlich) -> None:
    zellen = offen.muster.zellen
    personen = zellen.filter(pl.col(GESPERRT), mass=PERSONEN)
    am_ort = [s for s in SCHLUESSEL if s != MASS]
    vzae = zellen.filter(pl.col(MASS).str.starts_with("personal.vzae")).join(personen, on=am_ort, how="semi")
    assert vzae.height > 50
    assert vzae[GESPERRT].all()


def test_eine_zeile_mit_gesperrter_zelle_ist_leer(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    werte, bestand, _ = zellen_von(wahr.werte, KATALOG, LAND)
    gesperrt = offen.muster.zellen.filter(GESPERRT).with_columns(pl.col(MASS).map_elements(ohne_zusatz, pl.String))
    zeilen = bestand.bezuege.join(gesperrt, on=SCHLUESSEL, how="semi")["zeile"].unique()
    gezeigt = offen.ergebnisse.werte.with_row_index("zeile")
    geheime = gezeigt.filter(pl.col("zeile").is_in(zeilen.implode()))
    for spalte in ("zaehler", "nenner", "wert", "ki_unten", "ki_oben"):
        assert geheime[spalte].null_count() == geheime.height
    assert set(geheime["wertstatus"]) == {"G"}
    assert set(geheime["gruende"]) == {"GEHEIM"}
    uebrige = werte.with_row_index("zeile").filter(
        ~pl.col("zeile").is_in(zeilen.implode()), pl.col("wert").is_not_null()
    )
    danach = gezeigt.filter(pl.col("zeile").is_in(uebrige["zeile"].implode()))
    assert danach["zaehler"].equals(uebrige["zaehler"])
    assert danach.filter(pl.col("wert").is_not_null()).height > 1000


def test_mit_den_formeln_des_manifests_laesst_sich_alles_nachrechnen(offen: Oeffentlich) -> None:
    dateien = _dateien(offen)
    tabellen = [
        pl.read_csv(inhalt, infer_schema=False)
        for ort, inhalt in dateien.items()
        if ort.endswith(".csv") and "hierarchien" not in ort
    ]
    felder = [s for s in SCHLUESSEL if s != MASS]
    zellen = {
        (z["mass"], *(z.get(f) or GESAMT for f in felder)): z["wert"] for t in tabellen for z in t.iter_rows(named=True)
    }

    def summe(teil: dict[str, Any], jahr: int, ags: str) -> float | None:
        werte = []
        for zelle in teil["zellen"]:
            ort = dict.fromkeys(felder, GESAMT) | zelle.get("fest", {})
            ort |= {"berichtsjahr": str(jahr - zelle.get("jahre_zurueck", 0)), "gebiet": ags}
            werte.append((zellen.get((zelle["mass"], *(ort[f] for f in felder)), "."), zelle.get("vorzeichen", 1)))
        return None if "." in {w for w, _ in werte} else sum(float(w) * v for w, v in werte)

    gesamt = [pl.col(g) == GESAMT for g in GLIEDERUNGEN if g != "konzept"]
    werte = offen.ergebnisse.werte.filter(*gesamt, gebiet_typ="kreis")
    nachgerechnet = 0
    for formel in json.loads(dateien["daten/manifest.json"])["kennzahlen"]["formeln"]:
        zaehler, nenner = formel["zaehler"], formel["nenner"]
        teile = [t for t in (zaehler, nenner) if t is not None]
        if any("zellen" not in t or any("summe_ueber" in z for z in t["zellen"]) for t in teile):
            continue
        eigene = werte.filter(indikator_id=formel["kennzahl"], variante=formel["variante"])
        for z in eigene.filter(pl.col("wert").is_not_null()).iter_rows(named=True):
            oben = summe(zaehler, z["berichtsjahr"], z["ags"])
            unten = summe(nenner, z["berichtsjahr"], z["ags"]) if nenner else 1.0
            assert oben is not None, (formel, z)
            assert unten, (formel, z)
            erwartet = formel["faktor"] * oben / unten if nenner else oben
            assert z["wert"] == pytest.approx(erwartet, abs=0.5 if z["wertstatus"] == "E" else 1e-6)
            nachgerechnet += 1
    assert nachgerechnet > 200


def test_was_keine_zellen_nennt_wird_nicht_gezeigt(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    """A figure nobody knows the cells of is secret unless its dataset is open."""
    streng = replace(
        LAND, geheimhaltung=replace(LAND.geheimhaltung, schutz={**LAND.geheimhaltung.schutz, "konzept": Schutz()})
    )
    ids = [i.id for i in KATALOG if any(g.datensatz == "konzept" for v in i.varianten if (g := v.zaehler) is not None)]
    vorher, nachher = offen.ergebnisse.werte, oeffentlich(wahr, KATALOG, streng).ergebnisse.werte
    vom_konzept = [w.filter(pl.col("indikator_id").is_in(ids)) for w in (vorher, nachher)]
    assert vom_konzept[0]["wert"].count() > vom_konzept[1]["wert"].count() == 0


def test_entgeltgruppen_stehen_in_klassen(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    je_klasse = offen.ergebnisse.werte.filter(pl.col("entgeltgruppe") != "T")
    assert set(je_klasse["entgeltgruppe"]) <= set(LAND.geheimhaltung.vergroeberungen[0].klassen.values())
    grob, _, _ = zellen_von(wahr.werte, KATALOG, LAND)
    schluessel = ["indikator_id", "variante", "ags", "berichtsjahr"]
    summen = [
        w.filter(pl.col("entgeltgruppe") != "T").group_by(schluessel).agg(pl.col("zaehler").sum()).sort(schluessel)
        for w in (wahr.werte, grob)
    ]
    assert ((summen[0]["zaehler"] - summen[1]["zaehler"]).abs() < 1e-6).all()
    assert summen[0].height == summen[1].height > 20


def test_gerundet_statt_gesperrt(wahr: Ergebnisse) -> None:
    mass = "massnahmen.ehrenamtliche"
    schutz = {**LAND.geheimhaltung.schutz, mass: Schutz(Schutzart.RUNDEN)}
    o = oeffentlich(wahr, KATALOG, replace(LAND, geheimhaltung=replace(LAND.geheimhaltung, schutz=schutz)))
    zellen = o.muster.zellen.filter(pl.col(MASS).str.starts_with(mass))
    assert not zellen[GESPERRT].any()
    assert (zellen[GEZEIGT] % 5 == 0).all()
    assert (zellen[GEZEIGT] != zellen[WERT]).any()
    namen = {(i.id, v.id) for i in KATALOG for v in i.varianten for z in (v.zaehler.zellen if v.zaehler else ())
             if z.mass.startswith(mass)}  # fmt: skip
    zeilen = o.ergebnisse.werte.filter(
        pl.struct("indikator_id", "variante").map_elements(lambda s: tuple(s.values()) in namen, pl.Boolean)
    )
    assert (zeilen["zaehler"].drop_nulls() % 5 == 0).all()
    assert zeilen["zaehler"].count() > 10


def test_anteile_an_wenigen(wahr: Ergebnisse) -> None:
    zeile = wahr.werte.join(
        pl.DataFrame([(i.id, v.id) for i in KATALOG for v in i.varianten if v.art == "anteil"],
                     schema=["indikator_id", "variante"], orient="row"),
        on=["indikator_id", "variante"],
        how="semi",
    ).head(1)  # fmt: skip
    assert zeile.height == 1
    faelle = pl.concat(
        zeile.with_columns(zaehler=pl.lit(z), nenner=pl.lit(n), wert=pl.lit(100 * z / n), wertstatus=pl.lit("N"))
        for z, n in ((1.0, 19.0), (7.0, 20.0), (33.0, 99.0), (33.0, 100.0))
    )
    gezeigt = mit_nennergrenzen(faelle, KATALOG, LAND.geheimhaltung)
    assert gezeigt["wert"].to_list() == [None, 35.0, 33.0, 33.0]
    assert gezeigt["wertstatus"].to_list() == ["L", "E", "E", "N"]


def test_eine_meldeeinheit_sieht_ihre_zahlen_genau_und_andere_wie_alle(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    eigen = fuer_meldeeinheit(wahr, offen.ergebnisse, EINHEIT, KATALOG)
    for vorlage, wo in ((wahr, pl.col("ags") == EINHEIT), (offen.ergebnisse, pl.col("ags") != EINHEIT)):
        spalten = ["indikator_id", "variante", "ags", "berichtsjahr", "zaehler", "nenner", "wert", "wertstatus"]
        soll, ist = (w.filter(wo).select(spalten).sort(spalten) for w in (vorlage.werte, eigen.werte))
        assert soll.equals(ist)
    assert eigen.lieferstand.filter(meldeeinheit=EINHEIT).equals(wahr.lieferstand.filter(meldeeinheit=EINHEIT))


def test_die_oeffentliche_fassung_nennt_keine_einzelheiten_der_lieferungen(
    wahr: Ergebnisse, offen: Oeffentlich
) -> None:
    e = offen.ergebnisse
    assert e.lieferstand.select("dateiname", "zeilen", "fehler", "warnungen", "hinweise").null_count().row(0) == (
        (e.lieferstand.height,) * 5
    )
    zur_haelfte = wahr.stellen.with_columns(oeffentlich=pl.when(pl.col("art") == "IBZ").then(pl.lit("J")))
    stellen = nach_muster(replace(wahr, stellen=zur_haelfte), e.werte, offen.muster, KATALOG).stellen
    assert 0 < stellen.height < wahr.stellen.height
    assert set(stellen["art"]) == {"IBZ"}


def test_nichts_geliefertes_ist_amtlich(offen: Oeffentlich) -> None:
    """Official figures are shown whatever happens: they are public already."""
    amtlich = [(i.id, v.id) for i in KATALOG for v in i.varianten if v.herkunft is Herkunft.AMTLICH]
    varianten = pl.DataFrame(amtlich, schema=["indikator_id", "variante"], orient="row")
    assert offen.ergebnisse.werte.join(varianten, on=["indikator_id", "variante"]).filter(wertstatus="G").is_empty()


def test_ungeschuetzt_zeigt_alles(offen: Oeffentlich) -> None:
    alle = ungeschuetzt(offen.muster).zellen
    assert not alle[GESPERRT].any()
    assert alle[GEZEIGT].equals(alle[WERT])


def test_die_laengste_angabe_der_richtlinie_gilt() -> None:
    politik = Geheimhaltung(schutz={"a": OFFEN, "a.b": Schutz(k=3)})
    assert politik.schutz_von("a.c") is OFFEN
    assert politik.schutz_von("a.b.X").k == 3
    assert politik.schutz_von("ab").art is Schutzart.ZELLSPERRUNG, "was niemand nennt, ist geschützt"
    with pytest.raises(Vertragsfehler):
        Schutz(basis=1)


def test_preise_nennen_jede_wahl(wahr: Ergebnisse, offen: Oeffentlich) -> None:
    _, _, werk = zellen_von(wahr.werte, KATALOG, LAND)
    klein = replace(werk, zellen=werk.zellen.filter(mass=PERSONEN))
    tabelle = preise(klein, LAND.geheimhaltung)
    gesperrt = dict(tabelle.select("regel", "gesperrt").iter_rows())
    wie_festgelegt, unter_drei, auch_nullen, gerundet = gesperrt.values()
    assert unter_drei < wie_festgelegt < auch_nullen
    assert gerundet == 0
    assert wie_festgelegt == offen.muster.zellen.filter(GESPERRT, mass=PERSONEN).height
    assert tabelle["summen_offen"].to_list()[:3] == [None] * 3
    assert 0 < tabelle["summen_offen"].to_list()[3] < 1


def test_gebiete_stehen_in_jeder_tabelle(offen: Oeffentlich) -> None:
    for ort, inhalt in _dateien(offen).items():
        if ort.startswith("daten/tabellen"):
            tabelle = pl.read_csv(inhalt, infer_schema=False)
            assert {MASS, "berichtsjahr", GEBIET, "stand", WERT} <= set(tabelle.columns)
            assert not tabelle.select(pl.exclude(WERT)).is_duplicated().any()
            assert tabelle[WERT].str.contains(r"^(\.|[0-9]+)$").all()
