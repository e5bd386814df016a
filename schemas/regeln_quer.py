"""Rules that see more than one file: across datasets and years, between Meldeeinheiten, against official statistics.

What belongs here: ids, severities, German texts, sources, and what each rule needs to say anything. What does not: the
figures they compare (`schemas/querreihen.py`) and the comparing (`assets/querpruefung/`). None of them decides whether
a delivery is accepted; a finding of severity error only blocks the release. Thresholds are the Land's `schwellen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.modell import Fehlertext, Land, Regel, Schwere, Umfang, nur_lesen
from schemas.vertragsfehler import Vertragsfehler


@dataclass(frozen=True, slots=True)
class Querregel:
    """A rule and what a Land must collect for it to say anything: all of `alle`, and one of `eine_von` if given.

    `schwellen` are the thresholds it reads from the Land's profile; `verteilungsmassen` says that it needs the sums the
    ministry enters there.
    """

    regel: Regel
    alle: tuple[str, ...] = ()
    eine_von: tuple[str, ...] = ()
    schwellen: tuple[str, ...] = ()
    verteilungsmassen: bool = False


def grund_nicht_anwendbar(quer: Querregel, land: Land) -> str | None:
    """Why a rule cannot be applied in a Land, for a person; None if it can."""
    fehlend = [name for name in quer.alle if name not in land.datensaetze]
    if fehlend:
        return f"Nicht erhoben: {', '.join(fehlend)}."
    if quer.eine_von and not set(quer.eine_von) & set(land.datensaetze):
        return f"Nichts davon wird erhoben: {', '.join(quer.eine_von)}."
    offen = [s for s in quer.schwellen if s not in land.schwellen]
    if offen:
        return f"Im Profil des Landes nicht hinterlegt: {', '.join(offen)}."
    if quer.verteilungsmassen and not land.verteilungsmassen:
        return "Verteilungsmasse nicht hinterlegt."
    return None


def anwendbare(land: Land) -> dict[str, Querregel]:
    """The rules that can be applied in a Land, by id."""
    return {kennung: quer for kennung, quer in QUERREGELN.items() if grund_nicht_anwendbar(quer, land) is None}


def nicht_anwendbare(land: Land) -> dict[str, str]:
    """The rules that cannot be applied in a Land: id -> reason."""
    gruende = {kennung: grund_nicht_anwendbar(quer, land) for kennung, quer in QUERREGELN.items()}
    return {kennung: grund for kennung, grund in gruende.items() if grund is not None}


_FEHLER, _WARNUNG, _HINWEIS = Schwere.FEHLER, Schwere.WARNUNG, Schwere.HINWEIS
_DATEN, _ZEIT, _KREISE, _AMTLICH = Umfang.DATENSAETZE, Umfang.ZEIT, Umfang.KREISE, Umfang.AMTLICH
_ALLE_STELLEN = "§ 14 Abs. 2 Nr. 2 KomIntAVO (unabhängig von der Trägerschaft)"
_VERGLEICHBAR = "§ 11 Abs. 3 Nr. 2 SächsIntG (landesweit vergleichbare Daten)"
_STATISTIK = "Amtliche Statistik; " + _VERGLEICHBAR
_ERFAHRUNG = "Erfahrungswert, keine Vorschrift"
_GEZAEHLT = ("bevoelkerung", "zielgruppe", "personal", "beratung", "massnahmen", "rueckkehr")

_REGELN: tuple[Querregel, ...] = (
    Querregel(
        Regel(
            "R17a",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Stelle ohne Angaben",
                "Zur Stelle {stelle} ({art}) gibt es {was}.",
                "Bitte die Angaben ergänzen oder kurz erläutern; wenn der Träger nicht gemeldet hat, im Verzeichnis "
                "meldung_vollstaendig = N eintragen.",
            ),
            _ALLE_STELLEN,
        ),
        alle=("stellen",),
        eine_von=("personal", "beratung"),
    ),
    Querregel(
        Regel(
            "R17b",
            _FEHLER,
            _DATEN,
            Fehlertext(
                "Stelle fehlt im Verzeichnis",
                "Im Datensatz {datensatz} stehen {wert} Zeilen zur Stelle {stelle}; das Stellenverzeichnis nennt sie "
                "nicht.",
                "Bitte die Kennung berichtigen oder die Stelle im Verzeichnis ergänzen.",
            ),
            _ALLE_STELLEN,
        ),
        alle=("stellen",),
        eine_von=("personal", "beratung", "zustaendigkeit"),
    ),
    Querregel(
        Regel(
            "R23a",
            _FEHLER,
            _DATEN,
            Fehlertext(
                "Leere Datei passt nicht zu den Aufgaben",
                "Der Datensatz {datensatz} ist leer, wahrgenommen wird aber: {aufgaben}.",
                "Bitte die Angaben nachliefern, auch mit der Zahl 0, oder die Aufgabe mit Begründung als nicht "
                "wahrgenommen melden.",
            ),
            "§ 14 Abs. 2 KomIntAVO",
        ),
        alle=("aufgaben",),
    ),
    Querregel(
        Regel(
            "R23b",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Angaben zu einer Aufgabe fehlen",
                "Die Aufgabe {aufgabe} wird wahrgenommen ({wahrgenommen}), im Datensatz {datensatz} steht dazu nichts.",
                "Bitte die Angaben ergänzen, auch mit der Zahl 0, oder kurz erläutern, warum es keine gibt.",
            ),
            "§ 14 Abs. 2 KomIntAVO",
        ),
        alle=("aufgaben",),
    ),
    Querregel(
        Regel(
            "R23c",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Angaben trotz Fehlanzeige",
                "Die Aufgabe {aufgabe} ist als {wahrgenommen} gemeldet, im Datensatz {datensatz} stehen dazu aber "
                "{wert} Zeilen.",
                "Bitte prüfen, welche der beiden Angaben stimmt, und die andere berichtigen.",
            ),
            "§ 14 Abs. 2 KomIntAVO",
        ),
        alle=("aufgaben",),
    ),
    Querregel(
        Regel(
            "R23d",
            _WARNUNG,
            _ZEIT,
            Fehlertext(
                "Leere Datei ersetzt frühere Angaben",
                "Version {version} des Datensatzes {datensatz} hat keine Zeile; Version {frueher} hatte {wert}.",
                "Bitte bestätigen, dass es nichts zu melden gibt, oder die Angaben in einer neuen Datei liefern "
                "(dieselbe noch einmal zu senden ändert nichts); vielleicht war beim Speichern ein Filter gesetzt.",
            ),
            "Lieferverfahren",
        ),
    ),
    Querregel(
        Regel(
            "R23e",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Fehlanzeige ohne Erklärung",
                "Der Datensatz {datensatz} ist leer; welche Aufgaben wahrgenommen werden, ist nicht gemeldet.",
                "Bitte den Datensatz Aufgaben liefern; erst mit ihm sagt eine leere Datei, dass nichts zu melden ist.",
            ),
            "§ 14 Abs. 2 KomIntAVO",
        ),
        alle=("aufgaben",),
    ),
    Querregel(
        Regel(
            "R30",
            _WARNUNG,
            _AMTLICH,
            Fehlertext(
                "Abweichung von der amtlichen Statistik",
                "{was} am {stichtag}: gemeldet sind {wert}, amtlich {vergleichswert} ({quelle}).",
                "Bitte Stichtag, Konzept und Zahl prüfen oder den Unterschied kurz erläutern.",
            ),
            _STATISTIK,
        ),
        alle=("bevoelkerung",),
        schwellen=("amtlich_azr_personen", "amtlich_azr_anteil", "amtlich_fort_personen", "amtlich_melde_anteil"),
    ),
    Querregel(
        Regel(
            "R31",
            _FEHLER,
            _DATEN,
            Fehlertext(
                "Herkunftsstaaten ergeben nicht die Gesamtzahl",
                "Die Herkunftsstaaten ergeben am {stichtag} zusammen {wert} Personen, im Datensatz Bevölkerung stehen "
                "{vergleichswert} ({konzept}).",
                "Bitte beide Dateien aus derselben Quelle und zum selben Stichtag erstellen; auch „staatenlos“, "
                "„ungeklärt“ und „ohne Angabe“ zählen mit.",
            ),
            "§ 14 Abs. 2 Nr. 1 Buchst. a und c KomIntAVO",
        ),
        alle=("bevoelkerung", "herkunft"),
    ),
    Querregel(
        Regel(
            "R32",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Betreuungsschlüssel ungewöhnlich",
                "Auf eine Fachkraft der Flüchtlingssozialarbeit kommen im Mittel {wert} Personen; üblich sind {von} "
                "bis {bis}.",
                "Bitte die Zielgruppe und die Vollzeitäquivalente im Jahresmittel prüfen oder kurz erläutern.",
            ),
            f"§ 12 Abs. 5 KomIntAVO (Richtwert 1 : 100); Grenzen: {_ERFAHRUNG}",
        ),
        alle=("zielgruppe", "personal"),
        schwellen=("fsa_betreuung_min", "fsa_betreuung_max"),
    ),
    Querregel(
        Regel(
            "R33",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Mehr Ausreisen als beratene Personen",
                "{wert} Ausreisen aufgrund der Beratung bei höchstens {vergleichswert} beratenen Personen.",
                "Bitte prüfen, ob nur Ausreisen gezählt sind, die auf der Beratung beruhen, oder kurz erläutern.",
            ),
            "§ 14 Abs. 2 Nr. 2 Buchst. j Doppelbuchst. dd KomIntAVO",
        ),
        alle=("rueckkehr", "beratung"),
    ),
    Querregel(
        Regel(
            "R34",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Zuweisung entspricht nicht der Formel",
                "Für {fg} sind {wert} Euro festgesetzt; nach der Einwohnerzahl wären es {vergleichswert} Euro.",
                "Bitte den Betrag mit dem Bescheid vergleichen; stimmt er, genügt ein kurzer Hinweis.",
            ),
            "§ 1 Abs. 2 und § 2 KomIntAVO",
        ),
        alle=("finanzen",),
        schwellen=("zuweisung_euro",),
        verteilungsmassen=True,
    ),
    Querregel(
        Regel(
            "R35",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Beratungen je Vollzeitstelle ungewöhnlich",
                "Auf eine Vollzeitstelle ({leistungsart}) kommen {wert} Beratungen; üblich sind im Berichtszeitraum "
                "{von} bis {bis}.",
                "Bitte Beratungen, Zähleinheit und Vollzeitäquivalente im Jahresmittel prüfen oder kurz erläutern.",
            ),
            _ERFAHRUNG,
        ),
        alle=("beratung", "personal"),
        schwellen=("beratungen_je_vzae_min", "beratungen_je_vzae_max"),
    ),
    Querregel(
        Regel(
            "R36",
            _WARNUNG,
            _DATEN,
            Fehlertext(
                "Ausgaben höher als die Mittel",
                "Für {fg} stehen Ausgaben von {wert} Euro Mitteln von {vergleichswert} Euro gegenüber.",
                "Bitte prüfen, ob eigene Mittel oder Mittel Dritter fehlen, oder kurz erläutern.",
            ),
            "§ 7 Abs. 2 Nr. 2 KomIntAVO",
        ),
        alle=("finanzen",),
    ),
    Querregel(
        Regel(
            "R40a",
            _WARNUNG,
            _ZEIT,
            Fehlertext(
                "Starke Veränderung zum Vorjahr",
                "{was}: {wert} nach {vergleichswert} im Vorjahr.",
                "Bitte beide Zahlen prüfen oder die Veränderung kurz erläutern.",
            ),
            _ERFAHRUNG,
        ),
        eine_von=_GEZAEHLT,
        schwellen=("veraenderung", "veraenderung_bevoelkerung", "veraenderung_mindestens"),
    ),
    Querregel(
        Regel(
            "R40b",
            _WARNUNG,
            _ZEIT,
            Fehlertext(
                "Andere Entwicklung als überall sonst",
                "{was}: {wert}; nach der mittleren Entwicklung aller wären etwa {vergleichswert} zu erwarten.",
                "Bitte die Zahl prüfen oder kurz erläutern, warum es hier anders war.",
            ),
            _ERFAHRUNG,
        ),
        eine_von=_GEZAEHLT,
        schwellen=("veraenderung", "veraenderung_bevoelkerung", "veraenderung_mindestens", "vergleich_mindestens"),
    ),
    Querregel(
        Regel(
            "R41a",
            _FEHLER,
            _ZEIT,
            Fehlertext(
                "Konzept gewechselt",
                "Das Konzept ist jetzt {neu}, im Vorjahr war es {alt}; ein Hinweis auf den Bruch fehlt.",
                "Bitte beim bisherigen Konzept bleiben oder den Bruch im Datensatz Meldung anmerken (Abschnitt "
                "ANMERKUNG, Berichtspunkt {punkt}).",
            ),
            _VERGLEICHBAR,
        ),
        alle=("meldung",),
        eine_von=("bevoelkerung", "herkunft"),
    ),
    Querregel(
        Regel(
            "R41b",
            _FEHLER,
            _ZEIT,
            Fehlertext(
                "Zählweise gewechselt",
                "Beratungen ({leistungsart}) sind jetzt so gezählt: {neu}; im Vorjahr: {alt}. Ein Hinweis auf den "
                "Bruch fehlt.",
                "Bitte bei der bisherigen Zählweise bleiben oder den Bruch im Datensatz Meldung anmerken (Abschnitt "
                "ANMERKUNG, Berichtspunkt {punkt}).",
            ),
            _VERGLEICHBAR,
        ),
        alle=("meldung", "beratung"),
    ),
    Querregel(
        Regel(
            "R42",
            _WARNUNG,
            _ZEIT,
            Fehlertext(
                "Stelle ist verschwunden",
                "Die Stelle {stelle} ({art}, {name}) fehlt im Verzeichnis, obwohl sie nach der Meldung des Vorjahres "
                "weiter tätig war.",
                "Bitte die Stelle ergänzen oder für das Vorjahr aktiv_bis nachtragen.",
            ),
            _ALLE_STELLEN,
        ),
        alle=("stellen",),
    ),
    Querregel(
        Regel(
            "R43",
            _WARNUNG,
            _ZEIT,
            Fehlertext(
                "Dieselben Zahlen wie im Vorjahr",
                "Alle {wert} veränderlichen Zahlen im Datensatz {datensatz} sind dieselben wie im Vorjahr.",
                "Bitte prüfen, ob versehentlich die Datei des Vorjahres geliefert wurde, und sonst kurz bestätigen.",
            ),
            _ERFAHRUNG,
        ),
        eine_von=_GEZAEHLT,
        schwellen=("gleiche_werte_mindestens",),
    ),
    Querregel(
        Regel(
            "R44",
            _HINWEIS,
            _ZEIT,
            Fehlertext(
                "Lieferung berichtigt",
                "Version {version} ersetzt Version {frueher}: {neu} Zeilen neu, {entfallen} entfallen, {geaendert} "
                "geändert ({zellen} Zellen in: {spalten}).",
                "Bitte ansehen; zu tun ist nur etwas, wenn die Unterschiede nicht gewollt sind.",
            ),
            "Lieferverfahren",
        ),
    ),
    Querregel(
        Regel(
            "R50a",
            _WARNUNG,
            _KREISE,
            Fehlertext(
                "Auffällig im Vergleich",
                "{kennzahl} ({lesart}): {wert} {einheit}; der mittlere Wert aller ist {vergleichswert} {einheit}.",
                "Bitte Zähler und Bezugsgröße prüfen oder kurz erläutern, warum es hier anders ist.",
            ),
            f"{_VERGLEICHBAR}; Trichtergrenzen 99,8 Prozent",
        ),
        schwellen=("vergleich_mindestens",),
    ),
    Querregel(
        Regel(
            "R50b",
            _WARNUNG,
            _KREISE,
            Fehlertext(
                "Null, wo andere Zahlen haben",
                "{was}: gemeldet ist 0; {andere} von {alle} anderen melden mehr als 0.",
                "Bitte prüfen, ob wirklich nichts angefallen ist; wird die Aufgabe nicht wahrgenommen, bitte das im "
                "Datensatz Aufgaben angeben.",
            ),
            _VERGLEICHBAR,
        ),
        eine_von=(*_GEZAEHLT, "stellen"),
        schwellen=("vergleich_mindestens", "null_anteil_anderer"),
    ),
    Querregel(
        Regel(
            "R51",
            _FEHLER,
            _KREISE,
            Fehlertext(
                "Konzepte vermischt",
                "Die Kennzahl {kennzahl} ({lesart}) enthält Angaben eines anderen Konzepts als {konzept}.",
                "Bitte der Fachstelle melden: Die Kennzahl ist falsch festgelegt, an den Lieferungen liegt es nicht.",
            ),
            _VERGLEICHBAR,
        ),
        eine_von=("bevoelkerung", "herkunft"),
    ),
)

QUERREGELN: Mapping[str, Querregel] = nur_lesen({quer.regel.id: quer for quer in _REGELN})
"""All rules across files by id, in the order of their numbers."""

if len(QUERREGELN) != len(_REGELN) or any(quer.regel.umfang.entscheidet for quer in _REGELN):
    raise Vertragsfehler("Eine Querregel ist doppelt oder entschiede über die Annahme")
