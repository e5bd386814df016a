"""Text that was converted with the wrong character set before it reached us, and what it probably was.

What belongs here: recognising destroyed umlauts in valid text and guessing the original for the message. What does not:
repairing deliveries; a destroyed text is reported, never changed.
"""

import re
from functools import partial

_FALSCH_GELESEN = (("cp1252", "ÃÂâÅÄ"), ("mac_roman", "√¬‚"), ("cp850", "├┬Ô"))
"""Codec with which UTF-8 was read, and what the first bytes of UTF-8 sequences look like then."""

_LAEUFE = tuple((codec, re.compile(f"[{anfaenge}][^\x00-\x7f]+")) for codec, anfaenge in _FALSCH_GELESEN)
_STEUERZEICHEN = re.compile("[\x80-\x9f]+")
_MS_DOS = re.compile(r"(?<=[A-Za-zäöüß])[„”™\x81](?=[a-zäöüß])")
"""Umlauts of MS-DOS read as Windows text: typographic quotes inside a word."""

_LAENGSTER_LAUF = 12
"""Characters tried at once: four umlauts in a row, so that a page of such signs costs no more than its length."""

_DEUTSCH = re.compile(r"^[äöüÄÖÜßéèàçâêôëïáíóúñøåæłšžčćřě€§°²³½·–—‘’‚“”„…«»©®µ×\xa0\xad]+$")
VERDACHTSBYTES = (
    b"\xc3\x83",  # Ã
    b"\xc3\x82",  # Â
    b"\xc3\xa2",  # â
    b"\xc3\x85",  # Å
    b"\xe2\x88\x9a",  # √
    b"\xe2\x94\x9c",  # ├
    b"\xe2\x94\xac",  # ┬
    b"\xe2\x80\x9e",  # „
    b"\xe2\x80\x9d",  # ”
    b"\xe2\x84\xa2",  # ™
    *(bytes([0xC2, b]) for b in range(0x80, 0xA0)),
)
"""UTF-8 bytes one of which destroyed text contains, so that clean files need no search by pattern."""

MUSTER = "[ÃÂâÅ√├┬„”™\x80-\x9f]"
"""A cell that does not match this needs no closer look."""


def gemeint(text: str) -> str | None:
    """What `text` was before it was converted wrongly, or None if it looks sound."""
    vermutung = text
    for codec, laeufe in _LAEUFE:
        vermutung = laeufe.sub(partial(_rueckwaerts, codec), vermutung)
    vermutung = _MS_DOS.sub(lambda z: _umkodiert(z[0], "cp1252", "cp850") or z[0], vermutung)
    vermutung = _STEUERZEICHEN.sub(lambda lauf: lauf[0].encode("latin-1").decode("cp1252", "ignore"), vermutung)
    return vermutung if vermutung != text else None


def _rueckwaerts(codec: str, fund: re.Match[str]) -> str:
    """The run found, read again as UTF-8, if that makes German text of it; the longest beginning that works counts."""
    lauf = fund[0]
    for ende in range(min(len(lauf), _LAENGSTER_LAUF), 1, -1):
        neu = _umkodiert(lauf[:ende], codec, "utf-8")
        if neu and _DEUTSCH.match(neu):
            return neu + lauf[ende:]
    return lauf


def _umkodiert(text: str, von: str, nach: str) -> str | None:
    try:
        return b"".join(_byte(zeichen, von) for zeichen in text).decode(nach)
    except UnicodeError:
        return None


def _byte(zeichen: str, codec: str) -> bytes:
    """The byte of a character; programs pass the five bytes Windows leaves undefined through as control characters."""
    return zeichen.encode("latin-1") if "\x80" <= zeichen <= "\x9f" else zeichen.encode(codec)
