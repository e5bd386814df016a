"""Indicators of integration counselling (IBZ), refugee social work (FSA) and return counselling (RKB)."""

from dataclasses import replace

from schemas.groessen import im_folgejahr, zum_zeitpunkt_von
from schemas.groessen_lieferung import (
    beratene_personen,
    beratungen,
    fachkraefte,
    gemeinden,
    massnahmen,
    massnahmen_nach_themenfeld,
    personal,
    stellen,
    zielgruppe_im_mittel,
    zustaendig,
)
from schemas.indikatoren.bevoelkerung import AUSLAENDER_AZR, EINWOHNER, OFFEN_ODER_GEDULDET
from schemas.modell import Herkunft, Indikator, Richtung, Variante

_IBZ, _FSA = "Integrationsberatung", "Flüchtlingssozialarbeit"
_MEHRFACH_GEZAEHLT = "Wer mit mehreren Stellenanteilen gemeldet ist, zählt mehrfach."
_JE_1000 = "Bezugsgröße für alle: Ausländerinnen und Ausländer nach dem Ausländerzentralregister am 31.12."
_NICHT_BEWERTET = "Mehr oder weniger ist hier weder gut noch schlecht; die Zahl wird nicht bewertet."


def stellenvarianten(art: str) -> tuple[Variante, ...]:
    """Number of Stellen of a kind, and the share that free Träger run."""
    quelle = "Lieferung „Stellen“, letzter Tag des Berichtszeitraums"
    return (
        Variante(
            "STICHTAG",
            "am Ende des Zeitraums",
            Herkunft.LIEFERUNG,
            stellen(art, quelle, gliederung=("gemeinde_ags",)),
        ),
        Variante(
            "FREIE_TRAEGER",
            "Anteil freier Träger",
            Herkunft.LIEFERUNG,
            stellen(art, quelle, "traegerschaft = 'FREI'", fest={"teil": "FREI"}),
            stellen(art, quelle),
            faktor=100,
            einheit="Prozent",
            nachkommastellen=0,
        ),
    )


def personalvarianten(aufgabe: str) -> tuple[Variante, ...]:
    """Staff for a task: filled posts, all posts and persons, each by pay group, and posts in the mean of the year."""
    masse = (
        ("BESETZT", "besetzte Stellen am Stichtag", "vzae_besetzt"),
        ("STELLEN", "besetzte und freie Stellen am Stichtag", "vzae_stellen"),
        ("JAHRESMITTEL", "besetzte Stellen im Jahresmittel", "vzae_jahresmittel"),
    )
    vzae = (Variante(k, label, Herkunft.LIEFERUNG, personal((aufgabe,), m, gegliedert=True)) for k, label, m in masse)
    return (*vzae, _personen(aufgabe))


def _personen(aufgabe: str) -> Variante:
    return Variante(
        "PERSONEN",
        "Personen am Stichtag",
        Herkunft.LIEFERUNG,
        personal((aufgabe,), "personen", gegliedert=True),
        einheit="Personen",
        nachkommastellen=0,
        hinweis=_MEHRFACH_GEZAEHLT,
    )


def _nach_zaehlregel(art: str, regel: str, label: str, hinweis: str) -> Variante:
    """Share of topics among the Meldeeinheiten that count topics by this rule; shares of both rules differ in kind."""
    bedingung = f"zaehlregel = '{regel}'"
    return Variante(
        regel,
        label,
        Herkunft.LIEFERUNG,
        beratungen(art, bedingung, gegliedert=True, addiert=regel == "HAUPTTHEMA"),
        beratungen(art, bedingung),
        faktor=100,
        einheit="Prozent",
        nachkommastellen=1,
        hinweis=hinweis,
        mindestnenner=20,
    )


def _nach_themenfeld(art: str) -> tuple[Variante, ...]:
    return (
        _nach_zaehlregel(
            art,
            "HAUPTTHEMA",
            "Anteil nach Hauptthema",
            "Ohne Meldeeinheiten, die eine Beratung bei mehreren Themen zählen.",
        ),
        _nach_zaehlregel(
            art,
            "MEHRFACH",
            "Beratungen, in denen das Thema vorkam",
            "Nur Meldeeinheiten, die eine Beratung bei mehreren Themen zählen; die Anteile ergeben zusammen mehr als "
            "100.",
        ),
    )


