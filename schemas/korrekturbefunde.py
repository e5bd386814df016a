"""Findings about documented corrections of a delivery: that one was applied, no longer fits, or would break a rule.

What belongs here: ids, severities and German texts. What does not: the corrections (`data/korrekturen/`) and applying
them (`assets/pruefung/korrekturen.py`).
"""

from collections.abc import Mapping

from schemas.modell import Fehlertext, Regel, Schwere, Umfang, nur_lesen

_QUELLE = "Dokumentierte Korrekturen (data/korrekturen)"

KORREKTUR_ANGEWANDT = Regel(
    "korrektur_angewandt",
    Schwere.HINWEIS,
    Umfang.ZELLE,
    Fehlertext(
        "Wert berichtigt",
        "Statt {alt} gilt {neu}. Korrektur {kennung} vom {datum}, {urheber}: {grund}",
        "Nichts zu tun, wenn das stimmt; sonst bitte die Zelle berichtigen und neu liefern.",
    ),
    _QUELLE,
)
KORREKTUR_VERALTET = Regel(
    "korrektur_veraltet",
    Schwere.WARNUNG,
    Umfang.ZELLE,
    Fehlertext(
        "Korrektur passt nicht mehr",
        "Die Korrektur {kennung} vom {datum} ({urheber}) sollte {alt} durch {neu} ersetzen und wurde nicht "
        "angewandt: {lage}.",
        "Bitte bestätigen, dass die Angabe in der Lieferung stimmt; die Korrektur wird dann zurückgenommen.",
    ),
    _QUELLE,
)
KORREKTUR_REGELWIDRIG = Regel(
    "korrektur_regelwidrig",
    Schwere.WARNUNG,
    Umfang.ZELLE,
    Fehlertext(
        "Korrektur des Ministeriums verstößt gegen eine Regel",
        "An das Ministerium: Die Korrektur {kennung} vom {datum} ({urheber}) sollte {alt} durch {neu} ersetzen und "
        "wurde nicht angewandt: {lage}. Es gilt der gelieferte Wert.",
        "Für die Meldeeinheit ist nichts zu tun. Das Ministerium berichtigt die Korrektur oder nimmt sie zurück.",
    ),
    _QUELLE,
)
"""A correction is the ministry's own work: its fault must not cost the deliverer an accepted delivery."""

KORREKTURBEFUNDE: Mapping[str, Regel] = nur_lesen(
    {r.id: r for r in (KORREKTUR_ANGEWANDT, KORREKTUR_VERALTET, KORREKTUR_REGELWIDRIG)}
)
"""All of them by id."""
