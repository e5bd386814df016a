"""A person's own account: rights, last sign-ins, a new password.

What belongs here: what people do with their own account. What does not: what the Verwaltung does to others'
(`seiten_verwaltung.py`), signing in elsewhere (`seiten_anbieter.py`).
"""

from collections.abc import Iterable

from starlette.responses import Response

from assets.lieferbuch.anmeldung import erneuere_sitzung, letzte_anmeldungen, merke_erfolg, setze_passwort
from assets.lieferbuch.konten import person
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.verknuepfung import subjekt_von
from assets.ortszeit import zeit
from pipeline.portal.passwort import HOECHSTENS, MINDESTENS, PasswortError
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_anmeldung import Abgelehnt, neues_passwort, probiere
from pipeline.portal.sitzung import neue_marke, setze
from schemas.lieferbuch import ROLLEN
from schemas.modell import Land

FALSCH = "Das bisherige Passwort stimmt nicht. Bitte noch einmal eingeben."


def in_worten(rechte: Iterable[tuple[str, str | None]], land: Land) -> list[tuple[str, str | None, str, str]]:
    """Rights as (role, Meldeeinheit, name of the role, name of the Meldeeinheit), in the order of the roles."""
    namen = {m.id: m.name for m in land.meldeeinheiten}
    reihenfolge = list(ROLLEN)
    return [
        (rolle, einheit, ROLLEN[rolle].label, namen.get(einheit, einheit) if einheit else "landesweit")
        for rolle, einheit in sorted(rechte, key=lambda r: (reihenfolge.index(r[0]), r[1] or ""))
    ]


def _konto(anfrage: Anfrage) -> Response:
    return zeige(anfrage, "", 200)


def zeige(anfrage: Anfrage, fehler: str, status: int) -> Response:
    """The page, with what was wrong about a form sent from it."""
    anbieter = anfrage.umfeld.anbieter
    with lies(anfrage.umfeld.engine) as v:
        konto = person(v, anfrage.person.id)
        anmeldungen = letzte_anmeldungen(v, konto.id)
        subjekt = subjekt_von(v, konto.id, anbieter.aussteller) if anbieter else None
    return anfrage.zeige(
        "konto.html",
        status,
        konto=konto,
        fehler=fehler,
        rechte=in_worten(konto.rechte, anfrage.umfeld.land),
        rollen=ROLLEN,
        anmeldungen=[zeit(a) for a in anmeldungen],
        geaendert="geaendert" in anfrage.request.query_params,
        anbieter=anbieter.name if anbieter else "",
        subjekt=subjekt,
        mindestens=MINDESTENS,
        hoechstens=HOECHSTENS,
    )


def _aendere_passwort(anfrage: Anfrage) -> Response:
    kennung = anfrage.person.kennung
    alt = probiere(anfrage, kennung, FALSCH)
    if isinstance(alt, Abgelehnt):
        return zeige(anfrage, alt.text, alt.status)
    try:
        gemerkt = neues_passwort(anfrage, kennung)
    except PasswortError as fehler:
        return zeige(anfrage, str(fehler), 422)
    marke = neue_marke()
    with schreibe(anfrage.umfeld.engine) as v:
        merke_erfolg(v, kennung)
        setze_passwort(v, kennung, gemerkt, anfrage.person.id, behalte=anfrage.marke)
        # Who has a copy of the old secret of this session is out as well.
        erneuere_sitzung(v, anfrage.marke, marke)
    antwort = weiter("/konto?geaendert")
    setze(antwort, marke)
    return antwort


SEITEN = (
    Seite("GET", "/konto", Recht.ANGEMELDET, _konto),
    Seite("POST", "/konto/passwort", Recht.ANGEMELDET, _aendere_passwort),
)
