"""The life of a delivery as data: states of a version, allowed transitions and who may make them, kinds of events.

What belongs here: what the Lieferbuch may hold and say. What does not: keeping it (`assets/lieferbuch/`) and the states
of a delivery that never came (`schemas.lieferstand`), which no version can have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from schemas.lieferstand import ZUSTAND
from schemas.modell import Code, Codeliste
from schemas.vertragsfehler import Vertragsfehler

EINGEGANGEN, FREIGEGEBEN, VEROEFFENTLICHT = "eingegangen", "freigegeben", "veroeffentlicht"
ERSETZT, ZURUECKGEZOGEN = "ersetzt", "zurueckgezogen"
ANGENOMMEN, MIT_HINWEISEN = "angenommen", "angenommen_mit_hinweisen"
ZURUECKGEWIESEN, NICHT_AUSGEFUELLT = "zurueckgewiesen", "nicht_ausgefuellt"

UEBERNOMMEN = (ANGENOMMEN, MIT_HINWEISEN)
"""Verdicts under which a version's table is taken over; it waits for its release."""
ABGEWIESEN = (ZURUECKGEWIESEN, NICHT_AUSGEFUELLT)
URTEILE = (*UEBERNOMMEN, *ABGEWIESEN)
"""What a check can say of a version."""
OEFFENTLICHE = (FREIGEGEBEN, VEROEFFENTLICHT)
"""States whose figures may appear, or do appear, in the public edition."""


def _aus_lieferstand(code: str, was_nun: str) -> Code:
    """A state that `lieferstand` names too, with what comes next in the life of a version."""
    return Code(code, ZUSTAND.label_von(code), was_nun)


FASSUNGSZUSTAND = Codeliste(
    "fassungszustand",
    "Stand einer Fassung",
    (
        Code(EINGEGANGEN, "eingegangen", "Bitte die Prüfung abwarten; sie beginnt von selbst."),
        _aus_lieferstand(ANGENOMMEN, "Bitte durch eine zweite Person freigeben."),
        _aus_lieferstand(
            MIT_HINWEISEN, "Bitte zu jeder Warnung eine Begründung angeben und dann durch eine zweite Person freigeben."
        ),
        _aus_lieferstand(ZURUECKGEWIESEN, "Bitte die Fehler laut Prüfprotokoll beheben und die Datei neu abgeben."),
        _aus_lieferstand(NICHT_AUSGEFUELLT, "Bitte die Vorlage ausfüllen und neu abgeben."),
        Code(FREIGEGEBEN, "freigegeben", "Nichts zu tun; die Fachstelle veröffentlicht das Berichtsjahr."),
        Code(VEROEFFENTLICHT, "veröffentlicht", "Nichts zu tun; für eine Berichtigung bitte eine neue Datei abgeben."),
        Code(ERSETZT, "ersetzt", "Nichts zu tun; es gilt eine neuere Fassung."),
        Code(ZURUECKGEZOGEN, "zurückgezogen", "Bitte eine neue Datei abgeben, wenn die Lieferung noch fehlt."),
    ),
    quelle="Lieferverfahren",
)
"""The description of each state says what to do next."""


@dataclass(frozen=True, slots=True)
class Rolle:
    """What a person may be; `je_meldeeinheit` tells rights for one Meldeeinheit from rights for all of them."""

    code: str
    label: str
    beschreibung: str
    je_meldeeinheit: bool


BEARBEITUNG, FREIGABE, ANSICHT = "bearbeitung", "freigabe", "ansicht"
FACHSTELLE, VERWALTUNG = "fachstelle", "verwaltung"
PROGRAMM = "programm"
"""No role a person can have: what follows from receipts, checks and other decisions."""

