"""Corrections: applied only while the old value stands, told to the deliverer, part of what a verdict is made from."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.pruefung import korrekturen
from assets.pruefung.korrekturen import Korrektur, KorrekturError, fingerabdruck, lade, wende_an
from assets.pruefung.lieferungen import gueltige_korrekturen, lieferstand, offene, pruefe_alle
from assets.pruefung.pruefen import pruefe
from assets.pruefung.schreibweise import als_zelle
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Schwere, Typ
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, UMGEBUNG, Zeile, tabelle

PERSONAL = alle_datensaetze()["personal"]
ZEILE: dict[str, str] = {
    "stichtag": "31.12.2025",
    "stelle_id": "IBZ01",
    "aufgabe": "IBZ",
    "taetigkeit": "FACH",
    "tarif": "TVOED_SUE",
    "entgeltgruppe": "S12",
    "qualifikation": "ABSCHLUSS",
    "finanzierung": "FG2",
}


def _korrektur(**felder: Any) -> Korrektur:
    werte: dict[str, Any] = {
        "kennung": "2026-001",
        "datensatz": "personal",
        "meldeeinheit": EINHEIT.id,
        "berichtsjahr": 2025,
        "schluessel": ZEILE,
        "spalte": "vzae_besetzt",
        "alt": "2",
        "neu": "1,5",
        "grund": "Rückfrage",
        "urheber": "Fachstelle",
        "datum": date(2026, 3, 4),
    }
    return Korrektur(**(werte | felder))


def _personal() -> pl.DataFrame:
    return tabelle("personal", GUELTIG["personal"]())


def test_der_alte_wert_wird_ersetzt_und_sonst_nichts() -> None:
    vorher = _personal()
    ergebnis = wende_an(vorher, PERSONAL, [_korrektur()])
    assert ergebnis.tabelle["vzae_besetzt"].to_list() == [1.5, 2.0, 2.0, 2.0]
    assert ergebnis.tabelle.drop("vzae_besetzt").equals(vorher.drop("vzae_besetzt"))
    assert ergebnis.tabelle.schema == vorher.schema
    (befund,) = ergebnis.befunde
    assert (befund.code, befund.schwere, befund.zeile) == ("korrektur_angewandt", Schwere.HINWEIS, 2)
    assert "„1,5“" in befund.meldung
    assert "Rückfrage" in befund.meldung


@pytest.mark.parametrize(
    ("felder", "lage"),
    [
        ({"alt": "7"}, "in der Lieferung steht „2“"),
        ({"alt": "7", "neu": "2"}, "der berichtigte Wert steht schon in der Lieferung"),
        ({"schluessel": {**ZEILE, "stelle_id": "IBZ99"}}, "zu diesem Schlüssel gibt es keine Zeile"),
    ],
)
def test_der_waechter_schlaegt_an(felder: dict[str, Any], lage: str) -> None:
    ergebnis = wende_an(_personal(), PERSONAL, [_korrektur(**felder)])
    assert ergebnis.tabelle.equals(_personal())
    (befund,) = ergebnis.befunde
    assert (befund.code, befund.schwere) == ("korrektur_veraltet", Schwere.WARNUNG)
    assert lage in befund.meldung
    assert ergebnis.anzahl == {("korrektur_veraltet", "vzae_besetzt"): 1}


def test_ein_doppelter_schluessel_wird_nicht_erraten() -> None:
    doppelt = tabelle("personal", [GUELTIG["personal"]()[0]] * 2)
    ergebnis = wende_an(doppelt, PERSONAL, [_korrektur()])
    assert ergebnis.ergebnisse[0].lage == "der Schlüssel ist mehrdeutig"
    assert ergebnis.tabelle.equals(doppelt)


@pytest.mark.parametrize(("alt", "neu", "wert", "status"), [("2", ".", None, "U"), ("2", "(2)", 2.0, "E")])
def test_zeichen_sind_werte_wie_in_einer_lieferung(alt: str, neu: str, wert: float | None, status: str) -> None:
    ergebnis = wende_an(_personal(), PERSONAL, [_korrektur(alt=alt, neu=neu)])
    assert ergebnis.tabelle.row(0, named=True)["vzae_besetzt"] == wert
    assert ergebnis.tabelle.row(0, named=True)["vzae_besetzt_status"] == status


def test_korrekturen_sehen_alle_die_gelieferte_tabelle() -> None:
    umbenannt = _korrektur(kennung="b", spalte="stelle_id", alt="IBZ01", neu="IBZ02")
    vorwaerts = wende_an(_personal(), PERSONAL, [_korrektur(), umbenannt])
    rueckwaerts = wende_an(_personal(), PERSONAL, [umbenannt, _korrektur()])
    assert vorwaerts.tabelle.equals(rueckwaerts.tabelle)
    assert vorwaerts.tabelle.row(0, named=True)["stelle_id"] == "IBZ02"
    assert all(e.angewandt for e in vorwaerts.ergebnisse)


@pytest.mark.parametrize("datensatz", GUELTIG)
def test_jede_spalte_jedes_datensatzes_laesst_sich_berichtigen(datensatz: str) -> None:
    definition = alle_datensaetze()[datensatz]
    frame = tabelle(datensatz, GUELTIG[datensatz]())
    erste = frame.row(0, named=True)
    namen = [s.name for s in definition.spalten if s.name not in ("berichtsjahr", "meldeeinheit")]
    texte = {n: als_zelle(erste[n], erste.get(f"{n}_status")) for n in namen}
    schluessel = {n: texte[n] for n in definition.schluessel if n in texte}
    for name in namen:
        neu = _anderer(definition.spalte(name).feld.typ, texte[name], definition.spalte(name).codes or ())
        if neu is None:
            continue
        auftrag = _korrektur(datensatz=datensatz, spalte=name, alt=texte[name], neu=neu, schluessel=schluessel)
        ergebnis = wende_an(frame, definition, [auftrag])
        assert ergebnis.ergebnisse[0].angewandt, (name, ergebnis.ergebnisse[0].lage)
        assert ergebnis.tabelle.row(0, named=True)[name] != erste[name]


def _anderer(typ: Typ, text: str, codes: tuple[str, ...]) -> str | None:
    if codes:
        return next((c for c in codes if c != text), None)
    if text.isdigit():
        return str(int(text) + 1)
    return {Typ.GANZZAHL: "7", Typ.DEZIMAL: "7,5", Typ.DATUM: "02.01.2025", Typ.TEXT: "ein anderer Text"}.get(typ)


def test_ein_wert_der_sich_nicht_lesen_laesst_haelt_an() -> None:
    with pytest.raises(KorrekturError, match="2026-001"):
        wende_an(_personal(), PERSONAL, [_korrektur(neu="drei")])
    with pytest.raises(KorrekturError, match="2026-001"):
        wende_an(_personal(), PERSONAL, [_korrektur(spalte="tarif", alt="TVOED_SUE", neu="")])


def test_regeln_pruefen_den_berichtigten_wert_und_das_protokoll_nennt_ihn() -> None:
    zeilen: list[Zeile] = [{**GUELTIG["personal"]()[0], "vzae_besetzt": 2.6}]
    inhalt = als_csv("personal", zeilen)
    ohne = pruefe(inhalt, "p.csv", PERSONAL, UMGEBUNG)
    mit = pruefe(inhalt, "p.csv", PERSONAL, UMGEBUNG, [_korrektur(alt="2,6", neu="2")])
    assert (ohne.zustand, mit.zustand) == ("zurueckgewiesen", "angenommen_mit_hinweisen")
    assert mit.tabelle is not None
    assert mit.tabelle["vzae_besetzt"].to_list() == [2.0]
    (eintrag,) = [korrekturen.als_daten(e) for e in mit.korrekturen]
    assert (eintrag["angewandt"], eintrag["zeile"], eintrag["alt"], eintrag["neu"]) == (True, 2, "2,6", "2")


def test_eine_korrektur_gegen_eine_regel_laesst_die_lieferung_wie_sie_ist() -> None:
    inhalt = als_csv("personal", GUELTIG["personal"]())
    ohne = pruefe(inhalt, "p.csv", PERSONAL, UMGEBUNG)
    mit = pruefe(inhalt, "p.csv", PERSONAL, UMGEBUNG, [_korrektur(neu="2,6")])
    assert mit.tabelle is not None
    assert ohne.tabelle is not None
    assert mit.tabelle.equals(ohne.tabelle)
    (befund,) = mit.befunde
    assert (befund.code, befund.schwere) == ("korrektur_regelwidrig", Schwere.WARNUNG)
    assert befund.meldung.startswith("An das Ministerium: ")
    assert "R15c (Mehr besetzt als vorhanden)" in befund.meldung
    assert "Meldeeinheit ist nichts zu tun" in befund.abhilfe
    assert [(e.angewandt, e.regelwidrig) for e in mit.korrekturen] == [(False, True)]


def test_nur_die_regelwidrige_korrektur_faellt_weg() -> None:
    gut = _korrektur(kennung="gut", spalte="personen", alt="3", neu="4")
    doppelt = _korrektur(
        kennung="doppelt", schluessel={**ZEILE, "tarif": "AVR_C"}, spalte="tarif", alt="AVR_C", neu="TVOED_SUE"
    )
    mit = pruefe(als_csv("personal", GUELTIG["personal"]()), "p.csv", PERSONAL, UMGEBUNG, [doppelt, gut])
    assert mit.tabelle is not None
    assert mit.tabelle["personen"].to_list() == [4, 3, 3, 3]
    assert {e.korrektur.kennung: e.angewandt for e in mit.korrekturen} == {"doppelt": False, "gut": True}
    assert "R04" in next(b.meldung for b in mit.befunde if b.code == "korrektur_regelwidrig")


def test_korrekturen_die_nur_zusammen_stimmen_gelten_zusammen() -> None:
    schluessel = {
        "quartal": "Q1", "stelle_id": "IBZ01", "leistungsart": "IBZ", "adressat": "PERSON", "zaehleinheit": "TERMIN",
        "gruppen_zaehlung": "SITZUNG", "zaehlregel": "HAUPTTHEMA", "themenfeld": "T",
    }  # fmt: skip
    beratung = alle_datensaetze()["beratung"]
    schluessel = {n: schluessel[n] for n in beratung.schluessel if n in schluessel}
    ziel = {"datensatz": "beratung", "spalte": "beratungen"}
    gesamt = _korrektur(kennung="T", schluessel=schluessel, alt="10", neu="11", **ziel)
    teil = _korrektur(kennung="A", schluessel={**schluessel, "themenfeld": "ARBEIT"}, alt="6", neu="7", **ziel)
    inhalt = als_csv("beratung", GUELTIG["beratung"]())
    for auswahl, angewandt in (([gesamt], [False]), ([gesamt, teil], [True, True])):
        pruefung = pruefe(inhalt, "b.csv", beratung, UMGEBUNG, auswahl)
        assert pruefung.tabelle is not None
        assert [e.angewandt for e in pruefung.korrekturen] == angewandt


def test_der_letzte_gute_stand_bleibt_auch_unter_einer_falschen_korrektur(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path / "arbeit")
    nimm_an(ablage, LAND, f"personal_{EINHEIT.id}_2025.csv", als_csv("personal", GUELTIG["personal"]()), weg="test")
    monkeypatch.setattr(korrekturen, "ORDNER", tmp_path / "k")
    list(pruefe_alle(ablage, LAND, offene(ablage, LAND)))
    pfad = f"geprueft/personal/2025/{EINHEIT.id}.parquet"
    vorher = ablage.lies_tabelle(pfad)
    _datei(tmp_path / "k", neu="2,6")
    (uebernahme,) = [u for u in pruefe_alle(ablage, LAND, offene(ablage, LAND)) if u.belege]
    assert uebernahme.zustand == "angenommen_mit_hinweisen"
    assert ablage.lies_tabelle(pfad).equals(vorher)
    (ergebnis,) = gueltige_korrekturen(ablage, LAND)
    assert (ergebnis.korrektur.kennung, ergebnis.regelwidrig) == ("2026-001", True)


_TOML = """
[[korrektur]]
kennung = "2026-001"
datensatz = "personal"
meldeeinheit = "{einheit}"
berichtsjahr = 2025
spalte = "vzae_besetzt"
alt = "2"
neu = "{neu}"
grund = "Rückfrage vom März"
urheber = "Fachstelle"
datum = 2026-03-04
[korrektur.schluessel]
"""


def _datei(ordner: Path, *, neu: str = "1,5", ersetze: tuple[str, str] = ("", "")) -> Path:
    ordner.mkdir(exist_ok=True)
    text = _TOML.format(einheit=EINHEIT.id, neu=neu) + "".join(f'{n} = "{w}"\n' for n, w in ZEILE.items())
    (ordner / "k.toml").write_text(text.replace(*ersetze) if ersetze[0] else text, encoding="utf-8")
    return ordner


def test_eine_datei_wird_gelesen_wie_sie_da_steht(tmp_path: Path) -> None:
    ((lieferung, (korrektur,)),) = lade(LAND, _datei(tmp_path / "k")).items()
    assert (lieferung.datensatz, lieferung.berichtsjahr, lieferung.meldeeinheit) == ("personal", 2025, EINHEIT.id)
    assert korrektur == _korrektur(grund="Rückfrage vom März")


@pytest.mark.parametrize(
    ("alt", "neu", "meldung"),
    [
        ("[[korrektur]]", "[[korrektur", "TOML"),
        ("[[korrektur]]", "[[korrekturen]]", "Erwartet werden nur"),
        ('grund = "Rückfrage vom März"', "", "Es fehlt \\['grund'\\]"),
        ('grund = "Rückfrage vom März"', 'grund = " "', "grund"),
        ('alt = "2"', "alt = 2", "alt"),
        ("datum = 2026-03-04", 'datum = "gestern"', "datum"),
        ("berichtsjahr = 2025", "berichtsjahr = 1999", "gibt es in"),
        ('datensatz = "personal"', 'datensatz = "persona"', "gibt es in"),
        ('spalte = "vzae_besetzt"', 'spalte = "berichtsjahr"', "lässt sich nicht berichtigen"),
        ('tarif = "TVOED_SUE"', "", "Der Schlüssel"),
        ('neu = "1,5"', 'neu = "2"', "sind gleich"),
    ],
)
def test_was_nicht_stimmt_haelt_laut_an(tmp_path: Path, alt: str, neu: str, meldung: str) -> None:
    with pytest.raises(KorrekturError, match=meldung):
        lade(LAND, _datei(tmp_path / "k", ersetze=(alt, neu)))


def test_eine_kennung_gibt_es_nur_einmal(tmp_path: Path) -> None:
    ordner = _datei(tmp_path / "k")
    (ordner / "zweite.toml").write_bytes((ordner / "k.toml").read_bytes())
    with pytest.raises(KorrekturError, match="schon vergeben"):
        lade(LAND, ordner)


def test_die_beigelegten_korrekturen_sind_lesbar() -> None:
    for lieferung, liste in lade(LAND).items():
        for korrektur in liste:
            leer = pl.DataFrame(schema=alle_datensaetze()[lieferung.datensatz].polars_schema)
            wende_an(leer, alle_datensaetze()[lieferung.datensatz], [korrektur])


def test_das_beispiel_der_anleitung_stimmt(tmp_path: Path) -> None:
    text = (korrekturen.ORDNER / "LIESMICH.md").read_text(encoding="utf-8")
    beispiel = text.split("```toml\n")[1].split("```")[0].replace('"99999"', f'"{EINHEIT.id}"')
    (tmp_path / "k.toml").write_text(beispiel, encoding="utf-8")
    ((_, (korrektur,)),) = lade(LAND, tmp_path).items()
    wende_an(_personal(), PERSONAL, [korrektur])


def test_der_fingerabdruck_aendert_sich_mit_jeder_angabe() -> None:
    assert fingerabdruck([]) == ""
    abdruecke = [fingerabdruck([_korrektur(**{f: "9"})]) for f in ("kennung", "alt", "neu", "grund", "urheber")]
    assert len({*abdruecke, fingerabdruck([_korrektur()])}) == 6


def test_eine_geaenderte_korrektur_oeffnet_ihre_lieferung_wieder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path / "arbeit")
    for name in ("personal", "stellen"):
        nimm_an(ablage, LAND, f"{name}_{EINHEIT.id}_2025.csv", als_csv(name, GUELTIG[name]()), weg="test")
    monkeypatch.setattr(korrekturen, "ORDNER", tmp_path / "k")

    def laufe() -> tuple[set[str], dict[str, Any]]:
        schluessel = offene(ablage, LAND)
        list(pruefe_alle(ablage, LAND, schluessel))
        zeile = lieferstand(ablage, LAND).filter(
            pl.col("datensatz") == "personal", pl.col("berichtsjahr") == 2025, pl.col("meldeeinheit") == EINHEIT.id
        )
        return {s.datensatz for s in schluessel if s.meldeeinheit == EINHEIT.id}, zeile.row(0, named=True)

    _, ohne = laufe()
    assert (ohne["korrekturen"], ohne["korrekturen_sha"], ohne["zustand"]) == (0, "", "angenommen")
    assert laufe()[0] == set()
    _datei(tmp_path / "k")
    neu_geprueft, mit = laufe()
    assert neu_geprueft == {"personal"}
    assert (mit["korrekturen"], mit["zustand"]) == (1, "angenommen_mit_hinweisen")
    assert ablage.lies_tabelle(f"geprueft/personal/2025/{EINHEIT.id}.parquet")["vzae_besetzt"][0] == 1.5
    seite = ablage.lies(f"pruefprotokolle/{EINHEIT.id}/2025/personal_1.html").decode()
    assert "Rückfrage vom März" in seite
    _datei(tmp_path / "k", neu="1,75")
    neu_geprueft, anders = laufe()
    assert neu_geprueft == {"personal"}
    assert anders["korrekturen_sha"] not in ("", mit["korrekturen_sha"])
    (tmp_path / "k" / "k.toml").unlink()
    assert laufe()[1] == ohne
