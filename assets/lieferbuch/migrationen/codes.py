"""Adds codes to a list that a CHECK holds, in both kinds of database.

What belongs here: this one change, which every new kind of event needs. What does not: the steps (`versions/`).
"""

import re

import sqlalchemy as sa
from alembic import op


def nimm_auf(tabelle: str, spalte: str, codes: tuple[str, ...]) -> None:
    """Lets a column hold these codes too; for tables no other one refers to."""
    name = f"ck_{tabelle}_{spalte}"
    alt = next(c["sqltext"] for c in sa.inspect(op.get_bind()).get_check_constraints(tabelle) if c["name"] == name)
    liste = ", ".join(f"'{code}'" for code in (*re.findall(r"'([^']*)'", alt), *codes))
    neu = f"{spalte} IN ({liste})"
    if op.get_context().dialect.name == "sqlite":
        _baue_um(tabelle, alt, neu)
    else:
        op.drop_constraint(op.f(name), tabelle, type_="check")
        op.create_check_constraint(op.f(name), tabelle, neu)


def _baue_um(tabelle: str, alt: str, neu: str) -> None:
    """SQLite cannot change a CHECK: the table is made again, with its rows, indexes and triggers."""
    schema = sa.table("sqlite_master", sa.column("type"), sa.column("tbl_name"), sa.column("sql"))
    teile = op.get_bind().execute(
        sa.select(schema.c.type, schema.c.sql).where(schema.c.tbl_name == tabelle, schema.c.sql.is_not(None))
    )
    texte = sorted(teile.all(), key=lambda t: t.type != "table")
    kopf, rumpf = texte[0].sql.split("(", 1)
    if alt not in rumpf:
        raise RuntimeError(f"{tabelle}: Die Bedingung steht nicht in der Tabelle.")
    # Not as SQLAlchemy's text, in which colons have a meaning.
    op.get_bind().exec_driver_sql(f"{kopf.replace(tabelle, f'{tabelle}_neu')}({rumpf.replace(alt, neu)}")
    op.execute(f"INSERT INTO {tabelle}_neu SELECT * FROM {tabelle}")
    op.drop_table(tabelle)
    op.rename_table(f"{tabelle}_neu", tabelle)
    for teil in texte[1:]:
        op.get_bind().exec_driver_sql(teil.sql)
