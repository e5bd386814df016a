"""How hard property and fuzz tests try: once in `make test`, many times over in `make haerte`."""

import os

FAKTOR = int(os.environ.get("TEILHABE_HAERTE", "1"))
"""Multiplies the number of examples of tests marked `haerte`."""
