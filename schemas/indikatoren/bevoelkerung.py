"""Indicators of the field population (BEV)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.codelisten import GESAMT
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER, LIEFERBARE_KONZEPTE
from schemas.groessen import Merkmal, amtlich, ausschnitt, bestand, differenz, im_folgejahr, reihe, reihen
from schemas.groessen_lieferung import (
    alle_staaten,
    herkunft,
    schutzsuchende_nach_staat,
    zehn_haeufigste,
    zielgruppe,
    zielgruppe_saldo,
)
from schemas.modell import Groesse, Herkunft, Indikator, Kennzahlart, Variante, Zellbezug
from schemas.standardisierung import ALTERSGRUPPEN, altersstandardisiert

THEMENFELD = "Bevölkerung"

# Official series ------------------------------------------------------------------------------------------------

_FORTSCHREIBUNG = "12411-01-01-4"
_EINWOHNER = " OR ".join([reihe("BEVSTD", {"GES": "T"}), reihe("Bevölkerungsstand", {"kopf_2": "Insgesamt"})])
_QUELLE_EINWOHNER = "Fortschreibung des Bevölkerungsstandes, Tabelle 12411-01-01-4, Stichtag 31.12."
_BRUECHE = {
    2011: "ab 2011 auf Grundlage des Zensus 2011",
    2023: "ab 2023 auf Grundlage des Zensus 2022",
}
"""Breaks of the Fortschreibung; every figure and rate built on it has them."""

EINWOHNER = amtlich(_FORTSCHREIBUNG, _EINWOHNER, _QUELLE_EINWOHNER, brueche=_BRUECHE)
"""Inhabitants at 31.12., newest state; the common denominator of rates per inhabitant."""

_GESCHLECHT = {"männlich": "M", "weiblich": "W", "Insgesamt": "T"}
# The two forms of the table name the characteristic and its categories differently.
EINWOHNER_NACH_GESCHLECHT = amtlich(
    _FORTSCHREIBUNG,
    "kennzahl IN ('BEVSTD', 'Bevölkerungsstand')",
    _QUELLE_EINWOHNER,
    gliederung={"geschlecht": Merkmal(("GES", "kopf_2"), {**_GESCHLECHT, "GESM": "M", "GESW": "W", "T": "T"})},
    brueche=_BRUECHE,
)
"""The same in total and by sex."""

_FORT_ALTER = "12411-03-03-4"
_QUELLE_FORT = "Fortschreibung des Bevölkerungsstandes nach Nationalität, Tabelle 12411-03-03-4, Stichtag 31.12."
_ALTERSGRUPPEN = {
    "A00_05": ("unter 3 Jahre", "3 bis unter 6 Jahre"),
    "A06_17": ("6 bis unter 10 Jahre", "10 bis unter 15 Jahre", "15 bis unter 18 Jahre"),
    "A18_24": ("18 bis unter 20 Jahre", "20 bis unter 25 Jahre"),
    "A25_44": tuple(f"{a} bis unter {a + 5} Jahre" for a in range(25, 45, 5)),
    "A45_64": tuple(f"{a} bis unter {a + 5} Jahre" for a in range(45, 65, 5)),
    "A65": (
        "65 bis unter 75 Jahre",
        "75 Jahre und mehr",
        *(f"{a} bis unter {a + 5} Jahre" for a in range(65, 90, 5)),
        "90 Jahre und mehr",
    ),
    "T": ("Insgesamt",),
}
"""Our age groups -> those of the official tables; a table has some of the last group's."""
_ALTER = {amtliche: code for code, gruppen in _ALTERSGRUPPEN.items() for amtliche in gruppen}
UNTER_18 = (*_ALTERSGRUPPEN["A00_05"], *_ALTERSGRUPPEN["A06_17"])
VON_18_BIS_24 = _ALTERSGRUPPEN["A18_24"]
VON_25_BIS_49 = (*_ALTERSGRUPPEN["A25_44"], "45 bis unter 50 Jahre")
VON_50_BIS_64 = _ALTERSGRUPPEN["A45_64"][1:]
AB_65 = _ALTERSGRUPPEN["A65"]
UNTER_15 = ("unter 3 Jahre", "3 bis unter 6 Jahre", "6 bis unter 10 Jahre", "10 bis unter 15 Jahre")
VON_15_BIS_64 = (
    "15 bis unter 18 Jahre",
    *_ALTERSGRUPPEN["A18_24"],
    *_ALTERSGRUPPEN["A25_44"],
    *_ALTERSGRUPPEN["A45_64"],
)


