"""Dataset `konzept`: the Integrationskonzept, participation, and what the law demands of the organisation."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas import felder_steuerung as fs
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import hoechstens
from schemas.spalten import mass, merkmal, schluessel

DATENSATZ = Datensatz(
    name="konzept",
    label="Integrationskonzept",
    beschreibung="Stand des Integrationskonzepts, Anhörungen, Beirat, Beauftragte und Anforderungen der Verordnung.",
    koernung="genau eine Zeile",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        merkmal(fs.STATUS),
        merkmal(fs.BESCHLUSS_DATUM, pflicht=False),
        merkmal(fs.VORGELEGT_AM, pflicht=False),
        merkmal(fs.LETZTE_EVALUATION, pflicht=False),
        merkmal(fs.BEDARFSANALYSE),
        merkmal(fs.ANGEBOTSANALYSE),
        merkmal(fs.LEITBILD),
        merkmal(fs.MASSNAHMENPLANUNG),
        merkmal(fs.GEMEINDEN_ANGEHOERT),
        merkmal(fs.NACHBARN_BETROFFEN),
        merkmal(fs.NACHBARN_ANGEHOERT),
        merkmal(fs.BEIRAT),
        mass(fs.BEIRAT_SITZE, pflicht=False),
        mass(fs.BEIRAT_SITZE_MH, pflicht=False),
        merkmal(fs.BEAUFTRAGTE_HAUPTAMTLICH),
        merkmal(fs.BEAUFTRAGTE_AUSSCHLIESSLICH),
        mass(fs.GEMEINDEN_MIT_BEAUFTRAGTEN, pflicht=False),
        merkmal(fs.FSA_GETRENNT),
        merkmal(fs.GEWAEHR),
    ),
    rechtsgrundlage="§§ 12, 18, 19 SächsIntG; §§ 10, 12 Abs. 3 und 7 KomIntAVO",
    gilt_ab=date(2025, 9, 18),
    nutzungshinweise=(
        "Ein Konzept ist ein Soll des Gesetzes, keine Bedingung: Auch „kein Konzept“ ist eine vollständige Angabe.",
        "Sitze von Menschen mit Migrationshintergrund beruhen auf eigener Angabe und sind freiwillig.",
    ),
)

_BESCHLOSSEN = ("BESCHLOSSEN", "IN_FORTSCHREIBUNG")


def _keine_zukunft(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    bis = umgebung.land.zeitraum(umgebung.berichtsjahr)[1]
    werte = {"ende": pl.lit(bis.strftime("%d.%m.%Y"))}
    spalten = ("beschluss_datum", "vorgelegt_am", "letzte_evaluation")
    return [Bedingung(spalte, pl.col(spalte) <= pl.lit(bis), werte) for spalte in spalten]


def _beschluss_bekannt(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    fehlt = pl.col("status").is_in(_BESCHLOSSEN) & pl.col("beschluss_datum").is_null()
    return [Bedingung("beschluss_datum", ~fehlt)]


def _vorgelegt(datensatz: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    fehlt = pl.col("status").is_in(_BESCHLOSSEN) & pl.col("vorgelegt_am").is_null()
    frist = pl.lit(datensatz.gilt_ab.strftime("%d.%m.%Y"))
    return [Bedingung("vorgelegt_am", ~fehlt, {"frist": frist})]


def _angehoert(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    vorhanden = pl.col("status") != "OHNE"
    gemeinden = pl.col("gemeinden_angehoert").is_in(["TEILS", "N"])
    nachbarn = (pl.col("nachbarn_betroffen") == "J") & (pl.col("nachbarn_angehoert") != "J")
    return [
        Bedingung("gemeinden_angehoert", ~(vorhanden & gemeinden), {"wer": pl.lit("Die kreisangehörigen Gemeinden")}),
        Bedingung("nachbarn_angehoert", ~(vorhanden & nachbarn), {"wer": pl.lit("Die benachbarten Kommunen")}),
    ]


def _gemeinden_anzuhoeren(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    anzahl = _kreisangehoerige(umgebung)
    entfaellt = (pl.col("status") != "OHNE") & (pl.col("gemeinden_angehoert") == "ENTFAELLT")
    return [Bedingung("gemeinden_angehoert", ~(entfaellt & (anzahl > 0)), {"gemeinden": pl.lit(anzahl)})]


def _sitze(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = hoechstens("beirat_sitze_mh", "beirat_sitze")
    return [Bedingung("beirat_sitze_mh", gilt, {"sitze": pl.col("beirat_sitze")})]


def _sitze_ohne_beirat(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("beirat_sitze", (pl.col("beirat") == "J") | (pl.col("beirat_sitze") == 0))]


def _kreisangehoerige(umgebung: Pruefumgebung) -> int:
    """Gemeinden that belong to the reporter; one that is its only Gemeinde has none."""
    anzahl = len(umgebung.meldeeinheit.gemeinden)
    return anzahl if anzahl > 1 else 0


def _gemeinden(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    anzahl = _kreisangehoerige(umgebung)
    gilt = pl.col("gemeinden_mit_beauftragten") <= anzahl
    return [Bedingung("gemeinden_mit_beauftragten", gilt, {"gemeinden": pl.lit(anzahl)})]


def _anforderungen(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    texte = {
        "fsa_getrennt": "Die Flüchtlingssozialarbeit ist nicht von der Ausländerbehörde getrennt (§ 12 Abs. 3 Nr. 1)",
        "gewaehr": "Die Gewähr für die Flüchtlingssozialarbeit wird nicht geboten (§ 12 Abs. 7)",
    }
    return [Bedingung(spalte, pl.col(spalte) != "N", {"was": pl.lit(text)}) for spalte, text in texte.items()]


REGELN: tuple[Regel, ...] = (
    Regel(
        "R06f",
        Schwere.WARNUNG,
        Umfang.ZELLE,
        Fehlertext(
            "Datum nach dem Berichtsjahr",
            "Das Datum {wert} liegt nach dem {ende}; gefragt ist der Stand am Ende des Berichtsjahres.",
            "Bitte das Datum prüfen oder im Bericht des nächsten Jahres angeben.",
        ),
        "§ 14 Abs. 2 Satz 2 KomIntAVO",
        _keine_zukunft,
    ),
    Regel(
        "R29a",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Tag des Beschlusses fehlt",
            "Das Konzept ist beschlossen; wann, steht nicht da.",
            "Bitte den Tag des letzten Beschlusses ergänzen.",
        ),
        "§ 10 Abs. 2 Nr. 4 KomIntAVO",
        _beschluss_bekannt,
    ),
    Regel(
        "R29b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Konzept noch nicht vorgelegt",
            "Das Konzept ist beschlossen, aber nicht vorgelegt; vorzulegen war es bis zum {frist} und nach jeder "
            "Aktualisierung.",
            "Bitte das Konzept der obersten Integrationsbehörde vorlegen oder den Tag der Vorlage ergänzen.",
        ),
        "§ 10 Abs. 3 KomIntAVO",
        _vorgelegt,
    ),
    Regel(
        "R29c",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Sitze mit Migrationshintergrund als Sitze",
            "{wert} Sitze von Menschen mit Migrationshintergrund bei {sitze} Sitzen.",
            "Bitte beide Zahlen prüfen; die erste ist ein Teil der zweiten.",
        ),
        "§ 18 Abs. 2 SächsIntG",
        _sitze,
    ),
    Regel(
        "R29d",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Sitze ohne Beirat",
            "Es gibt keinen Beirat, aber {wert} Sitze.",
            "Bitte prüfen, ob es einen Beirat gibt.",
        ),
        "§ 18 Abs. 1 SächsIntG",
        _sitze_ohne_beirat,
    ),
    Regel(
        "R29e",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Mehr Gemeinden mit Beauftragten als Gemeinden",
            "{wert} Gemeinden haben eigene Beauftragte; im Verzeichnis stehen {gemeinden} kreisangehörige Gemeinden.",
            "Bitte die Zahl prüfen oder kurz erläutern.",
        ),
        "§ 19 Abs. 2 SächsIntG",
        _gemeinden,
    ),
    Regel(
        "R29f",
        Schwere.WARNUNG,
        Umfang.ZELLE,
        Fehlertext(
            "Anforderung der Verordnung nicht erfüllt",
            "{was}.",
            "Bitte kurz erläutern, was geplant ist; die Angabe erscheint so im Bericht.",
        ),
        "§ 12 Abs. 3 Nr. 1 und Abs. 7 KomIntAVO",
        _anforderungen,
    ),
    Regel(
        "R29g",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Anhörung fehlt",
            "{wer} wurden zum Konzept nicht oder nur zum Teil angehört.",
            "Bitte kurz erläutern, ob die Anhörung noch folgt.",
        ),
        "§ 12 Abs. 3 Satz 2 und Abs. 4 SächsIntG",
        _angehoert,
    ),
    Regel(
        "R29h",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Anhörung der Gemeinden entfällt nicht",
            "Die Anhörung der Gemeinden ist als entfallen angegeben; im Verzeichnis stehen aber {gemeinden} "
            "kreisangehörige Gemeinden.",
            "Bitte J, TEILS oder N eintragen oder kurz erläutern.",
        ),
        "§ 12 Abs. 3 Satz 2 SächsIntG",
        _gemeinden_anzuhoeren,
    ),
)