def beratene(art: str) -> Variante:
    """Persons advised, each once in its Meldeeinheit."""
    return Variante(
        "PERSONEN",
        "beratene Personen",
        Herkunft.LIEFERUNG,
        beratene_personen(art),
        einheit="Personen",
        hinweis="Jede Person zählt in der Meldeeinheit einmal; wo nur nach Stellen gezählt wird, gibt es keine Zahl.",
    )


def je_vzae(art: str) -> Variante:
    """Counselling per full-time Fachkraft."""
    return Variante(
        "JE_VZAE",
        "je Vollzeitäquivalent im Jahresmittel",
        Herkunft.LIEFERUNG,
        beratungen(art),
        fachkraefte(art),
        einheit="je VZÄ",
        nachkommastellen=0,
    )


def stellen_indikator(kennung: str, name: str, art: str, themenfeld: str) -> Indikator:
    """The indicator „number of Stellen“ of a kind."""
    return Indikator(
        id=kennung,
        name=name,
        themenfeld=themenfeld,
        definition="Zahl der Stellen am letzten Tag des Berichtszeitraums, unabhängig von der Trägerschaft; "
        "gemeinsame Stellen zählen im Land einmal.",
        einheit="Stellen",
        varianten=stellenvarianten(art),
        gliederungen=("gemeinde_ags",),
        aufgabe=art,
        geheimhaltung="offen",
        lesehilfe=f"Gemeint sind Anlaufstellen, keine Arbeitsplätze; Außenstellen zählen mit. {_NICHT_BEWERTET}",
    )


def _personal_indikator(kennung: str, name: str, art: str, themenfeld: str) -> Indikator:
    return Indikator(
        id=kennung,
        name=name,
        themenfeld=themenfeld,
        definition="Stellen in Vollzeitäquivalenten am Stichtag, nach Entgeltgruppe, und die Personen, die sie "
        "ausfüllen.",
        einheit="VZÄ",
        nachkommastellen=2,
        varianten=personalvarianten(art),
        gliederungen=("entgeltgruppe",),
        aufgabe=art,
        lesehilfe=f"Enthält Fachkräfte, Leitung und Verwaltung, gleich aus welchen Mitteln bezahlt. {_NICHT_BEWERTET}",
    )


def _einwohner_je_kik() -> Variante:
    einwohner = im_folgejahr(EINWOHNER)
    vzae = personal(("KIK",), "vzae_besetzt")
    return Variante(
        "EINWOHNER_JE_VZAE",
        "Einwohnerinnen und Einwohner je besetzter Stelle (VZÄ) der Koordination",
        Herkunft.LIEFERUNG,
        zum_zeitpunkt_von(vzae, replace(einwohner, quelle=f"{einwohner.quelle} des Vorjahres")),
        vzae,
        einheit="Personen je VZÄ",
        nachkommastellen=0,
        hinweis="Alle Einwohnerinnen und Einwohner der Meldeeinheit am 31.12. des Vorjahres, auch in Gemeinden ohne "
        "Koordination.",
        gruende=("NENNER_STICHTAG",),
    )


