"""Deliveries of one Kreis fit together, the years follow on each other, and the size of things is right."""

from collections.abc import Callable
from decimal import Decimal

import polars as pl

from pipeline.beispiele.inhalt import Zeile
from pipeline.beispiele.rollen import Lieferung, Rollen, verteile
from schemas.modell import Land, Pruefumgebung

Zeilen = dict[Lieferung, list[Zeile]]
BERATEND = ("IBZ", "FSA", "RKB")


def _arten(rollen: Rollen, meldeeinheit: str) -> tuple[str, ...]:
    """The kinds of counselling a Meldeeinheit offers."""
    return tuple(art for art in BERATEND if art != "RKB" or meldeeinheit != rollen.ohne_rueckkehr)


def summe(zeilen: list[Zeile], mass: str, **merkmale: str) -> float:
    """Sum of a measure over the rows with these attributes; signs count as nothing."""
    passend = [z[mass] for z in zeilen if all(z[k] == v for k, v in merkmale.items())]
    return float(sum(w for w in passend if isinstance(w, int | Decimal)))


def test_personal_und_beratung_kennen_nur_stellen_des_verzeichnisses(
    alle_zeilen: Callable[[int], Zeilen], land: Land, seed: int
) -> None:
    zeilen = alle_zeilen(seed)
    for m in land.meldeeinheiten:
        for jahr in land.berichtsjahre:
            stellen = zeilen[Lieferung("stellen", m.id, jahr)]
            bekannt = {(z["stelle_id"], z["art"]) for z in stellen}
            meldend = {(z["stelle_id"], z["art"]) for z in stellen if z["meldung_vollstaendig"] == "J"}
            personal = {(z["stelle_id"], z["aufgabe"]) for z in zeilen[Lieferung("personal", m.id, jahr)]}
            beratung = {(z["stelle_id"], z["leistungsart"]) for z in zeilen[Lieferung("beratung", m.id, jahr)]}
            assert {p for p in personal if p[1] != "BERICHT"} == meldend
            assert {p[0] for p in personal} <= {b[0] for b in bekannt}
            assert {b for b in beratung if b[0] != "KREIS"} == {b for b in bekannt if b[1] in BERATEND}


def test_ein_traeger_schweigt_und_hinterlaesst_unbekannte_zahlen(
    alle_zeilen: Callable[[int], Zeilen], seed: int
) -> None:
    zeilen = alle_zeilen(seed)
    still = [
        (x, z["stelle_id"])
        for x, reihen in zeilen.items()
        if x.datensatz == "stellen"
        for z in reihen
        if z["meldung_vollstaendig"] != "J"
    ]
    assert len(still) == 1
    lieferung, stelle = still[0]
    beratung = [z for z in zeilen[lieferung._replace(datensatz="beratung")] if z["stelle_id"] == stelle]
    assert {z["beratungen"] for z in beratung} == {"."}


def test_die_gemeinsame_stelle_steht_bei_beiden_und_wird_von_einer_gefuehrt(
    alle_zeilen: Callable[[int], Zeilen], land: Land, seed: int
) -> None:
    zeilen = alle_zeilen(seed)
    gemeinsam = verteile(land, seed).gemeinsam
    assert gemeinsam is not None
    fuehrend, partner = gemeinsam
    assert partner in land.meldeeinheit(fuehrend).nachbarn
    for jahr in land.berichtsjahre:
        funde = {
            x.meldeeinheit: z
            for x, reihen in zeilen.items()
            if (x.datensatz, x.jahr) == ("stellen", jahr)
            for z in reihen
            if z["traegerschaft"] == "GEMEINSAM"
        }
        assert set(funde) == set(gemeinsam)
        assert {z["fuehrende_meldeeinheit"] for z in funde.values()} == {fuehrend}
        assert len({(z["stelle_id"], z["name"], z["anschrift"]) for z in funde.values()}) == 1


