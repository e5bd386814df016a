"""A portal whose people have addresses, and a mail server."""

from collections.abc import Iterator

import pytest

from assets.lieferbuch.mailadresse import setze_mail
from assets.lieferbuch.verbindung import schreibe
from tests.lieferbuch.conftest import adresse, buch, neue_adresse, postgres, sqlite  # noqa: F401
from tests.mail.postamt import Postamt, postamt
from tests.portal.welt import LEUTE, Welt, baue

PORTAL = "https://portal.example.org"


@pytest.fixture
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    neu = baue(tmp_path_factory.mktemp("portal"))
    with schreibe(neu.engine) as v:
        for kennung in LEUTE:
            setze_mail(v, kennung, f"{kennung}@example.org")
    return neu


@pytest.fixture
def amt() -> Iterator[Postamt]:
    with postamt(Postamt()) as laufend:
        yield laufend


@pytest.fixture
def eingerichtet(amt: Postamt, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is set up to go through the server."""
    richte_ein(monkeypatch, f"smtp://127.0.0.1:{amt.port}")


def richte_ein(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    monkeypatch.setenv("TEILHABE_MAIL", server)
    monkeypatch.setenv("TEILHABE_MAIL_ABSENDER", "Teilhabeberichte <noreply@land.example>")
    monkeypatch.setenv("TEILHABE_PORTAL_URL", f"{PORTAL}/")
