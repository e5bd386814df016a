"""The footer of an export: notes, rights, and when the office made it.

What belongs here: everything from the line of underscores on. What does not: which note matters for which figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RECHTE = re.compile(r"(?:©|\(C\)).*?(?=^Stand:|\Z)", re.DOTALL | re.MULTILINE)
_STAND = re.compile(
    r"^Stand:\s*([0-9]{2})\.([0-9]{2})\.([0-9]{4})(?:\s*/\s*([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?", re.MULTILINE
)
_JAHR_AM_ENDE = re.compile(r"^(.*?[0-9]{4})\b")
_LIZENZ = "Datenlizenz Deutschland – Namensnennung – Version 2.0 (dl-de/by-2-0)"


@dataclass(frozen=True, slots=True)
class Fuss:
    """`stand` is an ISO date or date-time, or empty; `rechte` names the office with the year, `lizenz` may be empty."""

    anmerkungen: str = ""
    rechte: str = ""
    lizenz: str = ""
    stand: str = ""


def lies_fuss(zeilen: Sequence[str]) -> Fuss:
    """Reads footer lines; the first is the line of underscores. Quotes may be missing or span lines."""
    text = "\n".join(z.rstrip("; ") for z in zeilen[1:])
    text = text.replace('""', "\x00").replace('"', "").replace("\x00", '"')
    rechte = _RECHTE.search(text)
    stand = _STAND.search(text)
    ende = min((t.start() for t in (rechte, stand) if t), default=len(text))
    satz = " ".join(rechte[0].split()) if rechte else ""
    traeger = _JAHR_AM_ENDE.match(satz)
    return Fuss(
        anmerkungen=text[:ende].strip(),
        rechte=(traeger[1] if traeger else satz).replace("(C)", "©").rstrip("."),
        lizenz=_LIZENZ if "Datenlizenz Deutschland" in satz and "Namensnennung" in satz else "",
        stand=_iso(stand) if stand else "",
    )


def quellenzeile(fuss: Fuss, tabelle: str, titel: str) -> str:
    """Attribution as one printable German sentence; neutral where the file names no holder of rights."""
    if not fuss.rechte:
        return f"Amtliche Statistik „{titel}“, Tabelle {tabelle}."
    stand = f", Stand {fuss.stand[8:10]}.{fuss.stand[5:7]}.{fuss.stand[:4]}" if fuss.stand else ""
    lizenz = f"; {fuss.lizenz}" if fuss.lizenz else ""
    return f"{fuss.rechte}, Tabelle {tabelle}{stand}{lizenz}."


def _iso(t: re.Match[str]) -> str:
    tag = f"{t[3]}-{t[2]}-{t[1]}"
    return f"{tag}T{t[4]}" if t[4] else tag
