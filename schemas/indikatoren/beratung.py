"""Indicators of integration counselling (IBZ) and refugee social work (FSA)."""

from schemas.groessen import am_letzten_stichtag, geliefert, stellen, zielgruppe_im_mittel
from schemas.indikatoren.bevoelkerung import AUSLAENDER_AZR, OFFEN_ODER_GEDULDET
from schemas.modell import Groesse, Herkunft, Indikator, Richtung, Variante

_IBZ, _FSA = "Integrationsberatung", "Flüchtlingssozialarbeit"


def _vzae(aufgabe: str, mass: str = "vzae_besetzt", bedingung: str = "true", *, gegliedert: bool = True) -> Groesse:
    gliederung = ("entgeltgruppe",) if gegliedert else ()
    quelle = f"Lieferung „Personal“, {'Stichtag' if mass == 'vzae_besetzt' else 'Jahresmittel'}"
    return am_letzten_stichtag(
        "personal", mass, f"aufgabe = '{aufgabe}' AND {bedingung}", quelle, gliederung=gliederung
    )


def _beratungen(art: str, bedingung: str = "themenfeld = 'T'", *, gegliedert: bool = False) -> Groesse:
    gliederung = ("themenfeld",) if gegliedert else ()
    return geliefert(
        "beratung",
        "beratungen",
        f"leistungsart = '{art}' AND stelle_id <> 'KREIS' AND {bedingung}",
        "Lieferung „Beratung“, Summe des Berichtszeitraums",
        gliederung=gliederung,
    )


def _je_themenfeld(art: str) -> Groesse:
    """Counselling by topic, without the delivered totals, only where each consultation counts once."""
    return _beratungen(art, "themenfeld <> 'T' AND zaehlregel = 'HAUPTTHEMA'", gegliedert=True)


def _stellen(kennung: str, name: str, art: str, themenfeld: str, punkt: str) -> Indikator:
    return Indikator(
        id=kennung,
        name=name,
        themenfeld=themenfeld,
        definition="Zahl der Stellen am letzten Tag des Berichtszeitraums, unabhängig von der Trägerschaft; "
        "gemeinsame Stellen zählen im Land einmal.",
        einheit="Stellen",
        varianten=(
            Variante(
                "STICHTAG",
                "am Ende des Zeitraums",
                Herkunft.LIEFERUNG,
                stellen(art, "Lieferung „Stellen“, letzter Tag des Berichtszeitraums"),
            ),
        ),
        berichtspunkt=punkt,
        aufgabe=art,
        geheimhaltung="offen",
    )


def _personal(kennung: str, name: str, art: str, themenfeld: str, punkt: str) -> Indikator:
    return Indikator(
        id=kennung,
        name=name,
        themenfeld=themenfeld,
        definition="Besetzte Stellen in Vollzeitäquivalenten am Stichtag, nach Entgeltgruppe.",
        einheit="VZÄ",
        nachkommastellen=2,
        varianten=(Variante("BESETZT", "besetzt am Stichtag", Herkunft.LIEFERUNG, _vzae(art)),),
        gliederungen=("entgeltgruppe",),
        berichtspunkt=punkt,
        aufgabe=art,
    )


INDIKATOREN = (
    _stellen("IBZ-01", "Integrations-Beratungszentren", "IBZ", _IBZ, "14-2a"),
    _personal("IBZ-02", "Personal der Integrations-Beratungszentren", "IBZ", _IBZ, "14-2b"),
    Indikator(
        id="IBZ-03",
        name="Beratungen in Integrations-Beratungszentren",
        themenfeld=_IBZ,
        definition="Durchgeführte Beratungen im Berichtszeitraum, nach der Zählweise der Meldeeinheit.",
        einheit="Beratungen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, _beratungen("IBZ")),
            Variante(
                "JE_1000",
                "je 1.000 Ausländerinnen und Ausländer (AZR)",
                Herkunft.LIEFERUNG,
                _beratungen("IBZ"),
                AUSLAENDER_AZR,
                faktor=1000,
                einheit="je 1.000",
                nachkommastellen=1,
                konzept="AUSL_AZR",
            ),
            Variante(
                "JE_VZAE",
                "je Vollzeitäquivalent im Jahresmittel",
                Herkunft.LIEFERUNG,
                _beratungen("IBZ"),
                _vzae("IBZ", "vzae_jahresmittel", "taetigkeit = 'FACH'", gegliedert=False),
                einheit="je VZÄ",
                nachkommastellen=0,
            ),
        ),
        berichtspunkt="14-2c",
        aufgabe="IBZ",
    ),
    Indikator(
        id="IBZ-04",
        name="Beratungen in Integrations-Beratungszentren nach Themenfeld",
        themenfeld=_IBZ,
        definition="Anteil der Themenfelder an den Beratungen; jede Beratung zählt beim Hauptthema.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "HAUPTTHEMA",
                "nach Hauptthema",
                Herkunft.LIEFERUNG,
                _je_themenfeld("IBZ"),
                _beratungen("IBZ", "themenfeld = 'T' AND zaehlregel = 'HAUPTTHEMA'"),
                faktor=100,
                hinweis="Ohne Meldeeinheiten, die eine Beratung bei mehreren Themen zählen.",
            ),
        ),
        gliederungen=("themenfeld",),
        berichtspunkt="14-2d",
        aufgabe="IBZ",
        mindestnenner=20,
    ),
    _stellen("FSA-01", "Stellen der Flüchtlingssozialarbeit", "FSA", _FSA, "14-2i-aa"),
    _personal("FSA-02", "Personal der Flüchtlingssozialarbeit", "FSA", _FSA, "14-2i-bb"),
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
                _vzae("FSA", "vzae_jahresmittel", "taetigkeit = 'FACH'", gegliedert=False),
            ),
            Variante(
                "NAEHERUNG_AZR",
                "Näherung: offener Schutzstatus oder Duldung nach dem AZR",
                Herkunft.LIEFERUNG,
                OFFEN_ODER_GEDULDET,
                _vzae("FSA", "vzae_jahresmittel", "taetigkeit = 'FACH'", gegliedert=False),
                konzept="AUSL_AZR",
                hinweis="Untere Näherung: Personen mit vorübergehendem Schutz fehlen, solche in "
                "Aufnahmeeinrichtungen sind enthalten.",
                gruende=("NAEHERUNG", "NENNER_STICHTAG", "RUNDUNG"),
            ),
        ),
        aufgabe="FSA",
        lesehilfe="Die Verordnung nennt als Richtwert 1 : 100 (§ 12 Abs. 5 KomIntAVO).",
    ),
    Indikator(
        id="FSA-04",
        name="Beratungen der Flüchtlingssozialarbeit",
        themenfeld=_FSA,
        definition="Durchgeführte Beratungen im Berichtszeitraum, auch nach Themenfeld.",
        einheit="Beratungen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, _beratungen("FSA")),
            Variante(
                "HAUPTTHEMA",
                "Anteil nach Hauptthema",
                Herkunft.LIEFERUNG,
                _je_themenfeld("FSA"),
                _beratungen("FSA", "themenfeld = 'T' AND zaehlregel = 'HAUPTTHEMA'"),
                faktor=100,
                einheit="Prozent",
                nachkommastellen=1,
                hinweis="Ohne Meldeeinheiten, die eine Beratung bei mehreren Themen zählen.",
            ),
        ),
        gliederungen=("themenfeld",),
        berichtspunkt="14-2i-cc",
        aufgabe="FSA",
    ),
)
