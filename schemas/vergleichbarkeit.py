"""Why a value can be compared only with reservations, or not at all: reason codes with German sentences.

What belongs here: the reasons. What does not: deciding which apply to a value (`assets/auswertung/`).
"""

from schemas.modell import Code, Codeliste

GRUENDE = Codeliste(
    "gruende",
    "Gründe eingeschränkter Vergleichbarkeit",
    (
        Code("BRUCH", "Zeitreihenbruch", "Zwischen den Jahren hat sich die Berechnungsgrundlage geändert."),
        Code(
            "LUECKE",
            "unvollständig",
            "Nicht alle Meldeeinheiten haben einen Wert; die Summe ist unvollständig.",
        ),
        Code("NAEHERUNG", "Näherung", "Der Wert ist eine Näherung aus anderen Angaben, nicht die Kennzahl selbst."),
        Code("NENNER_FEHLT", "Bezugsgröße fehlt", "Die Bezugsgröße für dieses Jahr liegt noch nicht vor."),
        Code(
            "NENNER_STICHTAG",
            "anderer Stichtag",
            "Zähler und Bezugsgröße haben verschiedene Stichtage.",
        ),
        Code("RUMPF", "Rumpfzeitraum", "Das Jahr ist nur zum Teil Berichtszeitraum; Summen sind nicht vergleichbar."),
        Code("RUNDUNG", "gerundet", "Die Ausgangswerte sind an der Quelle gerundet; Summen sind ungenau."),
        Code("UNGEPRUEFT", "Zählweise nicht verglichen", "Ob alle gleich gezählt haben, ist noch nicht geprüft."),
        Code("WERT_FEHLT", "kein Wert", "Es liegt kein Wert vor, der sich vergleichen lässt."),
    ),
    quelle="§ 11 Abs. 3 SächsIntG (landesweit vergleichbare Daten)",
)
