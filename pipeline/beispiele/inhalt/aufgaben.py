"""Rows of `aufgaben`: what the plan's Stellen imply, and a choice for tasks without Stellen."""

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import hat_gemeinden
from schemas.codelisten import AUFGABE

_MASSNAHMEN = ("ORIENTIERUNG", "SKM", "GDD", "AGH", "NIEDRIGSCHWELLIG")
_GRUENDE = ("Im Berichtszeitraum gab es keinen Bedarf.", "Ein Träger wird noch gesucht.")


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """One row per task of the law."""
    return [_zeile(auftrag, aufgabe) for aufgabe in AUFGABE.schluessel]


def wahrgenommen(auftrag: Auftrag, aufgabe: str) -> str:
    """How a task is carried out, for the datasets that must agree with it."""
    return str(_zeile(auftrag, aufgabe)["wahrgenommen"])


def _zeile(auftrag: Auftrag, aufgabe: str) -> Zeile:
    if aufgabe in auftrag.plan.nicht_wahrgenommen:
        # One Meldeeinheit forgets to say why.
        vergessen = auftrag.besonderheit is Besonderheit.OHNE_BEGRUENDUNG
        return _als_zeile(aufgabe, "NICHT", grund=None if vergessen else _GRUENDE[0])
    if aufgabe == "KIK" and not hat_gemeinden(auftrag.plan.meldeeinheit):
        return _als_zeile(aufgabe, "ENTFAELLT", grund="Es gibt keine kreisangehörigen Gemeinden.")
    if aufgabe in _MASSNAHMEN:
        return _massnahme(auftrag, aufgabe)
    if aufgabe == "BERICHT":
        return _als_zeile(aufgabe, "SELBST")
    return _aus_stellen(auftrag, aufgabe)


def _als_zeile(aufgabe: str, wahrgenommen: str, durch: str | None = None, grund: str | None = None) -> Zeile:
    return {"aufgabe": aufgabe, "wahrgenommen": wahrgenommen, "durch": durch, "begruendung": grund}


def _massnahme(auftrag: Auftrag, aufgabe: str) -> Zeile:
    strom = auftrag.strom("aufgaben", aufgabe)
    if auftrag.plan.delegiert:
        return _als_zeile(aufgabe, "DELEGIERT", durch="FREI")
    wahl = strom.choices(("SELBST", "DELEGIERT", "TEILS", "NICHT"), (3, 3, 2, 2))[0]
    if wahl == "NICHT":
        return _als_zeile(aufgabe, wahl, grund=strom.choice(_GRUENDE))
    return _als_zeile(aufgabe, wahl, durch=None if wahl == "SELBST" else "FREI")


def _aus_stellen(auftrag: Auftrag, aufgabe: str) -> Zeile:
    von, bis = auftrag.zeitraum
    traeger = [s.traegerschaft for s in auftrag.plan.stellen if s.art == aufgabe and s.tage(von, bis)]
    dritte = [t for t in traeger if t != "KREIS"]
    if not traeger:
        return _als_zeile(aufgabe, "NICHT", grund="Die Aufgabe ist noch nicht besetzt.")
    if not dritte:
        return _als_zeile(aufgabe, "SELBST")
    haupt = max(sorted(set(dritte)), key=dritte.count)
    return _als_zeile(aufgabe, "DELEGIERT" if len(dritte) == len(traeger) else "TEILS", durch=haupt)