def fortschreibung(nationalitaet: str, altersgruppen: tuple[str, ...] = ("Insgesamt",)) -> Groesse:
    """Persons of a nationality (a heading of the table) in these age groups, all sexes."""
    rest = {"kopf_1": nationalitaet, "kopf_2": "Insgesamt"}
    bedingung = reihen("Bevölkerungsstand", "vorspalte_4", altersgruppen, rest)
    return amtlich(_FORT_ALTER, bedingung, _QUELLE_FORT, summe=True, brueche=_BRUECHE)


def einwohner_nach_alter(gruppen: Mapping[str, Sequence[str]]) -> Groesse:
    """Inhabitants of all nationalities and sexes in total and by age group: our code -> those of the table."""
    codes = {amtliche: code for code, teile in gruppen.items() for amtliche in teile} | {"Insgesamt": "T"}
    return amtlich(
        _FORT_ALTER,
        reihen("Bevölkerungsstand", "kopf_1", ("Insgesamt",), {"kopf_2": "Insgesamt"}),
        _QUELLE_FORT,
        gliederung={"altersgruppe": Merkmal(("vorspalte_4",), codes)},
        brueche=_BRUECHE,
    )


AUSLAENDER_FORT = fortschreibung("Ausländer(innen)")
AUSLAENDER_FORT_VORJAHR = im_folgejahr(AUSLAENDER_FORT)


def _gegliedert(alter: Merkmal, geschlechter: Merkmal, geschlecht: str | None) -> dict[str, Merkmal]:
    """Breakdowns of an official table: only age where one sex, or the total of all, is asked for."""
    return {"altersgruppe": alter} if geschlecht else {"geschlecht": geschlechter, "altersgruppe": alter}


def _fortschreibung_gegliedert(nationalitaet: str, geschlecht: str | None = None) -> Groesse:
    """Persons of a nationality by sex and age, or of one sex (a heading of the table) by age."""
    rest = {} if geschlecht is None else {"kopf_2": geschlecht}
    return amtlich(
        _FORT_ALTER,
        reihen("Bevölkerungsstand", "kopf_1", (nationalitaet,), rest),
        _QUELLE_FORT,
        gliederung=_gegliedert(Merkmal(("vorspalte_4",), _ALTER), Merkmal(("kopf_2",), _GESCHLECHT), geschlecht),
        brueche=_BRUECHE,
    )


def _zensus_gegliedert(nationalitaet: str, geschlecht: str | None = None) -> Groesse:
    """The same from the census of 2011."""
    rest = {} if geschlecht is None else {"kopf_3": geschlecht}
    return amtlich(
        "12111-03-01-4",
        reihen("Bevölkerung", "kopf_2", (nationalitaet,), rest),
        "Zensus 2011, Tabelle 12111-03-01-4, Stichtag 09.05.2011",
        gliederung=_gegliedert(Merkmal(("vorspalte_3",), _ALTER), Merkmal(("kopf_3",), _GESCHLECHT), geschlecht),
    )


