"""Processes in which pages that read and check files are made.

What belongs here: starting them, handing out work, ending what comes to no end, and noticing that one has died. What
does not: the work.
Python runs one thread at a time: two large files checked in threads keep every other page waiting for a second. In
processes of their own they do not, and a file that brings the reader down takes nobody else's with it.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from time import monotonic
from typing import ParamSpec, Protocol, TypeVar

import anyio

from pipeline.portal.grenzen import VollError

P = ParamSpec("P")
T = TypeVar("T")
_NACHRANG = 5


class AbsturzError(RuntimeError):
    """The process that did the work died, and so did the next one; or it was ended because it took too long."""


class Tue(Protocol):
    """Does a piece of work in the process that was handed out."""

    def __call__(self, tat: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Calls a function that can be named, with arguments that can be sent.

        Raises:
            AbsturzError: it brought two processes down, or came to no end.
        """


class Werkbank:
    """Processes for deliveries, and one more for who only wants to see something; each does one thing at a time."""

    def __init__(self, plaetze: int, frist: int) -> None:
        """Starts nothing yet: each process starts when it is first needed.

        Args:
            plaetze: how many deliveries are worked on at the same time.
            frist: seconds after which a piece of work is given up, and its process with it.
        """
        self._abgaben, self._ansichten = anyio.CapacityLimiter(plaetze), anyio.CapacityLimiter(1)
        self._frist = frist
        self._prozesse = plaetze + 1
        # One process each: when a pool loses one, it gives up the work of all the others as well.
        self._frei: list[ProcessPoolExecutor] = []

    @asynccontextmanager
    async def platz(self, warten: float, *, ansicht: bool = False) -> AsyncIterator[Tue]:
        """A process for the length of the context, after those who asked before.

        Args:
            warten: how many seconds at most.
            ansicht: whether it is for a page that takes nothing in: it does not stand in line with deliveries.

        Raises:
            VollError: none was free for so long.
        """
        begrenzer = self._ansichten if ansicht else self._abgaben
        try:
            with anyio.fail_after(warten):
                await begrenzer.acquire()
        except TimeoutError as fehler:
            raise VollError from fehler
        try:
            yield self._tue
        finally:
            begrenzer.release()

    async def _tue(self, tat: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        beginn = monotonic()
        try:
            return await self._lass(self._frei.pop() if self._frei else _neuer_arbeiter(), tat, *args, **kwargs)
        except BrokenProcessPool as fehler:
            if monotonic() - beginn >= self._frist:
                raise AbsturzError from fehler
            # It may have been ended while it had nothing to do. Whoever comes next should not notice.
        try:
            return await self._lass(_neuer_arbeiter(), tat, *args, **kwargs)
        except BrokenProcessPool as fehler:
            raise AbsturzError from fehler

    async def _lass(self, arbeiter: ProcessPoolExecutor, tat: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            ergebnis = await asyncio.wrap_future(arbeiter.submit(_in_frist, self._frist, partial(tat, *args, **kwargs)))
        except BaseException:
            # Dead, or busy still for somebody who no longer waits.
            arbeiter.shutdown(wait=False)
            raise
        self._frei.append(arbeiter)
        return ergebnis

    @contextmanager
    def vorgewaermt(self, tat: Callable[[], object]) -> Iterator[None]:
        """All processes, each of which has done something before the context begins; they end with it."""
        self._frei += [_neuer_arbeiter() for _ in range(self._prozesse - len(self._frei))]
        for auftrag in [arbeiter.submit(tat) for arbeiter in self._frei]:
            auftrag.result()
        try:
            yield
        finally:
            while self._frei:
                self._frei.pop().shutdown()


def _neuer_arbeiter() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_beginne)


def _beginne() -> None:
    # Whoever stops the portal from a terminal stops it alone; it lets its processes finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Pages people look at come first.
    os.nice(_NACHRANG)
    threading.Thread(target=_ende_mit_dem_portal, daemon=True).start()


def _in_frist(frist: int, tat: Callable[[], T]) -> T:
    # Nobody listens to this signal, so it ends the process, in the middle of a library's loop as well.
    signal.alarm(frist)
    try:
        return tat()
    except Exception:
        raise
    except BaseException:  # noqa: BLE001  # a library written in Rust that panicked; nobody knows what it left behind
        os._exit(1)
    finally:
        signal.alarm(0)


def _ende_mit_dem_portal() -> None:
    """A portal that is killed cannot end its processes, and they would wait for work for ever."""
    portal = multiprocessing.parent_process()
    if portal is not None:
        portal.join()
        os._exit(1)
