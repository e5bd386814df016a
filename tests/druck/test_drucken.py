"""Printing: nothing twice, the same bytes, all or nothing, and what is said where it cannot be done."""

from pathlib import Path

import dagster as dg
import pikepdf
import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.berichte.ablegen import veroeffentliche
from assets.druck.assets import PDF_OEFFENTLICH
from assets.druck.bilden import Druck, EditionFehltError, drucke
from assets.druck.chromium import UMGEBUNG, ChromiumFehltError, DruckError, finde_chromium
from pipeline.automatisierung import ALLES, DRUCK
from pipeline.cli import gruppe
from pipeline.definitions import build_defs
from schemas.editionen import OEFFENTLICH
from schemas.laender import gewaehltes_land
from tests.berichte import welt
from tests.druck.conftest import BERICHT, LEER, lege_an

LANDESFREMD = "kein-solches-programm"


@pytest.fixture
def ohne_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(UMGEBUNG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def _inhalt(ordner: Path) -> dict[str, bytes]:
    return {p.relative_to(ordner).as_posix(): p.read_bytes() for p in ordner.rglob("*") if p.is_file()}


def _wenige(seiten: dict[str, bytes]) -> dict[str, bytes]:
    return {n: inhalt for n, inhalt in seiten.items() if n.startswith(("assets/", LEER, BERICHT))}


@pytest.fixture
def kopie(gedruckt: Druck, tmp_path: Path, seiten: dict[str, bytes]) -> Ablage:
    """An Ablage of its own in which everything is printed already."""
    ablage = lege_an(tmp_path / "kopie", seiten)
    veroeffentliche(_inhalt(gedruckt.ordner).items(), tmp_path / "kopie/berichte", f"pdf_{OEFFENTLICH}")
    return ablage


def test_gleiche_seiten_geben_ueberall_die_gleichen_bytes(
    gedruckt: Druck, tmp_path: Path, seiten: dict[str, bytes]
) -> None:
    noch_einmal = drucke(lege_an(tmp_path / "ein (anderer) Ort's #1 & 100% für ä+b [c]", _wenige(seiten)), welt.land())
    neu = {n: b for n, b in _inhalt(noch_einmal.ordner).items() if n.endswith(".pdf")}
    assert len(neu) == 2
    assert neu.items() <= _inhalt(gedruckt.ordner).items()


def test_verweise_fuehren_ins_netz_wenn_der_herausgeber_eine_adresse_nennt(
    chromium: str, tmp_path: Path, seiten: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chromium
    (tmp_path / "herausgeber.toml").write_text('basis_url = "https://daten.land.example/berichte/"', encoding="utf-8")
    monkeypatch.setenv("TEILHABE_HERAUSGEBER", str(tmp_path / "herausgeber.toml"))
    kurz = {n: b for n, b in seiten.items() if n.startswith(("assets/", LEER))}
    ergebnis = drucke(lege_an(tmp_path, kurz), welt.land())
    with pikepdf.open(ergebnis.ordner / f"{LEER}.pdf") as pdf:
        adressen = {str(a.A.URI) for s in pdf.pages for a in s.get("/Annots", []) if "/A" in a}
    assert "https://daten.land.example/berichte/kreis_X6.html" in adressen
    assert all(a.startswith("https://daten.land.example/berichte/") for a in adressen)


@pytest.mark.usefixtures("ohne_chromium")
def test_was_sich_nicht_geaendert_hat_wird_auch_ohne_chromium_nicht_gedruckt(gedruckt: Druck, kopie: Ablage) -> None:
    ergebnis = drucke(kopie, welt.land())
    assert ergebnis.gedruckt == 0
    assert ergebnis.eintraege == gedruckt.eintraege
    assert _inhalt(ergebnis.ordner) == _inhalt(gedruckt.ordner)


def test_nur_die_geaenderte_seite_wird_gedruckt(
    gedruckt: Druck, kopie: Ablage, tmp_path: Path, seiten: dict[str, bytes]
) -> None:
    datei = f"{LEER}.html"
    neue = seiten | {datei: seiten[datei].replace(b"Kurzfassung", b"Zusammenfassung")}
    veroeffentliche(neue.items(), tmp_path / "kopie/berichte", OEFFENTLICH)
    ergebnis = drucke(kopie, welt.land())
    assert ergebnis.gedruckt == 1
    alt, neu = _inhalt(gedruckt.ordner), _inhalt(ergebnis.ordner)
    assert {n for n in neu if neu[n] != alt[n]} == {f"{LEER}.pdf", "index.html", "druck.json"}


def test_ein_anderer_stil_laesst_alles_neu_drucken(kopie: Ablage, tmp_path: Path, seiten: dict[str, bytes]) -> None:
    neue = _wenige(seiten) | {"assets/bericht.css": seiten["assets/bericht.css"] + b"h1 { color: gray; }"}
    veroeffentliche(neue.items(), tmp_path / "kopie/berichte", OEFFENTLICH)
    ergebnis = drucke(kopie, welt.land())
    assert (ergebnis.gedruckt, len(ergebnis.eintraege)) == (2, 2)


def test_eine_seite_die_nicht_alle_lesen_koennten_wird_nicht_veroeffentlicht(
    gedruckt: Druck, kopie: Ablage, tmp_path: Path, seiten: dict[str, bytes]
) -> None:
    datei = f"{LEER}.html"
    stumm = seiten[datei].replace(b"<h2", b"<figure><figcaption>x</figcaption><p>y</p></figure><h2", 1)
    veroeffentliche((seiten | {datei: stumm}).items(), tmp_path / "kopie/berichte", OEFFENTLICH)
    with pytest.raises(DruckError, match=rf"{datei} .* 1 Bilder ohne Text"):
        drucke(kopie, welt.land())
    assert _inhalt(tmp_path / "kopie/berichte" / f"pdf_{OEFFENTLICH}") == _inhalt(gedruckt.ordner)


@pytest.mark.parametrize("programm", ["/bin/false", "/bin/cat"])
def test_ein_browser_der_nicht_druckt_laesst_die_alten_pdf(
    gedruckt: Druck,
    kopie: Ablage,
    tmp_path: Path,
    seiten: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    programm: str,
) -> None:
    """One ends at once, the other starts and ends without ever answering."""
    monkeypatch.setenv(UMGEBUNG, programm)
    neue = {n: inhalt.replace(b"Kurzfassung", b"Zusammenfassung") for n, inhalt in seiten.items()}
    veroeffentliche(neue.items(), tmp_path / "kopie/berichte", OEFFENTLICH)
    with pytest.raises(DruckError, match="ließ sich nicht starten"):
        drucke(kopie, welt.land())
    assert _inhalt(tmp_path / "kopie/berichte" / f"pdf_{OEFFENTLICH}") == _inhalt(gedruckt.ordner)


@pytest.mark.usefixtures("ohne_chromium")
def test_ohne_chromium_wird_gesagt_was_zu_tun_ist(tmp_path: Path, seiten: dict[str, bytes]) -> None:
    ablage = lege_an(tmp_path / "a", seiten)
    with pytest.raises(ChromiumFehltError, match=rf"apt-get install chromium.*{UMGEBUNG}"):
        drucke(ablage, welt.land())
    assert not (tmp_path / "a/berichte" / f"pdf_{OEFFENTLICH}").exists()


def test_eine_falsche_angabe_wird_genannt_statt_still_ersetzt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UMGEBUNG, LANDESFREMD)
    with pytest.raises(ChromiumFehltError, match=LANDESFREMD):
        finde_chromium()


def test_eine_fassung_die_es_noch_nicht_gibt(tmp_path: Path) -> None:
    with pytest.raises(EditionFehltError, match="teilhabe lauf"):
        drucke(Ablage(tmp_path), welt.land())


class TestBefehlUndSchritt:
    @pytest.fixture
    def wurzel(self, tmp_path: Path, seiten: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
        land = gewaehltes_land()
        seite = f"kurzfassung_{land.meldeeinheiten[0].id}.html"
        lege_an(
            tmp_path / "a",
            {n: b for n, b in seiten.items() if n.startswith("assets/")} | {seite: seiten[f"{LEER}.html"]},
        )
        for name, wert in (("ABLAGE", "a"), ("EINGANGSKORB", "korb"), ("DAGSTER", "dagster")):
            monkeypatch.setenv(f"TEILHABE_{name}", str(tmp_path / wert))
        return tmp_path / "a"

    def test_der_befehl_druckt_und_sagt_wo_es_liegt(self, chromium: str, wurzel: Path) -> None:
        assert chromium
        ergebnis = CliRunner().invoke(gruppe, ["druck"])
        assert ergebnis.exit_code == 0, ergebnis.output
        assert "1 PDF mit 2 Seiten; 1 davon neu gedruckt" in ergebnis.output
        assert str(wurzel / "berichte/pdf_oeffentlich/index.html") in ergebnis.output

    @pytest.mark.usefixtures("ohne_chromium")
    def test_der_befehl_scheitert_verstaendlich(self, wurzel: Path) -> None:
        ergebnis = CliRunner().invoke(gruppe, ["druck"])
        assert (ergebnis.exit_code, wurzel.exists()) == (3, True)
        assert "fehlt Chromium" in ergebnis.output
        assert CliRunner().invoke(gruppe, ["druck", "--edition", "x"]).exit_code == 2

    @pytest.mark.usefixtures("ohne_chromium")
    def test_der_schritt_scheitert_verstaendlich_und_liegt_nicht_im_hauptlauf(self, wurzel: Path) -> None:
        defs = build_defs(gewaehltes_land(), str(wurzel))
        assert PDF_OEFFENTLICH not in defs.resolve_job_def(ALLES).asset_layer.executable_asset_keys
        with dg.DagsterInstance.ephemeral() as instanz:
            lauf = defs.resolve_job_def(DRUCK).execute_in_process(instance=instanz, raise_on_error=False)
        assert not lauf.success
        assert "fehlt Chromium" in str(next(e for e in lauf.all_events if e.is_failure).event_specific_data)
