"""Makes the SQL of numerators and denominators from what they are: an official series, or measures of a dataset.

What belongs here: the general forms a `Groesse` takes and how two of them are combined. Every form yields the columns
`schemas.modell.Groesse` asks for and runs on the tables `amtlich` (newest state), `amtlich_frueher` (earlier states),
one per dataset, and `zeitraum`. What does not: forms only one dataset needs (`schemas/groessen_lieferung.py`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.codelisten import GESAMT
from schemas.datensaetze import alle_datensaetze
from schemas.groessenformen import Ableitung, Summe
from schemas.modell import Groesse, Typ, Zellbezug

STATUS_OHNE_WERT = "U"


def text(wert: str) -> str:
    """A text as SQL writes it."""
    return "'" + wert.replace("'", "''") + "'"


def texte(werte: Sequence[str]) -> str:
    """A list of texts as it stands in brackets after IN."""
    return ", ".join(text(w) for w in werte)


def fallunterscheidung(ausdruck: str, ergebnisse: Mapping[str, str]) -> str:
    """SQL: `ergebnisse` by the value of an expression; NULL for any other value."""
    faelle = " ".join(f"WHEN {text(wert)} THEN {text(ergebnis)}" for wert, ergebnis in ergebnisse.items())
    return f"CASE {ausdruck} {faelle} END"


def reihe(kennzahl: str, merkmale: Mapping[str, str] | None = None) -> str:
    """SQL condition for one official series: its measure and exactly these characteristics."""
    json_text = json.dumps(dict(merkmale or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"(kennzahl = {text(kennzahl)} AND merkmale = {text(json_text)})"


def reihen(kennzahl: str, merkmal: str, werte: Sequence[str], rest: Mapping[str, str] | None = None) -> str:
    """SQL condition for several series that differ in one characteristic, any others being free unless in `rest`."""
    teile = [f"kennzahl = {text(kennzahl)}", f"merkmale ->> {text(merkmal)} IN ({texte(werte)})"]
    teile += [f"merkmale ->> {text(name)} = {text(wert)}" for name, wert in (rest or {}).items()]
    return f"({' AND '.join(teile)})"


@dataclass(frozen=True, slots=True)
class Merkmal:
    """A characteristic of an official table that becomes a breakdown column: its category -> our code.

    `namen` are what the forms of the table call it. Categories that become the total code `T` make the table's own
    total count; without one the parts are added up. Series of another category are left out.
    """

    namen: tuple[str, ...]
    codes: Mapping[str, str]

    @property
    def sql(self) -> str:
        """Our code of a series; NULL if it has no category we know."""
        kategorie = f"coalesce({', '.join(f'merkmale ->> {text(n)}' for n in self.namen)})"
        return fallunterscheidung(kategorie, self.codes)

    @property
    def hat_gesamt(self) -> bool:
        """Whether the table has a total of its own."""
        return GESAMT in self.codes.values()


JAHR_DER_ZEIT = "CAST(left(zeit, 4) AS BIGINT)"
_VON = f"CASE WHEN length(zeit) = 10 THEN CAST(zeit AS DATE) ELSE make_date({JAHR_DER_ZEIT}, 1, 1) END"
_BIS = f"CASE WHEN length(zeit) = 10 THEN CAST(zeit AS DATE) ELSE make_date({JAHR_DER_ZEIT}, 12, 31) END"


def amtlich(
    tabelle: str,
    bedingung: str,
    quelle: str,
    *,
    frueher: bool = False,
    summe: bool = False,
    gliederung: Mapping[str, Merkmal] | None = None,
    brueche: Mapping[int, str] | None = None,
) -> Groesse:
    """An official series, or the sum of several that do not overlap.

    Args:
        tabelle: code of the official table; several joined by a comma where one continues the other.
        bedingung: which series of it, from `reihe` or `reihen`; several joined by OR where a table changed its form.
        quelle: source in words, with table and date.
        frueher: earlier states of revision instead of the newest.
        summe: add the series up; a missing part makes the sum missing.
        gliederung: breakdown column -> the characteristic it is made from; never crossed with one another.
        brueche: first year after a break -> what changed.
    """
    sicht = "amtlich_frueher" if frueher else "amtlich"
    merkmale = gliederung or {}
    spalten = "".join(f", {m.sql} AS {spalte}" for spalte, m in merkmale.items())
    zeilen = f"""
        SELECT *, {JAHR_DER_ZEIT} AS jahr, {_VON} AS von, {_BIS} AS bis{spalten}
        FROM {sicht} WHERE tabelle IN ({texte([t.strip() for t in tabelle.split(",")])})"""
    if not summe and not merkmale:
        zeitraum = "ags, jahr AS berichtsjahr, von AS zeitraum_von, bis AS zeitraum_bis"
        sql = f"SELECT {zeitraum}, wert, wertstatus, stand FROM ({zeilen} AND ({bedingung}))"
        return Groesse(sql, quelle, brueche or {}, tabelle=tabelle)
    rechnung = Summe(
        zeilen,
        "wert",
        " AND ".join([f"({bedingung})", *(f"{spalte} IS NOT NULL" for spalte in merkmale)]),
        status=f"CASE WHEN wert IS NULL THEN '{STATUS_OHNE_WERT}' ELSE 'N' END",
        stand="stand",
        gegeben=tuple(spalte for spalte, m in merkmale.items() if m.hat_gesamt),
        summiert=tuple(spalte for spalte, m in merkmale.items() if not m.hat_gesamt),
    )
    return Groesse(rechnung, quelle, brueche or {}, tabelle=tabelle, gliederungen=tuple(merkmale))


def geliefert(
    datensatz: str,
    mass: str,
    bedingung: str,
    quelle: str,
    *,
    nur: str = "true",
    summiert: Sequence[str] = (),
    gegeben: Sequence[str] = (),
    zelle: Zellbezug | None = None,
) -> Groesse:
    """The sum of a measure over the rows of a dataset that meet a condition, in total and by each breakdown column.

    A row without a number makes the sum missing with the worst status among the rows; nothing is filled in. `summiert`
    and `gegeben` are breakdown columns without and with a total of their own in the rows, `nur` says which of the rows
    add anything. `zelle` is needed where the sum is not simply that of the measure over the dataset.
    """
    return summe_der_lieferung(
        datensatz,
        im_zeitraum(datensatz),
        mass,
        quelle,
        bedingung=bedingung,
        nur=nur,
        summiert=summiert,
        gegeben=gegeben,
        zelle=zelle,
    )


def im_zeitraum(datensatz: str) -> str:
    """SQL: the rows of a dataset with the period its reporting year stands for."""
    return f"SELECT *, zr_jahr AS jahr FROM {datensatz} JOIN zeitraum ON berichtsjahr = zr_jahr"


def bestand(
    datensatz: str,
    mass: str,
    bedingung: str,
    quelle: str,
    *,
    gliederung: Sequence[str] = (),
    zelle: Zellbezug | None = None,
) -> Groesse:
    """Like `geliefert`, for stocks at a Stichtag; where two files state the same stock, the newer file counts.

    Breakdown columns hold the total `T` themselves: rows are taken as they were delivered, crossed ones are left out.
    """
    zeilen = neueste_bestaende(datensatz)
    return summe_der_lieferung(datensatz, zeilen, mass, quelle, bedingung=bedingung, gegeben=gliederung, zelle=zelle)


def neueste_bestaende(datensatz: str) -> str:
    """SQL: the rows of a dataset of stocks by Konzept, each stock from the newest file that states it."""
    return f"""
        SELECT *, year(stichtag) AS jahr, stichtag AS von, stichtag AS bis FROM {datensatz}
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY meldeeinheit, stichtag, konzept)"""


def summe_der_lieferung(
    datensatz: str,
    zeilen: str,
    mass: str,
    quelle: str,
    *,
    bedingung: str = "true",
    nur: str = "true",
    von: str = "von",
    bis: str = "bis",
    summiert: Sequence[str] = (),
    gegeben: Sequence[str] = (),
    zelle: Zellbezug | None = None,
) -> Groesse:
    """The sum of a measure over those delivered rows of a dataset that meet a condition.

    `zeilen` yields rows with `jahr, von, bis`, `von` and `bis` say its period where it is another. Rows that do
    not meet the condition `nur` add 0: who delivered but has none of it has 0 of it.
    """
    ganzzahlig = alle_datensaetze()[datensatz].spalte(mass).feld.typ is Typ.GANZZAHL
    rechnung = Summe(
        f"SELECT *, meldeeinheit AS ags FROM ({zeilen})",
        f"CASE WHEN {nur} THEN {mass} ELSE 0 END",
        bedingung,
        status=f"CASE WHEN {nur} THEN {mass}_status ELSE 'N' END",
        zaehlweise=_zaehlweise(datensatz),
        von=von,
        bis=bis,
        gegeben=tuple(gegeben),
        summiert=tuple(summiert),
        ganzzahlig=ganzzahlig,
    )
    zellen = (replace(zelle or Zellbezug(f"{datensatz}.{mass}"), ganzzahlig=ganzzahlig),)
    return Groesse(rechnung, quelle, datensatz=datensatz, gliederungen=(*gegeben, *summiert), zellen=zellen)


def _zaehlweise(datensatz: str) -> str:
    """SQL: by which way of counting a row came about; NULL where there is one."""
    spalten = alle_datensaetze()[datensatz].vergleichsschluessel
    return f"concat_ws('/', {', '.join(spalten)})" if spalten else "NULL"


def im_folgejahr(groesse: Groesse) -> Groesse:
    """The same figures one reporting year later, for what refers to the end of the year before."""
    return replace(
        groesse,
        rechnung=Ableitung("SELECT * REPLACE (berichtsjahr + 1 AS berichtsjahr) FROM {0}", (groesse.rechnung,)),
        brueche={jahr + 1: was for jahr, was in groesse.brueche.items()},
        versaetze=tuple(versatz + 1 for versatz in groesse.versaetze),
        zellen=tuple(replace(z, versatz=z.versatz + 1) for z in groesse.zellen),
    )


def zum_zeitpunkt_von(bezug: Groesse, groesse: Groesse) -> Groesse:
    """A series only for areas and years of which `bezug` knows something at all, and with the period of that."""
    vorlage = """
        SELECT groesse.* REPLACE (bezug.zeitraum_von AS zeitraum_von, bezug.zeitraum_bis AS zeitraum_bis)
        FROM {0} AS groesse JOIN {1} AS bezug USING (ags, berichtsjahr)"""
    return replace(groesse, rechnung=Ableitung(vorlage, (groesse.rechnung, bezug.rechnung)))


def ausschnitt(groesse: Groesse, **teil: str) -> Groesse:
    """One part of a series, a code by breakdown column; these columns are gone afterwards."""
    bedingung = " AND ".join(f"{spalte} = {text(code)}" for spalte, code in teil.items())
    vorlage = f"SELECT * EXCLUDE ({', '.join(teil)}) FROM {{0}} WHERE {bedingung}"
    return replace(
        groesse,
        rechnung=Ableitung(vorlage, (groesse.rechnung,)),
        gliederungen=tuple(g for g in groesse.gliederungen if g not in teil),
        zellen=tuple(replace(z, fest={**z.fest, **teil}) for z in groesse.zellen),
    )


def differenz(erste: Groesse, zweite: Groesse, quelle: str, *, gliederung: Sequence[str] = ()) -> Groesse:
    """`erste - zweite` where there are both; period and state are those of `erste`."""
    abgezogen = replace(zweite, zellen=mit_umgekehrtem_vorzeichen(zweite.zellen))
    return _verbinde(erste, abgezogen, "erste.wert - zweite.wert", quelle, gliederung)


def mit_umgekehrtem_vorzeichen(zellen: Sequence[Zellbezug]) -> tuple[Zellbezug, ...]:
    """The cells of a figure taken the other way round."""
    return tuple(replace(z, vorzeichen=-z.vorzeichen) for z in zellen)


def anteil(zaehler: Groesse, nenner: Groesse, quelle: str, *, gliederung: Sequence[str] = ()) -> Groesse:
    """`100 * zaehler / nenner` as a figure of its own, for distances between two shares."""
    return _verbinde(zaehler, nenner, "100 * erste.wert / nullif(zweite.wert, 0)", quelle, gliederung)


def _verbinde(erste: Groesse, zweite: Groesse, rechnung: str, quelle: str, gliederung: Sequence[str]) -> Groesse:
    gemeinsam = ["ags", "berichtsjahr", *gliederung]
    spalten = "".join(f", {spalte}" for spalte in gemeinsam)
    vorlage = f"""
        SELECT erste.zeitraum_von, erste.zeitraum_bis, {rechnung} AS wert,
            schlechtester(erste.wertstatus, zweite.wertstatus) AS wertstatus, erste.stand AS stand{spalten}
        FROM {{0}} AS erste JOIN {{1}} AS zweite USING ({", ".join(gemeinsam)})"""
    tabellen = ", ".join(dict.fromkeys([*erste.tabellen, *zweite.tabellen]))
    return replace(
        erste,
        rechnung=Ableitung(vorlage, (erste.rechnung, zweite.rechnung)),
        quelle=quelle,
        brueche={**zweite.brueche, **erste.brueche},
        tabelle=tabellen,
        versaetze=tuple(dict.fromkeys([*erste.versaetze, *zweite.versaetze])),
        gliederungen=tuple(gliederung),
        zellen=(*erste.zellen, *zweite.zellen),
    )
