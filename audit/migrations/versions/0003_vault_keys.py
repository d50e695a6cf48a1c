"""The vault's keys, wrapped, and whom its blobs are about. What was sealed without such keys is dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables. They are changed and swept, so no trigger guards them."""
    op.drop_table("vault")
    op.create_table(
        "vault_key",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("master", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("vault_key_by_tenant", "vault_key", ["tenant"])
    op.create_table(
        "vault",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, sa.ForeignKey("vault_key.id"), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_ms", sa.BigInteger, nullable=False),
    )
    op.create_index("vault_by_expiry", "vault", ["expires_ms"])
    op.create_index("vault_by_key", "vault", ["key_id"])
    op.create_table(
        "vault_subject",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("subject", sa.LargeBinary, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.ForeignKeyConstraint(["tenant", "name"], ["vault.tenant", "vault.name"], ondelete="CASCADE"),
    )
    op.create_index("vault_subject_by_name", "vault_subject", ["tenant", "name"])
