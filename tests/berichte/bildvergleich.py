"""Compares a picture of a piece of a page with the approved one beside the tests.

What belongs here: when two pictures are the same, what a person gets to judge a difference by, how one is approved.

Browsers of other versions smooth edges differently. So both pictures are blurred by a pixel first, and a pixel differs
if a colour channel is off by more than `FARBABSTAND`. What fails is many such pixels, or a crowd of them in one spot:
a dot that is missing is too small to count in the whole picture.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

GENEHMIGT = Path(__file__).parent / "bilder"
ANNEHMEN = "TEILHABE_BILDER_ANNEHMEN"
FARBABSTAND = 32
ANTEIL = 0.005
FLECK, FLECKANTEIL = 12, 0.3
"""Side in px of a spot, and the share of its pixels that may differ."""
SPIELRAUM = 2
"""Px by which a size may differ: fonts round heights of lines."""


@dataclass(frozen=True, slots=True)
class Unterschied:
    """How two pictures differ: a share of all pixels, the share in the worst spot, and a picture of it."""

    anteil: float
    fleck: float
    masse: tuple[tuple[int, int], tuple[int, int]]
    bild: Image.Image

    @property
    def zu_gross(self) -> bool:
        """Whether a person has to look."""
        (a, b), (c, d) = self.masse
        passt_nicht = abs(a - c) > SPIELRAUM or abs(b - d) > SPIELRAUM
        return passt_nicht or self.anteil > ANTEIL or self.fleck > FLECKANTEIL


def unterschied(soll: Image.Image, ist: Image.Image) -> Unterschied:
    """Compares what two pictures have in common, from the upper left corner."""
    breite, hoehe = min(soll.width, ist.width), min(soll.height, ist.height)
    felder = [
        np.asarray(b.convert("RGB").crop((0, 0, breite, hoehe)).filter(ImageFilter.BoxBlur(1)), dtype=np.int16)
        for b in (soll, ist)
    ]
    anders = np.abs(felder[0] - felder[1]).max(axis=2) > FARBABSTAND
    return Unterschied(
        anteil=float(anders.mean()),
        fleck=_schlimmster_fleck(anders),
        masse=(soll.size, ist.size),
        bild=Image.fromarray(np.where(anders[..., None], (255, 0, 0), felder[1] // 3 + 170).astype(np.uint8)),
    )


def _schlimmster_fleck(anders: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> float:
    """The largest share in any square of side `FLECK`, by sums over the area left of and above each pixel."""
    seite = min(FLECK, *anders.shape)
    summen = np.pad(anders.astype(np.int64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    je_fleck = summen[seite:, seite:] - summen[:-seite, seite:] - summen[seite:, :-seite] + summen[:-seite, :-seite]
    return float(je_fleck.max() / seite**2)


def pruefe(name: str, ist: Image.Image, ablage: Path) -> None:
    """Fails if a picture is not what was approved, or approves it if that was asked for.

    Args:
        name: of the approved picture, without ending.
        ist: what the browser shows now.
        ablage: folder for what a person needs to judge a difference.

    Raises:
        AssertionError: no picture was approved, or this one differs from it.
    """
    pfad = GENEHMIGT / f"{name}.png"
    if os.environ.get(ANNEHMEN):
        if not (pfad.exists() and not unterschied(_lies(pfad), ist).zu_gross):
            _sparsam(ist).save(pfad, optimize=True)
        return
    befehl = f"{ANNEHMEN}=1 pytest tests/berichte/test_bilder.py -k {name}"
    assert pfad.exists(), f"{name}: noch kein Bild angenommen. Ansehen, dann: {befehl}"
    soll = _lies(pfad)
    ergebnis = unterschied(soll, ist)
    if ergebnis.zu_gross:
        for art, bild in (("soll", soll), ("ist", ist), ("unterschied", ergebnis.bild)):
            bild.save(ablage / f"{name}_{art}.png")
        raise AssertionError(
            f"{name} sieht anders aus: {ergebnis.anteil:.2%} aller Punkte, an einer Stelle {ergebnis.fleck:.0%}, "
            f"Maße {ergebnis.masse}. Bilder in {ablage}. Wenn es so sein soll: {befehl}"
        )


def _sparsam(bild: Image.Image) -> Image.Image:
    """With few colours, for a small file: shades of smoothed edges are thrown together, none by more than is seen."""
    felder = np.asarray(bild, dtype=np.int16)
    for bits in (4, 5):
        stufe = 256 >> bits
        grob = np.clip((felder + stufe // 2) // stufe * stufe, 0, 255).astype(np.uint8)
        weniger = Image.fromarray(grob)
        if farben := weniger.getcolors(256):
            return weniger.quantize(len(farben), dither=Image.Dither.NONE)
    return bild


def _lies(pfad: Path) -> Image.Image:
    with Image.open(pfad) as bild:
        return bild.convert("RGB")