ROLLEN: Mapping[str, Rolle] = {
    rolle.code: rolle
    for rolle in (
        Rolle(BEARBEITUNG, "Bearbeitung", "Gibt Dateien ab, begründet Warnungen, zieht zurück.", je_meldeeinheit=True),
        Rolle(FREIGABE, "Freigabe", "Gibt frei, was eine andere Person abgegeben hat.", je_meldeeinheit=True),
        Rolle(ANSICHT, "Ansicht", "Sieht die eigenen Lieferungen.", je_meldeeinheit=True),
        Rolle(FACHSTELLE, "Fachstelle", "Sieht alle Lieferungen und veröffentlicht Jahre.", je_meldeeinheit=False),
        Rolle(VERWALTUNG, "Verwaltung", "Legt Personen an, vergibt Rechte und Schlüssel.", je_meldeeinheit=False),
    )
}


ABGEBENDE = (BEARBEITUNG, FACHSTELLE)
"""Who may send files for a Meldeeinheit; on ways without login that is the program."""
KOMMENTIERENDE = (BEARBEITUNG, FACHSTELLE)
"""Who may explain warnings."""
ANMERKENDE = (BEARBEITUNG, FREIGABE)
"""Who may remark on figures of the own report; whoever releases looks at it, too."""
ANTWORTENDE = (BEARBEITUNG, FREIGABE)
"""Who may answer what the Fachstelle asks."""


@dataclass(frozen=True, slots=True)
class Uebergang:
    """A step from one state to another and the roles that may take it; `von` is None for a version that is new."""

    von: str | None
    nach: str
    rollen: tuple[str, ...]


def _vom_programm(von: tuple[str, ...], nach: tuple[str, ...]) -> list[Uebergang]:
    return [Uebergang(a, b, (PROGRAMM,)) for a, b in product(von, nach) if a != b]


UEBERGAENGE: tuple[Uebergang, ...] = (
    Uebergang(None, EINGEGANGEN, (PROGRAMM, *ABGEBENDE)),
    *_vom_programm((EINGEGANGEN,), URTEILE),
    # Other rules can judge anew; a release under rules that no longer accept the version lapses.
    *_vom_programm(URTEILE, URTEILE),
    *_vom_programm(OEFFENTLICHE, ABGEWIESEN),
    *_vom_programm((EINGEGANGEN, *URTEILE, *OEFFENTLICHE), (ERSETZT,)),
    # The newer version was withdrawn or is no longer accepted, so this one is asked again.
    *_vom_programm((ERSETZT,), (EINGEGANGEN, *URTEILE)),
    *(Uebergang(von, FREIGEGEBEN, (FREIGABE,)) for von in UEBERNOMMEN),
    Uebergang(FREIGEGEBEN, VEROEFFENTLICHT, (FACHSTELLE,)),
    *(Uebergang(v, ZURUECKGEZOGEN, (BEARBEITUNG, FREIGABE, FACHSTELLE)) for v in (EINGEGANGEN, *UEBERNOMMEN)),
    *(Uebergang(von, ZURUECKGEZOGEN, (FACHSTELLE,)) for von in OEFFENTLICHE),
    # A book restored from an older copy learns of a withdrawal when the version has long been judged otherwise.
    *_vom_programm((ERSETZT, *ABGEWIESEN), (ZURUECKGEZOGEN,)),
)


def uebergang(von: str | None, nach: str) -> Uebergang | None:
    """The transition between two states, None if there is none."""
    return _JE_PAAR.get((von, nach))


def was_nun(zustand: str) -> str:
    """What to do next with a version in this state, one German sentence."""
    return next(c.beschreibung for c in FASSUNGSZUSTAND.codes if c.code == zustand)


def naechster_schritt(zustand: str, *, begruendet: bool) -> str:
    """What to do next, where it is known whether warnings wait to be explained; findings may all be hints."""
    return was_nun(ANGENOMMEN if zustand == MIT_HINWEISEN and begruendet else zustand)


UEBER_PORTAL, UEBER_API = "portal", "api"
WEGE_MIT_ANMELDUNG = (UEBER_PORTAL, UEBER_API)
"""Ways in on which somebody is known to have sent the file; if nobody knows who any more, nobody can release it."""

