"""A small OpenID provider on a port of its own, which can be told to do wrong."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

KLIENT, GEHEIMNIS = "portal", "sehr geheim: %/"
SCHLUESSEL = RSAKey.generate_key(2048, {"kid": "eins", "use": "sig"})
FREMDER_SCHLUESSEL = RSAKey.generate_key(2048, {"kid": "eins", "use": "sig"})
EC_SCHLUESSEL = ECKey.generate_key("P-256", {"kid": "zwei", "use": "sig"})


@dataclass
class Dienst:
    """Who is signed in there, and what it does wrong; `ort` is known once it runs."""

    ort: str = ""
    person: str = "bea-dort"
    mail: dict[str, object] = field(default_factory=dict)
    schluessel: RSAKey | ECKey = field(default_factory=lambda: SCHLUESSEL)
    verfahren: str = "RS256"
    geheim: bytes = b""
    abweichung: dict[str, object] = field(default_factory=dict)
    ohne: tuple[str, ...] = ()
    kopf: dict[str, object] = field(default_factory=dict)
    beschreibung: dict[str, object] = field(default_factory=dict)
    fragen: dict[str, dict[str, str]] = field(default_factory=dict)
    abgelehnt: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        """The provider as an application."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._beschreibe),
                Route("/auth", self._melde_an),
                Route("/token", self._loese_ein, methods=["POST"]),
                Route("/keys", self._zeige_schluessel),
            ]
        )

    async def _beschreibe(self, _: Request) -> Response:
        gesagt = {
            "issuer": self.ort,
            "authorization_endpoint": f"{self.ort}/auth",
            "token_endpoint": f"{self.ort}/token",
            "jwks_uri": f"{self.ort}/keys",
        }
        return JSONResponse(gesagt | self.beschreibung)

    async def _zeige_schluessel(self, _: Request) -> Response:
        # A symmetric key and one for encryption must not disturb anybody.
        fremde = [
            {"kty": "oct", "k": "AAAA", "kid": "eins"},
            {**FREMDER_SCHLUESSEL.as_dict(private=False), "use": "enc"},
        ]
        gute = [s.as_dict(private=False) for s in (SCHLUESSEL, EC_SCHLUESSEL)]
        return JSONResponse({"keys": [*fremde, *gute]})

    async def _melde_an(self, request: Request) -> Response:
        """Signs in at once whoever is told to be there."""
        frage = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.fragen[code] = frage
        return RedirectResponse(f"{frage['redirect_uri']}?{urlencode({'code': code, 'state': frage['state']})}", 303)

    async def _loese_ein(self, request: Request) -> Response:
        felder = dict(parse_qsl((await request.body()).decode()))
        frage = self.fragen.pop(felder.get("code", ""), None)
        abdruck = hashlib.sha256(felder.get("code_verifier", "").encode()).digest()
        erwartet = base64.b64encode(b"portal:sehr%20geheim%3A%20%25%2F").decode()
        fehler = {
            "code": frage is None,
            "pkce": frage is None
            or frage["code_challenge"] != _kodiere(abdruck)
            or frage["code_challenge_method"] != "S256",
            "klient": request.headers.get("authorization") != f"Basic {erwartet}",
            "zurueck": frage is None or felder.get("redirect_uri") != frage["redirect_uri"],
        }
        self.abgelehnt += [was for was, falsch in fehler.items() if falsch]
        if frage is None or any(fehler.values()):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self._ausweis(frage["nonce"])})

    def _ausweis(self, nonce: str) -> str:
        jetzt = int(time.time())
        angaben: dict[str, Any] = {
            "iss": self.ort,
            "aud": KLIENT,
            "sub": self.person,
            "iat": jetzt,
            "exp": jetzt + 300,
            "nonce": nonce,
        }
        angaben = angaben | self.mail | self.abweichung
        for name in self.ohne:
            del angaben[name]
        kopf = {"alg": self.verfahren, "kid": self.schluessel.kid} | self.kopf
        if self.verfahren in {"none", "HS256"}:
            return self._von_hand(kopf, angaben)
        return jwt.encode(kopf, angaben, self.schluessel, algorithms=[self.verfahren])

    def _von_hand(self, kopf: dict[str, Any], angaben: dict[str, Any]) -> str:
        """What the library would rather not write."""
        rumpf = ".".join(_kodiere(json.dumps(teil).encode()) for teil in (kopf, angaben))
        siegel = hmac.digest(self.geheim, rumpf.encode(), "sha256") if self.verfahren == "HS256" else b""
        return f"{rumpf}.{_kodiere(siegel)}"


def _kodiere(inhalt: bytes) -> str:
    return base64.urlsafe_b64encode(inhalt).rstrip(b"=").decode()
