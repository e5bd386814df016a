"""When a dash is a zero and when it is nothing at all."""

from collections.abc import Sequence

import polars as pl

from assets.referenz.belegung import Striche, deute_striche

KREISE = [f"01{n:03d}" for n in range(1, 16)]


Zeile = tuple[str, str, int, str, float | None]


def tabelle(zeilen: Sequence[Zeile]) -> pl.DataFrame:
    """Rows (zeit, ags, satz_id, kennzahl, value or None for a dash)."""
    return pl.DataFrame(
        [(z, a, s, k, 0.0 if w is None else w, "N", w is None) for z, a, s, k, w in zeilen],
        schema={
            "zeit": pl.String,
            "ags": pl.String,
            "satz_id": pl.Int64,
            "kennzahl": pl.String,
            "wert": pl.Float64,
            "wertstatus": pl.String,
            "strich": pl.Boolean,
        },
        orient="row",
    )


def status(frame: pl.DataFrame, ags: str, satz: int, zeit: str = "2020") -> tuple[float | None, str]:
    zeile = frame.filter(pl.col("ags") == ags, pl.col("satz_id") == satz, pl.col("zeit") == zeit)
    return zeile.select("wert", "wertstatus").row(0)


def test_strich_neben_zahlen_ist_null() -> None:
    gedeutet, striche = deute_striche(tabelle([("2020", "01001", 0, "a", 5), ("2020", "01001", 1, "a", None)]))
    assert status(gedeutet, "01001", 1) == (0.0, "N")
    assert striche == Striche(1, 0, 0, 0, 0)


def test_gebiet_ohne_jede_zahl_gab_es_nicht() -> None:
    zeilen: Sequence[Zeile] = [
        ("2020", "01001", 0, "a", 5.0),
        ("2020", "01002", 0, "a", None),
        ("2007", "01002", 0, "a", 9.0),
    ]
    gedeutet, striche = deute_striche(tabelle([*zeilen, ("2007", "01001", 0, "a", None)]))
    assert status(gedeutet, "01002", 0) == (None, "U")
    assert status(gedeutet, "01002", 0, "2007") == (9.0, "N")
    assert status(gedeutet, "01001", 0, "2007") == (None, "U")
    assert striche.gebiet_ohne_werte == 2


def test_ebene_ohne_freigabe() -> None:
    gedeutet, striche = deute_striche(
        tabelle([("2020", "01", 0, "a", 5), *(("2020", k, 0, "a", None) for k in KREISE)])
    )
    assert {status(gedeutet, k, 0) for k in KREISE} == {(None, "U")}
    assert striche.ebene_ohne_werte == len(KREISE)


def test_leere_spalte_unter_vielen_gebieten_ist_nicht_veroeffentlicht() -> None:
    zeilen: Sequence[Zeile] = [("2020", k, s, "a", 5.0 if s == 0 else None) for k in KREISE for s in (0, 1)]
    gedeutet, striche = deute_striche(tabelle([*zeilen, ("2020", "01", 0, "a", 75), ("2020", "01", 1, "a", None)]))
    assert {status(gedeutet, k, 1) for k in (*KREISE, "01")} == {(None, "U")}
    assert striche.spalte_ohne_werte == len(KREISE) + 1


def test_leere_spalte_unter_wenigen_gebieten_bleibt_null() -> None:
    zeilen: Sequence[Zeile] = [("2020", k, s, "a", 5.0 if s == 0 else None) for k in KREISE[:3] for s in (0, 1)]
    gedeutet, _ = deute_striche(tabelle(zeilen))
    assert {status(gedeutet, k, 1) for k in KREISE[:3]} == {(0.0, "N")}


def test_kleine_ebene_richtet_sich_nach_der_grossen() -> None:
    zeilen: Sequence[Zeile] = [("2020", k, 1, "a", 3.0) for k in KREISE] + [("2020", "01001001", 0, "a", 8.0)]
    gedeutet, _ = deute_striche(tabelle([*zeilen, ("2020", "01001001", 1, "a", None)]))
    assert status(gedeutet, "01001001", 1) == (0.0, "N")


def test_land_ist_nicht_null_wenn_kreise_etwas_haben() -> None:
    zeilen: Sequence[Zeile] = [("2020", k, 1, "a", 3.0) for k in KREISE] + [("2020", "01", 0, "a", 8.0)]
    gedeutet, _ = deute_striche(tabelle([*zeilen, ("2020", "01", 1, "a", None)]))
    assert status(gedeutet, "01", 1) == (None, "U")


def test_gebiet_mit_fehlendem_mass_ist_unvollstaendig() -> None:
    zeilen: Sequence[Zeile] = [
        ("2020", k, s, m, 5.0) for k in KREISE[1:] for s, m in ((0, "Anzahl"), (1, "Quote"), (2, "Quote"))
    ]
    weitere: Sequence[Zeile] = [("2020", KREISE[0], 0, "Anzahl", None), ("2020", KREISE[0], 1, "Quote", 7.5)]
    gedeutet, striche = deute_striche(tabelle([*zeilen, *weitere, ("2020", KREISE[0], 2, "Quote", None)]))
    assert status(gedeutet, KREISE[0], 0) == (None, "U")
    assert status(gedeutet, KREISE[0], 1) == (7.5, "N")
    assert status(gedeutet, KREISE[0], 2) == (None, "U")
    assert striche.gebiet_unvollstaendig == 2


def test_gueltigkeit_des_aufrufers_entscheidet() -> None:
    zeilen: Sequence[Zeile] = [("2007", k, 0, "a", 5.0) for k in KREISE[:3]]
    weitere: Sequence[Zeile] = [
        ("2007", "01098", 0, "a", None),
        ("2007", "01099", 0, "a", None),
        ("2007", "01099", 1, "a", 1.0),
    ]
    gueltig = {"01098": ("1994-01-01", None), "01099": ("2008-08-01", None)}
    gedeutet, _ = deute_striche(tabelle([*zeilen, *weitere]), gueltig)
    assert status(gedeutet, "01098", 0, "2007") == (0.0, "N")
    assert status(gedeutet, "01099", 0, "2007") == (None, "U")


def test_ohne_gebietsspalte_zaehlt_die_tabelle_als_ein_gebiet() -> None:
    gedeutet, _ = deute_striche(
        tabelle([("2020", "", 0, "a", 5), ("2020", "", 1, "a", None), ("2021", "", 0, "a", None)])
    )
    assert status(gedeutet, "", 1) == (0.0, "N")
    assert status(gedeutet, "", 0, "2021") == (None, "U")