_AN_KONTEN = (
    Code("person_angelegt", "Person angelegt"),
    Code("recht_vergeben", "Recht vergeben"),
    Code("recht_entzogen", "Recht entzogen"),
    Code("person_gesperrt", "Konto gesperrt"),
    Code("person_entsperrt", "Konto entsperrt"),
    Code("passwortlink", "Link für ein neues Passwort ausgestellt"),
    Code("passwort_gesetzt", "Passwort gesetzt"),
    Code("verknuepft", "Anmeldung bei einem Anbieter verknüpft"),
    Code("verknuepfung_geloest", "Verknüpfung mit einem Anbieter gelöst"),
)

EREIGNISSE = Codeliste(
    "ereignis",
    "Art des Ereignisses",
    (
        Code("zustand", "Stand geändert"),
        Code("einreicher", "Abgebende Person nachgetragen"),
        Code("geprueft", "Prüfung gebucht"),
        Code("kommentiert", "Warnung begründet"),
        Code("vorgeschlagen", "Veröffentlichung eines Berichtsjahrs vorgeschlagen"),
        Code("verworfen", "Vorschlag zur Veröffentlichung verworfen"),
        Code("veroeffentlicht", "Berichtsjahr veröffentlicht"),
        *_AN_KONTEN,
        Code("schluessel_ausgestellt", "Zugangsschlüssel ausgestellt"),
        Code("schluessel_widerrufen", "Zugangsschlüssel gesperrt"),
        Code("notiert", "Notiz geschrieben"),
        Code("gefragt", "Rückfrage gestellt"),
        Code("beantwortet", "Rückfrage beantwortet"),
        Code("ausgabe", "Ausgabe zur Veröffentlichung vermerkt"),
        Code("angemerkt", "Anmerkung zu einer Kennzahl geschrieben"),
    ),
    quelle="Lieferverfahren",
)

PERSONENEREIGNISSE = tuple(code.code for code in _AN_KONTEN)
"""Events about an account; each names it as `person`."""

ERINNERUNG = "erinnerung"
MAILANLAESSE = Codeliste(
    "mailanlass",
    "Anlass einer Nachricht",
    (
        Code(EINGEGANGEN, "Eingang bestätigt"),
        Code(ANGENOMMEN, "Lieferung angenommen"),
        Code(ZURUECKGEWIESEN, "Lieferung zurückgewiesen"),
        Code(ERSETZT, "Lieferung ersetzt"),
        Code(ERINNERUNG, "Erinnerung an die Frist"),
    ),
    quelle="Lieferverfahren",
)
ANLASS_JE_ZUSTAND: Mapping[str, str] = {
    EINGEGANGEN: EINGEGANGEN,
    **dict.fromkeys((*UEBERNOMMEN, *OEFFENTLICHE), ANGENOMMEN),
    **dict.fromkeys(ABGEWIESEN, ZURUECKGEWIESEN),
    ERSETZT: ERSETZT,
}
"""What there is to tell of a version in a state; nothing of one that was withdrawn."""


def _je_paar() -> dict[tuple[str | None, str], Uebergang]:
    paare = {(u.von, u.nach): u for u in UEBERGAENGE}
    zustaende = {u.nach for u in UEBERGAENGE} | {u.von for u in UEBERGAENGE} - {None}
    rollen = {rolle for u in UEBERGAENGE for rolle in u.rollen}
    if len(paare) != len(UEBERGAENGE) or zustaende != set(FASSUNGSZUSTAND.schluessel):
        raise Vertragsfehler("UEBERGAENGE: doppelt, unbekannter oder unerreichbarer Stand")
    if not rollen <= {*ROLLEN, PROGRAMM}:
        raise Vertragsfehler("UEBERGAENGE: unbekannte Rolle")
    return paare


_JE_PAAR = _je_paar()
