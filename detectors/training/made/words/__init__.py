"""Literal tables of words that fill the slots of patterns."""
