"""Prints the reports of a published edition as PDF and publishes them beside it; unchanged pages are not printed again.

What belongs here: which pages, what a PDF depends on, printing several at once, publishing. What does not: the browser
(`chromium.py`), the PDF itself (`nachbearbeiten.py`), the list of them (`verzeichnis.py`).
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from assets.ablage import Ablage
from assets.berichte.ablegen import veroeffentliche
from assets.berichte.gebiete import verweise
from assets.berichte.rendern import OrdnerFehltError
from assets.berichte.stil import STIL, SYMBOL
from assets.berichte.wege import kurzfassungsseite
from assets.druck.chromium import Chromium, finde_chromium
from assets.druck.nachbearbeiten import Fertig, bearbeite_nach
from assets.druck.verzeichnis import Eintrag, lies_eintraege, pdf_zu, verzeichnisdateien
from assets.fassung import fassung_druck
from assets.fortschritt import melde
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import lade_herausgeber
from schemas.modell import Land

ZUGLEICH = 2
"""Browsers at work at once: each takes a core and some hundred megabytes."""


class EditionFehltError(RuntimeError):
    """The edition that is to be printed has not been published yet."""


@dataclass(frozen=True, slots=True)
class Druck:
    """What was published: the folder, its list of PDFs, and how many of them were printed anew."""

    ordner: Path
    eintraege: tuple[Eintrag, ...]
    gedruckt: int


def edition_fuer(edition: str) -> str:
    """Name of the folder with the PDFs of an edition."""
    return f"pdf_{edition}"


def drucke(ablage: Ablage, land: Land, edition: str = OEFFENTLICH) -> Druck:
    """Prints the report of the Land, of each Meldeeinheit and each Kurzfassung the edition has.

    Nothing is published unless everything is printed; until then the PDFs made before stay. Chromium is asked for only
    if there is something to print.

    Raises:
        OrdnerFehltError: the Ablage is not a local folder.
        EditionFehltError: the edition has no pages yet.
        ChromiumFehltError: there is something to print, but no browser.
        DruckError: the browser failed, or a PDF lacks what reading machines need.
    """
    if ablage.lokal is None:
        raise OrdnerFehltError("PDF lassen sich nur in einer Ablage auf diesem Rechner drucken.")
    berichte = ablage.lokal.resolve() / "berichte"
    # One state for the whole print, whatever is published meanwhile.
    stand = (berichte / edition).resolve()
    if not (stand / STIL).exists():
        raise EditionFehltError(f"Die Fassung „{edition}“ ist noch nicht geschrieben. Bitte zuerst: teilhabe lauf")
    adressen = _Adressen(stand, _basis(land, edition))
    seiten = {n: _fingerabdruck(stand, n, adressen.basis) for n in seiten_von(land) if (stand / n).exists()}
    alter_ordner = berichte / edition_fuer(edition)
    alte = {e.seite: e for e in lies_eintraege(alter_ordner)}
    offene = [n for n, abdruck in seiten.items() if n not in alte or alte[n].fingerabdruck != abdruck]
    neue = dict(_drucke_alle(stand, offene, adressen))
    eintraege = tuple(_eintrag(n, seiten[n], neue[n]) if n in neue else alte[n] for n in seiten)
    dateien = [
        *(
            (e.datei, neue[e.seite].inhalt if e.seite in neue else (alter_ordner / e.datei).read_bytes())
            for e in eintraege
        ),
        *((datei, (stand / datei).read_bytes()) for datei in (STIL, SYMBOL)),
        *verzeichnisdateien(land, edition, stand.name, eintraege, f"../{edition}/index.html"),
    ]
    with ablage.sperre():
        ordner = veroeffentliche(dateien, berichte, edition_fuer(edition))
    return Druck(ordner, eintraege, len(neue))


def _eintrag(seite: str, fingerabdruck: str, fertig: Fertig) -> Eintrag:
    return Eintrag(
        datei=pdf_zu(seite),
        seite=seite,
        titel=fertig.titel,
        seiten=fertig.seiten,
        bytes=len(fertig.inhalt),
        tag=fertig.tag,
        fingerabdruck=fingerabdruck,
    )


def seiten_von(land: Land) -> tuple[str, ...]:
    """The pages that are printed, in the order of the list: the Land's, then by Meldeeinheit report and Kurzfassung."""
    je_einheit = [(seite, kurzfassungsseite(m)) for m, seite in verweise(land).items()]
    return (f"{land.id}.html", *(seite for paar in je_einheit for seite in paar))


def _fingerabdruck(stand: Path, seite: str, basis: str) -> str:
    """Of everything a PDF depends on: page, style sheet, where its links lead, and this stage."""
    summe = hashlib.sha256(f"{fassung_druck()} {basis} ".encode())
    for name in (STIL, seite):
        summe.update(hashlib.sha256((stand / name).read_bytes()).digest())
    return summe.hexdigest()[:16]


def _basis(land: Land, edition: str) -> str:
    """Where links to other pages lead: on the web if the edition is there, else to the folder beside the PDFs."""
    herausgeber = lade_herausgeber(land)
    oeffentlich = edition == OEFFENTLICH and "basis_url" not in herausgeber.platzhalter()
    return herausgeber.basis_url if oeffentlich else f"../{edition}/"


@dataclass(frozen=True, slots=True)
class _Adressen:
    """Turns addresses of files into such as a reader of the PDF can use; all others stay."""

    stand: Path
    basis: str

    def __call__(self, adresse: str) -> str:
        eigene, nebenan = f"{self.stand.as_uri()}/", f"{self.stand.parent.as_uri()}/"
        if adresse.startswith(eigene):
            return self.basis + adresse.removeprefix(eigene)
        return f"../{adresse.removeprefix(nebenan)}" if adresse.startswith(nebenan) else adresse


def _drucke_alle(stand: Path, seiten: Sequence[str], adressen: Callable[[str], str]) -> Iterator[tuple[str, Fertig]]:
    """Prints with several browsers, large pages first, so that none is left for the end."""
    if not seiten:
        return
    programm = finde_chromium()
    offen: SimpleQueue[str] = SimpleQueue()
    for seite in sorted(seiten, key=lambda n: -(stand / n).stat().st_size):
        offen.put(seite)
    fertig: SimpleQueue[tuple[str, Fertig] | BaseException] = SimpleQueue()

    def arbeite() -> None:
        try:
            with Chromium(programm) as browser:
                for seite in _aus(offen):
                    fertig.put((seite, bearbeite_nach(browser.drucke(stand / seite), seite, adressen)))
        except BaseException as fehler:  # noqa: BLE001  # it is raised where the results are taken
            fertig.put(fehler)

    zugleich = min(ZUGLEICH, len(seiten), os.cpu_count() or 1)
    with ThreadPoolExecutor(zugleich) as helfer:
        for _ in range(zugleich):
            helfer.submit(arbeite)
        try:
            for nummer in range(1, len(seiten) + 1):
                ergebnis = fertig.get()
                if isinstance(ergebnis, BaseException):
                    raise ergebnis
                melde("Druck", nummer, len(seiten))
                yield ergebnis
        finally:
            for _ in _aus(offen):
                pass


def _aus(schlange: SimpleQueue[str]) -> Iterator[str]:
    while True:
        try:
            yield schlange.get_nowait()
        except Empty:
            return
