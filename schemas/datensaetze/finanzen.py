"""Dataset `finanzen`: allocations, payments, forwarding and spending by Fördergegenstand."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas import felder as f
from schemas import felder_steuerung as fs
from schemas.codelisten_steuerung import OHNE_BEREICH
from schemas.modell import Bedingung, Datensatz, Fehlertext, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regelbausteine import kommt_vor
from schemas.spalten import mass, merkmal, schluessel
from schemas.zuweisung import RANG, TOPF, geltendes, summe_je_topf, zuweisung, zuweisung_fuer

DATENSATZ = Datensatz(
    name="finanzen",
    label="Finanzen",
    beschreibung="Zuweisungen, Auszahlungen, Weiterleitungen und Ausgaben nach Fördergegenstand.",
    koernung="eine Zeile je Haushaltsjahr, Fördergegenstand, Bereich, Buchungsart, Zweck, Mittel, Empfänger und Nummer",
    spalten=(
        schluessel(f.BERICHTSJAHR),
        schluessel(f.MELDEEINHEIT),
        schluessel(fs.HAUSHALTSJAHR),
        schluessel(fs.FG),
        schluessel(fs.BEREICH),
        schluessel(fs.BUCHUNGSART),
        schluessel(fs.ZWECK),
        schluessel(fs.MITTEL),
        schluessel(fs.EMPFAENGERART),
        schluessel(fs.EMPFAENGER_ID),
        schluessel(fs.LFD_NR),
        mass(fs.BETRAG_EUR),
        merkmal(fs.DATUM, pflicht=False),
        merkmal(fs.BESCHEID_DATUM, pflicht=False),
        merkmal(fs.EW_STICHTAG, pflicht=False),
        merkmal(fs.EW_STAND, pflicht=False),
    ),
    rechtsgrundlage="§§ 1 bis 8, § 12 Abs. 3 Nr. 3 KomIntAVO; § 11 Abs. 2 SächsIntG",
    gilt_ab=date(2025, 1, 1),
    nutzungshinweise=(
        "ZUW_-Zeilen sind Stände einer Zuweisung, keine Beträge zum Addieren: Es gilt der letzte Bescheid, ohne "
        "Bescheid die letzte Mitteilung.",
        "Eine AUFHEBUNG mindert, was vorher mitgeteilt war; ein späterer Bescheid nennt wieder den ganzen Betrag.",
        "Beträge stehen ohne Vorzeichen; bei RUECKZAHLUNG und WEITERLEITUNG_RUECKFLUSS bedeutet ein Minus dasselbe.",
        "Ausgaben mit empfaengerart = KREIS sind eigene; andere zeigen, wofür Dritte weitergeleitetes Geld ausgaben, "
        "und werden nie zur Weiterleitung addiert.",
        "Die Grenze für Verwaltungsaufgaben gilt für die Flüchtlingssozialarbeit, nicht für andere Bereiche.",
    ),
)

_OHNE_VORZEICHEN_GLEICH = ("RUECKZAHLUNG", "WEITERLEITUNG_RUECKFLUSS")
"""Money that flows back: some offices write it with a minus, and it means the same."""
AUSGABEN = ("AUSGABE_PERSONAL", "AUSGABE_SACH")
_AN_DIE_MELDEEINHEIT = (*RANG, "AUFHEBUNG", "AUSZAHLUNG")
_AUS_ZUWEISUNG = (*_AN_DIE_MELDEEINHEIT, "RUECKZAHLUNG")
_IM_JAHR = ("AUSZAHLUNG", "WEITERLEITUNG", "WEITERLEITUNG_RUECKFLUSS", *AUSGABEN)
_CENT = 0.005


def _ist(*arten: str) -> pl.Expr:
    return pl.col("buchungsart").is_in(arten)


def _nicht_negativ(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("betrag_eur", _ist(*_OHNE_VORZEICHEN_GLEICH, *AUSGABEN) | (pl.col("betrag_eur") >= 0))]


def _ausgabe_negativ(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("betrag_eur", ~_ist(*AUSGABEN) | (pl.col("betrag_eur") >= 0))]


def _haushaltsjahr(datensatz: Datensatz, _: Pruefumgebung) -> Sequence[Bedingung]:
    erstes = datensatz.gilt_ab.year
    return [Bedingung("haushaltsjahr", pl.col("haushaltsjahr") >= erstes, {"erstes": pl.lit(erstes)})]


def _datum_im_jahr(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    von, bis = umgebung.land.zeitraum(umgebung.berichtsjahr)
    werte = {"von": pl.lit(von.strftime("%d.%m.%Y")), "bis": pl.lit(bis.strftime("%d.%m.%Y"))}
    drin = pl.col("datum").is_between(pl.lit(von), pl.lit(bis))
    return [Bedingung("datum", ~_ist(*_IM_JAHR) | drin, werte)]


def _bereich(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = (pl.col("fg") == "FG5") | (pl.col("bereich") == OHNE_BEREICH)
    return [Bedingung("bereich", gilt, {"fg": pl.col("fg")})]


def _vielleicht_fsa() -> pl.Expr:
    """Rows of the Flüchtlingssozialarbeit, and those of its Fördergegenstand that do not say what they are for."""
    return (pl.col("fg") == "FG5") & pl.col("bereich").is_in(["FSA", OHNE_BEREICH])


def _zweck(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    ausgabe = _ist(*AUSGABEN) & _vielleicht_fsa()
    return [
        Bedingung("zweck", ~(ausgabe & (pl.col("zweck") == OHNE_BEREICH)), {"was": pl.lit("der Zweck")}),
        Bedingung("bereich", ~(ausgabe & (pl.col("bereich") == OHNE_BEREICH)), {"was": pl.lit("der Bereich")}),
    ]


def _mittel(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    ist_zuweisung = pl.col("mittel") == "ZUWEISUNG"
    falsch = (_ist(*_AUS_ZUWEISUNG) & ~ist_zuweisung) | (_ist("EIGENLEISTUNG") & ist_zuweisung)
    return [Bedingung("mittel", ~falsch, {"art": pl.col("buchungsart")})]


def _empfaenger(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    selbst = pl.col("empfaengerart") == "KREIS"
    falsch = (_ist(*_AN_DIE_MELDEEINHEIT) & ~selbst) | (_ist("WEITERLEITUNG") & selbst)
    return [Bedingung("empfaengerart", ~falsch, {"art": pl.col("buchungsart")})]


def _bescheid(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    return [Bedingung("bescheid_datum", ~_ist("ZUW_FESTGESETZT") | pl.col("bescheid_datum").is_not_null())]


def _einwohner_vorjahr(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    richtig = pl.date(pl.col("haushaltsjahr") - 1, 12, 31)
    gilt = ~_ist("ZUW_FESTGESETZT") | (pl.col("ew_stichtag") == richtig)
    return [Bedingung("ew_stichtag", gilt, {"richtig": richtig})]


def _je_topf(art: pl.Expr, gilt: pl.Expr) -> pl.Expr:
    """A statement about an allocation, judged on the first row of this kind."""
    erste = pl.col("zeile") == pl.when(art).then(pl.col("zeile")).min().over(*TOPF)
    return pl.when(erste).then(gilt)


def _auszahlung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    summe = summe_je_topf(_ist("AUSZAHLUNG"))
    gilt = _je_topf(_ist("AUSZAHLUNG"), summe <= zuweisung() + _CENT)
    werte = {"fg": pl.col("fg"), "summe": summe.round(2), "zuweisung": zuweisung().round(2)}
    return [Bedingung("betrag_eur", gilt, werte, geltendes())]


def _ohne_mitteilung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    mitgeteilt = kommt_vor(_ist(*RANG), TOPF)
    zahlungen = {
        "ausgezahlt": _ist("AUSZAHLUNG"),
        "weitergeleitet": _ist("WEITERLEITUNG") & (pl.col("mittel") == "ZUWEISUNG"),
    }
    return [
        Bedingung("betrag_eur", _je_topf(art, mitgeteilt), {"was": pl.lit(was), "fg": pl.col("fg")})
        for was, art in zahlungen.items()
    ]


def _ein_bescheid(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    bescheid, ungeteilt = _ist("ZUW_FESTGESETZT"), pl.col("bereich") == OHNE_BEREICH
    mehrere = kommt_vor(bescheid & (bescheid.sum().over(*TOPF, "bereich") > 1), TOPF)
    ganzes_und_teile = kommt_vor(bescheid & ungeteilt, TOPF) & kommt_vor(bescheid & ~ungeteilt, TOPF)
    werte = {"fg": pl.col("fg"), "zuweisung": zuweisung().round(2)}
    return [Bedingung("betrag_eur", _je_topf(bescheid, ~mehrere & ~ganzes_und_teile), werte, geltendes())]


def _fristen(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    rate = pl.when(_ist("AUSZAHLUNG")).then(pl.col("datum")).rank("dense").over(*TOPF, "bereich")
    ergebnis = []
    for nummer, (monat, tag) in enumerate(umgebung.land.zahlungsfristen, 1):
        frist = pl.date(pl.col("haushaltsjahr"), monat, tag)
        gilt = pl.when(_ist("AUSZAHLUNG") & (rate == nummer)).then(pl.col("datum") <= frist)
        ergebnis.append(Bedingung("datum", gilt, {"nummer": pl.lit(nummer), "fg": pl.col("fg"), "frist": frist}))
    return ergebnis


def _weitergeleitet() -> pl.Expr:
    aus_zuweisung = pl.col("mittel") == "ZUWEISUNG"
    hin = summe_je_topf(_ist("WEITERLEITUNG") & aus_zuweisung)
    return hin - summe_je_topf(_ist("WEITERLEITUNG_RUECKFLUSS") & aus_zuweisung)


def _weiterleitung(_: Datensatz, __: Pruefumgebung) -> Sequence[Bedingung]:
    gilt = _je_topf(_ist("WEITERLEITUNG"), _weitergeleitet() <= zuweisung() + _CENT)
    werte = {"fg": pl.col("fg"), "summe": _weitergeleitet().round(2), "zuweisung": zuweisung().round(2)}
    return [Bedingung("betrag_eur", gilt, werte, geltendes())]


def _verwaltung(_: Datensatz, umgebung: Pruefumgebung) -> Sequence[Bedingung]:
    hoechstens = umgebung.land.schwellen["fsa_verwaltung_max"]
    # Leaving the Bereich open must not take spending out of the limit.
    verwaltung = (
        _ist(*AUSGABEN) & _vielleicht_fsa() & (pl.col("zweck") == "VERWALTUNG") & (pl.col("mittel") == "ZUWEISUNG")
    )
    summe, fsa = summe_je_topf(verwaltung), zuweisung_fuer("FSA")
    gilt = _je_topf(verwaltung, summe <= hoechstens * fsa + _CENT)
    grenze = pl.lit(f"{100 * hoechstens:g}".replace(".", ","))
    werte = {"summe": summe.round(2), "zuweisung": fsa.round(2), "grenze": grenze}
    return [Bedingung("betrag_eur", gilt, werte, geltendes())]


_VERFAHREN = "§ 4 KomIntAVO"

REGELN: tuple[Regel, ...] = (
    Regel(
        "R05a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Negativer Betrag",
            "Der Betrag {wert} ist negativ; die Richtung sagt die Buchungsart.",
            "Bitte den Betrag ohne Minus angeben oder die Buchungsart berichtigen, zum Beispiel RUECKZAHLUNG.",
        ),
        "Datensatzbeschreibung Finanzen",
        _nicht_negativ,
    ),
    Regel(
        "R05b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Negative Ausgabe",
            "Die Ausgabe {wert} ist negativ.",
            "Bitte bestätigen, dass eine Erstattung abgesetzt wurde, oder den Betrag berichtigen.",
        ),
        "§ 7 Abs. 2 Nr. 2 KomIntAVO (tatsächliche Ausgaben)",
        _ausgabe_negativ,
    ),
    Regel(
        "R06d",
        Schwere.FEHLER,
        Umfang.ZELLE,
        Fehlertext(
            "Haushaltsjahr vor der ersten Zuweisung",
            "Das Haushaltsjahr {wert} liegt vor {erstes}; vorher gab es keine Zuweisung nach der Verordnung.",
            "Bitte das Haushaltsjahr berichtigen; frühere Förderungen gehören nicht in diesen Datensatz.",
        ),
        "§ 4 Abs. 1 KomIntAVO",
        _haushaltsjahr,
    ),
    Regel(
        "R06e",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Zahlung außerhalb des Berichtsjahres",
            "Die Zahlung vom {wert} liegt nicht zwischen dem {von} und dem {bis}.",
            "Bitte das Datum prüfen oder kurz erläutern, warum sie in dieses Jahr gehört.",
        ),
        "§ 14 Abs. 2 Satz 2 KomIntAVO",
        _datum_im_jahr,
    ),
    Regel(
        "R18a",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Mehr ausgezahlt als zugewiesen",
            "Zu {fg} sind {summe} Euro ausgezahlt, zugewiesen {zuweisung} Euro.",
            "Bitte prüfen, ob ein Bescheid fehlt, oder kurz erläutern.",
        ),
        "§ 5 Abs. 1 KomIntAVO",
        _auszahlung,
    ),
    Regel(
        "R18b",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Rate nach der Frist",
            "Die {nummer}. Rate zu {fg} kam am {wert}; vorgesehen ist sie spätestens zum {frist}.",
            "Bitte das Datum prüfen; stimmt es, genügt ein kurzer Hinweis. Der Meldeeinheit wird es nicht angelastet.",
        ),
        "§ 5 Abs. 1 KomIntAVO",
        _fristen,
    ),
    Regel(
        "R18c",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Zahlung ohne Mitteilung",
            "Zu {fg} ist Geld der Zuweisung {was}; eine Mitteilung oder ein Bescheid dazu fehlt.",
            "Bitte die Zeile der Zuweisung (ZUW_…) ergänzen, sonst lässt sich nichts daran messen.",
        ),
        "§ 4 Abs. 7 und § 5 Abs. 1 KomIntAVO",
        _ohne_mitteilung,
    ),
    Regel(
        "R19",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Mehr weitergeleitet als zugewiesen",
            "Zu {fg} sind {summe} Euro der Zuweisung weitergeleitet, zugewiesen {zuweisung} Euro.",
            "Bitte prüfen, ob ein Teil aus eigenen Mitteln stammt (mittel = EIGEN), oder kurz erläutern.",
        ),
        "§ 6 Abs. 1 KomIntAVO",
        _weiterleitung,
    ),
    Regel(
        "R20",
        Schwere.WARNUNG,
        Umfang.DATEI,
        Fehlertext(
            "Viel für Verwaltungsaufgaben",
            "In der Flüchtlingssozialarbeit gingen {summe} Euro von {zuweisung} Euro an Verwaltungsaufgaben; erlaubt "
            "sind {grenze} Prozent.",
            "Bitte prüfen oder kurz erläutern; die Angabe wird so übernommen und im Bericht als Befund gezeigt.",
        ),
        "§ 12 Abs. 3 Nr. 3 KomIntAVO",
        _verwaltung,
    ),
    Regel(
        "R28a",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Bereich passt nicht zum Fördergegenstand",
            "{fg} ist nicht unterteilt; hier steht der Bereich {wert}.",
            "Bitte bei FG1 bis FG4 einen Strich (-) als Bereich eintragen oder den Fördergegenstand berichtigen.",
        ),
        "§ 1 Abs. 1 KomIntAVO",
        _bereich,
    ),
    Regel(
        "R28b",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Zweck oder Bereich der Ausgabe fehlt",
            "Bei dieser Ausgabe des Fördergegenstands 5 fehlt {was}; so ist offen, ob sie Verwaltungsaufgaben der "
            "Flüchtlingssozialarbeit dient.",
            "Bitte FSA oder RKB und FACH oder VERWALTUNG eintragen; sonst lässt sich die Grenze von § 12 Abs. 3 Nr. 3 "
            "nicht prüfen.",
        ),
        "§ 12 Abs. 3 Nr. 3 KomIntAVO",
        _zweck,
    ),
    Regel(
        "R28c",
        Schwere.FEHLER,
        Umfang.ZEILE,
        Fehlertext(
            "Mittel passen nicht zur Buchungsart",
            "Zur Buchungsart {art} passen die Mittel {wert} nicht.",
            "Bitte eines von beiden berichtigen: Zuweisungen, Auszahlungen und Rückzahlungen sind ZUWEISUNG, "
            "Eigenleistungen sind EIGEN oder DRITT.",
        ),
        _VERFAHREN,
        _mittel,
    ),
    Regel(
        "R28d",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Empfänger passt nicht zur Buchungsart",
            "Bei {art} ist {wert} als Empfänger ungewöhnlich.",
            "Bitte prüfen: Zuweisungen und Raten erhält die Meldeeinheit (KREIS), weitergeleitet wird an andere.",
        ),
        "§§ 4 bis 6 KomIntAVO",
        _empfaenger,
    ),
    Regel(
        "R28e",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Datum des Bescheids fehlt",
            "Zur festgesetzten Zuweisung fehlt das Datum des Bescheids.",
            "Bitte das Datum ergänzen; nach ihm richtet sich, welcher Bescheid gilt.",
        ),
        "§ 4 Abs. 7 KomIntAVO",
        _bescheid,
    ),
    Regel(
        "R28f",
        Schwere.WARNUNG,
        Umfang.ZEILE,
        Fehlertext(
            "Anderer Stichtag der Einwohnerzahl",
            "Die Zuweisung ist nach der Einwohnerzahl vom {wert} berechnet; maßgeblich ist der {richtig}.",
            "Bitte den Stichtag mit dem Bescheid vergleichen; stimmt er, genügt ein kurzer Hinweis.",
        ),
        "§ 2 Abs. 2 KomIntAVO",
        _einwohner_vorjahr,
    ),
    Regel(
        "R28g",
        Schwere.HINWEIS,
        Umfang.DATEI,
        Fehlertext(
            "Mehrere Bescheide",
            "Zu {fg} stehen mehrere festgesetzte Zuweisungen da; es gilt je Bereich die letzte, zusammen {zuweisung} "
            "Euro.",
            "Bitte nichts ändern, wenn die Bescheide einander ersetzen. Ergänzen sie einander (Teilbescheide), bitte "
            "in der Zeile des letzten die Summe angeben.",
        ),
        "§ 4 Abs. 7 KomIntAVO",
        _ein_bescheid,
    ),
)