_INTEGRATIONSBERATUNG = (
    stellen_indikator("IBZ-01", "Integrations-Beratungszentren", "IBZ", _IBZ),
    _personal_indikator("IBZ-02", "Personal der Integrations-Beratungszentren", "IBZ", _IBZ),
    Indikator(
        id="IBZ-03",
        name="Beratungen in Integrations-Beratungszentren",
        themenfeld=_IBZ,
        definition="Durchgeführte Beratungen im Berichtszeitraum, nach der Zählweise der Meldeeinheit.",
        einheit="Beratungen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, beratungen("IBZ")),
            Variante(
                "JE_1000",
                "je 1.000 Ausländerinnen und Ausländer",
                Herkunft.LIEFERUNG,
                beratungen("IBZ"),
                AUSLAENDER_AZR,
                faktor=1000,
                einheit="je 1.000",
                nachkommastellen=1,
                konzept="AUSL_AZR",
                hinweis=_JE_1000,
                mindestnenner=100,
            ),
            je_vzae("IBZ"),
            beratene("IBZ"),
        ),
        aufgabe="IBZ",
        mindestnenner=1,
        lesehilfe="Die Verordnung bestimmt nicht, was eine Beratung ist; vergleichbar ist nur, wer gleich zählt.",
    ),
    Indikator(
        id="IBZ-04",
        name="Beratungen in Integrations-Beratungszentren nach Themenfeld",
        themenfeld=_IBZ,
        definition="Anteil der Themenfelder Arbeit, Bildung, Wohnen, Gesundheit, Kultur und Sonstiges an den "
        "Beratungen.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=_nach_themenfeld("IBZ"),
        gliederungen=("themenfeld",),
        aufgabe="IBZ",
        lesehilfe=f"Zeigt, womit die Menschen kommen. {_NICHT_BEWERTET}",
    ),
    Indikator(
        id="IBZ-05",
        name="Orientierungsmaßnahmen und Sprachmittlung",
        themenfeld=_IBZ,
        definition="Maßnahmen und Einsätze nach § 11 Abs. 4 Nr. 3 KomIntAVO im Berichtszeitraum; Maßnahmen und "
        "Einsätze "
        "werden nie zusammengezählt.",
        einheit="Einsätze",
        varianten=(
            Variante(
                "ORIENTIERUNG",
                "Orientierungsmaßnahmen",
                Herkunft.LIEFERUNG,
                massnahmen("ORIENTIERUNG"),
                einheit="Maßnahmen",
            ),
            Variante(
                "SKM",
                "Einsätze der Sprach- und Kulturmittlung",
                Herkunft.LIEFERUNG,
                massnahmen_nach_themenfeld("SKM"),
            ),
            Variante(
                "GDD",
                "Einsätze der Gemeindedolmetscherdienste",
                Herkunft.LIEFERUNG,
                massnahmen_nach_themenfeld("GDD"),
            ),
        ),
        gliederungen=("themenfeld", "gemeinde_ags"),
        lesehilfe=_NICHT_BEWERTET,
    ),
    Indikator(
        id="IBZ-06",
        name="Integrationskoordinatorinnen und -koordinatoren",
        themenfeld=_IBZ,
        definition="Personen in der Kommunalen Integrationskoordination nach § 11 Abs. 4 Nr. 1 KomIntAVO am Stichtag "
        "und "
        "ihre Stellen in Vollzeitäquivalenten.",
        einheit="Personen",
        varianten=(
            _personen("KIK"),
            Variante(
                "VZAE",
                "besetzte Stellen am Stichtag",
                Herkunft.LIEFERUNG,
                personal(("KIK",), "vzae_besetzt", gegliedert=True),
                einheit="VZÄ",
                nachkommastellen=2,
            ),
        ),
        gliederungen=("entgeltgruppe",),
        aufgabe="KIK",
        lesehilfe="Kreisfreie Städte haben keine kreisangehörigen Gemeinden und deshalb keine Koordination dieser Art.",
    ),
    Indikator(
        id="IBZ-07",
        name="Reichweite der Kommunalen Integrationskoordination",
        themenfeld=_IBZ,
        definition="Gemeinden, die am Ende des Berichtszeitraums eine Kommunale Integrationskoordination unterstützt, "
        "je "
        "100 Gemeinden, und Einwohnerinnen und Einwohner je Vollzeitäquivalent der Koordination.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "GEMEINDEN",
                "unterstützte Gemeinden",
                Herkunft.LIEFERUNG,
                zustaendig("Lieferung „Zuständigkeit“, Ende des Berichtszeitraums"),
                gemeinden("Gemeindeverzeichnis des Landes"),
                faktor=100,
            ),
            _einwohner_je_kik(),
        ),
        aufgabe="KIK",
        mindestnenner=1,
        geheimhaltung="offen",
        lesehilfe=f"Nur für Meldeeinheiten mit kreisangehörigen Gemeinden. {_NICHT_BEWERTET}",
    ),
)

