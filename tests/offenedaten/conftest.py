"""One build of the public edition for all tests, and the folder it lies in."""

from pathlib import Path

import pytest

from tests.offenedaten import ausgabe


@pytest.fixture(scope="session")
def dateien() -> dict[str, bytes]:
    return ausgabe.baue()


@pytest.fixture(scope="session")
def ordner(dateien: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ausgabe.lege_ab(dateien, tmp_path_factory.mktemp("ausgabe"))
