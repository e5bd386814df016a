"""The commands `vergleichbarkeit` and `vergleichen`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the verdicts (`assets/auswertung/`).
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


@click.command()
@click.argument("datei", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kennzahl", metavar="ID", help="Kennzahl, deren Werte die DATEI veröffentlicht, etwa BEV-02.")
@click.option("--variante", metavar="ID", help="Variante der Kennzahl, etwa FORT_AMTLICH.")
@click.option("--groesse", type=click.Choice(["wert", "zaehler", "nenner"]), default="wert", show_default=True)
@click.option("--reihe", multiple=True, metavar="TEXT", help="Was in Name oder Merkmalen der Reihe steht.")
@click.option("--rundung", type=float, help="Worauf die Quelle rundet; ohne Angabe sagen es ihre Ziffern.")
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def vergleichen(
    datei: Path,
    *,
    kennzahl: str | None,
    variante: str | None,
    groesse: str,
    reihe: tuple[str, ...],
    rundung: float | None,
    als_json: bool,
) -> None:
    """Hält berechnete Kennzahlen neben eine veröffentlichte Tabelle.

    DATEI ist ein Abruf der Statistischen Ämter oder eine CSV in der Form von „teilhabe referenz lesen“. Ohne --kennzahl
    gelten die hinterlegten Vergleiche. Endet mit 1, wenn etwas ohne bekannte Ursache abweicht.
    """
    from assets.auswertung.bilden import PFAD
    from assets.auswertung.fremde_tabelle import lies_veroeffentlichung, vergleiche_bekannte, vergleiche_mit
    from assets.referenz.fehler import ReferenzFehler
    from pipeline.umgebung import richte_ein

    if (kennzahl is None) != (variante is None):
        raise click.UsageError("--kennzahl und --variante gehören zusammen.")
    ablage = richte_ein()
    if not ablage.gibt_es(PFAD):
        click.echo("Es gibt noch keine Auswertung. Bitte zuerst „teilhabe lauf“ starten.", err=True)
        sys.exit(EINGABE_SCHLECHT)
    werte = ablage.lies_tabelle(PFAD)
    try:
        tabelle = lies_veroeffentlichung(datei)
        if kennzahl is None or variante is None:
            ergebnis = vergleiche_bekannte(werte, tabelle, datei.name)
        else:
            if werte.filter(indikator_id=kennzahl, variante=variante).is_empty():
                raise click.BadParameter(f"{kennzahl} {variante} hat keine Werte.", param_hint="--kennzahl")
            ergebnis = vergleiche_mit(
                *(werte, tabelle, datei.name),
                kennzahl=kennzahl,
                variante=variante,
                groesse=groesse,
                auswahl=reihe,
                rundung=rundung,
            )
    except ReferenzFehler as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    zeilen = ergebnis.to_dicts()
    click.echo(json.dumps(zeilen, ensure_ascii=False, indent=1) if als_json else "\n".join(_probe(zeilen)))
    if not zeilen or any(z["urteil"] == "weicht_ab" for z in zeilen):
        sys.exit(EINGABE_SCHLECHT)


def _probe(zeilen: Sequence[dict[str, Any]]) -> list[str]:
    """Counts by verdict, then every figure that deviates by more than rounding."""
    from schemas.amtliche_probe import URTEIL

    if not zeilen:
        return ["Kein Gebiet und Jahr der Tabelle hat auch einen berechneten Wert."]
    zahlen = [(c.label, sum(z["urteil"] == c.code for z in zeilen)) for c in URTEIL.codes]
    kopf = f"{len(zeilen)} Angaben verglichen: " + ", ".join(f"{anzahl} {label}" for label, anzahl in zahlen if anzahl)
    return [
        f"{kopf}.",
        *(
            f"  {z['indikator_id']} {z['variante']} {z['groesse']}, {z['ags']} {z['berichtsjahr']} ({z['gliederung']}):"
            f" berechnet {_zahl(z['berechnet'])}, veröffentlicht {_zahl(z['veroeffentlicht'])}, "
            f"Differenz {_zahl(z['differenz'])}, Toleranz {_zahl(z['toleranz'])}. "
            + (z["erklaerung"] or "Ursache unbekannt.")
            for z in zeilen
            if z["urteil"] in {"erklaert", "weicht_ab"}
        ),
    ]


def _zahl(wert: float) -> str:
    return f"{wert:.3f}".rstrip("0").rstrip(".").replace(".", ",")


BEFEHLE: tuple[click.Command, ...] = (vergleichbarkeit, vergleichen)
