"""Rules that hold for every dataset, and the register of all rules.

What belongs here: rules about keys, territory, dates and quarters that any table has. Rules about one dataset's own
columns stand in that dataset's file. R01 (columns, types, codes) and R05 (whole numbers, not negative) are the findings
of reading and converting (`schemas/zellbefunde.py`), because a cell that is no number never reaches a table.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas.codelisten import GESAMT
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import nur_erste_zeile

GANZES_JAHR = "J"
"""The code of `quartal` for the whole year."""
_NACH_JAHREN = "§ 14 Abs. 2 Satz 2 KomIntAVO"


def _eigene_meldeeinheit(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    return [
        Bedingung(
            "meldeeinheit",
            pl.col("meldeeinheit") == umgebung.meldeeinheit.id,
            {"erwartet": pl.lit(umgebung.meldeeinheit.id), "name": pl.lit(umgebung.meldeeinheit.name)},
        )
    ]


def _berichtsjahr(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = pl.col("berichtsjahr") == umgebung.berichtsjahr
    return [Bedingung("berichtsjahr", gilt, {"erwartet": pl.lit(umgebung.berichtsjahr)})]


def _schon_gefragt(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if datensatz.gilt_ab <= umgebung.land.zeitraum(umgebung.berichtsjahr)[1]:
        return []
    werte = {"name": pl.lit(datensatz.label), "ab": pl.lit(datensatz.gilt_ab.strftime("%d.%m.%Y"))}
    return [Bedingung("berichtsjahr", nur_erste_zeile(pl.lit(value=False)), werte)]


_STELLEN_DES_KREISES = 5
"""How many digits of a Gemeinde code name the Kreis."""


def _gemeinde_gehoert_dazu(umgebung: Pruefumgebung) -> tuple[pl.Expr, pl.Expr]:
    """Whether a Gemeinde code is one of the reporter's own, and whether it may be: unknown, but of its Kreis.

    The reference knows one state of the territory; a Gemeinde formed later or dissolved before keeps the prefix of its
    Kreis. Where a reporter has no Gemeinden on record, any code no other reporter has may be its own.
    """
    ags = pl.col("gemeinde_ags")
    eigene = [g.ags for g in umgebung.meldeeinheit.gemeinden]
    fremde = [g.ags for m in umgebung.land.meldeeinheiten if m.id != umgebung.meldeeinheit.id for g in m.gemeinden]
    kreise = sorted({g[:_STELLEN_DES_KREISES] for g in eigene})
    im_kreis = ags.str.head(_STELLEN_DES_KREISES).is_in(kreise) if kreise else pl.lit(value=True)
    bekannt = ags.is_in([*eigene, GESAMT])
    return bekannt, ~bekannt & im_kreis & ~ags.is_in(fremde)


def _fremde_gemeinde(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if "gemeinde_ags" not in datensatz.polars_schema:
        return []
    bekannt, moeglich = _gemeinde_gehoert_dazu(umgebung)
    return [Bedingung("gemeinde_ags", bekannt | moeglich, {"name": pl.lit(umgebung.meldeeinheit.name)})]


def _gebietsstand_unbekannt(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if "gemeinde_ags" not in datensatz.polars_schema:
        return []
    _, moeglich = _gemeinde_gehoert_dazu(umgebung)
    stand = pl.lit(umgebung.land.gebietsstand.strftime("%d.%m.%Y"))
    return [Bedingung("gemeinde_ags", ~moeglich, {"gebietsstand": stand})]


def _schluessel_eindeutig(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    schluessel = list(datensatz.schluessel)
    erste = pl.col("zeile").min().over(schluessel)
    vollstaendig = pl.all_horizontal(pl.col(s).is_not_null() for s in schluessel)
    gilt = pl.when(vollstaendig).then(pl.struct(schluessel).map_batches(_zum_ersten_mal, return_dtype=pl.Boolean))
    eigene = [s for s in schluessel if s not in ("berichtsjahr", "meldeeinheit")]
    werte = {
        "zeile_zuerst": erste,
        "nur_eine": pl.lit("" if eigene else "; in diesem Datensatz ist nur eine Zeile erlaubt"),
    }
    return [Bedingung(schluessel[-1], gilt, werte)]


def _zum_ersten_mal(schluessel: pl.Series) -> pl.Series:
    """Whether a key stands in no row above. Comparing hashes is much cheaper, and where all differ it is enough."""
    gleich = schluessel.struct.unnest().hash_rows()
    if gleich.n_unique() == gleich.len():
        return pl.Series([True]).new_from_index(0, gleich.len())
    return schluessel.is_first_distinct()


def _stichtag_im_zeitraum(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if "stichtag" not in datensatz.polars_schema or "konzept" in datensatz.polars_schema:
        return []
    von, bis = umgebung.land.zeitraum(umgebung.berichtsjahr)
    return [zeitraum_bedingung("stichtag", von, bis)]


def zeitraum_bedingung(spalte: str, von: date, bis: date) -> Bedingung:
    """A date column lies in `von`…`bis` (inclusive), with both ends for the message."""
    werte = {"von": pl.lit(von.strftime("%d.%m.%Y")), "bis": pl.lit(bis.strftime("%d.%m.%Y"))}
    return Bedingung(spalte, pl.col(spalte).is_between(pl.lit(von), pl.lit(bis)), werte)


def faellige_quartale(umgebung: Pruefumgebung) -> list[str]:
    """Codes of the quarters that lie in the period, wholly or in part."""
    von, bis = umgebung.land.zeitraum(umgebung.berichtsjahr)
    return [f"Q{q}" for q in range((von.month + 2) // 3, (bis.month + 2) // 3 + 1)]


def _reihe(datensatz: Datensatz) -> list[str]:
    """What identifies a row besides its quarter."""
    return [s for s in datensatz.schluessel if s not in ("berichtsjahr", "meldeeinheit", "quartal")]


def _vor_dem_zeitraum(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if "quartal" not in datensatz.polars_schema:
        return []
    von = umgebung.land.zeitraum(umgebung.berichtsjahr)[0]
    gilt = pl.col("quartal").is_in([*faellige_quartale(umgebung), GANZES_JAHR])
    return [Bedingung("quartal", gilt, {"von": pl.lit(von.strftime("%d.%m.%Y"))})]


def _jahr_oder_quartale(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    if "quartal" not in datensatz.polars_schema:
        return []
    fenster = {"_anteil_ganzes_jahr": (pl.col("quartal") == GANZES_JAHR).mean().over(_reihe(datensatz))}
    return [Bedingung("quartal", pl.col("_anteil_ganzes_jahr").is_in([0.0, 1.0]), fenster=fenster)]


def _alle_quartale(datensatz: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    if "quartal" not in datensatz.polars_schema:
        return []
    faellig = faellige_quartale(umgebung)
    # Keys are unique (R04), so counting rows is counting quarters.
    fenster = {"_faellige_quartale": pl.col("quartal").is_in(faellig).sum().over(_reihe(datensatz))}
    gilt = pl.when(pl.col("quartal") != GANZES_JAHR).then(pl.col("_faellige_quartale") == len(faellig))
    return [Bedingung("quartal", gilt, {"faellig": pl.lit(", ".join(faellig))}, fenster)]


R02A = Regel(
    "R02a",
    Schwere.FEHLER,
    Umfang.ZELLE,
    Fehlertext(
        "Fremde Meldeeinheit",
        "Als Meldeeinheit steht hier „{wert}“; die Lieferung gehört zu {erwartet} ({name}).",
        "Bitte die Kennung berichtigen oder die Zeile in die richtige Lieferung übernehmen.",
    ),
    "Datensatzbeschreibung, Schlüssel jeder Datei",
    _eigene_meldeeinheit,
)
R02B = Regel(
    "R02b",
    Schwere.FEHLER,
    Umfang.ZELLE,
    Fehlertext(
        "Anderes Berichtsjahr",
        "Als Berichtsjahr steht hier {wert}; die Lieferung ist für {erwartet}.",
        "Bitte das Jahr berichtigen oder die Datei für das andere Jahr gesondert liefern.",
    ),
    "Datensatzbeschreibung, Schlüssel jeder Datei",
    _berichtsjahr,
)
R02C = Regel(
    "R02c",
    Schwere.FEHLER,
    Umfang.DATEI,
    Fehlertext(
        "Für dieses Jahr nicht gefragt",
        "Der Datensatz „{name}“ wird erst ab dem {ab} erhoben; für das Berichtsjahr {wert} ist er nicht gefragt.",
        "Bitte prüfen, ob das Jahr stimmt; sonst ist nichts zu tun, die Datei wird nicht gebraucht.",
    ),
    "Datensatzbeschreibung (gilt ab); § 4 Abs. 1 und § 10 Abs. 3 KomIntAVO",
    _schon_gefragt,
)
R03A = Regel(
    "R03a",
    Schwere.FEHLER,
    Umfang.ZELLE,
    Fehlertext(
        "Gemeinde gehört nicht dazu",
        "Die Gemeinde „{wert}“ gehört nicht zu {name}.",
        "Bitte den Gemeindeschlüssel prüfen; er hat 8 Stellen und steht im Gemeindeverzeichnis.",
    ),
    "Amtliches Gemeindeverzeichnis",
    _fremde_gemeinde,
)
R03B = Regel(
    "R03b",
    Schwere.WARNUNG,
    Umfang.ZELLE,
    Fehlertext(
        "Gemeinde nicht bekannt",
        "Die Gemeinde „{wert}“ steht nicht im hinterlegten Verzeichnis (Gebietsstand {gebietsstand}).",
        "Bitte kurz bestätigen, wenn sie seither neu gebildet oder vorher aufgelöst wurde; sonst den Schlüssel "
        "berichtigen.",
    ),
    "Amtliches Gemeindeverzeichnis",
    _gebietsstand_unbekannt,
)
R04 = Regel(
    "R04",
    Schwere.FEHLER,
    Umfang.DATEI,
    Fehlertext(
        "Zeile doppelt",
        "Zu diesem Schlüssel gibt es schon Zeile {zeile_zuerst}{nur_eine}.",
        "Bitte eine der beiden Zeilen löschen oder den Schlüssel berichtigen.",
    ),
    "Datensatzbeschreibung, Schlüssel des Datensatzes",
    _schluessel_eindeutig,
)
R06A = Regel(
    "R06a",
    Schwere.FEHLER,
    Umfang.ZELLE,
    Fehlertext(
        "Stichtag außerhalb des Zeitraums",
        "Der Stichtag {wert} liegt nicht zwischen dem {von} und dem {bis}.",
        "Bitte den Stichtag prüfen; üblich ist der letzte Tag des Berichtszeitraums.",
    ),
    _NACH_JAHREN,
    _stichtag_im_zeitraum,
)
R07 = Regel(
    "R07",
    Schwere.WARNUNG,
    Umfang.ZELLE,
    Fehlertext(
        "Quartal vor dem Berichtszeitraum",
        "Das Quartal {wert} liegt vor dem Beginn des Berichtszeitraums am {von}.",
        "Bitte nur Angaben ab diesem Tag melden oder kurz erläutern, was gezählt wurde.",
    ),
    "§ 14 Abs. 3 KomIntAVO",
    _vor_dem_zeitraum,
)
R08A = Regel(
    "R08a",
    Schwere.FEHLER,
    Umfang.DATEI,
    Fehlertext(
        "Jahr und Quartale gemischt",
        "Für dieselbe Angabe stehen Quartale und das ganze Jahr nebeneinander.",
        "Bitte entweder die Quartale oder eine Zeile mit quartal = J liefern, sonst zählt alles doppelt.",
    ),
    _NACH_JAHREN,
    _jahr_oder_quartale,
)
R08B = Regel(
    "R08b",
    Schwere.WARNUNG,
    Umfang.DATEI,
    Fehlertext(
        "Quartale fehlen",
        "Zu dieser Angabe fehlen Quartale; erwartet werden {faellig}.",
        "Bitte die fehlenden Quartale ergänzen, auch mit der Zahl 0, oder kurz erläutern.",
    ),
    _NACH_JAHREN,
    _alle_quartale,
)

ALLGEMEINE_REGELN: tuple[Regel, ...] = (R02A, R02B, R02C, R03A, R03B, R04, R06A, R07, R08A, R08B)
"""Single-file rules every dataset is tested with, as far as it has the columns."""
