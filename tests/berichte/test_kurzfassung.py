"""The Kurzfassung: what is chosen, by which rule, what is left over, and what is never said."""

from typing import Any

import polars as pl

from assets.auswertung.trends import trends
from assets.berichte.aenderungen import aenderungen
from assets.berichte.bestand import Blick, baue_bestand
from assets.berichte.kurzfassung import Kurzfassung, baue_kurzfassung
from assets.berichte.seiten import erzeuge
from assets.berichte.ueberblick import themenbloecke
from schemas.datensaetze import alle_datensaetze
from tests.berichte import welt
from tests.berichte.seitenleser import lies
from tests.berichte.welt import zeile
from tests.druck import vollewelt

QUOTE = "ARB-03", "BA"


def _kurz(ags: str = "X1", **anders: Any) -> Kurzfassung:
    if "werte" in anders:
        anders["trends"] = trends(anders["werte"], welt.KATALOG)
    return _aus(welt.berichtsdaten(**anders), ags)


def _aus(daten: Any, ags: str) -> Kurzfassung:
    bestand = baue_bestand(daten)
    blick = Blick(daten.land, daten.land.meldeeinheit(ags))
    return baue_kurzfassung(bestand, blick, themenbloecke(bestand, blick), aenderungen(bestand, [ags]))


def _quote(wert: float | None, davor: float, **rest: Any) -> pl.DataFrame:
    """A rate of X1 in two years, with narrow limits, beside a Land at 5.0."""
    grenzen: dict[str, Any] = {} if wert is None else {"ki_unten": wert - 0.1, "ki_oben": wert + 0.1}
    return welt.tabelle(
        [
            zeile(*QUOTE, "X1", 2024, davor, ki_unten=davor - 0.1, ki_oben=davor + 0.1),
            zeile(*QUOTE, "X1", 2025, wert, **(grenzen | rest)),
            zeile(*QUOTE, "X2", 2025, 5.0),
            zeile(*QUOTE, "99", 2025, 5.0),
        ]
    )


def _vorschlaege(*texte: tuple[int, str]) -> pl.DataFrame:
    zeilen = [
        {
            "meldeeinheit": "X1",
            "berichtsjahr": jahr,
            "abschnitt": "VORSCHLAG_WEITERFUEHRUNG",
            "berichtspunkt": "P3",
            "text": text,
            "zeile": nr,
        }
        for nr, (jahr, text) in enumerate(texte)
    ]
    return pl.DataFrame(zeilen, schema=alle_datensaetze()["meldung"].polars_schema)


def test_neues_und_unterschiede_nennen_wert_veraenderung_und_abstand() -> None:
    kurz = _kurz(werte=_quote(7.0, 6.0))
    (neu,) = kurz.neues
    assert (neu.wert, neu.veraenderung) == (
        "7,0\u00a0%",
        "um 1,0\u00a0Prozentpunkte gestiegen, mehr als zufällige Schwankung",
    )
    (anders,) = kurz.unterschiede
    assert (anders.wert, anders.landeswert) == ("7,0\u00a0%", "5,0\u00a0%")
    assert anders.abstand == "um 2,0\u00a0Prozentpunkte höher"
    assert kurz.unterschiede_rest == kurz.neues_rest == ""


def test_was_dem_land_aehnlich_ist_wird_gezaehlt_und_nicht_gezeigt() -> None:
    kurz = _kurz(werte=_quote(5.05, 5.0))
    assert kurz.unterschiede == ()
    assert kurz.unterschiede_rest == "Ähnlich wie Musterland: 1 Kennzahl."


def test_was_sich_nicht_vergleichen_laesst_steht_nur_bei_den_gruenden() -> None:
    nicht = {"vgl_land": "nicht_vergleichbar", "vgl_vorjahr": "nicht_vergleichbar", "gruende": "GEBIETSSTAND"}
    kurz = _kurz(werte=_quote(7.0, 6.0, **nicht))
    assert (kurz.neues, kurz.unterschiede, kurz.unterschiede_rest) == ((), (), "")
    (grund,) = kurz.hindernisse
    assert (grund.grund, grund.womit) == ("anderer Gebietsstand", "Musterland und dem Vorjahr")
    assert grund.kennzahlen == "Arbeitslosenquote"


def test_geheimes_wird_als_solches_gezaehlt_und_nirgends_gezeigt() -> None:
    kurz = _kurz(
        werte=_quote(7.0, 6.0).with_columns(wertstatus=pl.when(ags="X1").then(pl.lit("G")).otherwise("wertstatus"))
    )
    assert "1 geheim gehalten" in kurz.ohne_zahl
    assert "7,0" not in str(kurz)
    assert "6,0" not in str(kurz)


def test_je_themenfeld_reihum_und_gezeigt_in_der_reihenfolge_des_katalogs() -> None:
    kurz = _aus(vollewelt.berichtsdaten(), vollewelt.KREIS)
    nummern = [int(u.kennzahl.split()[-1]) for u in kurz.unterschiede]
    assert nummern == sorted(nummern)
    assert len({n % 12 for n in nummern}) == len(nummern), "erst kommt jedes Themenfeld einmal dran"
    alle = sum(1 for n in range(48) if n % 2 == 0 or n % 3)
    assert kurz.unterschiede_rest.startswith(f"… {alle - len(nummern)} weitere Unterschiede im Bericht.")


def test_vorschlaege_brechen_nie_mitten_im_satz_ab() -> None:
    satz = "Dieser Satz beschreibt einen Vorschlag und ist an dieser Stelle zu Ende."
    kurz = _kurz(texte=_vorschlaege((2025, " ".join([satz] * 100)), (2025, "Noch einer.")))
    (gezeigt,) = kurz.vorschlaege
    assert gezeigt.text == " ".join([satz] * gezeigt.text.count(satz))
    assert kurz.vorschlaege_rest == "… Fortsetzung dieses Textes im Bericht. … 1 weiterer Vorschlag im Bericht."


def test_ein_vorschlag_aus_einem_endlosen_satz_wird_gezaehlt() -> None:
    kurz = _kurz(texte=_vorschlaege((2025, "endlos " * 800)))
    assert (kurz.vorschlaege, kurz.vorschlaege_rest) == ((), "… 1 weiterer Vorschlag im Bericht.")


def test_was_jedes_jahr_gleich_vorgeschlagen_wird_steht_einmal_da() -> None:
    kurz = _kurz(texte=_vorschlaege((2024, "Weiter so."), (2025, "Weiter so."), (2024, "Anders.")))
    assert [(t.jahr, t.text) for t in kurz.vorschlaege] == [(2025, "Weiter so."), (2024, "Anders.")]


def test_wer_nichts_geliefert_hat_bekommt_eine_kurzfassung_die_es_sagt() -> None:
    kurz = _kurz(welt.STUMM)
    assert kurz.lieferung.startswith("Es liegt noch keine gültige Lieferung vor.")
    assert kurz.vorschlaege == ()


def test_bericht_und_kurzfassung_verweisen_aufeinander() -> None:
    seiten = dict(erzeuge(welt.berichtsdaten()))
    ziele = {
        n: {a.attribute["href"] for a in lies(seiten[n]).alle("a")} for n in ("kreis_X1.html", "kurzfassung_X1.html")
    }
    assert "kurzfassung_X1.html" in ziele["kreis_X1.html"]
    assert "kreis_X1.html" in ziele["kurzfassung_X1.html"]
