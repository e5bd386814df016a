"""The rendered pages: structure, links, wording every page must have, escaping, odd data; content is elsewhere."""

import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.berichte.interaktiv import ORDNER as BILDER
from assets.berichte.seiten import erzeuge
from assets.berichte.stil import ANFANG, STIL, SYMBOL
from schemas.editionen import INTERN_LAND, fassungssatz
from tests.berichte import welt
from tests.berichte.seitenleser import Element, ausfuehrbar, baue, lies
from tests.berichte.welt import zeile

PROJEKT = Path(__file__).resolve().parents[2]
DATEN = Path(__file__).parent / "daten"
KREISSEITEN = [f"kreis_X{n}.html" for n in range(1, 7)]
KURZFASSUNGEN = [f"kurzfassung_X{n}.html" for n in range(1, 7)]
KENNZAHLSEITEN = [f"kennzahl_{i.id}.html" for i in welt.KATALOG]
WILLKOMMEN = {"willkommen-en.html": "en", "willkommen-uk.html": "uk", "willkommen-ar.html": "ar"}
SEITEN = [
    "index.html",
    "musterland.html",
    *KREISSEITEN,
    *KURZFASSUNGEN,
    *KENNZAHLSEITEN,
    "berichtspunkte.html",
    "vergleichbarkeit.html",
    "hilfe.html",
    "leichte-sprache.html",
    *WILLKOMMEN,
    "barrierefreiheit.html",
    "impressum.html",
    "datenschutz.html",
    "lieferstand.html",
    "aenderungen.html",
    "erkunden.html",
    "daten.html",
    "methodik.html",
    "zeichen.html",
]


def test_es_gibt_genau_die_seiten_und_ihre_beigaben(dateien: dict[str, bytes]) -> None:
    skripte = [f"assets/{s}.js" for s in ("bericht", "erkunden", "plotly.min")]
    gefunden = sorted(p for p in dateien if not p.startswith(("daten/", f"{BILDER}/")))
    assert gefunden == sorted([*SEITEN, ANFANG, STIL, SYMBOL, *skripte])


