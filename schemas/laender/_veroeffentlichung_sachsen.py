"""Sachsen for everybody: numbers in easy language, supervision of accessibility, its name in other languages."""

from schemas.modell import nur_lesen
from schemas.veroeffentlichung import Barrierefreiheit, LeichteZahl, Stelle, Veroeffentlichung

VEROEFFENTLICHUNG = Veroeffentlichung(
    leichte_zahlen=(
        LeichteZahl(
            "Wie viele Menschen haben einen Pass aus einem anderen Land?",
            "BEV-02",
            ("AZR_LIEFERUNG", "AZR_AMTLICH", "FORT_LIEFERUNG"),
            "Es sind {zahl} Menschen.",
            zaehler=True,
        ),
        LeichteZahl(
            "Wie viele Menschen suchen hier Schutz, zum Beispiel vor Krieg?",
            "BEV-10",
            ("AZR",),
            "Es sind {zahl} Menschen.",
            zaehler=True,
        ),
        LeichteZahl(
            "Wie oft haben sich Menschen in den Beratungs-Stellen Rat geholt?",
            "IBZ-03",
            ("ANZAHL",),
            "Es gab {zahl} Beratungen.",
        ),
    ),
    barrierefreiheit=Barrierefreiheit(
        gesetz="Barrierefreie-Websites-Gesetz (BfWebG) vom 10. April 2019 und Verordnung dazu (BfWebVO)",
        ueberwachung=Stelle(
            "Überwachungsstelle für barrierefreie Informationstechnik, "
            "dzb lesen – Deutsches Zentrum für barrierefreies Lesen",
            "Leipzig",
            "bfit-sachsen@dzblesen.de",
        ),
        durchsetzung=Stelle(
            "Durchsetzungsstelle beim Landesbeauftragten für Inklusion der Menschen mit Behinderungen, "
            "Sächsische Staatskanzlei",
            "Archivstraße 1, 01097 Dresden",
            "durchsetzungsstelle@sk.sachsen.de",
        ),
        quelle="www.durchsetzungsstelle.sachsen.de und www.dzblesen.de; vor einer Veröffentlichung prüfen",
    ),
    namen=nur_lesen({"en": "Saxony", "uk": "Саксонія", "ar": "ساكسونيا"}),
)
