"""Writes the demonstration deliveries of a Land: first versions, corrections, and what marks them as invented.

What belongs here: the loop over deliveries and the folders' own files.
"""

import hashlib
import json
from pathlib import Path

import polars as pl

from assets.eingang.korb import MARKE
from pipeline.beispiele.absicht import ERSTE, ZWEITE
from pipeline.beispiele.inhalt import Auftrag, zeilen_von
from pipeline.beispiele.plan import Plan, plane
from pipeline.beispiele.rollen import (
    ZURUECKGEWIESEN,
    ZWEITE_FASSUNG,
    Besonderheit,
    Lieferung,
    Rollen,
    alle_lieferungen,
    verteile,
    wird_nicht_gesendet,
)
from pipeline.beispiele.schaden import beschaedigt
from pipeline.beispiele.schreiben import schreibe
from pipeline.beispiele.zuweisungen import Topf, verteilungsmassen
from schemas.codelisten_steuerung import FG
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land

STANDARD_SEED = 6
"""The seed of the committed examples."""
VERSION = "3"
"""Counted up when the same seed no longer gives the same files."""
_HINWEIS = (
    "Alle Angaben in diesem Ordner sind erfunden und dienen nur der Vorführung. "
    "Sie sagen nichts über die Arbeit der genannten Gebietskörperschaften aus."
)


def erzeuge(land: Land, seed: int, ziel: Path, referenz: pl.DataFrame) -> None:
    """Writes `ziel/v1` (first deliveries), `ziel/v2` (corrections) and `ziel/LIESMICH.md`; same seed, same bytes.

    Files of an earlier run, as its mark lists them, are replaced; others are left alone.

    Args:
        land: who delivers what for which years.
        seed: any whole number; each gives another complete demonstration.
        ziel: folder, made if needed.
        referenz: official figures in the columns of `referenzstatistik`; may lack some or all Meldeeinheiten.
    """
    rollen = verteile(land, seed)
    plaene = plane(land, seed, rollen, referenz)
    dateien: dict[str, dict[str, bytes]] = {ERSTE: {}, ZWEITE: {}}
    for lieferung in alle_lieferungen(land):
        besonderheit = rollen.besonderheiten.get(lieferung)
        if besonderheit is not Besonderheit.FEHLT and not wird_nicht_gesendet(land, rollen, lieferung):
            dateien[ERSTE][lieferung.dateiname] = _datei(land, seed, rollen, plaene, lieferung, fassung=1)
        if besonderheit in ZWEITE_FASSUNG:
            dateien[ZWEITE][lieferung.dateiname] = _datei(land, seed, rollen, plaene, lieferung, fassung=2)
    for ordner, inhalte in dateien.items():
        _schreibe_ordner(ziel / ordner, inhalte, seed)
    massen = verteilungsmassen(land, {kennung: plan.anker for kennung, plan in plaene.items()})
    (ziel / "LIESMICH.md").write_text(_liesmich(land, seed, massen), encoding="utf-8", newline="\n")


def _datei(
    land: Land, seed: int, rollen: Rollen, plaene: dict[str, Plan], lieferung: Lieferung, *, fassung: int
) -> bytes:
    """The bytes of one version of one delivery."""
    plan = plaene[lieferung.meldeeinheit]
    besonderheit = rollen.besonderheiten.get(lieferung)
    auftrag = Auftrag(land, seed, plan, lieferung, besonderheit, fassung)
    datensatz = alle_datensaetze()[lieferung.datensatz]
    zeilen = zeilen_von(auftrag)
    if besonderheit in ZURUECKGEWIESEN and fassung == 1:
        zeilen = beschaedigt(zeilen, datensatz, land, auftrag.strom("schaden", *lieferung))
    titel = f"{datensatz.label} {lieferung.jahr}, {plan.meldeeinheit.name}"
    return schreibe(zeilen, datensatz, rollen.dialekt(lieferung), titel, auftrag.strom("kopf", *lieferung))


def _schreibe_ordner(ordner: Path, inhalte: dict[str, bytes], seed: int) -> None:
    ordner.mkdir(parents=True, exist_ok=True)
    marke = ordner / MARKE
    if marke.is_file():
        for name in json.loads(marke.read_text(encoding="utf-8"))["dateien"]:
            (ordner / Path(name).name).unlink(missing_ok=True)
    for name, inhalt in inhalte.items():
        (ordner / name).write_bytes(inhalt)
    herkunft = {
        "synthetisch": True,
        "seed": seed,
        "erzeugt_mit": f"pipeline.beispiele, Version {VERSION}",
        "hinweis": _HINWEIS,
        "dateien": {name: hashlib.sha256(inhalt).hexdigest() for name, inhalt in sorted(inhalte.items())},
    }
    text = json.dumps(herkunft, ensure_ascii=False, indent=2) + "\n"
    marke.write_text(text, encoding="utf-8", newline="\n")


def _liesmich(land: Land, seed: int, massen: dict[Topf, int]) -> str:
    """What a reader of the folder must know."""
    jahre = f"{land.berichtsjahre[0]} bis {land.berichtsjahre[-1]}"
    tabelle = "\n".join(
        f"| {jahr} | {FG.label_von(fg)} | {euro:,} |".replace(",", ".") for (jahr, fg), euro in sorted(massen.items())
    )
    return f"""# Erfundene Lieferungen zur Vorführung

{_HINWEIS}

Der Ordner zeigt, wie Lieferungen für {land.name} ({jahre}) aussehen können: `{ERSTE}` enthält die ersten Lieferungen,
`{ZWEITE}` spätere Berichtigungen. In jedem der beiden Ordner nennt `{MARKE}` jede Datei mit ihrer Prüfsumme; an dieser
Marke erkennt die Anwendung die Angaben als erfunden und sagt es auf jeder Seite, die sie verwendet.

Einwohnerzahlen, Zahlen der Ausländerinnen und Ausländer und die Größe der Zielgruppe lehnen sich an die amtliche
Statistik an. Alles andere, auch Stellen, Träger, Anschriften, Personal, Beratungen, Ausreisen, Herkunftsstaaten, Texte
und Geldbeträge, hat ein Zufallsgenerator mit der Startzahl {seed} erzeugt. Wer dieselbe Startzahl verwendet, erhält
dieselben Dateien:

    teilhabe beispiele --seed {seed} --nach ORDNER

Manche Dateien sind mit Absicht ungewöhnlich geschrieben, manche sind fehlerhaft, eine fehlt. So ist zu sehen, wie die
Prüfung damit umgeht. Andere sind für sich in Ordnung und fallen erst neben anderen Dateien, dem Vorjahr oder der
amtlichen Statistik auf. Dateien, die nur eine Kopfzeile haben, sind Fehlanzeigen: Die Aufgabe wird nicht wahrgenommen
oder kann nicht anfallen. Wo das so ist, fehlt die Datei im ersten Jahr ganz; beides ist richtig.

Die Zuweisungen teilen diese erfundenen Verteilungsmassen nach der Einwohnerzahl am 31.12. des Vorjahres auf, auf den
Cent genau:

| Haushaltsjahr | Fördergegenstand | Euro |
|---|---|---|
{tabelle}
"""
