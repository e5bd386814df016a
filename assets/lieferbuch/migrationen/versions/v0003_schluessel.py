"""Step 3: events of keys with which programs hand in.

SQLite cannot change a CHECK: the table is made anew with the same rows, and with it go its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_schluessel"
down_revision = "0002"

_ART = "art IN ('zustand', 'einreicher', 'geprueft', 'kommentiert', 'vorgeschlagen', 'verworfen', 'veroeffentlicht', 'person_angelegt', 'recht_vergeben', 'recht_entzogen', 'schluessel_ausgestellt', 'schluessel_widerrufen')"
_KEIN_NEUES_GLIED = "Das Ereignis schließt nicht an das letzte an."


def upgrade() -> None:
    """Allows two more kinds of events."""
    if op.get_context().dialect.name == "sqlite":
        _erneuere_sqlite()
    else:
        op.drop_constraint(op.f("ck_ereignisse_art"), "ereignisse", type_="check")
        op.create_check_constraint(op.f("ck_ereignisse_art"), "ereignisse", _ART)


def _erneuere_sqlite() -> None:
    op.create_table(
        "ereignisse_neu",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zeitpunkt", sa.Text(), nullable=False),
        sa.Column("art", sa.Text(), nullable=False),
        sa.Column("akteur", sa.Integer(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=True),
        sa.Column("daten", sa.Text(), nullable=False),
        sa.Column("vorher", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(_ART, name=op.f("ck_ereignisse_art")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_ereignisse_hash")),
        sa.CheckConstraint("length(vorher) = 64", name=op.f("ck_ereignisse_vorher")),
        sa.CheckConstraint("nummer >= 1", name=op.f("ck_ereignisse_nummer")),
        sa.ForeignKeyConstraint(["akteur"], ["benutzer.id"], name=op.f("fk_ereignisse_akteur")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_ereignisse_fassung_id")),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_ereignisse")),
        sa.UniqueConstraint("hash", name=op.f("uq_ereignisse_hash")),
        sa.UniqueConstraint("vorher", name=op.f("uq_ereignisse_vorher")),
    )
    op.execute("INSERT INTO ereignisse_neu SELECT * FROM ereignisse ORDER BY nummer")
    op.drop_table("ereignisse")
    op.rename_table("ereignisse_neu", "ereignisse")
    op.create_index(op.f("ix_ereignisse_fassung_id"), "ereignisse", ["fassung_id"], unique=False)
    for wann in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ereignisse_kein_{wann.lower()} BEFORE {wann} ON ereignisse"
            " BEGIN SELECT RAISE(ABORT, 'ereignisse wird nur fortgeschrieben.'); END"
        )
    op.execute(
        "CREATE TRIGGER ereignisse_kette BEFORE INSERT ON ereignisse"
        " WHEN NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM ereignisse)"
        " OR NEW.vorher <> coalesce((SELECT hash FROM ereignisse ORDER BY nummer DESC LIMIT 1), printf('%064d', 0))"
        " OR EXISTS (SELECT 1 FROM ereignisse WHERE hash = NEW.hash)"
        f" BEGIN SELECT RAISE(ABORT, '{_KEIN_NEUES_GLIED}'); END"
    )
