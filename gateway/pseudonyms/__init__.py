"""Reversible pseudonyms: issue tokens, mask, restore."""
