"""Try a text on a configuration: what its gateway would find, decide and send, and what would come back."""
