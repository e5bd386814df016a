"""Brings a database to the tables this program needs, and says whether it has them.

What belongs here: running Alembic by code. What does not: the steps themselves (`migrationen/versions/`). There is no
way back: a ledger keeps what it was told, and an older program would not understand it.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assets.lieferbuch.fehler import VerbindungError
from assets.lieferbuch.verbindung import lies, schreibe


def _einstellung() -> Config:
    einstellung = Config()
    einstellung.set_main_option("script_location", str(Path(__file__).with_name("migrationen")).replace("%", "%%"))
    return einstellung


def migriere(engine: sa.Engine) -> None:
    """Creates or updates all tables in one transaction; changes nothing that is up to date."""
    einstellung = _einstellung()
    with schreibe(engine) as verbindung:
        einstellung.attributes["connection"] = verbindung
        command.upgrade(einstellung, "head")


def verlange_stand(engine: sa.Engine) -> None:
    """Sees to it that the database is one this program can read and write.

    Raises:
        VerbindungError: it is not reachable, not set up, or of another version.
    """
    with lies(engine) as verbindung:
        stand = MigrationContext.configure(verbindung).get_current_revision()
    if stand is None:
        raise VerbindungError("Es gibt noch kein Lieferbuch. Bitte zuerst: teilhabe lieferbuch aufbauen")
    skripte = ScriptDirectory.from_config(_einstellung())
    if stand not in {s.revision for s in skripte.walk_revisions()}:
        raise VerbindungError("Das Lieferbuch wurde von einer neueren Fassung dieses Programms geführt.")
    if stand != skripte.get_current_head():
        raise VerbindungError("Das Lieferbuch ist von einem älteren Stand. Bitte: teilhabe lieferbuch aufbauen")
