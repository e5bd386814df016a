"""One portal for all tests of a module, and the browser."""

import pytest

from tests.berichte.conftest import browser  # noqa: F401
from tests.lieferbuch.conftest import neue_adresse, postgres, sqlite  # noqa: F401
from tests.pipeline.conftest import instanz, land  # noqa: F401
from tests.portal.welt import Welt, baue


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    return baue(tmp_path_factory.mktemp("portal"))
