"""Step 5: remarks of a Meldeeinheit beside figures of its report."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "anmerkungen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meldeeinheit", sa.Text(), nullable=False),
        sa.Column("indikator_id", sa.Text(), nullable=False),
        sa.Column("berichtsjahr", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verfasst_von", sa.Integer(), nullable=False),
        sa.Column("verfasst_am", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_anmerkungen_text")),
        sa.ForeignKeyConstraint(["verfasst_von"], ["benutzer.id"], name=op.f("fk_anmerkungen_verfasst_von")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anmerkungen")),
    )
    op.create_index(op.f("ix_anmerkungen_meldeeinheit"), "anmerkungen", ["meldeeinheit"], unique=False)
