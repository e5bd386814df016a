"""The figures that rules across files compare: series per Meldeeinheit and year, and what stands beside them.

What belongs here: which sums are followed over time and between Meldeeinheiten, which official series a delivered stock
is held against, and which datasets must say something about which task. What does not: the rules
(`schemas/regeln_quer.py`) and the comparing (`assets/querpruefung/`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.berichtsinhalt import meldecode, punkt_mit
from schemas.codelisten import AUFGABE, GESAMT
from schemas.datensaetze import massnahmen, meldung, rueckkehr, zustaendigkeit
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER, STICHTAG_JAHRESENDE
from schemas.datensaetze.zielgruppe import GLIEDERUNG
from schemas.groessen import bestand, geliefert
from schemas.groessen_lieferung import beratungen, personal, stellen
from schemas.indikatoren.bevoelkerung import AUSLAENDER_AZR, AUSLAENDER_FORT, EINWOHNER
from schemas.modell import Groesse, Land

NACH_STELLE = ("IBZ", "FSA", "RKB")
"""Tasks counselled in Stellen."""


@dataclass(frozen=True, slots=True)
class Messreihe:
    """A sum per Meldeeinheit and year. `fluss` is true for what adds up over a period, false for a stock at a date.

    `schwelle` names the share of change that is still usual; `aufgabe` the task it belongs to, if any.
    """

    id: str
    datensatz: str
    bezeichnung: str
    groesse: Groesse
    fluss: bool
    schwelle: str = "veraenderung"
    aufgabe: str | None = None


def _bevoelkerung() -> Iterator[Messreihe]:
    texte = {"MIT": "mit dem Merkmal", "INSGESAMT": "insgesamt"}
    for konzept in STICHTAG_JAHRESENDE:
        for gruppe in ("MIT", "INSGESAMT") if konzept in EIGENES_REGISTER else ("MIT",):
            bedingung = (
                f"konzept = '{konzept}' AND gruppe = '{gruppe}' AND geschlecht = 'T' AND altersgruppe = 'T' "
                "AND gemeinde_ags = 'T'"
            )
            yield Messreihe(
                f"bevoelkerung.{konzept}.{gruppe}",
                "bevoelkerung",
                f"Personen {texte[gruppe]} ({konzept})",
                bestand("bevoelkerung", "personen", bedingung, "Lieferung „Bevölkerung“"),
                fluss=False,
                schwelle="veraenderung_bevoelkerung",
            )


def _lieferung(
    datensatz: str, mass: str, bezeichnung: str, bedingung: str, *, fluss: bool, aufgabe: str | None = None
) -> Messreihe:
    kennung = f"{datensatz}.{mass}" + (f".{aufgabe}" if aufgabe else "")
    zusatz = f" ({AUFGABE.label_von(aufgabe)})" if aufgabe else ""
    groesse = geliefert(datensatz, mass, bedingung, f"Lieferung „{datensatz}“")
    return Messreihe(kennung, datensatz, bezeichnung + zusatz, groesse, fluss, aufgabe=aufgabe)


def _zielgruppe() -> Iterator[Messreihe]:
    gesamt = " AND ".join(f"{s} = '{GESAMT}'" for s in GLIEDERUNG)
    am_ende = f"{gesamt} AND quartal IN ('J', 'Q4')"
    yield _lieferung("zielgruppe", "bestand_ende", "Zielgruppe am Jahresende", am_ende, fluss=False)
    yield _lieferung("zielgruppe", "zugaenge", "Zugänge der Zielgruppe", gesamt, fluss=True)
    yield _lieferung("zielgruppe", "abgaenge", "Abgänge der Zielgruppe", gesamt, fluss=True)


def _je_stelle() -> Iterator[Messreihe]:
    for art in NACH_STELLE:
        name = AUFGABE.label_von(art)
        yield Messreihe(
            f"stellen.{art}", "stellen", f"Stellen ({name})", stellen(art, "Lieferung „Stellen“"), False, aufgabe=art
        )
        yield Messreihe(
            f"beratung.beratungen.{art}", "beratung", f"Beratungen ({name})", beratungen(art), True, aufgabe=art
        )
        einmal = f"leistungsart = '{art}' AND themenfeld = 'T' AND stelle_id = 'KREIS'"
        yield _lieferung("beratung", "beratene_personen", "Beratene Personen", einmal, fluss=True, aufgabe=art)


_GEZAEHLT = {"anzahl": "Maßnahmen", "einsaetze": "Einsätze"}


def _massnahmen() -> Iterator[Messreihe]:
    for art, mass in massnahmen.GEZAEHLT.items():
        bedingung = f"massnahmeart = '{art}' AND themenfeld = 'T'"
        yield _lieferung("massnahmen", mass, _GEZAEHLT[mass], bedingung, fluss=True, aufgabe=art)


def _messreihen() -> Iterator[Messreihe]:
    yield from _bevoelkerung()
    yield from _zielgruppe()
    yield from _je_stelle()
    for art in (*NACH_STELLE, "KIK"):
        was = f"Besetzte Stellen (VZÄ) ({AUFGABE.label_von(art)})"
        besetzt = personal((art,), "vzae_besetzt")
        yield Messreihe(f"personal.vzae_besetzt.{art}", "personal", was, besetzt, fluss=False, aufgabe=art)
    yield from _massnahmen()
    was = "Ausreisen aufgrund der Beratung"
    yield _lieferung("rueckkehr", "ausreisen_aufgrund_beratung", was, "true", fluss=True, aufgabe="RKB")


MESSREIHEN: tuple[Messreihe, ...] = tuple(_messreihen())
"""Series followed over time and between Meldeeinheiten."""


@dataclass(frozen=True, slots=True)
class Amtsvergleich:
    """A delivered stock of `bevoelkerung` and the official series of the same Konzept.

    The difference is explained by rounding and late corrections up to `personen` plus `anteil` of the official figure;
    both name thresholds of the Land, None means nothing is explained that way.
    """

    was: str
    konzept: str
    gruppe: str
    amtlich: Groesse
    personen: str | None
    anteil: str | None


AMTSVERGLEICHE: tuple[Amtsvergleich, ...] = (
    Amtsvergleich(
        "Ausländerinnen und Ausländer",
        "AUSL_AZR",
        "MIT",
        AUSLAENDER_AZR,
        "amtlich_azr_personen",
        "amtlich_azr_anteil",
    ),
    Amtsvergleich("Ausländerinnen und Ausländer", "AUSL_FORT", "MIT", AUSLAENDER_FORT, "amtlich_fort_personen", None),
    Amtsvergleich("Bevölkerung", "AUSL_FORT", "INSGESAMT", EINWOHNER, "amtlich_fort_personen", None),
    Amtsvergleich("Bevölkerung", "MH_MELDE", "INSGESAMT", EINWOHNER, None, "amtlich_melde_anteil"),
)


@dataclass(frozen=True, slots=True)
class Aufgabenbezug:
    """Which tasks the rows of a dataset are about: by a column, or the one task the dataset is for.

    Of the tasks in `verlangt` the law asks for a figure from whoever carries them out. A row of a register claims
    something by being there; a row of figures only with a figure above zero.
    """

    datensatz: str
    verlangt: tuple[str, ...]
    spalte: str | None = None
    register: bool = False


AUFGABENBEZUEGE: tuple[Aufgabenbezug, ...] = (
    Aufgabenbezug("stellen", NACH_STELLE, "art", register=True),
    Aufgabenbezug("personal", (*NACH_STELLE, "KIK"), "aufgabe"),
    Aufgabenbezug("beratung", NACH_STELLE, "leistungsart"),
    Aufgabenbezug("massnahmen", massnahmen.DATENSATZ.erwartet_bei, "massnahmeart"),
    Aufgabenbezug("rueckkehr", rueckkehr.DATENSATZ.erwartet_bei),
    Aufgabenbezug("zustaendigkeit", zustaendigkeit.DATENSATZ.erwartet_bei, register=True),
    Aufgabenbezug("meldung", meldung.DATENSATZ.erwartet_bei, register=True),
)
STARRE_MASSE = frozenset({"kapazitaet", "oeffnungsstunden_woche", "vzae_stellen"})
"""Measures that may well stay as they are for years, so that equal figures mean nothing."""


def bruchpunkte(land: Land) -> dict[str, str]:
    """Dataset or kind of counselling -> code of `meldung` at which a break in its series is noted.

    It is the first item of the Land made from it; where the Land has none, the report as a whole.
    """
    punkte = {name: punkt_mit(land, name) for name in ("bevoelkerung", "herkunft")}
    punkte |= {art: punkt_mit(land, "beratung", art) for art in NACH_STELLE}
    return {reihe: meldecode(punkt.id) if punkt else GESAMT for reihe, punkt in punkte.items()}
