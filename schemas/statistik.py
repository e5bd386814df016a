"""The rules by which figures are given limits and compared, and the German texts published with them.

What belongs here: which method fits which kind of figure, confidence levels, minimum counts, results with their labels.
What does not: computing (`assets/auswertung/statistik/`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.modell import Code, Codeliste, Kennzahlart, Variante, nur_lesen
from schemas.vertragsfehler import Vertragsfehler

KONFIDENZ = 0.95
"""Share of random fluctuation an interval covers, both sides together."""

KONFIDENZ_TRICHTER = 0.998
"""Share the outer limits of a funnel cover: 0.1 per cent lie beyond them on each side."""


@dataclass(frozen=True, slots=True)
class Verfahren:
    """How limits are computed for a kind of figure: name and text as published, and the paper. No name: no limits."""

    art: Kennzahlart
    name: str
    text: str
    quelle: str = ""

    def __post_init__(self) -> None:
        if not self.text or bool(self.name) != bool(self.quelle):
            raise Vertragsfehler(f"Verfahren für {self.art}: Text fehlt, oder Name und Quelle passen nicht zusammen")


_POISSON_QUELLE = (
    "Garwood, Biometrika 28 (1936), S. 437–442; Breslow und Day, Statistical Methods in Cancer Research II, "
    "IARC 82 (1987), S. 69"
)
_POISSON_TEXT = "unter 10 Ereignissen mit den genauen Grenzen der Poisson-Verteilung, ab 10 mit Byars Näherung."

VERFAHREN: Mapping[Kennzahlart, Verfahren] = nur_lesen(
    {
        v.art: v
        for v in (
            Verfahren(
                Kennzahlart.ANTEIL,
                "Wilson",
                "Vertrauensbereich eines Anteils nach Wilson, ohne Stetigkeitskorrektur.",
                "Wilson, Journal of the American Statistical Association 22 (1927), S. 209–212",
            ),
            Verfahren(
                Kennzahlart.RATE,
                "Poisson, Byar",
                f"Vertrauensbereich der Zahl der Ereignisse, geteilt durch die Bezugsgröße: {_POISSON_TEXT}",
                _POISSON_QUELLE,
            ),
            Verfahren(
                Kennzahlart.VERHAELTNIS,
                "Poisson, Byar",
                f"Vertrauensbereich der beobachteten Ereignisse, geteilt durch die erwarteten: {_POISSON_TEXT}",
                _POISSON_QUELLE,
            ),
            Verfahren(
                Kennzahlart.STANDARDISIERT,
                "Dobson",
                "Altersstandardisierte Rate: Mittel der Raten aller Altersgruppen, gewichtet mit der "
                "Standardbevölkerung. Vertrauensbereich nach Dobson mit Byars Grenzen der Gesamtzahl.",
                "Dobson, Kuulasmaa, Eberle und Scherer, Statistics in Medicine 10 (1991), S. 457–462",
            ),
            Verfahren(
                Kennzahlart.BESTAND,
                "",
                "Ohne Vertrauensbereich und ohne Vergleich: Ein Bestand wächst mit der Größe des Gebiets.",
            ),
        )
    }
)
"""The method of each kind of figure."""


def regel_fuer(variante: Variante) -> str:
    """How values of a variant are called higher, lower or similar: the sentence published with it."""
    if variante.art is not Kennzahlart.BESTAND:
        return (
            f"Höher, niedriger oder ähnlich nach dem Vertrauensbereich von 95 Prozent ({VERFAHREN[variante.art].name})."
        )
    if variante.nenner is None and variante.summierbar:
        return VERFAHREN[Kennzahlart.BESTAND].text
    return "Höher oder niedriger nach der gezeigten Zahl; ohne Vertrauensbereich bleibt offen, was Zufall ist."


TRICHTER = (
    "Der Trichter zeigt, wie weit Werte verschieden großer Gebiete zufällig um den gemeinsamen Wert streuen: "
    "innerhalb der inneren Grenzen 95 Prozent, innerhalb der äußeren 99,8 Prozent. Je größer ein Gebiet, desto enger "
    "die Grenzen: Große Gebiete liegen auch bei kleinen Unterschieden außerhalb. Das ist keine Bewertung. "
    "Quelle: Spiegelhalter, Statistics in Medicine 24 (2005), S. 1185–1202."
)

KLASSENZAHL = 5

KLASSENREGEL = (
    f"Für Karten und Tabellen werden die vergleichbaren Werte der Größe nach in {KLASSENZAHL} Klassen mit möglichst "
    "gleich vielen Werten geteilt. Gleiche gezeigte Werte kommen in dieselbe Klasse, und zwar in die niedrigste, die "
    "für sie infrage kommt. Geht die Teilung nicht auf, haben manche Klassen einen Wert mehr, darunter die niedrigste. "
    f"Bei weniger als {KLASSENZAHL} Werten gibt es keine Klassen. Die Grenzen einer Klasse sind ihr niedrigster und "
    "ihr höchster Wert."
)

VERGLEICHSREGEL = (
    "Höher oder niedriger heißt ein Wert nur, wenn sein ganzer Vertrauensbereich (95 Prozent) über oder unter dem "
    "Vergleichswert liegt. Berührt oder umfasst der Vertrauensbereich den Vergleichswert, heißt der Wert ähnlich: Der "
    "Unterschied lässt sich dann durch Zufall erklären. Ohne Vertrauensbereich oder Vergleichswert wird nicht "
    "verglichen, und der Vergleichswert nicht mit sich selbst."
)

URTEILSREGEL = (
    "Besser oder schlechter heißt ein Wert nur, wenn die Kennzahl eine erwünschte Richtung hat. Hat sie einen "
    "Zielwert, ist ein Wert besser, dessen ganzer Vertrauensbereich näher am Zielwert liegt als der Vergleichswert, "
    "und schlechter, wenn der ganze Vertrauensbereich weiter davon entfernt liegt. Kennzahlen ohne Richtung werden "
    "nicht bewertet."
)

FARBREGEL = (
    "Farbig hervorgehoben wird ein Wert nur, wenn er besser oder schlechter ist und außerdem außerhalb der äußeren "
    "Trichtergrenze (99,8 Prozent) liegt. Bei 95 Prozent allein läge von 20 Werten im Mittel einer zufällig außerhalb."
)

VOLLZAEHLUNG = (
    "Die Zahlen sind vollständig gezählt und keine Stichprobe. Der Vertrauensbereich zeigt deshalb nur, wie stark ein "
    "Wert zufällig schwanken kann, ohne dass sich an den Verhältnissen etwas ändert. Fehler beim Erfassen zeigt er "
    "nicht."
)

TRENDREGEL = (
    "Steigend oder fallend heißt eine Reihe aus fünf aufeinanderfolgenden Jahren nur, wenn der Chi-Quadrat-Test auf "
    "Trend mit 99,8 Prozent Sicherheit anschlägt und die Richtung dieselbe bleibt, gleich welches Jahr man weglässt."
)


VERAENDERUNGSREGEL = (
    "Mehr als zufällig verändert heißt ein Wert gegenüber dem Vorjahr nur, wenn sich die Vertrauensbereiche (95 "
    "Prozent) beider Jahre nicht berühren. Beide Werte schwanken; die Regel ist deshalb strenger als der Vergleich mit "
    "einem festen Wert. Verglichen werden nur Jahre, die sich vergleichen lassen: An Brüchen der Zeitreihe, an "
    "Rumpfzeiträumen und bei geänderter Zählweise beginnt eine neue Reihe."
)


@dataclass(frozen=True, slots=True)
class Mindestzahl:
    """A count below which something else happens, in words, and why the count is this one."""

    anzahl: int
    darunter: str
    grund: str


NAEHERUNG_AB = Mindestzahl(
    10,
    "Die Grenzen werden genau gerechnet, nicht genähert.",
    "Byars Näherung weicht bei weniger Ereignissen merklich von den genauen Poisson-Grenzen ab.",
)
STANDARDISIERT_AB = Mindestzahl(
    10,
    "Es wird keine altersstandardisierte Rate berechnet.",
    "Weniger Ereignisse verteilen sich auf zu viele Altersgruppen; eine einzelne Gruppe bestimmte die Rate.",
)
BELASTBAR_AB = Mindestzahl(
    20,
    "Die Rate gilt als nicht belastbar.",
    "Bei weniger Ereignissen ist der Standardfehler größer als 22 Prozent des Wertes.",
)
TREND_AB = Mindestzahl(
    5,
    "Es wird kein Trend angegeben.",
    "Mit weniger Jahren hinge die Richtung an einem einzelnen Jahr.",
)


class Vergleich(StrEnum):
    """How a value lies to the value it is compared with."""

    HOEHER = "hoeher"
    AEHNLICH = "aehnlich"
    NIEDRIGER = "niedriger"
    NICHT_VERGLICHEN = "nicht_verglichen"


class Urteil(StrEnum):
    """The same, judged where the indicator has a direction."""

    BESSER = "besser"
    SCHLECHTER = "schlechter"
    HOEHER = "hoeher"
    AEHNLICH = "aehnlich"
    NIEDRIGER = "niedriger"
    NICHT_VERGLICHEN = "nicht_verglichen"


class Trichterlage(StrEnum):
    """Where an area lies in a funnel."""

    WEIT_UEBER = "weit_ueber"
    UEBER = "ueber"
    UNAUFFAELLIG = "unauffaellig"
    UNTER = "unter"
    WEIT_UNTER = "weit_unter"
    NICHT_BESTIMMT = "nicht_bestimmt"


class Trend(StrEnum):
    """Where a series of years goes."""

    STEIGEND = "steigend"
    FALLEND = "fallend"
    KEIN_TREND = "kein_trend"
    NICHT_BERECHENBAR = "nicht_berechenbar"


URTEILE = Codeliste(
    "urteil",
    "Vergleich",
    (
        Code(
            Urteil.BESSER, "besser", "Der Unterschied ist größer als durch Zufall erklärbar, in erwünschter Richtung."
        ),
        Code(
            Urteil.SCHLECHTER,
            "schlechter",
            "Der Unterschied ist größer als durch Zufall erklärbar, in unerwünschter Richtung.",
        ),
        Code(Urteil.HOEHER, "höher", "Der ganze Vertrauensbereich liegt über dem Vergleichswert."),
        Code(Urteil.AEHNLICH, "ähnlich", "Der Unterschied lässt sich durch Zufall erklären."),
        Code(Urteil.NIEDRIGER, "niedriger", "Der ganze Vertrauensbereich liegt unter dem Vergleichswert."),
        Code(Urteil.NICHT_VERGLICHEN, "nicht verglichen", "Wert, Vertrauensbereich oder Vergleichswert fehlen."),
    ),
    quelle=VERGLEICHSREGEL,
)
"""Labels of `Urteil`, and of `Vergleich`, whose codes are among them."""

TRICHTERLAGEN = Codeliste(
    "trichterlage",
    "Lage im Trichter",
    (
        Code(Trichterlage.WEIT_UEBER, "außerhalb 99,8 %, höher", "Der Wert liegt über der 99,8-Prozent-Grenze."),
        Code(Trichterlage.UEBER, "außerhalb 95 %, höher", "Der Wert liegt über der 95-Prozent-Grenze."),
        Code(Trichterlage.UNAUFFAELLIG, "innerhalb", "Der Wert liegt innerhalb der 95-Prozent-Grenzen."),
        Code(Trichterlage.UNTER, "außerhalb 95 %, niedriger", "Der Wert liegt unter der 95-Prozent-Grenze."),
        Code(Trichterlage.WEIT_UNTER, "außerhalb 99,8 %, niedriger", "Der Wert liegt unter der 99,8-Prozent-Grenze."),
        Code(Trichterlage.NICHT_BESTIMMT, "nicht bestimmt", "Ein Wert fehlt oder ist mit dem Land nicht vergleichbar."),
    ),
    quelle=TRICHTER,
)

TRENDS = Codeliste(
    "trend",
    "Trend",
    (
        Code(Trend.STEIGEND, "steigend", "Die Werte steigen stärker, als Zufall es erklärt."),
        Code(Trend.FALLEND, "fallend", "Die Werte fallen stärker, als Zufall es erklärt."),
        Code(Trend.KEIN_TREND, "kein Trend", "Die Veränderung lässt sich durch Zufall erklären."),
        Code(
            Trend.NICHT_BERECHENBAR,
            "nicht berechenbar",
            "Ein Jahr fehlt, oder ein Wert lässt keine Schwankung erkennen (keiner oder alle).",
        ),
    ),
    quelle=TRENDREGEL,
)
