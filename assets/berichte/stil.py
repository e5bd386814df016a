"""Style sheets and icon of an edition.

What belongs here: which of our files make which sheet. What does not: rules (`report_templates/berichte/*.css`) and
colours (`farben.py`).
"""

from collections.abc import Iterator

from assets.berichte.farben import css_variablen
from schemas.pfade import VORLAGEN

ORDNER = VORLAGEN / "berichte"
STIL = "assets/bericht.css"
ANFANG = "assets/anfang.css"
"""The beginning of the same: all that the first screen of a page needs, for pages too long to be drawn at once."""
SYMBOL = "assets/favicon.svg"


def aussehen() -> Iterator[tuple[str, bytes]]:
    """Sheet and icon of every page as (path, content)."""
    yield STIL, (_anfang() + _lies("bericht.css")).encode()
    yield SYMBOL, _lies("favicon.svg").encode()


def anfang() -> tuple[str, bytes]:
    """The beginning of the sheet by itself."""
    return ANFANG, _anfang().encode()


def _anfang() -> str:
    return css_variablen() + _lies("anfang.css")


def _lies(datei: str) -> str:
    return (ORDNER / datei).read_text(encoding="utf-8")
