"""What the environment says, and how the server is talked to: encrypted, or not at all."""

import ssl
import traceback
from pathlib import Path

import pytest
import trustme

from pipeline.mail.einstellung import lies_einstellung
from pipeline.mail.fehler import MailError
from pipeline.mail.text import schreibe_probe
from pipeline.mail.versand import sende, verbinde
from tests.mail.conftest import richte_ein
from tests.mail.postamt import Postamt, postamt

# Loopback as well, but no name of the own machine, so that encryption is asked for.
FREMD = "127.0.0.2"


@pytest.fixture(scope="module")
def stelle() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def vertraut(stelle: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts whom this authority signs for."""
    datei = tmp_path / "stelle.pem"
    stelle.cert_pem.write_to_path(str(datei))
    monkeypatch.setenv("SSL_CERT_FILE", str(datei))


@pytest.fixture
def tls(stelle: trustme.CA) -> ssl.SSLContext:
    kontext = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    stelle.issue_cert(FREMD).configure_cert(kontext)
    return kontext


def sende_probe() -> None:
    einstellung = lies_einstellung()
    assert einstellung is not None
    with verbinde(einstellung) as server:
        sende(server, schreibe_probe("erika@example.org", "0" * 32, einstellung))


@pytest.mark.usefixtures("vertraut")
def test_starttls_vor_allem_anderen(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt(zugang=(b"amt", b"Pass wort/@")), FREMD, starttls=tls) as amt:
        richte_ein(monkeypatch, f"smtp://amt:Pass%20wort%2F%40@{FREMD}:{amt.port}")
        sende_probe()
    assert amt.verschluesselt == [True]
    assert len(amt.angemeldet) == 1


@pytest.mark.usefixtures("vertraut")
def test_smtps(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt(), FREMD, tls=tls) as amt:
        richte_ein(monkeypatch, f"smtps://{FREMD}:{amt.port}")
        sende_probe()
    assert amt.an() == ["erika@example.org"]


def test_ohne_verschluesselung_erfaehrt_ein_fremder_server_nichts(monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt(zugang=(b"amt", b"geheim")), FREMD) as amt:
        richte_ein(monkeypatch, f"smtp://amt:geheim@{FREMD}:{amt.port}")
        with pytest.raises(MailError, match="STARTTLS"):
            sende_probe()
    assert not amt.angemeldet
    assert not amt.mails


@pytest.mark.parametrize("art", ["smtp", "smtps"])
def test_ein_zertifikat_dem_niemand_traut(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, art: str) -> None:
    wie = {"starttls": tls} if art == "smtp" else {"tls": tls}
    with postamt(Postamt(zugang=(b"amt", b"geheim")), FREMD, **wie) as amt:
        richte_ein(monkeypatch, f"{art}://amt:geheim@{FREMD}:{amt.port}")
        with pytest.raises(MailError, match="Zertifikat"):
            sende_probe()
    assert not amt.angemeldet
    assert not amt.mails


def test_smtps_an_einem_port_ohne(monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt()) as amt:
        richte_ein(monkeypatch, f"smtps://127.0.0.1:{amt.port}")
        with pytest.raises(MailError, match="keine Verschlüsselung"):
            sende_probe()


def test_ein_falsches_passwort_steht_in_keinem_fehler(monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt(zugang=(b"amt", b"richtig"))) as amt:
        richte_ein(monkeypatch, f"smtp://amt:geheim123@127.0.0.1:{amt.port}")
        with pytest.raises(MailError, match="Kennung oder Passwort") as fehler:
            sende_probe()
    alles = "".join(traceback.format_exception(fehler.value))
    assert "geheim123" not in alles
    assert "credentials" not in alles, "ein Wort des Servers"
    assert amt.angemeldet


def test_ein_server_ohne_anmeldung(monkeypatch: pytest.MonkeyPatch) -> None:
    with postamt(Postamt()) as amt:
        richte_ein(monkeypatch, f"smtp://amt:geheim@127.0.0.1:{amt.port}")
        with pytest.raises(MailError, match="Anmeldung"):
            sende_probe()


def test_das_passwort_steht_in_keiner_darstellung(monkeypatch: pytest.MonkeyPatch) -> None:
    richte_ein(monkeypatch, "smtp://amt:geheim123@post.example")
    einstellung = lies_einstellung()
    assert einstellung is not None
    assert einstellung.passwort == "geheim123"
    assert "geheim123" not in repr(einstellung)
    assert (einstellung.port, einstellung.verlangt_starttls) == (587, True)


@pytest.mark.parametrize(
    ("variable", "wert"),
    [
        ("TEILHABE_MAIL", "post.example:25"),
        ("TEILHABE_MAIL", "http://amt:geheim123@post.example"),
        ("TEILHABE_MAIL", "smtp://amt:geheim123@"),
        ("TEILHABE_MAIL", "smtp://amt:geheim123@post.example:99999"),
        ("TEILHABE_MAIL", "smtp://amt:geheim123@[post.example"),
        ("TEILHABE_MAIL", "smtp://amt:geheim123%C3%B6@post.example"),
        ("TEILHABE_MAIL", "smtp://amt:geheim123@post.example\r\nX: y"),
        ("TEILHABE_MAIL_ABSENDER", ""),
        ("TEILHABE_MAIL_ABSENDER", "geheim123"),
        ("TEILHABE_MAIL_ABSENDER", "geheim123@example.org\r\nBcc: x@example.org"),
        ("TEILHABE_PORTAL_URL", ""),
        ("TEILHABE_PORTAL_URL", "portal.example.org"),
        ("TEILHABE_PORTAL_URL", "javascript:geheim123"),
    ],
)
def test_was_nicht_stimmt_wird_gesagt_und_nicht_wiederholt(
    monkeypatch: pytest.MonkeyPatch, variable: str, wert: str
) -> None:
    richte_ein(monkeypatch, "smtp://post.example")
    monkeypatch.setenv(variable, wert)
    with pytest.raises(MailError, match=variable) as fehler:
        lies_einstellung()
    assert "geheim123" not in "".join(traceback.format_exception(fehler.value))
