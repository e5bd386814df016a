"""A PostgreSQL of the tests' own: from Debian's packages, in a temporary folder, reached by a socket in it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from tests.voraussetzungen import postgres_ordner

STANDHAFT = "-c fsync=off -c listen_addresses='' -c max_connections=60"
"""Keeps what was committed when it is killed; only a machine that stops would lose something."""
_SCHNELL = f"{STANDHAFT} -c synchronous_commit=off -c full_page_writes=off"


class FehltError(RuntimeError):
    """There is no PostgreSQL here, or it does not start; the text says why."""


@dataclass(frozen=True)
class Server:
    """A server that can be stopped as a crash would stop it, and started again."""

    url: sa.URL
    _ruf: Callable[..., None]
    _start: tuple[str | Path, ...]

    def starte(self) -> None:
        """Starts it and waits until it can be asked."""
        self._ruf(*self._start)

    def toete(self) -> None:
        """Ends all its processes at once; what was committed is recovered at the next start."""
        self._ruf("-m", "immediate", "stop")


@contextmanager
def server() -> Iterator[sa.URL]:
    """The address of a running server's own database; the server ends with the context.

    Raises:
        FehltError: it cannot be had.
    """
    with steuerbar(_SCHNELL) as laufender:
        yield laufender.url


@contextmanager
def steuerbar(optionen: str) -> Iterator[Server]:
    """A running server; it ends with the context, if it still runs.

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
        url = sa.URL.create("postgresql+psycopg", "buch", database="postgres", query={"host": str(ordner)})
        start = ("-l", ordner / "log", "-w", "-o", f"-k {ordner} {optionen}", "start")
        laufender = Server(url, partial(_rufe, benutzer, programme / "pg_ctl", "-D", ordner / "d"), start)
        laufender.starte()
        try:
            yield laufender
        finally:
            if (ordner / "d" / "postmaster.pid").exists():
                laufender.toete()
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
