"""Installs what tests need beyond Python packages: Chromium, the font of approved pictures, nginx, PostgreSQL.

Without root or apt, tests that need them say so and skip.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

SCHRIFT = "DejaVu Sans"
"""The one font of approved pictures (`tests/berichte/bilder`)."""


def _hat_schrift() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", SCHRIFT], capture_output=True, text=True, check=False).stdout)


def postgres_ordner() -> Path | None:
    """Where Debian keeps the programs of the newest PostgreSQL there is."""
    ordner = Path("/usr/lib/postgresql")
    gefunden = [p.parent for p in ordner.glob("*/bin/initdb")]
    return max(gefunden, key=lambda p: int(p.parent.name), default=None)


PAKETE: dict[str, Callable[[], bool]] = {
    "chromium-headless-shell": lambda: bool(shutil.which("chromium-headless-shell")),
    # Where the distribution has no shell of it.
    "chromium": lambda: bool(shutil.which("chromium-headless-shell") or shutil.which("chromium")),
    "fontconfig": lambda: bool(shutil.which("fc-list")),
    "fonts-dejavu-core": _hat_schrift,
    "nginx-light": lambda: bool(shutil.which("nginx")),
    "postgresql": lambda: postgres_ordner() is not None,
}
"""Package -> whether what it brings is there; in the order in which they are installed."""


def main() -> None:
    """Installs from the distribution what is missing, where that is possible."""
    if all(ist_da() for ist_da in PAKETE.values()) or not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    _rufe("apt-get", "update", "-qq")
    for paket, ist_da in PAKETE.items():
        if not ist_da():
            _rufe("apt-get", "install", "-y", "-qq", "--no-install-recommends", paket)


def _rufe(*befehl: str) -> None:
    umgebung = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ergebnis = subprocess.run(befehl, env=umgebung, capture_output=True, text=True, check=False)
    if ergebnis.returncode:
        sys.stderr.write(f"{' '.join(befehl)} ist gescheitert: {ergebnis.stderr.strip()[-300:]}\n")


if __name__ == "__main__":
    main()