_AZR = "12521-0041"
_QUELLE_AZR = "Ausländerstatistik (AZR), Tabelle 12521-0041, Stichtag 31.12.; auf 5 gerundet"
AUSLAENDER_AZR = amtlich(_AZR, reihe("Ausländer", {"kopf_1": "Insgesamt", "vorspalte_4": "Insgesamt"}), _QUELLE_AZR)
"""The one denominator of everything „je 1.000 Menschen mit Migrationshintergrund“, the same for all."""
_AUSLAENDER_AZR_NACH_GESCHLECHT = amtlich(
    _AZR,
    reihen("Ausländer", "vorspalte_4", ("Insgesamt",)),
    _QUELLE_AZR,
    gliederung={"geschlecht": Merkmal(("kopf_1",), _GESCHLECHT)},
)

# 12531: only parts that do not overlap are added; AK-1 holds AK-2 and AK-5, AK-2 holds AK-3 and AK-4.
_SCHUTZSUCHENDE = "12531-0043"
_QUELLE_SCHUTZ = "Statistik über Schutzsuchende (AZR), Tabelle 12531-0043, Stichtag 31.12.; auf 5 gerundet"
_SCHUTZSTATUS = {s: s for s in ("SCHUTZST-AK-1", "SCHUTZST-OF", "SCHUTZST-X")}
_SCHUTZ_GESCHLECHT = Merkmal(("GES",), {"GESM": "M", "GESW": "W"})


def schutzsuchende(*status: str) -> Groesse:
    """Protection seekers of these statuses, which must not overlap, in total and by sex."""
    bedingung = reihen("BEV030", "SCHST2", status)
    return amtlich(_SCHUTZSUCHENDE, bedingung, _QUELLE_SCHUTZ, gliederung={"geschlecht": _SCHUTZ_GESCHLECHT})


SCHUTZSUCHENDE = amtlich(
    _SCHUTZSUCHENDE,
    reihen("BEV030", "SCHST2", tuple(_SCHUTZSTATUS)),
    _QUELLE_SCHUTZ,
    gliederung={"geschlecht": _SCHUTZ_GESCHLECHT, "rechtsgrund": Merkmal(("SCHST2",), _SCHUTZSTATUS)},
)
"""All of them, in total, by sex and by the three statuses that do not overlap."""
OFFEN_ODER_GEDULDET = amtlich(
    _SCHUTZSUCHENDE, reihen("BEV030", "SCHST2", ("SCHUTZST-OF", "AUSRPFL-G")), _QUELLE_SCHUTZ, summe=True
)
_SCHUTZ_NACH_STAAT = schutzsuchende_nach_staat(_SCHUTZSUCHENDE, tuple(_SCHUTZSTATUS))

# Delivered figures ----------------------------------------------------------------------------------------------

_KONZEPTE = {
    "AUSL_AZR": ("AZR", "Ausländerinnen und Ausländer nach dem Ausländerzentralregister"),
    "AUSL_FORT": ("FORT", "Ausländerinnen und Ausländer nach der Fortschreibung"),
    "MH_MELDE": ("MELDE", "Migrationshintergrund nach dem Melderegister"),
    "MH_MZ": ("MH_MZ", "Migrationshintergrund nach dem Mikrozensus"),
    "EG_MZ": ("EG_MZ", "Einwanderungsgeschichte nach dem Mikrozensus"),
    "EG_ZENSUS22": ("EG_ZENSUS22", "Einwanderungsgeschichte nach dem Zensus 2022"),
    "MH_ZENSUS11": ("MH_ZENSUS11", "Migrationshintergrund nach dem Zensus 2011"),
}
"""Konzept -> how variants built on it are called, in short and in words."""
_NUR_MIT = "AUSL_AZR"
"""The register that knows foreigners only, so that there is nothing to compare them with."""
_MIT_MIGRATIONSHINTERGRUND = tuple(k for k in LIEFERBARE_KONZEPTE if not k.startswith("AUSL_"))
_GLIEDERUNG = ("geschlecht", "altersgruppe", "gemeinde_ags")
_ERSATZ = (
    "Wer einen Migrationshintergrund im Sinn von § 5 Abs. 1 SächsIntG hat, weiß kein Register; gezeigt wird, was die "
    "Meldeeinheit nach dem genannten Konzept liefern kann. Werte verschiedener Konzepte sind nicht vergleichbar."
)


