"""What keeps the public edition from being released, in sentences for those who have to mend it."""

import json

import polars as pl

from assets.ablage import Ablage
from assets.auf_dem_stand import landesebene_offen
from assets.berichte.rechtliches import offene_angaben
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import alle_belege
from assets.eingang.entscheidungen import KEINE, alle_entscheidungen
from assets.geheimhaltung.angriffsprobe import SICHER
from assets.pruefung.lieferungen import lieferstand, offene
from assets.querpruefung.bilden import PFAD as QUERBEFUNDE
from schemas.datensaetze import alle_datensaetze
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import UMGEBUNG, lade_herausgeber
from schemas.modell import Land, Schwere

_ANGRIFF = f"berichte/{OEFFENTLICH}/daten/angriff.json"


def hindernisse(ablage: Ablage, land: Land) -> tuple[str, ...]:
    """All of them, none of which may be left; an empty tuple says that the edition can be released."""
    gruende = []
    if offene(ablage, land) or landesebene_offen(ablage, land):
        gruende.append("Die Berichte sind nicht auf dem Stand der Lieferungen. Bitte zuerst: teilhabe lauf")
    gruende += _nicht_freigegebene(ablage, land)
    gruende += _widersprueche(ablage)
    if not _ist_sicher(ablage):
        gruende.append("Der Angriff auf die öffentliche Fassung hat sie nicht als sicher befunden.")
    if fehlend := offene_angaben(lade_herausgeber(land)):
        gruende.append(
            f"Im Impressum und auf anderen Seiten fehlen Angaben: {'; '.join(fehlend)}. Sie gehören in die Datei, die "
            f"die Umgebungsvariable {UMGEBUNG} nennt."
        )
    return tuple(gruende)


def _nicht_freigegebene(ablage: Ablage, land: Land) -> list[str]:
    """Deliveries whose version that stands nobody has released, though there is somebody who could."""
    belege, entschieden = alle_belege(ablage, land), alle_entscheidungen(ablage)
    steht = lieferstand(ablage, land).filter(pl.col("gueltige_version").is_not_null())
    gruende = []
    for datensatz, jahr, einheit, version in steht.select(
        "datensatz", "berichtsjahr", "meldeeinheit", "gueltige_version"
    ).iter_rows():
        schluessel = Lieferschluessel(datensatz, jahr, einheit)
        beleg = next(b for b in belege[schluessel] if b.version == version)
        if not entschieden.get(schluessel, KEINE).ist_freigegeben(beleg):
            wo = f"{land.meldeeinheit(einheit).name}, {alle_datensaetze()[datensatz].label} {jahr}"
            gruende.append(
                f"{wo}: Version {version} ist nicht freigegeben. Bitte freigeben oder zurückziehen lassen; danach gilt "
                "die Version davor."
            )
    return gruende


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
