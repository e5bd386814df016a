"""What the page for exploring starts with: catalogue, areas, outlines, words and style, and its first drawing.

What belongs here: everything it needs before an indicator is chosen. What does not: values (`erkundenstuecke.py`).
"""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.achsen import NULL_AB
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.daten import Berichtsdaten
from assets.berichte.diagrammteile import BREIT, SCHMAL
from assets.berichte.erkundenstuecke import stueck
from assets.berichte.farben import KLASSEN, KLASSENTEXT, PALETTE, REIHEN
from assets.berichte.gebiete import kacheln
from assets.berichte.gliederung import codeliste_von, in_listenordnung, teilname
from assets.berichte.kartendiagramm import Gebiet
from assets.berichte.kennzahl import linie_mit_bereichen
from assets.berichte.reihen import Reihe, fuehrende
from assets.berichte.skripte import datenskript
from assets.berichte.trichter import bezug
from assets.berichte.wege import kennzahlseite
from assets.berichte.worte import ZEICHEN, jahre
from assets.berichte.zahlen import in_einheit, ist_prozent
from assets.offenedaten.steckbrief import Steckbrief
from schemas.indikatorwerte import GLIEDERUNGSLISTEN, VERGLEICHBARKEIT
from schemas.modell import Land
from schemas.statistik import TRICHTERLAGEN
from schemas.vergleichbarkeit import GRUENDE

ORDNER = "daten/erkunden"
ANSICHTEN: tuple[tuple[str, str], ...] = (
    ("verlauf", "Zeitverlauf"),
    ("vergleich", "Vergleich"),
    ("trichter", "Trichter"),
    ("karte", "Karte"),
    ("tabelle", "Tabelle"),
)
"""What can be drawn, as the address and the form say it."""


def erkundendaten(bestand: Bestand, brief: Steckbrief) -> Iterator[tuple[str, bytes]]:
    """The data of the page in pieces: what it starts with, and one file per indicator that has any row."""
    yield f"{ORDNER}/index.js", datenskript("index", verzeichnis(bestand, brief))
    for kennung, reihen in gezeigte(bestand).items():
        yield f"{ORDNER}/{kennung}.js", datenskript(kennung, stueck(bestand, reihen))


def gezeigte(bestand: Bestand) -> dict[str, tuple[Reihe, ...]]:
    """Variants with rows by indicator, the one that leads first; what has none is not offered."""
    mit_zeilen = {k: [r for r in reihen if any(True for _ in r.alle())] for k, reihen in bestand.reihen.items()}
    haupt = {k: fuehrende(tuple(reihen)) for k, reihen in mit_zeilen.items()}
    return {k: tuple(sorted(reihen, key=lambda r: r is not haupt[k])) for k, reihen in mit_zeilen.items() if reihen}


def startbild(bestand: Bestand) -> tuple[Markup, ...]:
    """What is chosen when nothing is: the Land's line of the first indicator, drawn beforehand in both widths.

    plotly takes a phone seconds; it is loaded once somebody chooses. Empty if there is no such line.
    """
    blick = Blick(bestand.daten.land)
    reihe = next((reihen[0] for reihen in gezeigte(bestand).values()), None)
    eigene = linie_mit_bereichen(reihe, blick) if reihe else None
    if reihe is None or eigene is None or not eigene.werte:
        return ()
    was = f"{reihe.indikator.name}, {blick.name}, {jahre(eigene.werte)}, {in_einheit(reihe.einheit)}"
    titel = f"Liniendiagramm: {was}. Alle Werte stehen in der Tabelle darunter."
    brueche = sorted(reihe.variante.brueche)
    masse = {"breit": BREIT, "schmal": SCHMAL}
    specs = {klasse: diagramme.linien(eigene, None, {}, brueche, mass) for klasse, mass in masse.items()}
    return tuple(svg.zeichne(spec, f"start-{klasse}", titel, klasse) for klasse, spec in specs.items())


