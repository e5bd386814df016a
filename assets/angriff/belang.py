"""Ways of splitting that can say nothing about the cells of a measure, so that no variable is spent on them.

What belongs here: codes and splits. What does not: cells and values.

A total that no table of a measure has is **free** if it is part of nothing else and either is an area split in one way
only or has in each way a part of its own that no table has either (in no other split and not split itself). Its splits
are left out for the measure.

*Nothing is lost for any other cell.* Take values of the others that agree with all that is published. Give each cell of
the total the sum of all its parts that are not such own ones, and each own part what is then missing in its split:
again a sum of others, hence never negative, and whole where they are. So all splits of the total hold; the sums along
another dimension hold as well, because they hold for every part (therefore all cells of the measure must add up along
the same dimensions). Whatever was possible stays possible.

*Nothing is lost about the total itself.* Where each split has an own part, no figure bounds it from above, nor its
own parts: they are safe. An area with one split is but a name for a sum of places, in no table of the measure and in
no other sum. Anybody may add up any places; what is judged is the places. (Other totals of one split stay: they are the
group that all may turn out to be of one category.)

With the total go crossings that would arise only because a part of it is broken down further than another. That one
cross-classification stands behind all tables is what `gleichungen.kreuze` is for.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import polars as pl

from assets.angriff.gleichungen import mass_nummer
from assets.angriff.lesen import GEBIET, Zerlegung
from assets.angriff.raum import Raum


def zerlegungen_je_mass(
    raum: Raum, gesehen: pl.DataFrame, zerlegungen: Sequence[Zerlegung]
) -> dict[int, frozenset[Zerlegung]]:
    """Number of the measure -> the splits that matter to its cells.

    `gesehen` (schluessel, additiv) are the cells in tables and behind figures, of all releases: what no table of one
    has may be the total of another. `zerlegungen` are those of all releases, too.
    """
    mass = mass_nummer(raum)
    arten = gesehen.group_by(mass).agg(pl.col("additiv").n_unique())
    uneinheitlich = set(arten.filter(pl.col("additiv") > 1)["mass"])
    ergebnis: dict[int, set[Zerlegung]] = {int(m): set() for m in gesehen.select(mass.unique()).to_series()}
    for dim in raum.dims:
        eigene = [z for z in zerlegungen if z.dim == dim]
        codes = raum.codes[raum.dims.index(dim)]
        stelle = (pl.col("schluessel") // raum.gewicht(dim) % raum.umfang(dim)).alias("stelle")
        for m, stellen in gesehen.group_by(mass).agg(stelle.unique()).iter_rows():
            if m in uneinheitlich:
                ergebnis[m].update(eigene)
            else:
                ergebnis[m].update(ohne_freie({codes[s] for s in stellen}, eigene))
    return {m: frozenset(z) for m, z in ergebnis.items()}


def ohne_freie(benutzt: Collection[str], zerlegungen: Sequence[Zerlegung]) -> list[Zerlegung]:
    """The splits of one dimension that tie cells with the codes `benutzt` to each other."""
    rest = list(zerlegungen)
    while True:
        rest = _erreichbare(benutzt, rest)
        frei = set(_freie(benutzt, rest))
        if not frei:
            return rest
        rest = [z for z in rest if z.parent not in frei]


def _erreichbare(benutzt: Collection[str], zerlegungen: Sequence[Zerlegung]) -> list[Zerlegung]:
    """The splits with a part that is a cell or arises with one: as total or part of another such split."""
    codes, offen, gefunden = set(benutzt), list(zerlegungen), []
    while neu := [z for z in offen if not codes.isdisjoint(z.kinder)]:
        offen = [z for z in offen if z not in neu]
        gefunden += neu
        codes.update(c for z in neu for c in (z.parent, *z.kinder))
    return gefunden


def _freie(benutzt: Collection[str], zerlegungen: Sequence[Zerlegung]) -> Iterator[str]:
    wie_oft = Counter(k for z in zerlegungen for k in set(z.kinder))
    eltern = {z.parent for z in zerlegungen}
    eigene = {k for k, anzahl in wie_oft.items() if anzahl == 1 and k not in benutzt and k not in eltern}
    for total in eltern - set(benutzt) - set(wie_oft):
        arten = [z for z in zerlegungen if z.parent == total]
        nur_ein_name = len(arten) == 1 and arten[0].dim == GEBIET
        if nur_ein_name or all(not eigene.isdisjoint(z.kinder) for z in arten):
            yield total
