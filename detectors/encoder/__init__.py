"""The fused encoder: one small model reads a text for everything that patterns cannot see."""
