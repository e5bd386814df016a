"""Indicators of the field administration (VER)."""

from schemas.einheiten import JE_MELDEEINHEIT
from schemas.groessen_lieferung import angabe, personal
from schemas.modell import Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Verwaltung"
_QUELLE = "Lieferung „Integrationskonzept“, Ende des Berichtszeitraums"
_JA = "1 heißt: ja. Im Land steht die Zahl der Meldeeinheiten, für die es gilt."
_BESCHLOSSEN = "status IN ('BESCHLOSSEN', 'IN_FORTSCHREIBUNG')"
_TEILE = ("bedarfsanalyse", "angebotsanalyse", "leitbild", "massnahmenplanung")
_ZAHL_DER_TEILE = " + ".join(f"CAST({teil} = 'J' AS INTEGER)" for teil in _TEILE)


def _ja(kennung: str, label: str, bedingung: str) -> Variante:
    return Variante(kennung, label, Herkunft.LIEFERUNG, angabe(bedingung, _QUELLE), hinweis=_JA)


def _fortbildung(kennung: str, label: str, *aufgaben: str) -> Variante:
    return Variante(
        kennung,
        label,
        Herkunft.LIEFERUNG,
        personal(aufgaben, "fortbildungstage"),
        personal(aufgaben, "vzae_jahresmittel"),
    )


INDIKATOREN = (
    Indikator(
        id="VER-01",
        name="Beauftragte für Integration und Teilhabe",
        themenfeld=THEMENFELD,
        definition="Ob Beauftragte nach § 19 SächsIntG hauptamtlich und ausschließlich für diese Aufgabe bestellt "
        "sind, "
        "ihre besetzten Stellen, und Gemeinden mit eigenen Beauftragten.",
        einheit=JE_MELDEEINHEIT,
        varianten=(
            _ja("HAUPTAMTLICH", "hauptamtlich bestellt", "beauftragte_hauptamtlich = 'J'"),
            _ja(
                "AUSSCHLIESSLICH",
                "hauptamtlich und ausschließlich für diese Aufgabe bestellt",
                "beauftragte_hauptamtlich = 'J' AND beauftragte_ausschliesslich = 'J'",
            ),
            Variante(
                "VZAE",
                "besetzte Stellen am Stichtag",
                Herkunft.LIEFERUNG,
                personal(("BEAUFTRAGTE",), "vzae_besetzt"),
                einheit="VZÄ",
                nachkommastellen=2,
            ),
            Variante(
                "GEMEINDEN",
                "Gemeinden mit eigenen Beauftragten",
                Herkunft.LIEFERUNG,
                angabe("", _QUELLE, "gemeinden_mit_beauftragten_status IS NOT NULL", mass="gemeinden_mit_beauftragten"),
                einheit="Gemeinden",
            ),
        ),
        aufgabe="BEAUFTRAGTE",
        lesehilfe="Das Gesetz sagt „sollen“; die Angabe beschreibt, wie die Aufgabe besetzt ist, und wird nicht "
        "bewertet.",
    ),
    Indikator(
        id="VER-02",
        name="Integrationskonzept",
        themenfeld=THEMENFELD,
        definition="Ob ein Integrationskonzept nach § 10 KomIntAVO beschlossen und dem Staatsministerium vorgelegt "
        "ist, "
        "welche seiner Teile es enthält und wie alt der Beschluss ist.",
        einheit=JE_MELDEEINHEIT,
        varianten=(
            _ja("BESCHLOSSEN", "beschlossen", _BESCHLOSSEN),
            _ja("VORGELEGT", "vorgelegt", "vorgelegt_am IS NOT NULL AND vorgelegt_am <= bis"),
            Variante(
                "TEILE",
                "vorhandene der vier Teile nach § 10 Abs. 1",
                Herkunft.LIEFERUNG,
                angabe(_ZAHL_DER_TEILE, _QUELLE, "status <> 'OHNE'"),
                angabe("1", _QUELLE, "status <> 'OHNE'"),
                einheit="Teile",
                nachkommastellen=1,
                hinweis="Bedarfs- und Potenzialanalyse, Angebotsanalyse, Leitbild, Ziel- und Maßnahmenplanung; im Land "
                "der Durchschnitt der Meldeeinheiten, die ein Konzept haben oder daran arbeiten.",
            ),
            Variante(
                "ALTER",
                "Zeit seit dem Beschluss",
                Herkunft.LIEFERUNG,
                angabe(
                    "date_diff('day', beschluss_datum, bis) / 365.25",
                    _QUELLE,
                    f"{_BESCHLOSSEN} AND beschluss_datum <= bis",
                ),
                angabe("1", _QUELLE, f"{_BESCHLOSSEN} AND beschluss_datum <= bis"),
                einheit="Jahre",
                nachkommastellen=1,
                hinweis="Im Land der Durchschnitt der Meldeeinheiten mit beschlossenem Konzept.",
            ),
        ),
        lesehilfe="Ein Konzept ist ein Soll des Gesetzes, keine Bedingung; die Angabe wird nicht bewertet.",
    ),
    Indikator(
        id="VER-03",
        name="Fortbildung in Beratung und Flüchtlingssozialarbeit",
        themenfeld=THEMENFELD,
        definition="Tage der Teilnahme an Fortbildungen im Berichtszeitraum je Vollzeitäquivalent im Jahresmittel.",
        einheit="Tage je VZÄ",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            _fortbildung("IBZ_FSA", "Beratungszentren und Flüchtlingssozialarbeit", "IBZ", "FSA"),
            _fortbildung("FSA", "Flüchtlingssozialarbeit", "FSA"),
        ),
        mindestnenner=1,
        lesehilfe="Freiwillige Angabe; fehlt sie für einen Teil des Personals, gibt es keinen Wert.",
    ),
    Indikator(
        id="VER-04",
        name="Fortbildung und Mehrsprachigkeit in Integrations-Beratungszentren",
        themenfeld=THEMENFELD,
        definition="Tage der Teilnahme an Fortbildungen je Vollzeitäquivalent im Jahresmittel, und Anteil der "
        "Beschäftigten, die in mehr als einer Sprache beraten (§ 11 Abs. 5 und 6 KomIntAVO).",
        einheit="Tage je VZÄ",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            _fortbildung("FORTBILDUNG", "Fortbildung", "IBZ"),
            Variante(
                "MEHRSPRACHIG",
                "mehrsprachig Beratende",
                Herkunft.LIEFERUNG,
                personal(("IBZ",), "mehrsprachig_personen"),
                personal(("IBZ",), "personen"),
                faktor=100,
                einheit="Prozent",
                hinweis="Wer mit mehreren Stellenanteilen gemeldet ist, zählt mehrfach.",
            ),
        ),
        aufgabe="IBZ",
        mindestnenner=1,
        lesehilfe="Freiwillige Angabe; fehlt sie für einen Teil des Personals, gibt es keinen Wert.",
    ),
)
