"""The dataset in the terms of schema.org, for search engines, as JSON-LD inside a page.

What belongs here: the description and making it safe inside `<script>`.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from assets.offenedaten.datei import Datei
from assets.offenedaten.steckbrief import SCHLAGWORTE, SEITE, Steckbrief

_SICHER = str.maketrans({zeichen: f"\\u{ord(zeichen):04x}" for zeichen in "<>&"})
"""What could end the element or begin another, written so that JSON still reads the same."""


def json_ld(brief: Steckbrief, dateien: Sequence[Datei], kennzahlen: Sequence[str]) -> Markup:
    """The content of `<script type="application/ld+json">`.

    Args:
        brief: what the edition is.
        dateien: the files that hold all of its values.
        kennzahlen: names of the indicators.
    """
    text = json.dumps(_datensatz(brief, dateien, kennzahlen), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_SICHER))  # noqa: S704  # made safe in this line


def _datensatz(brief: Steckbrief, dateien: Sequence[Datei], kennzahlen: Sequence[str]) -> dict[str, Any]:
    stelle = {"@type": "GovernmentOrganization", "name": brief.herausgeber.name, "email": brief.herausgeber.mail}
    satz: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": brief.url("daten/#datensatz"),
        "name": f"{brief.titel} ({brief.fassung})",
        "description": brief.beschreibung,
        "url": brief.url(SEITE),
        "inLanguage": "de",
        "keywords": list(SCHLAGWORTE),
        "creator": stelle,
        "publisher": stelle,
        "spatialCoverage": {"@type": "AdministrativeArea", "name": brief.land},
        "variableMeasured": list(kennzahlen),
        "creditText": brief.quellenangabe(),
        "isAccessibleForFree": brief.oeffentlich,
        "distribution": [_datei(brief, d) for d in dateien],
    }
    if brief.stand:
        satz["dateModified"] = brief.stand
    if brief.zeitraum:
        satz["temporalCoverage"] = brief.zeitraum
    if brief.lizenz:
        return satz | {"license": brief.lizenz.text_url}
    return satz | {"conditionsOfAccess": brief.nutzung}


def _datei(brief: Steckbrief, datei: Datei) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": datei.titel,
        "contentUrl": brief.url(datei.pfad),
        "encodingFormat": datei.format.medientyp,
        "contentSize": f"{datei.bytes} B",
        "sha256": datei.sha256,
    }
