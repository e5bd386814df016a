"""The preview of a Meldeeinheit's own report: its edition as the pipeline published it, and the public one it leads to.

What belongs here: handing out files of these two editions. What does not: making them (`assets/berichte/`).
"""

import mimetypes
from pathlib import PurePosixPath

from starlette.responses import Response

from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.kopfzeilen import BERICHT
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import Recht
from schemas.editionen import OEFFENTLICH, fuer


def _bericht(anfrage: Anfrage) -> Response:
    pfad = PurePosixPath(anfrage.request.path_params["pfad"])
    erlaubt = (fuer(anfrage.einheit.id), OEFFENTLICH)
    if len(pfad.parts) < 2 or pfad.parts[0] not in erlaubt or any(t.startswith(".") for t in pfad.parts):
        raise nicht_gefunden()
    try:
        inhalt = anfrage.umfeld.ablage.lies(f"berichte/{pfad}")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as fehler:
        raise nicht_gefunden() from fehler
    art = mimetypes.guess_type(pfad.name)[0] or "application/octet-stream"
    return Response(inhalt, media_type=art, headers={"Content-Security-Policy": BERICHT})


SEITEN = (Seite("GET", "/kreis/{einheit}/bericht/{pfad:path}", Recht.SEHEN, _bericht),)
