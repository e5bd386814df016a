"""Two versions of a delivery side by side.

What belongs here: this page, in words. What does not: finding what differs (`assets/pruefung/versionsvergleich.py`).
"""

from collections.abc import Iterator

from starlette.responses import Response

from assets.eingang.empfang import Beleg, belege_von
from assets.pruefung.pruefen import lies
from assets.pruefung.versionsvergleich import (
    HOECHSTENS,
    Fassungstabelle,
    Schwelle,
    Vergleich,
    fassungstabelle,
    vergleiche,
)
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import HOECHSTE_VERSION, Anfrage, Seite
from pipeline.portal.rechte import Recht
from pipeline.portal.summen import in_worten
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz, Land
from schemas.querreihen import MESSREIHEN


def _vergleich(anfrage: Anfrage) -> Response:
    belege = {b.version: b for b in belege_von(anfrage.umfeld.ablage, anfrage.schluessel)}
    versionen = sorted(belege)
    datensatz = alle_datensaetze()[anfrage.schluessel.datensatz].fuer(anfrage.umfeld.land)
    gewaehlt = _gewaehlt(anfrage, versionen)
    ergebnis = _vergleiche(anfrage, datensatz, *(belege[n] for n in gewaehlt)) if len(set(gewaehlt)) == 2 else None
    return anfrage.zeige(
        "vergleich.html",
        einheit=anfrage.einheit,
        jahr=anfrage.jahr,
        datensatz=datensatz,
        versionen=versionen,
        gewaehlt=gewaehlt,
        v=ergebnis[0] if ergebnis else None,
        hinweise=ergebnis[1] if ergebnis else [],
        labels={s.name: s.feld.label for s in datensatz.spalten},
        hoechstens=HOECHSTENS,
        in_worten=in_worten,
        schwelle=_schwelle(anfrage.umfeld.land, datensatz),
    )


def _gewaehlt(anfrage: Anfrage, versionen: list[int]) -> tuple[int, ...]:
    """The two versions asked for; without a question the last two, as far as there are any."""
    gefragt = [anfrage.request.query_params.get(n, "") for n in ("von", "bis")]
    if not any(gefragt):
        return tuple(versionen[-2:])
    nummern = tuple(int(n) for n in gefragt if n.isascii() and n.isdigit() and len(n) < len(str(HOECHSTE_VERSION)))
    if len(nummern) < len(gefragt) or not set(nummern) <= set(versionen):
        raise nicht_gefunden()
    return nummern


def _vergleiche(anfrage: Anfrage, datensatz: Datensatz, alt: Beleg, neu: Beleg) -> tuple[Vergleich, list[str]]:
    tabellen = [_tabelle(anfrage, datensatz, beleg) for beleg in (alt, neu)]
    ergebnis = vergleiche(datensatz, tabellen[0], tabellen[1], _schwelle(anfrage.umfeld.land, datensatz))
    paare = list(zip((alt, neu), tabellen, strict=True))
    return ergebnis, list(_hinweise(datensatz, paare, ergebnis))


def _tabelle(anfrage: Anfrage, datensatz: Datensatz, beleg: Beleg) -> Fassungstabelle:
    return fassungstabelle(lies(anfrage.umfeld.ablage.lies(beleg.pfad), beleg.dateiname, datensatz), datensatz)


def _schwelle(land: Land, datensatz: Datensatz) -> Schwelle:
    """What counts as a large change: the same as from year to year, the strictest of the series of the dataset."""
    namen = {r.schwelle for r in MESSREIHEN if r.datensatz == datensatz.name} or {"veraenderung"}
    return Schwelle(min(land.schwellen[n] for n in namen), land.schwellen["veraenderung_mindestens"])


def _hinweise(datensatz: Datensatz, paare: list[tuple[Beleg, Fassungstabelle]], ergebnis: Vergleich) -> Iterator[str]:
    """What could not be compared, and why."""
    for beleg, tabelle in paare:
        if tabelle.tabelle is None:
            yield f"In Version {beleg.version} ist keine Tabelle zu erkennen; ein Vergleich ist nicht möglich."
        elif tabelle.fehlend:
            namen = ", ".join(f"„{datensatz.spalte(s).feld.label}“ ({s})" for s in tabelle.fehlend)
            yield f"In Version {beleg.version} fehlt: {namen}. Das wird nicht verglichen."
    if not ergebnis.hat_zeilen and all(t.tabelle is not None for _, t in paare):
        yield (
            "Damit fehlt ein Teil des Schlüssels, an dem zusammengehörende Zeilen zu erkennen sind. Verglichen sind "
            "deshalb nur die Summen."
        )


SEITEN = (Seite("GET", "/kreis/{einheit}/{jahr:int}/{datensatz}/vergleich", Recht.SEHEN, _vergleich, langsam=True),)
