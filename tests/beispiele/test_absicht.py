"""The pipeline decides about every delivery what was intended with it."""

from pathlib import Path

import polars as pl
import pytest

from assets.eingang.dateiname import deute
from assets.pruefung.pruefen import Pruefung, pruefe
from pipeline.beispiele import Absicht, absichten, erzeuge
from pipeline.beispiele.dialekte import DIALEKTE, SCHLICHT, Dialekt
from pipeline.beispiele.inhalt import Auftrag, zeilen_von
from pipeline.beispiele.plan import plane
from pipeline.beispiele.rollen import Lieferung, verteile
from pipeline.beispiele.schreiben import schreibe
from pipeline.beispiele.zufall import zufall
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Pruefumgebung, Schwere


def _urteil(pfad: Path, land: Land) -> Pruefung:
    schluessel = deute(pfad.name, land).schluessel
    umgebung = Pruefumgebung(land, land.meldeeinheit(schluessel.meldeeinheit), schluessel.berichtsjahr)
    return pruefe(pfad.read_bytes(), pfad.name, alle_datensaetze()[schluessel.datensatz], umgebung)


def _als_absicht(pruefung: Pruefung) -> Absicht:
    if pruefung.tabelle is None:
        return Absicht.ZURUECKGEWIESEN
    return Absicht.MIT_WARNUNG if pruefung.anzahl[Schwere.WARNUNG] else Absicht.ANGENOMMEN


def _urteile(ordner: Path, land: Land) -> dict[str, Pruefung]:
    return {p.relative_to(ordner).as_posix(): _urteil(p, land) for p in sorted(ordner.rglob("*.csv"))}


def _vergleiche(urteile: dict[str, Pruefung], erwartet: dict[str, Absicht]) -> None:
    anders = {
        name: (_als_absicht(u).value, erwartet[name].value, u.je_regel, [b.meldung for b in u.befunde[:3]])
        for name, u in urteile.items()
        if _als_absicht(u) is not erwartet[name]
    }
    assert anders == {}


def test_jede_lieferung_wird_beurteilt_wie_beabsichtigt(erzeugt: Path, land: Land, seed: int) -> None:
    urteile = _urteile(erzeugt, land)
    _vergleiche(urteile, absichten(land, seed))
    for urteil in urteile.values():
        if urteil.tabelle is None:
            assert len(urteil.je_regel) >= 4, "eine zurückgewiesene Datei zeigt mehrere Arten von Fehlern"


@pytest.mark.parametrize("startzahl", range(2))
def test_auch_in_einem_anderen_land(
    tmp_path: Path, kleines_land: Land, ohne_zahlen: pl.DataFrame, startzahl: int
) -> None:
    erzeuge(kleines_land, startzahl, tmp_path, ohne_zahlen)
    _vergleiche(_urteile(tmp_path, kleines_land), absichten(kleines_land, startzahl))


def _geprueft(auftrag: Auftrag, dialekt: Dialekt) -> pl.DataFrame:
    datensatz = alle_datensaetze()[auftrag.lieferung.datensatz]
    inhalt = schreibe(zeilen_von(auftrag), datensatz, dialekt, "Titel", zufall(1))
    tabelle = pruefe(inhalt, auftrag.lieferung.dateiname, datensatz, auftrag.umgebung).tabelle
    assert tabelle is not None, auftrag.lieferung
    return tabelle.drop("zeile")


@pytest.fixture(scope="module")
def schlichte(land: Land, referenz: pl.DataFrame) -> list[tuple[Auftrag, pl.DataFrame]]:
    """Every dataset of a few Meldeeinheiten, one with a register of its own among them, as read from plain files."""
    rollen = verteile(land, 1)
    plaene = plane(land, 1, rollen, referenz)
    eigenes = next(k for k, konzept in rollen.konzept.items() if konzept != "AUSL_AZR")
    auftraege = [
        Auftrag(land, 1, plaene[kennung], Lieferung(name, kennung, land.berichtsjahre[-1]), None, 1)
        for kennung in {eigenes, land.meldeeinheiten[0].id}
        for name in land.datensaetze
    ]
    return [(auftrag, _geprueft(auftrag, SCHLICHT)) for auftrag in auftraege]


@pytest.mark.parametrize("dialekt", DIALEKTE.values(), ids=DIALEKTE.keys())
def test_jeder_dialekt_wird_zur_selben_tabelle_gelesen(
    schlichte: list[tuple[Auftrag, pl.DataFrame]], dialekt: Dialekt
) -> None:
    for auftrag, tabelle in schlichte:
        assert _geprueft(auftrag, dialekt).equals(tabelle), auftrag.lieferung


def test_berichtigungen_aendern_zahlen_und_sonst_nichts(erzeugt: Path, land: Land, seed: int) -> None:
    absicht = absichten(land, seed)
    zweite = [n for n in absicht if n.startswith("v2/")]
    erste = {n: absicht[n.replace("v2/", "v1/")] for n in zweite}
    assert sorted(a is Absicht.ZURUECKGEWIESEN for a in erste.values()) == [False, True]
    berichtigt = next(n for n, a in erste.items() if a is not Absicht.ZURUECKGEWIESEN)
    alt, neu = (_urteil(erzeugt / n, land).tabelle for n in (berichtigt.replace("v2/", "v1/"), berichtigt))
    assert alt is not None
    assert neu is not None
    datensatz = alle_datensaetze()[deute(Path(berichtigt).name, land).schluessel.datensatz]
    assert alt.select(datensatz.schluessel).equals(neu.select(datensatz.schluessel))
    geaendert = (alt["beratungen"] != neu["beratungen"]).sum()
    assert 0 < geaendert < alt.height


def test_schreibweisen_kommen_alle_vor(erzeugt: Path) -> None:
    inhalte = [p.read_bytes() for p in erzeugt.rglob("*.csv")]
    assert any(b.startswith(b"\xff\xfe") for b in inhalte)
    assert any(b.startswith(b"\xef\xbb\xbf") for b in inhalte)
    assert any(b.startswith(b"sep=;") for b in inhalte)
    assert any(b.startswith(b'"berichtsjahr"') for b in inhalte)
    assert any(b.splitlines()[0].endswith(b";;;") for b in inhalte)
    assert any(b"\nSumme;" in b for b in inhalte)
    assert sum(b.startswith(b"berichtsjahr;") for b in inhalte) > len(inhalte) / 2
