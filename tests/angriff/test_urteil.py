"""The verdict from bounds that are proven only from outside."""

import numpy as np
import pytest

from assets.angriff.urteil import Grund, Massstab, Urteil, urteile


@pytest.mark.parametrize(
    ("nebenbei", "hi", "bewiesen", "urteil"),
    [
        (False, 9.0, True, (Urteil.SICHER, None)),
        (False, 9.0, False, (Urteil.UNSICHER, Grund.UNBEWIESEN)),
        # A cell nobody withheld is unsafe only if it is narrow for certain.
        (True, 9.0, False, (Urteil.SICHER, None)),
        (True, 3.0, False, (Urteil.UNSICHER, Grund.KLEIN)),
    ],
)
def test_wer_was_beweisen_muss(nebenbei: bool, hi: float, bewiesen: bool, urteil: tuple[Urteil, Grund | None]) -> None:
    ja = np.array([True])
    m = Massstab(
        ziel=ja,
        nebenbei=np.array([nebenbei]),
        summe=~ja,
        k=np.array([5.0]),
        breite=np.array([4.0]),
        anteil=np.array([0.1]),
    )
    assert urteile(m, np.array([1.0]), np.array([hi]), np.array([bewiesen])) == [urteil]
