"""How far two short texts are apart: letters added, left out, mistaken or swapped with their neighbour.

What belongs here: the distance. What does not: what is suggested because of it.
"""


def hoechstens_anders(a: str, b: str, grenze: int) -> int | None:
    """Number of slips that make `b` out of `a`, or None where it takes more than `grenze`."""
    if abs(len(a) - len(b)) > grenze:
        return None
    vorletzte: list[int] = []
    letzte = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        zeile = [i]
        for j, y in enumerate(b, 1):
            kosten = min(letzte[j] + 1, zeile[-1] + 1, letzte[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                kosten = min(kosten, vorletzte[j - 2] + 1)
            zeile.append(kosten)
        if min(zeile) > grenze:
            return None
        vorletzte, letzte = letzte, zeile
    return letzte[-1] if letzte[-1] <= grenze else None
