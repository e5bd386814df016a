"""Makes pages and reads them into elements, so that tests ask for structure instead of searching text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from assets.berichte.seiten import erzeuge
from assets.berichte.skripte import GERUFEN
from tests.berichte import welt

_LEER = {"base", "meta", "link", "br", "img", "input", "hr"}


def baue(**anders: Any) -> dict[str, bytes]:
    """All files of an edition of the invented Land."""
    return dict(erzeuge(welt.berichtsdaten(**anders)))


@dataclass(eq=False)
class Element:
    name: str
    attribute: dict[str, str]
    eltern: "Element | None"
    kinder: list["Element | str"] = field(default_factory=list)

    def alle(self, *namen: str) -> Iterator["Element"]:
        """Elements below this one, in document order; all or those with one of the names."""
        for kind in self.kinder:
            if isinstance(kind, Element):
                if not namen or kind.name in namen:
                    yield kind
                yield from kind.alle(*namen)

    def mit_id(self, kennung: str) -> "Element":
        return next(e for e in self.alle() if e.attribute.get("id") == kennung)

    @property
    def klassen(self) -> set[str]:
        return set(self.attribute.get("class", "").split())

    @property
    def text(self) -> str:
        teile = (k if isinstance(k, str) else k.text for k in self.kinder if not _ist_skript(k))
        return " ".join("".join(teile).split(" ")).strip()

    @property
    def sichtbar(self) -> str:
        """Text without what only screen readers get."""
        teile = (k if isinstance(k, str) else "" if "vh" in k.klassen else k.sichtbar for k in self.kinder)
        return "".join(teile).strip()


def _ist_skript(kind: Element | str) -> bool:
    """Data inside a page: nobody reads it as text."""
    return isinstance(kind, Element) and kind.name == "script"


class _Leser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wurzel = Element("", {}, None)
        self.hier = self.wurzel

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({n for n, _ in attrs}) == len(attrs), f"Attribut doppelt in <{tag}>"
        element = Element(tag, {n: w or "" for n, w in attrs}, self.hier)
        self.hier.kinder.append(element)
        if tag not in _LEER:
            self.hier = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hier.kinder.append(Element(tag, {n: w or "" for n, w in attrs}, self.hier))

    def handle_endtag(self, tag: str) -> None:
        assert self.hier.name == tag, f"</{tag}> schließt <{self.hier.name}>"
        assert self.hier.eltern is not None
        self.hier = self.hier.eltern

    def handle_data(self, data: str) -> None:
        self.hier.kinder.append(data)


def lies(html: bytes | str) -> Element:
    """The page as a tree; raises AssertionError where elements are not properly nested."""
    leser = _Leser()
    leser.feed(html.decode() if isinstance(html, bytes) else html)
    assert leser.hier is leser.wurzel, f"<{leser.hier.name}> ist nicht geschlossen"
    return leser.wurzel


def lies_daten(skript: bytes) -> Any:
    """What a file of data hands to the page."""
    name, inhalt = json.loads(f"[{skript.decode().removeprefix(f'{GERUFEN}(').removesuffix(');' + chr(10))}]")
    assert name
    return inhalt


def ausfuehrbar(html: bytes | str) -> str:
    """The page without what may be there: the data block for search engines, and files of scripts of our own."""
    text = html.decode() if isinstance(html, bytes) else html
    return re.sub(
        r'<script type="application/ld\+json">[^<>&]*</script>'
        r'|<script src="assets/[a-z]+\.js" data-seite="[\w-]+" defer></script>',
        "",
        text,
    )
