"""The zahlenmäßige Nachweis of § 7 Abs. 2 Nr. 2 KomIntAVO: all spending beside the allocation, by Fördergegenstand.

What belongs here: its columns and its two forms, CSV and workbook. What does not: the figures (`mittelverwendung.py`).
The form the Bewilligungsstelle prescribes is not known; this is what has to be entered in it, ready to be copied.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from assets.excel import KOPF, Workbook, Worksheet, mappe
from schemas.codelisten_steuerung import BUCHUNGSART, FG
from schemas.mittel import VERWENDUNG
from schemas.modell import Land, Meldeeinheit

FORMEN = ("csv", "xlsx")
BETRAEGE: dict[str, str] = {
    "zuweisung_cent": "Zuweisung",
    "ausgezahlt_cent": "davon ausgezahlt",
    "eigene_ausgaben_cent": "eigene Ausgaben aus der Zuweisung",
    "weitergeleitet_cent": "weitergeleitet",
    "rueckfluss_cent": "Rückfluss weitergeleiteter Mittel",
    "verwendet_cent": "Ausgaben aus der Zuweisung",
    "andere_mittel_cent": "Ausgaben aus eigenen Mitteln und Mitteln Dritter",
    "gesamtausgaben_cent": "Gesamtsumme der tatsächlichen Ausgaben",
    "nicht_verwendet_cent": "Zuweisung abzüglich der Ausgaben aus ihr",
    "zurueckgezahlt_cent": "zurückgezahlt",
}
"""Column of the result -> heading. An amount that is not known stays empty."""
_TEXTE = ("Haushaltsjahr", "Meldeeinheit", "Name", "Fördergegenstand", "Bezeichnung", "Fassung der Zuweisung")
SPALTEN: tuple[str, ...] = (*_TEXTE, "Bescheid vom", *BETRAEGE.values(), "Grundlage")
_SUMME = "Summe"
_BLATT = "Nachweis"
_ERLAEUTERUNG = (
    "Zahlenmäßiger Nachweis nach § 7 Abs. 2 Nr. 2 KomIntAVO, Beträge in Euro.",
    "Ausgaben aus der Zuweisung sind eigene Ausgaben und weitergeleitete Mittel abzüglich des Rückflusses; was Dritte "
    "davon ausgaben, zählt nicht noch einmal.",
    "Ein leeres Feld heißt: Der Betrag ist nicht bekannt oder nicht gebucht.",
    "Sachbericht, Erklärung und Unterschrift (§ 7 Abs. 2 Nr. 1 und 3, Abs. 3) sind gesondert abzugeben.",
)


@dataclass(frozen=True, eq=False)
class Nachweis:
    """The proof of one Meldeeinheit for one Haushaltsjahr: a row per Fördergegenstand and the sum of all."""

    meldeeinheit: Meldeeinheit
    haushaltsjahr: int
    zeilen: pl.DataFrame
    grundlage: str

    @property
    def dateistamm(self) -> str:
        """File name without ending."""
        return f"verwendungsnachweis_{self.meldeeinheit.id}_{self.haushaltsjahr}"

    def betrag(self, fg: str, spalte: str) -> Decimal | None:
        """An amount in euros; `fg` may be „Summe“. None if it is not known."""
        cent = self.zeilen.filter(fg=fg)[spalte].item()
        return None if cent is None else Decimal(cent).scaleb(-2)


def nachweise(land: Land, verwendung: pl.DataFrame, lieferungen: pl.DataFrame) -> Iterator[Nachweis]:
    """Every proof the bookings allow; `lieferungen` are rows of `lieferstand`, `verwendung` those of the table."""
    for (kennung, jahr), zeilen in verwendung.group_by("meldeeinheit", "haushaltsjahr", maintain_order=True):
        yield Nachweis(
            land.meldeeinheit(str(kennung)), int(str(jahr)), _zeilen(zeilen), _grundlage(lieferungen, str(kennung))
        )


def _zeilen(verwendung: pl.DataFrame) -> pl.DataFrame:
    """All Fördergegenstände in their order, and the sum. Where nothing is booked, nothing was spent or paid."""
    alle = pl.DataFrame({"fg": FG.schluessel}).join(verwendung, on="fg", how="left")
    ohne_buchung = pl.col("meldeeinheit").is_null()
    gerechnet = alle.with_columns(
        pl.when(ohne_buchung).then(0).otherwise(pl.col(spalte)).alias(spalte)
        for spalte in BETRAEGE
        if spalte in VERWENDUNG and spalte != "zuweisung_cent"
    ).with_columns(nicht_verwendet_cent=pl.col("zuweisung_cent") - pl.col("verwendet_cent"))
    summen = gerechnet.select(
        pl.lit(_SUMME).alias("fg"),
        *(pl.when(pl.col(s).is_not_null().all()).then(pl.col(s).sum()).alias(s) for s in BETRAEGE),
    )
    return pl.concat([gerechnet.select("fg", "fassung", "bescheid_datum", *BETRAEGE), summen], how="diagonal")


def _grundlage(lieferungen: pl.DataFrame, kennung: str) -> str:
    """Which deliveries the figures come from, and whether they are invented."""
    eigene = lieferungen.filter(
        pl.col("gueltige_version").is_not_null(), meldeeinheit=kennung, datensatz="finanzen"
    ).sort("berichtsjahr")
    teile = [
        f"{jahr} (Version {version})" for jahr, version in eigene.select("berichtsjahr", "gueltige_version").rows()
    ]
    erfunden = "; erfundene Beispieldaten" if eigene["synthetisch"].any() else ""
    return f"Lieferung „Finanzen“ {', '.join(teile)}{erfunden}"


def als_datei(nachweis: Nachweis, form: str) -> bytes:
    """The proof as CSV (UTF-8 with a byte order mark, semicolons, decimal comma) or as a workbook."""
    return _als_csv(nachweis) if form == "csv" else _als_mappe(nachweis)


def _texte(nachweis: Nachweis, zeile: dict[str, object]) -> list[str]:
    fg = str(zeile["fg"])
    fassung, bescheid = zeile["fassung"], zeile["bescheid_datum"]
    return [
        str(nachweis.haushaltsjahr),
        nachweis.meldeeinheit.id,
        nachweis.meldeeinheit.name,
        fg,
        "alle Fördergegenstände" if fg == _SUMME else FG.label_von(fg),
        BUCHUNGSART.label_von(str(fassung)) if fassung else "",
        f"{bescheid:%d.%m.%Y}" if bescheid else "",
    ]


def _betraege(nachweis: Nachweis, fg: str) -> list[Decimal | None]:
    return [nachweis.betrag(fg, spalte) for spalte in BETRAEGE]


def _als_csv(nachweis: Nachweis) -> bytes:
    zeilen = []
    for zeile in nachweis.zeilen.iter_rows(named=True):
        betraege = [None if b is None else f"{b:.2f}".replace(".", ",") for b in _betraege(nachweis, zeile["fg"])]
        zeilen.append([*(text or None for text in _texte(nachweis, zeile)), *betraege, nachweis.grundlage])
    puffer = io.BytesIO()
    frame = pl.DataFrame(zeilen, schema=dict.fromkeys(SPALTEN, pl.String), orient="row")
    frame.write_csv(puffer, separator=";", include_bom=True, line_terminator="\r\n")
    return puffer.getvalue()


def _als_mappe(nachweis: Nachweis) -> bytes:
    titel = f"Verwendungsnachweis {nachweis.haushaltsjahr}, {nachweis.meldeeinheit.name}"

    def fuelle(arbeitsmappe: Workbook) -> None:
        blatt: Worksheet = arbeitsmappe.add_worksheet(_BLATT)
        geld = arbeitsmappe.add_format({"num_format": "#,##0.00"})
        blatt.write_row(0, 0, SPALTEN, arbeitsmappe.add_format(KOPF))
        blatt.set_column(0, len(SPALTEN) - 1, 18)
        for nr, zeile in enumerate(nachweis.zeilen.iter_rows(named=True), 1):
            texte = _texte(nachweis, zeile)
            for spalte, text in enumerate(texte):
                blatt.write_string(nr, spalte, text)
            for spalte, betrag in enumerate(_betraege(nachweis, zeile["fg"]), len(texte)):
                if betrag is not None:
                    blatt.write_number(nr, spalte, betrag, geld)
            blatt.write_string(nr, len(SPALTEN) - 1, nachweis.grundlage)
        blatt.freeze_panes(1, 0)
        erlaeuterung: Worksheet = arbeitsmappe.add_worksheet("Erläuterung")
        erlaeuterung.set_column(0, 0, 120)
        erlaeuterung.write_column(0, 0, (titel, *_ERLAEUTERUNG, nachweis.grundlage))

    return mappe(titel, fuelle)
