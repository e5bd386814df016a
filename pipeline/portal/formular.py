"""Forms and files as they arrive: in time, not too many, and whole.

What belongs here: taking them in. What does not: whose form it is and what it is for (`rahmen.py`).
"""

import asyncio
from collections.abc import Callable

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from pipeline.portal.abbruch import unvollstaendig
from pipeline.portal.grenzen import KLEIN, Grenzen

HOECHSTE_DATEIEN = 40
HOECHSTE_FELDER = 500
"""Fields of a form: a long list of questions to choose from has two for each."""
_SCHLUSSLAENGE = 100
"""Bytes of the end of a form; its delimiter has 78 at most, with what is around it."""


async def lies_formular(request: Request, grenzen: Grenzen) -> FormData:
    """The fields and files of a form; whoever reads it closes it.

    Raises:
        Abbruch: it was cut off. The parser says nothing of that, and leaves out the last file.
        HTTPException: it is no form, or has too many parts.
        TimeoutError: it was too long in coming.
    """
    schluss = b""

    def merke(stueck: bytes) -> None:
        nonlocal schluss
        schluss = (schluss + stueck[-_SCHLUSSLAENGE:])[-_SCHLUSSLAENGE:]

    async with asyncio.timeout(grenzen.formular):
        formular = await zuegig(request, grenzen, merke).form(
            max_files=HOECHSTE_DATEIEN, max_fields=HOECHSTE_FELDER, max_part_size=KLEIN
        )
    art, angaben = parse_options_header(request.headers.get("content-type"))
    # RFC 2046, 5.1.1
    if art == b"multipart/form-data" and not schluss.rstrip().endswith(b"--" + angaben[b"boundary"] + b"--"):
        await formular.close()
        raise unvollstaendig()
    return formular


def zuegig(request: Request, grenzen: Grenzen, merke: Callable[[bytes], None] = lambda _: None) -> Request:
    """The request, of which no piece may be long in coming; `merke` sees each."""

    async def empfange() -> Message:
        async with asyncio.timeout(grenzen.stille):
            nachricht = await request.receive()
        merke(nachricht.get("body", b""))
        return nachricht

    return Request(request.scope, empfange)
