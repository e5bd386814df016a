"""From a public edition to a release, as the ministry does it on the command line and in Dagster."""

import json
from dataclasses import fields
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from click.testing import CliRunner, Result

from assets.ablage import Ablage
from assets.berichte.ablegen import veroeffentliche
from assets.druck.bilden import edition_fuer
from assets.druck.verzeichnis import Eintrag, verzeichnisdateien
from assets.querpruefung.bilden import PFAD as QUERBEFUNDE
from assets.veroeffentlichung.regal import Regal
from pipeline.automatisierung import VEROEFFENTLICHUNG
from pipeline.cli import gruppe
from pipeline.definitions import build_defs
from pipeline.lauf import fuehre_aus
from pipeline.plan import plane
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import UMGEBUNG, Herausgeber
from schemas.modell import Land
from tests.pipeline.conftest import Liefere
from tests.pruefung.faelle import EINHEIT, GUELTIG


def _teilhabe(*woerter: str) -> Result:
    return CliRunner().invoke(gruppe, woerter)


def _herausgeber(datei: Path, ohne: str = "") -> Path:
    namen = [f.name for f in fields(Herausgeber) if f.name not in ("name", ohne)]
    angaben = {n: f"{n}@amt.example" if n.startswith("mail") else f"Angabe zu {n}" for n in namen}
    angaben |= {"basis_url": "https://teilhabe.example/", "beitragskennung": "http://dcat-ap.de/def/contributors/x"}
    datei.write_text("\n".join(f'{name} = "{wert}"' for name, wert in angaben.items()), encoding="utf-8")
    return datei


