"""Secrets: keys, tokens and passwords, searched in the same pass as personal data."""
