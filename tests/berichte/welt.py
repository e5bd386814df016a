"""An invented Land with six Kreise, an invented catalogue and invented values for the tests of the reports.

It has what pages must cope with: two Kreise of one name, a very long name, a Kreis that delivers nothing, an indicator
without source, two states of one figure, a break, a stub year, a single year, every status.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from assets.auswertung.berichtspunkte import berichtspunkte, zeitlagen
from assets.auswertung.unterlagen import sammle
from assets.berichte.daten import UMRISS_SPALTEN, Berichtsdaten
from assets.pruefung.korrekturen import Korrektur, Korrekturergebnis
from assets.pruefung.lieferungen import gilt_synthetisches
from schemas import indikatorwerte, lieferstand
from schemas.codelisten import THEMENFELD
from schemas.datensaetze import alle_datensaetze
from schemas.herausgeber import Herausgeber
from schemas.modell import (
    Berichtspunkt,
    Berichtszeitraum,
    Gemeinde,
    Groesse,
    Herkunft,
    Indikator,
    Land,
    Meldeeinheit,
    Variante,
)
from schemas.trichter import TRICHTER

LANG = "Ober- und Niederwaldstätter Seenplatten-Grenzlandkreis"
NAMEN = ("Birkenau (Stadt)", "Birkenau (Landkreis)", "Quellmoor", LANG, "Dünenland", "Nullhausen")
STUMM = "X6"
TRICHTERWERTE = {"X1": 5.0, "X2": 1.0, "X3": 9.0, "X4": 3.0, "X5": 7.0}
JAHRE = (2024, 2025)
MESSREIHE = (*range(2005, 2016), 2022, 2023, 2024)
_SQL = Groesse("SELECT 1", "Erfundene Statistik, Tabelle 1, Stichtag 31.12.")
_LIEFERUNG = Groesse("SELECT 1", "Lieferung „Probe“")


def land(anzahl: int = len(NAMEN)) -> Land:
    """The invented Land, with its first `anzahl` Kreise."""
    einheiten = tuple(
        Meldeeinheit(
            id=f"X{n}",
            name=NAMEN[n - 1],
            typ="Kreisfreie Stadt" if n == 1 else "Landkreis",
            gruppe="stadt" if n == 1 else "kreis",
            kuerzel=f"K{n}",
            kachel=((n - 1) % 3, (n - 1) // 3),
            nachbarn=(),
            gemeinden=(Gemeinde(f"9900{n}001", f"Ort an der Grenze {n}"),),
        )
        for n in range(1, anzahl + 1)
    )
    return Land(
        id="musterland",
        name="Musterland",
        ags="99",
        meldeeinheiten=einheiten,
        gruppen={"kreis": "Landkreise", "stadt": "Kreisfreie Städte"},
        berichtsjahre=JAHRE,
        berichtszeitraeume=(Berichtszeitraum(date(2024, 9, 18), date(2025, 12, 31), date(2026, 6, 30), "Probe", "-"),),
        lieferfristen={j: date(j + 1, 6, 30) for j in JAHRE},
        datensaetze=("bevoelkerung", "stellen", "beratung"),
        indikatoren=tuple(i.id for i in KATALOG),
        rechtsgrundlagen={"MusterG": "Mustergesetz vom 1. Januar 2024"},
        schwellen={},
        gebietsstand=date(2024, 6, 30),
        gebietsstand_quelle="Erfundenes Gemeindeverzeichnis",
        namen={
            "meldeeinheit": "Kreis",
            "meldeeinheiten": "Kreise",
            "alle": "Landkreise und Kreisfreie Städte",
            "herausgeber": "Musterministerium",
        },
        berichtspunkte=PUNKTE,
    )


PUNKTE = (
    Berichtspunkt("1-a", "§ 1 Nr. 1", "Bevölkerung im Vergleich", ("BEV-01", "BEV-02"), ("bevoelkerung",)),
    Berichtspunkt("1-b", "§ 1 Nr. 2", "Beratungszentren und Beratungen", ("IBZ-01", "IBZ-03"), ("stellen",)),
    Berichtspunkt("1-s", "§ 1 Satz 2", "Zahlen mit Auswertung", umfasst=("1-a", "1-b")),
    Berichtspunkt("2", "§ 2", "Ziele", abschnitte=(("ZIELE",), ("MASSNAHMEN",)), je_jahr=False),
    Berichtspunkt("3", "§ 3", "Vorschläge", abschnitte=(("VORSCHLAG_WEITERFUEHRUNG",),), je_jahr=False),
)


def texte(text: str = "Neu Zugewanderte sollen bald Arbeit finden.") -> pl.DataFrame:
    """Goals of two Kreise, of one in both years, an evaluation, a remark on the whole; nobody has proposals."""
    zeilen = (
        ("X1", 2024, "ZIELE", "P2"),
        ("X1", 2025, "ZIELE", "T"),
        ("X1", 2025, "MASSNAHMEN", "P2"),
        ("X1", 2025, "AUSWERTUNG", "P1-a"),
        ("X1", 2025, "ANMERKUNG", "T"),
        ("X3", 2025, "ZIELE", "P2"),
    )
    schema = alle_datensaetze()["meldung"].polars_schema
    namen = ("meldeeinheit", "berichtsjahr", "abschnitt", "berichtspunkt")
    return pl.DataFrame(
        [dict(zip(namen, z, strict=True)) | {"text": text, "zeile": nr} for nr, z in enumerate(zeilen, 2)],
        schema=schema,
    )


def punkte(das_land: Land, die_werte: pl.DataFrame, die_texte: pl.DataFrame, stand: str) -> pl.DataFrame:
    """The states of the items as the evaluation judges them."""
    aufgaben = pl.DataFrame(schema=alle_datensaetze()["aufgaben"].polars_schema)
    tag = date.fromisoformat(stand) if stand else None
    lage = {"lieferstand": lieferungen(das_land), "aufgaben": aufgaben, "meldung": die_texte}
    return berichtspunkte(sammle(das_land, KATALOG, tag, werte=die_werte, **lage))


def _indikator(kennung: str, name: str, themenfeld: str, einheit: str, *varianten: Variante, **rest: Any) -> Indikator:
    definition = f"Was „{name}“ im Test bedeutet."
    return Indikator(kennung, name, themenfeld, definition, einheit, varianten, **rest)


KATALOG: tuple[Indikator, ...] = (
    _indikator(
        "BEV-01",
        "Bevölkerung",
        "Bevölkerung",
        "Personen",
        Variante("FORT", "neuester Stand", Herkunft.AMTLICH, _SQL, eigene_brueche={2011: "neue Zählung als Grundlage"}),
    ),
    _indikator(
        "BEV-02",
        "Ausländeranteil",
        "Bevölkerung",
        "Prozent",
        Variante("AZR", "Register, geliefert", Herkunft.LIEFERUNG, _LIEFERUNG, _SQL, faktor=100, konzept="AUSL_AZR"),
        Variante("FORT", "Fortschreibung, amtlich", Herkunft.AMTLICH, _SQL, _SQL, faktor=100),
        nachkommastellen=1,
        lesehilfe="Weder gut noch schlecht.",
    ),
    _indikator(
        "ARB-03",
        "Arbeitslosenquote",
        "Arbeit",
        "Prozent",
        Variante("BA", "Jahresdurchschnitt", Herkunft.AMTLICH, _SQL, _SQL, faktor=100),
        nachkommastellen=1,
    ),
    _indikator(
        "REC-01",
        "Anteil unbefristeter Titel",
        "Arbeit",
        "Prozent",
        Variante("OHNE", "Standard", Herkunft.KEINE, None),
    ),
    _indikator(
        "IBZ-01",
        "Beratungszentren",
        "Beratung",
        "Stellen",
        Variante("STICHTAG", "am Ende des Zeitraums", Herkunft.LIEFERUNG, _LIEFERUNG),
    ),
    _indikator(
        "IBZ-03",
        "Beratungen",
        "Beratung",
        "Beratungen",
        Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, _LIEFERUNG, gruende=("UNGEPRUEFT",)),
        Variante(
            "JE_1000", "je 1.000", Herkunft.LIEFERUNG, _LIEFERUNG, _SQL, 1000, einheit="je 1.000", nachkommastellen=1
        ),
    ),
    _indikator(
        "IBZ-04",
        "Beratungen nach Themenfeld",
        "Beratung",
        "Prozent",
        Variante("HAUPTTHEMA", "nach Hauptthema", Herkunft.LIEFERUNG, _LIEFERUNG, _LIEFERUNG, faktor=100),
        nachkommastellen=1,
        gliederungen=("themenfeld",),
    ),
    _indikator(
        "FIN-01",
        "Zuweisung",
        "Finanzen",
        "EUR",
        Variante("PLAN", "geplant", Herkunft.LIEFERUNG, _LIEFERUNG),
    ),
)


def zeile(indikator: str, variante: str, ags: str, jahr: int, wert: float | None, **rest: Any) -> dict[str, Any]:
    """One row of `indikatorwerte`; everything not given is what an ordinary value has."""
    leer: dict[str, Any] = dict.fromkeys(indikatorwerte.SPALTEN)
    leer |= dict.fromkeys(indikatorwerte.GLIEDERUNGEN, "T")
    leer |= {
        "indikator_id": indikator,
        "variante": variante,
        "land": "musterland",
        "ags": ags,
        "gebiet_typ": "land" if ags == "99" else "kreis",
        "berichtsjahr": jahr,
        "zeitraum_von": date(jahr, 12, 31),
        "zeitraum_bis": date(jahr, 12, 31),
        "zaehler": wert,
        "wert": wert,
        "wertstatus": "U" if wert is None else "N",
        "quelle": f"Quelle zu {indikator}",
        "stand": "2025-07-01",
        "definition_version": "1",
        **dict.fromkeys(("vergleichbarkeit", "vgl_land", "vgl_kreise", "vgl_vorjahr"), "vergleichbar"),
    }
    return leer | rest


def tabelle(zeilen: list[dict[str, Any]]) -> pl.DataFrame:
    """`indikatorwerte` from rows."""
    return pl.DataFrame(zeilen, schema=indikatorwerte.SPALTEN)


def _bevoelkerung(kreise: list[str], zufall: random.Random) -> Iterator[dict[str, Any]]:
    summen: dict[int, float] = dict.fromkeys(MESSREIHE, 0.0)
    for nummer, ags in enumerate(kreise, 1):
        for jahr in MESSREIHE:
            wert = float(round(90_000 * nummer * (1 - 0.004 * (jahr - 2005)) + zufall.randint(-900, 900)))
            summen[jahr] += wert
            rest: dict[str, Any] = {"vgl_vorjahr": "nicht_vergleichbar", "gruende": "BRUCH"} if jahr == 2011 else {}
            yield zeile("BEV-01", "FORT", ags, jahr, wert, **rest)
            if jahr == 2023:
                yield zeile("BEV-01", "FORT", ags, jahr, wert + 1234, stand="2024-06-20")
    for jahr, summe in summen.items():
        yield zeile("BEV-01", "FORT", "99", jahr, summe)


def _quoten(kreise: list[str], zufall: random.Random) -> Iterator[dict[str, Any]]:
    for indikator, variante, jahre in (("BEV-02", "AZR", (2023, 2024, 2025)), ("ARB-03", "BA", range(2009, 2017))):
        for jahr in jahre:
            werte = {a: round(zufall.uniform(2, 9) + 0.3 * (jahr - 2009) / 3, 3) for a in kreise}
            geliefert = {a: w for a, w in werte.items() if not (indikator == "BEV-02" and a == STUMM)}
            konzept = "AUSL_AZR" if indikator == "BEV-02" else "T"
            for ags, wert in geliefert.items():
                rest = {"zaehler": round(wert * 1000), "nenner": 100_000.0, "konzept": konzept}
                yield zeile(indikator, variante, ags, jahr, wert, **rest)
            mittel = sum(geliefert.values()) / len(geliefert)
            abdeckung = {"abdeckung_kreise": len(geliefert), "erwartet_kreise": len(kreise)}
            yield zeile(indikator, variante, "99", jahr, mittel, nenner=600_000.0, konzept=konzept, **abdeckung)


def _beratung(kreise: list[str], zufall: random.Random) -> Iterator[dict[str, Any]]:
    for jahr in JAHRE:
        von = date(2024, 9, 18) if jahr == 2024 else date(jahr, 1, 1)
        zeit: dict[str, Any] = {"zeitraum_von": von, "stand": "", "gruende": "RUMPF" if jahr == 2024 else "UNGEPRUEFT"}
        zeit |= dict.fromkeys(("vgl_land", "vgl_kreise"), "eingeschraenkt")
        zeit["vgl_vorjahr"] = "nicht_vergleichbar" if jahr == 2024 else "eingeschraenkt"
        gesamt = 0
        for ags in kreise:
            if ags == STUMM:
                continue
            zahl = zufall.randint(200, 3000) // (3 if jahr == 2024 else 1)
            gesamt += zahl
            yield zeile("IBZ-03", "ANZAHL", ags, jahr, float(zahl), **zeit)
            yield zeile("IBZ-03", "JE_1000", ags, jahr, zahl / 7, nenner=7000.0, **zeit)
            yield zeile("IBZ-04", "HAUPTTHEMA", ags, jahr, 100.0, nenner=float(zahl), **zeit)
            for thema, anteil in zip(THEMENFELD.schluessel[:-1], (31.25, 8.5, 20.25, 15.0, 5.0, 20.0), strict=True):
                for gebiet in (ags, "99") if ags == kreise[0] else (ags,):
                    yield zeile("IBZ-04", "HAUPTTHEMA", gebiet, jahr, anteil, nenner=100.0, themenfeld=thema, **zeit)
        abdeckung = {"abdeckung_kreise": len(kreise) - (STUMM in kreise), "erwartet_kreise": len(kreise)}
        yield zeile("IBZ-03", "ANZAHL", "99", jahr, float(gesamt), **zeit | abdeckung)
        yield zeile("IBZ-03", "JE_1000", "99", jahr, gesamt / 42, nenner=42_000.0, **zeit | abdeckung)


def _status(kreise: list[str]) -> Iterator[dict[str, Any]]:
    """One year, one value of every kind: with and without number, and for the last Kreis no row at all."""
    for ags, (wert, status) in zip(kreise, [(1.0, "N"), (4.0, "V"), (None, "G"), (7.0, "S"), (0.0, "N")], strict=False):
        yield zeile("IBZ-01", "STICHTAG", ags, 2025, wert, wertstatus=status)


def werte(anzahl: int = len(NAMEN), seed: int = 1) -> pl.DataFrame:
    """Invented values for the first `anzahl` Kreise; the same seed gives the same values."""
    kreise, zufall = [f"X{n}" for n in range(1, anzahl + 1)], random.Random(seed)  # noqa: S311  # no secret
    teile = (_bevoelkerung(kreise, zufall), _quoten(kreise, zufall), _beratung(kreise, zufall), _status(kreise))
    return tabelle([z for teil in teile for z in teil])


HALB = {"X1": 0.456, "X3": 2.25, "X4": 40.0, "99": 0.04}
"""Half the width of the limits of areas that have any; one is wider than all values together."""


def mit_grenzen(tabelle: pl.DataFrame, indikator: str) -> pl.DataFrame:
    """The values with limits of random fluctuation for some areas of an indicator, above zero."""
    halb = pl.col("ags").replace_strict(HALB, default=None, return_dtype=pl.Float64)
    halb = pl.when(pl.col("indikator_id") == indikator, pl.col("wert").is_not_null()).then(halb)
    unten = pl.when(halb.is_not_null()).then((pl.col("wert") - halb).clip(0.0))
    return tabelle.with_columns(ki_unten=unten, ki_oben=pl.col("wert") + halb)


def lieferungen(das_land: Land, *, synthetisch: bool = True) -> pl.DataFrame:
    """All datasets delivered in both years, but for the silent Kreis; one rejected with an older valid version."""
    zeilen = []
    for jahr in das_land.berichtsjahre:
        for m in das_land.meldeeinheiten:
            for datensatz in das_land.datensaetze:
                da, abgelehnt = m.id != STUMM, (m.id, datensatz, jahr) == ("X2", "stellen", 2025)
                zeilen.append(
                    dict.fromkeys(lieferstand.SPALTEN)
                    | {
                        "berichtsjahr": jahr,
                        "meldeeinheit": m.id,
                        "datensatz": datensatz,
                        "zustand": "zurueckgewiesen" if abgelehnt else "angenommen" if da else "fehlt",
                        "neueste_version": (2 if abgelehnt else 1) if da else None,
                        "gueltige_version": 1 if da else None,
                        "synthetisch": synthetisch and da,
                        "verspaetet": da and m.id == "X3",
                    }
                )
    return pl.DataFrame(zeilen, schema=lieferstand.SPALTEN)


def stellen(name: str = "IBZ Mitte") -> pl.DataFrame:
    """A register with one Stelle of the first Kreis in each year."""
    schema = alle_datensaetze()["stellen"].polars_schema
    eintrag = {
        "meldeeinheit": "X1",
        "stelle_id": "S1",
        "art": "IBZ",
        "name": name,
        "einrichtung": "HAUPT",
        "traegerschaft": "FREI",
        "traeger_id": "T1",
        "traeger_name": "Verein Brücke e. V.",
        "gemeinde_ags": "99001001",
        "aktiv_von": date(2024, 9, 18),
        "sprachen": "de uk",
        "meldung_vollstaendig": "J",
        "oeffentlich": "J",
    }
    return pl.DataFrame([dict.fromkeys(schema) | eintrag | {"berichtsjahr": j} for j in JAHRE], schema=schema)


def korrekturen() -> tuple[Korrekturergebnis, ...]:
    """Two corrections of the first Kreis: one applied, one that no longer fits."""
    schluessel = {n: "Q1" if n == "quartal" else "T" for n in alle_datensaetze()["beratung"].schluessel[2:]}
    gilt = Korrektur(
        kennung="K-1",
        datensatz="beratung",
        meldeeinheit="X1",
        berichtsjahr=2025,
        schluessel=schluessel,
        spalte="beratungen",
        alt="10",
        neu="12",
        grund="Zahlendreher",
        urheber="Referat 1",
        datum=date(2026, 3, 4),
    )
    veraltet = replace(gilt, kennung="K-2", neu="")
    lage = "in der Lieferung steht „7“"
    return Korrekturergebnis(gilt, True, 2, ""), Korrekturergebnis(veraltet, False, 3, lage)  # fields of a record


def _ring(ags: str, ring: int, links: float, unten: float, seite: float) -> list[dict[str, Any]]:
    ecken = ((0, 0), (1, 0), (1, 1), (0, 1))
    return [
        {"ags": ags, "ring": ring, "punkt": n, "x": links + seite * dx, "y": unten + seite * dy}
        for n, (dx, dy) in enumerate(ecken)
    ]


def umrisse(das_land: Land) -> pl.DataFrame:
    """Squares; the second encloses the first and has a hole there."""
    punkte = [*_ring("X1", 0, 0, 0, 10_000), *_ring("X2", 0, -10_000, -10_000, 30_000), *_ring("X2", 1, 0, 0, 10_000)]
    for n, m in enumerate(das_land.meldeeinheiten[2:]):
        punkte += _ring(m.id, 0, 20_000 + n * 10_000, 0, 10_000)
    return pl.DataFrame(punkte, schema=UMRISS_SPALTEN)


def trichter(variante: str, jahr: int) -> pl.DataFrame:
    """A funnel of a variant of the share: one area of each place, one that must not be compared."""
    zeilen = [
        {
            "indikator_id": "BEV-02",
            "variante": variante,
            "berichtsjahr": jahr,
            "stand": "2025-07-01",
            "ags": ags,
            "bezug": 1000.0 * nummer,
            "wert": wert,
            "landeswert": 5.0,
            "innen_unten": 4.0,
            "innen_oben": 6.0,
            "aussen_unten": 2.0,
            "aussen_oben": 8.0,
            "trichterlage": lage,
        }
        for nummer, ((ags, wert), lage) in enumerate(
            zip(
                TRICHTERWERTE.items(),
                ("unauffaellig", "weit_unter", "weit_ueber", "unter", "nicht_bestimmt"),
                strict=True,
            ),
            1,
        )
    ]
    return pl.DataFrame(zeilen, schema={n: s.typ for n, s in TRICHTER.items()})


def grosse_berichtsdaten(anzahl: int) -> Berichtsdaten:
    """The input for a Land of very many Kreise, all in one group, with values of one indicator."""
    muster = land().meldeeinheiten[0]
    einheiten = tuple(
        replace(
            muster,
            id=f"Y{n}",
            name=f"{'ABCÄD'[n % 5]}-Kreis {n}",
            kuerzel=f"Y{n}",
            kachel=(n % 7, n // 7),
            gemeinden=(),
        )
        for n in range(anzahl)
    )
    das_land = replace(land(), meldeeinheiten=einheiten, gruppen={"stadt": "Städte"})
    gebiete = [*((m.id, "kreis") for m in einheiten), ("stadt", "gruppe"), ("99", "land")]
    zeilen = [
        zeile("ARB-03", "BA", ags, jahr, 1.0 + (nr * 37 + jahr) % 90 / 10, gebiet_typ=typ)
        for nr, (ags, typ) in enumerate(gebiete)
        for jahr in (2022, 2023, 2024)
    ]
    return berichtsdaten(land=das_land, werte=tabelle(zeilen), texte=texte().clear(), stellen=stellen().clear())


def berichtsdaten(**anders: Any) -> Berichtsdaten:
    """The whole input; `anders` replaces parts of it."""
    das_land = anders.pop("land", None) or land()
    teile: dict[str, Any] = {
        "land": das_land,
        "katalog": KATALOG,
        "werte": werte(len(das_land.meldeeinheiten)),
        "lieferstand": lieferungen(das_land),
        "stellen": stellen(),
        "umrisse": pl.DataFrame(),
        "hinweise": ("Erfundene Beispieldaten: Die Lieferungen stammen von keinem Kreis.",),
        "stand": "2026-03-01",
        "herausgeber": Herausgeber(name=das_land.namen["herausgeber"], mail="daten@musterland.example"),
    }
    teile |= anders
    teile.setdefault("texte", texte())
    if "enthaelt_demodaten" not in teile:
        teile["enthaelt_demodaten"] = gilt_synthetisches(teile["lieferstand"])
    tag = date.fromisoformat(teile["stand"]) if teile["stand"] else None
    teile.setdefault("zeitlagen", zeitlagen(das_land, tag))
    if "punkte" not in teile:
        teile["punkte"] = punkte(das_land, teile["werte"], teile["texte"], teile["stand"])
    return Berichtsdaten(**teile)


def randfaelle() -> pl.DataFrame:
    """Values that are hard to show: a rate withheld everywhere, and money from nothing to thousands of millions."""
    geheim = pl.col("indikator_id") == "ARB-03"
    zahlen = ("wert", "zaehler", "nenner")
    alle = werte().with_columns(
        *(pl.when(geheim).then(None).otherwise(pl.col(n)).alias(n) for n in zahlen),
        pl.when(geheim).then(pl.lit("G")).otherwise(pl.col("wertstatus")).alias("wertstatus"),
    )
    betraege = {"X1": 1_234_567_890.0, "X2": 98_765_432.0, "X3": 0.0, "X4": 12_345_678_901.0, "X5": 7.0}
    geld = [zeile("FIN-01", "PLAN", a, 2025, b) for a, b in (*betraege.items(), ("99", sum(betraege.values())))]
    return pl.concat([alle, tabelle(geld)])
