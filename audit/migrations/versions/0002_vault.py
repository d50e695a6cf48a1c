"""The vault: sealed blobs by tenant and name, with a time to live."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table. It is changed and swept, so no trigger guards it."""
    op.create_table(
        "vault",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("vault_by_expiry", "vault", ["expires_ms"])
