"""The story of one call and the ports that it needs."""
