"""Dataset `meldung`: the texts of the report, section by section, each for an item of the law's checklist."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas import felder_steuerung as fs
from schemas.berichtsinhalt import meldecode, meldepunkte, punkte_zu
from schemas.codelisten import GESAMT
from schemas.codelisten_steuerung import ABSCHNITT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Land, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import fehlende_codes, nur_erste_zeile
from schemas.spalten import merkmal, schluessel

DATENSATZ = Datensatz(
    name="meldung",
    label="Texte des Berichts",
    beschreibung="Ziele, Maßnahmen, Vorschläge, Auswertung und Bewertung in Worten.",
    koernung="eine Zeile je Abschnitt und Berichtspunkt",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(fs.ABSCHNITT),
        schluessel(fs.BERICHTSPUNKT, vorgabe=GESAMT),
        merkmal(fs.TEXT),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 3 und Satz 2 KomIntAVO; § 26 mit § 25 Satz 2 und 4 SächsIntG",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Die Texte erscheinen unverändert im Bericht; sie dürfen nichts über einzelne Personen sagen.",
        "Vorgeschlagene Sätze zu den Zahlen sind ein Entwurf; es gilt, was die Meldeeinheit hier schreibt.",
        "Mit einer ANMERKUNG zum Berichtspunkt wird ein Bruch in der Zählweise angezeigt.",
    ),
    erwartet_bei=("BERICHT",),
)

ZU_ZAHLEN = ("AUSWERTUNG", "ANMERKUNG")
"""Sections in which a Meldeeinheit comments on the figures of an item."""


def _codes(land: Land, abschnitt: str) -> list[str]:
    """What may stand as `berichtspunkt` of a section; T is right where there is one item, a remark fits everywhere."""
    punkte = punkte_zu(land, abschnitt)
    if not punkte:
        return list(meldepunkte(land).schluessel)
    codes = [meldecode(punkt) for punkt in punkte]
    return codes if len(codes) > 1 else [*codes, GESAMT]


def _sagt_etwas(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    laenge = pl.col("text").str.strip_chars().str.len_chars()
    gilt = laenge >= umgebung.land.schwellen["text_zeichen_min"]
    return [Bedingung("text", gilt, {"laenge": laenge})]


def _abschnitt_und_punkt(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    gilt, passend = pl.lit(value=True), pl.lit("")
    for abschnitt in ABSCHNITT.schluessel:
        hier, codes = pl.col("abschnitt") == abschnitt, _codes(umgebung.land, abschnitt)
        gilt = pl.when(hier).then(pl.col("berichtspunkt").is_in(codes)).otherwise(gilt)
        passend = pl.when(hier).then(pl.lit(", ".join(codes))).otherwise(passend)
    return [Bedingung("berichtspunkt", gilt, {"abschnitt": pl.col("abschnitt"), "passend": passend})]


def _wirkung_vollstaendig(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    wirkung = [c for c in ABSCHNITT.schluessel if c.startswith("WIRKUNG_") and punkte_zu(umgebung.land, c)]
    if not wirkung:
        return []
    fehlend = fehlende_codes("abschnitt", wirkung, ["berichtsjahr"], pl.lit(value=True))
    return [Bedingung("abschnitt", nur_erste_zeile(fehlend == ""), {"fehlend": fehlend})]


REGELN: tuple[Regel, ...] = (
    Regel(
        "R46a",
        Schwere.WARNUNG,
        Umfang.ZELLE,
        Fehlertext(
            "Text sagt wenig",
            "Der Text „{wert}“ hat nur {laenge} Zeichen.",
            "Bitte in ganzen Sätzen ausführen oder die Zeile löschen; ein Verweis auf eine Anlage erscheint im Bericht "
            "ohne die Anlage.",
        ),
        "§ 14 Abs. 2 Nr. 3 und Satz 2 KomIntAVO",
        _sagt_etwas,
    ),
    Regel(
        "R46b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Abschnitt und Berichtspunkt passen nicht zusammen",
            "Zum Abschnitt {abschnitt} gehört der Berichtspunkt „{wert}“ nicht; es passen: {passend}.",
            "Bitte den Berichtspunkt berichtigen, damit der Text an der richtigen Stelle im Bericht steht.",
        ),
        "§ 14 Abs. 2 KomIntAVO; § 26 mit § 25 Satz 2 und 4 SächsIntG",
        _abschnitt_und_punkt,
    ),
    Regel(
        "R46c",
        Schwere.HINWEIS,
        Umfang.DATEI,
        Fehlertext(
            "Abschließende Bewertung unvollständig",
            "Zur Bewertung der Wirkung fehlen: {fehlend}.",
            "Bitte ergänzen, sobald die Bewertung vorliegt; bis dahin gilt der Berichtspunkt als offen.",
        ),
        "§ 14 Abs. 2 Nr. 3 KomIntAVO",
        _wirkung_vollstaendig,
    ),
)
