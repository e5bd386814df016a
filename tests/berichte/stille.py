"""Listens to a page in a browser: what it says on the console and what it asks for; and a server that says nothing.

Pictures that are made in a page have addresses of their own (`data:`, `blob:`), which lead nowhere.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler
from typing import Any

from playwright.sync_api import Page


@contextmanager
def still(seite: Page, wurzel: str) -> Iterator[list[str]]:
    """Everything the page asks for, as addresses; at the end it must have said nothing and asked for nothing outside.

    Args:
        seite: the page, before it goes anywhere.
        wurzel: address below which everything has to be.
    """
    meldungen: list[str] = []
    anfragen: list[str] = []
    hoert: dict[Any, Callable[[Any], None]] = {
        "console": lambda m: meldungen.append(m.text),
        "pageerror": lambda f: meldungen.append(str(f)),
        "requestfailed": lambda r: meldungen.append(r.url),
        "request": lambda r: anfragen.append(r.url),
    }
    for was, lausche in hoert.items():
        seite.on(was, lausche)
    try:
        yield anfragen
    finally:
        for was, lausche in hoert.items():
            seite.remove_listener(was, lausche)
    draussen = [a for a in anfragen if not a.startswith((wurzel, "data:", "blob:"))]
    assert not meldungen, meldungen
    assert not draussen, draussen


class StillerServer(SimpleHTTPRequestHandler):
    """Serves a folder and keeps no record."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by the base class
        """Says nothing."""
