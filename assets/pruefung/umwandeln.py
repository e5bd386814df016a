"""From the text table of a delivery to typed columns: numbers, dates, codes, and a Wertstatus beside every measure.

What belongs here: converting whole columns. What does not: what a single cell means (`zahlen.py`, `datum.py`,
`merkmale.py`, `zeichen.py`) and whether values are plausible (rules).

Clean cells are recognised by one pattern per column and cast natively; every other text is looked at once, however
often it occurs.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from assets.eingang.lesen import GeleseneTabelle
from assets.pruefung.datum import deute_datum
from assets.pruefung.deutung import Deutung
from assets.pruefung.meldungen import Auffaellige, Melder
from assets.pruefung.merkmale import Codebuch, deute_schluessel, deute_text, muster_ascii
from assets.pruefung.statusspalte import gleiche_ab
from assets.pruefung.zahlen import DEUTSCH, Stil, deute_zahl, deutsch, erkenne_stil
from schemas.befunde import Art, Befund
from schemas.modell import Feld, Rolle, Schwere, Spalte, Typ, status_von
from schemas.wertstatus import WERTSTATUS, Wertstatus
from schemas.zellbefunde import DECIMAL_POINT, MISSING_VALUE, OUT_OF_RANGE, STATUS_CONFLICT, TOO_MANY_WRONG

_GROESSTE_KLARE = 10**15 - 1
"""Whole numbers up to here fit every type exactly; Polars' parser of them takes a sign, digits and nothing else."""

_KOMMA = r"^-?[0-9]{1,11},[0-9]{1,4}$"
_KOMMA_BELEGT = r"^-?[0-9]{1,11},[0-9]{1,2}$"
"""A comma before one or two digits proves the decimal comma for its column, so that all plain cells can be cast."""

_PROBE = 2_000
"""Cells looked at to see whether a column repeats itself."""

_HOECHSTENS_FALSCHE = 20_000
"""Different wrong texts of a column worked through: far more than are shown; a million of them would take minutes."""

_ZU_VIELE = Deutung(regel=TOO_MANY_WRONG, werte={"grenze": _HOECHSTENS_FALSCHE})

_STUECK = 20_000
"""Texts interpreted before what they mean is put away in columns."""

_UNAUFFAELLIG = r"^[^=@+#\-].{5}"
"""A text that is no sign, no formula and no error value of Excel."""


@dataclass(frozen=True, slots=True)
class Umgewandelt:
    """The typed table and what could not be read.

    `tabelle` has the columns of the contract with the types of their fields, `<mass>_status` behind every measure (null
    where an optional measure was left empty) and `zeile` (Excel row). Cells with a finding that is an error are null.
    `anzahl` counts every finding by kind, also those that are not kept in `befunde`.
    """

    tabelle: pl.DataFrame
    befunde: tuple[Befund, ...]
    anzahl: Mapping[Art, int]


@dataclass(frozen=True, slots=True)
class _Gedeutet:
    """A column's values (in canonical spelling before they get their type), their status, and doubtful texts.

    `status` is None where every text is a plain value.
    """

    werte: pl.Series
    status: pl.Series | None = None
    auffaellige: Auffaellige | None = None
    stil: Stil = DEUTSCH


def wandle_um(gelesen: GeleseneTabelle, spalten: Sequence[Spalte]) -> Umgewandelt:
    """Typed columns from the text of a delivery.

    Args:
        gelesen: what reading gave; without `zellen` the result is an empty table.
        spalten: the columns of the dataset. An absent one is filled with its `vorgabe`; without one it stays null,
            and the error stands among the findings of reading.

    Returns:
        The table, and its findings in the order of rows.
    """
    leer = pl.DataFrame(schema={"zeile": pl.Int64, "physische_zeile": pl.Int64})
    zellen = leer if gelesen.zellen is None else gelesen.zellen
    melder = Melder(gelesen, zellen)
    vorhanden = [spalte for spalte in spalten if spalte.name in zellen]
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        # Columns do not depend on each other, and Polars works outside the interpreter's lock.
        gedeutet = dict(zip((s.name for s in vorhanden), pool.map(partial(_deute, zellen), vorhanden), strict=True))
    reihen: list[pl.Series] = []
    for spalte in spalten:
        if spalte.name in gedeutet:
            reihen += _vorhanden(spalte, gedeutet[spalte.name], zellen, melder)
        else:
            reihen += _fehlend(spalte, zellen, melder)
    rang = {spalte.name: nr for nr, spalte in enumerate(spalten)}
    befunde = sorted(melder.liste.befunde, key=lambda b: (b.zeile or 0, rang.get(b.spalte or "", -1)))
    return Umgewandelt(pl.DataFrame([*reihen, zellen["zeile"]]), tuple(befunde), melder.liste.anzahl)


