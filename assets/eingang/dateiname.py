"""The grammar of delivery file names: `<datensatz>_<meldeeinheit>_<jahr>.csv|xlsx`, case-insensitive.

A workbook with a sheet per dataset is called `lieferung_<meldeeinheit>_<jahr>.xlsx`.

What belongs here: from a name to what the file claims to be, or a German sentence on what is wrong with the name.
"""

import re
from dataclasses import dataclass

from schemas.modell import Land

_MUSTER = re.compile(
    r"(?P<datensatz>[a-zäöüß]+)_(?P<meldeeinheit>[0-9a-z]+)_(?P<jahr>\d{4})\.(?P<endung>csv|xlsx)", re.IGNORECASE
)

_MAPPE = re.compile(r"lieferung_(?P<rest>[0-9a-z]+_\d{4}\.xlsx)", re.IGNORECASE)


class DateinameError(ValueError):
    """The name does not say which delivery the file is; the text tells the sender what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Lieferschluessel:
    """Which delivery: dataset, year and Meldeeinheit."""

    datensatz: str
    berichtsjahr: int
    meldeeinheit: str

    @property
    def ordner(self) -> str:
        """Folder of this delivery's versions, relative to `eingang/`."""
        return f"{self.meldeeinheit}/{self.berichtsjahr}/{self.datensatz}"

    @property
    def partition(self) -> str:
        """Dagster partition key of Berichtsjahr and Meldeeinheit."""
        return f"{self.berichtsjahr}|{self.meldeeinheit}"


@dataclass(frozen=True, slots=True)
class Dateiname:
    """A parsed name: the delivery it belongs to and the file's ending without dot."""

    schluessel: Lieferschluessel
    endung: str


def beispielname(land: Land) -> str:
    """A valid name for error texts, made from the Land profile."""
    return f"{land.datensaetze[0]}_{land.meldeeinheiten[0].id}_{land.berichtsjahre[-1]}.csv"


def ist_mappe(name: str) -> bool:
    """Whether the name is that of a workbook with a sheet per dataset."""
    return _MAPPE.fullmatch(name.strip()) is not None


def name_im_blatt(mappe: str, datensatz: str) -> str:
    """The name a sheet of the workbook `mappe` would have as a file of its own."""
    return _MAPPE.sub(rf"{datensatz}_\g<rest>", mappe.strip())


def deute(name: str, land: Land) -> Dateiname:
    """What the file claims to be.

    Raises:
        DateinameError: the name has another form, or names a dataset, Meldeeinheit or year the Land does not have.
    """
    treffer = _MUSTER.fullmatch(name.strip())
    if treffer is None:
        raise DateinameError(
            f"Der Name „{name}“ hat nicht die Form <datensatz>_<meldeeinheit>_<jahr>.csv oder .xlsx. "
            f"Bitte die Datei zum Beispiel in „{beispielname(land)}“ umbenennen und neu ablegen."
        )
    datensatz, kennung, jahr = treffer["datensatz"].lower(), treffer["meldeeinheit"].upper(), int(treffer["jahr"])
    if datensatz not in land.datensaetze:
        bekannt = ", ".join(land.datensaetze)
        raise DateinameError(f"„{name}“: Den Datensatz „{datensatz}“ gibt es nicht. Möglich sind: {bekannt}.")
    if kennung not in {m.id for m in land.meldeeinheiten}:
        raise DateinameError(
            f"„{name}“: Die Meldeeinheit „{kennung}“ gibt es in {land.name} nicht. Bitte die Kennung im Namen prüfen."
        )
    if jahr not in land.berichtsjahre:
        jahre = ", ".join(str(j) for j in land.berichtsjahre)
        raise DateinameError(f"„{name}“: Für das Jahr {jahr} wird nicht berichtet. Möglich sind: {jahre}.")
    return Dateiname(Lieferschluessel(datensatz, jahr, kennung), treffer["endung"].lower())
