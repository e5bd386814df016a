"""The files of a release and what it was made from.

What belongs here: taking over the public edition, describing the release, naming it by its content. What does not:
whether it may be released (`hindernisse.py`) and where it is kept (`regal.py`). The same inputs give the same bytes.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.ablage import Ablage
from assets.druck.bilden import edition_fuer
from assets.druck.verzeichnis import gedruckt_aus, lies_eintraege, verzeichnisdateien
from assets.eingang.empfang import alle_belege
from assets.fassung import fassung_berichte
from assets.geheimhaltung.merkbuch import lies_merkbuch
from assets.offenedaten.datei import ORDNER
from assets.pruefung.lieferungen import datenstand, lieferstand
from assets.veroeffentlichung.unterschiede import in_zahlen, unterschiede
from schemas.editionen import OEFFENTLICH
from schemas.modell import Land
from schemas.offene_daten import WERTE

BESCHREIBUNG, UNTERSCHIEDE, PRUEFSUMMEN = "release.json", "unterschiede.csv", "SHA256SUMS"
_WERTE = f"{ORDNER}/{WERTE.name}.parquet"
Dateien = dict[str, bytes]


@dataclass(frozen=True, eq=False)
class Release:
    """A release that is ready to be kept.

    `dateien` is what readers get. `protokoll` is for the ministry alone: fingerprints of deliveries let everybody who
    knows all but one of their figures try out the last one.
    """

    kennung: str
    dateien: Dateien
    protokoll: Mapping[str, Any]
    unterschiede: Mapping[str, int]


def baue(ablage: Ablage, land: Land, wurzel: Path, vorige: Path | None) -> Release:
    """The public edition as it stands, as a release.

    Args:
        ablage: where everything else is.
        land: whose edition.
        wurzel: folder of the state of the public edition, beside the states of others.
        vorige: public folder of the release that is current, if there is one.
    """
    dateien = _dateien(wurzel) | _pdf(land, wurzel)
    lieferungen, fassung = lieferstand(ablage, land), fassung_berichte(land)
    alt = pl.read_parquet(vorige / _WERTE) if vorige else None
    tabelle = unterschiede(alt, pl.read_parquet(io.BytesIO(dateien[_WERTE])))
    tag = datenstand(lieferungen)
    # Named by the edition alone: the same edition is the same release, whatever came before it.
    kennung = f"{tag.isoformat() if tag else 'ohne-lieferung'}-{_summe(dateien)[:12]}"
    dateien[UNTERSCHIEDE] = tabelle.write_csv().encode()
    zahlen = in_zahlen(tabelle)
    gemeinsam: dict[str, Any] = {
        "release": kennung,
        "land": land.id,
        "edition": OEFFENTLICH,
        "datenstand": tag.isoformat() if tag else None,
        "berichtsjahre": list(land.berichtsjahre),
        "code": fassung.code_version,
        "regelwerk": fassung.regel_version,
        "vorige": vorige.parent.name if vorige else None,
        "unterschiede": zahlen,
    }
    dateien[BESCHREIBUNG] = als_json(gemeinsam)
    dateien[PRUEFSUMMEN] = _pruefsummen(dateien)
    protokoll = gemeinsam | {
        "profil": fassung.profil_sha,
        "geheimhaltung": {"ausgabe": len(lies_merkbuch(ablage))},
        "eingaben": _eingaben(ablage, land, lieferungen),
    }
    return Release(kennung, dateien, protokoll, zahlen)


def _dateien(ordner: Path) -> Dateien:
    return {p.relative_to(ordner).as_posix(): p.read_bytes() for p in sorted(ordner.rglob("*")) if p.is_file()}


def _pdf(land: Land, wurzel: Path) -> Dateien:
    """The PDFs below `pdf/` with their list, if they were printed from these very pages."""
    ordner = wurzel.parents[1] / edition_fuer(OEFFENTLICH)
    if gedruckt_aus(ordner) != wurzel.name:
        return {}
    liste = verzeichnisdateien(land, OEFFENTLICH, wurzel.name, lies_eintraege(ordner), "../index.html")
    return {f"pdf/{pfad}": inhalt for pfad, inhalt in (_dateien(ordner.resolve()) | dict(liste)).items()}


def _eingaben(ablage: Ablage, land: Land, lieferungen: pl.DataFrame) -> list[dict[str, Any]]:
    """The versions of deliveries that stand, with receipt number and fingerprint."""
    gueltige = {
        (z["datensatz"], z["berichtsjahr"], z["meldeeinheit"]): z["gueltige_version"]
        for z in lieferungen.iter_rows(named=True)
    }
    belege = (b for versionen in alle_belege(ablage, land).values() for b in versionen)
    stehende = [b for b in belege if gueltige.get((b.datensatz, b.berichtsjahr, b.meldeeinheit)) == b.version]
    felder = ("datensatz", "meldeeinheit", "berichtsjahr", "version", "sha256", "eingegangen_am", "synthetisch")
    return [{f: asdict(b)[f] for f in felder} for b in sorted(stehende, key=lambda b: b.nummer)]


def _summe(dateien: Dateien) -> str:
    return hashlib.sha256(_pruefsummen(dateien)).hexdigest()


def _pruefsummen(dateien: Dateien) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(i).hexdigest()}  {p}\n" for p, i in sorted(dateien.items())).encode()


def als_json(inhalt: object) -> bytes:
    """JSON for people and machines, the same for the same content."""
    return (json.dumps(inhalt, ensure_ascii=False, indent=1) + "\n").encode()
