"""Dates, keys, codes and texts: read without doubt or refused with a suggestion."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import codelisten as cl
from schemas.modell import Code, Codeliste, Schwere, Spalte, Typ
from tests.eingang.muster import ART, EINHEIT, ORT, SPRACHE, STAATEN, STICHTAG, codes, spalte
from tests.pruefung.test_umwandeln_zahlen import befund, spalte_aus, werte

STAAT = spalte("staat", Typ.CODE, codeliste=STAATEN)
SCHLUESSEL = spalte("stelle_id", Typ.SCHLUESSEL, muster=r"[A-Z0-9-]{3,8}", beispiel="S-001")
FREI = spalte("bemerkung", Typ.TEXT, pflicht=False)


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2024",
        "2024-12-31",
        "2024-12-31 00:00:00",
        "2024-12-31T00:00:00",
        "31.12.2024 00:00",
        "31.12.2024 0:00",
        "31. 12. 2024",
    ],
)
def test_eindeutige_daten(text: str) -> None:
    assert werte([text, None], spalte("datum", Typ.DATUM, pflicht=False)) == [date(2024, 12, 31), None]


@pytest.mark.parametrize(("text", "jahr"), [("1.1.24", 2024), ("01.01.68", 2068), ("1.01.69", 1969), ("01.1.99", 1999)])
def test_zweistellige_jahre_mit_warnung(text: str, jahr: int) -> None:
    ergebnis = spalte_aus([text], STICHTAG)
    assert codes(ergebnis.befunde) == ["two_digit_year"]
    assert ergebnis.tabelle["stichtag"].to_list() == [date(jahr, 1, 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29.02.2023", "invalid_date"),
        ("31.04.2024", "invalid_date"),
        ("31.13.2024", "invalid_date"),
        ("2023-02-29", "invalid_date"),
        ("12/31/2024", "date_format"),
        ("31/12/2024", "date_format"),
        ("20241231", "date_format"),
        ("2024", "date_format"),
        ("12.2024", "date_format"),
        ("31.12.", "date_format"),
        ("31.12.2024 14:30", "date_format"),
        ("31.12.0024", "date_format"),
        ("Ende 2024", "date_format"),
        ("45657", "excel_serial_date"),
        ("45657,0", "excel_serial_date"),
        ("45657,604", "excel_serial_date"),
        ("10000", "date_format"),
        (".", "symbol_not_allowed"),
        ("#####", "excel_hash"),
        ("#NV", "excel_error"),
    ],
)
def test_unklare_daten(text: str, code: str) -> None:
    assert befund(text, STICHTAG) == code


def test_excel_tageszahl_mit_vorschlag() -> None:
    assert spalte_aus(["45657"], STICHTAG).befunde[0].vorschlag == "31.12.2024"


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "kurz"]))
def test_jedes_datum_kommt_zurueck(tag: date, form: str) -> None:
    text = f"{tag.day}.{tag.month}.{tag.year}" if form == "kurz" else tag.strftime(form)
    assert werte([text], STICHTAG) == [tag]


@pytest.mark.parametrize(
    ("text", "code", "vorschlag"),
    [
        ("1099", "lost_leading_zero", "01099"),
        ("1.099", "lost_leading_zero", "01099"),
        ("1099.0", "lost_leading_zero", "01099"),
        ("1.099,00", "lost_leading_zero", "01099"),
        ("01 099", "invalid_key", "01099"),
        ("01099.0", "invalid_key", "01099"),
        ("099", "invalid_key", None),
        ("99", "invalid_key", None),
        ("010990", "invalid_key", None),
        ("0109O", "invalid_key", None),
        ("AGS01099", "invalid_key", None),
        ("1,1E+03", "scientific_notation", None),
        ("1. Mai", "excel_date_damage", "1,5"),
        ("#####", "excel_hash", None),
        (".", "symbol_not_allowed", None),
        ("٠١٠٩٩", "invalid_key", None),
    ],
)
def test_schluessel(text: str, code: str, vorschlag: str | None) -> None:
    assert befund(text, EINHEIT) == code
    assert spalte_aus([text], EINHEIT).befunde[0].vorschlag == vorschlag


def test_schluessel_in_kleinbuchstaben_und_beispiel() -> None:
    assert spalte_aus(["s-001"], SCHLUESSEL).befunde[0].vorschlag == "S-001"
    assert "Beispiel: S-001" in spalte_aus(["?"], SCHLUESSEL).befunde[0].abhilfe
    assert befund("11. Apr", SCHLUESSEL) == "excel_date_damage"
    assert werte(["S-001", "A99"], SCHLUESSEL) == ["S-001", "A99"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("FEST", "FEST"), ("fest", "FEST"), ("Mobil", "MOBIL"), ("insgesamt", "T"), ("Fester  Ort", "FEST")],
)
def test_codes_ohne_gross_und_klein_und_bezeichnungen(text: str, code: str) -> None:
    assert werte([text], ART) == [code]


def test_codes_nur_aus_der_erlaubten_auswahl() -> None:
    from schemas.modell import Rolle

    nur = Spalte(ART.feld, Rolle.MERKMAL, erlaubt=("FEST",))
    assert befund("MOBIL", nur) == "unknown_code"
    assert "Erlaubt sind: FEST." in spalte_aus(["T"], nur).befunde[0].abhilfe


@pytest.mark.parametrize(
    ("text", "code", "vorschlag"),
    [
        ("FESTT", "unknown_code", "FEST"),
        ("?", "unknown_code", None),
        ("-", "symbol_not_allowed", None),
        ("17. Jun", "excel_date_damage", "17,6"),
    ],
)
def test_unbekannte_codes(text: str, code: str, vorschlag: str | None) -> None:
    assert befund(text, ART) == code
    assert spalte_aus([text], ART).befunde[0].vorschlag == vorschlag


ENTGELTGRUPPE = spalte("entgeltgruppe", Typ.CODE, codeliste=cl.ENTGELTGRUPPE)
TARIF = spalte("tarif", Typ.CODE, codeliste=cl.TARIF)
FINANZIERUNG = spalte("finanzierung", Typ.CODE, codeliste=cl.FINANZIERUNG)
ALTER = spalte("altersgruppe", Typ.CODE, codeliste=cl.ALTERSGRUPPE)
QUALIFIKATION = spalte("qualifikation", Typ.CODE, codeliste=cl.QUALIFIKATION)


@pytest.mark.parametrize(
    ("text", "liste", "code"),
    [
        ("E 9b", ENTGELTGRUPPE, "E9B"),
        ("E9-b", ENTGELTGRUPPE, "E9B"),
        ("S 11b", ENTGELTGRUPPE, "S11B"),
        ("S 11 b.", ENTGELTGRUPPE, "S11B"),
        ("FG 5", FINANZIERUNG, "FG5"),
        ("FG-5", FINANZIERUNG, "FG5"),
        ("TVOED-SUE", TARIF, "TVOED_SUE"),
        ("tvoed sue", TARIF, "TVOED_SUE"),
        ("A 06-17", ALTER, "A06_17"),
    ],
)
def test_beiwerk_im_code_wird_gelesen_und_gesagt(text: str, liste: Spalte, code: str) -> None:
    ergebnis = spalte_aus([text], liste)
    assert ergebnis.tabelle[liste.name].to_list() == [code]
    (hinweis,) = ergebnis.befunde
    assert (hinweis.code, hinweis.schwere) == ("code_spelling", Schwere.HINWEIS)
    assert code in hinweis.meldung


@pytest.mark.parametrize(
    ("text", "liste"),
    [("E 1.0", ENTGELTGRUPPE), ("E1 0", ENTGELTGRUPPE), ("0.04", STAAT), ("15 2", STAAT), ("S 8", ENTGELTGRUPPE)],
)
def test_was_etwas_anderes_bedeuten_kann_wird_nicht_gelesen(text: str, liste: Spalte) -> None:
    assert spalte_aus([text], liste).tabelle[liste.name].to_list() == [None]


def test_zwei_codes_mit_gleicher_grundform_werden_nicht_geraten() -> None:
    liste = spalte("art", Typ.CODE, codeliste=Codeliste("art", "Art", (Code("A_B", "a"), Code("AB", "b"))))
    assert spalte_aus(["A_B", "AB", "A-B"], liste).tabelle["art"].to_list() == ["A_B", "AB", None]


@pytest.mark.parametrize(
    ("text", "liste", "vorschlag"),
    [
        ("S8", ENTGELTGRUPPE, None),
        ("S11", ENTGELTGRUPPE, None),
        ("E14UE", ENTGELTGRUPPE, None),
        ("E13U", ENTGELTGRUPPE, "E13UE"),
        ("E15U", ENTGELTGRUPPE, "E15UE"),
        ("FG", FINANZIERUNG, None),
        ("FG7", FINANZIERUNG, None),
        ("ABSCHLUS", QUALIFIKATION, "ABSCHLUSS"),
        ("VERGLIECHBAR", QUALIFIKATION, "VERGLEICHBAR"),
        ("TVOED_SEU", TARIF, "TVOED_SUE"),
        ("AVR_E", TARIF, None),
        ("HONORRAR", TARIF, "HONORAR"),
        ("Haustariff", TARIF, "HAUS"),
    ],
)
def test_vorgeschlagen_wird_nur_der_eine_naechste_code(text: str, liste: Spalte, vorschlag: str | None) -> None:
    (fund,) = spalte_aus([text], liste).befunde
    assert (fund.code, fund.vorschlag) == ("unknown_code", vorschlag)


@given(st.sampled_from(cl.ENTGELTGRUPPE.schluessel), st.text("ESAU0123456789B", min_size=1, max_size=5))
def test_ein_vorschlag_aendert_nie_eine_ziffer(code: str, text: str) -> None:
    for versuch in (text, code[:-1], code + text[0]):
        for fund in spalte_aus([versuch], ENTGELTGRUPPE).befunde:
            if fund.code == "unknown_code" and fund.vorschlag:
                assert [z for z in fund.vorschlag if z.isdigit()] == [z for z in versuch if z.isdigit()]


def test_ziffernschluessel_ohne_nullen() -> None:
    assert befund("4", STAAT) == "lost_leading_zero"
    assert spalte_aus(["4"], STAAT).befunde[0].vorschlag == "004"
    assert werte(["004", "polen"], STAAT) == ["004", "152"]


def test_strich_als_code() -> None:
    bereich = spalte(
        "bereich", Typ.CODE, codeliste=Codeliste("bereich", "Bereich", (Code("FSA", "f"), Code("-", "keiner")))
    )
    assert werte(["-", "–", "FSA"], bereich) == ["-", "-", "FSA"]


@pytest.mark.parametrize("text", ["ar uk", "AR, UK", "ar;uk", "ar / uk", " ar,uk,ar "])
def test_mehrere_codes_in_einer_zelle(text: str) -> None:
    assert werte([text], SPRACHE) == ["ar uk"]


def test_beiwerk_in_einer_liste_von_codes() -> None:
    ergebnis = spalte_aus(["a-r, uk"], SPRACHE)
    assert ergebnis.tabelle["sprachen"].to_list() == ["ar uk"]
    assert codes(ergebnis.befunde) == ["code_spelling"]


def test_mehrere_codes_mit_einem_unbekannten() -> None:
    assert befund("ar xx", SPRACHE) == "unknown_code"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('=HYPERLINK("x")', "formula"),
        ("@SUM(1)", "formula"),
        ("+cmd|x", "formula"),
        ("-2+3+cmd|' /C calc'!A0", "formula"),
        ("#BEZUG!", "excel_error"),
        ("-", "symbol_not_allowed"),
        ("x", "symbol_not_allowed"),
    ],
)
def test_gefaehrliche_und_leere_texte(text: str, code: str) -> None:
    assert befund(text, ORT) == code


@pytest.mark.parametrize(
    "text", ["- Beratung (extern)", "+49 351 123-45", "Haus = Ort", "a@b.de", "#1 Haus", "Ab", "-5", "“=1”"]
)
def test_harmlose_texte_bleiben_wie_sie_sind(text: str) -> None:
    assert werte([text], ORT) == [text]


def test_freiwilliger_text_darf_ein_strich_sein() -> None:
    assert werte(["-", None, "x"], FREI) == ["-", None, "x"]


def test_text_mit_muster() -> None:
    kontakt = spalte("kontakt", Typ.TEXT, muster=r"[^@\s]+@[^@\s]+", beispiel="a@b.de")
    assert werte(["a@b.de"], kontakt) == ["a@b.de"]
    assert befund("keine Adresse", kontakt) == "invalid_text"
