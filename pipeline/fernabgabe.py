"""Sends deliveries to a portal over its API, as `teilhabe einreichen --portal` does.

What belongs here: the client's side, from a file to what the portal says of it. What does not: the portal's side
(`pipeline/portal/`), words on the terminal (`pipeline/cli.py`). The standard library's client: it knows proxies and the
machine's certificates, and three kinds of requests need no more.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from assets.eingang.datei import DateiError, lies_datei
from assets.eingang.dateiname import DateinameError, Lieferschluessel, deute, ist_mappe, name_im_blatt
from pipeline.einzelpruefung import pruefe_mappe
from pipeline.portal.abbruch import ZU_GROSS
from pipeline.portal.grenzen import ABGABE
from schemas.lieferbuch import ABGEWIESEN, UEBERNOMMEN, ZURUECKGEZOGEN
from schemas.modell import Land

SCHLUESSEL = "TEILHABE_SCHLUESSEL"
"""Environment variable that holds the key; as an argument everybody on the machine could read it."""
_SEKUNDEN = 300
_EIGENER_RECHNER = ("localhost", "127.0.0.1", "::1")


class AdresseError(ValueError):
    """The address is none a key may be sent to."""


class PortalError(RuntimeError):
    """The portal cannot be reached or has a fault; the text says what to do."""


class AblehnungError(RuntimeError):
    """The portal refuses what was asked; the text is its own."""


@dataclass(frozen=True, slots=True)
class Abgegeben:
    """What became of a file or a sheet: why it does not count, its protocol, and once handed in its receipt."""

    dateiname: str
    grund: str | None = None
    protokoll: dict[str, Any] | None = None
    quittung: dict[str, Any] | None = None
    war_bekannt: bool = False


class _KeineUmleitung(HTTPRedirectHandler):
    """A key goes where it was meant to go and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


class Portal:
    """A portal and the key with which it is spoken to.

    Raises:
        AdresseError: the address would carry the key through the net in the clear, or is no address.
    """

    def __init__(self, adresse: str, schluessel: str) -> None:
        try:
            teile = urlsplit(adresse)
            rechner, _ = teile.hostname, teile.port
        except ValueError as fehler:
            raise AdresseError(f"„{adresse}“ ist keine Adresse eines Portals.") from fehler
        if teile.scheme not in ("https", "http") or not rechner or teile.username or teile.query or teile.fragment:
            raise AdresseError(f"„{adresse}“ ist keine Adresse eines Portals. Bitte in der Form https://… angeben.")
        if teile.scheme == "http" and rechner not in _EIGENER_RECHNER:
            raise AdresseError(f"„{adresse}“ ist nicht verschlüsselt. Bitte die Adresse mit https:// angeben.")
        self._wurzel = f"{adresse.rstrip('/')}/api/v1"
        self._schluessel = schluessel
        self._oeffner = build_opener(_KeineUmleitung)

    def gib_ab(self, schluessel: Lieferschluessel, name: str, inhalt: bytes) -> Abgegeben:
        """Has a file checked and hands it in unless it would be rejected.

        Raises:
            AblehnungError: the portal refuses it.
            PortalError: the portal does not answer as a portal.
        """
        ort = f"/lieferungen/{schluessel.ordner}"
        # A server that refuses closes the door on a file that is on its way, and its reason gets lost.
        if len(inhalt) > ABGABE:
            raise AblehnungError(ZU_GROSS)
        self._rufe("GET", ort)
        kopf = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        }
        _, geprueft = self._rufe("PUT", ort, inhalt, kopf)
        protokoll = geprueft["protokoll"]
        if geprueft["version"] is None and geprueft["zustand"] not in UEBERNOMMEN:
            return Abgegeben(name, geprueft["was_nun"], protokoll)
        auftrag = json.dumps({"sha256": geprueft["sha256"]}).encode()
        status, quittung = self._rufe("POST", f"{ort}/einreichen", auftrag, {"Content-Type": "application/json"})
        # The same bytes may have been handed in, and withdrawn or rejected, before.
        zaehlt_nicht = quittung["zustand"] in (*ABGEWIESEN, ZURUECKGEZOGEN)
        grund = quittung["was_nun"] if zaehlt_nicht else None
        return Abgegeben(name, grund, protokoll, quittung, war_bekannt=status == 200)

    def _rufe(
        self, methode: str, ort: str, inhalt: bytes | None = None, kopf: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        kopf = {"Authorization": f"Bearer {self._schluessel}", "Accept": "application/json", **(kopf or {})}
        anfrage = Request(self._wurzel + ort, inhalt, kopf, method=methode)  # noqa: S310  # the scheme was checked
        try:
            with self._oeffner.open(anfrage, timeout=_SEKUNDEN) as antwort:
                return antwort.status, self._daten(antwort.read())
        except HTTPError as fehler:
            with fehler:
                raise self._fehler(fehler) from fehler
        except (URLError, HTTPException, OSError) as fehler:
            raise PortalError(
                "Das Portal ist nicht erreichbar. Bitte die Adresse prüfen und später noch einmal versuchen."
            ) from fehler

    @staticmethod
    def _daten(inhalt: bytes) -> dict[str, Any]:
        try:
            daten = json.loads(inhalt)
        except ValueError:
            daten = None
        if not isinstance(daten, dict):
            raise PortalError("Unter dieser Adresse antwortet kein Portal. Bitte die Adresse prüfen.")
        return daten

    def _fehler(self, fehler: HTTPError) -> AblehnungError | PortalError:
        text = str(self._daten(fehler.read()).get("detail", ""))
        return PortalError(text) if fehler.code >= 500 else AblehnungError(text)


def gib_dateien_ab(portal: Portal, land: Land, dateien: list[Path]) -> Iterator[Abgegeben]:
    """What becomes of each file, in their order; of a workbook with a sheet per dataset, of each filled sheet.

    Raises:
        PortalError: the portal does not answer; what was handed in before stays handed in.
    """
    for datei in dateien:
        try:
            inhalt = lies_datei(datei)
            lieferungen, andere = _lieferungen(datei.name, inhalt, land)
            for schluessel in lieferungen:
                yield _gib_ab(portal, schluessel, datei.name, inhalt)
            for satz in andere:
                yield Abgegeben(datei.name, satz)
        except (DateiError, DateinameError) as fehler:
            yield Abgegeben(datei.name, str(fehler))


def _gib_ab(portal: Portal, schluessel: Lieferschluessel, name: str, inhalt: bytes) -> Abgegeben:
    try:
        return portal.gib_ab(schluessel, name, inhalt)
    except AblehnungError as fehler:
        return Abgegeben(name, str(fehler))


def _lieferungen(name: str, inhalt: bytes, land: Land) -> tuple[list[Lieferschluessel], tuple[str, ...]]:
    """Which deliveries the file is, and what is to be said of sheets that are none."""
    if not ist_mappe(name):
        return [deute(name, land).schluessel], ()
    muster = deute(name_im_blatt(name, land.datensaetze[0]), land).schluessel
    pruefung = pruefe_mappe(name, inhalt, land, muster)
    if not pruefung.protokolle:
        raise DateinameError(f"„{name}“ enthält kein ausgefülltes Blatt eines Datensatzes.")
    return [replace(muster, datensatz=p.datensatz.name) for p in pruefung.protokolle], pruefung.andere
