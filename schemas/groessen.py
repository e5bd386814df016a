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
    auswahl = f"""
        SELECT *, {JAHR_DER_ZEIT} AS jahr, {_VON} AS von, {_BIS} AS bis{spalten}
        FROM {sicht} WHERE tabelle IN ({texte([t.strip() for t in tabelle.split(",")])}) AND ({bedingung})"""
    if not summe and not merkmale:
        zeitraum = "ags, jahr AS berichtsjahr, von AS zeitraum_von, bis AS zeitraum_bis"
        return Groesse(
            f"SELECT {zeitraum}, wert, wertstatus, stand FROM ({auswahl})", quelle, brueche or {}, tabelle=tabelle
        )
    if merkmale:
        auswahl = f"SELECT * FROM ({auswahl}) WHERE {' AND '.join(f'{spalte} IS NOT NULL' for spalte in merkmale)}"
    status = f"CASE WHEN count(*) = count(wert) THEN 'N' ELSE '{STATUS_OHNE_WERT}' END"
    sql = summiere(
        f"SELECT *, wert AS betrag FROM ({auswahl})",
        status=status,
        stand="max(stand)",
        gegeben=[spalte for spalte, m in merkmale.items() if m.hat_gesamt],
        summiert=[spalte for spalte, m in merkmale.items() if not m.hat_gesamt],
    )
    return Groesse(sql, quelle, brueche or {}, tabelle=tabelle, gliederungen=tuple(merkmale))


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
    auswahl = f"SELECT *, zr_jahr AS jahr FROM {datensatz} JOIN zeitraum ON berichtsjahr = zr_jahr WHERE {bedingung}"
    return summe_der_lieferung(
        datensatz, auswahl, mass, quelle, nur=nur, summiert=summiert, gegeben=gegeben, zelle=zelle
    )


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
    auswahl = neueste_bestaende(datensatz)
    gewaehlt = f"SELECT * FROM ({auswahl}) WHERE {bedingung}"
    return summe_der_lieferung(datensatz, gewaehlt, mass, quelle, gegeben=gliederung, zelle=zelle)


def neueste_bestaende(datensatz: str) -> str:
    """SQL: the rows of a dataset of stocks by Konzept, each stock from the newest file that states it."""
    return f"""
        SELECT *, year(stichtag) AS jahr, stichtag AS von, stichtag AS bis FROM {datensatz}
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY meldeeinheit, stichtag, konzept)"""


def summe_der_lieferung(
    datensatz: str,
    auswahl: str,
    mass: str,
    quelle: str,
    *,
    nur: str = "true",
    summiert: Sequence[str] = (),
    gegeben: Sequence[str] = (),
    zelle: Zellbezug | None = None,
) -> Groesse:
    """The sum of a measure over delivered rows of a dataset; `auswahl` yields them with `jahr, von, bis`.

    Rows that do not meet the condition `nur` add 0: who delivered but has none of it has 0 of it.
    """
    zeilen = f"""
        SELECT *, meldeeinheit AS ags, CASE WHEN {nur} THEN {mass} ELSE 0 END AS betrag,
            CASE WHEN {nur} THEN {mass}_status ELSE 'N' END AS status
        FROM ({auswahl})"""
    sql = summiere(
        zeilen,
        status="schlechtester_aller(status)",
        zaehlweise=_zaehlweise(datensatz),
        gegeben=gegeben,
        summiert=summiert,
    )
    ganzzahlig = alle_datensaetze()[datensatz].spalte(mass).feld.typ is Typ.GANZZAHL
    zellen = (replace(zelle or Zellbezug(f"{datensatz}.{mass}"), ganzzahlig=ganzzahlig),)
    return Groesse(sql, quelle, datensatz=datensatz, gliederungen=(*gegeben, *summiert), zellen=zellen)


def _zaehlweise(datensatz: str) -> str:
    """Aggregate: the ways of counting that occur among the rows of a sum, joined by `;`; NULL where there is one."""
    spalten = alle_datensaetze()[datensatz].vergleichsschluessel
    if not spalten:
        return "NULL"
    weise = f"concat_ws('/', {', '.join(spalten)})"
    return f"string_agg(DISTINCT {weise}, ';' ORDER BY {weise})"