def _geliefert(konzept: str, gruppe: str, geschlecht: str | None = None) -> Groesse:
    """Delivered persons of a Konzept and group by sex, age and Gemeinde, or those of one sex (T: all) without it."""
    nur = "true" if geschlecht is None else f"geschlecht = '{geschlecht}'"
    fest = {"gruppe": GESAMT if gruppe == "INSGESAMT" else gruppe}
    fest |= {} if geschlecht is None else {"geschlecht": geschlecht}
    return bestand(
        "bevoelkerung",
        "personen",
        f"konzept = '{konzept}' AND gruppe = '{gruppe}' AND {nur}",
        f"Lieferung „Bevölkerung“, Konzept {konzept}, Gruppe {gruppe}, Stichtag",
        gliederung=_GLIEDERUNG if geschlecht is None else _GLIEDERUNG[1:],
        zelle=Zellbezug(f"bevoelkerung.personen.{konzept}", fest),
    )


def _runden(konzept: str) -> tuple[str, ...]:
    return ("RUNDUNG",) if konzept == "AUSL_AZR" else ()


def _als_ersatz(konzept: str) -> tuple[str, ...]:
    """Reservations of a Konzept where the law asks about people with a migration background (§ 14 Abs. 2 Nr. 1)."""
    nur_staatsangehoerigkeit = konzept.startswith("AUSL_")
    return (*(("ERSATZKONZEPT",) if nur_staatsangehoerigkeit else ()), *_runden(konzept))


def _brueche_von(konzept: str) -> dict[int, str]:
    """Breaks of a delivered Konzept: the Kreise's own figures follow the Fortschreibung."""
    return _BRUECHE if konzept == "AUSL_FORT" else {}


def _anteil_geliefert(konzept: str) -> Variante:
    kurz, label = _KONZEPTE[konzept]
    ist_azr = konzept == _NUR_MIT
    return Variante(
        f"{kurz}_LIEFERUNG",
        f"{label}, geliefert",
        Herkunft.LIEFERUNG,
        ausschnitt(_geliefert(konzept, "MIT"), altersgruppe="T", gemeinde_ags="T")
        if ist_azr
        else _geliefert(konzept, "MIT"),
        EINWOHNER_NACH_GESCHLECHT if ist_azr else _geliefert(konzept, "INSGESAMT"),
        faktor=100,
        art=Kennzahlart.ANTEIL,
        konzept=konzept,
        hinweis="Zähler aus dem Ausländerzentralregister, Bezugsgröße aus der Fortschreibung." if ist_azr else "",
        gruende=_runden(konzept),
        eigene_brueche=_brueche_von(konzept),
    )


def _geliefert_standardisiert(konzept: str) -> Variante:
    zaehler, nenner = (ausschnitt(_geliefert(konzept, g, "T"), gemeinde_ags="T") for g in ("MIT", "INSGESAMT"))
    return altersstandardisiert(_anteil_geliefert(konzept), ALTERSGRUPPEN, zaehler, nenner)


def _veraenderung(konzept: str) -> Variante:
    kurz, label = _KONZEPTE[konzept]
    jetzt = _geliefert(konzept, "MIT")
    vorher = im_folgejahr(jetzt)
    return Variante(
        f"{kurz}_LIEFERUNG",
        f"{label}, geliefert",
        Herkunft.LIEFERUNG,
        differenz(jetzt, vorher, f"{jetzt.quelle}, abzüglich des Bestands ein Jahr davor", gliederung=_GLIEDERUNG),
        replace(vorher, quelle=f"{jetzt.quelle}, ein Jahr davor", brueche={}),
        faktor=100,
        konzept=konzept,
        gruende=_als_ersatz(konzept),
        eigene_brueche=_brueche_von(konzept),
    )


