"""The command `teilhabe`. Commands parse words and print; the work is done elsewhere.

Exit codes: 0 fine, 1 the input is bad, 2 wrong use, 3 a fault of the program. Heavy imports stand inside the commands,
so that `--help` answers at once.
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from pipeline import (
    befehle_angriff,
    befehle_auswertung,
    befehle_berichte,
    befehle_erhebung,
    befehle_lieferbuch,
    befehle_mail,
    befehle_mittel,
    befehle_portal,
    befehle_schluessel,
    befehle_veroeffentlichung,
)
from schemas.zahlwort import in_zahlen

if TYPE_CHECKING:
    from assets.eingang.korb import Angenommen
    from pipeline.lauf import Bilanz

EINGABE_SCHLECHT, PROGRAMMFEHLER = 1, 3


class _Vorhanden(click.Path):
    """A path that exists. What is there is looked at when it is read; click's own sentences are English."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        if not Path(value).exists():
            self.fail(f"„{value}“ gibt es nicht.", param, ctx)
        return super().convert(value, param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def gruppe() -> None:
    """Integrations- und Teilhabeberichte: Lieferungen prüfen, auswerten und berichten."""


@gruppe.group()
def referenz() -> None:
    """Amtliche Statistik."""


def _gib_json_aus(daten: object) -> None:
    click.echo(json.dumps(daten, ensure_ascii=False, indent=1, default=str))


@gruppe.command()
@click.argument("dateien", nargs=-1, required=True, type=_Vorhanden(path_type=Path))
@click.option("--portal", help="Adresse eines Portals, über das abgegeben wird; Schlüssel in TEILHABE_SCHLUESSEL.")
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def einreichen(dateien: tuple[Path, ...], portal: str | None, als_json: bool) -> None:
    """Nimmt Lieferdateien entgegen (DATEIEN oder Ordner, in dieser Reihenfolge); geprüft wird im nächsten Lauf.

    Mit --portal gehen sie an ein Portal: Es prüft sofort, und eingereicht wird, was nicht zurückgewiesen würde.
    """
    from assets.eingang.korb import blick, nimm_dateien_an
    from pipeline.befehle_fernabgabe import reiche_ein
    from pipeline.umgebung import richte_ein
    from schemas.laender import gewaehltes_land

    land = gewaehltes_land()
    einzelne = [f for d in dateien for f in ([d / name for name in blick(d)] if d.is_dir() else [d])]
    if portal is not None:
        reiche_ein(portal, land, einzelne, als_json=als_json)
        return
    ablage = richte_ein()
    ergebnisse = nimm_dateien_an(ablage, land, einzelne, weg="kommandozeile")
    abgelehnt = [e for e in ergebnisse if e.grund is not None]
    if als_json:
        _gib_json_aus([_annahme(e) for e in ergebnisse])
    else:
        neu = sum(1 for e in ergebnisse if e.empfang and not e.empfang.war_bekannt)
        bekannt = len(ergebnisse) - neu - len(abgelehnt)
        # A workbook for all datasets is one file and several deliveries.
        click.echo(
            f"{in_zahlen(len(einzelne), 'Datei', 'Dateien')} gelesen: "
            f"{in_zahlen(neu, 'Lieferung', 'Lieferungen')} neu eingegangen, "
            f"{in_zahlen(bekannt, 'lag', 'lagen')} schon vor; "
            f"{in_zahlen(len(abgelehnt), 'Datei', 'Dateien')} nicht angenommen."
        )
        for e in abgelehnt:
            click.echo(f"  {e.grund}", err=True)
    if abgelehnt:
        sys.exit(EINGABE_SCHLECHT)


def _annahme(e: "Angenommen") -> dict[str, Any]:
    beleg = e.empfang.beleg if e.empfang else None
    return {
        "datei": e.dateiname,
        "grund": e.grund,
        "nummer": beleg.nummer if beleg else None,
        "version": beleg.version if beleg else None,
        "sha256": beleg.sha256 if beleg else None,
        "war_bekannt": bool(e.empfang and e.empfang.war_bekannt),
    }


@gruppe.command()
@click.option("--jahr", type=int, help="Nur dieses Berichtsjahr.")
@click.option("--meldeeinheit", help="Nur diese Meldeeinheit.")
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def lauf(jahr: int | None, meldeeinheit: str | None, als_json: bool) -> None:
    """Prüft, wertet aus und berichtet alles, was noch nicht auf dem Stand ist."""
    import dagster as dg

    from assets.eingang.korb import korb_ordner, leere_korb
    from pipeline.anzeige import Anzeige
    from pipeline.buchfuehrung import RueckstandError, folge
    from pipeline.lauf import bilanz, fuehre_aus
    from pipeline.plan import plane
    from pipeline.umgebung import richte_ein
    from schemas.laender import gewaehltes_land

    ablage, land = richte_ein(), gewaehltes_land()
    if jahr not in (None, *land.berichtsjahre):
        raise click.BadParameter(f"{jahr} ist kein Berichtsjahr.", param_hint="--jahr")
    if meldeeinheit not in (None, *(m.id for m in land.meldeeinheiten)):
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    leere_korb(ablage, land, korb_ordner())
    plan = plane(ablage, land, jahr=jahr, meldeeinheit=meldeeinheit)
    anzeige = Anzeige(Console(stderr=als_json))
    laeufe: list[str] = []
    if not plan.ist_leer:
        with anzeige.laeuft(), dg.DagsterInstance.get() as instanz:
            laeufe = fuehre_aus(plan, ablage, land, instanz)
    try:
        folge(ablage, land)
    except RueckstandError as fehler:
        click.echo(str(fehler), err=True)
    ergebnis = bilanz(ablage, land)
    if als_json:
        _gib_json_aus({**ergebnis.als_daten(), "laeufe": laeufe, "sekunden": anzeige.sekunden})
    else:
        _drucke_bilanz(ergebnis, anzeige.sekunden, nichts_zu_tun=plan.ist_leer)


def _drucke_bilanz(b: "Bilanz", sekunden: dict[str, float], *, nichts_zu_tun: bool) -> None:
    if nichts_zu_tun:
        click.echo("Alles ist auf dem Stand; es war nichts zu tun.")
    click.echo(
        f"Lieferungen: {b.lieferungen} gelesen, {b.angenommen + b.mit_hinweisen} angenommen "
        f"(davon {b.mit_hinweisen} mit Befunden), {b.zurueckgewiesen} zurückgewiesen; "
        f"noch nicht da: {b.fehlend}."
    )
    click.echo(f"Zeilen: {b.zeilen_geliefert} geliefert, {b.zeilen_amtlich} amtlich.")
    click.echo(f"Kennzahlen: {b.werte} Werte, davon {b.werte_vergleichbar} zwischen den Gebieten vergleichbar.")
    for grund in b.nicht_zugeordnet:
        click.echo(f"Nicht zugeordnet: {grund}")
    for satz in b.korrekturen_ohne_wirkung:
        click.echo(f"Korrektur des Ministeriums ohne Wirkung: {satz}", err=True)
    if sekunden:
        click.echo("Dauer: " + ", ".join(f"{stufe} {s:.1f} s" for stufe, s in sekunden.items()))
    click.echo(f"Berichte, intern: {b.startseite}")
    click.echo(f"Berichte, öffentlich: {b.startseite_oeffentlich}")


@gruppe.command()
@click.argument("datei", type=_Vorhanden(path_type=Path))
@click.option("--datensatz", help="Welcher Datensatz es ist, wenn der Name es nicht sagt.")
@click.option("--meldeeinheit", help="Wessen Lieferung es ist, wenn der Name es nicht sagt.")
@click.option("--jahr", type=int, help="Für welches Berichtsjahr, wenn der Name es nicht sagt.")
@click.option("--nach", type=click.Path(file_okay=False, path_type=Path), help="Ordner für das Prüfprotokoll.")
@click.option("--json", "als_json", is_flag=True, help="Prüfprotokoll als JSON ausgeben.")
def pruefen(
    datei: Path, *, datensatz: str | None, meldeeinheit: str | None, jahr: int | None, nach: Path | None, als_json: bool
) -> None:
    """Prüft eine Lieferdatei, ohne sie abzugeben; in einer Arbeitsmappe für alle Datensätze jedes ausgefüllte Blatt."""
    from assets.eingang.datei import DateiError
    from assets.eingang.dateiname import DateinameError
    from pipeline.einzelpruefung import pruefe_datei
    from schemas.laender import gewaehltes_land

    land = gewaehltes_land()
    try:
        pruefung = pruefe_datei(datei, land, datensatz=datensatz, meldeeinheit=meldeeinheit, jahr=jahr)
    except DateiError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    except DateinameError as fehler:
        click.echo(f"{fehler} Oder mit --datensatz, --meldeeinheit und --jahr sagen, was es ist.", err=True)
        sys.exit(EINGABE_SCHLECHT)
    if nach is not None:
        for protokoll in pruefung.protokolle:
            protokoll.schreibe(nach)
    if als_json:
        _gib_json_aus(pruefung.als_daten())
    else:
        click.echo(pruefung.als_text())
    if not pruefung.ist_gut:
        sys.exit(EINGABE_SCHLECHT)


@gruppe.command()
@click.argument("datei", type=_Vorhanden(path_type=Path))
@click.option("--datensatz", help="Welcher Datensatz es ist, wenn der Name es nicht sagt.")
def lesen(datei: Path, datensatz: str | None) -> None:
    """Gibt eine Lieferdatei so aus, wie sie verstanden wurde, als CSV; was ausgelassen wurde, steht auf stderr."""
    from assets.eingang.datei import DateiError
    from assets.eingang.dateiname import DateinameError
    from pipeline.einzelpruefung import gelesene_tabelle
    from schemas.laender import gewaehltes_land

    try:
        gelesen = gelesene_tabelle(datei, gewaehltes_land(), datensatz=datensatz)
    except (DateinameError, DateiError) as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    click.echo(f"Gelesen als: {gelesen.dialekt}", err=True)
    for a in gelesen.ausgelassen:
        click.echo(f"Ausgelassen: Zeile {a.zeile} ({a.grund}): {a.text}", err=True)
    for b in gelesen.befunde:
        click.echo(f"{b.schwere}: {b.meldung}", err=True)
    if gelesen.zellen is None:
        sys.exit(EINGABE_SCHLECHT)
    click.echo(gelesen.zellen.write_csv(), nl=False)


@gruppe.command()
@click.option("--seed", type=int, help="Startzahl; ohne Angabe entstehen die beigelegten Beispiele.")
@click.option("--nach", required=True, type=click.Path(file_okay=False, path_type=Path), help="Ordner für v1 und v2.")
def beispiele(seed: int | None, nach: Path) -> None:
    """Schreibt erfundene Lieferungen (v1) und Korrekturen (v2), als erfunden gekennzeichnet."""
    from assets.referenz.bestand import lade_bestand
    from pipeline.beispiele.erzeugen import STANDARD_SEED, erzeuge
    from schemas.laender import gewaehltes_land

    erzeuge(gewaehltes_land(), STANDARD_SEED if seed is None else seed, nach, lade_bestand())
    click.echo(f"Beispiele liegen in {nach}.")


@referenz.command("lesen")
@click.argument("dateien", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def referenz_lesen(dateien: tuple[Path, ...]) -> None:
    """Liest amtliche Tabellen (CSV oder ZIP) und gibt sie in einheitlicher Form als CSV aus."""
    import polars as pl

    from assets.referenz.fehler import ReferenzFehler
    from assets.referenz.lesen import SPALTEN, als_csv, lies_referenz

    try:
        tabellen = [lies_referenz(datei.read_bytes(), datei.name).tabelle for datei in dateien]
    except ReferenzFehler as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    click.echo(als_csv(pl.concat(tabellen).sort(list(SPALTEN), nulls_last=True)), nl=False)


_BEFEHLE = (
    befehle_erhebung,
    befehle_auswertung,
    befehle_mittel,
    befehle_angriff,
    befehle_berichte,
    befehle_veroeffentlichung,
    befehle_lieferbuch,
    befehle_portal,
    befehle_schluessel,
    befehle_mail,
)
for _befehl in (b for modul in _BEFEHLE for b in modul.BEFEHLE):
    gruppe.add_command(_befehl)


def main() -> None:
    """Entry point: runs a command and turns what goes wrong into exit codes and German sentences."""
    from assets.ablage import AblageBelegtError
    from assets.lieferbuch.fehler import LieferbuchError, VerbindungError
    from assets.pruefung.korrekturen import KorrekturError
    from pipeline.mail.fehler import MailError
    from schemas.herausgeber import HerausgeberError
    from schemas.verteilungsmassen import VerteilungsmassenError

    try:
        gruppe.main(standalone_mode=False)
    except click.ClickException as fehler:
        fehler.show()
        sys.exit(fehler.exit_code)
    except click.Abort:
        sys.exit(130)
    except (AblageBelegtError, VerbindungError) as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(PROGRAMMFEHLER)
    except (HerausgeberError, KorrekturError, LieferbuchError, MailError, VerteilungsmassenError) as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
