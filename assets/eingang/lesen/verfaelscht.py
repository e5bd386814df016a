"""Text that was converted with the wrong character set before it reached us, and what it probably was.

What belongs here: recognising destroyed umlauts in valid text and guessing the original for the message. What does not:
repairing deliveries; a destroyed text is reported, never changed.
"""

import re
from functools import partial

_FALSCH_GELESEN = (("cp1252", "ÃÂâÅÄ"), ("mac_roman", "√¬‚"), ("cp850", "├┬Ô"), ("cp437", "├┬Γ"))
"""Codec with which UTF-8 was read, and what the first bytes of UTF-8 sequences look like then."""

_LAEUFE = tuple((codec, re.compile(f"[{anfaenge}][^\x00-\x7f]+")) for codec, anfaenge in _FALSCH_GELESEN)
_STEUERZEICHEN = re.compile("[\x80-\x9f]+")
_ZEICHEN_IM_WORT = {
    **dict(zip("„”™\x81", "äöÖü", strict=True)),  # MS-DOS read as Windows
    **dict(zip("÷³▀", "öüß", strict=True)),  # Windows read as MS-DOS
    **dict(zip("‰ˆ¸", "äöü", strict=True)),  # Windows read as Macintosh
    **dict(zip("ŠŸ§", "äüß", strict=True)),  # Macintosh read as Windows
}
"""Umlauts of one single-byte set read as another, where that gives a sign no word contains."""

_IM_WORT = re.compile(f"(?<=[A-Za-zäöüß])[{''.join(_ZEICHEN_IM_WORT)}](?=[a-zäöüß])")

_LAENGSTER_LAUF = 12
"""Characters tried at once: four umlauts in a row, so that a page of such signs costs no more than its length."""

_DEUTSCH = re.compile(r"^[äöüÄÖÜßéèàçâêôëïáíóúñøåæłšžčćřě€§°²³½·–—‘’‚“”„…«»©®µ×\xa0\xad]+$")
_VERDAECHTIG = "".join(dict.fromkeys("ÃÂâÅ√├┬Γ" + "".join(_ZEICHEN_IM_WORT).replace("\x81", "")))
VERDACHTSBYTES = (*(z.encode() for z in _VERDAECHTIG), *(bytes([0xC2, b]) for b in range(0x80, 0xA0)))
"""UTF-8 bytes one of which destroyed text contains, so that clean files need no search by pattern."""

MUSTER = f"[{_VERDAECHTIG}\x80-\x9f]"
"""A cell that does not match this needs no closer look."""


def gemeint(text: str) -> str | None:
    """What `text` was before it was converted wrongly, or None if it looks sound."""
    vermutung = text
    for codec, laeufe in _LAEUFE:
        vermutung = laeufe.sub(partial(_rueckwaerts, codec), vermutung)
    vermutung = _IM_WORT.sub(lambda z: _ZEICHEN_IM_WORT[z[0]], vermutung)
    vermutung = _STEUERZEICHEN.sub(lambda lauf: lauf[0].encode("latin-1").decode("cp1252", "ignore"), vermutung)
    return vermutung if vermutung != text else None


def _rueckwaerts(codec: str, fund: re.Match[str]) -> str:
    """The run found, read again as UTF-8, if that makes German text of it; the longest beginning that works counts."""
    lauf = fund[0]
    for ende in range(min(len(lauf), _LAENGSTER_LAUF), 1, -1):
        neu = _umkodiert(lauf[:ende], codec, "utf-8")
        if neu and not _DEUTSCH.match(neu):
            # Some texts were converted wrongly twice.
            neu = gemeint(neu)
        if neu:
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