_SOZIALARBEIT = (
    stellen_indikator("FSA-01", "Stellen der Flüchtlingssozialarbeit", "FSA", _FSA),
    _personal_indikator("FSA-02", "Personal der Flüchtlingssozialarbeit", "FSA", _FSA),
    Indikator(
        id="FSA-03",
        name="Betreuungsschlüssel der Flüchtlingssozialarbeit",
        themenfeld=_FSA,
        definition="Personen der Zielgruppe je Vollzeitäquivalent der Fachkräfte im Jahresmittel.",
        einheit="Personen je VZÄ",
        nachkommastellen=0,
        richtung=Richtung.ZIELWERT,
        zielwert=100,
        varianten=(
            Variante(
                "ZIELGRUPPE",
                "gemeldete Zielgruppe",
                Herkunft.LIEFERUNG,
                zielgruppe_im_mittel("Lieferung „Zielgruppe“, Mittel der Bestände"),
                fachkraefte("FSA"),
            ),
            Variante(
                "NAEHERUNG_AZR",
                "Näherung: offener Schutzstatus oder Duldung nach dem AZR",
                Herkunft.LIEFERUNG,
                zum_zeitpunkt_von(personal(("FSA",), "vzae_besetzt"), OFFEN_ODER_GEDULDET),
                fachkraefte("FSA"),
                konzept="AUSL_AZR",
                hinweis="Untere Näherung: Personen mit vorübergehendem Schutz fehlen, solche in "
                "Aufnahmeeinrichtungen sind enthalten.",
                gruende=("NAEHERUNG", "NENNER_STICHTAG", "RUNDUNG"),
            ),
        ),
        aufgabe="FSA",
        mindestnenner=1,
        lesehilfe="Die Verordnung nennt als Richtwert 1 : 100 (§ 12 Abs. 5 KomIntAVO).",
    ),
    Indikator(
        id="FSA-04",
        name="Beratungen der Flüchtlingssozialarbeit",
        themenfeld=_FSA,
        definition="Durchgeführte Beratungen im Berichtszeitraum, auch nach Themenfeld.",
        einheit="Beratungen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, beratungen("FSA")),
            *_nach_themenfeld("FSA"),
            Variante(
                "JE_100",
                "je 100 Personen der Zielgruppe",
                Herkunft.LIEFERUNG,
                beratungen("FSA"),
                zielgruppe_im_mittel("Lieferung „Zielgruppe“, Mittel der Bestände"),
                faktor=100,
                einheit="je 100",
                nachkommastellen=1,
                mindestnenner=20,
            ),
            je_vzae("FSA"),
            beratene("FSA"),
        ),
        gliederungen=("themenfeld",),
        aufgabe="FSA",
        mindestnenner=1,
        lesehilfe="Die Verordnung bestimmt nicht, was eine Beratung ist; vergleichbar ist nur, wer gleich zählt.",
    ),
    Indikator(
        id="FSA-05",
        name="Fachkraftquote der Flüchtlingssozialarbeit",
        themenfeld=_FSA,
        definition="Besetzte Stellen der Fachkräfte mit einschlägigem Hochschulabschluss oder vergleichbarer "
        "Qualifikation "
        "(§ 12 Abs. 4 Satz 1 KomIntAVO) je 100 besetzte Stellen der Fachkräfte, in Vollzeitäquivalenten am Stichtag.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "SATZ_1",
                "Abschluss oder vergleichbare Qualifikation",
                Herkunft.LIEFERUNG,
                personal(
                    ("FSA",),
                    "vzae_besetzt",
                    "taetigkeit = 'FACH' AND qualifikation IN ('ABSCHLUSS', 'VERGLEICHBAR')",
                    teil="FACH_SATZ_1",
                ),
                personal(("FSA",), "vzae_besetzt", "taetigkeit = 'FACH'", teil="FACH"),
                faktor=100,
            ),
            Variante(
                "ABSCHLUSS",
                "nur einschlägiger Hochschulabschluss",
                Herkunft.LIEFERUNG,
                personal(
                    ("FSA",),
                    "vzae_besetzt",
                    "taetigkeit = 'FACH' AND qualifikation = 'ABSCHLUSS'",
                    teil="FACH_ABSCHLUSS",
                ),
                personal(("FSA",), "vzae_besetzt", "taetigkeit = 'FACH'", teil="FACH"),
                faktor=100,
            ),
        ),
        aufgabe="FSA",
        mindestnenner=1,
        lesehilfe="Ausnahmen für Erfahrung und für schon vorher Beschäftigte sind erlaubt; die Quote muss nicht 100 "
        "sein.",
    ),
)

INDIKATOREN = (*_INTEGRATIONSBERATUNG, *_SOZIALARBEIT)
