"""Finishes a printed PDF: what Chromium leaves out or writes differently each time, and a look at what must be there.

What belongs here: names of links, addresses without the machine's folders, metadata, fixed dates and ids. Tags, heads
of tables, texts of figures and bookmarks come from Chromium; a PDF without them is refused. Conformance to PDF/UA is
claimed nowhere: nobody has tested it.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf

from assets.druck.chromium import DruckError, Gedruckt


@dataclass(frozen=True, slots=True)
class Fertig:
    """A finished PDF, its title, the day of the data (ISO or empty) and its number of pages."""

    inhalt: bytes
    titel: str
    tag: str
    seiten: int


def bearbeite_nach(gedruckt: Gedruckt, name: str, adresse: Callable[[str], str]) -> Fertig:
    """The finished PDF; the same print gives the same bytes.

    Args:
        gedruckt: what Chromium printed.
        name: of the file, for messages.
        adresse: where a link of the page leads in the PDF.

    Raises:
        DruckError: something a reading machine needs is missing; the message lists it.
    """
    with pikepdf.open(io.BytesIO(gedruckt.pdf)) as pdf:
        pdf.Root.Lang = pikepdf.String(gedruckt.sprache)
        _nummeriere(pdf)
        _benenne_verweise(pdf, gedruckt, adresse)
        _schreibe_angaben(pdf, gedruckt)
        if fehlend := maengel(pdf):
            raise DruckError(f"{name} wäre nicht für alle lesbar: {'; '.join(fehlend)}.")
        puffer = io.BytesIO()
        pdf.save(
            puffer,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
        )
        return Fertig(puffer.getvalue(), gedruckt.titel, gedruckt.tag, len(pdf.pages))


def _nummeriere(pdf: pikepdf.Pdf) -> None:
    """Ids of elements by their order: Chromium counts on from page to page, so the same page has others each time."""
    alle = [e for e in elemente(pdf) if "/ID" in e or "/A" in e]
    alte = sorted(str(e.ID) for e in alle if "/ID" in e)
    neue = {alt: pikepdf.String(f"e{nummer:06}") for nummer, alt in enumerate(alte)}
    for element in alle:
        if "/ID" in element:
            element.ID = neue[str(element.ID)]
        for angabe in _angaben(element):
            if "/Headers" in angabe:
                angabe.Headers = pikepdf.Array([neue.get(str(k), k) for k in angabe.Headers])
    offen = [pdf.Root.StructTreeRoot.IDTree] if alte else []
    while offen:
        ast = offen.pop()
        offen += list(ast.get("/Kids", pikepdf.Array()))
        for liste in ("/Limits", "/Names"):
            if liste in ast:
                ast[liste] = pikepdf.Array([neue[str(w)] if isinstance(w, pikepdf.String) else w for w in ast[liste]])


def _benenne_verweise(pdf: pikepdf.Pdf, gedruckt: Gedruckt, adresse: Callable[[str], str]) -> None:
    """Says at each link where it leads; addresses of files become those a reader of the PDF can use."""
    for verweis in verweise(pdf):
        if "/A" in verweis and "/URI" in verweis.A:
            ziel = str(verweis.A.URI)
            verweis.Contents = pikepdf.String(gedruckt.verweise.get(ziel) or adresse(ziel))
            verweis.A.URI = pikepdf.String(adresse(ziel))
        elif "/Dest" in verweis:
            ziel = str(verweis.Dest).removeprefix("/")
            verweis.Contents = pikepdf.String(gedruckt.verweise.get(f"#{ziel}") or ziel)


def _schreibe_angaben(pdf: pikepdf.Pdf, gedruckt: Gedruckt) -> None:
    """Title, language and day of the data; nothing of the moment of printing and of the machine."""
    for eintrag in ("/Creator", "/CreationDate", "/ModDate"):
        if eintrag in pdf.docinfo:
            del pdf.docinfo[eintrag]
    with pdf.open_metadata(set_pikepdf_as_editor=False) as angaben:
        angaben["dc:title"] = gedruckt.titel
        angaben["dc:language"] = {gedruckt.sprache}
        angaben["pdf:Producer"] = str(pdf.docinfo.get("/Producer", ""))
        if gedruckt.tag:
            angaben["xmp:CreateDate"] = angaben["xmp:ModifyDate"] = f"{gedruckt.tag}T00:00:00Z"


def verweise(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All link annotations."""
    for seite in pdf.pages:
        for anmerkung in seite.get("/Annots", ()):
            if anmerkung.get("/Subtype") == "/Link":
                yield anmerkung


def elemente(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All elements of the structure that tells reading machines what is what."""
    offen = [pdf.Root.StructTreeRoot] if "/StructTreeRoot" in pdf.Root else []
    while offen:
        element = offen.pop()
        if "/S" in element:
            yield element
        kinder = element.get("/K", pikepdf.Array())
        offen += [k for k in (kinder if isinstance(kinder, pikepdf.Array) else [kinder]) if _ist_element(k)]


def _ist_element(kind: pikepdf.Object) -> bool:
    return isinstance(kind, pikepdf.Dictionary) and kind.get("/Type") not in ("/MCR", "/OBJR")


def maengel(pdf: pikepdf.Pdf) -> list[str]:
    """What is missing for those who listen or use the keyboard, in words; empty if nothing is."""
    funde: Counter[str] = Counter()
    for element in elemente(pdf):
        if element.S == "/TH" and not _hat_richtung(element):
            funde["Tabellenköpfe ohne Richtung"] += 1
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            funde["Bilder ohne Text"] += 1
    funde["Verweise ohne Namen"] += sum(1 for v in verweise(pdf) if not str(v.get("/Contents", "")).strip())
    funde["Seiten ohne Reihenfolge für die Tastatur"] += sum(1 for s in pdf.pages if s.get("/Tabs") != "/S")
    leer = pikepdf.Dictionary()
    ganze = {
        "keine Auszeichnung": bool(pdf.Root.get("/MarkInfo", leer).get("/Marked", False)),
        "kein Titel": bool(str(pdf.docinfo.get("/Title", "")).strip()),
        "Titel wird nicht gezeigt": bool(pdf.Root.get("/ViewerPreferences", leer).get("/DisplayDocTitle", False)),
        "keine Sprache": bool(str(pdf.Root.get("/Lang", ""))),
        "keine Lesezeichen (Chromium ist zu alt)": "/Outlines" in pdf.Root,
    }
    return [wort for wort, da in ganze.items() if not da] + [f"{n} {wort}" for wort, n in funde.items() if n]


def _hat_richtung(kopf: pikepdf.Object) -> bool:
    return any("/Scope" in angabe for angabe in _angaben(kopf))


def _angaben(element: pikepdf.Object) -> list[pikepdf.Object]:
    """What is said of an element, besides its kind and text."""
    angaben = element.get("/A", pikepdf.Array())
    liste = list(angaben) if isinstance(angaben, pikepdf.Array) else [angaben]
    return [a for a in liste if isinstance(a, pikepdf.Dictionary)]
