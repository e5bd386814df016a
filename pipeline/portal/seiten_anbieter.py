"""Signing in elsewhere, and linking one's account to that.

What belongs here: the way there and back. What does not: the protocol (`oidc.py`).

What is sent along and has to come back (`state`) is signed with the secret this browser holds anyway, and `nonce` and
the proof of PKCE are made from both: nothing has to be kept meanwhile, and in another browser it is worth nothing.
After a sign-in the browser holds another secret, so that nothing of it can be used a second time.
"""

import hashlib
import hmac
import secrets
import time
from typing import TYPE_CHECKING

from starlette.responses import Response

from assets.lieferbuch.anmeldung import darf_versuchen, merke_erfolg
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.verbindung import schreibe
from assets.lieferbuch.verknuepfung import Subjekt, loese, mit_mail, verknuepfe, verknuepfte
from pipeline.portal.abbruch import Abbruch, nicht_gefunden
from pipeline.portal.anbieter import AnbieterError, Ausweis
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_anmeldung import ZU_OFT, Abgelehnt, lass_herein, probiere
from pipeline.portal.seiten_konto import FALSCH, zeige
from pipeline.portal.sitzung import setze

if TYPE_CHECKING:
    from pipeline.portal.oidc import Anbieter

_ZURUECK = "/anmelden/anbieter/zurueck"
_GILT_S = 600
"""How long somebody may take over there."""
_ANMELDEN, _VERKNUEPFEN = "anmelden", "verknuepfen"


def _anbieter(anfrage: Anfrage) -> "Anbieter":
    if anfrage.umfeld.anbieter is None:
        raise nicht_gefunden()
    return anfrage.umfeld.anbieter


def _signiere(marke: str, *teile: str) -> str:
    return hmac.new(marke.encode(), "|".join(teile).encode(), hashlib.sha256).hexdigest()


def _weg(anfrage: Anfrage, zweck: str) -> str:
    """The address over there, with a state that is good for this purpose, in this browser, for a while."""
    rumpf = f"{zweck}.{int(time.time())}.{secrets.token_hex(16)}"
    state = f"{rumpf}.{_signiere(anfrage.marke, 'state', rumpf)}"
    nonce, beweis = _abgeleitet(anfrage, state)
    try:
        return _anbieter(anfrage).weg(anfrage.wurzel + _ZURUECK, state, nonce, beweis)
    except AnbieterError as fehler:
        raise Abbruch(503, "Zurzeit nicht möglich", f"{fehler} Bitte später noch einmal versuchen.") from fehler


def _abgeleitet(anfrage: Anfrage, state: str) -> tuple[str, str]:
    return _signiere(anfrage.marke, "nonce", state), _signiere(anfrage.marke, "beweis", state)


def _zweck(anfrage: Anfrage, state: str) -> str:
    """What the state was made for.

    Raises:
        Abbruch: it was not made for this browser, or too long ago.
    """
    rumpf, _, siegel = state.rpartition(".")
    if not hmac.compare_digest(_signiere(anfrage.marke, "state", rumpf).encode(), siegel.encode()):
        raise _gescheitert(anfrage)
    zweck, wann, _ = rumpf.split(".")
    if time.time() - int(wann) > _GILT_S:
        raise _gescheitert(anfrage)
    return zweck


def _gescheitert(anfrage: Anfrage) -> Abbruch:
    return Abbruch(
        403,
        "Die Anmeldung hat nicht geklappt",
        f"Die Anmeldung bei „{_anbieter(anfrage).name}“ wurde abgebrochen oder ist zu alt. "
        "Bitte in diesem Browser noch einmal beginnen.",
    )


def _gehe(anfrage: Anfrage) -> Response:
    """A link and no form: browsers let no form lead to another site, and our policy wants it so."""
    if anfrage.person_oder_niemand is not None:
        return weiter("/")
    antwort = weiter(_weg(anfrage, _ANMELDEN))
    setze(antwort, anfrage.marke)
    return antwort


def _zurueck(anfrage: Anfrage) -> Response:
    anbieter, gesandt = _anbieter(anfrage), anfrage.request.query_params
    state, code = gesandt.get("state", ""), gesandt.get("code", "")
    zweck = _zweck(anfrage, state)
    if not code or gesandt.get("iss", anbieter.aussteller) != anbieter.aussteller:
        raise _gescheitert(anfrage)
    with schreibe(anfrage.umfeld.engine) as v:
        frei = darf_versuchen(v, None, anfrage.adresse)
    if not frei:
        raise Abbruch(429, "Zu viele Versuche", ZU_OFT)
    nonce, beweis = _abgeleitet(anfrage, state)
    try:
        ausweis = anbieter.ausweis(anfrage.wurzel + _ZURUECK, code, nonce, beweis)
    except AnbieterError as fehler:
        raise _gescheitert(anfrage) from fehler
    if zweck == _VERKNUEPFEN:
        return _verknuepfe(anfrage, ausweis)
    return _lass_herein(anfrage, ausweis)


def _lass_herein(anfrage: Anfrage, ausweis: Ausweis) -> Response:
    anbieter = _anbieter(anfrage)
    subjekt = Subjekt(anbieter.aussteller, ausweis.subjekt)
    with schreibe(anfrage.umfeld.engine) as v:
        konto = verknuepfte(v, subjekt)
        if konto is None and ausweis.mail and (nummer := mit_mail(v, subjekt.aussteller, ausweis.mail)):
            # From now on the name over there counts: addresses change hands.
            verknuepfe(v, nummer, subjekt, nummer)
            konto = verknuepfte(v, subjekt)
    if konto is None:
        return anfrage.zeige("unverknuepft.html", 403, anbieter=anbieter.name, subjekt=ausweis.subjekt)
    return lass_herein(anfrage, *konto)


def _beginne_verknuepfung(anfrage: Anfrage) -> Response:
    """Whoever found somebody signed in must not get a way in of their own: the password is asked for."""
    anbieter, kennung = _anbieter(anfrage), anfrage.person.kennung
    konto = probiere(anfrage, kennung, FALSCH)
    if isinstance(konto, Abgelehnt):
        return zeige(anfrage, konto.text, konto.status)
    with schreibe(anfrage.umfeld.engine) as v:
        merke_erfolg(v, kennung)
    return anfrage.zeige("verknuepfen.html", anbieter=anbieter.name, weg=_weg(anfrage, _VERKNUEPFEN))


def _verknuepfe(anfrage: Anfrage, ausweis: Ausweis) -> Response:
    if anfrage.person_oder_niemand is None:
        raise _gescheitert(anfrage)
    try:
        with schreibe(anfrage.umfeld.engine) as v:
            nummer = anfrage.person.id
            verknuepfe(v, nummer, Subjekt(_anbieter(anfrage).aussteller, ausweis.subjekt), nummer)
    except LieferbuchError as fehler:
        return zeige(anfrage, str(fehler), 409)
    return weiter("/konto")


def _loese(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        loese(v, anfrage.person.id, _anbieter(anfrage).aussteller, anfrage.person.id)
    return weiter("/konto")


SEITEN = (
    Seite("GET", "/anmelden/anbieter", Recht.OFFEN, _gehe),
    Seite("GET", _ZURUECK, Recht.OFFEN, _zurueck),
    Seite("POST", "/konto/verknuepfen", Recht.ANGEMELDET, _beginne_verknuepfung),
    Seite("POST", "/konto/loesen", Recht.ANGEMELDET, _loese),
)
