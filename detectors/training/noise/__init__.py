"""Noise that keeps the meaning: how people spell words to slip past a filter."""