def verzeichnis(bestand: Bestand, brief: Steckbrief) -> dict[str, Any]:
    """Content of `index.js`."""
    daten, land = bestand.daten, bestand.daten.land
    nachweis = bestand.kartennachweis
    return {
        "stil": {
            "farben": PALETTE,
            "klassen": KLASSEN,
            "klassentext": KLASSENTEXT,
            "reihen": REIHEN,
            "nullAb": NULL_AB,
        },
        "namen": {"land": land.name, "einheit": land.namen["meldeeinheit"], "einheiten": land.namen["meldeeinheiten"]},
        "ansichten": ANSICHTEN,
        "gebiete": _gebiete(land),
        "formen": [_form(g) for g in bestand.formen or kacheln(land)],
        "themenfelder": _themenfelder(bestand),
        "urteile": {c.code: c.label for c in VERGLEICHBARKEIT.codes},
        "gruende": {c.code: c.label for c in GRUENDE.codes},
        "zeichen": {code: c.label for code, c in ZEICHEN.items()},
        "trichterlagen": {c.code: c.label for c in TRICHTERLAGEN.codes},
        "quellenangabe": brief.quellenangabe(),
        "umrissnachweis": ", ".join(filter(None, nachweis)) if nachweis else "",
        "hinweise": list(daten.hinweise),
    }


def _gebiete(land: Land) -> list[dict[str, str]]:
    """Land, groups and Meldeeinheiten in official order."""
    gruppen = [{"ags": k, "name": name, "kuerzel": name, "art": "gruppe"} for k, name in land.gruppen.items()]
    einzelne = [{"ags": m.id, "name": m.name, "kuerzel": m.kuerzel, "art": "einheit"} for m in land.meldeeinheiten]
    return [{"ags": land.ags, "name": land.name, "kuerzel": land.name, "art": "land"}, *gruppen, *einzelne]


def _form(gebiet: Gebiet) -> dict[str, Any]:
    mitte = [round(m, 2) for m in gebiet.mitte]
    return {"ags": gebiet.ags, "kuerzel": gebiet.zeilen[0], "x": gebiet.x, "y": gebiet.y, "mitte": mitte}


def _themenfelder(bestand: Bestand) -> list[dict[str, Any]]:
    felder: dict[str, list[dict[str, Any]]] = {}
    for reihen in gezeigte(bestand).values():
        indikator = reihen[0].indikator
        kennzahl = {
            "id": indikator.id,
            "name": indikator.name,
            "definition": indikator.definition,
            "seite": kennzahlseite(indikator.id),
            "varianten": [_variante(bestand.daten, r) for r in reihen],
        }
        felder.setdefault(indikator.themenfeld, []).append(kennzahl)
    return [{"name": name, "kennzahlen": kennzahlen} for name, kennzahlen in felder.items()]


def _variante(daten: Berichtsdaten, reihe: Reihe) -> dict[str, Any]:
    variante = reihe.variante
    return {
        "id": variante.id,
        "label": variante.label,
        "hinweis": variante.hinweis,
        "einheit": in_einheit(reihe.einheit),
        "zeichen": "%" if ist_prozent(reihe.einheit) else reihe.einheit,
        "verhaeltnis": reihe.ist_verhaeltnis,
        "brueche": variante.brueche,
        "insgesamt": bool(reihe.werte),
        "gliederungen": [_gliederung(daten.land, spalte, list(codes)) for spalte, codes in sorted(reihe.teile.items())],
        "trichterbezug": bezug(reihe),
    }


def _gliederung(land: Land, spalte: str, codes: list[str]) -> dict[str, Any]:
    liste = codeliste_von(spalte, codes)
    bekannt = [c for liste_ in GLIEDERUNGSLISTEN.get(spalte, ()) for c in liste_.schluessel]
    label = liste.label if liste else "Gemeinde"
    return {
        "spalte": spalte,
        "label": label,
        "codes": [[c, teilname(c, liste, land)] for c in in_listenordnung(codes, bekannt)],
    }
