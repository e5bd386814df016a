"""A PostgreSQL of the tests' own: from Debian's packages, in a temporary folder, reached by a socket in it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.voraussetzungen import postgres_ordner

_SCHNELL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=60"


class FehltError(RuntimeError):
    """There is no PostgreSQL here, or it does not start; the text says why."""


@contextmanager
def server() -> Iterator[sa.URL]:
    """The address of a running server's own database; the server ends with the context.

    Raises:
        FehltError: it cannot be had.
    """
    programme = postgres_ordner()
    if programme is None:
        raise FehltError("Kein PostgreSQL gefunden (apt-get install postgresql).")
    # PostgreSQL refuses to run as root; Debian's package brings the user for it.
    benutzer = "postgres" if os.geteuid() == 0 else None
    # A socket's path must be short, so it does not lie in pytest's folders.
    ordner = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if benutzer:
            konto = pwd.getpwnam(benutzer)
            os.chown(ordner, konto.pw_uid, konto.pw_gid)
        _rufe(benutzer, programme / "initdb", "-D", ordner / "d", "-U", "buch", "-A", "trust", "-N", "-E", "UTF8")
        optionen = f"-k {ordner} {_SCHNELL}"
        _rufe(benutzer, programme / "pg_ctl", "-D", ordner / "d", "-l", ordner / "log", "-w", "-o", optionen, "start")
        try:
            yield sa.URL.create("postgresql+psycopg", "buch", database="postgres", query={"host": str(ordner)})
        finally:
            _rufe(benutzer, programme / "pg_ctl", "-D", ordner / "d", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(ordner, ignore_errors=True)


def _rufe(benutzer: str | None, *befehl: str | Path) -> None:
    # The server keeps what it inherits open, so its output must not be a pipe somebody waits for.
    with tempfile.TemporaryFile() as ausgabe:
        ergebnis = subprocess.run(
            [str(teil) for teil in befehl],
            stdout=ausgabe,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
            user=benutzer,
            group=benutzer,
            cwd="/",
        )
        if ergebnis.returncode:
            ausgabe.seek(0)
            raise FehltError(f"{befehl[0]}: {ausgabe.read().decode(errors='replace')[-400:]}")
