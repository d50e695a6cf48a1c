"""Train the fused encoder: a workshop of its own, which nothing that runs in a gateway imports."""
