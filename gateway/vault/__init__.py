"""The vault: what must outlive a call, sealed under keys that the store alone can't open."""
