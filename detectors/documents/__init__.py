"""Documents that are no plain text: what they say, and what of them nobody could read."""
