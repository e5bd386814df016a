"""The offices of one Meldeeinheit: how many of each kind, who runs them, since when, with how many posts.

What belongs here: inventing Stellen from the size of the tasks. Names, addresses and Träger are made up and look it.
Who works there and what they counsel is the business of `inhalt/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pipeline.beispiele.zufall import aufteilen
from schemas.modell import Meldeeinheit

_Traeger = tuple[str, str, str]
_FREIE: tuple[_Traeger, ...] = (
    ("TR1", "FREI", "Beispielträger Nord e. V."),
    ("TR2", "FREI", "Beispielträger Süd gGmbH"),
    ("TR3", "FREI", "Musterverband Ost e. V."),
    ("TR4", "FREI", "Musterwerk West gGmbH"),
)
_GEMEINDE = ("TR5", "GEMEINDE", "Stadtverwaltung Musterstadt (Beispiel)")
_EIGEN = ("KR", "KREIS", "Eigene Verwaltung (Beispiel)")
_GEMEINSAM = ("GM", "GEMEINSAM", "Beispielverbund zweier Nachbarn")
_SPRACHEN = ("en", "ar", "uk", "ru", "fa", "es", "tr", "vi", "pl", "ro", "fr", "ku", "ps", "ka")
_NAMEN = {
    "IBZ": "Beispiel-Beratungszentrum",
    "FSA": "Beispielstelle Flüchtlingssozialarbeit",
    "RKB": "Beispielstelle Rückkehrberatung",
    "KIK": "Kommunale Integrationskoordination (Beispiel)",
    "KOORD": "Koordination Integration (Beispiel)",
    "KIM": "Integrationsmanagement (Beispiel)",
    "BEAUFTRAGTE": "Beauftragte für Integration (Beispiel)",
}


@dataclass(frozen=True, slots=True)
class Stelle:
    """An office. `soll` are posts in hundredths of a full-time equivalent."""

    id: str
    art: str
    name: str
    einrichtung: str
    traeger_id: str
    traegerschaft: str
    traeger_name: str
    fuehrend: str | None
    gemeinde_ags: str
    hausnummer: int
    aktiv_von: date
    aktiv_bis: date | None
    stunden: int
    """Opening hours a week, in tenths."""
    sprachen: tuple[str, ...]
    oeffentlich: bool
    soll: int
    schweigt_in: int | None = None
    """The year for which its Träger reports nothing."""

    def tage(self, von: date, bis: date) -> int:
        """Days of operation between `von` and `bis`, both included."""
        ende = min(bis, self.aktiv_bis or bis)
        return max(0, (ende - max(von, self.aktiv_von)).days + 1)


@dataclass(frozen=True, slots=True)
class Bedarf:
    """How much there is to do: inhabitants and posts (hundredths of a full-time equivalent) for the target group."""

    einwohner: int
    fsa_soll: int


def hat_gemeinden(meldeeinheit: Meldeeinheit) -> bool:
    """Whether it answers for Gemeinden other than itself."""
    return len(meldeeinheit.gemeinden) > 1


def stellen_von(
    meldeeinheit: Meldeeinheit,
    bedarf: Bedarf,
    letztes_jahr: int,
    strom: Random,
    *,
    mit_schweigen: bool,
    delegiert: bool,
    ohne: frozenset[str],
) -> tuple[Stelle, ...]:
    """All offices of a Meldeeinheit over all years, without joint ones.

    Args:
        meldeeinheit: whose offices.
        bedarf: how much there is to do.
        letztes_jahr: the year in which things change.
        strom: chance for this purpose.
        mit_schweigen: one Träger does not report for the last year.
        delegiert: free Träger run everything but the Beauftragte, whom the law wants appointed.
        ohne: kinds of offices it does not have.
    """
    stellen = [
        *_beratungszentren(meldeeinheit, bedarf, strom),
        *_fluechtlingssozialarbeit(meldeeinheit, bedarf, letztes_jahr, strom),
        _stelle(meldeeinheit, "RKB", 1, strom, soll=strom.choice((75, 100, 100, 125)), traeger=_EIGEN),
        *_koordination(meldeeinheit, bedarf, strom, vollzaehlig=delegiert),
    ]
    stellen = [s for s in stellen if s.art not in ohne]
    if delegiert:
        stellen = [_vergeben(s, strom) if s.art != "BEAUFTRAGTE" else s for s in stellen]
    if mit_schweigen:
        freie = [s for s in stellen if s.art == "FSA" and s.traegerschaft == "FREI" and s.aktiv_bis is None]
        kleinste = min(freie, key=lambda s: s.soll)
        stellen[stellen.index(kleinste)] = replace(kleinste, schweigt_in=letztes_jahr)
    return tuple(stellen)


def _vergeben(stelle: Stelle, strom: Random) -> Stelle:
    """The same office, run by a free Träger unless somebody else runs it already."""
    if stelle.traegerschaft != "KREIS":
        return stelle
    kennung, traegerschaft, name = strom.choice(_FREIE)
    return replace(stelle, traeger_id=kennung, traegerschaft=traegerschaft, traeger_name=name)


def gemeinsame_stelle(fuehrend: Meldeeinheit, eigene: Meldeeinheit, partner: Meldeeinheit, strom: Random) -> Stelle:
    """The joint centre as `eigene` lists it: same id and description at both, with its own share of the posts."""
    stelle = _stelle(fuehrend, "IBZ", 9, strom, soll=250, traeger=_GEMEINSAM)
    kennung = "IBZ-" + "-".join(sorted((eigene.id, partner.id)))
    return replace(
        stelle,
        id=kennung,
        name="Gemeinsames Beispiel-Beratungszentrum",
        fuehrend=fuehrend.id,
        # To the neighbour the Gemeinde where the centre lies is a foreign one, which its own register may not name.
        gemeinde_ags=stelle.gemeinde_ags if eigene.id == fuehrend.id else "T",
        soll=250 if eigene.id == fuehrend.id else 150,
    )


def auslaufende_stelle(meldeeinheit: Meldeeinheit, letzter_tag: date, strom: Random) -> Stelle:
    """A second coordination that ends on this day."""
    return replace(_stelle(meldeeinheit, "KOORD", 2, strom, soll=50, traeger=_EIGEN), aktiv_bis=letzter_tag)


def _stelle(
    meldeeinheit: Meldeeinheit, art: str, nummer: int, strom: Random, *, soll: int, traeger: _Traeger
) -> Stelle:
    kennung, traegerschaft, traeger_name = traeger
    beginn = date(strom.randint(2016, 2023), strom.choice((1, 4, 7, 10)), 1)
    return Stelle(
        id=f"{art}{nummer:02d}",
        art=art,
        name=_NAMEN[art] if nummer == 1 and art not in ("IBZ", "FSA") else f"{_NAMEN[art]} {nummer}",
        einrichtung="HAUPT" if nummer == 1 else strom.choice(("AUSSEN", "AUSSEN", "MOBIL")),
        traeger_id=kennung,
        traegerschaft=traegerschaft,
        traeger_name=traeger_name,
        fuehrend=None,
        gemeinde_ags=strom.choice(meldeeinheit.gemeinden).ags if meldeeinheit.gemeinden else "T",
        hausnummer=strom.randint(1, 99),
        aktiv_von=beginn,
        aktiv_bis=None,
        stunden=strom.choice((160, 200, 240, 300, 325, 380)),
        sprachen=("de", *strom.sample(_SPRACHEN, strom.randint(1, 4))),
        oeffentlich=strom.random() < 0.9,
        soll=soll,
    )


def _beratungszentren(meldeeinheit: Meldeeinheit, bedarf: Bedarf, strom: Random) -> Iterator[Stelle]:
    anzahl = min(4, max(1, round(bedarf.einwohner / 130_000 + strom.uniform(-0.5, 0.5))))
    for nummer in range(1, anzahl + 1):
        weitere = (*_FREIE, _GEMEINDE) if hat_gemeinden(meldeeinheit) else _FREIE
        traeger = _EIGEN if nummer == 1 else strom.choice(weitere)
        soll = strom.choice((200, 250, 300, 350, 400))
        yield _stelle(meldeeinheit, "IBZ", nummer, strom, soll=soll, traeger=traeger)


def _fluechtlingssozialarbeit(
    meldeeinheit: Meldeeinheit, bedarf: Bedarf, letztes_jahr: int, strom: Random
) -> Iterator[Stelle]:
    """Several offices with free Träger among them; where there are many, one moves to another Träger in mid-year."""
    anzahl = min(8, max(2, round(bedarf.fsa_soll / 420)))
    # Quarters of a post, at least two of them, are what offices really fill.
    frei = max(0, bedarf.fsa_soll // 25 - 2 * anzahl)
    viertel = aufteilen(frei, [strom.uniform(1, 2) for _ in range(anzahl)])
    stellen = [
        _stelle(meldeeinheit, "FSA", i + 1, strom, soll=50 + 25 * viertel[i], traeger=_traeger_fsa(i, strom))
        for i in range(anzahl)
    ]
    yield from stellen[:-1]
    if anzahl < 4 or strom.random() < 0.5:
        yield stellen[-1]
        return
    wechsel = date(letztes_jahr, 7, 1)
    yield replace(stellen[-1], aktiv_bis=wechsel - timedelta(days=1))
    neu = _stelle(meldeeinheit, "FSA", anzahl + 1, strom, soll=stellen[-1].soll, traeger=strom.choice(_FREIE))
    yield replace(neu, aktiv_von=wechsel)


def _traeger_fsa(stelle: int, strom: Random) -> _Traeger:
    """The second office always has a free Träger; the others mostly."""
    if stelle == 1:
        return strom.choice(_FREIE)
    return strom.choice((_EIGEN, *_FREIE))


def _koordination(meldeeinheit: Meldeeinheit, bedarf: Bedarf, strom: Random, *, vollzaehlig: bool) -> Iterator[Stelle]:
    """Coordinators for Gemeinden exist only where there is more than one Gemeinde to support.

    `vollzaehlig`: none of the other offices is left out.
    """
    if hat_gemeinden(meldeeinheit):
        je_kik = 100 * min(8, max(2, round(bedarf.einwohner / 60_000)))
        yield _stelle(meldeeinheit, "KIK", 1, strom, soll=je_kik, traeger=_EIGEN)
    if strom.random() < 0.8 or vollzaehlig:
        yield _stelle(meldeeinheit, "KOORD", 1, strom, soll=strom.choice((100, 150, 200)), traeger=_EIGEN)
    if strom.random() < 0.7 or vollzaehlig:
        yield _stelle(meldeeinheit, "KIM", 1, strom, soll=strom.choice((100, 150, 200)), traeger=_EIGEN)
    yield _stelle(meldeeinheit, "BEAUFTRAGTE", 1, strom, soll=100, traeger=_EIGEN)
