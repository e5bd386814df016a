"""Character sets: decided by all letters of a file, refused where they cannot be known."""

import unicodedata

import pytest

from tests.eingang.muster import ZEILEN, codes, datei, lies, stellen, wandle

TEXT = datei()
ORTE = [z[2] for z in ZEILEN]


@pytest.mark.parametrize(
    ("inhalt", "zeichensatz"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode() + b"\x1a", "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
    ],
)
def test_uebliche_zeichensaetze_ohne_befund(inhalt: bytes, zeichensatz: str) -> None:
    gelesen = lies(inhalt)
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"].to_list() == ORTE
    assert gelesen.dialekt.zeichensatz == zeichensatz
    assert gelesen.befunde == ()


@pytest.mark.parametrize("codec", ["cp850", "cp437", "mac_roman"])
def test_ungewoehnliche_werden_gelesen_und_gemeldet(codec: str) -> None:
    gelesen = lies(TEXT.encode(codec))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"].to_list() == ORTE
    assert codes(gelesen.befunde) == ["encoding_suspect"]


def test_besondere_zeichen_von_windows() -> None:
    text = datei([*ZEILEN[0][:2], "„Haus“ – Straße 5 € … ’s", *ZEILEN[0][3:]], *ZEILEN[1:])
    gelesen = lies(text.encode("cp1252"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"][0] == "„Haus“ – Straße 5 € … ’s"


def test_umlaut_vor_schliessendem_anfuehrungszeichen_ist_keine_mischung() -> None:
    gelesen = lies(datei([*ZEILEN[0][:2], "Verein „BÖ“ in Köln", *ZEILEN[0][3:]]).encode("cp1252"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"][0] == "Verein „BÖ“ in Köln"


def test_name_mit_s_hacek_ist_kein_macintosh() -> None:
    text = datei([*ZEILEN[0][:2], "Miloš", *ZEILEN[0][3:]])
    gelesen = lies(text.encode("cp1252"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"][0] == "Miloš"


@pytest.mark.parametrize("ort", ["Œuvre", "Škoda", "Straße 5 €", "Haus œuvre"])
def test_iso_8859_15_mit_wenigen_eigenen_zeichen(ort: str) -> None:
    text = datei([*ZEILEN[0][:2], ort, *ZEILEN[0][3:]], *ZEILEN[1:])
    gelesen = lies(text.encode("iso8859_15"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"][0] == ort


def test_akzent_am_wortende_von_ms_dos() -> None:
    gelesen = lies(datei([*ZEILEN[0][:2], "Café Zoé", *ZEILEN[0][3:]]).encode("cp850"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"].to_list() == ["Café Zoé"]
    assert codes(gelesen.befunde) == ["encoding_suspect"]


def test_brueche_von_windows_bleiben() -> None:
    gelesen = lies(datei([*ZEILEN[0][:2], "2½fach, ½ Jahr", *ZEILEN[0][3:]], *ZEILEN[1:]).encode("cp1252"))
    assert gelesen.zellen is not None
    assert gelesen.zellen["ort"][0] == "2½fach, ½ Jahr"


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "shift-jis", "gb18030", "euc-jp"])
def test_fremde_schriften_werden_abgelehnt(codec: str) -> None:
    text = datei([*ZEILEN[0][:2], "Москва и область" if codec[0] in "ck" else "東京都大阪", *ZEILEN[0][3:]])
    gelesen = lies(text.encode(codec))
    assert gelesen.zellen is None
    assert codes(gelesen.befunde) == ["encoding_unknown"]


def test_gemischte_zeichensaetze_mit_zeile() -> None:
    zeilen = TEXT.encode().split(b"\r\n")
    zeilen[3] = zeilen[3].decode().encode("cp1252")
    assert stellen(lies(b"\r\n".join(zeilen)).befunde) == [("encoding_mixed", 4, None)]
    befund = lies(b"sep=;\r\n" + b"\r\n".join(zeilen)).befunde[0]
    assert (befund.zeile, befund.physische_zeile) == (4, 5)
    mit_bom = b"\xef\xbb\xbf" + TEXT.encode("cp1252")
    assert codes(lies(mit_bom).befunde) == ["encoding_mixed"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_abgeschnittenes_utf16_mit_zeile(codec: str) -> None:
    inhalt = ("\ufeff" + TEXT).encode(codec)
    for rest in (1, 5):
        assert stellen(lies(inhalt[:-rest]).befunde) == [("nul_bytes", 4, None)]


def test_tausende_akzente_auf_einem_buchstaben_halten_nicht_auf() -> None:
    lauf = "a" + "\u0308\u0323" * 100_000
    befunde = lies(datei([*ZEILEN[0][:2], lauf, *ZEILEN[0][3:]])).befunde
    assert stellen(befunde) == [("cell_too_long", 2, "ort")]


def test_zusammengesetzte_umlaute_werden_zu_einem_zeichen() -> None:
    zerlegt = unicodedata.normalize("NFD", TEXT)
    assert zerlegt != TEXT
    assert wandle(zerlegt).tabelle.equals(wandle(TEXT).tabelle)


def test_nullbytes_mit_zeile() -> None:
    assert stellen(lies(TEXT.encode().replace(b"Gr", b"G\x00r")).befunde) == [("nul_bytes", 3, None)]


@pytest.mark.parametrize(
    ("gelesen_als", "geschrieben"), [("cp1252", "utf-8"), ("mac_roman", "utf-8"), ("cp850", "utf-8")]
)
def test_doppelt_umgewandelte_umlaute(gelesen_als: str, geschrieben: str) -> None:
    zerstoert = ORTE[0].encode(geschrieben).decode(gelesen_als)
    befunde = lies(datei([*ZEILEN[0][:2], zerstoert, *ZEILEN[0][3:]], *ZEILEN[1:])).befunde
    assert stellen(befunde) == [("mojibake", 2, "ort")]
    assert befunde[0].vorschlag == ORTE[0]


def test_zweimal_falsch_umgewandelte_umlaute() -> None:
    zerstoert = ORTE[0].encode().decode("cp1252").encode().decode("cp1252")
    befunde = lies(datei([*ZEILEN[0][:2], zerstoert, *ZEILEN[0][3:]], *ZEILEN[1:])).befunde
    assert [(b.code, b.vorschlag) for b in befunde] == [("mojibake", ORTE[0])]


@pytest.mark.parametrize(
    ("geschrieben", "gelesen_als"),
    [("cp850", "cp1252"), ("cp1252", "cp850"), ("cp1252", "mac_roman"), ("mac_roman", "cp1252")],
)
def test_mit_anderem_einbytesatz_gelesene_umlaute(geschrieben: str, gelesen_als: str) -> None:
    zerstoert = "Grünßee".encode(geschrieben).decode(gelesen_als, "replace").replace("\ufffd", "\x81")
    befunde = lies(datei([*ZEILEN[0][:2], zerstoert, *ZEILEN[0][3:]], *ZEILEN[1:])).befunde
    assert stellen(befunde) == [("mojibake", 2, "ort")]
    assert "Grün" in (befunde[0].vorschlag or "")


def test_zerstoerte_kopfzeile_wird_erkannt_und_gemeldet() -> None:
    kopf = ["Jahr", "AGS", "Ort", "Art", "Stichtag", "Beratene Personen (für Grünßee)", "Betrag", "sprachen"]
    befunde = lies(datei(kopf=[*kopf[:5], "personen", "Betrag", "sprÃ¤chen"])).befunde
    assert "mojibake" in codes(befunde)


@pytest.mark.parametrize("text", ["M\ufffdlln", "M?lln", "Gro?see"])
def test_verlorene_buchstaben(text: str) -> None:
    befunde = lies(datei([*ZEILEN[0][:2], text, *ZEILEN[0][3:]])).befunde
    assert stellen(befunde) == [("replacement_char", 2, "ort")]


@pytest.mark.parametrize(
    "text",
    ["Wer? Wo?", "https://beispiel.invalid/a?b=c", "Naïve Café-Größe", "Âge d’or", "Łódź", "§ 5 m³ Šibenik", "5 ‰"],
)
def test_unverdaechtige_texte(text: str) -> None:
    assert lies(datei([*ZEILEN[0][:2], text, *ZEILEN[0][3:]])).befunde == ()


def test_unsichtbare_zeichen_werden_entfernt_und_gemeldet() -> None:
    ergebnis = wandle(datei(["2025", "01\u200b099", "Möl\u00adlau", "FEST", "31.12.2025", "\u202a7\u202c", "1", ""]))
    assert ergebnis.tabelle["meldeeinheit"][0] == "01099"
    assert ergebnis.tabelle["ort"][0] == "Möllau"
    assert ergebnis.tabelle["personen"][0] == 7
    assert set(codes(ergebnis.befunde)) == {"invisible_char"}
    assert len(ergebnis.befunde) == 3
