"""Receiving a delivery: its bytes are stored before anything else, under a version number, with a receipt.

What belongs here: versions, receipts and files nobody can assign. What does not: looking into the file, but to refuse
a blank template.
Nothing stored here is ever changed or deleted.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath

from assets.ablage import Ablage
from assets.eingang.datei import ZuGrossError
from assets.eingang.dateiname import Dateiname, DateinameError, Lieferschluessel, deute, name_im_blatt
from assets.eingang.lesen import lies_mappe
from assets.eingang.lesen.grenzen import HOECHSTE_BYTES
from assets.eingang.unausgefuellt import ist_leere_vorlage, ist_leeres_blatt
from schemas.datensaetze import alle_datensaetze
from schemas.lesebefunde import SHEET_UNKNOWN
from schemas.modell import Land


class EmpfangError(ValueError):
    """The file was kept, but it is no delivery; the text tells the sender why and what to do."""


@dataclass(frozen=True, slots=True)
class Beleg:
    """The receipt of one version of a delivery. `eingegangen_am` is UTC, ISO 8601, to the second."""

    datensatz: str
    meldeeinheit: str
    berichtsjahr: int
    version: int
    sha256: str
    groesse: int
    dateiname: str
    endung: str
    eingegangen_am: str
    weg: str
    synthetisch: bool

    @property
    def schluessel(self) -> Lieferschluessel:
        """Which delivery this is a version of."""
        return Lieferschluessel(self.datensatz, self.berichtsjahr, self.meldeeinheit)

    @property
    def nummer(self) -> str:
        """Receipt number a person can quote."""
        return f"{self.datensatz}-{self.meldeeinheit}-{self.berichtsjahr}-{self.version}"

    @property
    def pfad(self) -> str:
        """Where the bytes lie, relative to the Ablage."""
        return f"{_stamm(self.schluessel, self.version, self.sha256)}.{self.endung}"

    @property
    def pfad_beleg(self) -> str:
        """Where the receipt itself lies."""
        return f"{_stamm(self.schluessel, self.version, self.sha256)}.json"


LEERE_VORLAGE = "„{name}“ ist eine Vorlage, in der noch nichts steht. Bitte ausfüllen und dann abgeben."
"""Said of a file that must not take the place of a delivery."""


@dataclass(frozen=True, slots=True)
class Empfang:
    """What became of a file: its receipt, and whether these bytes had been received before."""

    beleg: Beleg
    war_bekannt: bool


def pruefsumme(inhalt: bytes) -> str:
    """SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(inhalt).hexdigest()


def nimm_an(ablage: Ablage, land: Land, name: str, inhalt: bytes, *, weg: str, synthetisch: bool = False) -> Empfang:
    """Stores the bytes as the next version of the delivery its name claims, or finds the version they already are.

    Args:
        ablage: where to store.
        land: decides which names are deliveries.
        name: file name as sent; only its last part counts.
        inhalt: the bytes, kept unchanged.
        weg: how the file came, for the receipt.
        synthetisch: marks invented data; the mark travels to every page made from them.

    Raises:
        EmpfangError: name unknown, file too large, or a template nobody filled in; the bytes are kept among the
            unassigned ones all the same.
    """
    name = re.split(r"[\\/]", name)[-1]
    gedeutet = _deute_oder_hebe_auf(ablage, land, name, name, inhalt)
    if len(inhalt) > HOECHSTE_BYTES:
        grund = str(ZuGrossError(name, len(inhalt)))
        lege_unzugeordnet_ab(ablage, name, inhalt, grund)
        raise EmpfangError(grund)
    if ist_leere_vorlage(inhalt, name, alle_datensaetze()[gedeutet.schluessel.datensatz]):
        grund = LEERE_VORLAGE.format(name=name)
        lege_unzugeordnet_ab(ablage, name, inhalt, grund)
        raise EmpfangError(grund)
    return lege_fassung_an(ablage, gedeutet, name, inhalt, weg, synthetisch=synthetisch)


