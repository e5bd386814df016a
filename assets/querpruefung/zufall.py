"""What chance explains: closed forms for counts, as Polars expressions.

What belongs here: Poisson limits without a statistics library. Two counts are compared after Anscombe's square root
transform, which makes their variance 1/4 whatever their mean; one count and its expectation by Byar's approximation of
the exact Poisson limits. Both are accurate where rules ask for counts of 20 and more.
"""

from statistics import NormalDist

import polars as pl

GRENZE = NormalDist().inv_cdf(0.999)
"""Standard deviations beyond which 0.2 per cent lie, both sides together: the 99.8 per cent limits of a funnel."""
_ANSCOMBE = 3 / 8
_AUSREISSER = 0.1


def abstand_zweier_zahlen(alt: pl.Expr, neu: pl.Expr, verhaeltnis: pl.Expr | float = 1.0) -> pl.Expr:
    """How many standard deviations `neu` lies from `verhaeltnis` times `alt`, both counts being left to chance."""
    faktor = verhaeltnis if isinstance(verhaeltnis, pl.Expr) else pl.lit(verhaeltnis)
    unterschied = (neu + _ANSCOMBE).sqrt() - (faktor * (alt + _ANSCOMBE)).sqrt()
    return 2 * unterschied / (1 + faktor).sqrt()


def abstand_vom_erwarteten(beobachtet: pl.Expr, erwartet: pl.Expr) -> pl.Expr:
    """How many standard deviations a count lies from its expectation (Byar); null without an expectation above 0."""

    def byar(zahl: pl.Expr) -> pl.Expr:
        return 3 * zahl.sqrt() * (1 - 1 / (9 * zahl) - (erwartet / zahl).cbrt())

    hoch = byar(beobachtet).clip(lower_bound=0)
    tief = byar(beobachtet + 1).clip(upper_bound=0)
    abstand = pl.when(beobachtet > erwartet).then(hoch).otherwise(tief)
    return pl.when(erwartet > 0).then(abstand)


def ueberstreuung(abstand: pl.Expr) -> pl.Expr:
    """How much more values vary than by chance alone, as a variance factor of at least 1.

    Mean square of the distances, after the tenth at each end is drawn in, so that an outlier does not excuse itself
    (Spiegelhalter, Handling over-dispersion of performance indicators, 2005).
    """
    # Without interpolation the outermost of a few values would be its own bound.
    unten, oben = (abstand.quantile(q, interpolation="linear") for q in (_AUSREISSER, 1 - _AUSREISSER))
    gekappt = abstand.clip(unten, oben)
    return (gekappt**2).mean().clip(lower_bound=1)