def _je_gruppe(konzept: str) -> Iterator[tuple[str, str, str]]:
    """Group, short name and label for the people a Konzept counts and, where it knows them, for all others."""
    kurz, label = _KONZEPTE[konzept]
    yield "MIT", f"{kurz}_MIT", f"{label}, geliefert"
    if konzept != _NUR_MIT:
        yield "OHNE", f"{kurz}_OHNE", f"zum Vergleich: übrige Bevölkerung ({label}), geliefert"


def _anteil(
    kennung: str, label: str, zaehler: Groesse, nenner: Groesse, konzept: str, *, ist_amtlich: bool
) -> Variante:
    return Variante(
        kennung,
        label,
        Herkunft.AMTLICH if ist_amtlich else Herkunft.LIEFERUNG,
        zaehler,
        nenner,
        faktor=100,
        art=Kennzahlart.ANTEIL,
        konzept=konzept,
        gruende=_als_ersatz(konzept),
    )


_AMTLICHE = tuple(
    (f"{kurz}_{gruppe}", f"{wer}, {woher}", tabelle, nationalitaet, konzept)
    for kurz, woher, tabelle, konzept in (
        ("FORT", "Fortschreibung", _fortschreibung_gegliedert, "AUSL_FORT"),
        ("ZENSUS", "Zensus 2011", _zensus_gegliedert, "AUSL_ZENSUS11"),
    )
    for gruppe, wer, nationalitaet in (
        ("AUSLAENDER", "Ausländerinnen und Ausländer", "Ausländer(innen)"),
        ("DEUTSCHE", "zum Vergleich: Deutsche", "Deutsche"),
    )
)
"""Official populations by sex and age: variant, label, table, heading in the table, Konzept."""


def _altersstruktur() -> Iterator[Variante]:
    """The age groups as shares of all ages."""
    for konzept in LIEFERBARE_KONZEPTE:
        for gruppe, kennung, label in _je_gruppe(konzept):
            nach_alter = ausschnitt(_geliefert(konzept, gruppe, "T"), gemeinde_ags="T")
            alle = ausschnitt(nach_alter, altersgruppe="T")
            yield _anteil(kennung, label, nach_alter, alle, konzept, ist_amtlich=False)
    for kennung, label, tabelle, nationalitaet, konzept in _AMTLICHE:
        nach_alter = tabelle(nationalitaet, "Insgesamt")
        alle = ausschnitt(nach_alter, altersgruppe="T")
        yield _anteil(kennung, label, nach_alter, alle, konzept, ist_amtlich=True)


def _frauenanteile() -> Iterator[Variante]:
    """Women as a share of all, also within each age group."""
    for konzept in LIEFERBARE_KONZEPTE:
        for gruppe, kennung, label in _je_gruppe(konzept):
            frauen, alle = _geliefert(konzept, gruppe, "W"), _geliefert(konzept, gruppe, "T")
            yield _anteil(kennung, label, frauen, alle, konzept, ist_amtlich=False)
    for kennung, label, tabelle, nationalitaet, konzept in _AMTLICHE:
        frauen, alle = tabelle(nationalitaet, "weiblich"), tabelle(nationalitaet, "Insgesamt")
        yield _anteil(kennung, label, frauen, alle, konzept, ist_amtlich=True)
    frauen, alle = (ausschnitt(_AUSLAENDER_AZR_NACH_GESCHLECHT, geschlecht=g) for g in ("W", "T"))
    yield _anteil("AZR_AMTLICH", "Ausländerzentralregister, amtlich", frauen, alle, _NUR_MIT, ist_amtlich=True)


