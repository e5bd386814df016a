"""Step 2: sessions of people who signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "sitzungen",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("begonnen_am", sa.Text(), nullable=False),
        sa.Column("zuletzt_am", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_sitzungen_sha256")),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_sitzungen_benutzer_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sitzungen")),
    )