def _fehlend(spalte: Spalte, zellen: pl.DataFrame, melder: Melder) -> list[pl.Series]:
    """A column the file does not have: its default, or nothing."""
    if spalte.vorgabe is not None and zellen.height:
        melder.ergaenzt(spalte.name, spalte.vorgabe)
    typ = pl.String if spalte.vorgabe is not None else spalte.feld.polars_typ
    reihen = [pl.Series(spalte.name, [spalte.vorgabe], dtype=typ).new_from_index(0, zellen.height)]
    if spalte.rolle is Rolle.MASS:
        reihen.append(pl.Series(status_von(spalte.name), [None], dtype=pl.String).new_from_index(0, zellen.height))
    return reihen


def _vorhanden(spalte: Spalte, gedeutet: _Gedeutet, zellen: pl.DataFrame, melder: Melder) -> list[pl.Series]:
    """The typed column with its findings, and its status column if it is a measure."""
    texte = zellen[spalte.name]
    melder.je_text(texte, gedeutet.auffaellige)
    if gedeutet.stil.dezimal == ".":
        _melde_punkt(texte, gedeutet.werte, melder)
    erlaubt = _im_bereich(gedeutet.werte, texte, spalte.feld, melder)
    werte = gedeutet.werte if erlaubt is None else _wo(erlaubt, gedeutet.werte)
    if spalte.rolle is not Rolle.MASS:
        _melde_leere(texte.is_null(), texte, spalte, melder)
        return [werte.rename(spalte.name)]
    status = _normal(texte) if gedeutet.status is None else gedeutet.status
    status = status if erlaubt is None else _wo(erlaubt, status)
    return _mit_status(texte, werte, status, spalte, zellen=zellen, melder=melder)


def _mit_status(
    texte: pl.Series, werte: pl.Series, status: pl.Series, spalte: Spalte, *, zellen: pl.DataFrame, melder: Melder
) -> list[pl.Series]:
    """A measure with its status, also where the file has a column for that."""
    name = status_von(spalte.name)
    leer = texte.is_null()
    if name in zellen:
        angaben = zellen[name]
        gedeutet = _je_text(angaben, Codebuch(WERTSTATUS, WERTSTATUS.schluessel).deute)
        melder.je_text(angaben, gedeutet.auffaellige)
        abgleich = gleiche_ab(texte, werte, status, gedeutet.werte)
        for zelle, angabe in _paare(texte, angaben, abgleich.widerspruch):
            betroffen = abgleich.widerspruch & texte.eq_missing(zelle) & angaben.eq_missing(angabe)
            inhalt = {"inhalt": zelle or "nichts", "status": angabe or "nichts"}
            melder.je_zeile(texte, betroffen, Deutung(regel=STATUS_CONFLICT, werte=inhalt))
        werte, status = abgleich.werte, abgleich.status
        leer = leer & status.is_null() & ~abgleich.widerspruch
    _melde_leere(leer, texte, spalte, melder)
    return [werte.rename(spalte.name), status.rename(name)]


