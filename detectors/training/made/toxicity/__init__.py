"""Own-made texts that insult, hate or threaten, beside harmless ones in the same words."""
