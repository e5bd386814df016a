"""Findings as JSON (format in the description of this room) and as German sentences for the terminal.

What belongs here: form. What does not: any finding.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from assets.angriff.laufen import Angriff, Befund, Zellbefund
from assets.angriff.system import beschreibe
from assets.angriff.urteil import Grund, Urteil

FORMAT = "teilhabe-angriff/1"
HOECHSTENS_ZEILEN = 20
GRUENDE = {
    Grund.EXAKT: "genau bekannt",
    Grund.KLEIN: "nachweislich klein",
    Grund.SCHMAL: "zu eng eingegrenzt",
    Grund.UNBEWIESEN: "nicht in vertretbarer Zeit als sicher nachgewiesen",
}


def als_daten(angriff: Angriff, befund: Befund, sichten: Mapping[str, Befund]) -> dict[str, Any]:
    """The whole report, ready for JSON."""
    tabellen = _tabellen_je_variable(angriff)
    return {
        "format": FORMAT,
        "urteil": befund.urteil,
        "ausgaben": [
            {"release": a.name, "ordner": a.ordner, "tabellen": len(a.tabellen)} for a in angriff.system.ausgaben
        ],
        "zaehlung": zaehlung(befund),
        "tabellen": _je_tabelle(angriff, befund),
        "zellen": [_zelle(z) | {"tabellen": tabellen.get(z.variable, [])} for z in befund.gesperrt],
        "nebenbei": [_zelle(z) | {"tabellen": tabellen.get(z.variable, [])} for z in befund.nebenbei],
        "gezeigt_klein": [_zelle(z) | {"tabellen": tabellen.get(z.variable, [])} for z in befund.gezeigt_klein],
        "gruppen": [{"zelle": g.zelle, "dim": g.dim, "code": g.code, "lo": g.lo, "hi": g.hi} for g in befund.gruppen],
        "mindestgruppe": angriff.mindestgruppe,
        "widersprueche": befund.widersprueche,
        "ungeprueft": _ungeprueft(angriff),
        "sichten": [
            {
                "als": gebiet,
                "urteil": sicht.urteil,
                "zaehlung": zaehlung(sicht),
                "unsicher": [_zelle(z) for z in sicht.unsichere],
                "widersprueche": sicht.widersprueche,
            }
            for gebiet, sicht in sichten.items()
        ],
    }


def _ungeprueft(angriff: Angriff) -> list[str]:
    return [f"{a.name}/{t}" for a in angriff.system.ausgaben for t in a.ohne_herkunft]


def zaehlung(befund: Befund) -> dict[str, int]:
    """Numbers of cells by verdict."""
    je_urteil = Counter(z.urteil for z in befund.gesperrt)
    nebenbei = sum(z.urteil is Urteil.UNSICHER for z in befund.nebenbei)
    return {"gesperrt": len(befund.gesperrt)} | {u.value: je_urteil[u] for u in Urteil} | {"nebenbei": nebenbei}


def _zelle(z: Zellbefund) -> dict[str, Any]:
    return {
        "zelle": z.zelle,
        "lo": z.lo,
        "hi": None if math.isinf(z.hi) else z.hi,
        "grenzen": "genau" if z.genau else "mindestens",
        "urteil": z.urteil.value,
        "grund": z.grund.value if z.grund else None,
    }


def _orte(angriff: Angriff) -> pl.DataFrame:
    """Which variable stands in which table."""
    s = angriff.system
    return s.beobachtet.join(s.variablen.select("schluessel", "stand", "variable"), on=["schluessel", "stand"])


def _tabellen_je_variable(angriff: Angriff) -> dict[int, list[str]]:
    orte = _orte(angriff).group_by("variable").agg("ausgabe", "tabelle")
    return {
        v: [angriff.tabellenname(a, t) for a, t in zip(ausgaben, tabellen, strict=True)]
        for v, ausgaben, tabellen in orte.iter_rows()
    }


def _je_tabelle(angriff: Angriff, befund: Befund) -> list[dict[str, Any]]:
    urteile = pl.DataFrame(
        {"variable": [z.variable for z in befund.gesperrt], "urteil": [z.urteil.value for z in befund.gesperrt]},
        schema={"variable": pl.Int64, "urteil": pl.String},
    )
    zaehlen = [pl.len().alias("zellen"), pl.col("gesperrt").sum()]
    zaehlen += [(pl.col("gesperrt") & (pl.col("urteil") == u.value)).sum().alias(u.value) for u in Urteil]
    je_tabelle = _orte(angriff).join(urteile, on="variable", how="left").group_by("ausgabe", "tabelle").agg(zaehlen)
    return [
        {"release": angriff.system.ausgaben[a].name, "tabelle": angriff.system.ausgaben[a].tabellen[t].name, **zahlen}
        for zahlen in je_tabelle.sort("ausgabe", "tabelle").to_dicts()
        for a, t in [(zahlen.pop("ausgabe"), zahlen.pop("tabelle"))]
    ]


def als_text(angriff: Angriff, befund: Befund, sichten: Mapping[str, Befund]) -> str:
    """The findings in German, the worst first; long lists are cut and say so."""
    zeilen = _kopf(befund)
    tabellen = _tabellen_je_variable(angriff)
    zeilen += _gekuerzt([f"  {_satz(z, tabellen.get(z.variable, []))}" for z in befund.unsichere])
    if befund.unsichere:
        zeilen.append(
            "  Abhilfe: in derselben Zeile oder Spalte weitere Zellen sperren oder die Tabelle gröber gliedern."
        )
    if befund.gezeigt_klein:
        zeilen.append(f"Kleine Zahlen, die offen in geschützten Tabellen stehen: {len(befund.gezeigt_klein)}.")
        zeilen += _gekuerzt([f"  {_satz(z, tabellen.get(z.variable, []))}" for z in befund.gezeigt_klein])
    if befund.gruppen:
        zeilen.append(
            f"Gruppen unter {angriff.mindestgruppe} Personen, in denen alle dasselbe Merkmal haben: "
            f"{len(befund.gruppen)}."
        )
        zeilen += _gekuerzt([f"  {beschreibe(g.zelle)}: alle {g.dim} {g.code}" for g in befund.gruppen])
    if ungeprueft := _ungeprueft(angriff):
        zeilen.append(
            f"Nicht geprüft, weil das Manifest ihre Zähler und Nenner nicht nennt: {', '.join(ungeprueft)}. "
            "Bitte unter „ableitungen“ ergänzen."
        )
    for gebiet, sicht in sichten.items():
        zeilen += _sicht(gebiet, sicht)
    return "\n".join(zeilen)


def _kopf(befund: Befund) -> list[str]:
    if befund.widersprueche:
        return ["Die gezeigten Zahlen widersprechen sich:", *(f"  {s}" for s in befund.widersprueche)]
    z = zaehlung(befund)
    return [
        f"Gesperrte Zellen: {z['gesperrt']}, davon {z['sicher']} sicher, {z['nicht_klein']} nachweislich nicht klein, "
        f"{z['unsicher']} unsicher.",
        f"Unsichere Zellen, die niemand gesperrt hat: {z['nebenbei']}.",
    ]


def _sicht(gebiet: str, sicht: Befund) -> list[str]:
    if sicht.widersprueche:
        return [f"Als {gebiet}: Die eigenen Zahlen widersprechen den gezeigten.", *sicht.widersprueche]
    zeilen = [f"Als {gebiet} mit den eigenen Zahlen: {len(sicht.unsichere)} Zellen anderer wären unsicher."]
    return zeilen + _gekuerzt([f"  {_satz(z, [])}" for z in sicht.unsichere])


def _satz(z: Zellbefund, tabellen: Sequence[str]) -> str:
    bereich = _wert(z.lo) if z.hi == z.lo else f"{_wert(z.lo)} bis {_wert(z.hi)}"
    grund = f"{GRUENDE[z.grund]}, " if z.grund else ""
    wo = ", ".join(f"„{t}“" for t in tabellen) or "in keiner Tabelle aufgeführt"
    return f"{beschreibe(z.zelle)}: {grund}{bereich} ({wo})"


def _wert(wert: float) -> str:
    return "beliebig viel" if math.isinf(wert) else f"{wert:.10g}".replace(".", ",")


def _gekuerzt(zeilen: list[str]) -> list[str]:
    rest = len(zeilen) - HOECHSTENS_ZEILEN
    return zeilen if rest <= 0 else [*zeilen[:HOECHSTENS_ZEILEN], f"  … und {rest} weitere; alle stehen im JSON."]