def _zehn_geliefert(konzept: str) -> Variante:
    kurz, label = _KONZEPTE[konzept]
    quelle = f"Lieferung „Herkunftsstaaten“, Konzept {konzept}, Stichtag"
    return Variante(
        f"{kurz}_LIEFERUNG",
        f"{label}, geliefert",
        Herkunft.LIEFERUNG,
        zehn_haeufigste(herkunft(konzept), quelle, konzept),
        alle_staaten(herkunft(konzept), quelle, konzept),
        faktor=100,
        konzept=konzept,
        gruende=_als_ersatz(konzept),
        summierbar=False,
        hinweis="Das Land hat seine eigenen zehn, aus der Summe der Meldeeinheiten mit demselben Konzept.",
    )


_ZIELGRUPPE = ("rechtsgrund", "geschlecht", "altersgruppe", "gemeinde_ags")
_QUELLE_BESTAND = "Lieferung „Zielgruppe“, Bestand am Ende des Berichtszeitraums"
_QUELLE_BEWEGUNG = "Lieferung „Zielgruppe“, Summe des Berichtszeitraums"


def _bewegung(kennung: str, label: str, mass: str) -> Variante:
    return Variante(kennung, label, Herkunft.LIEFERUNG, zielgruppe(mass, _QUELLE_BEWEGUNG, gliederung=_ZIELGRUPPE))


_AUSLAENDERANTEILE = tuple(
    Variante(
        kennung,
        label,
        Herkunft.AMTLICH,
        tabelle("Ausländer(innen)"),
        tabelle("Insgesamt"),
        faktor=100,
        art=Kennzahlart.ANTEIL,
        konzept=konzept,
    )
    for kennung, label, tabelle, konzept in (
        ("FORT_AMTLICH", "Fortschreibung, amtlich", _fortschreibung_gegliedert, "AUSL_FORT"),
        ("ZENSUS_2011", "Zensus 2011", _zensus_gegliedert, "AUSL_ZENSUS11"),
    )
)
"""Shares of foreigners from tables that know all inhabitants by nationality."""