def _deute(zellen: pl.DataFrame, spalte: Spalte) -> _Gedeutet:
    """The typed values of a column; of a column that repeats itself, every text is converted once."""
    texte = zellen[spalte.name]
    probe = texte.gather_every(max(1, texte.len() // _PROBE))
    if probe.len() < _PROBE or probe.n_unique() > _PROBE // 20:
        return _deute_texte(texte, spalte)
    einmal = texte.drop_nulls().unique()
    gedeutet = _deute_texte(einmal, spalte)
    return replace(
        gedeutet,
        # Memory is what a large file costs most: a column that is right as it stands is not copied.
        werte=texte if gedeutet.werte is einmal else _verteilt(gedeutet.werte, einmal, texte),
        status=None if gedeutet.status is None else _verteilt(gedeutet.status, einmal, texte),
    )


def _verteilt(werte: pl.Series, einmal: pl.Series, texte: pl.Series) -> pl.Series:
    """What the distinct texts mean, at every place where they stand."""
    return texte.replace_strict(einmal, werte, default=None, return_dtype=werte.dtype)


def _deute_texte(texte: pl.Series, spalte: Spalte) -> _Gedeutet:
    """The typed values of texts of a column, each distinct doubtful one looked at once."""
    feld = spalte.feld
    if feld.codeliste is not None:
        buch = Codebuch(feld.codeliste, spalte.codes or ())
        return _je_text(texte, buch.deute_mehrere if feld.typ is Typ.CODES else buch.deute)
    match feld.typ:
        case Typ.GANZZAHL | Typ.DEZIMAL:
            return _deute_zahlen(texte, spalte)
        case Typ.DATUM:
            gedeutet = _je_text(texte, deute_datum)
            return replace(gedeutet, werte=gedeutet.werte.str.to_date("%Y-%m-%d"))
        case Typ.SCHLUESSEL:
            klar = texte.str.contains(muster_ascii(feld.muster)) if feld.muster else texte.is_not_null()
            return _je_text(texte, lambda text: deute_schluessel(text, feld), klar)
        case _:
            unauffaellig = texte.str.contains(_UNAUFFAELLIG) if feld.muster is None else None
            return _je_text(texte, lambda text: deute_text(text, spalte), unauffaellig)


def _deute_zahlen(texte: pl.Series, spalte: Spalte) -> _Gedeutet:
    """Numbers: plain ones are canonical after replacing the comma, all others follow the writing of the column."""
    typ = spalte.feld.polars_typ
    ganze = texte.cast(pl.Int64, strict=False)
    klar = ganze.is_between(-_GROESSTE_KLARE, _GROESSTE_KLARE).fill_null(value=False) | texte.is_null()
    if klar.all():
        return _Gedeutet(ganze.cast(typ))
    rest = texte.filter(~klar)
    kanonisch = texte
    belegt = spalte.feld.typ is Typ.DEZIMAL and (_belegt(rest.head(_PROBE)) or _belegt(rest))
    if belegt:
        klar = klar | texte.str.contains(_KOMMA).fill_null(value=True)
        stil = Stil(",", belegt=True)
        kanonisch = texte.str.replace(",", ".", literal=True)
    else:
        stil = erkenne_stil(rest.unique(), spalte)
    gedeutet = _je_text(texte, lambda text: deute_zahl(text, spalte, stil), klar, kanonisch)
    return replace(gedeutet, werte=gedeutet.werte.cast(typ), stil=stil)


def _belegt(texte: pl.Series) -> bool:
    """Whether any text proves the decimal comma."""
    return bool(texte.str.contains(_KOMMA_BELEGT).any())


def _je_text(
    texte: pl.Series,
    deute: Callable[[str], Deutung],
    klar: pl.Series | None = None,
    kanonisch: pl.Series | None = None,
) -> _Gedeutet:
    """Canonical texts and status of a column; texts that are not `klar` are looked at one by one, each once."""
    kanonisch = texte if kanonisch is None else kanonisch
    fraglich = (texte if klar is None else texte.filter(~klar.fill_null(value=True))).drop_nulls()
    fraglich = fraglich.unique(maintain_order=True)
    einzeln = _einzeln(fraglich, deute)
    if einzeln.height < fraglich.len():
        # What was not looked at has no value.
        kanonisch = _wo(texte.is_in(fraglich.implode()).not_(), kanonisch)
    unveraendert = pl.col("neu").eq_missing(pl.col("text")) & pl.col("regel").is_null() & pl.col("status").is_null()
    if einzeln.select(unveraendert.all()).item():
        return _Gedeutet(kanonisch)
    normal = pl.when(pl.col("neu").is_not_null()).then(pl.lit(Wertstatus.NORMAL.value))
    schluessel, neu, status = einzeln.select("text", "neu", pl.col("status").fill_null(normal)).get_columns()
    text = pl.col("text")
    fremd = text.is_in(schluessel.implode())
    ergebnis = pl.DataFrame({"text": texte, "klar": kanonisch}).select(
        werte=pl.when(fremd)
        .then(text.replace_strict(schluessel, neu, default=None, return_dtype=pl.String))
        .otherwise("klar"),
        status=pl.when(fremd)
        .then(text.replace_strict(schluessel, status, default=None, return_dtype=pl.String))
        .when(text.is_not_null())
        .then(pl.lit(Wertstatus.NORMAL.value)),
    )
    return _Gedeutet(ergebnis["werte"], ergebnis["status"], _auffaellige(einzeln, deute))


def _einzeln(texte: pl.Series, deute: Callable[[str], Deutung]) -> pl.DataFrame:
    """What each text means (`text`, `neu`, `status`, `regel`), up to the text at which too many were wrong."""
    schema = dict.fromkeys(("text", "neu", "status", "regel"), pl.String)
    teile = [pl.DataFrame(schema=schema)]
    falsche = 0
    for ab in range(0, texte.len(), _STUECK):
        deutungen: list[Deutung] = []
        for text in texte.slice(ab, _STUECK):
            if falsche == _HOECHSTENS_FALSCHE:
                deutungen.append(_ZU_VIELE)
                break
            deutungen.append(deute(text))
            falsche += (regel := deutungen[-1].regel) is not None and regel.schwere is Schwere.FEHLER
        spalten = {
            "neu": [d.kanonisch for d in deutungen],
            "status": [d.status for d in deutungen],
            "regel": [d.regel.id if d.regel else None for d in deutungen],
        }
        teile.append(pl.DataFrame({"text": texte.slice(ab, len(deutungen)), **spalten}, schema=schema))
        if deutungen[-1] is _ZU_VIELE:
            break
    return pl.concat(teile)


def _auffaellige(einzeln: pl.DataFrame, deute: Callable[[str], Deutung]) -> Auffaellige | None:
    """The texts that have a finding, None without any."""
    je_regel = einzeln.filter(pl.col("regel").is_not_null()).partition_by("regel", as_dict=True)
    texte = {str(code): teil["text"] for (code,), teil in je_regel.items()}
    if TOO_MANY_WRONG.id not in texte:
        return Auffaellige(texte, deute) if texte else None
    (letzter,) = texte[TOO_MANY_WRONG.id]
    return Auffaellige(texte, lambda text: _ZU_VIELE if text == letzter else deute(text))


def _normal(texte: pl.Series) -> pl.Series:
    """Status of a column in which every cell that is not blank is a plain value."""
    if texte.has_nulls():
        return pl.select(pl.when(texte.is_not_null()).then(pl.lit(Wertstatus.NORMAL.value))).to_series()
    return pl.Series([Wertstatus.NORMAL.value]).new_from_index(0, texte.len())


def _im_bereich(werte: pl.Series, texte: pl.Series, feld: Feld, melder: Melder) -> pl.Series | None:
    """Mask of the values within the field's limits, None where all are; the others are reported."""
    von, bis = feld.minimum, feld.maximum
    falsch = pl.Series([False]).new_from_index(0, werte.len())
    if von is not None:
        falsch = falsch | (werte < von).fill_null(value=False)
    if bis is not None:
        falsch = falsch | (werte > bis).fill_null(value=False)
    if not falsch.any():
        return None
    grenzen = [f"mindestens {_grenze(von)}"] if von is not None else []
    grenzen += [f"höchstens {_grenze(bis)}"] if bis is not None else []
    deutung = Deutung(regel=OUT_OF_RANGE, werte={"bereich": f"erlaubt sind {' und '.join(grenzen)}"})
    melder.je_zeile(texte, falsch, deutung)
    return ~falsch


def _grenze(wert: float) -> str:
    return f"{wert:g}".replace(".", ",")


def _melde_leere(leer: pl.Series, texte: pl.Series, spalte: Spalte, melder: Melder) -> None:
    if spalte.pflicht and leer.any():
        melder.je_zeile(texte, leer, Deutung(regel=MISSING_VALUE))


def _melde_punkt(texte: pl.Series, werte: pl.Series, melder: Melder) -> None:
    """Decimal points are reported once per column, at the first number that has one."""
    stelle = (texte.str.contains(".", literal=True) & werte.is_not_null()).fill_null(value=False)
    if stelle.any():
        erste = int(stelle.arg_max() or 0)
        nur_erste = pl.select(pl.int_range(texte.len()) == erste).to_series()
        melder.je_zeile(texte, nur_erste, Deutung(regel=DECIMAL_POINT, werte={"gelesen": deutsch(str(werte[erste]))}))


def _wo(maske: pl.Series, werte: pl.Series) -> pl.Series:
    """`werte` where the mask holds, else null."""
    return pl.select(pl.when(maske).then(werte)).to_series().rename(werte.name)


def _paare(texte: pl.Series, angaben: pl.Series, betroffen: pl.Series) -> list[tuple[str | None, str | None]]:
    """Distinct pairs of cell and status among the rows of a mask."""
    return [(t, a) for t, a in pl.DataFrame([texte, angaben]).filter(betroffen).unique(maintain_order=True).iter_rows()]
