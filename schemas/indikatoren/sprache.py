"""Indicators of the field language (SPR). None has a source at the level of Kreise yet."""

from schemas.modell import Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Sprache"
_BAMF = "Das Bundesamt für Migration und Flüchtlinge veröffentlicht die Angaben nicht regelmäßig für Kreise."


def _ohne_quelle(label: str, hinweis: str = _BAMF) -> tuple[Variante, ...]:
    return (Variante("STANDARD", label, Herkunft.KEINE, None, hinweis=hinweis),)


INDIKATOREN = (
    Indikator(
        id="SPR-01",
        name="Neue Teilnehmende an Integrationskursen",
        themenfeld=THEMENFELD,
        definition="Personen, die im Jahr einen Integrationskurs begonnen haben, je 1.000 Drittstaatsangehörige.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=_ohne_quelle("Integrationskursstatistik"),
        mindestnenner=100,
        lesehilfe="Viele neue Teilnehmende können viele Angebote oder viel Zuwanderung bedeuten; wird nicht bewertet.",
    ),
    Indikator(
        id="SPR-02",
        name="Bestehensquote im Deutsch-Test (B1)",
        themenfeld=THEMENFELD,
        definition="Personen mit dem Ergebnis B1 je 100 Teilnehmende am Deutsch-Test für Zuwanderer.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=_ohne_quelle("Integrationskursstatistik"),
        mindestnenner=100,
        lesehilfe="Die Quote hängt davon ab, wer zum Test angemeldet wird.",
    ),
    Indikator(
        id="SPR-03",
        name="Wartezeit bis zum Beginn eines Integrationskurses",
        themenfeld=THEMENFELD,
        definition="Mittlere Zeit (Median) von der Berechtigung bis zum Beginn des Kurses.",
        einheit="Monate",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=_ohne_quelle(
            "Angabe der Meldeeinheit",
            "Die Lieferungen haben dafür keine Spalte, und eine amtliche Tabelle gibt es nicht.",
        ),
        lesehilfe="Wer lange wartet, lernt später Deutsch.",
    ),
)
