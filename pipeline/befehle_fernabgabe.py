"""What `teilhabe einreichen --portal` prints, and how it ends.

What belongs here: words and exit codes. What does not: talking to the portal (`fernabgabe.py`).
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.einzelpruefung import zusammenfassung
from pipeline.fernabgabe import SCHLUESSEL, Abgegeben, AdresseError, Portal, PortalError, gib_dateien_ab
from schemas.modell import Land

EINGABE_SCHLECHT, PROGRAMMFEHLER = 1, 3


def reiche_ein(adresse: str, land: Land, dateien: list[Path], *, als_json: bool) -> None:
    """Sends the files and says what became of each; ends with 1 if one was not handed in, with 3 without a portal."""
    ergebnisse: list[Abgegeben] = []
    ausfall = None
    try:
        for ergebnis in gib_dateien_ab(_portal(adresse), land, dateien):
            ergebnisse.append(ergebnis)
            if not als_json:
                _drucke(ergebnis)
    except PortalError as fehler:
        ausfall = str(fehler)
    if als_json:
        click.echo(json.dumps([_daten(e) for e in ergebnisse], ensure_ascii=False, indent=1))
    if ausfall is not None:
        click.echo(ausfall, err=True)
        sys.exit(PROGRAMMFEHLER)
    if any(e.grund is not None for e in ergebnisse):
        sys.exit(EINGABE_SCHLECHT)


def _portal(adresse: str) -> Portal:
    schluessel = os.environ.get(SCHLUESSEL, "").strip()
    if not re.fullmatch(r"[!-~]+", schluessel):
        raise click.UsageError(f"Bitte den Zugangsschlüssel in der Umgebungsvariable {SCHLUESSEL} angeben.")
    try:
        return Portal(adresse, schluessel)
    except AdresseError as fehler:
        raise click.BadParameter(str(fehler), param_hint="--portal") from fehler


def _drucke(e: Abgegeben) -> None:
    if e.protokoll is not None:
        click.echo(zusammenfassung(e.protokoll))
    if e.quittung is not None:
        was = "War schon eingereicht" if e.war_bekannt else "Eingereicht"
        click.echo(f"{was}: {e.quittung['nummer']}, {e.quittung['zustand_label']}")
    if e.grund is not None:
        click.echo(f"{e.dateiname} zählt nicht. {e.grund}", err=True)


def _daten(e: Abgegeben) -> dict[str, Any]:
    quittung = e.quittung or {}
    return {
        "datei": e.dateiname,
        "grund": e.grund,
        **{name: quittung.get(name) for name in ("nummer", "version", "sha256")},
        "war_bekannt": e.war_bekannt,
        "protokoll": e.protokoll,
    }
