"""Rates as they were if every area had the same age structure.

Bands (of age) are the last axis of every array. A missing band makes the area missing: leaving it out would change the
structure. A band without events is 0.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assets.auswertung.statistik.eingaben import (
    Grenzen,
    Schaetzung,
    Statistikfehler,
    Zahlen,
    nicht_negativ,
    positiv,
    skaliere,
)
from assets.auswertung.statistik.raten import byar_grenzen, raten_grenzen
from schemas.statistik import KONFIDENZ, STANDARDISIERT_AB


class Ereignisse(NamedTuple):
    """Number of events per band, and the variance of this number."""

    anzahl: Zahlen
    varianz: Zahlen


def unabhaengig(anzahl: npt.ArrayLike) -> Ereignisse:
    """Events that happen independently of each other: a Poisson count is its own variance."""
    c = nicht_negativ("Anzahl", anzahl)
    return Ereignisse(c, c)


def mehrfachereignisse(personen: npt.ArrayLike, haeufigkeit: npt.ArrayLike) -> Ereignisse:
    """Events of which one person can have several, such as visits: only the persons are independent.

    The number of persons with f events each is a Poisson count, so the variance of their events is f² times it.

    Args:
        personen: number of persons, shape (..., bands, h); 0, not missing, where nobody had so many events.
        haeufigkeit: events per person, shape (h,).

    Returns:
        Shape (..., bands).

    Raises:
        Statistikfehler: a number of persons below 0, or of events not above 0.
    """
    n, f = nicht_negativ("Personen", personen), positiv("Häufigkeit", haeufigkeit)
    return Ereignisse((n * f).sum(axis=-1), (n * f * f).sum(axis=-1))


def direkt_standardisierte_rate(
    ereignisse: Ereignisse,
    bevoelkerung: npt.ArrayLike,
    standard: npt.ArrayLike,
    konfidenz: float = KONFIDENZ,
    faktor: float = 1.0,
) -> Schaetzung:
    """Mean of the rates of all bands, weighted by a standard population, with limits by Dobson et al. (1991).

    Dobson's limits shift and stretch the limits of the total count, here Byar's, to mean and variance of the weighted
    sum. Below `STANDARDISIERT_AB` events in all bands together there is no rate.

    Args:
        ereignisse: counts and variances, shape (..., bands); see `unabhaengig` and `mehrfachereignisse`.
        bevoelkerung: persons, shape (..., bands).
        standard: persons of the standard population, shape (bands,); only its structure matters.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit, 1000 for a rate per 1 000.

    Returns:
        Rate and limits, shape (...).

    Raises:
        Statistikfehler: counts or weights below 0, a population not above 0, no weight at all, confidence outside.
    """
    c, varianz = (nicht_negativ(name, w) for name, w in zip(("Anzahl", "Varianz"), ereignisse, strict=True))
    n, gewicht = positiv("Bevölkerung", bevoelkerung), _struktur(standard)
    rate = (gewicht * c / n).sum(axis=-1)
    streuung = (gewicht**2 * varianz / n**2).sum(axis=-1)
    gesamt = c.sum(axis=-1)
    # Too few events are as good as missing ones: the limits then come out missing by themselves.
    gesamt = np.where(gesamt < STANDARDISIERT_AB.anzahl, np.nan, gesamt)
    dehnung = np.sqrt(streuung / gesamt)
    unten, oben = byar_grenzen(gesamt, konfidenz)
    grenzen = Grenzen(rate + dehnung * (unten - gesamt), rate + dehnung * (oben - gesamt))
    return Schaetzung(np.where(np.isnan(gesamt), np.nan, rate) * faktor, skaliere(grenzen, faktor))


def _struktur(standard: npt.ArrayLike) -> Zahlen:
    """Shares of the bands in the standard population."""
    gewicht = nicht_negativ("Standardbevölkerung", standard)
    summe = gewicht.sum(axis=-1, keepdims=True)
    if np.any(summe == 0):
        raise Statistikfehler("Standardbevölkerung leer")
    return np.asarray(gewicht / summe)


def erwartete_ereignisse(
    bevoelkerung: npt.ArrayLike, ref_ereignisse: npt.ArrayLike, ref_bevoelkerung: npt.ArrayLike
) -> Zahlen:
    """Events an area would have with the rates of a reference population in each band.

    Args:
        bevoelkerung: persons of the area, shape (..., bands); a band may be empty.
        ref_ereignisse: events of the reference, shape (bands,).
        ref_bevoelkerung: persons of the reference, shape (bands,).

    Returns:
        Expected events, shape (...).

    Raises:
        Statistikfehler: counts below 0, a reference population not above 0.
    """
    rate = nicht_negativ("Ereignisse der Referenz", ref_ereignisse) / positiv(
        "Bevölkerung der Referenz", ref_bevoelkerung
    )
    return np.asarray((nicht_negativ("Bevölkerung", bevoelkerung) * rate).sum(axis=-1))


def indirekt_standardisiert(
    beobachtet: npt.ArrayLike,
    erwartet: npt.ArrayLike,
    referenzrate: npt.ArrayLike = 1.0,
    konfidenz: float = KONFIDENZ,
    faktor: float = 1.0,
) -> Schaetzung:
    """Observed per expected events, or the rate that follows from it (Breslow and Day 1987, ch. 2).

    The way for small areas: it needs their events in total only, not per band.

    Args:
        beobachtet: events in all bands together, any shape.
        erwartet: result of `erwartete_ereignisse`, the same shape.
        referenzrate: 1 for the ratio; for a rate the crude rate of the reference.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit, 100 for a ratio in per cent.

    Raises:
        Statistikfehler: observed below 0, expected or reference rate not above 0, confidence outside.
    """
    o, je = nicht_negativ("Beobachtete", beobachtet), faktor * positiv("Referenzrate", referenzrate)
    e = positiv("Erwartete", erwartet)
    return Schaetzung(o / e * je, raten_grenzen(o, e, konfidenz, je))
