"""Rows of `stellen`: the plan's offices that were active in the year."""

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import Stelle
from pipeline.beispiele.zufall import zehntel


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """One row per active Stelle."""
    von, bis = auftrag.zeitraum
    return [_zeile(auftrag, stelle) for stelle in auftrag.plan.stellen if stelle.tage(von, bis)]


def _zeile(auftrag: Auftrag, stelle: Stelle) -> Zeile:
    ohne_fuehrung = auftrag.besonderheit is Besonderheit.OHNE_FUEHRUNG
    # An end that lies ahead is not known yet when the year is reported.
    ende = stelle.aktiv_bis if stelle.aktiv_bis and stelle.aktiv_bis <= auftrag.zeitraum[1] else None
    if auftrag.besonderheit is Besonderheit.ENDE_FEHLT:
        ende = None
    return {
        "stelle_id": stelle.id,
        "art": stelle.art,
        "name": stelle.name,
        "einrichtung": stelle.einrichtung,
        "traegerschaft": stelle.traegerschaft,
        "traeger_id": stelle.traeger_id,
        "traeger_name": stelle.traeger_name,
        "fuehrende_meldeeinheit": None if ohne_fuehrung else stelle.fuehrend,
        "gemeinde_ags": stelle.gemeinde_ags,
        "anschrift": f"Musterstraße {stelle.hausnummer}, 00000 Musterort",
        "kontakt": f"{stelle.id.lower()}@beispiel.example",
        "aktiv_von": stelle.aktiv_von,
        "aktiv_bis": ende,
        "oeffnungsstunden_woche": zehntel(stelle.stunden),
        "sprachen": " ".join(stelle.sprachen),
        "meldung_vollstaendig": "N" if stelle.schweigt_in == auftrag.jahr else "J",
        "oeffentlich": "J" if stelle.oeffentlich else "N",
    }
