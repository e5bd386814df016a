"""Delimiters, headers and rows: what is found, what is left out and said, what is refused."""

import csv
from collections.abc import Sequence

import pytest

from assets.eingang.lesen import Grund, lies_tabelle
from assets.eingang.lesen.grenzen import HOECHSTE_SPALTEN
from assets.eingang.lesen.kopfzeile import Namensbuch, normalform
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Rolle, Schwere, Typ
from tests.eingang.muster import KOPF, SPALTEN, ZEILEN, als_csv, codes, datei, lies, spalte, stellen, wandle

LEER = [""] * len(KOPF)
NORMAL = wandle(datei()).tabelle


@pytest.mark.parametrize("trennzeichen", [";", ",", "\t", "|", ":", "^", "~"])
@pytest.mark.parametrize("ende", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("zitat", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_trennzeichen_zeilenenden_anfuehrungszeichen(trennzeichen: str, ende: str, zitat: int) -> None:
    text = als_csv([KOPF, *ZEILEN], trennzeichen=trennzeichen, ende=ende, zitat=zitat)
    for inhalt in (text, text.rstrip("\r\n")):
        ergebnis = wandle(inhalt)
        assert ergebnis.befunde == ()
        assert ergebnis.tabelle.equals(NORMAL)


@pytest.mark.parametrize("erste", ["sep=;", '"sep=;"', "SEP=;", "sep=,"])
def test_sep_zeile_zaehlt_in_excel_nicht(erste: str) -> None:
    text = erste + "\r\n" + datei(ZEILEN[0], [*ZEILEN[1][:5], "1o", *ZEILEN[1][6:]])
    befund = wandle(text).befunde[0]
    assert (befund.code, befund.zeile, befund.physische_zeile, befund.buchstabe) == ("invalid_number", 3, 4, "F")


def test_zeilenumbruch_in_zelle_zaehlt_in_excel_nicht() -> None:
    text = datei([*ZEILEN[0][:2], "Bad\nMöhlau", *ZEILEN[0][3:]], [*ZEILEN[1][:5], "1o", *ZEILEN[1][6:]])
    ergebnis = wandle(text)
    assert ergebnis.tabelle["ort"][0] == "Bad\nMöhlau"
    assert [(b.zeile, b.physische_zeile) for b in ergebnis.befunde] == [(3, 4)]


@pytest.mark.parametrize(
    ("name", "zelle", "gelesen"),
    [
        ("meldeeinheit", "'01099", "01099"),
        ("meldeeinheit", "'01099'", "01099"),
        ("betrag_eur", "'25,05", "25,05"),
        ("ort", "'Grünßee'", "Grünßee"),
        ("ort", "'s Gravenhage", "'s Gravenhage"),
        ("ort", '="01"', "01"),
    ],
)
def test_was_eine_zelle_nur_zu_text_macht_wird_entfernt(name: str, zelle: str, gelesen: str) -> None:
    nr = KOPF.index(name)
    ergebnis = lies(";".join(KOPF) + "\n" + ";".join([*ZEILEN[0][:nr], zelle, *ZEILEN[0][nr + 1 :]]))
    assert ergebnis.zellen is not None
    assert ergebnis.zellen[name].to_list() == [gelesen]
    assert codes(ergebnis.befunde) == ["excel_text_formula"] * (zelle != gelesen)


def test_blanks_um_trennzeichen_und_anfuehrungszeichen() -> None:
    text = "\n".join(" ; ".join(f'"{z}"' for z in zeile) for zeile in [KOPF, *ZEILEN])
    assert wandle(text).tabelle.equals(NORMAL)


@pytest.mark.parametrize(
    ("zellen", "zeile"),
    [(['"Ratz', None], 3), (['"Gut "Hof" B"', None], 3), (['"Ratz', 'burg"'], 3)],
)
def test_anfuehrungszeichen_die_nicht_passen(zellen: Sequence[str | None], zeile: int) -> None:
    zeilen = [
        KOPF,
        ZEILEN[0],
        *([*ZEILEN[1][:2], z or "Ort", *ZEILEN[1][3:]] for z in (zellen[0], "a", "b", zellen[1])),
    ]
    text = "\n".join(";".join(z) for z in zeilen)
    assert stellen(lies(text).befunde) == [("unclosed_quote", zeile, None)]


def test_ein_einzelnes_anfuehrungszeichen_wird_gemeldet() -> None:
    """`Gut Hof"` was quoted once; without its first mark nobody knows where the cell began."""
    zeilen = [KOPF, [*ZEILEN[0][:2], '"zwei\nZeilen"', *ZEILEN[0][3:]], [*ZEILEN[1][:2], 'Gut Hof"', *ZEILEN[1][3:]]]
    assert stellen(lies("\n".join(";".join(z) for z in zeilen)).befunde) == [("unclosed_quote", 3, None)]


def test_anfuehrungszeichen_mitten_im_text_bleiben() -> None:
    text = "\n".join(";".join(z) for z in [KOPF, [*ZEILEN[0][:2], 'Gut "Hof" B', *ZEILEN[0][3:]]])
    gelesen = lies(text)
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"].to_list() == ['Gut "Hof" B']


@pytest.mark.parametrize("form", ["'{}", '="{}"'])
def test_textzeichen_von_excel_lassen_den_wert_stehen(form: str) -> None:
    zeile = [form.format(z) if i in (0, 1, 4, 5, 6) else z for i, z in enumerate(ZEILEN[0])]
    ergebnis = wandle(datei(zeile, *ZEILEN[1:]))
    assert ergebnis.tabelle.equals(NORMAL)
    assert codes(ergebnis.befunde) == ["excel_text_formula"] * 5
    assert "01099 gelesen" in ergebnis.befunde[1].meldung


# Header -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kopf",
    [
        [k.upper() for k in KOPF],
        [f" {k.replace('_', ' ')}* " for k in KOPF],
        ["Jahr", "Kreis", "Ort¹⁾", "Art 2)", "Stich\u00adtag", "Beratene\nPersonen", "Betrag [EUR]", "Sprachen"],
        [
            "Jahr¹",
            "AGS 1)",
            "Ort1)",
            "Art1),2)",
            "Stichtag (TT.MM.JJJJ) 12)",
            "personen²⁾ ³⁾",
            "Betrag in EUR1)",
            "sprachen ¹,²",
        ],
        ["Berichtsjahr", "AGS", "ort", "ART", "stichtag", "beratene_personen (Anzahl)", "betrag in €", "sprachen"],
    ],
)
def test_ueberschriften_wie_leute_sie_schreiben(kopf: Sequence[str]) -> None:
    ergebnis = wandle(datei(kopf=kopf))
    assert ergebnis.befunde == ()
    assert ergebnis.tabelle.equals(NORMAL)


@pytest.mark.parametrize(
    ("kopf", "erwartet"),
    [
        ("Personen (%)", "missing_column"),
        ("Personen in Prozent", "missing_column"),
        ("Personen (weiblich)", "missing_column"),
        ("Personenzahl", "missing_column"),
    ],
)
def test_aehnliche_ueberschriften_werden_nicht_geraten(kopf: str, erwartet: str) -> None:
    befunde = lies(datei(kopf=[*KOPF[:5], kopf, *KOPF[6:]])).befunde
    assert codes(befunde) == [erwartet, "extra_column"]
    assert befunde[0].spalte == "personen"
    assert befunde[0].vorschlag == kopf


def test_einheit_im_namen_steht_auch_in_klammern_oder_hinter_in() -> None:
    buch = Namensbuch([spalte("flaeche_km2", Typ.DEZIMAL, Rolle.MASS, einheit="km²", label="Fläche_km2")])
    assert {buch.suche(k) for k in ("Fläche in km²", "Fläche (in km²)", "Fläche [km2]")} == {(0, "flaeche_km2")}
    assert buch.suche("Fläche in ha") is None


def test_verlorener_buchstabe_in_einer_ueberschrift() -> None:
    for kopf in ("Begr\ufffdndung", "Begr?ndung"):
        befunde = lies(datei(*[[*z, ""] for z in ZEILEN], kopf=[*KOPF, kopf])).befunde
        assert stellen(befunde) == [("replacement_char", 1, None), ("extra_column", 1, kopf)]


def test_reihenfolge_der_spalten_ist_gleichgueltig() -> None:
    ordnung = [3, 0, 7, 5, 6, 1, 2, 4]
    umgestellt = [[zeile[i] for i in ordnung] for zeile in [KOPF, *ZEILEN]]
    assert wandle(als_csv(umgestellt)).tabelle.equals(NORMAL)


def test_name_geht_vor_synonym_und_uneindeutige_synonyme_zaehlen_nicht() -> None:
    buch = Namensbuch(
        [
            spalte("anzahl", Typ.GANZZAHL, label="Zahl der Fälle"),
            spalte("personen", Typ.GANZZAHL, synonyme=("Anzahl", "Menge")),
            spalte("faelle", Typ.GANZZAHL, synonyme=("Menge",)),
        ]
    )
    assert buch.suche("ANZAHL") == (0, "anzahl")
    assert buch.suche("Zahl der Faelle") == (1, "anzahl")
    assert buch.suche("Menge") is None
    assert normalform("Zahl der\nFälle*") == "zahlderfaelle"


def test_doppelte_und_fehlende_und_namenlose_spalten() -> None:
    doppelt = datei(*[[*z, "5"] for z in ZEILEN], kopf=[*KOPF, "Personen"])
    assert stellen(lies(doppelt).befunde) == [("duplicate_header", 1, "personen")]
    assert stellen(lies(datei(*[z[1:] for z in ZEILEN], kopf=KOPF[1:])).befunde) == [
        ("missing_column", 1, "berichtsjahr")
    ]
    namenlos = lies(datei(*[[*z, "x"] for z in ZEILEN], kopf=[*KOPF, ""])).befunde
    assert [(b.code, b.buchstabe) for b in namenlos] == [("blank_header", "I")]
    assert lies(datei(*[[*z, "", ""] for z in ZEILEN], kopf=[*KOPF, "", ""])).befunde == ()


def test_fehlende_spalte_mit_vorgabe_wird_ergaenzt() -> None:
    art = spalte("art", Typ.CODE, Rolle.SCHLUESSEL, vorgabe="T", codeliste=SPALTEN[3].feld.codeliste)
    spalten = [*SPALTEN[:3], art, *SPALTEN[4:]]
    text = datei(*[z[:3] + z[4:] for z in ZEILEN], kopf=KOPF[:3] + KOPF[4:])
    ergebnis = wandle(text, spalten=spalten)
    assert stellen(ergebnis.befunde) == [("default_column", 1, "art")]
    assert ergebnis.tabelle["art"].to_list() == ["T"] * 3


def test_zweizeiliger_kopf_und_titelzeile_darueber() -> None:
    oben = ["Jahr", "AGS", "Ort", "Art", "Stichtag", "Beratene", "", "sprachen"]
    unten = ["", "", "", "", "", "Personen", "Betrag", ""]
    gelesen = wandle(als_csv([oben, unten, *ZEILEN]))
    assert gelesen.befunde == ()
    assert gelesen.tabelle.drop("zeile").equals(NORMAL.drop("zeile"))
    assert gelesen.tabelle["zeile"].to_list() == [3, 4, 5]
    titel = wandle(als_csv([["Angaben", *LEER[1:]], KOPF, *ZEILEN]))
    assert codes(titel.befunde) == ["preamble_skipped"]


def test_zweite_kopfzeile_die_nichts_benennt_wird_gemeldet() -> None:
    oben = [*KOPF[:5], "Angaben", "", "sprachen"]
    befunde = lies(als_csv([oben, ["", "", "", "", "", "Menschen", "Geld", ""], *ZEILEN])).befunde
    assert ("multi_row_header", 1, None) in stellen(befunde)


@pytest.mark.parametrize("kopf", [';"'.join(KOPF), '"' + ";".join(KOPF) + '"'])
def test_anfuehrungszeichen_in_der_kopfzeile_die_nicht_passen(kopf: str) -> None:
    text = "\n".join(["Bericht", kopf, *(";".join(z) for z in ZEILEN)])
    assert stellen(lies(text).befunde) == [("unclosed_quote", 2, None)]


def test_keine_kopfzeile_nennt_die_erste_zeile_mit_text() -> None:
    befund = lies("\r\n" + als_csv(ZEILEN)).befunde[0]
    assert (befund.code, befund.zeile) == ("missing_header", 2)
    assert "berichtsjahr" in befund.abhilfe


def test_zu_breite_kopfzeile() -> None:
    kopf = [*KOPF, *(f"x{i}" for i in range(HOECHSTE_SPALTEN))]
    assert codes(lies(als_csv([kopf])).befunde) == ["too_large"]


# Rows -------------------------------------------------------------------------------------------------------------


def test_vorspann_ohne_und_mit_trennzeichen() -> None:
    for vorspann in (["Bericht", "Stand: 31.12.2025", ""], ["Bericht;;;", "Kreis;Stand;;", ";;;"], ['"Titel']):
        gelesen = wandle("\n".join(vorspann) + "\n" + datei())
        assert codes(gelesen.befunde) == ["preamble_skipped"]
        assert gelesen.tabelle["zeile"][0] == len(vorspann) + 2


def test_leere_zeilen() -> None:
    vorn = lies(als_csv([LEER, [], KOPF, *ZEILEN]))
    assert codes(vorn.befunde) == ["preamble_skipped"]
    mitte = lies(als_csv([KOPF, ZEILEN[0], LEER, [], *ZEILEN[1:]]))
    assert stellen(mitte.befunde) == [("blank_row", 3, None), ("blank_row", 4, None)]
    assert [(a.zeile, a.grund) for a in mitte.ausgelassen] == [(3, Grund.LEER)]
    hinten = lies(als_csv([KOPF, *ZEILEN, *[LEER] * 50]))
    assert hinten.befunde == ()
    assert [(a.zeile, a.grund) for a in hinten.ausgelassen] == [(5, Grund.LEER)]


@pytest.mark.parametrize("einheiten", [["Anzahl", "EUR"], ["(Personen)", "in €"], ["Pers.", "[Euro]"]])
@pytest.mark.parametrize("davor", [[""] * 5, ["Einheit", "", "", "", ""], ["JJJJ", "Schlüssel", "Text", "Wort", "-"]])
def test_einheitenzeile(einheiten: list[str], davor: list[str]) -> None:
    gelesen = lies(als_csv([KOPF, [*davor, *einheiten, ""], *ZEILEN]))
    assert stellen(gelesen.befunde) == [("units_row", 2, None)]
    assert gelesen.ausgelassen[0].grund is Grund.EINHEITEN


def test_zeile_mit_spaltennummern() -> None:
    gelesen = lies(als_csv([KOPF, [str(i + 1) for i in range(len(KOPF))], *ZEILEN]))
    assert stellen(gelesen.befunde) == [("units_row", 2, None)]


@pytest.mark.parametrize(
    "zeile",
    [
        ["Summe", "", "", "", "", "19.422", "1058,04", ""],
        ["", "Insgesamt", "", "", "", "19422", "", ""],
        ["", "", "Landkreis gesamt", "", "31.12.2025", "19422", "", ""],
        ["2025", "", "Zwischensumme:", "", "", "19422", "", ""],
        ["Zusammen", "", "", "", "", "", "", ""],
        ["Gesamtergebnis", "", "", "", "", "19422", "", ""],
        ["Kreis Nord Ergebnis", "", "", "", "", "19422", "", ""],
    ],
)
def test_summenzeilen_werden_ausgelassen_und_gelistet(zeile: list[str]) -> None:
    gelesen = lies(als_csv([KOPF, *ZEILEN, zeile]))
    assert stellen(gelesen.befunde) == [("total_row", 5, None)]
    assert gelesen.ausgelassen[-1].grund is Grund.SUMME
    assert gelesen.zellen is not None
    assert gelesen.zellen.height == 3


def test_code_t_mit_bezeichnung_insgesamt_ist_keine_summenzeile() -> None:
    ergebnis = wandle(datei(["2025", "01099", "Kreis insgesamt", "insgesamt", "31.12.2025", "5", "1", ""]))
    assert ergebnis.befunde == ()
    assert ergebnis.tabelle["art"].to_list() == ["T"]


def test_zwischenueberschrift_und_unvollstaendige_zeile_sind_zweierlei() -> None:
    gruppe = lies(als_csv([KOPF, ["Raum Nord", *LEER[1:]], *ZEILEN]))
    assert stellen(gruppe.befunde) == [("group_row", 2, None)]
    nur_schluessel = wandle(als_csv([KOPF, ["2025", *LEER[1:]], *ZEILEN]))
    assert {b.code for b in nur_schluessel.befunde} == {"missing_value"}
    assert nur_schluessel.tabelle.height == 4


@pytest.mark.parametrize(
    "fuss",
    [
        "\nQuelle: eigene Zählung",
        "Quelle: eigene Zählung;;;;;;;",
        "________\nErstellt am 31.12.2025",
        "\n1) vorläufig\n* geschätzt\n© Amt",
        "\nQuelle: Amt; Stand: 31.12.2025",
        "© Amt; Kiel;;;;;;",
        "(c) Amt; Kiel",
        "1) vorläufig\nSachbearbeiter: Muster; Zi. 3\ngez. Muster; 31.12.2025",
    ],
)
def test_fusszeilen(fuss: str) -> None:
    gelesen = lies(datei() + fuss)
    assert set(codes(gelesen.befunde)) == {"footer_skipped"}
    assert gelesen.zellen is not None
    assert gelesen.zellen.height == 3
    assert any(a.grund is Grund.FUSS for a in gelesen.ausgelassen)


@pytest.mark.parametrize(
    "zeile", [ZEILEN[1][:-1], [*ZEILEN[1], "x"], ZEILEN[1][:3], [*ZEILEN[1][:5], "1,5", "0", "", "x"]]
)
def test_falsche_feldzahl(zeile: list[str]) -> None:
    gelesen = lies("\n".join(";".join(z) for z in [KOPF, ZEILEN[0], zeile, ZEILEN[2]]))
    assert stellen(gelesen.befunde) == [("ragged_row", 3, None)]
    assert gelesen.zellen is not None
    assert gelesen.zellen["zeile"].to_list() == [2, 4]


@pytest.mark.parametrize("trenner", ["\t", ",", "|", '";"'])
@pytest.mark.parametrize("stelle", [1, 2])
@pytest.mark.parametrize("davor", ["", "\n"])
def test_zeile_mit_anderem_trennzeichen_ist_keine_ueberschrift(trenner: str, stelle: int, davor: str) -> None:
    zeilen = [";".join(z) for z in ZEILEN]
    zeilen[stelle] = f'"{zeilen[stelle]}"' if trenner == '";"' else trenner.join(ZEILEN[stelle])
    zeilen[stelle] = davor + zeilen[stelle]
    gelesen = lies("\n".join([";".join(KOPF), *zeilen]))
    assert ("ragged_row", stelle + 2 + len(davor), None) in stellen(gelesen.befunde)
    assert not {"group_row", "footer_skipped"} & set(codes(gelesen.befunde))


def test_satz_mit_kommas_bleibt_ueberschrift() -> None:
    satz = "Raum Nord, mit A, B, C, D, E, F und G, ohne H"
    gelesen = lies("\n".join([";".join(KOPF), satz, *(";".join(z) for z in ZEILEN), satz]))
    assert codes(gelesen.befunde) == ["group_row", "footer_skipped"]


def test_leere_felder_am_ende_nur_wenn_alle_zeilen_so_enden() -> None:
    alle = "\n".join([";".join(KOPF), *(";".join([*z, "", ""]) for z in ZEILEN), "", "Quelle: Amt"])
    assert codes(lies(alle).befunde) == ["footer_skipped"]
    eine = "\n".join(";".join(z) for z in [KOPF, [*ZEILEN[0], "", ""], ZEILEN[1]])
    assert stellen(lies(eine).befunde) == [("ragged_row", 2, None)]


def test_unquotierte_dezimalkommas_in_kommadatei() -> None:
    text = "\n".join(",".join(z) for z in [KOPF, ["2025", "01099", "Ort", "FEST", "31.12.2025", "1", "25,05", ""]])
    assert stellen(lies(text).befunde) == [("ragged_row", 2, None)]


def test_spaltennummern_haben_so_viele_felder_wie_der_kopf() -> None:
    nummern = [str(i + 1) for i in range(len(KOPF))]
    assert stellen(lies(datei(nummern, *ZEILEN)).befunde) == [("units_row", 2, None)]
    assert stellen(lies(datei([*nummern, "9"], *ZEILEN)).befunde) == [("ragged_row", 2, None)]


@pytest.mark.parametrize("trennzeichen", [",", "\t", "|"])
@pytest.mark.parametrize("nr", range(3))
def test_eine_zeile_mit_anderem_trennzeichen_ist_keine_ueberschrift(trennzeichen: str, nr: int) -> None:
    zeilen = [als_csv([zeile]) for zeile in [KOPF, *ZEILEN]]
    zeilen[nr + 1] = als_csv([ZEILEN[nr]], trennzeichen=trennzeichen)
    assert stellen(lies("".join(zeilen)).befunde) == [("ragged_row", nr + 2, None)]


def test_zwei_spalten_werden_nie_zu_einer_ueberschrift_verbunden() -> None:
    spalten = [spalte(n, Typ.TEXT, pflicht=False) for n in ("nord", "mitte", "west", "ende")]
    befunde = lies("nord;mitte\n;west;ende\na;b;c;\na;b;c;\n", spalten=spalten).befunde
    assert ("ragged_row", 2, None) in stellen(befunde)


def test_zweite_tabelle() -> None:
    gelesen = lies(als_csv([KOPF, ZEILEN[0], [], ["Tabelle 2", *LEER[1:]], KOPF, *ZEILEN[1:]]))
    assert ("multiple_tables", 5, None) in stellen(gelesen.befunde)


def test_zweite_tabelle_mit_anderen_spalten() -> None:
    gelesen = lies("\n".join(";".join(z) for z in [KOPF, ZEILEN[0], [], ["Berichtsjahr", "Haushalte"], ["2025", "7"]]))
    assert stellen(gelesen.befunde)[1:] == [("multiple_tables", 4, None), ("ragged_row", 5, None)]


def test_kopfzeile_ohne_daten() -> None:
    for text in (datei()[: datei().index("\r\n")], als_csv([KOPF, LEER, LEER]), als_csv([KOPF]) + "\nQuelle: Amt"):
        assert "no_data" in codes(lies(text).befunde)


def test_alles_ausgelassene_steht_in_der_liste() -> None:
    zeilen = [
        ["Bericht"],
        KOPF,
        ["", "", "", "", "", "Anzahl", "EUR", ""],
        ["Raum Nord", *LEER[1:]],
        ZEILEN[0],
        LEER,
        ZEILEN[1][:4],
        ["Summe", *LEER[1:5], "1", "1", ""],
        [],
        ["Quelle: Amt"],
    ]
    gelesen = lies(als_csv(zeilen))
    assert gelesen.zellen is not None
    genannt = {a.zeile for a in gelesen.ausgelassen} | set(gelesen.zellen["zeile"]) | {gelesen.dialekt.kopfzeile_nr}
    assert genannt == set(range(1, 11))


def test_eine_fehlende_freiwillige_spalte_ist_kein_fehler_wenn_sie_niemand_verwechselt_hat() -> None:
    spalten = alle_datensaetze()["aufgaben"].spalten
    ohne = b"berichtsjahr;meldeeinheit;aufgabe;wahrgenommen;durch\n2025;14625;KIM;SELBST;\n"
    gelesen = lies_tabelle(ohne, "a.csv", spalten)
    assert [(b.code, b.spalte, b.schwere) for b in gelesen.befunde] == [
        ("optional_column", "begruendung", Schwere.HINWEIS)
    ]
    verschrieben = ohne.replace(b"durch\n", b"durch;begruendungen\n").replace(b";SELBST;\n", b";SELBST;;x\n")
    gefunden = {b.code for b in lies_tabelle(verschrieben, "a.csv", spalten).befunde}
    assert gefunden == {"missing_column", "extra_column"}
