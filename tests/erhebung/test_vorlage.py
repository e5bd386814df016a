"""Templates: what is offered passes the check, filled in well it is accepted, filled in badly it gets its finding."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from assets.ablage import Ablage
from assets.eingang.empfang import EmpfangError, alle_belege, nimm_an
from assets.eingang.lesen import GeleseneTabelle, lies_mappe, lies_tabelle
from assets.erhebung.stellenregister import Stellenregister, liefern_traeger
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import AMTLICH, LISTEN, ZEICHEN, Vorlage, als_csv, als_mappe, notiz
from assets.pruefung.pruefen import Pruefung, pruefe
from assets.pruefung.regelpruefung import pruefe_regeln
from assets.pruefung.zeichen import als_zeichen
from schemas.datensaetze import alle_datensaetze
from schemas.lesebefunde import NOT_FILLED_IN
from schemas.modell import Pruefumgebung, Typ
from schemas.zellbefunde import MISSING_VALUE
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, NUR_IM_STUMMEL, STUMMEL, UMGEBUNG, VERSTOSS, Zeile, tabelle

FORMEN = ("csv", "xlsx")
REGISTER = Stellenregister(
    2025,
    2024,
    tabelle(
        "stellen",
        [
            {**GUELTIG["stellen"]()[0], "berichtsjahr": 2024, "stelle_id": kennung, "art": art, "traeger_id": traeger}
            for kennung, art, traeger in (
                ("IBZ01", "IBZ", "T1"),
                ("FSA01", "FSA", "T2"),
                ("KIK01", "KIK", "T1"),
                ("RKB01", "RKB", "T3"),
            )
        ],
    ),
)


def _bytes(v: Vorlage, form: str) -> bytes:
    return als_csv(v) if form == "csv" else als_mappe([v], "Test")


def _lies(v: Vorlage, form: str) -> GeleseneTabelle:
    return lies_tabelle(_bytes(v, form), f"v.{form}", v.datensatz.spalten)


def _pruefe(v: Vorlage, form: str, umgebung: Pruefumgebung = UMGEBUNG) -> Pruefung:
    return pruefe(_bytes(v, form), f"v.{form}", v.datensatz, umgebung)


@pytest.mark.parametrize("form", FORMEN)
@pytest.mark.parametrize("datensatz", GUELTIG)
def test_die_leere_vorlage_hat_jede_spalte_und_sonst_nichts(datensatz: str, form: str) -> None:
    gelesen = _lies(Vorlage(alle_datensaetze()[datensatz]), form)
    assert [b.code for b in gelesen.befunde] in ([], ["no_data"])
    assert [s.name for s in gelesen.spalten] == [s.name for s in alle_datensaetze()[datensatz].spalten]
    assert gelesen.ausgelassen == ()


@pytest.mark.parametrize("form", FORMEN)
@pytest.mark.parametrize("datensatz", GUELTIG)
def test_gut_ausgefuellt_wird_sie_ohne_befund_angenommen(datensatz: str, form: str) -> None:
    erwartet = tabelle(datensatz, GUELTIG[datensatz]())
    pruefung = _pruefe(Vorlage(alle_datensaetze()[datensatz], erwartet), form)
    assert pruefung.befunde == ()
    assert pruefung.tabelle is not None
    assert pruefung.tabelle.equals(erwartet)


@pytest.mark.parametrize("regel", VERSTOSS)
def test_schlecht_ausgefuellt_bekommt_sie_genau_den_befund(regel: str) -> None:
    name, aendere, *_ = VERSTOSS[regel]
    frame = tabelle(name, aendere(GUELTIG[name]()))
    umgebung = UMGEBUNG
    if regel in NUR_IM_STUMMEL:
        frame, umgebung = frame.with_columns(berichtsjahr=pl.lit(2024, pl.Int64)), STUMMEL
    erwartet = pruefe_regeln(frame, alle_datensaetze()[name], umgebung).befunde
    for form in FORMEN:
        befunde = _pruefe(Vorlage(alle_datensaetze()[name], frame), form, umgebung).befunde
        assert sorted((b.code, b.zeile or 0, b.spalte or "", b.meldung) for b in befunde) == sorted(
            (b.code, b.zeile or 0, b.spalte or "", b.meldung) for b in erwartet
        )
        assert regel in {b.code for b in befunde}


def test_die_mappe_fuer_alle_hat_je_datensatz_ein_blatt() -> None:
    vorlagen = [Vorlage(d, tabelle(n, GUELTIG[n]())) for n, d in alle_datensaetze().items()]
    gelesen = lies_mappe(
        als_mappe(vorlagen, "Alle"), "alle.xlsx", {n: d.spalten for n, d in alle_datensaetze().items()}
    )
    assert set(gelesen) == set(alle_datensaetze())
    assert all(t.befunde == () and t.zellen is not None for t in gelesen.values())


def _xml(inhalt: bytes, teil: str) -> str:
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        return paket.read(teil).decode()


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_codes_werden_ausgewaehlt_und_die_liste_ist_versteckt(datensatz: str) -> None:
    definition = alle_datensaetze()[datensatz].fuer(LAND)
    inhalt = als_mappe([Vorlage(definition)], "Test")
    mappe = CalamineWorkbook.from_filelike(io.BytesIO(inhalt))
    assert re.search(rf'<sheet name="{LISTEN}"[^>]*state="hidden"', _xml(inhalt, "xl/workbook.xml"))
    listen = [[z for z in spalte if z] for spalte in zip(*mappe.get_sheet_by_name(LISTEN).to_python(), strict=True)]
    erwartet = {s.codes for s in definition.spalten if s.feld.typ is Typ.CODE and s.codes}
    assert {tuple(w for w in liste if w) for liste in listen} == erwartet
    auswahlen = re.findall(
        r'<dataValidation type="list".*?sqref="([A-Z]+)2:\1', _xml(inhalt, "xl/worksheets/sheet1.xml")
    )
    assert len(auswahlen) == sum(s.feld.typ is Typ.CODE for s in definition.spalten)


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_jeder_spaltenkopf_hat_seine_notiz(datensatz: str) -> None:
    definition = alle_datensaetze()[datensatz]
    kommentare = _xml(als_mappe([Vorlage(definition)], "Test"), "xl/comments1.xml")
    assert kommentare.count("<comment ") == len(definition.spalten)
    for spalte in definition.spalten:
        text = notiz(spalte)
        assert spalte.feld.label in text
        assert spalte.feld.beschreibung in text
        assert ("Pflicht" in text) == (spalte.pflicht or spalte.vorgabe is not None)
        assert spalte.feld.einheit is None or f"Einheit: {spalte.feld.einheit}" in text


def test_kennungen_sind_textzellen_und_behalten_ihre_nullen() -> None:
    frame = tabelle("stellen", [{**GUELTIG["stellen"]()[0], "stelle_id": "007", "traeger_id": "01"}])
    v = Vorlage(alle_datensaetze()["stellen"], frame)
    gelesen = _lies(v, "xlsx")
    assert gelesen.zellen is not None
    assert gelesen.zellen.select("stelle_id", "traeger_id").row(0) == ("007", "01")
    assert 'formatCode="@"' in _xml(_bytes(v, "xlsx"), "xl/styles.xml") or 'numFmtId="49"' in _xml(
        _bytes(v, "xlsx"), "xl/styles.xml"
    )


def test_texte_werden_nie_zu_formeln() -> None:
    frame = tabelle("stellen", [{**GUELTIG["stellen"]()[0], "name": "=1+1", "anschrift": "https://example.org"}])
    inhalt = _bytes(Vorlage(alle_datensaetze()["stellen"], frame), "xlsx")
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        blaetter = [paket.read(n).decode() for n in paket.namelist() if n.startswith("xl/worksheets/")]
    assert not [b for b in blaetter if "<f>" in b or "<hyperlink" in b]


def test_csv_ist_fuer_excel_mit_kennung_und_semikolon() -> None:
    inhalt = als_csv(Vorlage(alle_datensaetze()["personal"]))
    assert inhalt.startswith(b"\xef\xbb\xbfberichtsjahr;meldeeinheit;")
    assert inhalt.endswith(b"\r\n")


def test_gleiche_vorlage_gleiche_bytes() -> None:
    v = Vorlage(alle_datensaetze()["personal"], tabelle("personal", GUELTIG["personal"]()))
    assert als_mappe([v], "Test") == als_mappe([v], "Test")


def test_die_zeichen_der_notiz_sind_die_des_lesers() -> None:
    assert all(als_zeichen(z) for z in ZEICHEN)


def test_amtliche_zahlen_stehen_fuer_sich_und_werden_nicht_gelesen() -> None:
    v = Vorlage(alle_datensaetze()["personal"], tabelle("personal", GUELTIG["personal"]()))
    inhalt = als_mappe([v], "Test", pl.DataFrame({"Kennzahl": ["Einwohner"], "Wert": [12.5]}))
    blatt = CalamineWorkbook.from_filelike(io.BytesIO(inhalt)).get_sheet_by_name(AMTLICH).to_python()
    assert blatt[1:] == [["Kennzahl", "Wert"], ["Einwohner", 12.5]]
    pruefung = pruefe(inhalt, "v.xlsx", v.datensatz, UMGEBUNG)
    assert pruefung.tabelle is not None
    assert {b.code for b in pruefung.befunde} == {"sheet_ignored"}


# Rows to start with ------------------------------------------------------------------------------------------------


def _vorbelegt(datensatz: str, traeger: str | None = None) -> Vorlage:
    return vorlage(
        alle_datensaetze()[datensatz], LAND, jahr=2025, meldeeinheit=EINHEIT, register=REGISTER, traeger=traeger
    )


def _zeilen(v: Vorlage) -> list[Zeile]:
    assert v.zeilen is not None
    return v.zeilen.to_dicts()


def test_das_verzeichnis_kommt_aus_dem_vorjahr_und_muss_bestaetigt_werden() -> None:
    v = _vorbelegt("stellen")
    assert [z["stelle_id"] for z in _zeilen(v)] == ["IBZ01", "FSA01", "KIK01", "RKB01"]
    assert {z["berichtsjahr"] for z in _zeilen(v)} == {2025}
    for form in FORMEN:
        befunde = _pruefe(v, form).befunde
        assert {(b.code, b.spalte) for b in befunde} == {(MISSING_VALUE.id, "meldung_vollstaendig")}
        assert len(befunde) == 4


def test_je_stelle_steht_die_zeile_mit_ihrer_aufgabe_da() -> None:
    assert [(z["stelle_id"], z["leistungsart"]) for z in _zeilen(_vorbelegt("beratung"))] == [
        ("IBZ01", "IBZ"),
        ("FSA01", "FSA"),
        ("RKB01", "RKB"),
    ]
    assert [(z["stelle_id"], z["aufgabe"]) for z in _zeilen(_vorbelegt("personal"))][2] == ("KIK01", "KIK")


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_vorbelegt_sind_nur_schluessel_nie_zahlen(datensatz: str) -> None:
    v = _vorbelegt(datensatz)
    if datensatz == "stellen":
        return
    definition = alle_datensaetze()[datensatz]
    assert v.zeilen is not None
    rest = [n for n in v.zeilen.columns if n not in definition.schluessel]
    assert all(v.zeilen[n].null_count() == v.zeilen.height for n in rest)
    codes = {b.code for b in _pruefe(v, "csv").befunde}
    assert (MISSING_VALUE.id in codes) == liefern_traeger(definition)
    assert not {c for c in codes if c not in (MISSING_VALUE.id, NOT_FILLED_IN.id) and not c.startswith("R")}


@pytest.mark.parametrize("form", FORMEN)
@pytest.mark.parametrize("datensatz", GUELTIG)
def test_eine_leere_vorlage_besteht_und_sagt_dass_noch_nichts_darin_steht(datensatz: str, form: str) -> None:
    definition = alle_datensaetze()[datensatz]
    fuer_einen = _pruefe(vorlage(definition, LAND, jahr=2025, meldeeinheit=EINHEIT), form)
    assert fuer_einen.zustand == "nicht_ausgefuellt"
    assert [b.code for b in fuer_einen.befunde] == [NOT_FILLED_IN.id]
    assert fuer_einen.tabelle is None
    assert ("Fehlanzeige" in fuer_einen.befunde[0].abhilfe) == definition.fehlanzeige
    fuer_alle = _pruefe(vorlage(definition, LAND), form)
    assert fuer_alle.zustand == ("angenommen_mit_hinweisen" if definition.fehlanzeige else "nicht_ausgefuellt")


@pytest.mark.parametrize("form", FORMEN)
@pytest.mark.parametrize("datensatz", GUELTIG)
def test_eine_leere_vorlage_verdraengt_nie_eine_lieferung(datensatz: str, form: str, tmp_path: Path) -> None:
    ablage, definition = Ablage(tmp_path), alle_datensaetze()[datensatz]
    name = f"{datensatz}_{EINHEIT.id}_2025"
    gut = nimm_an(
        ablage, LAND, f"{name}.csv", als_csv(Vorlage(definition, tabelle(datensatz, GUELTIG[datensatz]()))), weg="t"
    )
    leer = _bytes(vorlage(definition, LAND, jahr=2025, meldeeinheit=EINHEIT), form)
    with pytest.raises(EmpfangError, match="noch nichts steht"):
        nimm_an(ablage, LAND, f"{name}.{form}", leer, weg="t")
    assert alle_belege(ablage, LAND) == {gut.beleg.schluessel: (gut.beleg,)}


def test_die_bekannten_schluessel_stehen_schon_da() -> None:
    for datensatz, definition in alle_datensaetze().items():
        zeilen = _zeilen(vorlage(definition, LAND, jahr=2025, meldeeinheit=EINHEIT))
        assert {(z["berichtsjahr"], z["meldeeinheit"]) for z in zeilen} == {(2025, EINHEIT.id)}
        assert len(zeilen) == (len(definition.spalte("aufgabe").codes or ()) if datensatz == "aufgaben" else 1)
    aufgaben = vorlage(alle_datensaetze()["aufgaben"], LAND)
    assert [z["aufgabe"] for z in _zeilen(aufgaben)] == list(aufgaben.datensatz.spalte("aufgabe").codes or ())


def test_eine_angefangene_vorlage_wird_geprueft() -> None:
    v = vorlage(alle_datensaetze()["aufgaben"], LAND, jahr=2025, meldeeinheit=EINHEIT)
    assert v.zeilen is not None
    wahrgenommen = pl.Series([*["SELBST"] * (v.zeilen.height - 1), None])
    pruefung = _pruefe(Vorlage(v.datensatz, v.zeilen.with_columns(wahrgenommen=wahrgenommen)), "csv")
    assert pruefung.zustand == "zurueckgewiesen"
    assert pruefung.je_regel == {MISSING_VALUE.id: 1}


def test_auswahllisten_von_zahlen_sind_zahlen() -> None:
    inhalt = als_mappe([vorlage(alle_datensaetze()["personal"], LAND)], "Test")
    listen = CalamineWorkbook.from_filelike(io.BytesIO(inhalt)).get_sheet_by_name(LISTEN).to_python()
    jahre = [zelle for zeile in listen for zelle in zeile if str(zelle).startswith("202")]
    assert jahre == [float(j) for j in LAND.berichtsjahre]


def test_ein_traeger_bekommt_nur_seine_stellen() -> None:
    assert [z["stelle_id"] for z in _zeilen(_vorbelegt("personal", "T1"))] == ["IBZ01", "KIK01"]
    assert [z["stelle_id"] for z in _zeilen(_vorbelegt("beratung", "T2"))] == ["FSA01"]
    assert [z["traeger_id"] for z in _zeilen(_vorbelegt("massnahmen", "T3"))] == ["T3"]
    inhalt = als_mappe([_vorbelegt("personal", "T1")], "Test")
    assert "FSA01" not in _xml(inhalt, "xl/sharedStrings.xml")


def test_ein_vorbelegtes_datum_bleibt_ein_datum() -> None:
    gelesen = _lies(_vorbelegt("stellen"), "xlsx")
    assert gelesen.zellen is not None
    assert gelesen.zellen["aktiv_von"][0] == date(2024, 10, 1).isoformat()
