"""Installs what tests need beyond Python packages: a Chromium. Without root or apt, browser tests say so and skip."""

import os
import shutil
import subprocess
import sys


def main() -> None:
    """Installs Chromium from the distribution where that is possible."""
    if shutil.which("chromium") or not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    umgebung = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for befehl in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        ergebnis = subprocess.run(befehl, env=umgebung, capture_output=True, text=True, check=False)
        if ergebnis.returncode:
            sys.stderr.write(f"Chromium ließ sich nicht installieren: {ergebnis.stderr.strip()[-300:]}\n")
            return


if __name__ == "__main__":
    main()
