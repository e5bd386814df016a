"""Classic table exports: small files of every shape, and generated ones."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import lies_referenz
from assets.referenz.rohwerte import merkmale_json
from tests.haerte import FAKTOR

DATEN = Path(__file__).parent / "daten"


def zeilen(frame: pl.DataFrame, **wo: str) -> list[tuple[str, float | None, str]]:
    return frame.filter(pl.col(k) == v for k, v in wo.items()).select("merkmale", "wert", "wertstatus").rows()


def test_gestapelter_kopf_mit_leeren_zellen_und_einheitenzeile() -> None:
    frame = lies_referenz(DATEN / "tabelle_kopf.csv").tabelle
    assert zeilen(frame, ags="01", kennzahl="Beispiele", einheit="Anzahl") == [
        ('{"kopf_2":"Herkunft","kopf_3":"Ausland","kopf_4":"darunter nah","vorspalte_4":"klein"}', 20.0, "N"),
        ('{"kopf_2":"Herkunft","kopf_3":"Inland","kopf_4":"T","vorspalte_4":"klein"}', 10.0, "N"),
        ('{"kopf_2":"Herkunft","kopf_3":"T","kopf_4":"T","vorspalte_4":"klein"}', 30.0, "N"),
    ]
    assert zeilen(frame, ags="01002", kennzahl="Quote", einheit="Prozent") == [
        ('{"kopf_2":"T","kopf_3":"Ausland","kopf_4":"T","vorspalte_4":"klein"}', 2.0, "E"),
        ('{"kopf_2":"T","kopf_3":"T","kopf_4":"T","vorspalte_4":"klein"}', -0.5, "N"),
    ]
    assert [z[1:] for z in zeilen(frame, ags="01001")] == [
        (None, "U"),
        (None, "G"),
        (1010.0, "N"),
        (None, "X"),
        (None, "L"),
    ]
    assert frame.filter(pl.col("ags") == "DG", pl.col("wertstatus") == "N").height == 10


def test_fuss_anmerkungen_stand_und_quelle() -> None:
    datei = lies_referenz(DATEN / "tabelle_kopf.csv")
    assert datei.bericht.stand == "2022-03-05T07:08:09"
    assert datei.bericht.anmerkungen.startswith('zu "Quote":\n01.01.2001\n')
    assert datei.bericht.anmerkungen.endswith("mit Semikolon")
    assert set(datei.tabelle["quelle"]) == {
        "© Statistische Ämter des Bundes und der Länder, Deutschland, 2022, Tabelle 98765-01-02-4, "
        "Stand 05.03.2022; Datenlizenz Deutschland – Namensnennung – Version 2.0 (dl-de/by-2-0)."
    }
    arten = [art.value for art in datei.bericht.zeilenarten]
    assert arten == ["kopf"] * 9 + ["daten"] * 6 + ["leer"] + ["fuss"] * 10
    assert datei.bericht.titel == 'Beispiele nach "Art" und Herkunft - Jahressumme - regionale Tiefe: Kreise'


def test_zeit_als_ueberschrift_gilt_bis_zur_naechsten() -> None:
    datei = lies_referenz(DATEN / "tabelle_zeit_im_kopf.csv")
    frame = datei.tabelle
    assert set(frame["kennzahl"]) == {"Beispiele (am Ort)"}
    alter = '{"kopf_1":"Insgesamt","kopf_2":"weiblich","vorspalte_3":"unter 3 Jahre"}'
    werte = frame.filter(pl.col("merkmale") == alter).select("zeit", "wert", "datei_zeile").rows()
    assert werte == [("2015/16", 2.0, 8), ("2016/17", 3.0, 11)]
    assert datei.bericht.stand == "2018-02-01"
    assert set(frame["quelle"]) == {"© Statistisches Bundesamt (Destatis), 2018, Tabelle 98765-0001, Stand 01.02.2018."}


def test_zeit_quer_und_kreise_die_es_nicht_gab() -> None:
    frame = lies_referenz(DATEN / "tabelle_zeit_quer.csv").tabelle
    gesamt = frame.filter(pl.col("merkmale") == '{"kopf_3":"Insgesamt"}')
    assert gesamt.select("zeit", "ags", "region", "wert", "wertstatus").rows() == [
        ("2007-12-31", "01001", "Altstadt", 10.0, "N"),
        ("2007-12-31", "01002", "Neustadt", None, "U"),
        ("2007-12-31", "01003", "Bestand", 8.0, "N"),
        ("2008-12-31", "01001", "Altstadt", None, "U"),
        ("2008-12-31", "01002", "Neustadt", 12.0, "N"),
        ("2008-12-31", "01003", "Bestand", 7.0, "N"),
    ]
    assert zeilen(frame, ags="01003", zeit="2008-12-31")[1] == ('{"kopf_3":"weiblich"}', 0.0, "N")


def test_wert_und_qualitaet_paarweise() -> None:
    datei = lies_referenz(DATEN / "tabelle_qualitaet.csv")
    assert (datei.bericht.wertzellen, datei.bericht.qualitaetszellen) == (12, 12)
    assert [z[1:] for z in zeilen(datei.tabelle, ags="01001")] == [
        (5.0, "S"),
        (25.0, "R"),
        (0.0, "N"),
        (15.0, "N"),
        (5.0, "E"),
        (10.0, "V"),
    ]
    assert {z[1:] for z in zeilen(datei.tabelle, ags="01009")} == {(None, "U")}


def test_monate_ohne_gebiet_und_gleichnamige_spalten() -> None:
    frame = lies_referenz(DATEN / "tabelle_monate.csv").tabelle
    assert frame.filter(pl.col("zeit") == "2026-02-01").select("kennzahl", "merkmale", "wert").rows() == [
        ("Beispiele", '{"spalte":"3","zeitangabe":"Februar 2026"}', 11.0),
        ("Beispiele", '{"spalte":"4","zeitangabe":"Februar 2026"}', None),
        ("Quote", '{"zeitangabe":"Februar 2026"}', 1.0),
    ]


def test_inkar_mit_jahren_in_der_zweiten_kopfzeile() -> None:
    frame = lies_referenz(DATEN / "inkar.csv").tabelle
    assert frame.filter(pl.col("ags") == "01001").select("zeit", "kennzahl", "wert").rows() == [
        ("2016", "Wanderungssaldo", -47.9),
        ("2017", "Siedlungsdichte", 1560.0),
        ("2017", "Wanderungssaldo", 12.0),
    ]


@pytest.mark.parametrize(
    ("alt", "neu", "meldung"),
    [
        ("klein;30;10;20;1,5;2,0\n2021;DG", "klein;30;10;20;1,5\n2021;DG", "Zeile 10 hat 8 Zellen"),
        ("klein;30;10;20", "klein;30;k.A.;20", "Zeile 10, Spalte 6: „k.A.“"),
        ("klein;30;10;20", "klein;30;;20", "Zeile 10, Spalte 6: Eine leere Zelle"),
        ("2021;DG;Deutschland;klein", "irgendwann;DG;Deutschland;klein", "für welchen Stichtag"),
        ("2021;01;  Probeland;klein;30;10;20;1,5;2,0", "Zwischentitel;;;;;;;;", "Zwischentitel|leere Zelle|Stichtag"),
    ],
)
def test_beschaedigte_tabellen_nennen_die_stelle(alt: str, neu: str, meldung: str) -> None:
    text = (DATEN / "tabelle_kopf.csv").read_text(encoding="utf-8")
    assert alt in text
    with pytest.raises(ReferenzFehler, match=meldung):
        lies_referenz(text.replace(alt, neu, 1).encode(), "x.csv")


# Generated exports: whatever the head, the footer and the encoding, every cell comes back where it belongs.

_BEZEICHNUNG = st.sampled_from(["Insgesamt", "männlich", "weiblich", 'mit "Anführung"', "a, b", "Übrige; Rest", "65 +"])
_FUESSE = (
    "",
    "__________\n",
    "__________\n© Statistisches Bundesamt (Destatis), 2024\nStand: 01.02.2024\n",
    '__________\n"zu ""Titel"":\n01.01.2011\n \n2015;DG;Deutschland;5"\n"© Statistische Ämter, 2017.\n'
    'Dieses Werk ist lizenziert unter der Datenlizenz Deutschland\n- Namensnennung - Version 2.0."\n'
    "Stand: 10.10.2017 / 11:57:53\n",
)
_ZELLEN: dict[str, tuple[float | None, str]] = {
    "5": (5.0, "N"),
    "7": (7.0, "N"),
    "1.234": (1234.0, "N"),
    "-0,25": (-0.25, "N"),
    "0": (0.0, "N"),
    "-": (0.0, "N"),
}
_ZELLEN |= {".": (None, "G"), "...": (None, "U"), "/": (None, "L"), "x": (None, "X"), "(3,5)": (3.5, "E")}


@dataclass(frozen=True)
class Bauplan:
    """Shape of a generated export. `form` says where its times stand; `kopf` holds the stacked headings."""

    form: str
    zeiten: list[str]
    kopf: list[list[str]]
    uebrige: list[str]
    qualitaet: bool

    @property
    def vorn(self) -> int:
        return 2 + (self.form == "spalte") + bool(self.uebrige)

    @property
    def spalten(self) -> list[tuple[str, int]]:
        """(time above the column or nothing, number of the heading) of every value column."""
        return [(z, n) for z in (self.zeiten if self.form == "quer" else [""]) for n in range(len(self.kopf[0]))]

    def merkmale(self, nummer: int, wahl: str) -> str:
        erste = 2 if self.form == "quer" else 1
        merkmale = {f"kopf_{erste + i}": reihe[nummer] or "T" for i, reihe in enumerate(self.kopf)}
        return merkmale_json({**merkmale, f"vorspalte_{self.vorn}": wahl} if wahl else merkmale)

    def kopfzeilen(self) -> list[str]:
        je = 1 + self.qualitaet
        reihen = [[reihe[n] for _, n in self.spalten] for reihe in self.kopf]
        if self.form == "quer":
            reihen.insert(0, [z for z, _ in self.spalten])
        return [_csv(*[""] * self.vorn, *[text for text in reihe for _ in range(je)]) for reihe in reihen]


@dataclass(frozen=True)
class Abruf:
    text: str
    erwartet: dict[tuple[str, str, str, str], tuple[float | None, str]]


def _csv(*zellen: str) -> str:
    return ";".join(f'"{z.replace(chr(34), chr(34) * 2)}"' if set(z) & {";", '"'} else z for z in zellen)


@st.composite
def bauplaene(ziehe: st.DrawFn) -> Bauplan:
    spaltenzahl = ziehe(st.integers(2, 5))
    leer_oder_text = st.just("") | _BEZEICHNUNG
    weitere = [
        [ziehe(_BEZEICHNUNG), *(ziehe(leer_oder_text) for _ in range(spaltenzahl - 1))]
        for _ in range(ziehe(st.integers(0, 3)))
    ]
    return Bauplan(
        form=ziehe(st.sampled_from(["spalte", "ueberschrift", "quer"])),
        zeiten=ziehe(st.lists(st.sampled_from(["2014", "2015", "2016"]), min_size=1, max_size=2, unique=True)),
        kopf=[[f"Spalte {n}" for n in range(spaltenzahl)], *weitere],
        uebrige=ziehe(st.lists(st.sampled_from(["jung", "alt", "mittel"]), max_size=2, unique=True)),
        qualitaet=ziehe(st.booleans()),
    )


@st.composite
def abrufe(ziehe: st.DrawFn) -> Abruf:
    """A table export and what it means, made from the same choices."""
    plan = ziehe(bauplaene())
    erwartet: dict[tuple[str, str, str, str], tuple[float | None, str]] = {}
    daten: list[str] = []
    for zeit in [""] if plan.form == "quer" else plan.zeiten:
        if plan.form == "ueberschrift":
            daten.append(zeit + ";" * 4)
        for ags, wahl in product(("01001", "01002", "14"), plan.uebrige or [""]):
            werte: list[str] = []
            for spaltenzeit, nummer in plan.spalten:
                # The first value of a line is a figure, so that its region demonstrably exists.
                roh = "7" if nummer == 0 else ziehe(st.sampled_from(sorted(_ZELLEN)))
                zeichen = ziehe(st.sampled_from(["e", "p"])) if plan.qualitaet and roh.isdigit() else ""
                wert, status = _ZELLEN[roh]
                ort = (spaltenzeit or zeit, ags, f"Gebiet {ags}", plan.merkmale(nummer, wahl))
                erwartet[ort] = (wert, "V" if zeichen == "p" else status)
                werte += [roh, zeichen] if plan.qualitaet else [roh]
            front = [zeit] * (plan.form == "spalte") + [ags, f"   Gebiet {ags}"] + [wahl] * bool(wahl)
            daten.append(_csv(*front, *werte))
    titel = ["Tabelle: 98765-01-02-4", "Ein Titel;;", "Zählung;;", "Beispiele (Anzahl);;"]
    text = "\n".join([*titel, *plan.kopfzeilen(), *daten]) + "\n" + ziehe(st.sampled_from(_FUESSE))
    return Abruf(text, erwartet)


@given(abrufe(), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.sampled_from(["\n", "\r\n"]))
@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
def test_erzeugte_abrufe_kommen_vollstaendig_zurueck(abruf: Abruf, kodierung: str, zeilenende: str) -> None:
    datei = lies_referenz(abruf.text.replace("\n", zeilenende).encode(kodierung), "x.csv")
    frame = datei.tabelle
    gelesen = {z[:4]: z[4:] for z in frame.select("zeit", "ags", "region", "merkmale", "wert", "wertstatus").rows()}
    assert gelesen == abruf.erwartet
    assert frame.height == len(abruf.erwartet)
    assert set(frame["kennzahl"]) == {"Beispiele"}
    assert set(frame["einheit"]) == {"Anzahl"}
    assert len(datei.bericht.zeilenarten) == abruf.text.count("\n")


@given(st.data())
@pytest.mark.haerte
@settings(max_examples=150 * FAKTOR, deadline=None)
def test_verstuemmelte_abrufe_geben_daten_oder_einen_referenzfehler(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(p.name for p in DATEN.iterdir())))
    inhalt = bytearray((DATEN / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        if not inhalt:
            break
        stelle = data.draw(st.integers(0, len(inhalt) - 1))
        laenge = data.draw(st.integers(0, 60))
        inhalt[stelle : stelle + laenge] = data.draw(st.binary(max_size=4) | st.sampled_from([b";", b'"', b"\n", b"-"]))
    try:
        datei = lies_referenz(bytes(inhalt), name)
    except ReferenzFehler:
        return
    assert datei.tabelle.height == datei.bericht.wertzellen > 0
