"""The command `vergleichbarkeit`; `pipeline/cli.py` adds it to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the verdicts (`assets/auswertung/`).
"""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import polars as pl

    from schemas.modell import Land

EINGABE_SCHLECHT = 1
_ZEICHEN = {"vergleichbar": "●", "eingeschraenkt": "◐", "nicht_vergleichbar": "○"}
_OHNE = {"fehlt": "–", "ohne_wert": "–", "andere_variante": " ", "entfaellt": "·"}
_LEGENDE = (
    "● vergleichbar  ◐ eingeschränkt  ○ nicht vergleichbar  – ohne Wert  · entfällt, jeweils mit anderen Meldeeinheiten"
)


@click.command()
@click.option("--jahr", type=int, help="Ohne Angabe das jüngste Berichtsjahr.")
@click.option("--meldeeinheit", help="Die Fragen an diese Meldeeinheit, deren Antwort mehr vergleichbar macht.")
@click.option("--ohne", multiple=True, metavar="GRUND", help="Was vergleichbar wäre, gäbe es diesen Grund nicht.")
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def vergleichbarkeit(jahr: int | None, meldeeinheit: str | None, ohne: tuple[str, ...], als_json: bool) -> None:
    """Zeigt, welche Kennzahl welcher Meldeeinheit vergleichbar ist, warum nicht, und was das ändern würde."""
    from assets.auswertung.bilden import PFAD_FRAGEN, PFAD_MATRIX
    from assets.auswertung.matrix import wirkung
    from pipeline.umgebung import richte_ein
    from schemas.laender import gewaehltes_land
    from schemas.vergleichbarkeit import GRUND

    ablage, land = richte_ein(), gewaehltes_land()
    jahr = max(land.berichtsjahre) if jahr is None else jahr
    codes = [g.upper() for g in ohne]
    if fremd := [g for g in codes if g not in GRUND]:
        raise click.BadParameter(
            f"{', '.join(fremd)} ist kein Grund. Bekannt sind: {', '.join(GRUND)}.", param_hint="--ohne"
        )
    if meldeeinheit not in (None, *(m.id for m in land.meldeeinheiten)):
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    if not ablage.gibt_es(PFAD_MATRIX):
        click.echo("Es gibt noch keine Auswertung. Bitte zuerst „teilhabe lauf“ starten.", err=True)
        sys.exit(EINGABE_SCHLECHT)
    tabelle = ablage.lies_tabelle(PFAD_MATRIX).filter(berichtsjahr=jahr)
    if codes:
        ergebnis = wirkung(tabelle, set(codes))
        zeilen = _wirkung(ergebnis, codes)
    elif meldeeinheit is not None:
        ergebnis = ablage.lies_tabelle(PFAD_FRAGEN).filter(berichtsjahr=jahr, meldeeinheit=meldeeinheit)
        zeilen = _fragen(ergebnis, land, meldeeinheit)
    else:
        ergebnis = tabelle
        zeilen = _matrix(tabelle, land)
    text = json.dumps(ergebnis.to_dicts(), ensure_ascii=False, indent=1) if als_json else "\n".join(zeilen)
    click.echo(text)


def _matrix(tabelle: "pl.DataFrame", land: "Land") -> list[str]:
    """One line per variant, one sign per Meldeeinheit."""
    kuerzel = [m.kuerzel for m in land.meldeeinheiten]
    breite = max(map(len, kuerzel))
    kopf = f"{'Kennzahl':<26}" + " ".join(k.rjust(breite) for k in kuerzel)
    zeilen = [
        f"{f'{kennung} {variante}':<26}" + " ".join(_zeichen(z).rjust(breite) for z in teil.iter_rows(named=True))
        for (kennung, variante), teil in tabelle.group_by("indikator_id", "variante", maintain_order=True)
    ]
    return [kopf, *zeilen, _LEGENDE]


def _zeichen(zeile: dict[str, str]) -> str:
    return _ZEICHEN[zeile["vgl_kreise"]] if zeile["zustand"] == "wert" else _OHNE[zeile["zustand"]]


def _fragen(offene: "pl.DataFrame", land: "Land", meldeeinheit: str) -> list[str]:
    name = land.meldeeinheit(meldeeinheit).name
    if offene.is_empty():
        return [f"{name}: Es gibt keine Frage, deren Antwort mehr vergleichbar machen würde."]
    zeilen = [f"{name}:"]
    for zeile in offene.iter_rows(named=True):
        gewinn = f"; {zeile['gewinn']} davon würden voll vergleichbar" if zeile["gewinn"] else ""
        zeilen.append(f"- {zeile['frage']}\n  Betrifft {zeile['anzahl']} Werte ({zeile['kennzahlen']}){gewinn}.")
    return zeilen


def _wirkung(ergebnis: "pl.DataFrame", codes: Sequence[str]) -> list[str]:
    import polars as pl

    mehr = ergebnis.filter(pl.col("danach") > pl.col("heute"))
    summe = f"{int(ergebnis['heute'].sum())} von {int(ergebnis['werte'].sum())} Werten sind mit anderen vergleichbar"
    kopf = f"{summe}; ohne {', '.join(codes)} wären es {int(ergebnis['danach'].sum())}."
    return [
        kopf,
        *(
            f"  {z['indikator_id']} {z['variante']}: {z['heute']} von {z['werte']}, dann {z['danach']}"
            for z in mehr.iter_rows(named=True)
        ),
    ]


BEFEHLE: tuple[click.Command, ...] = (vergleichbarkeit,)
