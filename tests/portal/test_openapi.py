"""The API holds to its own description: schemathesis makes requests from it, good and bad, and judges the answers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, settings
from schemathesis.config import SchemathesisConfig

from pipeline.portal.api_beschreibung import beschreibe
from pipeline.portal.api_rahmen import OKTETTE, PFAD
from pipeline.portal.seiten_vorlagen import ARTEN
from tests.portal.test_schnittstelle import LIEFERUNG, SCHLECHT, summe
from tests.portal.welt import LAND, Welt, baue, beispiel, server

ANFRAGEN = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
"""Made for each operation; what can be enumerated, such as each missing or wrong value, comes on top."""
# With fewer Meldeeinheiten more requests are about the one that delivers; the other belongs to somebody else.
ZWEI = replace(LAND, meldeeinheiten=tuple(replace(m, nachbarn=()) for m in LAND.meldeeinheiten[:2]))
EINE = "/lieferungen/{meldeeinheit}/{jahr}/{datensatz}"

# Files are sent as they are, whatever kind they are said to be.
schemathesis.serializer.alias(["text/csv", ARTEN["xlsx"]], OKTETTE)
beschreibung = schemathesis.openapi.from_dict(
    beschreibe(ZWEI), config=SchemathesisConfig.from_dict({"generation": {"database": "none"}})
)


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    return baue(tmp_path_factory.mktemp("openapi"))


@pytest.fixture(scope="module")
def wurzel(welt: Welt) -> Iterator[str]:
    with server(welt.app) as wurzel:
        yield f"{wurzel}{PFAD}"


@pytest.fixture(scope="module")
def schluessel(welt: Welt) -> str:
    return str(welt.programm("bea").headers["authorization"])


@beschreibung.parametrize()
@ANFRAGEN
def test_mit_schluessel(case: schemathesis.Case[Any], wurzel: str, schluessel: str) -> None:
    case.call_and_validate(wurzel, headers={"Authorization": schluessel})


@beschreibung.exclude(operation_id="beschreibung").parametrize()
@ANFRAGEN
def test_ohne_schluessel(case: schemathesis.Case[Any], wurzel: str) -> None:
    antwort = case.call_and_validate(wurzel, headers={"Authorization": ""})
    assert antwort.status_code in {401, 404, 405}


def test_die_beschreibung_ist_openapi() -> None:
    beschreibung.validate()


def test_was_gelingt_wird_beantwortet_wie_beschrieben(welt: Welt) -> None:
    """Nobody guesses a file and its checksum: the way through to the receipt is gone by hand."""
    programm = welt.programm("bea")
    hochladen, stand = beschreibung[EINE]["PUT"], beschreibung[EINE]["GET"]
    einreichen = beschreibung[f"{EINE}/einreichen"]["POST"]
    befunde, quittung = (beschreibung[f"{EINE}/fassungen/{{version}}/{was}"]["GET"] for was in ("befunde", "quittung"))
    for nummer, inhalt in enumerate((SCHLECHT, beispiel()), 1):
        for status in (201, 200):
            antwort = programm.put(LIEFERUNG, content=inhalt)
            assert antwort.status_code == status
            hochladen.validate_response(antwort)
        for status in (201, 200):
            antwort = programm.post(f"{LIEFERUNG}/einreichen", json=summe(inhalt))
            assert antwort.status_code == status
            einreichen.validate_response(antwort)
        hochladen.validate_response(programm.put(LIEFERUNG, content=inhalt))
        stand.validate_response(programm.get(LIEFERUNG))
        befunde.validate_response(programm.get(f"{LIEFERUNG}/fassungen/{nummer}/befunde"))
        quittung.validate_response(programm.get(f"{LIEFERUNG}/fassungen/{nummer}/quittung"))