INDIKATOREN = (
    Indikator(
        id="BEV-01",
        name="Bevölkerung",
        themenfeld=THEMENFELD,
        definition="Einwohnerinnen und Einwohner am 31. Dezember.",
        einheit="Personen",
        varianten=(
            Variante("FORT", "neuester Stand", Herkunft.AMTLICH, EINWOHNER_NACH_GESCHLECHT),
            Variante(
                "FORT_FRUEHER",
                "früherer Stand",
                Herkunft.AMTLICH,
                amtlich(_FORTSCHREIBUNG, _EINWOHNER, _QUELLE_EINWOHNER, frueher=True),
                hinweis="Vor der Umstellung veröffentlicht; der neueste Stand gilt.",
            ),
        ),
        gliederungen=("geschlecht",),
        geheimhaltung="offen",
        lesehilfe="Grundlage aller Angaben je Einwohnerin und Einwohner.",
    ),
    Indikator(
        id="BEV-02",
        name="Ausländeranteil",
        themenfeld=THEMENFELD,
        definition="Anteil der Ausländerinnen und Ausländer an der Bevölkerung, jedes Konzept für sich.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            _anteil_geliefert("AUSL_AZR"),
            _anteil_geliefert("AUSL_FORT"),
            *_AUSLAENDERANTEILE,
            Variante(
                "AZR_AMTLICH",
                "Ausländerzentralregister, amtlich",
                Herkunft.AMTLICH,
                _AUSLAENDER_AZR_NACH_GESCHLECHT,
                EINWOHNER_NACH_GESCHLECHT,
                faktor=100,
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_AZR",
                hinweis="Zähler aus dem Ausländerzentralregister, Bezugsgröße aus der Fortschreibung.",
                gruende=("RUNDUNG",),
            ),
            _geliefert_standardisiert("AUSL_FORT"),
            *(
                altersstandardisiert(
                    v, ALTERSGRUPPEN, *(tabelle(wer, "Insgesamt") for wer in ("Ausländer(innen)", "Insgesamt"))
                )
                for v, tabelle in zip(_AUSLAENDERANTEILE, (_fortschreibung_gegliedert, _zensus_gegliedert), strict=True)
            ),
        ),
        gliederungen=("geschlecht", "altersgruppe", "gemeinde_ags"),
        mindestnenner=100,
        lesehilfe="Beschreibt die Zusammensetzung der Bevölkerung; hoch oder niedrig ist weder gut noch schlecht.",
    ),
    Indikator(
        id="BEV-03",
        name="Anteil der Menschen mit Migrationshintergrund",
        themenfeld=THEMENFELD,
        definition="Anteil der Menschen mit Migrationshintergrund oder Einwanderungsgeschichte an der Bevölkerung, "
        "jedes Konzept für sich.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            *(_anteil_geliefert(konzept) for konzept in _MIT_MIGRATIONSHINTERGRUND),
            Variante(
                "ZENSUS_2011",
                "Zensus 2011, veröffentlichter Anteil",
                Herkunft.AMTLICH,
                amtlich(
                    "AI-Z1-2011",
                    reihe("Anteil Personen mit MHG an der Gesamtbevölkerung"),
                    "Zensus 2011, Regionalatlas, Tabelle AI-Z1-2011, Stichtag 09.05.2011",
                ),
                summierbar=False,
                konzept="MH_ZENSUS11",
                hinweis="Als Anteil veröffentlicht; Zähler und Bezugsgröße liegen nicht vor.",
            ),
            # Concepts of samples are left out: limits of counts do not fit figures projected from few.
            *(_geliefert_standardisiert(k) for k in _MIT_MIGRATIONSHINTERGRUND if k in EIGENES_REGISTER),
        ),
        gliederungen=("geschlecht", "altersgruppe", "gemeinde_ags"),
        mindestnenner=100,
        lesehilfe=_ERSATZ + " Den Anteil der Ausländerinnen und Ausländer zeigt eine eigene Kennzahl.",
    ),
    Indikator(
        id="BEV-04",
        name="Veränderung der Zahl der Menschen mit Migrationshintergrund",
        themenfeld=THEMENFELD,
        definition="Bestand am Stichtag abzüglich des Bestands ein Jahr davor, bezogen auf den Bestand ein Jahr davor; "
        "nur innerhalb desselben Konzepts.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=tuple(_veraenderung(konzept) for konzept in LIEFERBARE_KONZEPTE),
        gliederungen=_GLIEDERUNG,
        mindestnenner=100,
        lesehilfe=_ERSATZ,
    ),
    Indikator(
        id="BEV-05",
        name="Wanderungssaldo der Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Zuzüge abzüglich der Fortzüge von Ausländerinnen und Ausländern im Jahr je 1.000 Ausländerinnen "
        "und Ausländer im Jahresmittel.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=(
            Variante(
                "STANDARD",
                "Wanderungsstatistik",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle der Wanderungen nach Nationalität auf Ebene der Kreise liegt nicht vor.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Ein Überschuss der Zuzüge ist weder gut noch schlecht.",
    ),
    Indikator(
        id="BEV-06",
        name="Altersstruktur mit und ohne Migrationshintergrund",
        themenfeld=THEMENFELD,
        definition="Anteil der Altersgruppen unter 6, 6 bis 17, 18 bis 24, 25 bis 44, 45 bis 64 und ab 65 Jahren an "
        "allen Personen der Gruppe; mit und ohne das Merkmal des Konzepts je für sich.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=tuple(_altersstruktur()),
        gliederungen=("altersgruppe",),
        mindestnenner=100,
        lesehilfe=_ERSATZ,
    ),
    Indikator(
        id="BEV-07",
        name="Frauenanteil mit und ohne Migrationshintergrund",
        themenfeld=THEMENFELD,
        definition="Anteil der Frauen an allen Personen der Gruppe, auch nach Altersgruppe; mit und ohne das Merkmal "
        "des Konzepts je für sich.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=tuple(_frauenanteile()),
        gliederungen=("altersgruppe", "gemeinde_ags"),
        mindestnenner=100,
        lesehilfe=_ERSATZ,
    ),
    Indikator(
        id="BEV-08",
        name="Zehn häufigste Herkunftsländer",
        themenfeld=THEMENFELD,
        definition="Anteil der zehn Staaten mit den meisten Personen an allen Personen des Konzepts, zusammen und je "
        "Staat; bei Ausländerkonzepten nach Staatsangehörigkeit, sonst nach Bezugsstaat.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            *(_zehn_geliefert(konzept) for konzept in LIEFERBARE_KONZEPTE),
            Variante(
                "SCHUTZSUCHENDE",
                "Näherung: nur Schutzsuchende, amtlich",
                Herkunft.AMTLICH,
                zehn_haeufigste(_SCHUTZ_NACH_STAAT, _QUELLE_SCHUTZ),
                alle_staaten(_SCHUTZ_NACH_STAAT, _QUELLE_SCHUTZ),
                faktor=100,
                konzept="AUSL_AZR",
                summierbar=False,
                hinweis="Nur Personen mit anerkanntem, offenem oder abgelehntem Schutzstatus, nicht alle "
                "Zugewanderten.",
                gruende=("NAEHERUNG", *_als_ersatz("AUSL_AZR")),
            ),
        ),
        gliederungen=("staat",),
        mindestnenner=20,
        lesehilfe="Je höher der Anteil der zehn, desto weniger Staaten prägen die Zuwanderung. Staatenlose und "
        "Personen "
        "mit ungeklärter Staatsangehörigkeit zählen zur Gesamtzahl, aber nicht als Herkunftsland.",
    ),
    Indikator(
        id="BEV-09",
        name="Zielgruppe der Flüchtlingssozialarbeit",
        themenfeld=THEMENFELD,
        definition="Personen nach § 12 Abs. 1 Nr. 1 und 2 KomIntAVO, die der Meldeeinheit zugewiesen oder geduldet "
        "sind: Bestand, Zugänge, Abgänge und Zu- oder Abnahme im Berichtszeitraum.",
        einheit="Personen",
        varianten=(
            Variante(
                "BESTAND",
                "Bestand am Ende des Zeitraums",
                Herkunft.LIEFERUNG,
                zielgruppe("bestand_ende", _QUELLE_BESTAND, gliederung=_ZIELGRUPPE),
            ),
            Variante("SALDO", "Zu- oder Abnahme", Herkunft.LIEFERUNG, zielgruppe_saldo(_ZIELGRUPPE)),
            _bewegung("ZUGAENGE", "Zugänge", "zugaenge"),
            _bewegung("ABGAENGE", "Abgänge", "abgaenge"),
        ),
        gliederungen=_ZIELGRUPPE,
        lesehilfe="Die Zu- oder Abnahme enthält auch Berichtigungen; sie kann deshalb von Zugängen abzüglich der "
        "Abgänge "
        "abweichen. Personen in Aufnahmeeinrichtungen des Landes zählen nicht mit.",
    ),
    Indikator(
        id="BEV-10",
        name="Schutzsuchende je 1.000 Einwohnerinnen und Einwohner",
        themenfeld=THEMENFELD,
        definition="Personen mit anerkanntem, offenem oder abgelehntem Schutzstatus je 1.000 der Bevölkerung.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=(
            Variante(
                "AZR",
                "Ausländerzentralregister",
                Herkunft.AMTLICH,
                SCHUTZSUCHENDE,
                EINWOHNER_NACH_GESCHLECHT,
                faktor=1000,
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_AZR",
                hinweis="Summe aus drei Statusgruppen, die sich nicht überschneiden; jede Einzelzahl ist gerundet.",
                gruende=("RUNDUNG",),
            ),
        ),
        gliederungen=("rechtsgrund", "geschlecht"),
        mindestnenner=100,
        lesehilfe="Zählt auch Personen in Aufnahmeeinrichtungen des Landes am Ort der Einrichtung.",
    ),
)
