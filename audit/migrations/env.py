"""Run the migrations on the connection that `audit.schema` hands over."""

from alembic import context

from audit.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
