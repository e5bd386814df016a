"""Connections to the Lieferbuch: where it is, reading and writing transactions.

What belongs here: the address, what each kind of database has to be told, and the lock between writers. What does not:
what is read and written.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import SQLITE_FULL
from sqlite3 import Connection as SQLiteVerbindung
from typing import Any

import sqlalchemy as sa

from assets.ablage import Ablage
from assets.lieferbuch.fehler import SpeicherError, VerbindungError

DATEI = "lieferbuch/lieferbuch.sqlite"
"""Where the Lieferbuch lies in a local Ablage unless `TEILHABE_LIEFERBUCH` names another."""
_WARTEN_MS = 30_000
_VERBINDEN_SEKUNDEN = 10
_POSTGRES_VOLL = "53100"
_SPERRE = 0x7465696C
"""Key of the lock writers hold in PostgreSQL until they commit; any number that is always the same."""


def adresse(ablage: Ablage) -> sa.URL:
    """Where the Lieferbuch is: `TEILHABE_LIEFERBUCH` (a database URL), else a file in a local Ablage.

    Raises:
        VerbindungError: the URL cannot be read, or none is given and the Ablage is not local.
    """
    if text := os.environ.get("TEILHABE_LIEFERBUCH"):
        try:
            url = sa.make_url(text)
        except sa.exc.ArgumentError as fehler:
            raise VerbindungError("TEILHABE_LIEFERBUCH ist keine Datenbankadresse.") from fehler
        return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    if ablage.lokal is None:
        raise VerbindungError("Die Ablage liegt nicht auf diesem Rechner. Bitte TEILHABE_LIEFERBUCH setzen.")
    return sa.URL.create("sqlite", database=str(ablage.lokal.resolve() / DATEI))


def ist_angelegt(ablage: Ablage) -> bool:
    """Whether somebody uses a Lieferbuch here: a database is named, or the file is there."""
    if os.environ.get("TEILHABE_LIEFERBUCH"):
        return True
    return ablage.lokal is not None and (ablage.lokal / DATEI).exists()


def oeffne(url: sa.URL) -> sa.Engine:
    """An engine for the Lieferbuch; connects when it is first used.

    Raises:
        VerbindungError: no driver for this kind of database, or one the Lieferbuch was not made for.
    """
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise VerbindungError("Das Lieferbuch kann in SQLite oder PostgreSQL geführt werden.")
    angaben = {"connect_timeout": _VERBINDEN_SEKUNDEN} if url.get_backend_name() == "postgresql" else {}
    try:
        # Error texts end in logs; comments, names and hashes have no place there. Connections are tried before they
        # are used: those from before a restart of the database are dead.
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=angaben)
    except ModuleNotFoundError as fehler:
        raise VerbindungError("Für PostgreSQL fehlt der Treiber: pip install 'teilhabeberichte[postgres]'") from fehler
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _richte_sqlite_ein)
        sa.event.listen(engine, "begin", _beginne_sqlite)
    return engine


def _richte_sqlite_ein(verbindung: SQLiteVerbindung, _: object) -> None:
    # The driver's own transactions begin too late and leave out DDL.
    verbindung.isolation_level = None
    for pragma in (
        f"busy_timeout = {_WARTEN_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        verbindung.execute(f"PRAGMA {pragma}")


def _beginne_sqlite(verbindung: sa.Connection) -> None:
    # A writer that begins as a reader cannot become one once somebody else has written.
    schreibend = verbindung.get_execution_options().get("schreibend", False)
    verbindung.exec_driver_sql("BEGIN IMMEDIATE" if schreibend else "BEGIN")


@contextmanager
def schreibe(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that alone may write: all of it is kept, or nothing.

    Writers come one after the other, because each event of the audit trail is chained to the one before.

    Raises:
        VerbindungError: the database cannot be reached.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with _verbinde(engine, {"schreibend": True}) as verbindung:
        if engine.dialect.name == "postgresql":
            verbindung.execute(sa.select(sa.func.pg_advisory_xact_lock(_SPERRE)))
        yield verbindung


@contextmanager
def lies(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction for reading; waits for nobody.

    Raises:
        VerbindungError: the database cannot be reached.
    """
    if engine.dialect.name == "sqlite" and engine.url.database and not Path(engine.url.database).exists():
        raise VerbindungError("Es gibt noch kein Lieferbuch. Bitte zuerst: teilhabe lieferbuch aufbauen")
    isolation: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _verbinde(engine, isolation) as verbindung:
        yield verbindung


@contextmanager
def _verbinde(engine: sa.Engine, optionen: dict[str, Any]) -> Iterator[sa.Connection]:
    try:
        with engine.connect().execution_options(**optionen) as verbindung, verbindung.begin():
            yield verbindung
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as fehler:
        wo = engine.url.render_as_string(hide_password=True)
        if _ist_voll(fehler):
            raise SpeicherError(f"Das Lieferbuch hat keinen Platz mehr: {wo}") from fehler
        raise VerbindungError(f"Das Lieferbuch ist nicht erreichbar: {wo}") from fehler


def _ist_voll(fehler: sa.exc.SQLAlchemyError) -> bool:
    grund = fehler.__cause__
    return getattr(grund, "sqlite_errorcode", None) == SQLITE_FULL or getattr(grund, "sqlstate", None) == _POSTGRES_VOLL


def jetzt() -> str:
    """The time of a booking: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
