"""Step 6: notes and questions of the Fachstelle, what came of the release of a year, and the events of all three."""

import sqlalchemy as sa
from alembic import op

from assets.lieferbuch.migrationen.codes import nimm_auf

revision = "0006"
down_revision = "0005"

_NUR_ANHAENGEN = ("notizen", "ausgaben")
_FEST = "Eine Rückfrage und ihre Antwort stehen fest."
_GEAENDERT = " OR ".join(
    f"NEW.{s} <> OLD.{s}" for s in ("id", "meldeeinheit", "berichtsjahr", "text", "gestellt_von", "gestellt_am")
)


def upgrade() -> None:
    """Creates the tables and allows the events."""
    _ausgaben()
    _notizen()
    _rueckfragen()
    sqlite = op.get_context().dialect.name == "sqlite"
    (_ausloeser_sqlite if sqlite else _ausloeser_postgresql)()
    nimm_auf("ereignisse", "art", ("notiert", "gefragt", "beantwortet", "ausgabe"))


def _ausgaben() -> None:
    op.create_table(
        "ausgaben",
        sa.Column("veroeffentlichung_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ausgabe", sa.Text(), nullable=True),
        sa.Column("grund", sa.Text(), nullable=True),
        sa.Column("vermerkt_am", sa.Text(), nullable=False),
        sa.CheckConstraint("(ausgabe IS NULL) <> (grund IS NULL)", name=op.f("ck_ausgaben_eines")),
        sa.ForeignKeyConstraint(
            ["veroeffentlichung_id"], ["veroeffentlichungen.id"], name=op.f("fk_ausgaben_veroeffentlichung_id")
        ),
        sa.PrimaryKeyConstraint("veroeffentlichung_id", name=op.f("pk_ausgaben")),
    )


def _notizen() -> None:
    op.create_table(
        "notizen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verfasst_von", sa.Integer(), nullable=False),
        sa.Column("verfasst_am", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_notizen_text")),
        sa.ForeignKeyConstraint(["verfasst_von"], ["benutzer.id"], name=op.f("fk_notizen_verfasst_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notizen")),
    )
    op.create_index("ix_notizen_meldeeinheit_berichtsjahr", "notizen", ["meldeeinheit", "berichtsjahr"])


def _rueckfragen() -> None:
    op.create_table(
        "rueckfragen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.Column("datensatz", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("gestellt_von", sa.Integer(), nullable=False),
        sa.Column("gestellt_am", sa.Text(), nullable=False),
        sa.Column("antwort", sa.Text(), nullable=True),
        sa.Column("beantwortet_von", sa.Integer(), nullable=True),
        sa.Column("beantwortet_am", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(antwort IS NULL AND beantwortet_von IS NULL AND beantwortet_am IS NULL) OR (length(trim(antwort)) > 0 AND beantwortet_von IS NOT NULL AND beantwortet_am IS NOT NULL)",
            name=op.f("ck_rueckfragen_antwort"),
        ),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_rueckfragen_text")),
        sa.ForeignKeyConstraint(["beantwortet_von"], ["benutzer.id"], name=op.f("fk_rueckfragen_beantwortet_von")),
        sa.ForeignKeyConstraint(["gestellt_von"], ["benutzer.id"], name=op.f("fk_rueckfragen_gestellt_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rueckfragen")),
    )
    op.create_index("ix_rueckfragen_meldeeinheit_berichtsjahr", "rueckfragen", ["meldeeinheit", "berichtsjahr"])


def _ausloeser_sqlite() -> None:
    for tabelle, wann in (*((t, w) for t in _NUR_ANHAENGEN for w in ("UPDATE", "DELETE")), ("rueckfragen", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {tabelle}_kein_{wann.lower()} BEFORE {wann} ON {tabelle}"
            f" BEGIN SELECT RAISE(ABORT, '{tabelle} wird nur fortgeschrieben.'); END"
        )
    op.execute(
        "CREATE TRIGGER rueckfragen_fest BEFORE UPDATE ON rueckfragen"
        f" WHEN OLD.antwort IS NOT NULL OR NEW.datensatz IS NOT OLD.datensatz OR {_GEAENDERT}"
        f" BEGIN SELECT RAISE(ABORT, '{_FEST}'); END"
    )


def _ausloeser_postgresql() -> None:
    for tabelle, wann in (
        *((t, "UPDATE OR DELETE OR TRUNCATE") for t in _NUR_ANHAENGEN),
        ("rueckfragen", "DELETE OR TRUNCATE"),
    ):
        op.execute(
            f"CREATE TRIGGER {tabelle}_nur_anhaengen BEFORE {wann} ON {tabelle}"
            " FOR EACH STATEMENT EXECUTE FUNCTION lieferbuch_nur_anhaengen()"
        )
    op.execute(
        "CREATE FUNCTION lieferbuch_rueckfrage_fest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION USING MESSAGE = '{_FEST}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER rueckfragen_fest BEFORE UPDATE ON rueckfragen FOR EACH ROW WHEN"
        f" (OLD.antwort IS NOT NULL OR NEW.datensatz IS DISTINCT FROM OLD.datensatz OR {_GEAENDERT})"
        " EXECUTE FUNCTION lieferbuch_rueckfrage_fest()"
    )
