"""The Ablage: the one place where everything created at run time lies.

What belongs here: atomic and exclusive writing, reading, listing and the lock between writers, on a local folder or any
fsspec URL. What does not: knowledge of which file means what; each stage names its own paths.
"""

import errno
import io
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from filelock import FileLock, Timeout
from upath import UPath

STANDARD = "data/arbeit"
_ENDUNG = ".teil"
"""Of files that are being written."""
_VERWAIST = 24 * 60 * 60
"""Seconds after which nobody writes to such a file any more."""


class AblageBelegtError(RuntimeError):
    """Another run is writing to the same Ablage."""


def ist_voll(fehler: BaseException | None) -> bool:
    """Whether the error is, or comes from, a disk without room."""
    while fehler is not None:
        if isinstance(fehler, OSError) and fehler.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        fehler = fehler.__cause__
    return False


class Ablage:
    """A root folder (local path or fsspec URL) with atomic writes. Paths are relative and use `/`."""

    def __init__(self, wurzel: str | os.PathLike[str]) -> None:
        self.wurzel = UPath(wurzel)

    @property
    def lokal(self) -> Path | None:
        """The root as a local path, or None on object storage."""
        return Path(self.wurzel.path) if self.wurzel.protocol in ("", "file", "local") else None

    def pfad(self, relativ: str) -> UPath:
        """Full path of a file or folder in the Ablage."""
        return self.wurzel / relativ

    def lies(self, relativ: str) -> bytes:
        """The bytes of a file; raises FileNotFoundError if there is none."""
        return bytes(self.pfad(relativ).read_bytes())

    def gibt_es(self, relativ: str) -> bool:
        """Whether a file or folder exists."""
        return bool(self.pfad(relativ).exists())

    def liste(self, ordner: str, muster: str) -> list[str]:
        """Relative paths under `ordner` that match the glob `muster`, sorted; empty if the folder is missing."""
        wurzel = self.pfad(ordner)
        if not wurzel.exists():
            return []
        return sorted(p.relative_to(self.wurzel).as_posix() for p in wurzel.glob(muster))

    def schreibe(self, relativ: str, inhalt: bytes) -> None:
        """Writes a whole file; a reader sees the old content or the new one, never half of it."""
        if self.lokal is None:
            self.pfad(relativ).write_bytes(inhalt)
            return
        ziel = self.lokal / relativ
        self._zwischendatei(ziel, inhalt).replace(ziel)

    def lege_an(self, relativ: str, inhalt: bytes) -> bool:
        """Creates a file with its whole content unless it exists; returns whether this call created it."""
        if self.lokal is None:
            try:
                with self.pfad(relativ).open("xb") as datei:
                    datei.write(inhalt)
            except FileExistsError:
                return False
            return True
        ziel = self.lokal / relativ
        zwischen = self._zwischendatei(ziel, inhalt)
        try:
            # A hard link fails if the name is taken: content and name appear in one step, for one winner.
            os.link(zwischen, ziel)
        except FileExistsError:
            return False
        finally:
            zwischen.unlink()
        self._sichere_namen(ziel.parent)
        return True

    def loesche(self, relativ: str) -> None:
        """Removes a derived file if it is there. Deliveries are never passed to this."""
        self.pfad(relativ).unlink(missing_ok=True)

    def schreibe_tabelle(self, relativ: str, tabelle: pl.DataFrame) -> None:
        """Writes a table as Parquet, atomically."""
        puffer = io.BytesIO()
        tabelle.write_parquet(puffer, compression="zstd", statistics=True)
        self.schreibe(relativ, puffer.getvalue())

    def lies_tabelle(self, relativ: str) -> pl.DataFrame:
        """Reads a Parquet table; raises FileNotFoundError if there is none."""
        return self.lies_tabellen([relativ])

    def lies_tabellen(self, relative: Sequence[str]) -> pl.DataFrame:
        """Reads Parquet tables of the same columns, at least one, as one table: in one go, because many are small."""
        return pl.read_parquet([self.lies(relativ) for relativ in relative])

    @contextmanager
    def sperre(self, warten: float = 600, ordner: str = "") -> Iterator[None]:
        """Keeps two writers of a folder apart, also a run on the command line, which does not pass Dagster's queue.

        Waits up to `warten` seconds, then raises AblageBelegtError. A writer that is killed lets go of it. On object
        storage the run queue has to do this, because such storage knows no locks.
        """
        if self.lokal is None:
            yield
            return
        wo = self.lokal / ordner
        wo.mkdir(parents=True, exist_ok=True)
        sperre = FileLock(wo / ".sperre", timeout=warten)
        try:
            with sperre:
                yield
        except Timeout as fehler:
            raise AblageBelegtError(
                f"In {self.wurzel} läuft schon ein anderer Lauf. Bitte warten, bis er fertig ist, und neu starten."
            ) from fehler

    def raeume_auf(self) -> None:
        """Removes what writers that were killed left behind; what is younger than a day may still be in use."""
        if self.lokal is None:
            return
        grenze = time.time() - _VERWAIST
        for rest in self.lokal.rglob(f".*{_ENDUNG}"):
            if rest.stat().st_mtime < grenze:
                rest.unlink(missing_ok=True)

    @staticmethod
    def _sichere_namen(ordner: Path) -> None:
        """Waits until the names in a folder are on the disk: a receipt is given for a file that can be found."""
        nummer = os.open(ordner, os.O_RDONLY)
        try:
            os.fsync(nummer)
        finally:
            os.close(nummer)

    @staticmethod
    def _zwischendatei(ziel: Path, inhalt: bytes) -> Path:
        ziel.parent.mkdir(parents=True, exist_ok=True)
        zwischen = ziel.with_name(f".{ziel.name}.{uuid.uuid4().hex}{_ENDUNG}")
        try:
            with zwischen.open("wb") as datei:
                datei.write(inhalt)
                datei.flush()
                os.fsync(datei.fileno())
        except OSError:
            # A full disk must not be kept full by what did not fit.
            zwischen.unlink(missing_ok=True)
            raise
        return zwischen
