"""The comparison of pictures: blind for smoother edges, not for what a reader would see."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance

from assets.berichte.farben import KLASSEN, PALETTE
from tests.berichte import bildvergleich
from tests.berichte.bildvergleich import GENEHMIGT, unterschied


def _bild(name: str) -> Image.Image:
    with Image.open(GENEHMIGT / f"{name}.png") as bild:
        return bild.convert("RGB")


def _verschoben(bild: Image.Image, um: float) -> Image.Image:
    return bild.transform(
        bild.size, Image.Transform.AFFINE, (1, 0, um, 0, 1, 0), Image.Resampling.BICUBIC, fillcolor=-1
    )


@pytest.mark.parametrize("name", ["vergleich_breit", "linien_schmal", "trichter_breit", "langer-name_schmal"])
def test_glaettung_und_groesse_der_schrift_faellt_nicht_auf(name: str) -> None:
    bild = _bild(name)
    assert not unterschied(bild, bild).zu_gross
    assert not unterschied(bild, _verschoben(bild, 0.25)).zu_gross
    assert not unterschied(bild, ImageEnhance.Brightness(bild).enhance(0.95)).zu_gross
    assert not unterschied(bild, bild.crop((0, 0, bild.width, bild.height - 1))).zu_gross


def _wo(bild: Image.Image, farbe: str) -> Image.Image:
    """The pixels of a colour of the palette, as a mask."""
    abstand = ImageChops.difference(bild, Image.new("RGB", bild.size, farbe)).convert("L")
    return abstand.point(lambda w: 255 if w < 10 else 0)


def _anfang(bild: Image.Image, farbe: str) -> tuple[int, int]:
    """Left and upper end of what has a colour."""
    ort = _wo(bild, farbe).getbbox()
    assert ort is not None, f"{farbe} kommt im Bild nicht vor"
    return ort[:2]


def test_ein_fehlender_punkt_faellt_auf() -> None:
    """The uppermost dot, too small to count among all pixels."""
    soll = _bild("trichter_breit")
    _, oben = _anfang(soll, PALETTE["kreis"])
    links, _ = _anfang(soll.crop((0, oben, soll.width, oben + 12)), PALETTE["kreis"])
    ist = soll.copy()
    ImageDraw.Draw(ist).ellipse((links - 2, oben - 2, links + 13, oben + 13), fill="white")
    ergebnis = unterschied(soll, ist)
    assert 0 < ergebnis.anteil < bildvergleich.ANTEIL
    assert ergebnis.zu_gross


def test_eine_andere_farbklasse_faellt_auf() -> None:
    soll = _bild("karten_breit")
    ist = soll.copy()
    ist.paste(KLASSEN[2], mask=_wo(soll, KLASSEN[1]))
    assert unterschied(soll, ist).zu_gross


@pytest.mark.parametrize("name", ["linien_breit", "vergleich_schmal", "ueberblick_breit"])
def test_verschobenes_faellt_auf(name: str) -> None:
    soll = _bild(name)
    breite, hoehe = soll.size
    ist = soll.copy()
    ist.paste(soll.crop((0, hoehe // 2, breite, hoehe - 4)), (0, hoehe // 2 + 4))
    assert unterschied(soll, ist).zu_gross
    assert unterschied(soll, soll.crop((0, 0, breite, hoehe - 5))).zu_gross


def test_eine_ziffer_faellt_auf() -> None:
    """One figure painted over by its neighbour: the smallest mistake that matters."""
    soll = _bild("linien_breit")
    ist = soll.copy()
    x, y = _anfang(soll.crop((soll.width // 2, 0, soll.width, soll.height)), PALETTE["text"])
    x += soll.width // 2
    ist.paste(soll.crop((x - 30, y, x - 18, y + 12)), (x, y))
    assert unterschied(soll, ist).zu_gross


def test_ein_unterschied_nennt_den_befehl_und_legt_drei_bilder_ab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genehmigt, ablage = tmp_path / "bilder", tmp_path / "ablage"
    genehmigt.mkdir()
    ablage.mkdir()
    monkeypatch.setattr(bildvergleich, "GENEHMIGT", genehmigt)
    monkeypatch.delenv(bildvergleich.ANNEHMEN, raising=False)
    eines, anderes = Image.new("RGB", (40, 40), "white"), Image.new("RGB", (40, 40), PALETTE["kreis"])
    befehl = "TEILHABE_BILDER_ANNEHMEN=1 pytest tests/berichte/test_bilder.py -k probe"
    with pytest.raises(AssertionError, match=befehl):
        bildvergleich.pruefe("probe", eines, ablage)
    monkeypatch.setenv(bildvergleich.ANNEHMEN, "1")
    bildvergleich.pruefe("probe", eines, ablage)
    monkeypatch.delenv(bildvergleich.ANNEHMEN)
    bildvergleich.pruefe("probe", eines, ablage)
    with pytest.raises(AssertionError, match=befehl):
        bildvergleich.pruefe("probe", anderes, ablage)
    assert {p.name for p in ablage.iterdir()} == {f"probe_{a}.png" for a in ("soll", "ist", "unterschied")}
