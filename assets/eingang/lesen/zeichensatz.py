"""From bytes to UTF-8: which character set a file is in, by evidence from all its letters.

What belongs here: byte order marks, UTF-16 without one, UTF-8, the Windows, MS-DOS and Macintosh sets, and mixtures of
them. What does not: umlauts that were destroyed before the file was saved (`verfaelscht.py`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from assets.eingang.lesen.grenzen import zeile_an
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import ENCODING_MIXED, ENCODING_SUSPECT, ENCODING_UNKNOWN, NUL_BYTES
from schemas.modell import Regel

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_EIN_BYTE = ("cp1252", "iso8859_15", "cp850", "mac_roman")
"""Single-byte sets in the order of trust; the first two are ordinary for German files, the others get a warning."""

_NAMEN = {"cp850": "MS-DOS (CP850)", "mac_roman": "Macintosh"}
_LAUF = re.compile(rb"[\x80-\xff]+")
_HOECHSTENS_STELLEN = 20_000
"""Places looked at to weigh the sets; a file that needs more evidence is in none of them."""

_SATZZEICHEN = frozenset("„“”‚‘–—…€§°²³µ·×÷±«»‹›†‡•‰™®©½¼¾¹ªº¿¡¬¦\xa0")
_IM_WORT = frozenset("’´–·\xad°²³§…")
_NIE_VORN = frozenset("¼½¾¦")
"""Signs that begin no word, though the letters of ISO 8859-15 at their places (Œ œ Ÿ Š) do."""

_NIE_HINTEN = frozenset("„‚÷")
"""Signs that follow no letter, though those of MS-DOS (ä é) and Windows (ö) at their places do."""

_DEUTSCH = "äöüÄÖÜß"
_VIELE_NULL, _WENIGE_NULL = 0.5, 0.05
"""Shares of NULs at the places of the high and the low bytes of Latin letters in UTF-16."""

_AKZENTE = b"\xcc"
"""First byte of the combining marks from which some programs assemble umlauts (a + ¨)."""

_ZUSAMMENGESETZT = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,8}")
"""A letter with its marks. More marks are no letter, and putting thousands of them in order would take hours."""

_MEHRBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
"""A letter or sign in UTF-8."""


@dataclass(frozen=True, slots=True)
class Dekodiert:
    """The file as UTF-8 without byte order mark (None if it could not be decoded) and the set it was in."""

    daten: bytes | None
    zeichensatz: str | None


def entschluessle(inhalt: bytes, liste: Befundliste) -> Dekodiert:
    """The bytes of a text file as UTF-8; what is doubtful about them goes to `liste`."""
    for bom, codec in _BOMS:
        if inhalt.startswith(bom):
            return _streng(inhalt[len(bom) :], codec, liste)
    if b"\x00" in inhalt:
        return _streng(inhalt, _utf16_ohne_bom(inhalt), liste)
    try:
        if not inhalt.isascii():
            inhalt.decode("utf-8")
    except UnicodeDecodeError:
        return _ein_byte(inhalt, liste)
    return Dekodiert(_aufgeraeumt(inhalt), "utf-8")


def _streng(inhalt: bytes, codec: str, liste: Befundliste) -> Dekodiert:
    """Decode by a set that is known; what does not fit it is damage, not another set."""
    try:
        text = inhalt.decode(codec)
    except UnicodeDecodeError as fehler:
        if codec != "utf-8":
            # Lines are counted in what could be decoded: CR and LF stand apart in the bytes, and the cut may part them.
            heil = inhalt[: fehler.start].decode(codec).removesuffix("\r").encode()
            _melde(NUL_BYTES if b"\x00" in inhalt else ENCODING_UNKNOWN, heil, len(heil), liste)
        elif b"\x00" in inhalt:
            _melde(NUL_BYTES, inhalt, inhalt.index(0), liste)
        else:
            _melde(ENCODING_MIXED, inhalt, fehler.start, liste)
        return Dekodiert(None, codec)
    daten = text.encode()
    if b"\x00" in daten:
        _melde(NUL_BYTES, daten, daten.index(0), liste)
        return Dekodiert(None, codec)
    return Dekodiert(_aufgeraeumt(daten), codec)


def _melde(art: Regel, daten: bytes, stelle: int, liste: Befundliste) -> None:
    """A finding at a byte; Excel does not count a `sep=` line."""
    linie = zeile_an(daten, stelle)
    ohne = daten[:6].lower().lstrip(b'"').startswith(b"sep=")
    liste.neu(art, Ort(max(1, linie - ohne), linie))


def _utf16_ohne_bom(inhalt: bytes) -> str:
    """UTF-16 where NULs stand at every second place, as Latin letters have them; else UTF-8, where NUL is damage."""
    haelfte = max(1, len(inhalt) // 2)
    gerade, ungerade = inhalt[0::2].count(0) / haelfte, inhalt[1::2].count(0) / haelfte
    if ungerade > _VIELE_NULL and gerade < _WENIGE_NULL:
        return "utf-16-le"
    return "utf-16-be" if gerade > _VIELE_NULL and ungerade < _WENIGE_NULL else "utf-8"


def _aufgeraeumt(daten: bytes) -> bytes:
    """UTF-8 with composed umlauts, without a second byte order mark and the end-of-file sign of MS-DOS."""
    daten = daten.removeprefix(b"\xef\xbb\xbf")
    if daten.endswith(b"\x1a"):
        daten = daten.rstrip(b"\x1a")
    if _AKZENTE not in daten:
        return daten
    return _ZUSAMMENGESETZT.sub(lambda fund: unicodedata.normalize("NFC", fund[0]), daten.decode()).encode()


def _ein_byte(inhalt: bytes, liste: Befundliste) -> Dekodiert:
    if (stelle := _gemischt(inhalt)) is not None:
        _melde(ENCODING_MIXED, inhalt, stelle, liste)
        return Dekodiert(None, None)
    codec = _bester(inhalt)
    if codec is None:
        _melde(ENCODING_UNKNOWN, inhalt, next(_LAUF.finditer(inhalt)).start(), liste)
        return Dekodiert(None, None)
    if codec in _NAMEN:
        liste.neu(ENCODING_SUSPECT, zeichensatz=_NAMEN[codec])
    return Dekodiert(_aufgeraeumt(inhalt.decode(codec).encode()), codec)


def _gemischt(inhalt: bytes) -> int | None:
    """First byte in the other set, where some letters are UTF-8 sequences and others bytes that are none."""
    if _MEHRBYTE.search(inhalt) is None:
        return None
    anzahl, erste = {True: 0, False: 0}, {True: 0, False: 0}
    for lauf in _LAUF.finditer(inhalt):
        art = _ist_utf8(lauf[0])
        if not anzahl[art]:
            erste[art] = lauf.start()
        anzahl[art] += 1
        if min(anzahl.values()) >= _HOECHSTENS_STELLEN:
            # Plenty of both: which is rarer no longer tells which one is wrong.
            break
    if not all(anzahl.values()):
        return None
    return erste[min((True, False), key=lambda art: (anzahl[art], -erste[art]))]


@lru_cache(maxsize=50_000)
def _ist_utf8(lauf: bytes) -> bool:
    """Whether bytes are Western letters or punctuation in UTF-8; `Ö“` of Windows is a Hebrew accent there."""
    try:
        return all(z <= "\u017f" or "\u2000" <= z <= "\u21ff" for z in lauf.decode())
    except UnicodeDecodeError:
        return False


def _bester(inhalt: bytes) -> str | None:
    """The single-byte set in which the file reads as German text, or None where none does clearly."""
    laeufe = islice(_LAUF.finditer(inhalt), _HOECHSTENS_STELLEN)
    stellen = [inhalt[max(0, lauf.start() - 1) : lauf.end() + 1] for lauf in laeufe]
    vorhanden = bytes(set(inhalt.translate(None, bytes(range(128)))))
    wertung: dict[str, float] = {}
    for codec in _EIN_BYTE:
        try:
            vorhanden.decode(codec)
            punkte = [p for stelle in stellen for p in _punkte(stelle.decode(codec))]
        except UnicodeDecodeError:
            continue
        wertung[codec] = sum(punkte) / len(punkte) if sum(p < 0 for p in punkte) <= len(punkte) / 20 else 0
    bester, zweiter = [*sorted(wertung, key=wertung.__getitem__, reverse=True), None, None][:2]
    if bester is None or wertung[bester] <= 0:
        return None
    if bester in _NAMEN and zweiter is not None and wertung[bester] < 2 * wertung[zweiter]:
        # Another set reads nearly as well: only the ordinary one may win narrowly, never an unusual one.
        return None
    return bester


def _punkte(stelle: str) -> Iterator[float]:
    """How well each non-ASCII character fits between its neighbours in German text: 3 very well … -3 not at all."""
    umgeben = f" {stelle} "
    for links, zeichen, rechts in zip(umgeben, umgeben[1:], umgeben[2:], strict=False):
        if not zeichen.isascii():
            yield _punkt(links, zeichen, rechts)


def _punkt(links: str, zeichen: str, rechts: str) -> float:
    if zeichen in _SATZZEICHEN or zeichen in _IM_WORT:
        im_wort = rechts.isalpha() and (links.isalpha() or (zeichen in _NIE_VORN and not links.isdigit()))
        im_wort = im_wort or (links.isalpha() and zeichen in _NIE_HINTEN)
        return (0 if zeichen in _IM_WORT else -3) if im_wort else 1
    if not zeichen.isalpha():
        return -3
    if zeichen.isupper() and links.islower():
        return -2
    if zeichen in _DEUTSCH:
        return _umlaut(links, zeichen, rechts)
    nachbarn = [n for n in (links, rechts) if n.isalpha()]
    if not nachbarn:
        return -1
    return -2 if any(not n.isascii() and n not in _DEUTSCH for n in nachbarn) else 1


def _umlaut(links: str, zeichen: str, rechts: str) -> float:
    """Umlauts hardly ever follow a vowel, stand before one other than äu, or end a word; names like Miloš do."""
    if not links.isalpha() and not rechts.isalpha():
        return 0
    if zeichen == "ß":
        return 3 if links.isalpha() else -1
    if zeichen.isupper() and links.isalpha() and rechts.islower():
        return 0
    if links in "aiouäöü" or (rechts in "aeioäöü" and zeichen.islower()):
        return 0
    return 3 if rechts.isalpha() else 1
