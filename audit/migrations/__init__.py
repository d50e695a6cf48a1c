"""Alembic's environment for the audit store."""
