"""Writes `auswertung/teilhabe.duckdb`: everything an analyst asks for, as tables with comments.

What belongs here: which tables, and their comments from the contract. What does not: computing anything. The file is
written under another name and renamed, so that one who has it open keeps the old one.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from assets.ablage import Ablage
from assets.auswertung.datenbank import geprueft
from schemas import revisionen, trends
from schemas.amtliche_probe import PROBENART, TEXTE, URTEIL
from schemas.berichtsstand import GRUND, PUNKTSTAND, SPALTENTEXTE
from schemas.datensaetze import alle_datensaetze
from schemas.indikatoren import katalog
from schemas.mittel import ABWEICHUNG, GRENZE, RATENSTAND
from schemas.modell import Codeliste, Datensatz, Land
from schemas.statistik import TRENDS, TRICHTERLAGEN, URTEILE, regel_fuer
from schemas.trichter import TRICHTER
from schemas.vergleichbarkeit import ALLE_GRUENDE
from schemas.vergleichsmatrix import ZUSTAND
from schemas.wertstatus import WERTSTATUS

PFAD = "auswertung/teilhabe.duckdb"
_LESBAR_AB = "v1.2.0"
"""Oldest program that can open the file: the tools of analysts lag behind."""

_BESCHREIBUNG = {
    "amtlich": "Amtliche Reihen in einheitlicher Form, alle Stände.",
    "indikatorwerte": "Alle Werte aller Kennzahlen mit Zähler, Nenner, Vergleichbarkeit und Quelle.",
    "trichter": "Je Variante, Jahr und Meldeeinheit: Grenzen zufälliger Schwankung um den Landeswert und Lage darin.",
    "vergleichbarkeit": "Je Variante, Jahr und Meldeeinheit: mit wem der Wert vergleichbar ist und warum nicht.",
    "fragen": "Fragen an die Meldeeinheiten, deren Antwort mehr vergleichbar machen würde.",
    "amtliche_probe": "Berechnete Kennzahlen neben amtlich veröffentlichten Angaben: Abstand, Toleranz, Erklärung.",
    "trends": "Je Kennzahl, Variante und Gebiet: Veränderung zum Vorjahr und über die vergleichbare Reihe.",
    "revisionen": "Jede nachträglich geänderte Angabe mit altem und neuem Wert.",
    "revisionswirkungen": "Welche Werte von Kennzahlen sich dadurch geändert haben; nicht gerundet.",
    "zuweisungen": "Mitteilungen und Bescheide nach der Formel und wie gebucht; Beträge in Cent.",
    "mittelverwendung": "Was aus jeder Zuweisung wurde; Beträge in Cent, Anteile in Prozent.",
    "raten": "Auszahlungen neben ihrer Frist; Beträge in Cent.",
    "berichtspunkte": "Wie weit jeder Punkt der gesetzlichen Liste erfüllt ist, je Meldeeinheit, Zeitraum und Jahr.",
    "punktliste": "Die gesetzliche Liste mit Fundstelle und Kennzahlen.",
    "meldeeinheiten": "Wer meldet, in amtlicher Reihenfolge.",
    "kennzahlen": "Der Katalog: eine Zeile je Kennzahl und Variante.",
    "gruende": "Gründe eingeschränkter Vergleichbarkeit mit ihrer Wirkung auf jeden Vergleich.",
    "codes": "Alle Codes aller Codelisten mit Bezeichnung.",
}

_SPALTENTEXTE: Mapping[str, Mapping[str, str]] = {
    "berichtspunkte": SPALTENTEXTE,
    "trichter": {name: e.text for name, e in TRICHTER.items()},
    "amtliche_probe": {name: text for name, (_, text) in TEXTE.items()},
    "trends": trends.BESCHREIBUNGEN,
    "revisionen": revisionen.BESCHREIBUNGEN,
    "revisionswirkungen": revisionen.BESCHREIBUNGEN,
}
"""Descriptions of columns of tables that are no dataset."""

_LISTEN = (
    WERTSTATUS,
    ZUSTAND,
    ABWEICHUNG,
    RATENSTAND,
    GRENZE,
    PUNKTSTAND,
    GRUND,
    TRICHTERLAGEN,
    PROBENART,
    URTEIL,
    URTEILE,
    TRENDS,
    revisionen.ART,
    revisionen.EREIGNIS,
)
"""Lists of codes that results use; those of deliveries come from their columns."""


def schreibe_analysedatei(ablage: Ablage, land: Land, ergebnisse: dict[str, str]) -> int:
    """Makes the database and puts it into the Ablage.

    Args:
        ablage: holds checked tables and results.
        land: whose datasets.
        ergebnisse: name of a table -> path of its Parquet file in the Ablage.

    Returns:
        Number of tables.
    """
    tabellen = {name: geprueft(ablage, name) for name in land.datensaetze}
    tabellen |= {name: ablage.lies_tabelle(pfad) for name, pfad in ergebnisse.items()}
    tabellen |= {"meldeeinheiten": _meldeeinheiten(land), "kennzahlen": _kennzahlen(land), "gruende": _gruende()}
    tabellen |= {"punktliste": _punktliste(land), "codes": _codes(land)}
    with tempfile.TemporaryDirectory() as ordner:
        datei = Path(ordner) / "teilhabe.duckdb"
        with duckdb.connect(":memory:") as con:
            con.execute(f"ATTACH '{datei}' AS ziel (STORAGE_VERSION '{_LESBAR_AB}')")
            for name, tabelle in tabellen.items():
                _tabelle(con, name, tabelle, alle_datensaetze().get(name))
            con.execute("DETACH ziel")
        ablage.schreibe(PFAD, datei.read_bytes())
    return len(tabellen)


def _tabelle(con: duckdb.DuckDBPyConnection, name: str, tabelle: pl.DataFrame, datensatz: Datensatz | None) -> None:
    con.register("eingabe", tabelle)
    con.execute(f'CREATE TABLE ziel."{name}" AS FROM eingabe')
    con.unregister("eingabe")
    text = datensatz.beschreibung if datensatz else _BESCHREIBUNG[name]
    con.execute(f"""COMMENT ON TABLE ziel."{name}" IS {_text(text)}""")
    texte = _spaltentexte(datensatz) if datensatz else _SPALTENTEXTE.get(name, {})
    for spalte, erklaerung in ((s, texte[s]) for s in tabelle.columns if s in texte):
        con.execute(f'COMMENT ON COLUMN ziel."{name}"."{spalte}" IS {_text(erklaerung)}')


def _spaltentexte(datensatz: Datensatz) -> dict[str, str]:
    """What each column of a dataset holds."""
    felder = {s.name: s.feld for s in datensatz.spalten}
    einheiten = {name: f" Einheit: {feld.einheit}." if feld.einheit else "" for name, feld in felder.items()}
    return {name: f"{feld.label}. {feld.beschreibung}{einheiten[name]}" for name, feld in felder.items()}


def _text(wert: str) -> str:
    """A literal; comments take no parameters."""
    return "'" + wert.replace("'", "''") + "'"


def _meldeeinheiten(land: Land) -> pl.DataFrame:
    zeilen = [
        (nr, m.id, m.name, m.kuerzel, m.typ, m.gruppe, len(m.gemeinden))
        for nr, m in enumerate(land.meldeeinheiten, start=1)
    ]
    namen = ["reihenfolge", "meldeeinheit", "name", "kuerzel", "typ", "gruppe", "gemeinden"]
    return pl.DataFrame(zeilen, schema=namen, orient="row")


def _kennzahlen(land: Land) -> pl.DataFrame:
    zeilen = [
        {
            "indikator_id": i.id,
            "variante": v.id,
            "name": i.name,
            "variante_name": v.label,
            "themenfeld": i.themenfeld,
            "definition": i.definition,
            "einheit": v.einheit or i.einheit,
            "richtung": str(i.richtung),
            "berichtspunkte": " ".join(p.id for p in land.berichtspunkte if i.id in p.indikatoren),
            "aufgabe": i.aufgabe,
            "konzept": v.konzept,
            "vergleichsregel": regel_fuer(v),
            "herkunft": str(v.herkunft),
            "zaehler": v.zaehler.quelle if v.zaehler else "",
            "nenner": v.nenner.quelle if v.nenner else "",
            "hinweis": v.hinweis,
            "version": i.version,
        }
        for i in katalog(land)
        for v in i.varianten
    ]
    return pl.DataFrame(zeilen)


def _punktliste(land: Land) -> pl.DataFrame:
    zeilen = [(p.id, p.fundstelle, p.inhalt, " ".join(p.indikatoren), p.aufgabe) for p in land.berichtspunkte]
    namen = ["punkt", "fundstelle", "inhalt", "kennzahlen", "aufgabe"]
    return pl.DataFrame(zeilen, dict.fromkeys(namen, pl.String), orient="row")


def _gruende() -> pl.DataFrame:
    zeilen = [(g.code, g.label, g.satz, str(g.land), str(g.kreise), str(g.vorjahr), g.frage) for g in ALLE_GRUENDE]
    namen = ["grund", "bezeichnung", "satz", "land", "kreise", "vorjahr", "frage"]
    return pl.DataFrame(zeilen, schema=namen, orient="row")


def _codes(land: Land) -> pl.DataFrame:
    listen: dict[str, Codeliste] = {
        liste.name: liste
        for liste in (
            WERTSTATUS,
            ZUSTAND,
            ABWEICHUNG,
            RATENSTAND,
            GRENZE,
            PUNKTSTAND,
            GRUND,
            TRICHTERLAGEN,
            PROBENART,
            URTEIL,
        )
    }
    for name in land.datensaetze:
        felder = (s.feld for s in alle_datensaetze()[name].fuer(land).spalten)
        listen |= {f.codeliste.name: f.codeliste for f in felder if f.codeliste is not None}
    zeilen = [(liste.name, c.code, c.label, c.beschreibung) for liste in listen.values() for c in liste.codes]
    return pl.DataFrame(zeilen, schema=["liste", "code", "bezeichnung", "beschreibung"], orient="row")
