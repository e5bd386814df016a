"""One portal for all tests of a module, the browser, and an environment for commands."""

from pathlib import Path

import pytest

from tests.berichte.conftest import browser  # noqa: F401
from tests.lieferbuch.conftest import neue_adresse, postgres, sqlite  # noqa: F401
from tests.pipeline.conftest import instanz, land  # noqa: F401
from tests.portal.welt import LAND, Welt, baue


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    return baue(tmp_path_factory.mktemp("portal"))


@pytest.fixture
def umgebung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder; commands find the Ablage of a portal built in it, and nothing outside it."""
    monkeypatch.setenv("TEILHABE_LAND", LAND.id)
    for name in ("ablage", "eingangskorb", "dagster"):
        monkeypatch.setenv(f"TEILHABE_{name.upper()}", str(tmp_path / name))
    return tmp_path
