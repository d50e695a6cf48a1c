"""Forward to model providers."""
