"""Checks a file for tests and makes its protocol, without an Ablage."""

import hashlib
from dataclasses import dataclass
from typing import Any

from assets.eingang.empfang import Beleg
from assets.fassung import Fassung
from assets.pruefung import protokoll
from assets.pruefung.pruefen import Pruefung, pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, UMGEBUNG, Zeile

FASSUNG = Fassung("c" * 12, "r" * 12, "test")


@dataclass(frozen=True)
class Geprueft:
    pruefung: Pruefung
    daten: dict[str, Any]
    datensatz: Datensatz


def geprueft(datensatz: str, inhalt: bytes, endung: str = "csv", *, version: int = 1) -> Geprueft:
    """The verdict on bytes and its protocol."""
    beschreibung = alle_datensaetze()[datensatz]
    name = f"{datensatz}_{EINHEIT.id}_2025.{endung}"
    pruefung = pruefe(inhalt, name, beschreibung, UMGEBUNG)
    beleg = Beleg(
        datensatz=datensatz,
        meldeeinheit=EINHEIT.id,
        berichtsjahr=2025,
        version=version,
        sha256=hashlib.sha256(inhalt).hexdigest(),
        groesse=len(inhalt),
        dateiname=name,
        endung=endung,
        eingegangen_am="2026-03-01T12:00:00+00:00",
        weg="test",
        synthetisch=False,
    )
    return Geprueft(pruefung, protokoll.als_daten(pruefung, beleg, FASSUNG, UMGEBUNG.land), beschreibung)


def mit_fehlern(anzahl: int) -> bytes:
    """A `personal` file in which the first `anzahl` rows have more posts filled than there are."""
    basis = GUELTIG["personal"]()[0]
    zeilen: list[Zeile] = [
        {**basis, "stelle_id": f"S{i}", "vzae_besetzt": 2.6 if i < anzahl else 2.0} for i in range(anzahl + 3)
    ]
    return als_csv("personal", zeilen)


BUNT = "\r\n".join(
    [
        "Personal;<b>Lieferung</b>",
        "Jahr;Kreis;Stichtag;Stelle;Aufgabe;Tätigkeit;Tarif;EG;Qualifikation;Finanzierung;Personen;Stellen;VZÄ;"
        "VZÄ Jahresmittel;Fortbildungstage;Mehrsprachig Beratende;Bemerkung",
        "2025;14625;31.12.2025;IBZ01;IBZ;FACH;TVOED_SUE;S12;ABSCHLUSS;FG2;3;2,5;2,75;2;1;1;=1+1",
        "2025;14625;31.12.2025;IBZ02;IBZ;FACH;TVOED_SUE;S12;ABSCHLUSS;FG2;3;2,5;2,80;2;1;1;",
        "2025;14625;31.12.2025;=HYPERLINK(1);IBZ;FACHKRAFT;TVOED_SUE;E9B;ABSCHLUSS;FG2;<i>drei;2,5;2,0;2;1;1;",
        "",
        "2025;14625;31.12.2025;IBZ04;IBZ;FACH;TVOED_SUE;S12;ABSCHLUSS;FG2;3;2,5;;2;1;1;",
        "Summe;;;;;;;;;;9;;;;;;",
    ]
).encode()
"""A file with a title, an unknown column, a formula, markup, a blank row, a total row and errors of several kinds."""
