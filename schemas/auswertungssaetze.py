"""The sentences that say in words what the figures of an indicator show: which sentence, when, and its wording.

What belongs here: patterns as data; the first of a kind whose circumstances all hold is used. What does not: finding
out which circumstances hold and the words for the gaps (`assets/berichte/auswertungstexte.py`). No pattern knows an
indicator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from schemas.modell import Code, Codeliste

AUSWERTUNGSTEXTE: dict[str, type[pl.DataType]] = {
    "indikator_id": pl.String,
    "variante": pl.String,
    "ags": pl.String,
    "berichtsjahr": pl.Int64,
    "nr": pl.Int64,
    "aussage": pl.String,
    "text": pl.String,
}
"""One row per sentence, in the order in which they are read; every output takes its sentences from here."""


class Aussage(StrEnum):
    """What a sentence is about; the order is the order of reading."""

    STAND = "stand"
    BEZUG = "bezug"
    LAND = "land"
    VORJAHR = "vorjahr"
    REIHE = "reihe"
    VERGLEICHBAR_LAND = "vergleichbar_land"
    VERGLEICHBAR_KREISE = "vergleichbar_kreise"
    VERGLEICHBAR_VORJAHR = "vergleichbar_vorjahr"
    ABDECKUNG = "abdeckung"


class Umstand(StrEnum):
    """What can hold of a value."""

    IST_LAND = "ist_land"
    JA_ODER_NEIN = "ja_oder_nein"
    TRIFFT_ZU = "trifft_zu"
    TEIL_DES_GANZEN = "teil_des_ganzen"
    MIT_NENNER = "mit_nenner"
    LAND_HOEHER = "land_hoeher"
    LAND_NIEDRIGER = "land_niedriger"
    LAND_AEHNLICH = "land_aehnlich"
    LAND_OHNE_URTEIL = "land_ohne_urteil"
    BESSER = "besser"
    SCHLECHTER = "schlechter"
    VORJAHR_DA = "vorjahr_da"
    VORJAHR_GLEICH = "vorjahr_gleich"
    VORJAHR_MEHR_ALS_ZUFALL = "vorjahr_mehr_als_zufall"
    VORJAHR_ZUFALL = "vorjahr_zufall"
    LANGE_REIHE = "lange_reihe"
    TREND_STEIGEND = "trend_steigend"
    TREND_FALLEND = "trend_fallend"
    TREND_KEINER = "trend_keiner"
    LAND_EINGESCHRAENKT = "land_eingeschraenkt"
    LAND_NICHT_VERGLEICHBAR = "land_nicht_vergleichbar"
    KREISE_EINGESCHRAENKT = "kreise_eingeschraenkt"
    KREISE_NICHT_VERGLEICHBAR = "kreise_nicht_vergleichbar"
    VORJAHR_EINGESCHRAENKT = "vorjahr_eingeschraenkt"
    VORJAHR_NICHT_VERGLEICHBAR = "vorjahr_nicht_vergleichbar"
    ABDECKUNG_NENNEN = "abdeckung_nennen"


@dataclass(frozen=True, slots=True)
class Satz:
    """A pattern: used where all of `wenn` hold. The gaps of `text` are those of `LUECKEN`."""

    aussage: Aussage
    wenn: frozenset[Umstand]
    text: str


LUECKEN: Mapping[str, str] = {
    "zeit": "Zeitangabe am Satzanfang: Am 31.12.2024, Im Jahr 2025, Vom 18.09. bis 31.12.2024",
    "ort": "Gebiet mit Verhältniswort: in der Stadt, im Landkreis",
    "name": "Name der Kennzahl in Anführungszeichen, mit Variante, wo es mehrere gibt",
    "wert": "Wert mit Einheit",
    "zaehler": "Zähler",
    "nenner": "Nenner",
    "landort": "Land mit Verhältniswort",
    "land": "Name des Landes",
    "landeswert": "Landeswert mit Einheit",
    "vorjahr": "Vorjahr",
    "vorjahreswert": "Vorjahreswert mit Einheit",
    "vorjahr_veraenderung": "um so viel gestiegen, gesunken, oder gleich geblieben",
    "reihe_von": "erstes Jahr der vergleichbaren Reihe",
    "reihe_wert": "Wert dieses Jahres mit Einheit",
    "reihe_veraenderung": "wie vorjahr_veraenderung",
    "andere": "Meldeeinheiten im Dativ der Mehrzahl",
    "gruende_land": "Gründe, die den Vergleich mit dem Land einschränken oder ausschließen",
    "gruende_kreise": "dasselbe für den Vergleich der Meldeeinheiten",
    "gruende_vorjahr": "dasselbe für den Vergleich mit dem Vorjahr",
    "abdeckung": "wie viele von wie vielen Meldeeinheiten, im Dativ",
}
"""Gap -> what stands in it."""


def _satz(aussage: Aussage, text: str, *wenn: Umstand) -> Satz:
    return Satz(aussage, frozenset(wenn), text)


SAETZE: tuple[Satz, ...] = (
    _satz(Aussage.STAND, "{zeit} traf {name} {ort} bei {wert} zu.", Umstand.JA_ODER_NEIN, Umstand.IST_LAND),
    _satz(Aussage.STAND, "{zeit} traf {name} {ort} zu.", Umstand.JA_ODER_NEIN, Umstand.TRIFFT_ZU),
    _satz(Aussage.STAND, "{zeit} traf {name} {ort} nicht zu.", Umstand.JA_ODER_NEIN),
    _satz(Aussage.STAND, "{zeit} betrug die Kennzahl {name} {ort} {wert}."),
    _satz(Aussage.BEZUG, "Das sind {zaehler} von {nenner}.", Umstand.TEIL_DES_GANZEN),
    _satz(Aussage.BEZUG, "Der Zähler beträgt {zaehler}, der Nenner {nenner}.", Umstand.MIT_NENNER),
    _satz(
        Aussage.LAND,
        "Der Wert ist höher und damit besser als {landort} ({landeswert}); der Unterschied ist größer, als Zufall ihn "
        "erklärt.",
        Umstand.LAND_HOEHER,
        Umstand.BESSER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist höher und damit schlechter als {landort} ({landeswert}); der Unterschied ist größer, als Zufall "
        "ihn erklärt.",
        Umstand.LAND_HOEHER,
        Umstand.SCHLECHTER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist niedriger und damit besser als {landort} ({landeswert}); der Unterschied ist größer, als Zufall "
        "ihn erklärt.",
        Umstand.LAND_NIEDRIGER,
        Umstand.BESSER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist niedriger und damit schlechter als {landort} ({landeswert}); der Unterschied ist größer, als "
        "Zufall ihn erklärt.",
        Umstand.LAND_NIEDRIGER,
        Umstand.SCHLECHTER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist höher als {landort} ({landeswert}); der Unterschied ist größer, als Zufall ihn erklärt.",
        Umstand.LAND_HOEHER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist niedriger als {landort} ({landeswert}); der Unterschied ist größer, als Zufall ihn erklärt.",
        Umstand.LAND_NIEDRIGER,
    ),
    _satz(
        Aussage.LAND,
        "Der Wert ist ähnlich wie {landort} ({landeswert}); der Unterschied lässt sich durch Zufall erklären.",
        Umstand.LAND_AEHNLICH,
    ),
    _satz(Aussage.LAND, "Zum Vergleich {landort}: {landeswert}.", Umstand.LAND_OHNE_URTEIL),
    _satz(
        Aussage.VORJAHR,
        "Gegenüber {vorjahr} ({vorjahreswert}) ist der Wert gleich geblieben.",
        Umstand.VORJAHR_DA,
        Umstand.VORJAHR_GLEICH,
    ),
    _satz(
        Aussage.VORJAHR,
        "Gegenüber {vorjahr} ({vorjahreswert}) ist der Wert {vorjahr_veraenderung}, mehr als zufällige Schwankung.",
        Umstand.VORJAHR_DA,
        Umstand.VORJAHR_MEHR_ALS_ZUFALL,
    ),
    _satz(
        Aussage.VORJAHR,
        "Gegenüber {vorjahr} ({vorjahreswert}) ist der Wert {vorjahr_veraenderung}, im Bereich zufälliger Schwankung.",
        Umstand.VORJAHR_DA,
        Umstand.VORJAHR_ZUFALL,
    ),
    _satz(
        Aussage.VORJAHR,
        "Gegenüber {vorjahr} ({vorjahreswert}) ist der Wert {vorjahr_veraenderung}.",
        Umstand.VORJAHR_DA,
    ),
    _satz(
        Aussage.REIHE,
        "Seit {reihe_von} ({reihe_wert}) ist er {reihe_veraenderung}; die letzten fünf Jahre zeigen einen steigenden "
        "Trend, den Zufall nicht erklärt.",
        Umstand.LANGE_REIHE,
        Umstand.TREND_STEIGEND,
    ),
    _satz(
        Aussage.REIHE,
        "Seit {reihe_von} ({reihe_wert}) ist er {reihe_veraenderung}; die letzten fünf Jahre zeigen einen fallenden "
        "Trend, den Zufall nicht erklärt.",
        Umstand.LANGE_REIHE,
        Umstand.TREND_FALLEND,
    ),
    _satz(
        Aussage.REIHE,
        "Seit {reihe_von} ({reihe_wert}) ist er {reihe_veraenderung}; die letzten fünf Jahre zeigen keinen Trend, der "
        "über Zufall hinausgeht.",
        Umstand.LANGE_REIHE,
        Umstand.TREND_KEINER,
    ),
    _satz(Aussage.REIHE, "Seit {reihe_von} ({reihe_wert}) ist er {reihe_veraenderung}.", Umstand.LANGE_REIHE),
    _satz(
        Aussage.VERGLEICHBAR_LAND,
        "Mit {land} ist der Wert nicht vergleichbar: {gruende_land}.",
        Umstand.LAND_NICHT_VERGLEICHBAR,
    ),
    _satz(
        Aussage.VERGLEICHBAR_LAND,
        "Mit {land} ist der Wert eingeschränkt vergleichbar: {gruende_land}.",
        Umstand.LAND_EINGESCHRAENKT,
    ),
    _satz(
        Aussage.VERGLEICHBAR_KREISE,
        "Mit anderen {andere} ist der Wert nicht vergleichbar: {gruende_kreise}.",
        Umstand.KREISE_NICHT_VERGLEICHBAR,
    ),
    _satz(
        Aussage.VERGLEICHBAR_KREISE,
        "Mit anderen {andere} ist der Wert eingeschränkt vergleichbar: {gruende_kreise}.",
        Umstand.KREISE_EINGESCHRAENKT,
    ),
    _satz(
        Aussage.VERGLEICHBAR_VORJAHR,
        "Mit dem Vorjahr ist der Wert nicht vergleichbar: {gruende_vorjahr}.",
        Umstand.VORJAHR_NICHT_VERGLEICHBAR,
    ),
    _satz(
        Aussage.VERGLEICHBAR_VORJAHR,
        "Mit dem Vorjahr ist der Wert eingeschränkt vergleichbar: {gruende_vorjahr}.",
        Umstand.VORJAHR_EINGESCHRAENKT,
    ),
    _satz(Aussage.ABDECKUNG, "Der Landeswert beruht auf {abdeckung}.", Umstand.ABDECKUNG_NENNEN),
)
"""All patterns; of each kind the more special ones first."""

AUSSAGEN = Codeliste(
    "aussage",
    "Worum es in einem Satz geht",
    tuple(
        Code(a, label)
        for a, label in zip(
            Aussage,
            (
                "Wert",
                "Zähler und Nenner",
                "Unterschied zum Land",
                "Veränderung zum Vorjahr",
                "Veränderung über die Reihe",
                "Vergleichbarkeit mit dem Land",
                "Vergleichbarkeit mit anderen Meldeeinheiten",
                "Vergleichbarkeit mit dem Vorjahr",
                "Abdeckung des Landeswertes",
            ),
            strict=True,
        )
    ),
    quelle="§ 14 Abs. 2 Satz 2 KomIntAVO (Angaben in Zahlen und mit einer Auswertung)",
)


def saetze(umstaende: frozenset[Umstand]) -> tuple[Satz, ...]:
    """Of each kind the first pattern whose circumstances hold, in the order of reading."""
    je_aussage = {a: next((s for s in SAETZE if s.aussage is a and s.wenn <= umstaende), None) for a in Aussage}
    return tuple(s for s in je_aussage.values() if s is not None)
