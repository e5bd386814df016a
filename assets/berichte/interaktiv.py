"""What the script of a page gets to know of its charts: the specifications they were drawn from, by id of their title.

What belongs here: which charts a page has, what they are called in titles and names of files, and the file that holds
them. It is a script beside the page, loaded when somebody asks for a chart. What does not: specifications
(`diagramme.py`), which are the same dicts the page was drawn from, and drawing (`report_templates/berichte/skripte/`).

A chart is what tells figures: each can be saved as a picture. Of small drawings in an overview the whole table is one
chart, because a single one says nothing without its row. The map of the first page tells no figure, it only leads to
reports as the list beside it does; there is nothing to save.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assets.berichte.bestand import Bestand, Blick
from assets.berichte.diagrammteile import Spec
from assets.berichte.kennzahl import Kennzahl, Liniengrafik, Variantenteil, teil_id
from assets.berichte.kennzahlseite import Kennzahlseite, Seitenteil
from assets.berichte.landbilder import Kartenbild
from assets.berichte.reihen import Reihe
from assets.berichte.skripte import datenskript
from assets.berichte.ueberblick import Themenblock
from assets.berichte.worte import jahre
from schemas.modell import Land

ORDNER = "assets/diagramme"
_ARTEN = {
    "verlauf": "Verlauf",
    "vergleich": "Vergleich",
    "teile": "Gliederung",
    "trichter": "Trichter",
    "karte": "Karte",
    "felder": "Verlauf nebeneinander",
    "ueberblick": "Überblick",
    "stellen": "Karte der Stellen",
}
"""Kinds of charts: how they are drawn on a screen, and what titles and files call them."""


@dataclass(frozen=True, slots=True)
class Bild:
    """A chart of a page: kind, title, what its file is called after, specifications, the category that is its own.

    Without specifications it can be saved, but not drawn anew.
    """

    art: str
    titel: str
    namen: tuple[str, ...]
    specs: tuple[Spec, ...]
    eigene: str

    def als_eintrag(self) -> dict[str, Any]:
        """The same as the script reads it."""
        namen = ("art", "titel", "namen", "specs", "eigene")
        return {name: getattr(self, name) for name in namen}


Bilder = Mapping[str, Bild]
"""Charts by the id of the element that titles them."""


def bilder_des_berichts(
    bestand: Bestand, blick: Blick, kennzahlen: Mapping[str, Kennzahl], karten: Mapping[str, Kartenbild]
) -> Bilder:
    """Charts of the sections of a Kreis's or the Land's page; `karten` are its maps by part."""
    bilder: dict[str, Bild] = {}
    for kennung, kennzahl in kennzahlen.items():
        je_teil = {teil_id(r): r for r in bestand.reihen[kennung]}
        for teil in kennzahl.teile:
            maler = _Maler(blick, je_teil[teil.id], teil, mehrere=kennzahl.mehrere)
            bilder |= maler.verlauf_und_vergleich()
            bilder |= maler.gliederungen()
            if teil.linien is None and teil.id in karten:
                bilder |= maler.karten(karten[teil.id])
    return bilder


def bilder_des_ueberblicks(blick: Blick, bloecke: Iterable[Themenblock]) -> Bilder:
    """The tables of a Kreis's page that show all indicators of a theme."""
    was = _ARTEN["ueberblick"]
    return {
        f"u-{b.id}": Bild("ueberblick", f"{was}: {b.name}, {blick.name}", (was, b.name, blick.name), (), "")
        for b in bloecke
        if b.ist_gezeichnet
    }


def bilder_der_hilfe(land: Land) -> Bilder:
    """The map that tells how many offices there are."""
    was = _ARTEN["stellen"]
    titel = f"{was}: Zahl der Stellen je {land.namen['meldeeinheit']}, {land.name}"
    return {"karte-titel": Bild("stellen", titel, (was, land.name), (), "")}


