"""Installs what tests need beyond Python packages: a Chromium, and the font of approved pictures.

Without root or apt, tests that need them say so and skip.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable


def _hat_schrift() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", SCHRIFT], capture_output=True, text=True, check=False).stdout)


SCHRIFT = "DejaVu Sans"
"""The one font of approved pictures (`tests/berichte/bilder`)."""
PAKETE: dict[str, Callable[[], bool]] = {
    "chromium": lambda: bool(shutil.which("chromium")),
    "fontconfig": lambda: bool(shutil.which("fc-list")),
    "fonts-dejavu-core": _hat_schrift,
}
"""Package -> whether what it brings is there."""


def main() -> None:
    """Installs from the distribution what is missing, where that is possible."""
    fehlt = [paket for paket, da in PAKETE.items() if not da()]
    if not fehlt or not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    umgebung = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for befehl in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *fehlt],
    ):
        ergebnis = subprocess.run(befehl, env=umgebung, capture_output=True, text=True, check=False)
        if ergebnis.returncode:
            sys.stderr.write(f"{', '.join(fehlt)} ließ sich nicht installieren: {ergebnis.stderr.strip()[-300:]}\n")
            return


if __name__ == "__main__":
    main()
