"""A small invented dataset with a column of every kind, and shortcuts to read it. All values are made up."""

import csv
import io
from collections.abc import Iterable, Sequence

from assets.eingang.lesen import GeleseneTabelle, lies_tabelle
from assets.pruefung.umwandeln import Umgewandelt, wandle_um
from schemas.befunde import Befund
from schemas.modell import Code, Codeliste, Feld, Rolle, Spalte, Typ

ARTEN = Codeliste("art", "Art", (Code("FEST", "fester Ort"), Code("MOBIL", "mobil"), Code("T", "insgesamt")))
SPRACHEN = Codeliste("sprache", "Sprache", tuple(Code(c, c.upper()) for c in ("ar", "de", "fa", "ru", "uk")))
STAATEN = Codeliste("staat", "Staat", (Code("004", "Musterland"), Code("152", "Polen")))


def spalte(
    name: str,
    typ: Typ,
    rolle: Rolle = Rolle.MERKMAL,
    *,
    pflicht: bool = True,
    vorgabe: str | None = None,
    **feld: object,
) -> Spalte:
    """A column with a field of its own."""
    mass = {"rolle": Rolle.MASS} if rolle is Rolle.MASS else {}
    label = str(feld.pop("label", name.capitalize()))
    return Spalte(Feld(name, label, name, typ, **mass, **feld), rolle, pflicht=pflicht, vorgabe=vorgabe)  # type: ignore[arg-type]  # the named values of a Feld


JAHR = spalte("berichtsjahr", Typ.GANZZAHL, Rolle.SCHLUESSEL, minimum=2000, maximum=2100, synonyme=("Jahr",))
EINHEIT = spalte("meldeeinheit", Typ.SCHLUESSEL, Rolle.SCHLUESSEL, muster=r"\d{5}", synonyme=("AGS", "Kreis"))
ORT = spalte("ort", Typ.TEXT)
ART = spalte("art", Typ.CODE, Rolle.SCHLUESSEL, codeliste=ARTEN)
STICHTAG = spalte("stichtag", Typ.DATUM)
PERSONEN = spalte("personen", Typ.GANZZAHL, Rolle.MASS, einheit="Personen", minimum=0, label="Beratene Personen")
BETRAG = spalte("betrag_eur", Typ.DEZIMAL, Rolle.MASS, einheit="EUR", nachkommastellen=2, pflicht=False, label="Betrag")
SPRACHE = spalte("sprachen", Typ.CODES, codeliste=SPRACHEN, pflicht=False)
SPALTEN = (JAHR, EINHEIT, ORT, ART, STICHTAG, PERSONEN, BETRAG, SPRACHE)

KOPF = [s.name for s in SPALTEN]
ZEILEN = [
    ["2025", "01099", "Bad Möhlau, Stadt", "FEST", "31.12.2025", "19415", "25,05", "ar uk"],
    ["2025", "01099", "Grünßee", "MOBIL", "31.12.2025", "0", "-0,20", ""],
    ["2025", "01098", "Älmen (Übung)", "FEST", "30.06.2025", "7", "1033,19", "de"],
]


def als_csv(
    zeilen: Iterable[Sequence[str]], *, trennzeichen: str = ";", ende: str = "\r\n", zitat: int = csv.QUOTE_MINIMAL
) -> str:
    """Rows as a CSV file, written by the standard library."""
    ziel = io.StringIO(newline="")
    csv.writer(ziel, delimiter=trennzeichen, lineterminator=ende, quoting=zitat).writerows(zeilen)  # type: ignore[arg-type]  # typeshed knows the constants only
    return ziel.getvalue()


def datei(*zeilen: Sequence[str], kopf: Sequence[str] = KOPF) -> str:
    """A delivery in the ordinary form with these rows, or with the rows of the sample."""
    return als_csv([kopf, *(zeilen or ZEILEN)])


def lies(inhalt: str | bytes, name: str = "probe.csv", spalten: Sequence[Spalte] = SPALTEN) -> GeleseneTabelle:
    """The text table of a file."""
    return lies_tabelle(inhalt.encode() if isinstance(inhalt, str) else inhalt, name, spalten)


def wandle(inhalt: str | bytes, name: str = "probe.csv", spalten: Sequence[Spalte] = SPALTEN) -> Umgewandelt:
    """The typed table of a file; its findings are those of reading and of converting."""
    gelesen = lies(inhalt, name, spalten)
    ergebnis = wandle_um(gelesen, spalten)
    befunde = gelesen.befunde + ergebnis.befunde
    return Umgewandelt(ergebnis.tabelle, befunde, {**gelesen.anzahl, **ergebnis.anzahl})


def codes(befunde: Iterable[Befund]) -> list[str]:
    """The ids of findings, in order."""
    return [b.code for b in befunde]


def stellen(befunde: Iterable[Befund]) -> list[tuple[str, int | None, str | None]]:
    """Id, Excel row and column of findings, in order."""
    return [(b.code, b.zeile, b.spalte) for b in befunde]