def bilder_der_kennzahl(bestand: Bestand, blick: Blick, seite: Kennzahlseite) -> Bilder:
    """Charts of the page of an indicator."""
    bilder: dict[str, Bild] = {}
    je_teil = {teil_id(r): r for r in bestand.reihen[seite.indikator.id]}
    for s in seite.teile:
        maler = _Maler(blick, je_teil[s.teil.id], s.teil, mehrere=seite.mehrere)
        bilder |= maler.verlauf_und_vergleich()
        bilder |= maler.bilder_aller(s)
    return bilder


def bilddatei(seite: str, zitat: str, bilder: Bilder) -> tuple[str, bytes]:
    """(Path, content) of the file with the charts of a page; `zitat` is how the page is to be cited."""
    name = seite.removesuffix(".html")
    inhalt = {"zitat": zitat, "bilder": {k: b.als_eintrag() for k, b in bilder.items()}}
    return f"{ORDNER}/{name}.js", datenskript(name, inhalt)


@dataclass(frozen=True, slots=True)
class _Maler:
    """Names the charts of one variant."""

    blick: Blick
    reihe: Reihe
    teil: Variantenteil
    mehrere: bool

    def verlauf_und_vergleich(self) -> dict[str, Bild]:
        bilder: dict[str, Bild] = {}
        if linien := self.teil.linien:
            bilder |= self._bild("verlauf", self.blick.name, _jahre(linien), linien.spec)
        if (vergleich := self.teil.vergleich) and vergleich.ist_gezeichnet:
            eigene = "" if self.blick.ist_land else self.blick.name
            bilder |= self._bild("vergleich", self.blick.mehrzahl, vergleich.zeitraum, vergleich.spec, eigene=eigene)
        return bilder

    def gliederungen(self) -> dict[str, Bild]:
        bilder: dict[str, Bild] = {}
        for nummer, g in enumerate(self.teil.gliederungen, start=1):
            if self.teil.ausfuehrlich and g.mit_balken:
                bilder |= self._bild("teile", self.blick.name, g.zeitraum, g.spec, nummer=f"-{nummer}", nach=g.label)
        return bilder

    def karten(self, *karten: Kartenbild) -> dict[str, Bild]:
        zeit = self.teil.vergleich.zeitraum if self.teil.vergleich else ""
        return self._bild("karte", self.blick.mehrzahl, zeit, *(k.spec for k in karten))

    def bilder_aller(self, s: Seitenteil) -> dict[str, Bild]:
        bilder: dict[str, Bild] = {}
        if s.bild and s.bild.karte:
            bilder |= self.karten(*filter(None, (s.bild.karte, s.karte)))
        if s.felder:
            bilder |= self._bild("felder", self.blick.mehrzahl, s.felder.zeitraum, s.felder.spec)
        if s.bild and s.bild.trichter:
            zeit = self.teil.vergleich.zeitraum if self.teil.vergleich else ""
            bilder |= self._bild("trichter", self.blick.mehrzahl, zeit, s.bild.trichter.spec)
        return bilder

    def _bild(
        self, art: str, wessen: str, zeit: str, *specs: Spec, nummer: str = "", nach: str = "", eigene: str = ""
    ) -> dict[str, Bild]:
        indikator, variante = self.reihe.indikator, self.reihe.variante
        was = [_ARTEN[art], f"nach {nach}"] if nach else [_ARTEN[art]]
        label = [variante.label] if self.mehrere else []
        titel = f"{' '.join(was)}: {', '.join([indikator.name, *label, wessen, zeit, self.teil.einheit])}"
        namen = (indikator.id, variante.id, *was, wessen, zeit)
        return {f"{self.teil.id}-{art}{nummer}": Bild(art, titel, namen, specs, eigene)}


def _jahre(linien: Liniengrafik) -> str:
    return jahre(x for s in linien.spec["data"] if s["meta"] == "kreis" for x in s["x"] if x is not None)