def test_das_zweite_jahr_setzt_das_erste_fort(alle_zeilen: Callable[[int], Zeilen], land: Land, seed: int) -> None:
    zeilen = alle_zeilen(seed)
    erstes, letztes = land.berichtsjahre[0], land.berichtsjahre[-1]
    rollen = verteile(land, seed)
    for m in land.meldeeinheiten:
        ids = [{z["stelle_id"] for z in zeilen[Lieferung("stellen", m.id, j)]} for j in (erstes, letztes)]
        geschlossen = {
            z["stelle_id"]
            for z in zeilen[Lieferung("stellen", m.id, erstes)]
            if z["aktiv_bis"] == land.zeitraum(erstes)[1]
        }
        assert ids[0] - geschlossen <= ids[1]
        if m.id == rollen.schweigt:
            continue
        anteile = [Pruefumgebung(land, m, j).jahresanteil for j in (erstes, letztes)]
        for art in _arten(rollen, m.id):
            vzae = [
                summe(zeilen[Lieferung("personal", m.id, j)], "vzae_besetzt", aufgabe=art) for j in (erstes, letztes)
            ]
            assert abs(vzae[1] / vzae[0] - 1) < 0.3
            auswahl = {"leistungsart": art, "themenfeld": "T"}
            menge = [
                summe(zeilen[Lieferung("beratung", m.id, j)], "beratungen", **auswahl) / anteil
                for j, anteil in zip((erstes, letztes), anteile, strict=True)
            ]
            assert abs(menge[1] / menge[0] - 1) < 0.3


def test_groessenordnungen(alle_zeilen: Callable[[int], Zeilen], land: Land, referenz: pl.DataFrame, seed: int) -> None:
    zeilen = alle_zeilen(seed)
    rollen = verteile(land, seed)
    for m in land.meldeeinheiten:
        personal = zeilen[Lieferung("personal", m.id, land.berichtsjahre[0])]
        beratung = zeilen[Lieferung("beratung", m.id, land.berichtsjahre[0])]
        for art in _arten(rollen, m.id):
            je_vzae = summe(beratung, "beratungen", leistungsart=art, themenfeld="T") / (
                summe(personal, "vzae_jahresmittel", aufgabe=art)
                * Pruefumgebung(land, m, land.berichtsjahre[0]).jahresanteil
            )
            assert 150 <= je_vzae <= 1500
        zielgruppe = _offen_oder_geduldet(referenz, m.id)
        assert 60 <= zielgruppe / summe(personal, "vzae_besetzt", aufgabe="FSA", taetigkeit="FACH") <= 160
        assert rollen.konzept[m.id] in ("AUSL_AZR", "AUSL_FORT", "MH_MELDE")


def _offen_oder_geduldet(referenz: pl.DataFrame, ags: str) -> float:
    zeilen = referenz.filter(
        pl.col("tabelle").str.starts_with("12531")
        & (pl.col("ags") == ags)
        & (pl.col("zeit") == "2024-12-31")
        & pl.col("merkmale").str.contains("SCHUTZST-OF|AUSRPFL-G")
    )
    return float(zeilen["wert"].sum())


def test_bevoelkerung_stimmt_mit_der_amtlichen_statistik_ueberein(
    alle_zeilen: Callable[[int], Zeilen], land: Land, referenz: pl.DataFrame, seed: int
) -> None:
    zeilen = alle_zeilen(seed)
    rollen = verteile(land, seed)
    insgesamt = {"geschlecht": "T", "altersgruppe": "T", "gemeinde_ags": "T"}
    konzepte = set()
    for m in land.meldeeinheiten:
        konzept = rollen.konzept[m.id]
        for jahr in land.berichtsjahre:
            reihen = zeilen[Lieferung("bevoelkerung", m.id, jahr)]
            if konzept == "AUSL_AZR" and (amtlich := _amtlich(referenz, "12521", m.id, jahr)):
                konzepte.add(konzept)
                assert (
                    summe([z for z in reihen if str(z["stichtag"]) == f"{jahr}-12-31"], "personen", **insgesamt)
                    == amtlich
                )
            if konzept == "AUSL_FORT" and (amtlich := _amtlich(referenz, "12411", m.id, jahr)):
                konzepte.add(konzept)
                stand = [z for z in reihen if str(z["stichtag"]) == f"{jahr}-12-31"]
                assert summe(stand, "personen", gruppe="INSGESAMT", **insgesamt) == amtlich
    assert konzepte == {"AUSL_AZR", "AUSL_FORT"}


def _amtlich(referenz: pl.DataFrame, statistik: str, ags: str, jahr: int) -> float | None:
    """The official total, found by its Merkmale: every one of them says total."""
    zeilen = referenz.filter(
        pl.col("tabelle").str.starts_with(statistik)
        & (pl.col("ags") == ags)
        & (pl.col("zeit") == f"{jahr}-12-31")
        & pl.col("merkmale").str.contains(r"^\{(\"[^\"]+\":\"(T|Insgesamt)\",?)+\}$")
    ).sort("stand")
    return zeilen["wert"].to_list()[-1] if zeilen.height else None
