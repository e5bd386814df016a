"""What the reports are made from: the tables and definitions that earlier stages hand over.

What belongs here: the shape of the input, its checks, and which figures are synthetic. Nothing here reads files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from assets.auswertung.mittel import Mittel
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.korrekturen import Korrekturergebnis
from schemas import berichtsstand, indikatorwerte, lieferstand
from schemas.berichtsstand import Zeitlage
from schemas.datensaetze import alle_datensaetze
from schemas.editionen import INTERN_LAND, fassungssatz, meldeeinheit_von
from schemas.herausgeber import Herausgeber
from schemas.modell import Indikator, Land, Meldeeinheit
from schemas.revisionen import REVISIONEN, WIRKUNGEN
from schemas.schutzpreise import PREISE
from schemas.trends import TRENDS
from schemas.trichter import TRICHTER

UMRISS_SPALTEN: dict[str, type[pl.DataType]] = {
    "ags": pl.String,
    "ring": pl.Int64,
    "punkt": pl.Int64,
    "x": pl.Float64,
    "y": pl.Float64,
}
"""Outlines of the Meldeeinheiten: points of closed rings in order, in metres (EPSG:25833). May be empty."""

DEMOHINWEIS = "Diese Seiten enthalten Demodaten: erfundene Beispieldaten, keine Angaben eines Kreises."


class Datenfehler(ValueError):
    """A table handed to the reports does not keep its contract."""


@dataclass(frozen=True, eq=False)
class Berichtsdaten:
    """Everything a set of reports shows. Raises Datenfehler if a table breaks its contract."""

    land: Land
    katalog: tuple[Indikator, ...]
    werte: pl.DataFrame
    lieferstand: pl.DataFrame
    stellen: pl.DataFrame
    umrisse: pl.DataFrame
    hinweise: tuple[str, ...]
    stand: str
    """Date on which the data were last changed, ISO. Never the time of the build: pages must not differ by it."""
    zeitlagen: Mapping[date, Zeitlage]
    """First day of each Berichtszeitraum -> where it stands on that day."""
    enthaelt_demodaten: bool = False
    """Whether any accepted delivery is demo data."""
    nachweise: pl.DataFrame = field(default_factory=pl.DataFrame)
    """Attributions: `tabelle, attribution, lizenz` of official tables and of the outlines. May be empty."""
    korrekturen: tuple[Korrekturergebnis, ...] = ()
    """Documented corrections of the deliveries that stand, applied or not."""
    mittel: Mittel = field(default_factory=Mittel)
    """The tables about money; empty where there is nothing yet."""
    punkte: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=berichtsstand.SPALTEN))
    """State of each item of the law's checklist (`schemas.berichtsstand`)."""
    texte: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=alle_datensaetze()["meldung"].polars_schema)
    )
    """The accepted texts of all Meldeeinheiten."""
    trichter: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={n: s.typ for n, s in TRICHTER.items()}))
    """Limits of chance around the Land's values."""
    trends: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TRENDS))
    revisionen: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REVISIONEN))
    wirkungen: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WIRKUNGEN))
    """Revised figures and what they changed."""
    preise: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PREISE))
    """What each choice of policy would withhold (`schemas.geheimhaltung`); for the ministry only."""
    edition: str = INTERN_LAND
    """Who may see the pages (`schemas.editionen`)."""
    herausgeber: Herausgeber = field(default_factory=Herausgeber)
    """Who publishes, where, and whom to ask."""

    def __post_init__(self) -> None:
        erwartet = {
            "werte": tuple(indikatorwerte.SPALTEN),
            "lieferstand": tuple(lieferstand.SPALTEN),
            "stellen": tuple(alle_datensaetze()["stellen"].polars_schema),
            "punkte": tuple(berichtsstand.SPALTEN),
            "texte": tuple(alle_datensaetze()["meldung"].polars_schema),
            "nachweise": () if self.nachweise.is_empty() else ("tabelle", "attribution", "lizenz"),
            "trichter": tuple(TRICHTER),
            "umrisse": () if self.umrisse.is_empty() else tuple(UMRISS_SPALTEN),
        }
        for name, spalten in erwartet.items():
            fehlend = set(spalten) - set(getattr(self, name).columns)
            if fehlend:
                raise Datenfehler(f"In der Tabelle {name} fehlen die Spalten {', '.join(sorted(fehlend))}.")
        unzahlen = self.werte.filter(pl.col("wert").is_nan() | pl.col("wert").is_infinite()).height
        if unzahlen:
            raise Datenfehler(f"In der Tabelle werte stehen {unzahlen} Werte, die keine Zahlen sind.")
        doppelt = self.werte.select(indikatorwerte.SCHLUESSEL).is_duplicated().sum()
        if doppelt:
            raise Datenfehler(f"In der Tabelle werte stehen {doppelt} Zeilen mit gleichem Schlüssel.")

    @property
    def fassung(self) -> str:
        """What the edition says about who may see it."""
        kennung = meldeeinheit_von(self.edition)
        return fassungssatz(self.edition, self.land.meldeeinheit(kennung).name if kennung else "")

    @property
    def kopfhinweise(self) -> tuple[str, ...]:
        """What every page says first; that there are demo data is never left unsaid."""
        return self.hinweise or ((DEMOHINWEIS,) if self.enthaelt_demodaten else ())

    @property
    def berichtende(self) -> tuple[Meldeeinheit, ...]:
        """Whose reports the edition has: one for a single Meldeeinheit has the report of that one only."""
        return tuple(m for m in self.land.meldeeinheiten if meldeeinheit_von(self.edition) in (None, m.id))

    @cached_property
    def _synthetisch_bis(self) -> dict[str, int]:
        """Meldeeinheit -> last year of an accepted demo delivery."""
        zeilen = self.lieferstand.filter(pl.col("synthetisch") & pl.col("gueltige_version").is_not_null())
        return dict(zeilen.group_by("meldeeinheit").agg(pl.col("berichtsjahr").max()).iter_rows())

    @cached_property
    def korrekturen_je_lieferung(self) -> dict[Lieferschluessel, list[Korrekturergebnis]]:
        """The corrections by the delivery they are for."""
        je_lieferung: dict[Lieferschluessel, list[Korrekturergebnis]] = {}
        for ergebnis in self.korrekturen:
            je_lieferung.setdefault(ergebnis.korrektur.lieferung, []).append(ergebnis)
        return je_lieferung

    def ist_synthetisch(self, meldeeinheit: str | None, jahr: int) -> bool:
        """Whether a delivered figure for `jahr` may come from demo data; None asks for the Land.

        A file may state figures of earlier years, so a demo delivery casts its mark backwards, never forwards.
        """
        bis = self._synthetisch_bis
        letztes = max(bis.values(), default=0) if meldeeinheit is None else bis.get(meldeeinheit, 0)
        return jahr <= letztes
