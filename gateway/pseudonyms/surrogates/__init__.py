"""Surrogates: made-up values of the same kind and format, which can be put back."""
