"""Indicators of the field money (FIN): allocations of the KomIntAVO and what became of them."""

from dataclasses import replace

from schemas.codelisten_steuerung import OHNE_BEREICH
from schemas.groessen import im_folgejahr
from schemas.groessen_lieferung import (
    AUS_ZUWEISUNG,
    AUSGABE,
    EIGENE_AUSGABE,
    geld,
    weiterleitung,
    zuweisung,
    zuweisung_fsa,
)
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.modell import Groesse, Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Finanzen"
_GLIEDERUNG = ("foerdergegenstand",)
_GILT = "Zugewiesen ist, was der letzte Bescheid des Haushaltsjahres nennt, abzüglich aufgehobener Beträge."
# What names no Bereich may be of the Flüchtlingssozialarbeit: it counts, as R20 counts it.
_VERWALTUNG = f"{AUSGABE} AND {AUS_ZUWEISUNG} AND bereich IN ('FSA', '{OHNE_BEREICH}') AND zweck = 'VERWALTUNG'"


def _quote(kennung: str, label: str, zaehler: Groesse, nenner: Groesse, hinweis: str = "") -> Variante:
    return Variante(kennung, label, Herkunft.LIEFERUNG, zaehler, nenner, faktor=100, hinweis=hinweis)


def _weitergeleitet_an(empfaengerart: str) -> Groesse:
    return geld(weiterleitung(f"empfaengerart = '{empfaengerart}'"), "weitergeleitet", empfaengerart)


def _einwohner_des_vorjahres() -> Groesse:
    einwohner = im_folgejahr(EINWOHNER)
    return replace(einwohner, quelle=f"{einwohner.quelle} des Vorjahres")


INDIKATOREN = (
    Indikator(
        id="FIN-01",
        name="Zuweisungen für die kommunale Integrationsarbeit",
        themenfeld=THEMENFELD,
        definition="Zuweisung nach §§ 1 bis 4 KomIntAVO im Haushaltsjahr, nach Fördergegenstand, auch je Einwohnerin "
        "und "
        "Einwohner am 31.12. des Vorjahres.",
        einheit="Euro",
        nachkommastellen=2,
        varianten=(
            Variante("BETRAG", "Betrag", Herkunft.LIEFERUNG, zuweisung(), hinweis=_GILT),
            Variante(
                "JE_EINWOHNER",
                "je Einwohnerin und Einwohner",
                Herkunft.LIEFERUNG,
                zuweisung(),
                _einwohner_des_vorjahres(),
                einheit="Euro je Person",
                hinweis=_GILT,
            ),
        ),
        gliederungen=_GLIEDERUNG,
        mindestnenner=1,
        geheimhaltung="offen",
        lesehilfe="Jede Verteilungsmasse wird nach der Einwohnerzahl verteilt; je Person unterscheiden sich die "
        "Beträge "
        "deshalb nur, wenn Bescheide von verschiedenen Ständen der Einwohnerzahl ausgehen.",
    ),
    Indikator(
        id="FIN-02",
        name="Verwendungsquote",
        themenfeld=THEMENFELD,
        definition="Eigene Ausgaben aus der Zuweisung und weitergeleitete Mittel abzüglich der Rückflüsse, je 100 Euro "
        "Zuweisung des Haushaltsjahres.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.ZIELWERT,
        zielwert=100,
        varianten=(
            _quote(
                "ZUWEISUNG",
                "verwendet und weitergeleitet",
                geld({EIGENE_AUSGABE: "betrag_eur", **weiterleitung()}, "verwendet"),
                zuweisung(),
                "Was Dritte aus weitergeleiteten Mitteln ausgeben, zählt nicht noch einmal.",
            ),
        ),
        gliederungen=_GLIEDERUNG,
        mindestnenner=1,
        lesehilfe="Unter 100: Ein Teil der Zuweisung ist noch nicht verwendet. Über 100 kommt vor, wenn ein Bescheid "
        "fehlt.",
    ),
    Indikator(
        id="FIN-03",
        name="Weiterleitungsquote",
        themenfeld=THEMENFELD,
        definition="Aus der Zuweisung an Dritte weitergeleitete Mittel abzüglich der Rückflüsse, je 100 Euro "
        "Zuweisung des "
        "Haushaltsjahres.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            _quote("GESAMT", "an alle Empfänger", geld(weiterleitung(), "weitergeleitet"), zuweisung()),
            _quote("FREI", "an freie Träger", _weitergeleitet_an("FREI"), zuweisung()),
            _quote("GEMEINDE", "an Gemeinden", _weitergeleitet_an("GEMEINDE"), zuweisung()),
        ),
        gliederungen=_GLIEDERUNG,
        mindestnenner=1,
        lesehilfe="Ob eine Aufgabe selbst oder durch Dritte erfüllt wird, entscheidet die Meldeeinheit; wird nicht "
        "bewertet.",
    ),
    Indikator(
        id="FIN-04",
        name="Verwaltungsanteil in der Flüchtlingssozialarbeit",
        themenfeld=THEMENFELD,
        definition="Ausgaben für Verwaltungsaufgaben der Flüchtlingssozialarbeit aus der Zuweisung, auch bei Dritten, "
        "je "
        "100 Euro Zuweisung für die Flüchtlingssozialarbeit.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.ZIELWERT,
        zielwert=20,
        varianten=(
            _quote(
                "FSA",
                "Anteil an der Zuweisung",
                geld({_VERWALTUNG: "betrag_eur"}, "verwaltung", fg="FG5"),
                zuweisung_fsa(),
                "Wo der Bescheid nicht zwischen Flüchtlingssozialarbeit und Rückkehrberatung teilt, bezogen auf "
                "beides.",
            ),
        ),
        mindestnenner=1,
        lesehilfe="Höchstens 20 Prozent dürfen Verwaltungsaufgaben dienen (§ 12 Abs. 3 Nr. 3 KomIntAVO); weniger ist "
        "unbedenklich.",
    ),
    Indikator(
        id="FIN-05",
        name="Anteil der Sachausgaben",
        themenfeld=THEMENFELD,
        definition="Sachausgaben aus der Zuweisung, eigene und bei Dritten, je 100 Euro Personal- und Sachausgaben "
        "aus der "
        "Zuweisung.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            _quote(
                "ZUWEISUNG",
                "Anteil an den Ausgaben",
                geld({f"buchungsart = 'AUSGABE_SACH' AND {AUS_ZUWEISUNG}": "betrag_eur"}, "ausgaben", "SACH"),
                geld({f"{AUSGABE} AND {AUS_ZUWEISUNG}": "betrag_eur"}, "ausgaben"),
            ),
        ),
        gliederungen=_GLIEDERUNG,
        mindestnenner=1,
        lesehilfe="Das Gesetz nennt eine Grenze (§ 11 Abs. 3 Nr. 2 SächsIntG), die Verordnung legt keine fest; der "
        "Anteil "
        "wird gezeigt und nicht bewertet.",
    ),
)
