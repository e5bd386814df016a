"""The small Land of one seed, protected once for all tests that look at it."""

import pytest

from assets.geheimhaltung.fassungen import Ergebnisse, Oeffentlich, oeffentlich
from tests.geheimhaltung.welt import KATALOG, LAND, kleine_welt


@pytest.fixture(scope="session")
def wahr(tmp_path_factory: pytest.TempPathFactory) -> Ergebnisse:
    """Exact results of few people."""
    return kleine_welt(tmp_path_factory.mktemp("klein"), 0)


@pytest.fixture(scope="session")
def offen(wahr: Ergebnisse) -> Oeffentlich:
    """What everybody may see of them."""
    return oeffentlich(wahr, KATALOG, LAND)
