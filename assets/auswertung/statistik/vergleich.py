"""Whether a value is higher, lower or similar, and whether that is better or worse.

The interval is held against the benchmark's value, not its interval: the Land's is narrow, and a reader can check the
rule by eye. Inequalities are strict, so a limit that touches the benchmark is no difference.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.auswertung.statistik.eingaben import Grenzen, Statistikfehler, Wahrheit, Zahlen, melde_verstoss, zahlen
from schemas.modell import Richtung, nur_lesen
from schemas.statistik import Trichterlage, Urteil, Vergleich

_GEWERTET: Mapping[Richtung, Mapping[Vergleich, Urteil]] = nur_lesen(
    {
        Richtung.HOEHER_BESSER: {Vergleich.HOEHER: Urteil.BESSER, Vergleich.NIEDRIGER: Urteil.SCHLECHTER},
        Richtung.NIEDRIGER_BESSER: {Vergleich.HOEHER: Urteil.SCHLECHTER, Vergleich.NIEDRIGER: Urteil.BESSER},
        Richtung.NEUTRAL: {},
    }
)


def vergleiche(
    wert: npt.ArrayLike, grenzen: Grenzen, bezug: npt.ArrayLike, ist_bezug: npt.ArrayLike = False
) -> pl.Series:
    """Codes of `Vergleich`, one per value (1-D input).

    Args:
        wert: the values; a missing or withheld one is not compared.
        grenzen: their limits, in the same unit; one missing limit is enough not to compare.
        bezug: value of the benchmark, one for all or one each.
        ist_bezug: true where the value is the benchmark itself, which is not compared.

    Raises:
        Statistikfehler: a value outside its own limits.
    """
    w, unten, oben, b, selbst = _gleich_lang(wert, grenzen, bezug, ist_bezug)
    return _codes(
        "vergleich",
        (_fehlt(w, unten, oben, b) | selbst, Vergleich.NICHT_VERGLICHEN),
        (unten > b, Vergleich.HOEHER),
        (oben < b, Vergleich.NIEDRIGER),
        sonst=Vergleich.AEHNLICH,
    )


def werte(vergleich: pl.Series, richtung: Richtung) -> pl.Series:
    """Codes of `Urteil` for codes of `Vergleich`; without direction they stay as they are.

    Raises:
        Statistikfehler: an indicator with a target, for which higher or lower alone tell nothing: `werte_am_ziel`.
    """
    if richtung not in _GEWERTET:
        raise Statistikfehler(f"Richtung {richtung} lässt sich nicht ohne Zielwert werten")
    # replace() without entries would be refused.
    neu = {alt.value: urteil.value for alt, urteil in _GEWERTET[richtung].items()}
    return (vergleich.replace(neu) if neu else vergleich).rename("urteil")


def werte_am_ziel(
    wert: npt.ArrayLike,
    grenzen: Grenzen,
    bezug: npt.ArrayLike,
    zielwert: npt.ArrayLike,
    ist_bezug: npt.ArrayLike = False,
) -> pl.Series:
    """Codes of `Urteil` for an indicator with a target, one per value (1-D input).

    Better is an interval that lies nearer to the target than the benchmark with all its points, worse one that lies
    farther with all of them, on whichever side; anything else is similar. Arguments and errors are those of
    `vergleiche`, and `zielwert` is in the unit of the value.
    """
    w, unten, oben, b, selbst = _gleich_lang(wert, grenzen, bezug, ist_bezug)
    ziel = zahlen("Zielwert", zielwert)
    # The benchmark and its mirror image at the target are equally far from it. The benchmark is taken as it stands,
    # because computing it from the distance would round a touch into a difference.
    nah, fern = np.minimum(b, 2 * ziel - b), np.maximum(b, 2 * ziel - b)
    return _codes(
        "urteil",
        (_fehlt(w, unten, oben, b, ziel) | selbst, Urteil.NICHT_VERGLICHEN),
        ((unten > nah) & (oben < fern), Urteil.BESSER),
        ((unten > fern) | (oben < nah), Urteil.SCHLECHTER),
        sonst=Urteil.AEHNLICH,
    )


def hervorgehoben(urteil: pl.Series, lage: pl.Series) -> pl.Series:
    """Whether a value may be coloured: judged, and outside the outer limits of the funnel (`FARBREGEL`)."""
    gewertet = urteil.is_in([Urteil.BESSER.value, Urteil.SCHLECHTER.value])
    return (gewertet & lage.is_in([Trichterlage.WEIT_UEBER.value, Trichterlage.WEIT_UNTER.value])).rename("farbig")


def _gleich_lang(
    wert: npt.ArrayLike, grenzen: Grenzen, bezug: npt.ArrayLike, ist_bezug: npt.ArrayLike
) -> tuple[Zahlen, Zahlen, Zahlen, Zahlen, Wahrheit]:
    w, unten, oben, b = np.broadcast_arrays(
        np.atleast_1d(zahlen("Wert", wert)),
        zahlen("untere Grenze", grenzen.unten),
        zahlen("obere Grenze", grenzen.oben),
        zahlen("Vergleichswert", bezug),
    )
    melde_verstoss((w < unten) | (w > oben) | (unten > oben), "Wert außerhalb seiner Grenzen")
    return w, unten, oben, b, np.broadcast_to(np.asarray(ist_bezug, dtype=np.bool_), w.shape)


def _fehlt(*felder: Zahlen) -> Wahrheit:
    return np.asarray(np.isnan(np.stack(np.broadcast_arrays(*felder))).any(axis=0))


def _codes(name: str, *faelle: tuple[Wahrheit, Vergleich | Urteil], sonst: Vergleich | Urteil) -> pl.Series:
    """The code of the first case that holds, as a column."""
    codes = np.select([fall for fall, _ in faelle], [code.value for _, code in faelle], sonst.value)
    return pl.Series(name, codes, dtype=pl.String)
