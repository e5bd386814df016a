"""Reads an instance (tables with gaps, hierarchy, arguments in case.json) as a release; no knowledge of the answers."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.angriff.laufen import Angriff, Befund, Einstellung
from assets.angriff.lesen import WERT, Ausgabe, Tabelle, Zerlegung, lies_csv, lies_zerlegungen

GESAMT = ("Total", "total", "T")
MASS = {"mass": "m", "berichtsjahr": "2025"}


@dataclass(frozen=True, slots=True)
class Fall:
    """An instance as a release, and how it is to be attacked."""

    ausgabe: Ausgabe
    einstellung: Einstellung
    erwartet: pl.DataFrame
    dims: list[str]
    ausgang: int | None

    def befund(self) -> Befund:
        """The attack, with the exact interval of every cell."""
        return Angriff.auf([self.ausgabe], self.einstellung).von_fremden()


def lies_fall(ordner: Path) -> Fall:
    """Reads the folder of an instance."""
    fall = json.loads((ordner / "case.json").read_text(encoding="utf-8"))
    args = _argumente(fall["args"])
    frames = [lies_csv(ordner / t).rename({"value": WERT}) for t in fall["tables"]]
    zeichen, mindestens = (*args.suppressed.split("="), "0")[:2]
    tabellen = [
        Tabelle(name, name, tuple(args.key), frame.with_columns(**{s: pl.lit(c) for s, c in MASS.items()}))
        for name, frame in zip(fall["tables"], frames, strict=True)
    ]
    zerlegungen = [z for h in args.hierarchy for z in lies_zerlegungen(ordner / h)]
    codes = {d: sorted({c for f in frames for c in f[d].unique()}) for d in fall["dims"]}
    offen = [d for d in fall["dims"] if d not in {*args.key, *(z.dim for z in zerlegungen)}]
    gesamt = dict(t.split("=") for t in args.total)
    for dim in offen:
        bauen = _praefixe if dim in args.prefix else _flach
        zerlegungen += bauen(dim, codes[dim], gesamt)
    einstellung = Einstellung(
        alle_genau=True,
        nebenbei=args.implied,
        gemeinsam=args.joint,
        k=args.threshold,
        breite=args.width if args.width is not None else args.threshold - 1,
    )
    ausgabe = Ausgabe(
        ordner.name, str(ordner), tuple(tabellen), tuple(zerlegungen), gesperrt=zeichen, mindestens=int(mindestens)
    )
    return Fall(ausgabe, einstellung, lies_csv(ordner / "expected.csv"), fall["dims"], fall["exit"])


def _argumente(worte: Sequence[str]) -> Namespace:
    leser = ArgumentParser(exit_on_error=False)
    leser.add_argument("--suppressed", default="x")
    leser.add_argument("--threshold", type=int, default=5)
    leser.add_argument("--width", type=int)
    leser.add_argument("--implied", action="store_true")
    leser.add_argument("--joint", action="store_true")
    for liste in ("--hierarchy", "--total", "--prefix", "--key"):
        leser.add_argument(liste, action="append", default=[])
    return leser.parse_args(worte)


def _flach(dim: str, codes: Sequence[str], gesamt: Mapping[str, str]) -> list[Zerlegung]:
    oben = gesamt.get(dim) or next(c for c in GESAMT if c in codes)
    return [Zerlegung(dim, oben, "", tuple(c for c in codes if c != oben))]


def _praefixe(dim: str, codes: Sequence[str], gesamt: Mapping[str, str]) -> list[Zerlegung]:
    """A code lies within the longest other code that it begins with, else within the total."""
    oben = gesamt.get(dim) or next(c for c in GESAMT if c in codes)
    kinder: dict[str, list[str]] = {}
    for code in (c for c in codes if c != oben):
        eltern = max((c for c in codes if c not in {code, oben} and code.startswith(c)), key=len, default=oben)
        kinder.setdefault(eltern, []).append(code)
    return [Zerlegung(dim, e, "", tuple(k)) for e, k in kinder.items()]
