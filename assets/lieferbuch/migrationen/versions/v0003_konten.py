"""Step 3: what managing accounts needs: last sign-ins, links for passwords, accounts of other providers, and its events."""

import sqlalchemy as sa
from alembic import op

from assets.lieferbuch.migrationen.codes import nimm_auf

revision = "0003"
down_revision = "0002"

_EREIGNISSE = (
    "person_gesperrt",
    "person_entsperrt",
    "passwortlink",
    "passwort_gesetzt",
    "verknuepft",
    "verknuepfung_geloest",
)


def upgrade() -> None:
    """Creates the tables and takes the new kinds of events in."""
    nimm_auf("ereignisse", "art", _EREIGNISSE)
    op.create_table(
        "anmeldungen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("zeitpunkt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_anmeldungen_benutzer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anmeldungen")),
    )
    op.create_index(op.f("ix_anmeldungen_benutzer_id"), "anmeldungen", ["benutzer_id"], unique=False)
    op.create_table(
        "passwortlinks",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("gueltig_bis", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_passwortlinks_sha256")),
        sa.CheckConstraint("benutzer_id > 2", name=op.f("ck_passwortlinks_person")),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_passwortlinks_benutzer_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_passwortlinks")),
        sa.UniqueConstraint("benutzer_id", name=op.f("uq_passwortlinks_benutzer_id")),
    )
    op.create_table(
        "verknuepfungen",
        sa.Column("aussteller", sa.Text(), nullable=False),
        sa.Column("subjekt", sa.Text(), nullable=False),
        sa.Column("benutzer_id", sa.Integer(), nullable=False),
        sa.Column("verknuepft_von", sa.Integer(), nullable=False),
        sa.Column("verknuepft_am", sa.Text(), nullable=False),
        sa.CheckConstraint("benutzer_id > 2", name=op.f("ck_verknuepfungen_person")),
        sa.ForeignKeyConstraint(["benutzer_id"], ["benutzer.id"], name=op.f("fk_verknuepfungen_benutzer_id")),
        sa.ForeignKeyConstraint(["verknuepft_von"], ["benutzer.id"], name=op.f("fk_verknuepfungen_verknuepft_von")),
        sa.PrimaryKeyConstraint("aussteller", "subjekt", name=op.f("pk_verknuepfungen")),
        sa.UniqueConstraint("benutzer_id", "aussteller", name=op.f("uq_verknuepfungen_benutzer_id_aussteller")),
    )