def nimm_mappe_an(
    ablage: Ablage, land: Land, name: str, inhalt: bytes, *, weg: str, synthetisch: bool = False
) -> list[Empfang]:
    """Stores a workbook with a sheet per dataset as a version of each delivery it holds; blank sheets are none.

    Every version keeps the whole workbook, so each delivery has its bytes as they were sent.

    Raises:
        EmpfangError: as `teile_mappe` does.
    """
    teile = teile_mappe(ablage, land, name, inhalt)
    return [lege_fassung_an(ablage, teil, name, inhalt, weg, synthetisch=synthetisch) for teil in teile]


def teile_mappe(ablage: Ablage, land: Land, name: str, inhalt: bytes) -> list[Dateiname]:
    """Which deliveries a workbook holds; stores nothing but what cannot be assigned.

    Raises:
        EmpfangError: unknown Meldeeinheit or year, unreadable workbook, or no sheet with rows of a dataset; the bytes
            are kept among the unassigned ones.
    """
    gedeutet = _deute_oder_hebe_auf(ablage, land, name, name_im_blatt(name, land.datensaetze[0]), inhalt)
    spalten = {d: alle_datensaetze()[d].spalten for d in land.datensaetze}
    blaetter = lies_mappe(inhalt, name, spalten)
    gefuellt = [
        d for d in land.datensaetze if d in blaetter and not ist_leeres_blatt(blaetter[d], alle_datensaetze()[d])
    ]
    if not gefuellt:
        gruende = " ".join(b.meldung for blatt in blaetter.values() for b in blatt.befunde)
        grund = f"„{name}“ enthält kein ausgefülltes Blatt mit dem Namen eines Datensatzes. {gruende}".strip()
        lege_unzugeordnet_ab(ablage, name, inhalt, grund)
        raise EmpfangError(grund)
    for blatt, gelesen in blaetter.items():
        if any(b.code == SHEET_UNKNOWN.id for b in gelesen.befunde):
            vermerke_unzugeordnet(ablage, f"{name}, Blatt {blatt}", pruefsumme(inhalt), gelesen.befunde[0].meldung)
    return [replace(gedeutet, schluessel=replace(gedeutet.schluessel, datensatz=datensatz)) for datensatz in gefuellt]


def _deute_oder_hebe_auf(ablage: Ablage, land: Land, name: str, zu_deuten: str, inhalt: bytes) -> Dateiname:
    try:
        return deute(zu_deuten, land)
    except DateinameError as fehler:
        grund = str(fehler).replace(zu_deuten, name) if zu_deuten else str(fehler)
        lege_unzugeordnet_ab(ablage, name, inhalt, grund)
        raise EmpfangError(grund) from fehler


def lege_fassung_an(
    ablage: Ablage, gedeutet: Dateiname, name: str, inhalt: bytes, weg: str, *, synthetisch: bool
) -> Empfang:
    """Stores the bytes as the next version of a delivery, or finds the version they already are.

    For callers who know which delivery the file is, whatever its name.
    """
    with ablage.sperre(ordner=f"eingang/{gedeutet.schluessel.ordner}"):
        return _lege_ab(ablage, gedeutet, name, inhalt, weg, synthetisch=synthetisch)


def _nummer(ablage: Ablage, schluessel: Lieferschluessel, sha: str) -> int:
    """The number these bytes have, or the first one nobody has.

    Numbers are claimed by exclusive create, never by counting, which holds where there are no locks. Under the lock of
    a local Ablage a claim without receipt is known to be of somebody who was killed; it does not leave a gap.
    """
    version, verwaist = 1, 0
    while True:
        anspruch = _anspruch(schluessel, version)
        if not ablage.gibt_es(anspruch):
            if verwaist:
                ablage.schreibe(_anspruch(schluessel, verwaist), sha.encode())
                return verwaist
            if ablage.lege_an(anspruch, sha.encode()):
                return version
        von = ablage.lies(anspruch).decode()
        if von == sha:
            return version
        if not verwaist and ablage.lokal and not ablage.gibt_es(f"{_stamm(schluessel, version, von)}.json"):
            verwaist = version
        version += 1


def _anspruch(schluessel: Lieferschluessel, version: int) -> str:
    return f"eingang/{schluessel.ordner}/.{version}.version"


def _stamm(schluessel: Lieferschluessel, version: int, sha: str) -> str:
    return f"eingang/{schluessel.ordner}/{version}_{sha[:12]}"


