"""The publisher: where its facts come from, and what is still a placeholder."""

from dataclasses import fields
from pathlib import Path

import pytest

from schemas.herausgeber import UMGEBUNG, Herausgeber, HerausgeberError, lade_herausgeber
from schemas.laender import lade_land


@pytest.fixture(autouse=True)
def ohne_umgebung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UMGEBUNG, raising=False)


def _datei(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    datei = tmp_path / "herausgeber.toml"
    datei.write_text(text, encoding="utf-8")
    monkeypatch.setenv(UMGEBUNG, str(datei))


def test_ohne_datei_ist_nur_der_name_bekannt() -> None:
    land = lade_land("sachsen")
    h = lade_herausgeber(land)
    assert h.name == land.namen["herausgeber"]
    assert set(h.platzhalter()) == {f.name for f in fields(Herausgeber)} - {"name"}


def test_die_datei_ersetzt_was_sie_nennt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _datei(tmp_path, monkeypatch, 'mail = "daten@amt.example"\nbasis_url = "https://amt.example/berichte/"\n')
    h = lade_herausgeber(lade_land("sachsen"))
    assert (h.mail, h.basis_url) == ("daten@amt.example", "https://amt.example/berichte/")
    assert not {"mail", "basis_url", "name"} & set(h.platzhalter())
    assert "telefon" in h.platzhalter()


@pytest.mark.parametrize(
    ("text", "worueber"),
    [
        ('fax = "1"', "fax"),
        ("telefon = 1", "telefon"),
        ('telefon = " "', "telefon"),
        ('basis_url = "https://amt.example"', "basis_url"),
        ('basis_url = "javascript:/"', "basis_url"),
        ('beitragskennung = "unser Amt"', "beitragskennung"),
        ('mail_datenschutz = "Frau Muster"', "mail_datenschutz"),
        ("kein TOML", "herausgeber.toml"),
    ],
)
def test_eine_unbrauchbare_datei_sagt_warum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, worueber: str
) -> None:
    _datei(tmp_path, monkeypatch, text)
    with pytest.raises(HerausgeberError, match=worueber):
        lade_herausgeber(lade_land("sachsen"))


def test_eine_fehlende_datei_ist_ein_fehler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UMGEBUNG, str(tmp_path / "fehlt.toml"))
    with pytest.raises(HerausgeberError, match=r"fehlt\.toml"):
        lade_herausgeber(lade_land("sachsen"))