@pytest.fixture
def herausgeber(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    datei = _herausgeber(tmp_path / "herausgeber.toml", ohne="telefon")
    monkeypatch.setenv(UMGEBUNG, str(datei))
    return datei


@pytest.fixture
def gewaehlt(land: Land, monkeypatch: pytest.MonkeyPatch) -> Land:
    """The small Land, for the command line too."""
    monkeypatch.setattr("schemas.laender.gewaehltes_land", lambda: land)
    return land


def test_von_der_fassung_zur_ausgabe_und_zurueck(
    ablage: Ablage, gewaehlt: Land, instanz: dg.DagsterInstance, liefere: Liefere, herausgeber: Path
) -> None:
    regal = Regal(ablage)
    liefere("personal")
    ergebnis = _teilhabe("veroeffentlichen")
    assert ergebnis.exit_code == 1
    assert "nicht auf dem Stand der Lieferungen" in ergebnis.output
    assert "Telefonnummer" in ergebnis.output

    fuehre_aus(plane(ablage, gewaehlt), ablage, gewaehlt, instanz)
    ergebnis = _teilhabe("veroeffentlichen")
    assert ergebnis.exit_code == 1
    assert "fehlen Angaben: Telefonnummer." in ergebnis.output
    assert regal.verlauf == ()
    assert not regal.verweis.exists()

    _herausgeber(herausgeber)
    assert "nicht auf dem Stand" in _teilhabe("veroeffentlichen").output, "die Seiten nennen die alten Angaben"
    fuehre_aus(plane(ablage, gewaehlt), ablage, gewaehlt, instanz)
    _verhindert_durch_einen_widerspruch(ablage)
    erste = json.loads(_teilhabe("veroeffentlichen", "--json").output)
    assert erste["neu"]
    ordner = regal.ordner(erste["release"])
    _stimmt_mit_der_fassung_ueberein(ablage, ordner)
    _verraet_keine_lieferung(ordner)
    assert "gilt schon" in _teilhabe("veroeffentlichen").output
    _nimmt_pdf_mit_die_zu_den_seiten_gehoeren(ablage, gewaehlt)

    mehr = [z | {"personen": z["personen"] + 40} for z in GUELTIG["personal"]()]
    liefere("personal", zeilen=mehr)
    job = build_defs(gewaehlt, str(ablage.wurzel)).resolve_job_def(VEROEFFENTLICHUNG)
    lauf = job.execute_in_process(instance=instanz, raise_on_error=False)
    assert not lauf.success
    assert regal.aktuell == erste["release"], "was gilt, bleibt, wenn Veröffentlichen nicht geht"
    fuehre_aus(plane(ablage, gewaehlt), ablage, gewaehlt, instanz)
    lauf = job.execute_in_process(instance=instanz)
    (ereignis,) = lauf.asset_materializations_for_node("ausgabe_ablegen")
    zweite = str(ereignis.metadata["Ausgabe"].value)
    assert regal.aktuell == zweite != erste["release"]
    _nennt_die_unterschiede(ordner, regal.ordner(zweite))

    assert _teilhabe("veroeffentlichung", "zurueckziehen", zweite).exit_code == 2, "ein Grund ist Pflicht"
    ergebnis = _teilhabe("veroeffentlichung", "zurueckziehen", zweite, "--grund", "Zahlendreher")
    assert f"Es gilt: {erste['release']}." in ergebnis.output
    assert regal.verweis.resolve() == ordner
    assert _teilhabe("veroeffentlichung", "wiederherstellen", "X", "--grund", "x").exit_code == 1
    _teilhabe("veroeffentlichung", "wiederherstellen", zweite, "--grund", "doch richtig")
    verlauf = _teilhabe("veroeffentlichung", "verlauf").output
    assert verlauf.count(zweite) == 4
    assert "zurückgezogen (Zahlendreher)" in verlauf
    assert json.loads(_teilhabe("veroeffentlichung", "verlauf", "--json").output)["aktuell"] == zweite


def _verhindert_durch_einen_widerspruch(ablage: Ablage) -> None:
    befunde = ablage.lies_tabelle(QUERBEFUNDE)
    worte = {"schwere": "fehler", "meldung": "Mehr Personal als Stellen.", "abhilfe": "Bitte nachfragen."}
    fehler = pl.DataFrame([dict.fromkeys(befunde.columns) | {"regel": "R99", "meldeeinheit": EINHEIT.id} | worte])
    ablage.schreibe_tabelle(QUERBEFUNDE, pl.concat([befunde, fehler.cast(befunde.schema)]))
    ergebnis = _teilhabe("veroeffentlichen")
    assert ergebnis.exit_code == 1
    assert f"{EINHEIT.id}, R99: Mehr Personal als Stellen. Bitte nachfragen." in ergebnis.output
    ablage.schreibe_tabelle(QUERBEFUNDE, befunde)


def _stimmt_mit_der_fassung_ueberein(ablage: Ablage, ordner: Path) -> None:
    fassung = f"berichte/{OEFFENTLICH}"
    for pfad in ("index.html", f"kreis_{EINHEIT.id}.html", "daten/kennzahlen.csv"):
        assert (ordner / pfad).read_bytes() == ablage.lies(f"{fassung}/{pfad}")
    genannt = {z.split("  ", 1)[1] for z in (ordner / "SHA256SUMS").read_text().splitlines()}
    da = {p.relative_to(ordner).as_posix() for p in ordner.rglob("*") if p.is_file()}
    assert da - genannt == {"SHA256SUMS"}
    assert genannt <= da


def _nimmt_pdf_mit_die_zu_den_seiten_gehoeren(ablage: Ablage, land: Land) -> None:
    """Printed by nobody here: what counts is from which pages the list says they are."""
    regal = Regal(ablage)
    ohne = regal.aktuell
    seiten = (regal.berichte / OEFFENTLICH).resolve().name
    eintrag = Eintrag("a.pdf", "a.html", "Bericht", 1, 4, "2026-01-01", "x")
    for stand, kommt_mit in (("oeffentlich-anderer", False), (seiten, True)):
        dateien = [("a.pdf", b"%PDF"), *verzeichnisdateien(land, OEFFENTLICH, stand, [eintrag], "x")]
        veroeffentliche(dateien, regal.berichte, edition_fuer(OEFFENTLICH))
        _teilhabe("veroeffentlichen")
        assert (regal.verweis / "pdf/a.pdf").exists() == kommt_mit
    assert 'href="../index.html"' in (regal.verweis / "pdf/index.html").read_text()
    assert ohne is not None
    assert regal.ziehe_zurueck(str(regal.aktuell), "Probe") == ohne
    (regal.berichte / edition_fuer(OEFFENTLICH)).unlink()


def _verraet_keine_lieferung(ordner: Path) -> None:
    """Who knows all but one figure of a delivery could try it out on its fingerprint."""
    protokoll = json.loads((ordner.parent / "protokoll.json").read_bytes())
    (eingabe,) = protokoll["eingaben"]
    assert (eingabe["datensatz"], eingabe["meldeeinheit"], eingabe["version"]) == ("personal", EINHEIT.id, 1)
    for datei in ordner.rglob("*"):
        assert not datei.is_file() or eingabe["sha256"].encode() not in datei.read_bytes()


def _nennt_die_unterschiede(alt: Path, neu: Path) -> None:
    beschreibung = json.loads((neu / "release.json").read_bytes())
    assert beschreibung["vorige"] == alt.parent.name
    liste = pl.read_csv(neu / "unterschiede.csv", infer_schema=False)
    assert beschreibung["unterschiede"]["geaendert"] == liste.filter(ereignis="GEAENDERT").height > 0
    personen = liste.filter(indikator_id="IBZ-02", variante="PERSONEN", ags=EINHEIT.id, entgeltgruppe="T")
    assert personen.height == 1
    assert personen["wert_gerundet_neu"].item() != personen["wert_gerundet_alt"].item()
