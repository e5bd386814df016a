"""Rows to bytes, in the dialect an office uses.

What belongs here: cells as text, header, title lines, total row, encoding. Every dialect is read back as the same
table; what is wrong on purpose is in the rows already (`schaden.py`).
"""

import codecs
import csv
import io
from datetime import date
from decimal import Decimal
from random import Random

from assets.eingang.lesen.kopfzeile import Namensbuch
from pipeline.beispiele.dialekte import Dialekt
from pipeline.beispiele.inhalt import Wert, Zeile
from schemas.modell import Datensatz, Feld


def schreibe(zeilen: list[Zeile], datensatz: Datensatz, dialekt: Dialekt, titel: str, strom: Random) -> bytes:
    """The table as a file.

    Args:
        zeilen: rows with every column of the dataset.
        datensatz: gives columns and their order.
        dialekt: how to write.
        titel: first line, where the dialect has title lines.
        strom: picks headings, where the dialect has other ones than the template.
    """
    ende = dialekt.zeilenende
    tabelle = [_kopf(datensatz, dialekt, strom), *_zellen(zeilen, datensatz, dialekt)]
    if dialekt.rahmen and datensatz.masse:
        tabelle.append(_summenzeile(zeilen, datensatz, dialekt))
    puffer = io.StringIO()
    if dialekt.sep_zeile:
        puffer.write(f"sep={dialekt.trenner}{ende}")
    if dialekt.rahmen:
        puffer.write(f"{titel}{ende}Erfundene Angaben zur Vorführung{ende}{ende}")
    schreiber = csv.writer(
        puffer,
        delimiter=dialekt.trenner,
        lineterminator=ende,
        quoting=csv.QUOTE_ALL if dialekt.alles_in_anfuehrung else csv.QUOTE_MINIMAL,
    )
    schreiber.writerows([*zellen, *[""] * dialekt.leere_spalten] for zellen in tabelle)
    if dialekt.rahmen:
        puffer.write(f"{ende}Quelle: eigene Erhebung (erfunden){ende}")
    return _kodiert(puffer.getvalue(), dialekt.kodierung)


def _kodiert(text: str, kodierung: str) -> bytes:
    if kodierung == "utf-16":
        # The codec itself would follow the byte order of the machine.
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(kodierung)


def _kopf(datensatz: Datensatz, dialekt: Dialekt, strom: Random) -> list[str]:
    namen = [s.name for s in datensatz.spalten]
    if not dialekt.synonyme:
        return namen
    buch = Namensbuch(datensatz.spalten)
    return [strom.choice(_eindeutige(spalte.feld, buch) or [spalte.name]) for spalte in datensatz.spalten]


def _eindeutige(feld: Feld, buch: Namensbuch) -> list[str]:
    """Synonyms that mean this column and no other one of the dataset."""
    return [s for s in feld.synonyme if (fund := buch.suche(s)) and fund[1] == feld.name]


def _zellen(zeilen: list[Zeile], datensatz: Datensatz, dialekt: Dialekt) -> list[list[str]]:
    masse = frozenset(datensatz.masse)
    namen = [s.name for s in datensatz.spalten]
    return [[_text(zeile[n], dialekt, ist_mass=n in masse) for n in namen] for zeile in zeilen]


def _summenzeile(zeilen: list[Zeile], datensatz: Datensatz, dialekt: Dialekt) -> list[str]:
    """What Excel's sum button gives below each column of figures; totals and parts alike, as offices do it."""
    masse = frozenset(datensatz.masse)
    ergebnis = ["Summe"]
    for spalte in datensatz.spalten[1:]:
        zahlen = [w for z in zeilen if isinstance(w := z[spalte.name], int | Decimal)]
        summe: Wert = sum(zahlen) if spalte.name in masse and zahlen else None
        ergebnis.append(_text(summe, dialekt, ist_mass=True))
    return ergebnis


def _text(wert: Wert, dialekt: Dialekt, *, ist_mass: bool) -> str:
    """A cell the German way; years and keys are never grouped."""
    if wert is None:
        return ""
    if isinstance(wert, date):
        return wert.isoformat() if dialekt.iso_datum else wert.strftime("%d.%m.%Y")
    if isinstance(wert, Decimal):
        return str(wert).replace(".", ",")
    if isinstance(wert, int) and ist_mass and dialekt.tausenderpunkte:
        return f"{wert:,}".replace(",", ".")
    return str(wert)