@pytest.mark.parametrize("seite", SEITEN)
class TestJedeSeite:
    def test_sagt_dass_sie_intern_ist_und_was_erfunden_ist(self, baeume: dict[str, Element], seite: str) -> None:
        kopf = next(baeume[seite].alle("header")).text
        assert fassungssatz(INTERN_LAND) in kopf[0].lower() + kopf[1:]
        hinweis = next(e for e in baeume[seite].alle("div") if e.attribute.get("role") == "note")
        assert "Erfundene Beispieldaten" in hinweis.text

    def test_hat_sprache_titel_landmarken_und_eine_hauptueberschrift(
        self, baeume: dict[str, Element], seite: str
    ) -> None:
        baum = baeume[seite]
        assert next(baum.alle("html")).attribute["lang"] == WILLKOMMEN.get(seite, "de")
        assert next(baum.alle("title")).text.endswith("Integration und Teilhabe, Musterland")
        assert [len(list(baum.alle(n))) for n in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
        sprung = next(e for e in baum.alle("a"))
        assert sprung.attribute["href"] == "#inhalt"

    def test_ueberschriften_lassen_keine_stufe_aus(self, baeume: dict[str, Element], seite: str) -> None:
        stufen = [int(h.name[1]) for h in baeume[seite].alle("h1", "h2", "h3", "h4", "h5", "h6")]
        assert stufen[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(stufen))

    def test_kennungen_sind_einmalig_und_verweise_haben_ein_ziel(
        self, dateien: dict[str, bytes], baeume: dict[str, Element], seite: str
    ) -> None:
        ziele = {p: [e.attribute["id"] for e in b.alle() if "id" in e.attribute] for p, b in baeume.items()}
        assert len(ziele[seite]) == len(set(ziele[seite]))
        for element in baeume[seite].alle():
            for name in ("aria-labelledby", "aria-describedby"):
                assert set(element.attribute.get(name, "").split()) <= set(ziele[seite])
            if element.name == "a":
                pfad, _, anker = element.attribute["href"].partition("#")
                assert (pfad or seite) in dateien
                assert not anker or anker in ziele[pfad or seite]

    def test_holt_nichts_von_aussen_und_fuehrt_nichts_aus(self, dateien: dict[str, bytes], seite: str) -> None:
        text = ausfuehrbar(dateien[seite])
        assert not re.findall(r'(?:src|href|action|data)\s*=\s*"(?:[a-z]+:|//)', text)
        assert "<script" not in text
        assert " style=" not in text
        geladen = re.findall(r'<link [^>]*href="([^"]+)"', text)
        assert geladen == ([ANFANG, SYMBOL, STIL] if ANFANG in geladen else [STIL, SYMBOL])
        assert set(geladen) <= set(dateien)

    def test_tabellen_haben_titel_und_bezug_und_rollen_im_eigenen_bereich(
        self, baeume: dict[str, Element], seite: str
    ) -> None:
        for tabelle in baeume[seite].alle("table"):
            assert next(tabelle.alle("caption")).text
            assert all(th.attribute.get("scope") for th in tabelle.alle("th"))
            assert tabelle.eltern is not None
            bereich = tabelle.eltern.attribute
            assert (bereich["role"], bereich["tabindex"]) == ("region", "0")
            breiten = {
                sum(int(z.attribute.get("colspan", 1)) for z in tr.alle("th", "td")) for tr in tabelle.alle("tr")
            }
            assert len(breiten) == 1

    def test_zeichnungen_haben_einen_namen_oder_sind_beiwerk(self, baeume: dict[str, Element], seite: str) -> None:
        for bild in baeume[seite].alle("svg"):
            if bild.attribute.get("aria-hidden") == "true":
                assert all(a.attribute.get("tabindex") == "-1" for a in bild.alle("a"))
                continue
            assert bild.attribute["role"] == "img"
            titel = next(bild.alle("title"))
            assert bild.attribute["aria-labelledby"] == titel.attribute["id"]
            assert titel.text

    def test_zeigt_nichts_halbfertiges(self, baeume: dict[str, Element], seite: str) -> None:
        html = next(baeume[seite].alle("html"))
        worte = set(re.findall(r"\w+", html.text)) | {w for e in html.alle() for w in e.attribute.values()}
        assert not worte & {"nan", "NaN", "None", "inf", "Undefined", "True", "False"}
        assert not re.search(r"[{}]|Decimal|\bnan\b|\(\)|: \.|, ,| ,| ;|\.\.(?!\.)", html.text)

    def test_zellen_sind_nie_leer_wo_eine_zahl_stehen_koennte(self, baeume: dict[str, Element], seite: str) -> None:
        for zelle in baeume[seite].alle("td"):
            # Only numerator and denominator, in the table of years, may be unknown without a sign of their own.
            ist_zahl = "zahl" in zelle.klassen or _ist_zahlenzelle(zelle)
            assert not ist_zahl or zelle.text or _liegt_in(zelle, "details")

    def test_kein_wort_von_rang_oder_ampel(self, baeume: dict[str, Element], seite: str) -> None:
        text = next(baeume[seite].alle("main")).text
        assert not re.search(r"\bPlatz \d|Ranking|Spitzenreiter|Schlusslicht|schlechteste|beste[rn]?\b", text)


def _ist_zahlenzelle(zelle: Element) -> bool:
    """Whether a cell stands in a table of numbers, other than in its last column, which may be drawings."""
    zeile = zelle.eltern
    tabelle = zeile and zeile.eltern and zeile.eltern.eltern
    if zeile is None or not tabelle or "zahlen" not in tabelle.klassen:
        return False
    return zelle is not zeile.kinder[-1] or not any("bild" in th.klassen for th in tabelle.alle("th"))


def _liegt_in(element: Element, name: str) -> bool:
    eltern = element.eltern
    return eltern is not None and (eltern.name == name or _liegt_in(eltern, name))


def test_texte_aus_lieferungen_werden_entschaerft() -> None:
    boese = "<script>alert('x')</script>\" onload=\"x"
    land = welt.land()
    tabellen = {"texte": welt.texte(boese), "stellen": welt.stellen(boese), "werte": _mit_text(boese)}
    gemeinde_boese = baue(**tabellen, hinweise=(boese,), land=land)
    for pfad, inhalt in gemeinde_boese.items():
        if pfad.endswith(".html"):
            assert "<script" not in ausfuehrbar(inhalt)
            lies(inhalt)  # still well formed: no attribute was opened
    kreis = lies(gemeinde_boese["kreis_X1.html"])
    assert boese in kreis.text
    assert [dd.text for dd in kreis.alle("dd") if "text" in dd.klassen] == [boese] * 5


def _mit_text(text: str) -> pl.DataFrame:
    return welt.werte().with_columns(quelle=pl.lit(text), gruende=pl.lit(text))


def test_namen_in_zeichnungen_werden_entschaerft() -> None:
    land = welt.land()
    boese = "</title><script>x</script>"
    einheit = land.meldeeinheiten[0]
    for feld in ("name", "kuerzel"):
        neu = type(einheit)(**{f: getattr(einheit, f) for f in einheit.__slots__} | {feld: boese})
        anderes = type(land)(
            **{f: getattr(land, f) for f in land.__slots__} | {"meldeeinheiten": (neu, *land.meldeeinheiten[1:])}
        )
        seiten = baue(land=anderes, umrisse=welt.umrisse(land))
        html = {p: ausfuehrbar(inhalt) for p, inhalt in seiten.items() if p.endswith(".html")}
        assert not [p for p, inhalt in html.items() if "<script" in inhalt]


@pytest.mark.parametrize("seite", ["musterland.html", "kreis_X1.html", "kreis_X6.html"])
def test_lange_seiten_zeigen_ihren_anfang_bevor_der_ganze_stil_da_ist(dateien: dict[str, bytes], seite: str) -> None:
    """The browser waits for the whole sheet behind the summary, and nothing above moves when it comes."""
    oben, _, unten = dateien[seite].decode().partition(f'<link rel="stylesheet" href="{STIL}">')
    assert ANFANG in oben
    assert 'id="kurz"' in oben
    assert 'id="ueberblick"' not in oben
    assert 'id="ueberblick"' in unten
    anfang, ganz = (dateien[n].decode() for n in (ANFANG, STIL))
    assert ganz.startswith(anfang)
    am_schirm = ganz.removeprefix(anfang).partition("@media (prefers-reduced-motion")[0]
    koerper = oben.partition("<body>")[2]
    klassen = {k for namen in re.findall(r'class="([^"]+)"', koerper) for k in namen.split()}
    assert {k for k in klassen if re.search(rf"\.{re.escape(k)}[\s,{{.:]", am_schirm)} == set()


def test_jede_rolle_in_zeichnungen_hat_ihre_farbe_im_stil(
    dateien: dict[str, bytes], baeume: dict[str, Element]
) -> None:
    css = dateien["assets/bericht.css"].decode()
    zeichnungen = (bild for baum in baeume.values() for bild in baum.alle("svg"))
    rollen = {k for bild in zeichnungen for e in bild.alle() for k in e.klassen}
    assert {r for r in rollen if not re.search(rf"\.{re.escape(r)}[\s,{{.:]", css)} == set()


def test_gleiche_daten_geben_gleiche_bytes_auch_in_einem_anderen_prozess() -> None:
    def summe(dateien: dict[str, bytes]) -> str:
        return hashlib.sha256(b"".join(p.encode() + dateien[p] for p in sorted(dateien))).hexdigest()

    programm = (
        "import hashlib; from assets.berichte.seiten import erzeuge; from tests.berichte import welt;"
        "d = dict(erzeuge(welt.berichtsdaten(werte=welt.werte().sample(fraction=1, shuffle=True, seed=3))));"
        "print(hashlib.sha256(b''.join(p.encode() + d[p] for p in sorted(d))).hexdigest())"
    )
    # Another hash seed and another order of rows: neither may show.
    umgebung = {**os.environ, "PYTHONHASHSEED": "7"}
    aufruf = [sys.executable, "-c", programm]
    ergebnis = subprocess.run(aufruf, cwd=PROJEKT, env=umgebung, capture_output=True, text=True, check=True)
    assert ergebnis.stdout.strip() == summe(baue())


@pytest.mark.parametrize(
    ("name", "werte"),
    [
        ("nichts", []),
        ("nur fehlende", [zeile("BEV-01", "FORT", f"X{n}", 2024, None) for n in range(1, 7)]),
        ("ein Jahr", [zeile("ARB-03", "BA", f"X{n}", 2024, float(n)) for n in range(1, 7)]),
        ("ein Kreis", [zeile("ARB-03", "BA", "X1", 2024, 5.0)]),
        ("nur das Land", [zeile("ARB-03", "BA", "99", j, 5.0) for j in (2020, 2021)]),
        ("alles null", [zeile("ARB-03", "BA", a, j, 0.0) for a in ("X1", "X2", "99") for j in (2020, 2021)]),
        ("alle gleich", [zeile("ARB-03", "BA", f"X{n}", j, 3.0) for n in range(1, 7) for j in (2020, 2021)]),
        ("negativ", [zeile("ARB-03", "BA", a, j, -j / 7) for a in ("X1", "X2", "99") for j in (2020, 2021)]),
        (
            "riesig",
            [zeile("BEV-01", "FORT", a, j, 10.0**n) for n, a in enumerate(("X1", "X2", "99"), 12) for j in (1, 2)],
        ),
        ("winzig", [zeile("ARB-03", "BA", a, 2020, 1e-12) for a in ("X1", "99")]),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_ungewoehnliche_daten_geben_ganze_seiten(name: str, werte: list[dict[str, Any]]) -> None:
    werte = [w | {"zeitraum_von": None, "zeitraum_bis": None} for w in werte]
    for pfad, inhalt in baue(werte=welt.tabelle(werte)).items():
        if pfad.endswith(".html"):
            text = lies(inhalt).text
            assert not re.search(r"\bnan\b|\bNone\b|\binf\b", text), (name, pfad)


def test_ein_jahr_hat_keine_linie_aber_einen_vergleich() -> None:
    werte = [zeile("ARB-03", "BA", f"X{n}", 2024, float(n)) for n in range(1, 7)]
    artikel = lies(baue(werte=welt.tabelle(werte))["kreis_X1.html"]).mit_id("k-arb-03")
    assert not [s for s in artikel.alle("svg") if "breit" in s.klassen]
    assert len([s for t in artikel.alle("table") if "vergleich" in t.klassen for s in t.alle("svg")]) == 6


def test_ohne_lieferstand_und_stellen() -> None:
    seiten = baue(
        lieferstand=welt.lieferungen(welt.land()).clear(), stellen=welt.stellen().clear(), hinweise=(), stand=""
    )
    assert "noch keine gültigen Lieferungen vor (0 von 6 Kreisen)" in lies(seiten["index.html"]).text
    assert "Datenstand" not in lies(seiten["index.html"]).text


def test_nachweise_stehen_bei_der_karte_und_in_der_methodik() -> None:
    nachweise = pl.DataFrame(
        {
            "tabelle": ["Tabelle 1", "Tabelle 2", "gebiet/umrisse"],
            "attribution": ["© Amt 1", "© Amt 2", "© Vermessung"],
            "lizenz": ["Lizenz A", None, "Lizenz B"],
        }
    )
    werte = welt.werte().with_columns(quelle=pl.lit("Statistik, Tabelle 1"))
    umrisse = welt.umrisse(welt.land())
    seiten = baue(nachweise=nachweise, werte=werte, umrisse=umrisse)
    methodik = lies(seiten["methodik.html"])
    assert [li.text for li in next(methodik.alle("main")).alle("li")][-2:] == [
        "© Amt 1 Lizenz A",
        "© Vermessung Lizenz B",
    ]
    assert "© Vermessung Lizenz B" in lies(seiten["index.html"]).text
    assert "© Vermessung" not in lies(baue(nachweise=nachweise, werte=werte)["index.html"]).text


def test_goldener_abschnitt() -> None:
    """One section, byte for byte, for three Kreise. After a wanted change: delete the file, run, read what changed."""
    werte = welt.mit_grenzen(welt.werte(3), "BEV-02")
    daten = welt.berichtsdaten(land=welt.land(3), umrisse=pl.DataFrame(), werte=werte)
    seite = dict(erzeuge(daten))["kreis_X1.html"].decode()
    anfang = seite.index('<article class="kennzahl" id="k-bev-02"')
    abschnitt = seite[anfang : seite.index("</article>", anfang)]
    datei = DATEN / "kennzahl.html"
    if not datei.exists():
        datei.parent.mkdir(exist_ok=True)
        datei.write_text(abschnitt, encoding="utf-8")
        pytest.fail(f"{datei.name} fehlte und wurde neu geschrieben; bitte ansehen und noch einmal laufen lassen.")
    assert abschnitt == datei.read_text(encoding="utf-8")
