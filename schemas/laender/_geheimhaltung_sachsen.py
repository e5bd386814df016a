"""What Sachsen publishes of what the Kreise deliver. No rule of the Land was found: these are proposals.

Sources: § 16 BStatG and § 18 SächsStatG (single data are secret, those of public bodies that do not compete are not);
practice of the Bundesagentur für Arbeit (3 cases) and of official statistics (5 and more for finer breakdowns).
"""

from schemas.entgeltklassen import KLASSE_DER_GRUPPE
from schemas.geheimhaltung import OFFEN, Geheimhaltung, Schutz, Schutzart, Vergroeberung
from schemas.zellen import REST

_K = 5
_GRUPPE = 10
"""Of fewer than this nobody may learn that all of them are in the same category."""
_STELLENJAHR_EURO = 60_000.0
"""What a post costs a year at least (E 9 with the employer's share, rounded down)."""

_PERSONAL = Schutz(Schutzart.DOMINANZ, einheiten={"personal.personen": _K})

GEHEIMHALTUNG = Geheimhaltung(
    schutz={
        # Institutions, their offers and places, public budgets and organisation.
        "stellen": OFFEN,
        "massnahmen.anzahl": OFFEN,
        "zielgruppe.kapazitaet": OFFEN,
        "finanzen": OFFEN,
        "konzept": OFFEN,
        "zustaendigkeit": OFFEN,
        # What is spent on few posts is what these persons earn.
        "finanzen.ausgaben": Schutz(
            Schutzart.DOMINANZ, klein_unter=_K * _STELLENJAHR_EURO, klein_bei={"teil": f"{REST}SACH"}
        ),
        "personal.vzae_stellen": _PERSONAL,
        "personal.vzae_besetzt": _PERSONAL,
        "personal.vzae_jahresmittel": _PERSONAL,
        "personal.fortbildungstage": _PERSONAL,
        # The mean of stocks tells of each of them.
        "zielgruppe.bestand_mittel": Schutz(
            Schutzart.DOMINANZ, einheiten={"zielgruppe.bestand_anfang": _K, "zielgruppe.bestand_ende": _K}
        ),
    },
    sonst=Schutz(gruppe=_GRUPPE),
    vergroeberungen=(Vergroeberung("entgeltgruppe", KLASSE_DER_GRUPPE),),
)
