"""A Lieferbuch in SQLite and one in PostgreSQL: every test of behaviour runs on both."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from assets.lieferbuch.migration import migriere
from assets.lieferbuch.verbindung import oeffne
from tests.lieferbuch.postgres import FehltError, server

_NUMMERN = itertools.count()
NeueAdresse = Callable[[], sa.URL]
"""Makes a new empty Lieferbuch and tells where it is."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.Engine]:
    """A server with a database to copy from; skips, and says so, where there is none."""
    try:
        with server() as url:
            meister = sa.create_engine(url, isolation_level="AUTOCOMMIT")
            with meister.connect() as v:
                v.exec_driver_sql("CREATE DATABASE muster")
            muster = oeffne(url.set(database="muster"))
            migriere(muster)
            muster.dispose()
            yield meister
            meister.dispose()
    except FehltError as fehler:
        pytest.skip(f"{fehler} Das Lieferbuch wurde in PostgreSQL NICHT geprüft.")


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to copy from."""
    datei = tmp_path_factory.mktemp("lieferbuch") / "muster.sqlite"
    engine = oeffne(sa.URL.create("sqlite", database=str(datei)))
    migriere(engine)
    engine.dispose()
    return datei


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def neue_adresse(request: pytest.FixtureRequest) -> NeueAdresse:
    """Makes as many Lieferbücher as a test wants, in each kind of database."""
    if request.param == "sqlite":
        muster: Path = request.getfixturevalue("sqlite")

        def kopiere() -> sa.URL:
            ziel = muster.with_name(f"buch{next(_NUMMERN)}.sqlite")
            shutil.copy(muster, ziel)
            return sa.URL.create("sqlite", database=str(ziel))

        return kopiere
    meister: sa.Engine = request.getfixturevalue("postgres")

    def klone() -> sa.URL:
        name = f"buch{next(_NUMMERN)}"
        with meister.connect() as v:
            v.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE muster")
        return meister.url.set(database=name)

    return klone


@pytest.fixture
def adresse(neue_adresse: NeueAdresse) -> sa.URL:
    """Where an empty Lieferbuch is."""
    return neue_adresse()


@pytest.fixture
def buch(adresse: sa.URL) -> Iterator[sa.Engine]:
    """An empty Lieferbuch."""
    engine = oeffne(adresse)
    yield engine
    engine.dispose()
