"""Speaks with the issuer: where to send people, and who came back (authorization code with PKCE).

What belongs here: the protocol. What does not: which account somebody has (`assets/lieferbuch/verknuepfung.py`), pages,
and the binding to a browser (`seiten_anbieter.py`).

joserfc for the tokens and three requests by httpx2, both of which the optional extra `oidc` brings. Clients made for
web frameworks would bring sessions and a place for the state of their own, which the portal has already.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

import httpx2 as httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from pipeline.portal.anbieter import AnbieterError, Angaben, Ausweis, ist_sicher

_ALGORITHMEN = ("RS256", "ES256")
"""Fixed here: what a token or the issuer says of itself decides nothing."""
_SCHLUESSELARTEN = ("RSA", "EC")
_UHREN_S = 60
"""How far the two clocks may be apart."""
_WARTEN_S = 10
_HOECHSTE_BYTES = 256 * 1024
_ENDPUNKTE = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Anbieter:
    """One issuer."""

    def __init__(self, angaben: Angaben) -> None:
        self._angaben = angaben

    @property
    def aussteller(self) -> str:
        """What it calls itself."""
        return self._angaben.aussteller

    @property
    def name(self) -> str:
        """What people call it."""
        return self._angaben.name

    @cached_property
    def _beschreibung(self) -> dict[str, Any]:
        gesagt = self._hole(f"{self.aussteller.rstrip('/')}/.well-known/openid-configuration")
        if gesagt.get("issuer") != self.aussteller:
            raise AnbieterError("Der Anbieter nennt sich anders als eingestellt.")
        if not all(isinstance(gesagt.get(e), str) and ist_sicher(gesagt[e]) for e in _ENDPUNKTE):
            raise AnbieterError("Der Anbieter nennt keine sicheren Adressen.")
        return gesagt

    def _hole(
        self, adresse: str, formular: Mapping[str, str] | None = None, ausweis: tuple[str, str] | None = None
    ) -> dict[str, Any]:
        """An answer in JSON; to a form, if there is one.

        Raises:
            AnbieterError: there is none, or it says no.
        """
        try:
            # Redirects are not followed: the code and the secret go where they were meant to go, or nowhere.
            methode = "POST" if formular else "GET"
            with httpx.stream(methode, adresse, data=formular, auth=ausweis, timeout=_WARTEN_S) as antwort:
                if antwort.status_code != 200:
                    raise AnbieterError("Der Anbieter lehnt ab.")
                inhalt = b""
                for stueck in antwort.iter_bytes():
                    inhalt += stueck
                    if len(inhalt) > _HOECHSTE_BYTES:
                        raise AnbieterError("Der Anbieter antwortet zu lang.")
            gelesen = json.loads(inhalt)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fehler:
            raise AnbieterError("Der Anbieter ist nicht erreichbar.") from fehler
        if not isinstance(gelesen, dict):
            raise AnbieterError("Der Anbieter antwortet anders als vereinbart.")
        return gelesen

    def weg(self, zurueck: str, state: str, nonce: str, beweis: str) -> str:
        """The address at which people sign in.

        Args:
            zurueck: our own address they come back to.
            state: what they bring back with them.
            nonce: what the token has to hold.
            beweis: the secret that proves, when the code is redeemed, that it was asked for here (PKCE).

        Raises:
            AnbieterError: the issuer cannot be asked.
        """
        abdruck = base64.urlsafe_b64encode(hashlib.sha256(beweis.encode()).digest()).rstrip(b"=").decode()
        frage = {
            "response_type": "code",
            "client_id": self._angaben.klient,
            "redirect_uri": zurueck,
            "scope": "openid email" if self._angaben.mit_mail else "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": abdruck,
            "code_challenge_method": "S256",
        }
        ort = str(self._beschreibung["authorization_endpoint"])
        return f"{ort}{'&' if '?' in ort else '?'}{urlencode(frage)}"

    def ausweis(self, zurueck: str, code: str, nonce: str, beweis: str) -> Ausweis:
        """Who came back with this code.

        Raises:
            AnbieterError: the code is not good any more, or the token not meant for us, now, for this browser.
        """
        antwort = self._hole(
            self._beschreibung["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": zurueck,
                "code_verifier": beweis,
            },
            (quote(self._angaben.klient, safe=""), quote(self._angaben.geheimnis, safe="")),
        )
        angaben = self._pruefe(antwort.get("id_token"), nonce)
        mail = angaben.get("email")
        gilt = self._angaben.mit_mail and angaben.get("email_verified") is True and isinstance(mail, str)
        return Ausweis(angaben["sub"], mail if gilt else None)

    def _pruefe(self, token: object, nonce: str) -> dict[str, Any]:
        """What a token says, if it is the issuer's, for us, and of now."""
        if not isinstance(token, str):
            raise AnbieterError("Der Anbieter sendet keinen Ausweis.")
        da = jwt.ClaimsOption(essential=True)
        try:
            angaben = jwt.decode(token, self._schluessel(), algorithms=list(_ALGORITHMEN)).claims
            jwt.JWTClaimsRegistry(leeway=_UHREN_S, iss=da, sub=da, aud=da, exp=da, iat=da, nonce=da).validate(angaben)
        except (JoseError, ValueError, TypeError) as fehler:
            raise AnbieterError("Der Ausweis des Anbieters ist nicht gültig.") from fehler
        fuer_uns = angaben["aud"] in (self._angaben.klient, [self._angaben.klient])
        durch_uns = angaben.get("azp", self._angaben.klient) == self._angaben.klient
        gleicher = hmac.compare_digest(str(angaben["nonce"]).encode(), nonce.encode())
        if angaben["iss"] != self.aussteller or not (fuer_uns and durch_uns and gleicher):
            raise AnbieterError("Der Ausweis des Anbieters ist nicht für diese Anmeldung.")
        return angaben

    def _schluessel(self) -> KeySet:
        """The issuer's keys of now; only such as sign by the fixed algorithms, never one both sides would know."""
        alle = self._hole(self._beschreibung["jwks_uri"]).get("keys")
        gute = [
            k
            for k in (alle if isinstance(alle, list) else [])
            if isinstance(k, dict) and k.get("kty") in _SCHLUESSELARTEN and k.get("use", "sig") == "sig"
        ]
        return KeySet.import_key_set({"keys": gute})
