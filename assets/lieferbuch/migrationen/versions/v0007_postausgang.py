"""Step 7: what has to be known of a mail to send it once, and again after a failure.

The table is made again, because nothing has written to it yet and SQLite adds no rule to one that is there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table again."""
    op.drop_table("mails")
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("anlass", sa.Text(), nullable=False),
        sa.Column("fassung_id", sa.Integer(), nullable=True),
        sa.Column("betrifft", sa.Text(), nullable=False),
        sa.Column("erstellt_am", sa.Text(), nullable=False),
        sa.Column("sendung", sa.Text(), nullable=True),
        sa.Column("versuche", sa.Integer(), server_default="0", nullable=False),
        sa.Column("naechster_versuch", sa.Text(), nullable=True),
        sa.Column("versandt_am", sa.Text(), nullable=True),
        sa.Column("hinfaellig_am", sa.Text(), nullable=True),
        sa.Column("fehler", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "anlass IN ('eingegangen', 'angenommen', 'zurueckgewiesen', 'ersetzt', 'erinnerung')",
            name=op.f("ck_mails_anlass"),
        ),
        sa.CheckConstraint(
            "versandt_am IS NULL OR (hinfaellig_am IS NULL AND sendung IS NOT NULL)", name=op.f("ck_mails_versandt")
        ),
        sa.CheckConstraint("versuche >= 0", name=op.f("ck_mails_versuche")),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_mails_benutzer_id")),
        sa.ForeignKeyConstraint(["fassung_id"], ["fassungen.id"], name=op.f("fk_mails_fassung_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("benutzer_id", "anlass", "betrifft", name=op.f("uq_mails_benutzer_id_anlass_betrifft")),
    )
