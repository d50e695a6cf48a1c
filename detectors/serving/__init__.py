"""The detector service: models behind HTTP, in batches, for gateways and for anyone who speaks a known protocol."""
