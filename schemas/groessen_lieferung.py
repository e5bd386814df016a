"""Makes the SQL of figures that need to know what one dataset means: offices, staff, target group, origins, money.

What belongs here: forms that only one dataset needs. What does not: the general ones (`schemas/groessen.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from schemas.codelisten import GESAMT
from schemas.datensaetze.beratung import EINMAL_JE_MELDEEINHEIT
from schemas.datensaetze.finanzen import AUSGABEN
from schemas.datensaetze.massnahmen import GEZAEHLT
from schemas.datensaetze.zielgruppe import GLIEDERUNG
from schemas.groessen import (
    JAHR_DER_ZEIT,
    differenz,
    geliefert,
    im_zeitraum,
    mit_umgekehrtem_vorzeichen,
    neueste_bestaende,
    reihen,
    summe_der_lieferung,
    text,
    texte,
)
from schemas.groessenformen import Ableitung, Summe
from schemas.modell import Groesse, Zellbezug
from schemas.staaten import DEUTSCHLAND, KEIN_STAAT

# Stellen --------------------------------------------------------------------------------------------------------

# A joint Stelle is the leading Meldeeinheit's, also in the register of a partner that left the leader out.
_FUEHREND = """coalesce(fuehrende_meldeeinheit,
    CASE WHEN traegerschaft = 'GEMEINSAM' THEN max(fuehrende_meldeeinheit) OVER (PARTITION BY stelle_id, art, zr_jahr)
    END, meldeeinheit)"""


def stellen(
    art: str,
    quelle: str,
    bedingung: str = "true",
    *,
    gliederung: Sequence[str] = (),
    fest: Mapping[str, str] = MappingProxyType({}),
) -> Groesse:
    """Number of Stellen of a kind active on the last day of the period; the Land and groups count joint ones once.

    A Meldeeinheit that delivered its register but has no such Stelle counts 0; one that did not deliver has no row.
    """
    aktiv = f"art = {text(art)} AND aktiv_von <= bis AND (aktiv_bis IS NULL OR aktiv_bis >= bis) AND {bedingung}"
    register = f"""
        SELECT *, zr_jahr AS jahr, {_FUEHREND} AS fuehrend, {aktiv} AS aktiv
        FROM stellen JOIN zeitraum ON berichtsjahr = zr_jahr"""
    # A Stelle has one row of a kind, so rows are Stellen; the others stand for 0.
    zeilen = f"""
        SELECT * REPLACE (bis AS von, CASE WHEN aktiv THEN gemeinde_ags ELSE '{GESAMT}' END AS gemeinde_ags),
            CAST(aktiv AS INTEGER) AS betrag, meldeeinheit AS ags FROM ({register})
        UNION ALL BY NAME
        SELECT * REPLACE (bis AS von, '{GESAMT}' AS gemeinde_ags),
            CAST(aktiv AND fuehrend = meldeeinheit AS INTEGER) AS betrag,
            coalesce(gruppe, getvariable('land')) AS ags
        FROM (FROM ({register}) CROSS JOIN (SELECT NULL AS gruppe)
            UNION ALL BY NAME SELECT r.*, gruppe FROM ({register}) r JOIN kreise k ON k.ags = meldeeinheit)"""
    return Groesse(
        Summe(zeilen, "betrag", summiert=tuple(gliederung), ganzzahlig=True),
        quelle,
        datensatz="stellen",
        gliederungen=tuple(gliederung),
        zellen=(Zellbezug(f"stellen.anzahl.{art}", fest),),
    )


def zustaendig(quelle: str) -> Groesse:
    """Number of Gemeinden that a Kommunale Integrationskoordination serves on the last day of the period."""
    zeilen = f"""
        SELECT DISTINCT meldeeinheit AS ags, berichtsjahr AS jahr, bis AS von, bis, gemeinden.ags AS ort, 1 AS betrag
        FROM (SELECT zustaendigkeit.* RENAME (von AS ab, bis AS ende), zeitraum.bis
            FROM zustaendigkeit JOIN zeitraum ON berichtsjahr = zr_jahr)
        JOIN gemeinden USING (meldeeinheit)
        WHERE gemeinde_ags IN (gemeinden.ags, '{GESAMT}') AND ab <= bis AND (ende IS NULL OR ende >= bis)"""
    return Groesse(Summe(zeilen, "betrag", ganzzahlig=True), quelle, datensatz="zustaendigkeit")


def gemeinden(quelle: str) -> Groesse:
    """Number of Gemeinden of a Meldeeinheit, in each reporting year."""
    zeilen = "SELECT meldeeinheit AS ags, zr_jahr AS jahr, bis AS von, bis, 1 AS betrag FROM gemeinden, zeitraum"
    return Groesse(Summe(zeilen, "betrag", ganzzahlig=True), quelle)


# Staff ----------------------------------------------------------------------------------------------------------

UND = "+"
"""Joins the tasks of a figure that is about several."""
TEIL_DER_PERSONEN = {"mehrsprachig_personen": ("personen", "MEHRSPRACHIG")}
"""Measures that count a part of what another one counts -> that one and what the part is called."""
IM_ZEITRAUM = ("vzae_jahresmittel", "fortbildungstage")
"""Measures of staff that speak of the whole period; all others are stocks at the Stichtag."""

_LETZTE_STICHTAGE = f"""
        SELECT *, max(stichtag) OVER (PARTITION BY meldeeinheit, berichtsjahr, aufgabe) AS letzter
        FROM ({im_zeitraum("personal")})
        QUALIFY stichtag = max(stichtag) OVER (PARTITION BY meldeeinheit, berichtsjahr, stelle_id, aufgabe)"""
"""Each Stelle at its last Stichtag for a task; `letzter` is the last of all Stellen of the Meldeeinheit."""


def personal(
    aufgaben: Sequence[str],
    mass: str,
    nur: str = "true",
    *,
    gegliedert: bool = False,
    teil: str = GESAMT,
) -> Groesse:
    """A measure of the staff for these tasks, of each Stelle at its last Stichtag; on wish by pay group.

    Staff that does not meet the condition `nur` adds 0; `teil` is what the others are called.

    Raises:
        ValueError: a stock of several tasks.
    """
    ist_bestand = mass not in IM_ZEITRAUM
    if ist_bestand and len(aufgaben) > 1:
        raise ValueError(f"{mass} ist ein Bestand: mehrere Aufgaben haben keinen gemeinsamen Stichtag")
    gezaehlt, benannt = TEIL_DER_PERSONEN.get(mass, (mass, teil))
    return summe_der_lieferung(
        "personal",
        _LETZTE_STICHTAGE,
        mass,
        f"Lieferung „Personal“, {'Stichtag' if ist_bestand else 'Berichtszeitraum'}",
        bedingung=f"aufgabe IN ({texte(aufgaben)})",
        nur=nur,
        von="letzter" if ist_bestand else "von",
        bis="letzter" if ist_bestand else "bis",
        summiert=("entgeltgruppe",) if gegliedert else (),
        zelle=Zellbezug(f"personal.{gezaehlt}", {"aufgabe": UND.join(aufgaben), "teil": benannt}),
    )


def fachkraefte(*aufgaben: str) -> Groesse:
    """Full-time equivalents of the Fachkräfte for these tasks, mean over the period."""
    return personal(aufgaben, "vzae_jahresmittel", "taetigkeit = 'FACH'", teil="FACH")


# Counselling ----------------------------------------------------------------------------------------------------


def beratungen(art: str, bedingung: str = "true", *, gegliedert: bool = False, addiert: bool = True) -> Groesse:
    """Counselling of a kind, summed over Stellen and addressees, on wish by topic as it was delivered.

    `addiert` says whether the topics add up: where one talk counts under several of them they do not.
    """
    umbenannt = {} if addiert else {"themenfeld": "themenfeld_mehrfach"}
    nur_gesamt = "true" if gegliedert else f"themenfeld = '{GESAMT}'"
    return geliefert(
        "beratung",
        "beratungen",
        f"leistungsart = {text(art)} AND stelle_id <> '{EINMAL_JE_MELDEEINHEIT}' AND {nur_gesamt} AND {bedingung}",
        "Lieferung „Beratung“, Summe des Berichtszeitraums",
        gegeben=("themenfeld",) if gegliedert else (),
        zelle=Zellbezug(f"beratung.beratungen.{art}", umbenannt=umbenannt),
    )


def beratene_personen(art: str) -> Groesse:
    """Persons counted once in the whole Meldeeinheit and period; sums over Stellen or quarters would count twice."""
    return geliefert(
        "beratung",
        "beratene_personen",
        f"leistungsart = {text(art)} AND stelle_id = '{EINMAL_JE_MELDEEINHEIT}' AND quartal = 'J' "
        f"AND themenfeld = '{GESAMT}'",
        "Lieferung „Beratung“, Zeile für die ganze Meldeeinheit",
        zelle=Zellbezug(f"beratung.beratene_personen.{art}"),
    )


# Measures -------------------------------------------------------------------------------------------------------


def massnahmen(art: str, mass: str | None = None, themenfeld: str = GESAMT) -> Groesse:
    """What the law counts of a kind of Maßnahme, or another measure of it, in total and by Gemeinde.

    A row under `T` in `gemeinde_ags` belongs to no single Gemeinde and only counts in the total.
    """
    bedingung = f"massnahmeart = {text(art)} AND themenfeld = {text(themenfeld)}"
    quelle = "Lieferung „Maßnahmen“, Summe des Berichtszeitraums"
    gezaehlt = mass or GEZAEHLT[art]
    zelle = Zellbezug(f"massnahmen.{gezaehlt}.{art}", {"themenfeld": themenfeld})
    return geliefert("massnahmen", gezaehlt, bedingung, quelle, summiert=("gemeinde_ags",), zelle=zelle)


def massnahmen_nach_themenfeld(art: str) -> Groesse:
    """What the law counts of a kind of Maßnahme, in total and by topic."""
    quelle = "Lieferung „Maßnahmen“, Summe des Berichtszeitraums"
    gezaehlt = GEZAEHLT[art]
    zelle = Zellbezug(f"massnahmen.{gezaehlt}.{art}")
    bedingung = f"massnahmeart = {text(art)}"
    return geliefert("massnahmen", gezaehlt, bedingung, quelle, gegeben=("themenfeld",), zelle=zelle)


# Target group ---------------------------------------------------------------------------------------------------


def zielgruppe(mass: str, quelle: str, wohnform: str = GESAMT, *, gliederung: Sequence[str] = ()) -> Groesse:
    """A flow of the target group in the period, or its stock at the end (`bestand_ende`, `kapazitaet`).

    Rows hold their totals themselves; breakdowns are never crossed.
    """
    ist_fluss = mass in ("zugaenge", "abgaenge")
    am_ende = "true" if ist_fluss else "quartal IN ('J', 'Q4')"
    return summe_der_lieferung(
        "zielgruppe",
        im_zeitraum("zielgruppe"),
        mass,
        quelle,
        bedingung=f"{am_ende} AND {_gesamt_ausser(gliederung, wohnform)}",
        von="von" if ist_fluss else "bis",
        gegeben=gliederung,
        zelle=Zellbezug(f"zielgruppe.{mass}", {"wohnform": wohnform}),
    )


def zielgruppe_saldo(gliederung: Sequence[str]) -> Groesse:
    """Change of the stock from the beginning of the period to its end."""
    quelle = "Lieferung „Zielgruppe“, Bestand am Ende abzüglich des Bestands am Anfang des Berichtszeitraums"
    gesamt = _gesamt_ausser(gliederung, GESAMT)
    zeilen = f"""
        SELECT *, quartal = erstes AS am_anfang FROM ({im_zeitraum("zielgruppe")}) JOIN (
            SELECT meldeeinheit, berichtsjahr, min(quartal) AS erstes FROM zielgruppe WHERE {gesamt} GROUP BY ALL)
        USING (meldeeinheit, berichtsjahr)"""
    anfang = summe_der_lieferung(
        "zielgruppe",
        zeilen,
        "bestand_anfang",
        quelle,
        bedingung=f"{gesamt} AND am_anfang",
        gegeben=gliederung,
        zelle=Zellbezug("zielgruppe.bestand_anfang", {"wohnform": GESAMT}),
    )
    abnahme = differenz(
        anfang, zielgruppe("bestand_ende", quelle, gliederung=gliederung), quelle, gliederung=gliederung
    )
    return replace(
        abnahme,
        rechnung=Ableitung("SELECT * REPLACE (-wert AS wert) FROM {0}", (abnahme.rechnung,)),
        zellen=mit_umgekehrtem_vorzeichen(abnahme.zellen),
    )


def _gesamt_ausser(gliederung: Sequence[str], wohnform: str) -> str:
    """SQL condition: T in every column of the target group that is no breakdown here; the Wohnform is given."""
    uebrige = [g for g in GLIEDERUNG if g not in (*gliederung, "wohnform")]
    return " AND ".join([*(f"{g} = '{GESAMT}'" for g in uebrige), f"wohnform = {text(wohnform)}"])


def zielgruppe_im_mittel(quelle: str) -> Groesse:
    """Mean number of persons of the target group over the period, from stocks at both ends of each quarter.

    A quarter counts by its days that lie in the period, so a stub year is a mean over the stub.
    """
    gesamt = " AND ".join(f"{g} = '{GESAMT}'" for g in GLIEDERUNG)
    beginn = "make_date(berichtsjahr, 3 * nummer - 2, 1)"
    sql = f"""
        SELECT meldeeinheit AS ags, berichtsjahr, any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CASE WHEN count(*) = count(bestand_anfang + bestand_ende)
                THEN sum(tage * (bestand_anfang + bestand_ende) / 2.0) / sum(tage) END AS wert,
            schlechtester_aller(coalesce(bestand_anfang_status, bestand_ende_status)) AS wertstatus, '' AS stand
        FROM (SELECT *, CASE WHEN nummer IS NULL THEN 1 ELSE greatest(0, 1
                + least(bis, CAST({beginn} + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE)) - greatest(von, {beginn})
                ) END AS tage
            FROM (SELECT *, CASE WHEN quartal <> 'J' THEN CAST(right(quartal, 1) AS BIGINT) END AS nummer
                FROM zielgruppe JOIN zeitraum ON berichtsjahr = zr_jahr WHERE {gesamt}))
        WHERE tage > 0 GROUP BY meldeeinheit, berichtsjahr"""
    return Groesse(
        sql, quelle, datensatz="zielgruppe", zellen=(Zellbezug("zielgruppe.bestand_mittel", ganzzahlig=False),)
    )


# Countries of origin --------------------------------------------------------------------------------------------

_ZEHN = 10


def zehn_haeufigste(zeilen: str, quelle: str, konzept: str | None = None) -> Groesse:
    """Persons of the ten states with most persons, together and by state, for each area and for the Land.

    `zeilen` yields `ags, jahr, stichtag, staat, personen, stand` of Meldeeinheiten. The Land has ten of its own; of the
    states among the ten of a Meldeeinheit it has a part too, to compare with, but not in its total. Where two states
    tie for the last place the one with the lower key counts; people without a known state are no origin. `konzept` is
    named where the rows were delivered.
    """
    keine = texte([DEUTSCHLAND, *KEIN_STAAT])
    gereiht = f"""
        SELECT ags, jahr, stichtag AS von, stichtag AS bis, staat, personen AS betrag, stand,
            row_number() OVER (PARTITION BY ags, jahr ORDER BY personen DESC, staat) AS rang
        FROM ({_mit_land(zeilen)}) WHERE staat NOT IN ({keine}) AND personen > 0"""
    auswahl = f"""
        WITH gereiht AS ({gereiht}), genannt AS (SELECT DISTINCT jahr, staat FROM gereiht WHERE rang <= {_ZEHN})
        SELECT * REPLACE ('{GESAMT}' AS staat) FROM gereiht WHERE rang <= {_ZEHN}
        UNION ALL
        SELECT gereiht.* FROM gereiht SEMI JOIN genannt USING (jahr, staat)
        WHERE rang <= {_ZEHN} OR ags = getvariable('land')"""
    zellen = (Zellbezug(_personen_nach_staat(konzept), summe_ueber="staat"),) if konzept else ()
    rechnung = Summe(auswahl, "betrag", stand="stand", gegeben=("staat",))
    return Groesse(rechnung, quelle, gliederungen=("staat",), zellen=zellen)


def _personen_nach_staat(konzept: str) -> str:
    return f"herkunft.personen.{konzept}"


def alle_staaten(zeilen: str, quelle: str, konzept: str | None = None) -> Groesse:
    """Persons of all states, also without a known one; rows, Land and `konzept` as in `zehn_haeufigste`."""
    rechnung = Summe(_mit_land(zeilen), "personen", stand="stand", von="stichtag", bis="stichtag")
    zellen = (Zellbezug(_personen_nach_staat(konzept)),) if konzept else ()
    return Groesse(rechnung, quelle, zellen=zellen)


def _mit_land(zeilen: str) -> str:
    """SQL: the rows of Meldeeinheiten and, summed by state, those of the Land and of groups."""
    return f"""
        FROM ({zeilen}) WHERE ags IN (SELECT ags FROM kreise)
        UNION ALL BY NAME
        SELECT coalesce(gruppe, getvariable('land')) AS ags, jahr, max(stichtag) AS stichtag, staat,
            CASE WHEN count(*) = count(personen) THEN sum(personen) END AS personen, max(stand) AS stand
        FROM ({zeilen}) JOIN kreise USING (ags) GROUP BY GROUPING SETS ((jahr, staat), (jahr, staat, gruppe))"""


def schutzsuchende_nach_staat(tabelle: str, status: Sequence[str]) -> str:
    """SQL: protection seekers of these statuses by state, from the official table, as `zehn_haeufigste` takes them."""
    staat = "merkmale ->> 'STAAG5'"
    return f"""
        SELECT ags, {JAHR_DER_ZEIT} AS jahr, CAST(any_value(zeit) AS DATE) AS stichtag,
            CASE {staat} WHEN 'UNK' THEN '998' WHEN 'OA' THEN '999' ELSE right({staat}, 3) END AS staat,
            sum(wert) AS personen, max(stand) AS stand
        FROM amtlich WHERE tabelle = {text(tabelle)} AND {reihen("BEV030", "SCHST2", status)}
        GROUP BY ALL"""


def herkunft(konzept: str) -> str:
    """SQL: delivered persons by state, as `zehn_haeufigste` takes them."""
    return f"""
        SELECT meldeeinheit AS ags, jahr, stichtag, staat, personen, '' AS stand
        FROM ({neueste_bestaende("herkunft")}) WHERE konzept = {text(konzept)}"""


# Konzept --------------------------------------------------------------------------------------------------------


def angabe(ausdruck: str, quelle: str, bedingung: str = "true", *, mass: str | None = None) -> Groesse:
    """What the one row of `konzept` says at the end of the period: an SQL expression, or a measure with its status.

    True counts 1, false 0, so that the sum over the Land is the number of Meldeeinheiten it is true of.
    """
    rechnung = Summe(
        f"SELECT *, meldeeinheit AS ags FROM ({im_zeitraum('konzept')})",
        f"CAST({mass or ausdruck} AS DOUBLE)",
        bedingung,
        status=f"{mass}_status" if mass else "'N'",
        von="bis",
    )
    return Groesse(rechnung, quelle, datensatz="konzept")


# Money ----------------------------------------------------------------------------------------------------------

_QUELLE_FINANZEN = "Lieferung „Finanzen“, Haushaltsjahr"
_TOPF = "meldeeinheit, haushaltsjahr, fg"
AUS_ZUWEISUNG = "mittel = 'ZUWEISUNG'"
AUSGABE = f"buchungsart IN ({texte(AUSGABEN)})"
EIGENE_AUSGABE = f"{AUSGABE} AND empfaengerart = 'KREIS' AND {AUS_ZUWEISUNG}"


def geld(betraege: Mapping[str, str], was: str, teil: str = GESAMT, *, fg: str | None = None) -> Groesse:
    """Money by Haushaltsjahr and Fördergegenstand: SQL condition on rows -> what such a row adds.

    A Fördergegenstand with any row but none that meets a condition has 0. Conditions must not overlap. `was` names the
    sum, `teil` the part of it that the conditions ask for.
    """
    faelle = " ".join(f"WHEN {bedingung} THEN {betrag}" for bedingung, betrag in betraege.items())
    return _je_haushaltsjahr("FROM finanzen", f"CASE {faelle} ELSE 0 END", was, teil, fg=fg)


def weiterleitung(bedingung: str = "true") -> Mapping[str, str]:
    """What was forwarded from the allocation, less what flowed back; some offices write that with a minus."""
    return {
        f"buchungsart = 'WEITERLEITUNG' AND {AUS_ZUWEISUNG} AND {bedingung}": "betrag_eur",
        f"buchungsart = 'WEITERLEITUNG_RUECKFLUSS' AND {AUS_ZUWEISUNG} AND {bedingung}": "-abs(betrag_eur)",
    }


def zuweisung() -> Groesse:
    """The allocation: the notices that count less what was revoked, as `schemas.zuweisung` defines it for one file.

    Where several files state notices of a Haushaltsjahr, the newest of them counts.
    """
    return _je_haushaltsjahr(_NEUESTE_MITTEILUNGEN, _zugewiesen("true"), "zuweisung")


def zuweisung_fsa() -> Groesse:
    """The part of the allocation for Flüchtlingssozialarbeit, or all of FG5 where the notice does not divide."""
    return _je_haushaltsjahr(
        _NEUESTE_MITTEILUNGEN, _zugewiesen("(NOT geteilt OR bereich = 'FSA')"), "zuweisung_fsa", fg="FG5"
    )


def _zugewiesen(gehoert: str) -> str:
    """SQL: what a row adds to the allocation, notices and revocations if they meet a condition."""
    return f"""CASE WHEN gilt AND {gehoert} THEN abs(betrag_eur) WHEN hebt_auf AND {gehoert} THEN -abs(betrag_eur)
            ELSE 0 END"""


_NEUESTE_MITTEILUNGEN = f"""
        SELECT *, coalesce(bool_or(gilt AND bereich = 'FSA') OVER (PARTITION BY {_TOPF}), false) AS geteilt
        FROM (FROM finanzen
            QUALIFY berichtsjahr = max(berichtsjahr) FILTER (WHERE gilt) OVER (PARTITION BY {_TOPF}))"""
"""All rows of the newest file with notices; `geteilt` where the notice names a part for Flüchtlingssozialarbeit."""


def _je_haushaltsjahr(zeilen: str, betrag: str, was: str, teil: str = GESAMT, *, fg: str | None = None) -> Groesse:
    auswahl = f"""
        SELECT *, meldeeinheit AS ags, haushaltsjahr AS jahr, make_date(haushaltsjahr, 1, 1) AS von,
            make_date(haushaltsjahr, 12, 31) AS bis, fg AS foerdergegenstand
        FROM ({zeilen})"""
    rechnung = Summe(
        auswahl,
        betrag,
        f"fg = {text(fg)}" if fg else "true",
        status=f"CASE WHEN ({betrag}) IS NULL THEN 'U' ELSE 'N' END",
        summiert=("foerdergegenstand",),
    )
    return Groesse(
        rechnung,
        _QUELLE_FINANZEN,
        datensatz="finanzen",
        gliederungen=("foerdergegenstand",),
        zellen=(Zellbezug(f"finanzen.{was}", {"teil": teil}, ganzzahlig=False),),
    )
