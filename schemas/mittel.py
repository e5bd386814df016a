"""The closed column lists of the three tables about money: notices, use of an allocation, instalments.

Amounts are whole cents (`…_cent`), so that sums are exact. Shares are for reading only; nothing is computed from them.
"""

import polars as pl

from schemas.codelisten import liste

ZUWEISUNGEN: dict[str, type[pl.DataType] | pl.DataType] = {
    "meldeeinheit": pl.String,
    "haushaltsjahr": pl.Int64,
    "fg": pl.String,
    "fassung": pl.String,
    "masse_cent": pl.Int64,
    "masse_datum": pl.Date,
    "masse_quelle": pl.String,
    "masse_erfunden": pl.Boolean,
    "stichtag": pl.Date,
    "stand": pl.String,
    "grundlage": pl.String,
    "schluesselwerte": pl.List(pl.Float64),
    "schluesselsummen": pl.List(pl.Float64),
    "formel_cent": pl.Int64,
    "gebucht_cent": pl.Int64,
    "mitteilung_datum": pl.Date,
    "bescheid_datum": pl.Date,
    "ew_stichtag": pl.Date,
    "ew_stand": pl.Date,
    "gilt": pl.Boolean,
    "differenz_cent": pl.Int64,
    "grund": pl.String,
    "passender_stichtag": pl.Date,
    "passender_stand": pl.String,
}
"""One row per notice, made by formula, booked, or both. `schluesselwerte` and `…summen` follow the Land's key.

`stichtag`, `stand` and `grundlage` say on which figures the formula rests, `ew_…` on which the Meldeeinheit says the
notice does, `passender_…` with which other published figures the formula gives the booked amount. `gilt` marks the
booked notice that counts.
"""

VERWENDUNG: dict[str, type[pl.DataType]] = {
    "meldeeinheit": pl.String,
    "haushaltsjahr": pl.Int64,
    "fg": pl.String,
    "fassung": pl.String,
    "bescheid_datum": pl.Date,
    "zuweisung_cent": pl.Int64,
    "ausgezahlt_cent": pl.Int64,
    "zurueckgezahlt_cent": pl.Int64,
    "weitergeleitet_cent": pl.Int64,
    "rueckfluss_cent": pl.Int64,
    "eigene_ausgaben_cent": pl.Int64,
    "verwendet_cent": pl.Int64,
    "verwendungsquote": pl.Float64,
    "personal_cent": pl.Int64,
    "sach_cent": pl.Int64,
    "sachanteil": pl.Float64,
    "andere_mittel_cent": pl.Int64,
    "gesamtausgaben_cent": pl.Int64,
    "fsa_zuweisung_cent": pl.Int64,
    "fsa_verwaltung_cent": pl.Int64,
    "fsa_ohne_zweck_cent": pl.Int64,
    "fsa_verwaltungsanteil": pl.Float64,
    "fsa_grenze": pl.String,
}
"""One row per Meldeeinheit, Haushaltsjahr and Fördergegenstand with a booking. An unknown part makes a sum unknown.

`verwendet` is own spending from the allocation and what was forwarded of it, less what flowed back; `personal` and
`sach` are spent from the allocation by the Meldeeinheit and by those it forwarded to; `gesamtausgaben` are all of the
Meldeeinheit's own, from whatever means, and what it forwarded.
"""

RATEN: dict[str, type[pl.DataType]] = {
    "meldeeinheit": pl.String,
    "haushaltsjahr": pl.Int64,
    "fg": pl.String,
    "bereich": pl.String,
    "rate": pl.Int64,
    "frist": pl.Date,
    "datum": pl.Date,
    "betrag_cent": pl.Int64,
    "tage": pl.Int64,
    "ratenstand": pl.String,
}
"""One row per instalment paid or due; `tage` counts from the date set by law, negative before it."""

ABWEICHUNG = liste(
    "abweichung",
    "Vergleich von Formel und Buchung",
    "§ 1 Abs. 2, § 2 KomIntAVO",
    STIMMT="stimmt auf den Cent",
    RUNDUNG="kleinster Betrag anders gerundet",
    ANDERER_STAND="entspricht einem anderen Stand derselben Zahlen",
    ANDERER_STICHTAG="entspricht einem anderen Stichtag",
    ABWEICHUNG="weicht von der Formel ab",
    MASSE_FEHLT="Verteilungsmasse nicht hinterlegt",
    ZAHLEN_FEHLEN="amtliche Zahlen zum Stichtag liegen nicht für alle vor",
    BETRAG_UNBEKANNT="Betrag nicht bekannt",
    NICHT_GEBUCHT="nicht gebucht",
    KEINE_LIEFERUNG="noch keine Lieferung",
)
RATENSTAND = liste(
    "ratenstand",
    "Stand einer Rate",
    "§ 5 Abs. 1 KomIntAVO",
    FRISTGERECHT="fristgerecht",
    VERSPAETET="nach der Frist",
    ZUSAETZLICH="weitere Auszahlung ohne Frist",
    OHNE_DATUM="ohne Datum gebucht",
    NICHT_GEBUCHT="nicht gebucht",
)
GRENZE = liste(
    "grenze",
    "Grenze für Verwaltungsaufgaben der Flüchtlingssozialarbeit",
    "§ 12 Abs. 3 Nr. 3 KomIntAVO",
    EINGEHALTEN="innerhalb der Grenze",
    UEBERSCHRITTEN="über der Grenze",
    OFFEN="nicht zu beurteilen",
)
