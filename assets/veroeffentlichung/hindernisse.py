"""What keeps the public edition from being released, in sentences for those who have to mend it."""

import json

from assets.ablage import Ablage
from assets.auf_dem_stand import landesebene_offen
from assets.berichte.rechtliches import offene_angaben
from assets.geheimhaltung.angriffsprobe import SICHER
from assets.pruefung.lieferungen import offene
from assets.querpruefung.bilden import PFAD as QUERBEFUNDE
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import UMGEBUNG, lade_herausgeber
from schemas.modell import Land, Schwere

_ANGRIFF = f"berichte/{OEFFENTLICH}/daten/angriff.json"


def hindernisse(ablage: Ablage, land: Land) -> tuple[str, ...]:
    """All of them, none of which may be left; an empty tuple says that the edition can be released."""
    gruende = []
    if offene(ablage, land) or landesebene_offen(ablage, land):
        gruende.append("Die Berichte sind nicht auf dem Stand der Lieferungen. Bitte zuerst: teilhabe lauf")
    gruende += _widersprueche(ablage)
    if not _ist_sicher(ablage):
        gruende.append("Der Angriff auf die öffentliche Fassung hat sie nicht als sicher befunden.")
    if fehlend := offene_angaben(lade_herausgeber(land)):
        gruende.append(
            f"Im Impressum und auf anderen Seiten fehlen Angaben: {'; '.join(fehlend)}. Sie gehören in die Datei, die "
            f"die Umgebungsvariable {UMGEBUNG} nennt."
        )
    return tuple(gruende)


def _widersprueche(ablage: Ablage) -> list[str]:
    """Findings of rules across files that are errors: such rules never reject a delivery, only a release."""
    if not ablage.gibt_es(QUERBEFUNDE):
        return []
    fehler = ablage.lies_tabelle(QUERBEFUNDE).filter(schwere=Schwere.FEHLER).sort("meldeeinheit", "regel")
    return [
        f"{wer}, {regel}: {meldung} {abhilfe}"
        for wer, regel, meldung, abhilfe in fehler.select("meldeeinheit", "regel", "meldung", "abhilfe").iter_rows()
    ]


def _ist_sicher(ablage: Ablage) -> bool:
    return ablage.gibt_es(_ANGRIFF) and json.loads(ablage.lies(_ANGRIFF))["urteil"] == SICHER
