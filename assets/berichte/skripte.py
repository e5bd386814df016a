"""Scripts of an edition: our own, put together from modules, and the plotly bundle of the installed package.

What belongs here: which modules make which file, and how data get into a script. What does not: the modules
(`report_templates/berichte/skripte/`). Everything is a classic script: pages opened from a folder may not fetch.
"""

import importlib.util
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from schemas.pfade import VORLAGEN

ORDNER = VORLAGEN / "berichte" / "skripte"
GERUFEN = "teilhabeDaten"
"""The one global function: a file of data calls it with its name and what it holds."""
PLOTLY = "assets/plotly.min.js"
ERKUNDEN = "assets/erkunden.js"
BERICHT = "assets/bericht.js"
"""What pages with charts run: it draws them with plotly when asked to, and saves them."""
_GEMEINSAM = ("grundlagen", "zahlen", "plotlybild", "speichern")
_MODULE: dict[str, Sequence[str]] = {
    ERKUNDEN: (
        *_GEMEINSAM,
        "erkunden_auswahl",
        "erkunden_werte",
        "erkunden_bilder",
        "erkunden_tabellen",
        "erkunden_formular",
        "erkunden",
    ),
    BERICHT: (*_GEMEINSAM, "bericht_farben", "bericht_plotly", "bericht_zeichnung", "suche", "bericht"),
}


def skript(pfad: str) -> tuple[str, bytes]:
    """One of our scripts as (path, content)."""
    teile = [(ORDNER / f"{name}.js").read_text(encoding="utf-8") for name in _MODULE[pfad]]
    # One function around all modules: they share their names and leave none behind in the page.
    return pfad, f'(() => {{\n"use strict";\n{"".join(teile)}}})();\n'.encode()


@cache
def plotly() -> tuple[str, bytes]:
    """The bundle of the installed package as (path, content).

    It is looked up without importing the package, which would take longer than all pages.
    """
    ort = importlib.util.find_spec("plotly")
    if ort is None or ort.origin is None:
        raise ModuleNotFoundError("Das Paket plotly ist nicht eingerichtet.")
    return PLOTLY, (Path(ort.origin).parent / "package_data" / "plotly.min.js").read_bytes()


def datenskript(name: str, inhalt: Mapping[str, Any]) -> bytes:
    """Data as a classic script; the same data give the same bytes."""
    text = json.dumps(inhalt, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{GERUFEN}({json.dumps(name)},{text});\n".encode()
