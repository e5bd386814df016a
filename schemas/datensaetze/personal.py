"""Dataset `personal`: staff by Stelle, task, activity, tariff and pay group."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas.codelisten import GRUPPEN_JE_TARIF, IN_JEDEM_TARIF
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import hoechstens, mit_zahlwort
from schemas.spalten import mass, schluessel

_AUFGABEN = ("IBZ", "FSA", "RKB", "KIK", "KOORD", "BEAUFTRAGTE", "KIM", "BERICHT")

DATENSATZ = Datensatz(
    name="personal",
    label="Personal",
    beschreibung="Beschäftigte in der Integrationsarbeit als Personen und Vollzeitäquivalente, mit Eingruppierung.",
    koernung="eine Zeile je Stichtag, Stelle, Aufgabe, Tätigkeit, Tarif, Entgeltgruppe, Qualifikation, Finanzierung",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(f.STICHTAG),
        schluessel(f.STELLE_ID),
        schluessel(f.AUFGABE, erlaubt=_AUFGABEN),
        schluessel(f.TAETIGKEIT),
        schluessel(f.TARIF_FELD),
        schluessel(f.ENTGELTGRUPPE),
        schluessel(f.QUALIFIKATION),
        schluessel(f.FINANZIERUNG),
        mass(f.PERSONEN),
        mass(f.VZAE_STELLEN),
        mass(f.VZAE_BESETZT),
        mass(f.VZAE_JAHRESMITTEL, pflicht=False),
        mass(f.FORTBILDUNGSTAGE, pflicht=False),
        mass(f.MEHRSPRACHIG_PERSONEN, pflicht=False),
    ),
    rechtsgrundlage="§ 14 Abs. 2 Nr. 2 Buchst. b, e, i Doppelbuchst. bb, j Doppelbuchst. bb KomIntAVO",
    gilt_ab=date(2024, 9, 18),
    nutzungshinweise=(
        "Personen, die mehrere Aufgaben haben, stehen in mehreren Zeilen; Personen nicht addieren.",
        "Eine Lieferung hat einen Stichtag, den letzten Tag des Berichtszeitraums; Veränderungen im Jahr stehen im "
        "Jahresmittel.",
        "Eingruppiert ist nach dem Tarif, der gilt; ANDERE steht für eine Gruppe, die hier nicht aufgeführt ist.",
    ),
    erwartet_bei=_AUFGABEN,
)


def _vzae_je_person(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    grenze = umgebung.land.schwellen["vzae_je_person_min"]
    gilt = pl.col("vzae_besetzt") >= pl.col("personen") * grenze - 1e-9
    return [Bedingung("vzae_besetzt", gilt, {"personen": mit_zahlwort(pl.col("personen"), "Person", "Personen")})]


def _mehr_vzae_als_personen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    personen = mit_zahlwort(pl.col("personen"), "Person", "Personen")
    return [Bedingung("vzae_besetzt", hoechstens("vzae_besetzt", "personen"), {"personen": personen})]


def _mehr_besetzt_als_stellen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("vzae_besetzt", "vzae_stellen", 1e-9)
    return [Bedingung("vzae_besetzt", gilt, {"stellen": pl.col("vzae_stellen")})]


def _gruppe_im_tarif(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = pl.lit(value=True)
    for tarif, gruppen in GRUPPEN_JE_TARIF.items():
        erlaubt = pl.col("entgeltgruppe").is_in([*sorted(gruppen), *IN_JEDEM_TARIF])
        gilt = pl.when(pl.col("tarif") == tarif).then(erlaubt).otherwise(gilt)
    return [Bedingung("entgeltgruppe", gilt, {"tarif": pl.col("tarif")})]


def _ein_stichtag(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    letzter = pl.col("stichtag").max()
    return [Bedingung("stichtag", pl.col("stichtag") == letzter, {"letzter": letzter})]


def _mittel_ueber_stellen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # A Stelle that closed in the year has no posts at the Stichtag, and that is nothing to ask about.
    gilt = pl.when(pl.col("vzae_stellen") > 0).then(hoechstens("vzae_jahresmittel", "vzae_stellen", 1e-9))
    return [Bedingung("vzae_jahresmittel", gilt, {"stellen": pl.col("vzae_stellen")})]


def _mehrsprachig(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("mehrsprachig_personen", "personen")
    return [Bedingung("mehrsprachig_personen", gilt, {"personen": pl.col("personen")})]


def _fsa_qualifikation(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    # Who heads or administers need not be one of the Fachkräfte the ordinance makes demands on.
    fachkraft = (pl.col("aufgabe") == "FSA") & (pl.col("taetigkeit") == "FACH")
    return [Bedingung("qualifikation", ~fachkraft | (pl.col("qualifikation") != "NICHT_FSA"))]


_QUELLE = "§ 14 Abs. 2 Nr. 2 Buchst. b KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R15a",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Vollzeitäquivalente als Personen",
            "{wert} besetzte Vollzeitäquivalente bei {personen}: Eine Person kann höchstens 1,0 ausfüllen.",
            "Bitte beide Zahlen prüfen und bestätigen oder berichtigen.",
        ),
        _QUELLE,
        _mehr_vzae_als_personen,
    ),
    Regel(
        "R15b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Sehr kleine Stellenanteile",
            "Auf {personen} kommen {wert} Vollzeitäquivalente; das ist ungewöhnlich wenig.",
            "Bitte prüfen, ob Personen hier nur mit dem Anteil für diese Aufgabe stehen, und bestätigen.",
        ),
        _QUELLE,
        _vzae_je_person,
    ),
    Regel(
        "R15c",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr besetzt als vorhanden",
            "{wert} Vollzeitäquivalente sind besetzt, es gibt aber nur {stellen} Stellen.",
            "Bitte beide Zahlen prüfen; vzae_stellen zählt besetzte und freie Stellen zusammen.",
        ),
        _QUELLE,
        _mehr_besetzt_als_stellen,
    ),
    Regel(
        "R15d",
        Schwere.FEHLER,
        Umfang.DATEI,
        Fehlertext(
            "Mehrere Stichtage",
            "Hier steht der Stichtag {wert}, in anderen Zeilen der {letzter}; so zählten Stellen doppelt.",
            "Bitte alle Stellen zu einem Stichtag angeben, üblich ist der letzte Tag des Berichtszeitraums; was sich "
            "im Jahr geändert hat, gehört in „vzae_jahresmittel“.",
        ),
        _QUELLE,
        _ein_stichtag,
    ),
    Regel(
        "R15e",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Jahresmittel höher als die Stellen",
            "Im Jahresmittel waren {wert} Vollzeitäquivalente besetzt, am Stichtag gibt es {stellen} Stellen.",
            "Bitte bestätigen, dass Stellen weggefallen sind, oder die Zahl berichtigen.",
        ),
        _QUELLE,
        _mittel_ueber_stellen,
    ),
    Regel(
        "R15f",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr mehrsprachig Beratende als Personen",
            "{wert} mehrsprachig Beratende bei {personen} Personen.",
            "Bitte beide Zahlen prüfen; die erste ist ein Teil der zweiten.",
        ),
        "§ 11 Abs. 6 KomIntAVO",
        _mehrsprachig,
    ),
    Regel(
        "R15g",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Qualifikation der Fachkraft fehlt",
            "Eine Fachkraft der Flüchtlingssozialarbeit ist als „nicht in der Flüchtlingssozialarbeit“ angegeben.",
            "Bitte die Qualifikation nach § 12 Abs. 4 eintragen oder die Aufgabe berichtigen.",
        ),
        "§ 12 Abs. 4 KomIntAVO",
        _fsa_qualifikation,
    ),
    Regel(
        "R16",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Entgeltgruppe passt nicht zum Tarif",
            "Die Entgeltgruppe „{wert}“ gibt es im Tarif {tarif} nicht.",
            "Bitte Tarif und Entgeltgruppe prüfen; S-Gruppen gehören zum Sozial- und Erziehungsdienst. Fehlt die "
            "Gruppe in der Liste, bitte ANDERE eintragen.",
        ),
        _QUELLE,
        _gruppe_im_tarif,
    ),
)
