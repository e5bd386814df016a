import colorsys
import re

import pytest

from assets.berichte.farben import GRAFIKPAARE, KLASSEN, KLASSENTEXT, PALETTE, TEXTPAARE, css_variablen
from schemas.pfade import VORLAGEN
from schemas.statistik import KLASSENZAHL


def _leuchtdichte(farbe: str) -> float:
    kanaele = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _kontrast(eine: str, andere: str) -> float:
    hell, dunkel = sorted((_leuchtdichte(eine), _leuchtdichte(andere)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)


def test_kontrastformel() -> None:
    assert _kontrast("#ffffff", "#000000") == pytest.approx(21)
    assert _kontrast("#ffffff", "#3a7cae") == pytest.approx(4.49, abs=0.01)


@pytest.mark.parametrize(("schrift", "grund"), TEXTPAARE)
def test_text_ist_lesbar(schrift: str, grund: str) -> None:
    assert _kontrast(PALETTE[schrift], PALETTE[grund]) >= 4.5


@pytest.mark.parametrize(("teil", "grund"), GRAFIKPAARE)
def test_teile_von_diagrammen_sind_zu_sehen(teil: str, grund: str) -> None:
    assert _kontrast(PALETTE[teil], PALETTE[grund]) >= 3


@pytest.mark.parametrize(("grund", "schrift"), list(zip(KLASSEN, KLASSENTEXT, strict=True)))
def test_text_auf_farbklassen_ist_lesbar(grund: str, schrift: str) -> None:
    assert _kontrast(grund, schrift) >= 4.5


def test_klassen_werden_stetig_dunkler() -> None:
    assert len(KLASSEN) == KLASSENZAHL
    hell = [_leuchtdichte(k) for k in KLASSEN]
    assert hell == sorted(hell, reverse=True)


@pytest.mark.parametrize("farbe", [*PALETTE.values(), *KLASSEN])
def test_nur_grau_blau_und_ein_gelb_fuer_hinweise(farbe: str) -> None:
    rot, gruen, blau = (int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ton = colorsys.rgb_to_hls(rot, gruen, blau)[0] * 360
    saettigung = max(rot, gruen, blau) - min(rot, gruen, blau)
    assert saettigung < 0.1 or 195 <= ton <= 215 or 40 <= ton <= 52


def test_stilvorlage_nutzt_nur_farben_der_palette() -> None:
    css = "".join(p.read_text(encoding="utf-8") for p in (VORLAGEN / "berichte").glob("*.css"))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", css)
    benutzt = set(re.findall(r"var\(--([a-z0-9-]+)\)", css))
    assert benutzt <= set(re.findall(r"--([a-z0-9-]+):", css_variablen()))
    zeichen = (VORLAGEN / "berichte" / "favicon.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{6}\b", zeichen)) <= set(PALETTE.values())
