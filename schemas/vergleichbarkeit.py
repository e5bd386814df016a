"""Why a value can be compared only with reservations, or not at all: reasons, what each means for whom, and questions.

What belongs here: the reasons as data. What does not: deciding which apply to a value (`assets/auswertung/`).
"""

from dataclasses import dataclass
from enum import StrEnum

from schemas.modell import Code, Codeliste
from schemas.statistik import STANDARDISIERT_AB


class Urteil(StrEnum):
    """May two values stand side by side? From harmless to decisive."""

    VERGLEICHBAR = "vergleichbar"
    EINGESCHRAENKT = "eingeschraenkt"
    NICHT = "nicht_vergleichbar"


class Vergleich(StrEnum):
    """What a value is compared with; the values are column names of `indikatorwerte`."""

    LAND = "vgl_land"
    KREISE = "vgl_kreise"
    VORJAHR = "vgl_vorjahr"


_OHNE, _ETWAS, _NICHT = Urteil.VERGLEICHBAR, Urteil.EINGESCHRAENKT, Urteil.NICHT


@dataclass(frozen=True, slots=True)
class Grund:
    """A reason: what it means for each comparison, and the question whose answer could remove it.

    `frage` is put to the Meldeeinheit; it is empty where only the source, the law or time can change anything.
    """

    code: str
    label: str
    satz: str
    land: Urteil
    kreise: Urteil
    vorjahr: Urteil
    frage: str = ""
    beantwortet: bool = False
    """Nothing is asked where another variant of the indicator has a value without the reason: it is the answer."""

    def urteil(self, vergleich: Vergleich) -> Urteil:
        """What the reason means for one comparison."""
        return {Vergleich.LAND: self.land, Vergleich.KREISE: self.kreise, Vergleich.VORJAHR: self.vorjahr}[vergleich]


_EIGENE: tuple[Grund, ...] = (
    Grund(
        "BRUCH",
        "Zeitreihenbruch",
        "Zwischen den Jahren hat sich die Berechnungsgrundlage geändert.",
        *(_OHNE, _OHNE, _NICHT),
    ),
    Grund(
        "EINGESCHRAENKT",
        "Aussagewert eingeschränkt",
        "Die Quelle nennt den Wert nur eingeschränkt aussagefähig.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "EREIGNISSE_WENIGE",
        "zu wenige Ereignisse",
        f"Unter {STANDARDISIERT_AB.anzahl} Ereignissen wird keine altersstandardisierte Rate berechnet.",
        *(_NICHT, _NICHT, _NICHT),
    ),
    Grund(
        "ERSATZKONZEPT",
        "Ersatzkonzept",
        "Gezählt sind Ausländerinnen und Ausländer statt der Menschen mit Migrationshintergrund, nach denen gefragt "
        "ist: Eingebürgerte und ihre Kinder fehlen, und wer eingebürgert wird, verlässt die Gruppe.",
        # How many have become Germans differs between areas and changes over time: no comparison escapes it.
        *(_ETWAS, _ETWAS, _ETWAS),
        frage="Kann das Melderegister die Menschen mit Migrationshintergrund ausweisen (Konzept MH_MELDE)?",
        beantwortet=True,
    ),
    Grund(
        "GEBIETSSTAND",
        "anderer Gebietsstand",
        "Das Gebiet hat sich geändert oder gehört nicht zum heutigen Gebietsstand.",
        *(_NICHT, _NICHT, _NICHT),
    ),
    Grund(
        "GEHEIM",
        "geheim",
        "Ein Bestandteil des Wertes wird geheim gehalten.",
        *(_NICHT, _NICHT, _NICHT),
    ),
    Grund(
        "GESCHAETZT",
        "geschätzt",
        "Der Wert oder ein Bestandteil ist geschätzt.",
        *(_ETWAS, _ETWAS, _ETWAS),
        frage="Lässt sich die Schätzung inzwischen durch eine gezählte Zahl ersetzen?",
    ),
    Grund(
        "NAEHERUNG",
        "Näherung",
        "Der Wert ist eine Näherung aus anderen Angaben, nicht die Kennzahl selbst.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "NENNER_FEHLT",
        "Bezugsgröße fehlt",
        "Die Bezugsgröße für dieses Jahr liegt noch nicht vor.",
        *(_NICHT, _NICHT, _NICHT),
    ),
    Grund(
        "NENNER_KLEIN",
        "kleine Bezugsgröße",
        "Die Bezugsgröße ist klein; der Wert schwankt schon durch wenige Fälle.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "NENNER_STICHTAG",
        "anderer Stichtag",
        "Zähler und Bezugsgröße haben verschiedene Stichtage.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "REVIDIERT",
        "revidiert",
        "Die Quelle hat den Wert nachträglich geändert; der neueste Stand gilt.",
        *(_OHNE, _OHNE, _ETWAS),
    ),
    Grund(
        "RUMPF",
        "Rumpfzeitraum",
        "Das Jahr ist nur zum Teil Berichtszeitraum; Summen sind nicht mit denen ganzer Jahre vergleichbar.",
        *(_OHNE, _OHNE, _NICHT),
    ),
    Grund(
        "RUNDUNG",
        "gerundet",
        "Die Ausgangswerte sind an der Quelle gerundet; Summen sind ungenau.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "TRAEGER_FEHLT",
        "Träger ohne Meldung",
        "Mindestens ein Träger hat nicht gemeldet; die Summe ist zu klein.",
        *(_NICHT, _NICHT, _NICHT),
        frage="Kann die Meldung der Stellen, die im Verzeichnis als nicht gemeldet stehen, nachgereicht werden?",
    ),
    Grund(
        "TRAEGER_TEILS",
        "Träger mit Teilmeldung",
        "Mindestens ein Träger hat nur einen Teil gemeldet.",
        *(_ETWAS, _ETWAS, _ETWAS),
        frage="Kann die Meldung der Stellen, die im Verzeichnis als unvollständig stehen, ergänzt werden?",
    ),
    Grund(
        "VORLAEUFIG",
        "vorläufig",
        "Der Wert oder ein Bestandteil ist vorläufig.",
        *(_ETWAS, _ETWAS, _ETWAS),
        frage="Steht das endgültige Ergebnis inzwischen fest?",
    ),
    Grund(
        "WERT_FEHLT",
        "kein Wert",
        "Es liegt kein Wert vor, der sich vergleichen lässt.",
        *(_NICHT, _NICHT, _NICHT),
        frage="Kann die fehlende Angabe nacherhoben oder wenigstens geschätzt und so gekennzeichnet werden?",
    ),
    Grund(
        "ZAEHLWEISE",
        "andere Zählweise",
        "Gezählt wird anders als bei der Zählweise, nach der die meisten Einwohnerinnen und Einwohner erfasst sind.",
        *(_NICHT, _NICHT, _OHNE),
        frage="Können Zähleinheit, Zählregel und Gruppenzählung auf die im Land übliche Zählweise umgestellt werden?",
    ),
    Grund(
        "ZAEHLWEISE_GEMISCHT",
        "gemischte Zählweise",
        "Die Stellen zählen nicht alle gleich; ihre Summe mischt verschiedene Einheiten.",
        *(_NICHT, _NICHT, _ETWAS),
        frage="Können alle Stellen nach derselben Zähleinheit, Zählregel und Gruppenzählung zählen?",
    ),
)
"""Reasons that lie in the value itself. One that rules out the comparison with the Land keeps it out of every sum."""

