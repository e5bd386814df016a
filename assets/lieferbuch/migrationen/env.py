"""What Alembic runs around the steps: on the connection and in the transaction it is given."""

from alembic import context

from assets.lieferbuch.tabellen import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