def _lege_ab(ablage: Ablage, gedeutet: Dateiname, name: str, inhalt: bytes, weg: str, *, synthetisch: bool) -> Empfang:
    sha = pruefsumme(inhalt)
    schluessel = gedeutet.schluessel
    version = _nummer(ablage, schluessel, sha)
    beleg = Beleg(
        datensatz=schluessel.datensatz,
        meldeeinheit=schluessel.meldeeinheit,
        berichtsjahr=schluessel.berichtsjahr,
        version=version,
        sha256=sha,
        groesse=len(inhalt),
        dateiname=name,
        endung=gedeutet.endung,
        eingegangen_am=datetime.now(UTC).isoformat(timespec="seconds"),
        weg=weg,
        synthetisch=synthetisch,
    )
    # After a crash between claim and receipt the same bytes complete what was begun.
    ablage.lege_an(beleg.pfad, inhalt)
    neu = ablage.lege_an(beleg.pfad_beleg, json.dumps(asdict(beleg), ensure_ascii=False, indent=1).encode())
    return Empfang(beleg if neu else lies_beleg(ablage, beleg.pfad_beleg), war_bekannt=not neu)


def lies_beleg(ablage: Ablage, pfad: str) -> Beleg:
    """Reads a receipt back."""
    return Beleg(**json.loads(ablage.lies(pfad)))


def belege_von(ablage: Ablage, schluessel: Lieferschluessel) -> tuple[Beleg, ...]:
    """The receipts of one delivery, oldest version first."""
    pfade = ablage.liste("eingang", f"{schluessel.ordner}/*.json")
    return tuple(sorted((lies_beleg(ablage, pfad) for pfad in pfade), key=lambda beleg: beleg.version))


def alle_belege(ablage: Ablage, land: Land) -> dict[Lieferschluessel, tuple[Beleg, ...]]:
    """All receipts of the Land's deliveries, oldest version first. Files of other years or datasets are left aside."""
    gefunden: dict[Lieferschluessel, list[Beleg]] = {}
    kennungen = {m.id for m in land.meldeeinheiten}
    for pfad in ablage.liste("eingang", "*/*/*/*.json"):
        beleg = lies_beleg(ablage, pfad)
        bekannt = beleg.meldeeinheit in kennungen and beleg.berichtsjahr in land.berichtsjahre
        if bekannt and beleg.datensatz in land.datensaetze:
            gefunden.setdefault(beleg.schluessel, []).append(beleg)
    return {s: tuple(sorted(b, key=lambda beleg: beleg.version)) for s, b in gefunden.items()}


@dataclass(frozen=True, slots=True)
class Unzugeordnet:
    """A file that is no delivery: its name, why, and when it was first seen."""

    dateiname: str
    sha256: str
    grund: str
    gesehen_am: str


def lege_unzugeordnet_ab(ablage: Ablage, name: str, inhalt: bytes, grund: str) -> None:
    """Keeps a file nobody can assign, with the reason; the same file again changes nothing."""
    sha = pruefsumme(inhalt)
    ablage.lege_an(_pfad_unzugeordnet(name, sha), inhalt)
    vermerke_unzugeordnet(ablage, name, sha, grund)


def vermerke_unzugeordnet(ablage: Ablage, name: str, sha: str, grund: str) -> None:
    """Notes that a file could not be assigned, without keeping its bytes."""
    eintrag = Unzugeordnet(name, sha, grund, datetime.now(UTC).isoformat(timespec="seconds"))
    ablage.lege_an(f"{_pfad_unzugeordnet(name, sha)}.grund.json", json.dumps(asdict(eintrag)).encode())


def _pfad_unzugeordnet(name: str, sha: str) -> str:
    sauber = re.sub(r"[^\w.\-]", "_", PurePath(name).name)[-120:] or "ohne_namen"
    return f"eingang/unzugeordnet/{sha}_{sauber}"


def alle_unzugeordneten(ablage: Ablage) -> list[Unzugeordnet]:
    """Every file that could not be assigned, by name."""
    pfade = ablage.liste("eingang/unzugeordnet", "*.grund.json")
    return sorted((Unzugeordnet(**json.loads(ablage.lies(p))) for p in pfade), key=lambda u: (u.dateiname, u.sha256))