_IM_VERHAELTNIS: tuple[Grund, ...] = (
    Grund(
        "ALLEIN",
        "ohne Gegenüber",
        "Keine andere Meldeeinheit hat für dieses Jahr einen vergleichbaren Wert.",
        *(_OHNE, _NICHT, _OHNE),
    ),
    Grund(
        "ABDECKUNG_WECHSEL",
        "andere Abdeckung als im Vorjahr",
        "Im Vorjahr beruht der Wert auf anderen Meldeeinheiten.",
        *(_OHNE, _OHNE, _NICHT),
    ),
    Grund(
        "LAND_DUENN",
        "Landeswert zu dünn",
        "Der Landeswert beruht auf zu wenigen Meldeeinheiten.",
        *(_NICHT, _OHNE, _OHNE),
    ),
    Grund(
        "LAND_FEHLT",
        "kein Landeswert",
        "Für das Land gibt es keinen Wert.",
        *(_NICHT, _OHNE, _OHNE),
    ),
    Grund(
        "LAND_LUECKE",
        "Landeswert unvollständig",
        "Im Landeswert fehlen Meldeeinheiten.",
        *(_ETWAS, _OHNE, _OHNE),
    ),
    Grund(
        "LUECKE",
        "unvollständig",
        "Nicht alle Meldeeinheiten haben einen vergleichbaren Wert; die Summe ist unvollständig.",
        *(_ETWAS, _ETWAS, _ETWAS),
    ),
    Grund(
        "VORJAHR_FEHLT",
        "kein Vorjahreswert",
        "Für das Vorjahr gibt es keinen Wert.",
        *(_OHNE, _OHNE, _NICHT),
    ),
    Grund(
        "VORJAHR_RUMPF",
        "Vorjahr unvollständig",
        "Das Vorjahr war nur zum Teil Berichtszeitraum.",
        *(_OHNE, _OHNE, _NICHT),
    ),
    Grund(
        "ZAEHLWEISE_WECHSEL",
        "Zählweise gewechselt",
        "Im Vorjahr wurde anders gezählt.",
        *(_OHNE, _OHNE, _NICHT),
        frage="Lassen sich die Zahlen des Vorjahres nach der neuen Zählweise nachliefern?",
    ),
)
"""Reasons that lie in what stands beside the value: the Land, the others, the year before."""

ALLE_GRUENDE: tuple[Grund, ...] = tuple(sorted((*_EIGENE, *_IM_VERHAELTNIS), key=lambda g: g.code))
GRUND: dict[str, Grund] = {g.code: g for g in ALLE_GRUENDE}

GRUENDE = Codeliste(
    "gruende",
    "Gründe eingeschränkter Vergleichbarkeit",
    tuple(Code(g.code, g.label, g.satz) for g in ALLE_GRUENDE),
    quelle="§ 11 Abs. 3 SächsIntG (landesweit vergleichbare Daten)",
)
"""The same as a code list, for tables and pages."""

EIGENE_GRUENDE: tuple[str, ...] = tuple(g.code for g in _EIGENE)
"""Reasons that lie in a value itself."""

OHNE_LANDESWERT: frozenset[str] = frozenset(g.code for g in _EIGENE if g.land is Urteil.NICHT)
"""Reasons that keep a value out of the sum of the Land and of groups."""

VORBEHALT_JE_STATUS: dict[str, str] = {"E": "EINGESCHRAENKT", "R": "REVIDIERT", "S": "GESCHAETZT", "V": "VORLAEUFIG"}
"""Wertstatus of a value that has a number -> reason."""
