"""The commands `mail …` and `konto …` and the sensor: off unless somebody sets them up."""

import json
import socket
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.ressourcen import AblageResource
from pipeline.cli import gruppe
from pipeline.mail.fehler import MailError
from pipeline.mail.sensor import sensor_mail
from schemas.laender import lade_land
from tests.mail.conftest import richte_ein
from tests.mail.postamt import Postamt
from tests.portal.welt import DATENSATZ, JAHR, KREIS, PASSWORT, beispiel

LAND = lade_land("sachsen")


@pytest.fixture(autouse=True)
def ablage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ablage:
    """An empty Ablage the environment points to, and no mail."""
    for name, ort in (("ABLAGE", "arbeit"), ("EINGANGSKORB", "korb"), ("DAGSTER", "dagster")):
        monkeypatch.setenv(f"TEILHABE_{name}", str(tmp_path / ort))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    for name in ("TEILHABE_LIEFERBUCH", "TEILHABE_MAIL"):
        monkeypatch.delenv(name, raising=False)
    return Ablage(tmp_path / "arbeit")


def teilhabe(*woerter: str, eingabe: str | None = None) -> Result:
    return CliRunner().invoke(gruppe, woerter, input=eingabe)


def konto(*woerter: str) -> Result:
    return teilhabe("konto", "anlegen", "erika", "--name", "Erika", *woerter, eingabe=f"{PASSWORT}\n")


@pytest.fixture
def geliefert(ablage: Ablage) -> None:
    """Erika works on the deliveries, and one has come through the inbox."""
    assert konto("--rolle", "bearbeitung", "--meldeeinheit", KREIS, "--mail", "erika@example.org").exit_code == 0
    nimm_an(ablage, LAND, f"{DATENSATZ}_{KREIS}_{JAHR}.csv", beispiel(), weg="korb")
    assert teilhabe("lieferbuch", "aufbauen").exit_code == 0


def tick(ablage: Ablage) -> str:
    # Closed at once: left to the garbage collector, what is behind it breaks whatever runs then.
    with dg.build_sensor_context(resources={"ablage": AblageResource(wurzel=str(ablage.wurzel))}) as kontext:
        ergebnis = sensor_mail(LAND)(kontext)
    assert isinstance(ergebnis, dg.SkipReason)
    return str(ergebnis.skip_message)


def _keine_verbindung(*_: object) -> None:
    raise AssertionError("hier darf sich nichts verbinden")


@pytest.mark.usefixtures("geliefert")
def test_aus_heisst_aus(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _keine_verbindung)
    monkeypatch.setattr(socket.socket, "connect_ex", _keine_verbindung)
    gesendet = teilhabe("mail", "senden")
    assert gesendet.exit_code == 0
    assert gesendet.output == "Mail ist nicht eingerichtet (TEILHABE_MAIL ist nicht gesetzt).\n"
    assert json.loads(teilhabe("mail", "senden", "--json").stdout) is None
    assert "nicht eingerichtet" in tick(ablage)
    assert teilhabe("mail", "probe", "erika@example.org").exit_code == 1
    assert json.loads(teilhabe("mail", "liste", "--json").output) == []


@pytest.mark.usefixtures("geliefert")
def test_senden_liste_probe(amt: Postamt, monkeypatch: pytest.MonkeyPatch) -> None:
    richte_ein(monkeypatch, f"smtp://127.0.0.1:{amt.port}")
    assert "nicht an (550)" in _erster_versuch(amt)
    amt.ablehnen.clear()
    probe = teilhabe("mail", "probe", "jo@example.org")
    assert (probe.exit_code, probe.output) == (0, "Der Mailserver hat die Nachricht angenommen.\n")
    assert amt.an() == ["jo@example.org"]
    assert isinstance(teilhabe("mail", "probe", "jo").exception, LieferbuchError)


def _erster_versuch(amt: Postamt) -> str:
    amt.ablehnen["erika@example.org"] = "550 erika@example.org is unknown"
    gesendet = json.loads(teilhabe("mail", "senden", "--json").output)
    assert gesendet == {"eingestellt": 1, "versandt": 0, "abgelehnt": 1, "stoerung": None}
    text = teilhabe("mail", "liste").output
    assert "erika: Eingang bestätigt" in text
    assert "Nächster Versuch ab" in text
    assert "@example.org" not in text
    (eintrag,) = json.loads(teilhabe("mail", "liste", "--json").output)
    assert (eintrag["kennung"], eintrag["zustand"], eintrag["versuche"]) == ("erika", "wartet", 1)
    assert "@example.org" not in json.dumps(eintrag)
    return text


@pytest.mark.usefixtures("geliefert")
def test_der_sensor_sendet_und_ist_rot_wenn_der_server_fehlt(
    ablage: Ablage, amt: Postamt, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as frei:
        frei.bind(("127.0.0.1", 0))
        richte_ein(monkeypatch, f"smtp://amt:geheim123@127.0.0.1:{frei.getsockname()[1]}")
    with pytest.raises(MailError, match="nicht erreichbar") as fehler:
        tick(ablage)
    assert "geheim123" not in str(fehler.value)
    kommando = teilhabe("mail", "senden")
    assert (kommando.exit_code, "nicht erreichbar" in kommando.stderr) == (3, True)
    richte_ein(monkeypatch, f"smtp://127.0.0.1:{amt.port}")
    assert tick(ablage) == "0 Nachrichten eingestellt, 1 Mail versandt, 0 nicht angenommen."
    assert tick(ablage) == "0 Nachrichten eingestellt, 0 Mails versandt, 0 nicht angenommen."
    assert amt.an() == ["erika@example.org"]


def test_ohne_lieferbuch_ist_nichts_zu_tun(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    richte_ein(monkeypatch, "smtp://127.0.0.1:1")
    assert tick(ablage) == "Es wird kein Lieferbuch geführt."


@pytest.mark.usefixtures("geliefert")
def test_eine_adresse_setzen_und_wegnehmen(amt: Postamt, monkeypatch: pytest.MonkeyPatch) -> None:
    richte_ein(monkeypatch, f"smtp://127.0.0.1:{amt.port}")
    assert teilhabe("konto", "mail", "Erika", "--ohne").output == "erika: keine Mails.\n"
    assert json.loads(teilhabe("mail", "senden", "--json").output)["eingestellt"] == 0
    assert teilhabe("konto", "mail", "erika", "e.muster@example.org").output == "erika: e.muster@example.org.\n"
    assert teilhabe("mail", "senden").output.startswith("1 Nachricht eingestellt, 1 Mail versandt")
    assert amt.an() == ["e.muster@example.org"]
    for woerter in (["erika"], ["erika", "e@example.org", "--ohne"]):
        assert teilhabe("konto", "mail", *woerter).exit_code == 2
    assert isinstance(teilhabe("konto", "mail", "jo", "jo@example.org").exception, UnbekanntError)
    assert konto("--rolle", "fachstelle", "--mail", "keine").exit_code == 2
