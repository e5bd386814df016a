"""Whether a delivery can be made without figures, by one click, and what to do where it cannot.

What belongs here: asking contract, check and declared tasks, in words for people. What does not: the bytes
(`assets/erhebung/ohne_angaben.py`) and the page (`seiten_ohne_angaben.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import belege_von
from assets.erhebung import ohne_angaben
from assets.erhebung.stellenregister import lies_register
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import Vorlage, als_csv
from assets.lieferbuch.lesen import Stand
from assets.ortszeit import zeit
from assets.pruefung.korrekturen import lade
from assets.pruefung.pruefen import Pruefung, pruefe
from assets.pruefung.uebernehmen import erklaerte_aufgaben
from pipeline.portal.rahmen import Umfeld
from schemas.codelisten import AUFGABE
from schemas.datensaetze import alle_datensaetze
from schemas.erwartung import AUFGABEN, NICHT_WAHRGENOMMEN
from schemas.modell import Datensatz, Pruefumgebung
from schemas.zellbefunde import MISSING_VALUE

FEHLANZEIGE, NICHT_ERHOBEN = "fehlanzeige", "nicht_erhoben"


@dataclass(frozen=True, slots=True)
class Moeglich:
    """What could be handed in: its bytes, or why not and a template to fill in; `bedenken` speak against it."""

    inhalt: bytes | None
    grund: str = ""
    bedenken: str = ""
    vorlage: bytes | None = None


def beschreibung(umfeld: Umfeld, schluessel: Lieferschluessel) -> Datensatz:
    """The dataset as the Land collects it."""
    return alle_datensaetze()[schluessel.datensatz].fuer(umfeld.land)


def fehlanzeige(umfeld: Umfeld, schluessel: Lieferschluessel, staende: Sequence[Stand]) -> Moeglich:
    """The Fehlanzeige of a delivery.

    Args:
        umfeld: where to look.
        schluessel: which delivery.
        staende: where deliveries stand; the accepted `aufgaben` say whether it fits.
    """
    datensatz = beschreibung(umfeld, schluessel)
    if grund := _noch_nicht(umfeld, schluessel, datensatz):
        return Moeglich(None, grund)
    if not datensatz.fehlanzeige:
        return Moeglich(
            None,
            "Zu diesem Datensatz gibt es immer etwas zu melden, deshalb ist keine Fehlanzeige möglich. Ist eine Zahl "
            "genau null, bitte in der Datei eine 0 eintragen; ist sie nicht bekannt, einen Punkt.",
        )
    datei = ohne_angaben.als_datei(Vorlage(datensatz), "Fehlanzeige", _jetzt())
    return Moeglich(datei, bedenken=_bedenken(umfeld, datensatz, schluessel, staende))


def _bedenken(umfeld: Umfeld, datensatz: Datensatz, schluessel: Lieferschluessel, staende: Sequence[Stand]) -> str:
    """What the declared tasks say against a Fehlanzeige."""
    quelle = Lieferschluessel(AUFGABEN, schluessel.berichtsjahr, schluessel.meldeeinheit)
    gueltig = {s.gueltige_version for s in staende if s.schluessel == quelle}
    belege = [b for b in belege_von(umfeld.ablage, quelle) if b.version in gueltig]
    erklaert = erklaerte_aufgaben(umfeld.ablage, umfeld.land, belege, lade(umfeld.land).get(quelle, ()))
    label = alle_datensaetze()[AUFGABEN].label
    if erklaert is None:
        return (
            f"Der Datensatz „{label}“ liegt für {schluessel.berichtsjahr} noch nicht vor. Erst mit ihm steht fest, "
            "dass die Fehlanzeige stimmt; bitte ihn ebenfalls abgeben."
        )
    offen = [a for a in datensatz.erwartet_bei if erklaert.get(a) not in NICHT_WAHRGENOMMEN]
    if not offen:
        return ""
    namen = ", ".join(AUFGABE.label_von(a) for a in offen)
    return (
        f"Nach Ihrem Datensatz „{label}“ wird wahrgenommen: {namen}. Dem widerspricht die Fehlanzeige; das "
        "Berichtsjahr kann so nicht veröffentlicht werden. Bitte eines von beiden berichtigen."
    )


def nicht_erhoben(umfeld: Umfeld, schluessel: Lieferschluessel) -> Moeglich:
    """The prefilled template with "nicht erhoben" in every cell for a figure, where the check accepts it."""
    datensatz = beschreibung(umfeld, schluessel)
    if grund := _noch_nicht(umfeld, schluessel, datensatz):
        return Moeglich(None, grund)
    if not datensatz.masse:
        return Moeglich(None, "Dieser Datensatz enthält keine Zahlen, die nicht erhoben sein könnten.")
    land, jahr, einheit = umfeld.land, schluessel.berichtsjahr, umfeld.land.meldeeinheit(schluessel.meldeeinheit)
    register = lies_register(umfeld.ablage, land, einheit.id, jahr)
    bekannt = vorlage(datensatz, land, jahr=jahr, meldeeinheit=einheit, register=register)
    gefuellt = ohne_angaben.nicht_erhoben(bekannt, land.zeitraum(jahr)[1])
    inhalt = ohne_angaben.als_datei(gefuellt, "nicht erhoben", _jetzt())
    pruefung = pruefe(inhalt, "vorlage.csv", datensatz, Pruefumgebung(land, einheit, jahr))
    if pruefung.tabelle is not None:
        return Moeglich(inhalt, vorlage=als_csv(gefuellt))
    return Moeglich(None, _warum_nicht(pruefung, datensatz), vorlage=als_csv(gefuellt))


def _warum_nicht(pruefung: Pruefung, datensatz: Datensatz) -> str:
    fehlend = {spalte for code, spalte in pruefung.je_art if code == MISSING_VALUE.id}
    namen = ", ".join(f"„{s.feld.label}“" for s in datensatz.spalten if s.name in fehlend)
    weil = "Welche Zeilen dazugehören, kann das Portal nicht für Sie entscheiden."
    if namen:
        weil = f"Diese Angaben kann das Portal nicht für Sie eintragen: {namen}."
    return f"{weil} Bitte diese Vorlage ergänzen und abgeben; „nicht erhoben“ steht schon in jeder Zahlenspalte."


def _noch_nicht(umfeld: Umfeld, schluessel: Lieferschluessel, datensatz: Datensatz) -> str:
    if datensatz.gilt_ab > umfeld.land.zeitraum(schluessel.berichtsjahr)[1]:
        return f"Dieser Datensatz wird für {schluessel.berichtsjahr} noch nicht erhoben. Es ist nichts zu tun."
    return ""


def _jetzt() -> str:
    return zeit(datetime.now(UTC).isoformat())