def summiere(
    zeilen: str,
    *,
    status: str = "'N'",
    stand: str = "''",
    zaehlweise: str = "NULL",
    gegeben: Sequence[str] = (),
    summiert: Sequence[str] = (),
) -> str:
    """SQL: the sum of `betrag` by area and year, in total and by each breakdown column alone.

    Args:
        zeilen: SELECT of rows with `ags, jahr, von, bis, betrag`.
        status: aggregate that tells the status of a sum.
        stand: aggregate that tells the state of revision of a sum.
        zaehlweise: aggregate that tells how was counted.
        gegeben: breakdown columns of which the rows hold the total themselves.
        summiert: breakdown columns whose total is the sum over all rows.
    """
    fest = ["ags", "jahr", *gegeben]
    gruppen = ", ".join(f"({', '.join([*fest, *zusatz])})" for zusatz in [[], *([g] for g in summiert)])
    namen = "".join([*(f", {g}" for g in gegeben), *(f", coalesce({g}, '{GESAMT}') AS {g}" for g in summiert)])
    # A row under T in a column that is summed belongs to no part; it must not pose as a second total.
    teile = [f"(grouping({g}) = 1 OR {g} <> '{GESAMT}')" for g in summiert]
    einzeln = " + ".join(
        [
            *(f"CAST({g} <> '{GESAMT}' AS INTEGER)" for g in gegeben),
            *(f"1 - CAST(grouping({g}) AS INTEGER)" for g in summiert),
        ]
    )
    return f"""
        SELECT ags, jahr AS berichtsjahr, any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CASE WHEN count(*) = count(betrag) THEN feste_summe(betrag) END AS wert,
            {status} AS wertstatus, {stand} AS stand, {zaehlweise} AS zaehlweise{namen}
        FROM ({zeilen}) GROUP BY GROUPING SETS ({gruppen})
        HAVING {" AND ".join([*teile, f"{einzeln or 0} <= 1"])}"""


def im_folgejahr(groesse: Groesse) -> Groesse:
    """The same figures one reporting year later, for what refers to the end of the year before."""
    sql = f"SELECT * REPLACE (berichtsjahr + 1 AS berichtsjahr) FROM ({groesse.sql})"
    return replace(
        groesse,
        sql=sql,
        brueche={jahr + 1: was for jahr, was in groesse.brueche.items()},
        zellen=tuple(replace(z, versatz=z.versatz + 1) for z in groesse.zellen),
    )


def zum_zeitpunkt_von(bezug: Groesse, groesse: Groesse) -> Groesse:
    """A series only for areas and years of which `bezug` knows something at all, and with the period of that."""
    sql = f"""
        SELECT groesse.* REPLACE (bezug.zeitraum_von AS zeitraum_von, bezug.zeitraum_bis AS zeitraum_bis)
        FROM ({groesse.sql}) AS groesse JOIN ({bezug.sql}) AS bezug USING (ags, berichtsjahr)"""
    return replace(groesse, sql=sql)


def ausschnitt(groesse: Groesse, **teil: str) -> Groesse:
    """One part of a series, a code by breakdown column; these columns are gone afterwards."""
    bedingung = " AND ".join(f"{spalte} = {text(code)}" for spalte, code in teil.items())
    sql = f"SELECT * EXCLUDE ({', '.join(teil)}) FROM ({groesse.sql}) WHERE {bedingung}"
    return replace(
        groesse,
        sql=sql,
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
    sql = f"""
        SELECT erste.zeitraum_von, erste.zeitraum_bis, {rechnung} AS wert,
            schlechtester([erste.wertstatus, zweite.wertstatus]) AS wertstatus, erste.stand AS stand{spalten}
        FROM ({erste.sql}) AS erste JOIN ({zweite.sql}) AS zweite USING ({", ".join(gemeinsam)})"""
    tabellen = ", ".join(dict.fromkeys([*erste.tabellen, *zweite.tabellen]))
    return replace(
        erste,
        sql=sql,
        quelle=quelle,
        brueche={**zweite.brueche, **erste.brueche},
        tabelle=tabellen,
        gliederungen=tuple(gliederung),
        zellen=(*erste.zellen, *zweite.zellen),
    )
