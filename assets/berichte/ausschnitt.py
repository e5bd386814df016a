"""What a page may know of the Bestand, and the fingerprint of it.

What belongs here: the part a page about one Meldeeinheit or one indicator is made from. It gets nothing else, so a page
that is made anew whenever its fingerprint changes cannot miss a change. What does not: what follows from code,
catalogue, profile and reference facts alone; `assets/fassung.py` sees to those.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import polars as pl

from assets.auswertung.mittel import Mittel
from assets.berichte.bestand import Bestand
from assets.berichte.daten import Berichtsdaten
from assets.pruefung.lieferungen import datenstand
from schemas.modell import Groesse, Indikator, Meldeeinheit


def fuer_meldeeinheit(bestand: Bestand, einheit: Meldeeinheit) -> Bestand:
    """All figures, because every report shows where the others stand, and of everything else what is its own."""
    daten, eigene = bestand.daten, partial(_nur, ags=einheit.id)
    liefernde = {d for i in daten.katalog for d in _datensaetze(i)}
    geaendert = pl.concat(t.filter(ags=einheit.id)["revision"] for t in (daten.revisionen, daten.wirkungen)).implode()
    return replace(
        bestand,
        daten=replace(
            daten,
            werte=daten.werte.filter(ags=einheit.id),
            lieferstand=eigene(daten.lieferstand),
            stellen=eigene(daten.stellen),
            umrisse=daten.umrisse.clear(),
            hinweise=daten.kopfhinweise,
            stand=_stand(daten, (pl.col("meldeeinheit") == einheit.id) | pl.col("datensatz").is_in(liefernde)),
            korrekturen=tuple(k for k in daten.korrekturen if k.korrektur.meldeeinheit == einheit.id),
            mittel=Mittel(*map(eigene, (daten.mittel.zuweisungen, daten.mittel.verwendung, daten.mittel.raten))),
            punkte=eigene(daten.punkte),
            texte=eigene(daten.texte),
            trichter=daten.trichter.clear(),
            trends=daten.trends.clear(),
            revisionen=daten.revisionen.filter(pl.col("revision").is_in(geaendert)),
            wirkungen=daten.wirkungen.filter(ags=einheit.id),
            preise=daten.preise.clear(),
        ),
        trends={k: zeile for k, zeile in bestand.trends.items() if k[-1] in (einheit.id, daten.land.ags)},
        trichter={},
        formen=(),
    )


def fuer_kennzahl(bestand: Bestand, indikator: Indikator) -> Bestand:
    """Nothing but the figures of this indicator."""
    daten = bestand.daten
    tabellen = ("werte", "lieferstand", "stellen", "punkte", "texte", "trichter", "trends", "revisionen")
    return replace(
        bestand,
        daten=replace(
            daten,
            **{name: getattr(daten, name).clear() for name in (*tabellen, "wirkungen", "preise")},
            hinweise=daten.kopfhinweise,
            stand=_stand(daten, pl.col("datensatz").is_in(_datensaetze(indikator))),
            korrekturen=(),
            mittel=Mittel(),
        ),
        reihen={indikator.id: bestand.reihen[indikator.id]},
        vergleiche={k: v for k, v in bestand.vergleiche.items() if k[0] == indikator.id},
        spannen={k: s for k, s in bestand.spannen.items() if k[0] == indikator.id},
        trends={k: zeile for k, zeile in bestand.trends.items() if k[0] == indikator.id},
        trichter={k: zeilen for k, zeilen in bestand.trichter.items() if k[0] == indikator.id},
    )


def fingerabdruck(bestand: Bestand) -> str:
    """Fingerprint of everything in it that may differ from one run to the next."""
    daten = bestand.daten
    tabellen = (daten.werte, daten.lieferstand, daten.stellen, daten.punkte, daten.texte, *_mittel(daten.mittel))
    teile: Iterable[object] = (
        [
            daten.edition,
            daten.stand,
            daten.hinweise,
            daten.enthaelt_demodaten,
            sorted(daten.zeitlagen.items()),
            daten.korrekturen,
        ],
        *(t.rows() for t in (*tabellen, daten.revisionen, daten.wirkungen, daten.preise)),
        *(bestand.abdruecke[i] for i in bestand.reihen),
        *bestand.trends.values(),
        *bestand.trichter.values(),
    )
    summe = hashlib.sha256()
    for teil in teile:
        summe.update(repr(teil).encode())
    return summe.hexdigest()


def _nur(tabelle: pl.DataFrame, ags: str) -> pl.DataFrame:
    return tabelle.filter(meldeeinheit=ags)


def _mittel(mittel: Mittel) -> tuple[pl.DataFrame, ...]:
    return mittel.zuweisungen, mittel.verwendung, mittel.raten


def _stand(daten: Berichtsdaten, lieferungen: pl.Expr) -> str:
    """The day one of these deliveries last arrived; empty without any."""
    tag = datenstand(daten.lieferstand.filter(lieferungen))
    return tag.isoformat() if tag else ""


def _datensaetze(indikator: Indikator) -> set[str]:
    """Datasets its figures are made from."""
    groessen: list[Groesse] = [g for v in indikator.varianten for g in (v.zaehler, v.nenner) if g is not None]
    return {d for g in groessen for d in (g.datensatz, *(z.mass.split(".")[0] for z in g.zellen)) if d}
